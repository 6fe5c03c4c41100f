"""The mail and the page in a real browser: nothing sticks out, nothing is unreadable, nothing is loaded from outside."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

from reports import render
from reports.answers import Ask
from reports.facts import Passed, Question
from reports.weekly import weekly
from tests.browser import HEIGHT, Browser, Look, browsing, needs_chromium
from tests.reports.people import END, FULL, NOTHING, READ, at, held, owed, tie

pytestmark = needs_chromium
LONG = "Maximiliane-Theodora von und zu Hohenstein-Oberlangenfeld-Unterniederwald, geborene Freifrau von Rabenhorst"
ENDLESS = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung" * 2
ARABIC, CJK = "محمد بن عبد الله الفارسي", "山田太郎左衛門尉源朝臣信重"
WORLD = replace(
    FULL,
    ties=(
        *FULL.ties,
        tie(LONG, "cold", "warm", organization="A & B <script>alert(1)</script>", last_subject=ENDLESS),
        tie(
            ARABIC,
            "cold",
            "warm",
            last_subject="هل نلتقي يوم الخميس؟",
            together=9.0,
            reason="Silent for 74 days; you and محمد are usually in touch every 12 days.",
        ),
        tie(CJK, "cooling", "warm", organization="株式会社山田商店", last_subject="来週のお昼はいかがですか"),
        tie(ENDLESS, "dormant", "dormant", sent=30.0, received=30.0),
    ),
    meetings=(*FULL.meetings, held(ARABIC, "unknown", at(12), ENDLESS), held(LONG, "met_in_person", at(13), CJK * 4)),
    owed=(*FULL.owed, owed(CJK, at(2), subject=CJK * 6)),
    questions=tuple(
        Question(str(number), "eli-roth", "Eli Roth", "bo-li", ARABIC, "Both write from “example.org”.")
        for number in range(9)
    ),
    covered=(
        *FULL.covered,
        replace(FULL.covered[0], source="old_account_of_the_year", read_at=END.replace(month=10), error=ENDLESS),
    ),
    passed=tuple(Passed("eli-roth", at(day), "email", "in", f"{ENDLESS} {day}") for day in (9, 8, 7)),
)
LOOKS = [Look(1000, False), Look(1000, True), Look(375, False), Look(375, True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all pages."""
    with browsing() as running:
        yield running


def link(ask: Ask) -> str:
    """A button's address, as long as real ones are."""
    return f"mailto:dana@example.org?subject=coldcoffee%20{ask.action}%20ABCDEFGHIJKLMNOP&body=Just%20send%20this."


def page(folder: Path, kind: str, language: str = "en") -> Path:
    """The mail or the page of people with every kind of name, as a file."""
    report = weekly(replace(WORLD, language=language))
    path = folder / f"{kind}.html"
    path.write_text(render.mail(report, link) if kind == "mail" else render.html(report), encoding="utf-8")
    return path


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("kind", ["mail", "report"])
def test_it_looks_right(browser: Browser, tmp_path: Path, kind: str, look: Look, language: str) -> None:
    """Light and dark, wide and narrow: no overflow, words for each picture, contrast of WCAG AA, nothing from outside."""
    browser.open(page(tmp_path, kind, language), look)
    assert browser.wrong() == []
    assert browser.loaded() == []
    browser.picture(tmp_path / "picture.png")
    assert (tmp_path / "picture.png").stat().st_size > 10_000


def test_the_first_screen_holds_three_numbers_and_seven_people(browser: Browser, tmp_path: Path) -> None:
    """Without scrolling, on an ordinary screen, with what most people's sentences are like."""
    sentence = "Silent for 121 days, 14 of them while you were away; you two are usually in touch every 12 days."
    people = [tie(f"Maria Chen {number}", "cold", "cooling", organization="Northwind") for number in range(7)]
    ties = tuple(replace(one, reason=sentence) if number % 2 else one for number, one in enumerate(people))
    path = tmp_path / "mail.html"
    path.write_text(render.mail(weekly(replace(NOTHING, ties=ties, covered=(READ,))), link), encoding="utf-8")
    browser.open(path, Look(1000, False))
    cards = browser.driver.find_elements(By.CSS_SELECTOR, "td.keep")
    assert len(cards) == 7
    assert cards[-1].rect["y"] + cards[-1].rect["height"] <= HEIGHT


def test_it_prints_light(browser: Browser, tmp_path: Path) -> None:
    """Paper is white, whatever the screen is: nothing pale, nothing cut off."""
    browser.open(page(tmp_path, "report"), Look(700, True, printed=True))
    assert browser.wrong() == []
    colour = browser.driver.execute_script("return getComputedStyle(document.querySelector('h1')).color")
    assert colour == "rgb(35, 32, 28)"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<p style='width:2000px;background:#fff'>Wide</p>", "the page is 2008 wide"),
        ("<img src='data:,' width=9 height=9>", "without words"),
        ("<p style='color:#999;background:#fff'>Pale</p>", "contrast of 2.85"),
        ("<div style='background:#fff'><p style='color:rgba(0,0,0,.3)'>Thin</p></div>", "contrast of"),
    ],
)
def test_the_test_sees_what_is_wrong(browser: Browser, tmp_path: Path, body: str, told: str) -> None:
    """A page that sticks out, hides or fades is told."""
    path = tmp_path / "bad.html"
    path.write_text(f"<!doctype html><body style='background:#fff;color:#000'>{body}", encoding="utf-8")
    browser.open(path, Look(375, False))
    assert told in " ".join(browser.wrong())


def test_the_test_sees_what_is_loaded(browser: Browser, tmp_path: Path) -> None:
    """A picture from elsewhere would tell its server that the mail was opened."""
    path = tmp_path / "bad.html"
    path.write_text("<!doctype html><img alt=x src='http://127.0.0.1:9/open.png'>", encoding="utf-8")
    browser.open(path, Look(375, False))
    assert browser.loaded() == ["http://127.0.0.1:9/open.png"]


def test_names_are_text_whatever_they_hold(browser: Browser, tmp_path: Path) -> None:
    """No name becomes markup, and the page runs its own script only."""
    browser.open(page(tmp_path, "report"), Look(1000, False))
    assert browser.driver.execute_script("return document.scripts.length") == 1
    assert "<script>alert(1)</script>" in browser.driver.find_element(By.TAG_NAME, "main").text


def test_lists_can_be_sorted(browser: Browser, tmp_path: Path) -> None:
    """By the page's own script: sections by a choice, everybody by a heading."""
    browser.open(page(tmp_path, "report"), Look(1000, False))

    def titles() -> list[str]:
        rows = browser.driver.find_elements(By.CSS_SELECTOR, "#turned_cold .entry")
        return [str(row.get_attribute("data-name")) for row in rows]

    def silences() -> list[int]:
        rows = browser.driver.find_elements(By.CSS_SELECTOR, "#people tbody tr")
        return [int(str(row.get_attribute("data-silence"))) for row in rows]

    before = titles()
    choice = Select(browser.driver.find_element(By.CSS_SELECTOR, "#turned_cold select"))
    choice.select_by_value("name 1")
    assert titles() == sorted(before)
    assert titles() != before
    choice.select_by_value("rank 1")
    assert titles() == before
    browser.driver.find_element(By.CSS_SELECTOR, "#people button[data-key=silence]").click()
    assert silences() == sorted(silences())


def test_a_name_leads_to_its_timeline(browser: Browser, tmp_path: Path) -> None:
    """A click on a person opens what passed with them."""
    browser.open(page(tmp_path, "report"), Look(1000, False))
    browser.driver.execute_script("document.querySelector('a.name[href=\"#p-eli-roth\"]').click()")
    opened = browser.driver.find_element(By.CSS_SELECTOR, "#p-eli-roth details")
    assert opened.get_attribute("open") is not None
    assert opened.text.splitlines()[1].startswith("9 November 2026 — they wrote: “Donaudampf")
