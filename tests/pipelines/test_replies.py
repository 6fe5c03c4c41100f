"""Who waits for an answer: the owner's own usual time decides how long a mail may wait, in each week as it was then."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pytest

from pipelines import pulling, reporting
from pipelines.home import Home
from pipelines.settings import load
from pipelines.store import opened
from reports.weekly_report import WeeklyReport
from tests.pipelines.homes import FILES, OWNER

END = dt.datetime(2026, 11, 16, 5, tzinfo=dt.UTC)  # of 2026-W46 in New York
ME = "dana@example.org"
PEOPLE = ("ann", "ben", "cleo", "dirk", "eva")


def mail(number: int, sender: str, to: str, ago: float, more: str = "", subject: str = "A question") -> str:
    """One mail of a mbox, so many days before the week's end."""
    at = END - dt.timedelta(days=ago)
    return (
        f"From {sender} {at:%a %b} {at.day} {at:%H:%M:%S} {at.year}\nFrom: {sender}\nTo: {to}\nSubject: {subject}\n"
        f"Date: {at:%d %b %Y %H:%M:%S} +0000\nMessage-ID: <{number}@example.org>\n{more}\nHello\n\n"
    )


def answered_within(days: float, pairs: int, newest: float) -> list[str]:
    """Ann writes and Dana answers after so many days, again and again."""
    found = []
    for number in range(pairs):
        asked = newest + 14 * number + days
        found.append(mail(2 * number, "ann@example.org", ME, asked))
        found.append(mail(2 * number + 1, ME, "ann@example.org", asked - days))
    return found


def made(folder: Path, mails: Iterable[str], *weeks: str) -> list[WeeklyReport]:
    """The reports of these weeks of a home with these mails."""
    (folder / "inbox").mkdir()
    (folder / "settings.toml").write_text(OWNER + FILES, encoding="utf-8")
    (folder / "inbox" / "mail.mbox").write_text("".join(mails), encoding="utf-8")
    cards = [
        f"BEGIN:VCARD\nVERSION:3.0\nFN:{who.title()} X\nN:X;{who.title()};;;\nEMAIL:{who}@example.org\nEND:VCARD\n"
        for who in PEOPLE
    ]
    (folder / "inbox" / "cards.vcf").write_text("".join(cards), encoding="utf-8")
    place, owner = Home(folder), load(folder / "settings.toml").owner["dana"]
    with opened(place.store("dana"), 5.0) as store:
        pulling.pull_all(store, place, owner, lambda: END + dt.timedelta(hours=2))
        return [reporting.make(store, place, owner, week, END).report for week in weeks]


def owed(report: WeeklyReport) -> list[str]:
    """Who waits, the longest first."""
    return [entry.title for part in report.sections if part.key == "replies_owed" for entry in part.entries]


@pytest.mark.parametrize(("usual", "waiting"), [(0.2, ["Ben X", "Cleo X"]), (8.0, ["Ben X"])], ids=["quick", "slow"])
def test_the_owners_usual_time_decides(tmp_path: Path, usual: float, waiting: list[str]) -> None:
    """A quick owner owes an answer after three days, a slow one after eight."""
    mails = answered_within(usual, 25, 30)
    mails += [
        mail(900, "ben@example.org", ME, 9),
        mail(901, "cleo@example.org", ME, 5),
        mail(902, "dirk@example.org", ME, 1),
    ]
    [report] = made(tmp_path, mails, "2026-W46")
    assert owed(report) == waiting


def test_what_asks_nothing_of_the_owner_alone_is_not_owed(tmp_path: Path) -> None:
    """A mail to several, a copy, a newsletter and an out-of-office note wait for nobody."""
    mails = [
        mail(1, "ann@example.org", f"{ME}, ben@example.org", 9),
        mail(2, "ben@example.org", "ann@example.org", 9, f"Cc: {ME}\n"),
        mail(
            3, "cleo@example.org", ME, 9, "List-Unsubscribe: <https://example.org/leave>\nList-Id: <news.example.org>\n"
        ),
        mail(4, "dirk@example.org", ME, 9, "Auto-Submitted: auto-replied\n", "Out of office"),
        mail(5, "eva@example.org", ME, 9),
    ]
    [report] = made(tmp_path, mails, "2026-W46")
    assert owed(report) == ["Eva X"]


def test_an_earlier_week_goes_by_the_time_that_was_usual_then(tmp_path: Path) -> None:
    """Since then the owner has become quick; the report of then is the same whenever it is made."""
    slow, quick = answered_within(9, 25, 100), answered_within(0.2, 60, 1)
    later = [one.replace("@example.org>", ".later@example.org>") for one in quick if "Message-ID" in one]
    mails = [*slow, mail(900, "ben@example.org", ME, 97 + 5)]
    [alone] = made(tmp_path, mails, "2026-W32")
    again = tmp_path / "again"
    again.mkdir()
    newest, then = made(again, [*mails, *later], "2026-W46", "2026-W32")
    assert newest.week == "2026-W46"
    assert (owed(alone), owed(then)) == ([], [])
