"""What the weekly mail is on its way: its parts, its size, its pictures, its buttons."""

import base64
import re
from dataclasses import replace

from reports import render
from reports.delivery import Letter, message
from reports.facts import Beat
from reports.pictures import PALETTE, sparkline
from reports.weekly import weekly
from tests.reports import mail_program
from tests.reports.people import END, FULL, at, held, owed, tie
from tests.reports.test_looks import link

CLIPPED = 100_000  # bytes: Gmail shows no more than 102 KB
HUGE = "山田太郎左衛門尉源朝臣信重" * 20
CROWD = replace(
    FULL,
    ties=tuple(
        tie(f"{HUGE[:40]} {number}", state, before, last_subject=HUGE, organization=HUGE, reason=HUGE * 2)
        for number in range(60)
        for state, before in (("cold", "warm"), ("cooling", "warm"), ("dormant", "dormant"), ("warm", "cold"))
    ),
    meetings=tuple(
        held(f"{HUGE[:40]} {number}", verdict, at(9 + number % 6), HUGE, evidence=(HUGE, HUGE))
        for number in range(40)
        for verdict in ("met_in_person", "met_remotely", "unknown", "did_not_meet", "upcoming")
    ),
    owed=tuple(owed(f"{HUGE[:40]} {number}", at(2), subject=HUGE) for number in range(60)),
)


def letter(text: str, page: str) -> Letter:
    """A letter to the owner."""
    me = "dana@example.org"
    return Letter("dana", "2026-W46", me, "coldcoffee", me, "The week", text, page, END)


def test_no_mail_is_clipped() -> None:
    """Whatever names and subjects hold, text, page and pictures together stay below what Gmail shows."""
    made = render.mailed(weekly(CROWD), link)
    mail = message(letter(made.text, made.page)).as_bytes()
    assert 40_000 < len(mail) <= CLIPPED
    assert all(len(line) <= 998 for line in mail.split(b"\r\n"))  # RFC 5322 2.1.1
    usual = render.mailed(weekly(FULL), link)
    assert usual.report == weekly(FULL)


def test_pictures_are_parts_of_the_mail() -> None:
    """Each sparkline is a part of a few hundred bytes that the page names by its Content-ID and tells in words."""
    made = render.mailed(weekly(FULL), link)
    mail = mail_program.opened(message(letter(made.text, made.page)).as_bytes())
    pictures = {str(part["Content-ID"]): part for part in mail.walk() if part.get_content_type() == "image/png"}
    page = mail_program.body(mail, "html")
    named = re.findall(r'<img src="cid:([^"]+)" width="156" height="24" alt="([^"]+)"', page)
    assert {f"<{name}>" for name, _ in named} == set(pictures)
    assert len(named) == len(weekly(FULL).spotlight)
    assert all(words.startswith("The last 52 weeks: ") for _, words in named)
    for part in pictures.values():
        blob = part.get_payload(decode=True)
        assert isinstance(blob, bytes)
        assert blob.startswith(b"\x89PNG")
        assert len(blob) < 1500
    assert "data:" not in page
    assert [part.get_content_type() for part in mail.walk()][:4] == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
    ]


def test_the_same_year_is_the_same_picture() -> None:
    """So that a resend is the same mail; another year is another."""
    beats = (Beat(2, 1, 0, 1), Beat(9, 3, 2, 0))
    assert sparkline(beats) == sparkline(beats)
    assert sparkline(beats) != sparkline(beats[:1])
    assert base64.b64decode(sparkline(beats).partition(",")[2]).startswith(b"\x89PNG")


def light(colour: tuple[int, ...]) -> float:
    """Relative luminance (WCAG 2.2)."""
    red, green, blue = (
        part / 255 / 12.92 if part / 255 <= 0.03928 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_pictures_read_on_light_and_on_dark() -> None:
    """A mail program that turns the page dark leaves pictures as they are."""
    for name in ("sent", "received", "together"):
        for ground in ((255, 255, 255), (0x21, 0x1E, 0x1A)):
            high, low = sorted((light(PALETTE[name]), light(ground)), reverse=True)
            assert (high + 0.05) / (low + 0.05) >= 3, (name, ground)


def test_every_cell_has_its_colours() -> None:
    """Inline, for mail programs that strip style sheets or turn what has no colour dark on dark."""
    page = render.mailed(weekly(replace(FULL, covered=())), link).page
    cells = re.findall(r"<t[dh][^>]*>", page)
    assert len(cells) > 20
    assert [cell for cell in cells if not re.search(r"background-color:#\w{6}.*[;\"]color:#\w{6}", cell)] == []
    assert '<meta name="color-scheme" content="light dark">' in page
    assert not re.search(r'(src|href|url)\s*[=(]\s*"?https?:', page)


def test_each_button_is_a_mail_to_oneself() -> None:
    """Its subject names the answer; in the first screen each person can be called done, put off, or struck out."""
    made = render.mailed(weekly(FULL), link)
    assert len(mail_program.buttons(made.page, "called")) >= len(made.report.spotlight)
    [unknown] = [
        entry
        for section in made.report.sections
        for entry in section.shown
        if entry.title == "Eli Roth" and entry.at == at(13)
    ]
    assert [ask.action for ask in unknown.asks] == ["met-yes", "met-remote", "met-no"]


def test_a_crowd_is_asked_about_by_nobody() -> None:
    """One answer can't stand for a meeting of twenty."""
    many = replace(FULL, ties=(), meetings=(held("Ana Weber", "unknown", at(13), size=20),))
    assert weekly(many).sections[0].entries[0].asks == ()


def test_what_is_written_from_right_to_left_stays_in_its_place() -> None:
    """A subject in Arabic does not pull the date behind it to its other side, and none can turn the line."""
    arabic = tie("محمد", "cold", "warm", last_subject="هل نلتقي؟")
    [entry] = weekly(replace(FULL, ties=(arabic,), meetings=(), owed=())).spotlight
    assert entry.title == "محمد"
    assert entry.details[-1] == "Last mail: “\u2068هل نلتقي؟\u2069”, 2 September"
    turned = tie("Eve\u202e evE", "cold", "warm")
    [entry] = weekly(replace(FULL, ties=(turned,), meetings=(), owed=())).spotlight
    assert entry.title == "Eve evE"
