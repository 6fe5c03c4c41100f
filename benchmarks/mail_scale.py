"""Measure how long the report of an owner of five thousand contacts takes to make, and how large its mail is.

usage: python benchmarks/mail_scale.py [--contacts 5000] [--mails 40000] [--meetings 2000]

It writes cards, mails and events as files, runs the ordinary pipeline on them, and ends with one line. Names are long and of
several scripts, so that the mail is as large as it gets.
"""

import argparse
import datetime as dt
import random
import sys
import tempfile
import time
from email.utils import format_datetime
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipelines import answering, delivering, judging, pulling
from pipelines.home import Home
from pipelines.settings import Owner, load
from pipelines.steps import report
from pipelines.store import Store, opened
from reports.delivery import message

WEEK = "2026-W46"
ME = "owner@example.org"
SETTINGS = f"""
[owner.owner]
name = "Owner"
addresses = ["{ME}"]
timezone = "Europe/Berlin"
[owner.owner.source.files]
kind = "folder"
path = "inbox"
"""
NAMES = (
    "Maximiliane-Theodora von Hohenstein-Langenfeld",
    "山田太郎左衛門尉源朝臣信重",
    "محمد بن عبد الله الفارسي",
    "Bo Li",
)
SUBJECTS = ("Mittagessen nächste Woche?", "来週のお昼はいかがですか", "هل نلتقي يوم الخميس؟", "The offer")


def person(number: int) -> tuple[str, str]:
    """A contact's name and address."""
    return f"{NAMES[number % len(NAMES)]} {number}", f"p{number}@firm{number % 900}.example"


def write(folder: Path, contacts: int, mails: int, meetings: int) -> None:
    """Write the owner's files: some contacts have many mails, most few, over six years."""
    chance = random.Random(7)
    end = judging.moment_of(load(folder / "settings.toml").owner["owner"], WEEK).as_of
    inbox = folder / "inbox"
    inbox.mkdir()
    cards = []
    for number in range(contacts):
        name, address = person(number)
        cards.append(
            f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nORG:株式会社 Example {number}\nEMAIL:{address}\nEND:VCARD\n"
        )
    (inbox / "cards.vcf").write_text("".join(cards), encoding="utf-8")
    opens = [chance.uniform(0, 1) for _ in range(contacts)]
    with (inbox / "mail.mbox").open("w", encoding="utf-8") as out:
        for number in range(mails):
            who = min(int(chance.paretovariate(0.35)) - 1, 10 * contacts) % contacts
            age = 2200 * opens[who] * chance.betavariate(1, 2)
            at = end - dt.timedelta(days=age, minutes=chance.randrange(1, 1000))
            name, address = person(who)
            sender, to = (ME, address) if chance.random() < 0.5 else (f"{name} <{address}>", ME)
            out.write(
                f"From x@example.org Thu Jan  1 00:00:00 2026\nFrom: {sender}\nTo: {to}\nDate: {format_datetime(at)}\n"
                f"Subject: {chance.choice(SUBJECTS)} {number}\nMessage-ID: <{number}@example.org>\n\nx\n\n"
            )
    events = []
    for number in range(meetings):
        _, address = person(chance.randrange(contacts))
        at = end - dt.timedelta(days=chance.uniform(-20, 360))
        place = chance.choice(("LOCATION:喫茶店 12 Main Street\n", "LOCATION:https://meet.example.org/a\n", ""))
        events.append(
            f"BEGIN:VEVENT\nUID:{number}@example.org\nDTSTART:{at:%Y%m%dT%H%M%SZ}\nDURATION:PT1H\nSUMMARY:{chance.choice(SUBJECTS)}\n"
            f"{place}ORGANIZER:mailto:{ME}\nATTENDEE;PARTSTAT=ACCEPTED:mailto:{ME}\n"
            f"ATTENDEE;PARTSTAT={chance.choice(('ACCEPTED', 'NEEDS-ACTION', 'DECLINED'))}:mailto:{address}\nEND:VEVENT\n"
        )
    calendar = f"BEGIN:VCALENDAR\nVERSION:2.0\n{''.join(events)}END:VCALENDAR\n"
    (inbox / "events.ics").write_text(calendar, encoding="utf-8")


def measure(store: Store, home: Home, owner: Owner) -> None:
    """Pull and judge, then make the report and its mail; print what that took."""
    moment = judging.moment_of(owner, WEEK)
    pulling.pull_all(store, home, owner, lambda: moment.as_of)
    judging.judge(store, owner, moment)
    began, worked = time.perf_counter(), time.process_time()
    offers = partial(answering.offers, home, owner, WEEK)
    composed = report.compose(store, moment, moment.as_of, offers)
    answering.issue(store, home, owner, WEEK, composed.report.offered)
    kept = delivering.Kept(composed.report.subject, composed.text, composed.mail)
    mail = message(delivering.letter(owner, WEEK, ME, kept, moment.as_of)).as_bytes()
    took, worked = time.perf_counter() - began, time.process_time() - worked
    print(
        f"contacts {store.count('contacts')}, interactions {store.count('interactions')}: made in {took:.2f} s ({worked:.2f} s of work); "
        f"mail {len(mail) / 1000:.0f} KB (page in it {len(composed.mail.encode()) / 1000:.0f} KB), "
        f"report.html {len(composed.html.encode()) / 1e6:.1f} MB"
    )


def main() -> int:
    """Make the files, and measure."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--contacts", type=int, default=5000)
    asked.add_argument("--mails", type=int, default=40_000)
    asked.add_argument("--meetings", type=int, default=2000)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = Home(Path(name))
        home.settings.write_text(SETTINGS, encoding="utf-8")
        write(home.folder, given.contacts, given.mails, given.meetings)
        with opened(home.store("owner"), 5.0) as store:
            measure(store, home, load(home.settings).owner["owner"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
