"""The rows that a report is made of. All times are aware UTC; counts are of what had happened by the week's end."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Beat:
    """What passed with one contact in one week: `ago` weeks before the report's."""

    ago: int
    sent: int
    received: int
    together: int  # meetings held and calls


@dataclass(frozen=True)
class Tie:
    """One contact at the end of the week, with the states of the weeks before.

    `sent`, `received` and `together` are sums of weights over all time; `beats` are the last 52 weeks in which
    something passed. `last_subject` is that of the newest mail that counts.
    """

    contact_id: str
    name: str
    organization: str
    collected_from: str
    state: str
    earlier_states: tuple[str, ...]  # of the weeks before, newest first
    balance: str
    reason: str
    silence_days: int | None
    cold_probability: float | None
    last_interaction_at: dt.datetime | None
    last_received_at: dt.datetime | None
    last_subject: str
    last_subject_at: dt.datetime | None
    sent: float
    received: float
    together: float
    connected_at: dt.datetime | None
    meets_next_at: dt.datetime | None
    died: bool
    beats: tuple[Beat, ...]
    snoozed: bool = False  # the owner wants to hear nothing of them now
    snoozed_before: tuple[int, ...] = ()  # … or wanted so at the end of the weeks so many weeks ago


@dataclass(frozen=True)
class Earlier:
    """How a tie stood `ago` weeks before the report's week, where something has passed or changed since."""

    contact_id: str
    ago: int
    balance: str
    cold_probability: float | None
    last_interaction_at: dt.datetime | None
    last_received_at: dt.datetime | None
    meets_next_at: dt.datetime | None
    sent: float
    received: float
    together: float


@dataclass(frozen=True)
class Held:
    """One meeting with one contact, from the week before the report's to four weeks after it."""

    contact_id: str
    name: str
    died: bool
    event_key: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    verdict: str
    probability: float
    evidence: tuple[str, ...]  # strongest first
    size: int = 2  # people, the owner among them
    asks: bool = False  # nobody can tell, and it matters


@dataclass(frozen=True)
class Owed:
    """A contact who wrote last, to the owner alone, at `since`; open until `answered_at`, the owner's next sign."""

    contact_id: str
    name: str
    died: bool
    subject: str
    channel: str
    since: dt.datetime
    answered_at: dt.datetime | None


@dataclass(frozen=True)
class Spam:
    """A contact's mail that lies in the spam folder."""

    contact_id: str
    name: str
    subject: str
    sent_at: dt.datetime


@dataclass(frozen=True)
class NewAddress:
    """A contact's first mail from another organization's domain: perhaps a new job."""

    contact_id: str
    name: str
    address: str
    known_address: str
    sent_at: dt.datetime


@dataclass(frozen=True)
class News:
    """News of a contact. `kind` is employer, title (both from a card: `before` and `after`, in `source`), left,
    moved (both from the subject of an automatic answer), returned (a mail to `address` came back), or job, anniversary,
    birthday (from the subject of a notice of the network `source`)."""

    contact_id: str
    name: str
    kind: str
    at: dt.datetime
    before: str = ""
    after: str = ""
    source: str = ""
    subject: str = ""
    address: str = ""


@dataclass(frozen=True)
class Covered:
    """One source: when it was read for this week, and what span its items cover.

    `read_at` is the end of the first good pull after the week's end, else of the newest good pull before it;
    `error` is why the newest pull failed, if no good one came after the week's end.
    """

    source: str
    kind: str
    read_at: dt.datetime | None
    error: str | None
    oldest_item_at: dt.datetime | None
    newest_item_at: dt.datetime | None
    items: int
    rejects: int
    note: str


@dataclass(frozen=True)
class Answered:
    """An answer that the owner mailed in this week: what it said of what, and what became of it: recorded, repeated
    (said before), unknown (no report asked so), stranger (not written by the owner) or unsent (not found among what the
    owner has sent)."""

    sent_at: dt.datetime
    action: str
    outcome: str
    label: str


@dataclass(frozen=True)
class Question:
    """Whether two contacts are one person, and what speaks for it."""

    question_id: str
    contact_id: str
    name: str
    other_id: str
    other_name: str
    evidence: str


@dataclass(frozen=True)
class Passed:
    """One of the newest things between the owner and a contact: `what` is a channel, or a meeting's verdict."""

    contact_id: str
    occurred_at: dt.datetime
    what: str
    direction: str
    subject: str


@dataclass(frozen=True)
class WeekCount:
    """How many contacts stood in each state at the end of a week."""

    week: str
    warm: int
    cooling: int
    cold: int


@dataclass(frozen=True)
class MonthMet:
    """How often one contact was met in one month (`2026-03`, in the owner's zone) of the year up to the week's end."""

    contact_id: str
    name: str
    month: str
    in_person: int
    remotely: int


@dataclass(frozen=True)
class Facts:
    """All that one week's report is made of. `ends_at` is the week's end; `zone` the owner's IANA zone.

    `answers_within` are the days in which the owner usually answered up to the end of this week and of those before it,
    newest first; None if too few answers tell.
    """

    owner: str
    week: str
    zone: str
    ends_at: dt.datetime
    made_at: dt.datetime
    language: str = "en"  # one of reports.languages.LOCALES
    ties: tuple[Tie, ...] = ()
    meetings: tuple[Held, ...] = ()
    owed: tuple[Owed, ...] = ()
    answers_within: tuple[float | None, ...] = ()
    earlier: tuple[Earlier, ...] = ()  # of the twelve weeks before
    running_since: dt.datetime | None = None  # when a source was read first: there were no mails before; None: always
    spam: tuple[Spam, ...] = ()
    new_addresses: tuple[NewAddress, ...] = ()
    news: tuple[News, ...] = ()
    covered: tuple[Covered, ...] = ()
    answers: tuple[Answered, ...] = ()
    questions: tuple[Question, ...] = ()  # the surest first
    passed: tuple[Passed, ...] = ()  # a dozen for each contact, newest first
    year_weeks: tuple[WeekCount, ...] = ()  # oldest first
    year_met: tuple[MonthMet, ...] = ()
