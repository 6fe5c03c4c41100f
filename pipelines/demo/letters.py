"""Turn what passes between the owner and the people of the story into single mails."""

import datetime as dt
import hashlib
import random
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.demo.life import HOME, OWNER, WORK, Account, Life, Note, Person, Talk

LEAVE = (11.9, 14.0)  # weeks ago in which the owner writes to nobody
TOPICS = (
    "The lamp schedule", "North gallery", "Quote for the track lights", "Opening night", "Dimmers", "The blue room",
    "Samples", "Drawings, second version", "Colour temperature", "Delivery date", "Site access on Thursday", "Glare in case 4",
    "An idea for the stairs", "Budget", "Photographs", "The old chandelier", "Spare parts", "A name for the show", "Invoice",
    "Emergency lighting", "Your talk", "Panel wording", "Could you recommend somebody?", "The lift", "Lux levels for paper",
)  # fmt: skip
PRIVATE_TOPICS = (
    "Sunday", "The photos", "That book", "Mam’s birthday", "Tickets", "The garden", "Train times", "A recipe", "The boat",
    "How are you?", "The bicycle", "Holidays", "The concert",
)  # fmt: skip


class Party(NamedTuple):
    """A name and an address, as they stand in a header."""

    name: str
    address: str


class Letter(NamedTuple):
    """One mail. `labels` are Gmail's; `headers` come beside the usual ones; `answers` is the Message-ID that it answers;
    `calendar` is an invitation's text/calendar part."""

    at: dt.datetime
    account: Account
    sender: Party
    to: tuple[Party, ...]
    subject: str
    labels: tuple[str, ...]
    cc: tuple[Party, ...] = ()
    answers: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    calendar: str = ""
    method: str = ""

    @property
    def message_id(self) -> str:
        """The Message-ID without angle brackets: the same whenever the story is told for the same week."""
        return f"{digest(self.sender.address, self.at, self.subject)}@{self.sender.address.partition('@')[2]}"


def digest(*parts: object) -> str:
    """A short name made of the parts."""
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:20]


def me(account: Account) -> Party:
    """The owner, as she signs in one of her accounts."""
    return Party(OWNER, WORK if account == "work" else HOME)


def correspondence(life: Life) -> Iterator[Letter]:
    """Every mail between the owner and the people of the story."""
    for person in life.people:
        dice = random.Random(person.name)  # each person's own, so that a change to one moves nobody else
        for talk in person.talks:
            yield from _talk(life, person, talk, dice)
        for note in person.notes:
            yield _note(life, person, note)


def _talk(life: Life, person: Person, talk: Talk, dice: random.Random) -> Iterator[Letter]:
    weeks = talk.first
    while weeks > talk.last + talk.every / 3:
        if not LEAVE[0] <= weeks <= LEAVE[1]:
            yield from _thread(life, person, talk, weeks, dice)
        weeks -= talk.every * dice.uniform(0.75, 1.25)
    yield from _thread(life, person, talk, talk.last, dice)


def _thread(life: Life, person: Person, talk: Talk, weeks: float, dice: random.Random) -> Iterator[Letter]:
    """One subject: of both, it ends with the owner's word, so that nothing is owed unless the story says so."""
    subject = dice.choice(PRIVATE_TOPICS if person.account == "private" else TOPICS)
    day = (life.ends - dt.timedelta(weeks=weeks)).replace(hour=dice.randint(8, 11), minute=dice.randint(0, 59))
    if person.account == "work" and day.weekday() >= 5:
        day -= dt.timedelta(days=2)
    ways = {"me": ("out",), "them": ("in",), "both": dice.choice((("in", "out"), ("in", "out"), ("out", "in", "out")))}
    before = ""
    for number, way in enumerate(ways[talk.who]):
        letter = _letter(person, day, way, f"Re: {subject}" if number else subject, late=weeks < talk.first / 2)
        yield letter._replace(answers=before)
        before = letter.message_id
        day += dt.timedelta(minutes=dice.randint(40, 900))


def _note(life: Life, person: Person, note: Note) -> Letter:
    at = note.when.at(life.ends)
    headers = (("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")) if note.away else ()
    letter = _letter(person, at, note.way, note.subject, late=False)
    return letter._replace(headers=headers, labels=(note.label,) if note.label else letter.labels)


def _letter(person: Person, at: dt.datetime, way: str, subject: str, *, late: bool) -> Letter:
    address = person.second_address if late and person.second_address else person.address
    them, owner = Party(person.label, address), me(person.account)
    if way == "out":
        return Letter(at, person.account, owner, (them,), subject, ("Sent",))
    return Letter(at, person.account, them, (owner,), subject, ("Inbox", "Important", "Opened"))
