"""What a weekly report is: a value, ready to be laid out."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import NamedTuple

from reports.answers import Ask
from reports.facts import Beat, MonthMet, Passed, Tie, WeekCount


@dataclass(frozen=True)
class Named:
    """A person whom an entry names."""

    contact_id: str
    name: str


class Offered(NamedTuple):
    """What the owner can answer to one entry of the mail: the buttons, the contacts and the words that it is about."""

    asks: tuple[Ask, ...]
    people: tuple[str, ...]
    label: str


@dataclass(frozen=True)
class Entry:
    """One line of a section: who, one sentence, and more of it in small print.

    `at` is the time it turns on, aware UTC; `event_key` that of a meeting. `details` are short; `evidence` is what only
    the full report shows.
    """

    people: tuple[Named, ...]
    title: str
    text: str
    details: tuple[str, ...] = ()
    at: dt.datetime | None = None
    event_key: str | None = None
    evidence: tuple[str, ...] = ()
    beats: tuple[Beat, ...] = ()
    asks: tuple[Ask, ...] = ()


@dataclass(frozen=True)
class Section:
    """A named part of the report: all its entries, ranked, and those that the mail and the text show.

    `above` are entries whose people stand on the first screen already.
    """

    key: str
    title: str
    entries: tuple[Entry, ...]
    shown: tuple[Entry, ...]
    above: tuple[Entry, ...] = ()

    @property
    def more(self) -> int:
        """How many entries only the full report shows."""
        return len(self.entries) - len(self.shown) - len(self.above)

    @property
    def people(self) -> int:
        """How many people it names."""
        return len({one.contact_id for entry in self.entries for one in entry.people})


@dataclass(frozen=True)
class Number:
    """A number of the first screen, with last week's beside it."""

    key: str
    label: str
    now: int
    before: int


class Returned(NamedTuple):
    """How many people one week's mail named as silent, and how many of them were in touch after it and came back."""

    week: str
    named: int
    back: int


@dataclass(frozen=True)
class Returns:
    """The same of the last `weeks` mails before the report's week, in all (each person once), and of each of them."""

    weeks: int
    named: int
    back: int
    by_week: tuple[Returned, ...]  # oldest first


@dataclass(frozen=True)
class WeeklyReport:
    """One owner's report of one week. Times are aware UTC; words are in the owner's language and zone.

    `stale` names the sources that were not read since the week's end.
    """

    owner: str
    week: str
    zone: str
    language: str
    span: str
    subject: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    made_at: dt.datetime
    made_on: str
    quiet: bool
    stale: tuple[str, ...]
    warnings: tuple[str, ...]
    numbers: tuple[Number, ...]
    spotlight: tuple[Entry, ...]
    sections: tuple[Section, ...]
    coverage: Section
    ties: tuple[Tie, ...]
    passed: tuple[Passed, ...]
    year_weeks: tuple[WeekCount, ...]
    year_met: tuple[MonthMet, ...]
    returns: Returns

    @property
    def mailed(self) -> tuple[Section, ...]:
        """The sections that the mail and the text show: in a quiet week, none."""
        return () if self.quiet else self.sections

    def capped(self, most: int) -> "WeeklyReport":
        """The report with at most so many entries of each section in the mail and the text."""
        cut = tuple(replace(section, shown=section.shown[:most]) for section in self.sections)
        return replace(self, sections=cut)

    @property
    def offered(self) -> tuple[Offered, ...]:
        """What can be answered from the mail."""
        shown = [*self.spotlight, *(entry for section in self.mailed for entry in section.shown)]
        return tuple(
            Offered(one.asks, tuple(person.contact_id for person in one.people), _label(one))
            for one in shown
            if one.asks
        )


def _label(entry: Entry) -> str:
    return f"{entry.title} — {entry.text}" if entry.event_key else entry.title
