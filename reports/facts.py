"""The rows that a report is made of."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Tie:
    """One contact at the end of the week, with the state of the weeks before. All times are aware UTC."""

    contact_id: str
    name: str
    organization: str
    state: str
    earlier_states: tuple[str, ...]  # of the weeks before, newest first
    balance: str
    reason: str
    silence_days: int | None
    cold_probability: float | None
    last_interaction_at: dt.datetime | None
    last_sent_at: dt.datetime | None
    last_received_at: dt.datetime | None
    last_met_in_person_at: dt.datetime | None
    exchanges: int  # interactions that count, ever
    connected_at: dt.datetime | None
    died: bool


@dataclass(frozen=True)
class Held:
    """One meeting of the week or the weeks after it, with one contact."""

    contact_id: str
    name: str
    event_key: str
    title: str
    starts_at: dt.datetime
    verdict: str
    probability: float
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Owed:
    """A contact who wrote last, to the owner alone, and waits."""

    contact_id: str
    name: str
    subject: str
    since: dt.datetime


@dataclass(frozen=True)
class Spam:
    """A contact's mail that lies in the spam folder."""

    name: str
    subject: str
    sent_at: dt.datetime


@dataclass(frozen=True)
class Covered:
    """One source: when it was last read, and what it can't see."""

    source: str
    kind: str
    last_success_at: dt.datetime | None
    last_error: str | None
    oldest_item_at: dt.datetime | None
    newest_item_at: dt.datetime | None
    items: int
    rejects: int
    note: str


@dataclass(frozen=True)
class Facts:
    """All that one week's report is made of. `ends_at` is the week's end; `zone` the owner's IANA zone."""

    owner: str
    week: str
    zone: str
    ends_at: dt.datetime
    made_at: dt.datetime
    ties: tuple[Tie, ...]
    meetings: tuple[Held, ...]
    last_week_met: int
    owed: tuple[Owed, ...]
    owed_last_week: int
    spam: tuple[Spam, ...]
    covered: tuple[Covered, ...]
