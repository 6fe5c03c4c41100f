"""What a made-up life is made of: people, what passes between them and the owner, and what each case should come out as."""

import datetime as dt
import zoneinfo
from typing import Literal, NamedTuple

KEY = "mara"  # the owner's name in settings.toml
OWNER = "Mara Lindell"
WORK = "mara@lindell-light.example.org"
HOME = "mara.lindell@post.example.net"
ZONE = "Europe/Dublin"

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)

Account = Literal["work", "private"]
Book = Literal["google", "fastmail", "phone", "network"]


class When(NamedTuple):
    """A time by the report's week: `weeks` before it (negative: after it), the day from Monday = 0, and the clock."""

    weeks: int
    day: int
    clock: str = "09:00"

    def at(self, ends: dt.datetime) -> dt.datetime:
        """The aware time in the owner's zone, for a report's week that ends at `ends`."""
        monday = ends.astimezone(zoneinfo.ZoneInfo(ZONE)).date() - dt.timedelta(weeks=self.weeks + 1)
        clock = dt.time.fromisoformat(self.clock)
        return dt.datetime.combine(monday + dt.timedelta(days=self.day), clock, zoneinfo.ZoneInfo(ZONE))


class Talk(NamedTuple):
    """A correspondence that goes on: from `first` to `last` weeks ago a thread about every `every` weeks.

    `who` starts and ends it: both (each answers the other), me (the owner writes and nobody answers), them.
    """

    first: float
    last: float
    every: float
    who: Literal["both", "me", "them"] = "both"


class Note(NamedTuple):
    """A single mail. `way` is in or out; `label` a Gmail label beside Inbox; `away`: an automatic absence notice."""

    when: When
    way: Literal["in", "out"]
    subject: str
    label: str = ""
    away: bool = False


class Outcome(NamedTuple):
    """What a person should come out as: one of `states` (none: not judged here), and the balance if it is the point."""

    states: tuple[str, ...] = ()
    balance: str = ""


class Person(NamedTuple):
    """Someone in the story. `name` is unique; `shown` is the name in mails and on cards, where that differs from it."""

    name: str
    address: str
    organization: str = ""
    title: str = ""
    shown: str = ""
    second_address: str = ""  # the later half of the mails comes from it
    phone: str = ""
    books: tuple[Book, ...] = ("google",)
    connected: int = 0  # days before the week's end, for the network
    died: str = ""
    account: Account = "work"
    talks: tuple[Talk, ...] = ()
    notes: tuple[Note, ...] = ()
    expect: Outcome = Outcome()

    @property
    def label(self) -> str:
        """The name that mails and cards show."""
        return self.shown or self.name


class Guest(NamedTuple):
    """A guest of an entry: the person's unique name, the answer (PARTSTAT), and the verdict it should come to."""

    name: str
    verdict: str
    answer: str = "ACCEPTED"


class Entry(NamedTuple):
    """An entry of a calendar. Guests' verdicts are those of the occurrence at `when`.

    `off` and `moved` are exceptions of a series, by how many weeks ago the occurrence would have been. `declined_by`
    and `called_off_by` tell by mail alone what the calendar does not know. `made` is when the entry was written, in
    days before it starts.
    """

    title: str
    when: When
    guests: tuple[Guest, ...] = ()
    minutes: int = 60
    days: int = 0  # an all-day entry of so many days
    place: str = ""
    notes: str = ""
    meet: str = ""  # a link that the calendar keeps apart
    room: str = ""  # a bookable room that accepted
    calendar: Account = "work"
    organizer: str = ""  # a person's name; empty: the owner
    mine: str = "ACCEPTED"
    status: str = "CONFIRMED"
    rule: str = ""
    since: int = 0  # a series began so many weeks before `when`
    off: tuple[int, ...] = ()
    dropped: tuple[int, ...] = ()  # occurrences deleted from the series
    moved: tuple[tuple[int, When], ...] = ()
    extra: tuple[tuple[str, str], ...] = ()  # guests nobody knows: name and address
    declined_by: str = ""
    called_off_by: str = ""
    made: int = 9
    away: bool = False
    free: bool = False

    @property
    def uid(self) -> str:
        """The entry's UID: the same on every day."""
        plain = "".join(letter for letter in self.title.lower() if letter.isascii() and letter.isalnum())
        return f"{plain}-{self.when.weeks + 500}-{self.when.day}@calendar.example.org"


class Life(NamedTuple):
    """All of it, for the week that ends at `ends`."""

    ends: dt.datetime
    people: tuple[Person, ...]
    entries: tuple[Entry, ...]

    def person(self, name: str) -> Person:
        """The person of this name."""
        return next(one for one in self.people if one.name == name)
