"""What a report says of earlier mails is what those mails said."""

import datetime as dt
from pathlib import Path

import pyarrow as pa

from pipelines import pulling, reporting
from pipelines.home import Home
from pipelines.settings import load
from pipelines.store import opened
from reports.weekly_report import WeeklyReport

EARLY = dt.datetime(2026, 8, 1, tzinfo=dt.UTC)  # when the first mail went out
LAST = dt.date(2026, 11, 15)  # the Sunday of 2026-W46
SETTINGS = """
[owner.dana]
name = "Dana Reyes"
addresses = ["dana@example.org"]
timezone = "America/New_York"
[owner.dana.source.files]
kind = "folder"
path = "inbox"
"""
# Who wrote how often, until how many days before the end; and who was written to and answered again so many days before.
PEOPLE = {
    "Ann Abel": (6, 130, 4),
    "Ben Bright": (9, 190, 30),
    "Cleo Cross": (12, 160, None),
    "Dirk Dorn": (15, 210, None),
    "Eva Ernst": (7, 20, None),
    "Fay Ford": (20, 240, 3),
}


def mail(sender: str, to: str, day: dt.date, number: int) -> str:
    """One mail of a mbox."""
    return (
        f"From {sender} {day:%a %b} {day.day} 15:00:00 {day.year}\nFrom: {sender}\nTo: {to}\nSubject: Hello\n"
        f"Date: {day:%d %b %Y} 15:00:00 +0000\nMessage-ID: <{number}.{sender}>\n\nHello\n\n"
    )


def life() -> tuple[str, str]:
    """All mails and cards of PEOPLE."""
    mails, cards = [], []
    for name, (pause, silent, again) in PEOPLE.items():
        address = f"{name.split()[0].lower()}@example.org"
        days = [LAST - dt.timedelta(days=ago) for ago in range(silent, 500, pause)]
        if again is not None:
            days += [LAST - dt.timedelta(days=again - later) for later in range(2)]
        for number, day in enumerate(sorted(days)):
            mine = number % 2 == 0
            mails.append(mail(*(("dana@example.org", address) if mine else (address, "dana@example.org")), day, number))
        first, last = name.split()
        cards.append(f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nN:{last};{first};;;\nEMAIL:{address}\nEND:VCARD\n")
    return "".join(mails), "".join(cards)


def silent(report: WeeklyReport) -> int:
    """How many people a week's mail named as silent: on the first screen, or as turned cold or about to."""
    states = {one.contact_id: one.state for one in report.ties}
    lists = [part.shown for part in report.sections if part.key in ("turned_cold", "about_to_go_cold")]
    entries = [*report.spotlight, *(entry for shown in lists for entry in shown)]
    people = {one.contact_id for entry in entries for one in entry.people}
    return sum(states[contact] not in ("warm", "new") for contact in people)


def test_a_report_knows_what_the_mails_of_twelve_weeks_said(tmp_path: Path) -> None:
    """Each week's report is made as it would have been made then, and the newest counts the same people."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    mails, cards = life()
    (tmp_path / "inbox" / "mail.mbox").write_text(mails, encoding="utf-8")
    (tmp_path / "inbox" / "cards.vcf").write_text(cards, encoding="utf-8")
    place, owner = Home(tmp_path), load(tmp_path / "settings.toml").owner["dana"]
    now = dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC)
    with opened(place.store("dana"), 5.0) as store:
        pulling.pull_all(store, place, owner, lambda: now)
        store.append("pulls", pa.table({"source": ["files"], "started_at": [EARLY], "ended_at": [EARLY]}))
        newest = reporting.make(store, place, owner, "2026-W46", now).report
        made = [reporting.make(store, place, owner, f"2026-W{number}", now).report for number in range(34, 46)]
    assert [(one.week, one.named) for one in newest.returns.by_week] == [(one.week, silent(one)) for one in made]
    assert (newest.returns.weeks, newest.returns.named, newest.returns.back) == (12, 5, 3)
    told = {
        entry.title: entry.text for part in newest.sections if part.key == "back_in_touch" for entry in part.entries
    }
    assert told == {
        "Ann Abel": "They wrote on 12 November, 1 week after this report named Ann Abel as about to go cold.",
        "Fay Ford": "They wrote on 12 November, 3 weeks after this report named Fay Ford as cold.",
    }
