"""What is known of a meeting when it is judged: the occasion, the guest, what was written around it, the owner's day.

Times are whole seconds since 1970, UTC; `local_…` times are the owner's wall clock, counted in the same way. A day is
whole days since 1970 on the owner's wall clock.
"""

import datetime as dt
from typing import Literal, NamedTuple

from pipelines.rules.places import Place

MOST_PEOPLE = 15  # a larger meeting is no personal one for each of them
HOUR, DAY = 3_600, 86_400  # seconds

INDOORS = ("room", "office", "named")  # kinds of places whose people may as well sit at the other end of a line

Absent = Literal["ill", "leave", "trip", "flight", "home", "office"]


class Evidence(NamedTuple):
    """One reason, with log-odds for two questions: `held`, that the two met at all, and `room`, that it was in one room.

    `group` names the kind of evidence; the owner's own corrections shift the weight of a whole group.
    """

    text: str
    held: float
    room: float
    group: str


class Occasion(NamedTuple):
    """One event occurrence. `size` counts its people, the owner too, rooms not. `room` is a booked room's answer.
    `abroad`: it was entered in another time zone than the owner's.

    `owner_status` is the owner's PARTSTAT in lower case, `owner_listed` whether the owner is among the guests.
    """

    key: str
    uid: str
    starts: int
    ends: int
    local_start: int
    local_end: int
    all_day: bool
    title: str
    location: str
    status: str
    transparent: bool
    kind: str
    recurring: bool
    created: int | None
    modified: int | None
    calendars: tuple[str, ...]
    organizer: str
    abroad: bool
    size: int
    owner_status: str
    owner_listed: bool
    owner_organizes: bool
    room: str
    place: Place

    @property
    def day(self) -> int:
        """The day that it begins on."""
        return self.local_start // DAY

    @property
    def original(self) -> int:
        """When it would have begun, had nobody moved it within its series."""
        try:
            return int(dt.datetime.fromisoformat(self.key.rpartition("/")[2]).timestamp())
        except ValueError:
            return self.starts

    @property
    def last_day(self) -> int:
        """The day that it ends on."""
        return max(self.local_start, self.local_end - 1) // DAY


class Guest(NamedTuple):
    """How a contact stands in an occasion. `known_by` tells what names them: their address, a guest's name, the title.

    `countered`: they proposed another time, and nothing changed since. `arranged`: they only set it up for another.
    """

    contact: str
    status: str
    organizes: bool
    known_by: Literal["address", "name", "title"]
    countered: bool = False
    arranged: bool = False


class Letter(NamedTuple):
    """A mail between the owner and a contact. `day` is the day it was sent on; `shared`: it went to several people;
    `calendar`: a calendar program wrote it."""

    at: int
    day: int
    subject: str
    from_owner: bool
    away: bool
    shared: bool
    calendar: bool = False


class Absence(NamedTuple):
    """A time in which the owner was elsewhere, as a calendar tells it. `words` are those of its title and place."""

    kind: Absent
    starts: int
    ends: int
    title: str
    created: int | None
    calendars: tuple[str, ...]
    words: frozenset[str]


class Names(NamedTuple):
    """Names, plain: of people who are not the owner, and the owner's own."""

    others: frozenset[str] = frozenset()
    owner: frozenset[str] = frozenset()


class Habits(NamedTuple):
    """What is usual here: which organizers' links and which answers say little, whom the owner meets in rooms."""

    linked: frozenset[str]  # organizers' domains whose invitations to places have a link anyhow
    unanswered: frozenset[str]  # calendars in which no guest of the owner's own meetings ever answers
    unseen: frozenset[str]  # calendars that never show what the other guests of others' meetings answered
    mute: frozenset[str]  # calendars that never show what the owner answered
    listed: frozenset[str]  # calendars in which the owner is a guest of the owner's own events
    hosted: frozenset[str]  # calendars in which whoever invites is among the guests
    working: frozenset[str]  # calendars of the owner's working life
