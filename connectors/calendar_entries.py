"""Turn an iCalendar file, or the calendar part of a mail, into event occurrences (RFC 5545, RFC 5546).

An own reader throughout, with every series expanded faster than `icalendar` at parsing alone (benchmarks/ics_read.py);
`icalendar` is asked about single lines that are no property at first sight, and for its table of Windows' time zones.
"""

from collections.abc import Iterator
from hashlib import sha256
from itertools import chain
from typing import NamedTuple

from connectors.calendar_definitions import Zones
from connectors.calendar_details import Details, details
from connectors.calendar_lines import (
    Block,
    Entry,
    Property,
    TooLong,
    blocks,
    first,
    plain_lines,
    properties,
    text,
    uid_of,
)
from connectors.calendar_recurrence import Budget
from connectors.calendar_rules import Refused
from connectors.calendar_series import Change, Occurrence, change_of, newest, occurrences_of, once, revision
from connectors.calendar_values import Unreadable, naive
from connectors.records import FOLLOWING, Event, Micros, Reject

BATCH = 2_000  # events
MAX_EVENTS = 500_000  # of one file: a hundred years of a full calendar
MAX_CHANGES = 20_000  # exceptions of one series
_WORDS = Details._fields.index("kind") + 1  # the fields of Details that an Event has in the same order
_MAILED = {"REQUEST": "REQUEST", "ADD": "REQUEST", "REPLY": "REPLY", "CANCEL": "CANCEL", "COUNTER": "COUNTER"}
_SILENT = frozenset({"REFRESH", "DECLINECOUNTER"})  # they say nothing of what is to happen


class Calendar(NamedTuple):
    """What was read: the occurrences, and the entries that could not be read."""

    events: list[Event]
    rejects: list[Reject]


class _Source(NamedTuple):
    """What all entries of one VCALENDAR share."""

    place: str
    calendar: str
    method: str | None
    cancels: bool
    message_key: str | None
    zones: Zones
    window: tuple[Micros, Micros]
    budget: Budget


class _Told(NamedTuple):
    """What all occurrences of an entry share: the fields of their events from the title to the kind, and those from
    `created_at` on. A series has thousands, and to name thirty fields takes longer than all else."""

    uid: str
    words: tuple[object, ...]
    rest: tuple[object, ...]


def looks_like_calendar(head: bytes) -> bool:
    """Whether a file that begins with these bytes is iCalendar."""
    return plain_lines(head[:4096]).lstrip()[:40].upper().replace(b" ", b"").startswith(b"BEGIN:VCALENDAR")


def read_calendar(
    data: bytes, *, place: str, window: tuple[Micros, Micros], zone: str, message_key: str | None = None
) -> Calendar:
    """Read all occurrences at once; see `read_batches`."""
    batches = list(read_batches(data, place=place, window=window, zone=zone, message_key=message_key))
    return Calendar(
        list(chain.from_iterable(batch.events for batch in batches)),
        list(chain.from_iterable(batch.rejects for batch in batches)),
    )


def read_batches(
    data: bytes, *, place: str, window: tuple[Micros, Micros], zone: str, message_key: str | None = None
) -> Iterator[Calendar]:
    """Yield the occurrences in batches of some thousands; never raises for what the data holds.

    Series are expanded inside `window` (start, end); what stands in the data by itself, a single entry or an exception
    to a series, is given wherever it lies. `zone` is the IANA zone of times that name none, and of whole days.
    `message_key` is the mail that the data was a part of: then the events carry its method (see records.Event).
    """
    events: list[Event] = []
    rejects: list[Reject] = []
    total, budget = 0, Budget()
    data = plain_lines(data)
    if b"BEGIN:VEVENT" not in data and b"BEGIN:VCALENDAR" not in data[:4096].upper():
        yield Calendar([], [Reject(place, "", "this is no calendar: it has no BEGIN:VCALENDAR")])
        return
    for block in blocks(data):
        rejects += (Reject(place, f"@{offset}", reason) for offset, reason in block.broken)
        source = _source(block, data, place, window, zone, message_key, budget)
        if source is None:
            continue
        for uid, ranges in _by_uid(block, data).items():
            if total + len(events) >= MAX_EVENTS:
                rejects.append(Reject(place, uid, f"the file gives more than {MAX_EVENTS:,} occurrences"))
                break
            events += _of_uid(data, ranges, source, rejects)
            if len(events) >= BATCH:
                total += len(events)
                yield Calendar(events, rejects)
                events, rejects = [], []
    if events or rejects:
        yield Calendar(events, rejects)


def _source(
    block: Block,
    data: bytes,
    place: str,
    window: tuple[Micros, Micros],
    zone: str,
    message_key: str | None,
    budget: Budget,
) -> _Source | None:
    told = first(block.properties, "METHOD").strip().upper()
    if told in _SILENT:
        return None
    method = _MAILED.get(told)
    if message_key is None and method in ("REQUEST", "CANCEL"):
        method = None  # an invitation saved to a file stands for the entry itself
    return _Source(
        place,
        text(first(block.properties, "X-WR-CALNAME") or first(block.properties, "NAME"))[:200],
        method,
        told == "CANCEL",
        message_key,
        Zones(block.properties, (data[start:end] for start, end in block.zones), zone),
        window,
        budget,
    )


def _by_uid(block: Block, data: bytes) -> dict[str, list[tuple[int, int]]]:
    """Where the entries of each UID lie; those without one stand alone."""
    found: dict[str, list[tuple[int, int]]] = {}
    for start, end in block.entries:
        uid = uid_of(data, start, end).decode("utf-8", "replace")[:1_000]
        found.setdefault(uid or f"\n{start}", []).append((start, end))
    return found


def _of_uid(data: bytes, ranges: list[tuple[int, int]], source: _Source, rejects: list[Reject]) -> Iterator[Event]:
    """Yield the events of one UID, each once: exceptions first, then what is left of the series."""
    masters: list[Entry] = []
    others: list[Entry] = []
    offsets: dict[int, int] = {}

    def refuse(entry: Entry, why: object) -> None:
        uid = text(first(entry, "UID"))[:200]
        rejects.append(Reject(source.place, f"{uid}@{offsets[id(entry)]}", f"an entry is left out: {why}"))

    for start, end in ranges[:MAX_CHANGES]:
        try:
            entry = properties(data[start:end])
        except TooLong as error:
            rejects.append(Reject(source.place, f"@{start}", f"an entry is left out: {error}"))
            continue
        offsets[id(entry)] = start
        (others if "RECURRENCE-ID" in entry else masters).append(entry)
    if len(ranges) > MAX_CHANGES:
        reason = f"entries are left out: more than {MAX_CHANGES:,} of them share one UID"
        rejects.append(Reject(source.place, f"@{ranges[MAX_CHANGES][0]}", reason))
    masters = [_started(master, source) for master in newest(masters)]
    told: dict[int, _Told] = {}
    found: dict[str, Event] = {}
    changes: dict[Micros, Change] = {}
    for entry in sorted(others, key=revision):
        try:
            change = change_of(entry, masters[-1] if masters else None, source.zones)
            key = _add(found, once(change), source, told)
            if change.following and source.cancels:
                found[key] = found[key]._replace(note=FOLLOWING)
            changes[change.replaced.instant] = change
        except (Unreadable, OverflowError) as error:
            refuse(entry, error)
    for master in masters:
        offsets.setdefault(id(master), ranges[0][0])
        try:
            own = occurrences_of(master, list(changes.values()), source.zones, source.window, source.budget)
            for occurrence in own:
                _add(found, occurrence, source, told)
        except (Unreadable, Refused, OverflowError) as error:
            refuse(master, error)
    yield from found.values()


def _started(entry: Entry, source: _Source) -> Entry:
    """An answer need not say when the event is (RFC 5546 3.2.3): then the time of the answer stands for it."""
    if "DTSTART" in entry or "DTSTAMP" not in entry or source.method in (None, "REQUEST"):
        return entry
    return {**entry, "DTSTART": [Property("DTSTART", "", first(entry, "DTSTAMP"))], "DURATION": []}


def _add(found: dict[str, Event], occurrence: Occurrence, source: _Source, told: dict[int, _Told]) -> str:
    """Make the event of an occurrence; of two with one key the later stands. The key."""
    entry, original, start, end, is_date, zone, recurring, excluded = occurrence
    same = told.get(id(entry))
    if same is None:
        same = told[id(entry)] = _told(entry, is_date, source)
    key = f"{same.uid}/{naive(original).isoformat()}Z"
    shown = source.zones.shown_utc if zone is source.zones.utc else zone.name
    full = f"{source.message_key}/{key}" if source.message_key else key
    times = (original, start, end, is_date, shown)
    event = Event._make((source.place, full, key, same.uid, *times, *same.words, recurring, *same.rest))
    found[key] = event._replace(status="cancelled", note="exdate") if excluded else event
    return key


def _told(entry: Entry, all_day: bool, source: _Source) -> _Told:
    """Read what all occurrences of an entry share."""
    mailed = source.message_key is not None
    detail = details(entry, source.zones, calendar=source.calendar, all_day=all_day, mailed=mailed)
    if source.cancels:
        detail = detail._replace(status="cancelled")
    uid = text(first(entry, "UID")) or _made(entry, detail)
    shared = (source.calendar, source.method, source.message_key, detail.note)
    return _Told(uid, detail[:_WORDS], (detail.created_at, detail.modified_at, *shared))


def _made(entry: Entry, detail: Details) -> str:
    """A UID for an entry that has none, the same whenever the file is read again."""
    words = "\n".join((first(entry, "DTSTART"), detail.title, detail.organizer, detail.location))
    return f"made:{sha256(words.encode()).hexdigest()[:32]}"
