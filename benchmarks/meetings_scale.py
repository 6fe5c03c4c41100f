"""Judge 100,000 meetings between an owner and contacts, and say how long each part takes.

usage: python -m benchmarks.meetings_scale [ROWS]

A life is made up: 2,500 contacts, series and single meetings with one to four of them, mails around each, leaves, trips
and flights, entries with a name in the title. The step is run as the pipeline runs it, on a real store.
"""

import datetime as dt
import random
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.identity_scale import word
from connectors.records import Attendee, Card, Event, Message, Page
from pipelines import judging
from pipelines.settings import Owner
from pipelines.steps.moment import Moment
from pipelines.store import Store

ME = "dana@example.org"
SECOND = 1_000_000
DAY = 86_400 * SECOND
BEGIN = int(dt.datetime(2006, 1, 2, 8, tzinfo=dt.UTC).timestamp()) * SECOND
TITLES = (
    "Lunch",
    "Coffee with {}",
    "{} / Dana",
    "Weekly sync",
    "Review of {}",
    "Call {}",
    "Mittagessen mit {}",
    "Dîner",
)
PLACES = (
    "Café {}, 12 High Street",
    "Room {}",
    "https://zoom.us/j/{}",
    "",
    "+1 617 555 0{}",
    "Restaurant {}",
    "HQ-{}-North",
    "TBD",
)
SUBJECTS = (
    "Re: {}",
    "Running late",
    "Can't make it tomorrow",
    "Great to see you",
    "Agenda {}",
    "Notes on {}",
    "Tomorrow at {}?",
)


def page(rows: int) -> tuple[Page, int]:
    """A life with about so many rows of a meeting and a contact, and its end in microseconds."""
    chance = random.Random(5)  # the same life each time
    people = [
        (f"{word(chance, 2)} {word(chance, 3)}", f"p{number}@firm{number % 400}.example") for number in range(2_500)
    ]
    words = [word(chance, 2) for _ in range(4_000)]
    events: list[Event] = []
    mails: list[Message] = []
    made, at = 0, BEGIN
    while made < rows:
        at += chance.randrange(2_400, 7_200) * SECOND
        if len(events) % 60 == 0:
            events.append(_entry(f"Leave {words[at % 400]}", at // DAY * DAY, 3 * DAY, (), "", whole=True))
        guests = chance.sample(people, chance.choice((1, 1, 1, 2, 3, 4)))
        made += len(guests)
        topic = chance.choice(words)
        title = chance.choice(TITLES).format(guests[0][0].split()[0] if chance.random() < 0.5 else topic)
        listed = () if chance.random() < 0.1 else guests
        events.append(_entry(title, at, 3_600 * SECOND, tuple(listed), chance.choice(PLACES).format(topic)))
        for _, address in guests:
            if chance.random() < 0.6:
                sent = at + chance.randrange(-50, 50) * 3_600 * SECOND
                mails.append(
                    _mail(len(mails), sent, chance.choice(SUBJECTS).format(topic), address, chance.random() < 0.5)
                )
    cards = [
        Card("book", str(n), name, "", "", (), "", "", (address,), (), (), "individual", (), (), None, None, "vcard")
        for n, (name, address) in enumerate(people)
    ]
    return Page("1", messages=mails, events=events, cards=cards), at


def _entry(
    title: str, at: int, length: int, guests: tuple[tuple[str, str], ...], place: str, *, whole: bool = False
) -> Event:
    uid = f"{at}@calendar.example"
    people = tuple(Attendee(address, name, "accepted", "individual", False) for name, address in guests)
    return Event(
        "Work", uid, f"{uid}/{at}", uid, at, at, at + length, whole, "UTC", title, "", place, "confirmed", False, False,
        ME if people else "", "", (*people, Attendee(ME, "Dana Reyes", "accepted", "individual", False)) if people else (),
        (), (), "default", False, at - 5 * DAY, at - 5 * DAY, "Work", None, None, "",
    )  # fmt: skip


def _mail(number: int, at: int, subject: str, address: str, out: bool) -> Message:
    key = f"{number}@mail.example"
    sender, to = (ME, address) if out else (address, ME)
    return Message("All", key, key, key, at, at, None, subject, sender, "", "", (to,), ("",), (), (), (), None, ())


def main() -> None:
    """Print the seconds of each step, and of a row."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    life, end = page(rows)
    owner = Owner(key="dana", name="Dana Reyes", addresses=(ME,), timezone="Europe/Berlin", source={})
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "dana.duckdb")
        store.save("files", life, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        moment = Moment(dt.datetime.fromtimestamp(end / SECOND, dt.UTC), "Europe/Berlin", owner.name, "2026-W46")
        judging.stand(store, owner, moment)
        for step in ("contacts", "interactions", "meetings"):
            began = time.perf_counter()
            counts = judging.step(store, step, moment)
            print(f"{step:14} {time.perf_counter() - began:6.1f} s  {counts}")
        store.close()


if __name__ == "__main__":
    main()
