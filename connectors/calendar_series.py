"""Turn the entries of one UID into its occurrences: the series, less what was taken out, with what was changed."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from typing import NamedTuple

from connectors.calendar_definitions import Zones
from connectors.calendar_lines import Entry, Property, first, parameters_of
from connectors.calendar_recurrence import Budget, occurrences
from connectors.calendar_rules import Refused, rule_of
from connectors.calendar_values import Span, Unreadable, When, duration, moment, naive, span, when
from connectors.calendar_zones import Zone
from connectors.records import Micros

MAX_OCCURRENCES = 20_000  # of one series in the window: 50 years of days, or two of hours
MAX_RULES = 10  # of one entry; RFC 5545 wants one
MAX_DATES = 60_000  # characters of one list of dates, about 3,500 of them
_DAY = timedelta(days=1)
_ALL_TIME = (-60_000_000_000_000_000, 250_000_000_000_000_000)  # the years 69 to 9891, in microseconds


class Occurrence(NamedTuple):
    """One occurrence: the entry that describes it, and its times. `excluded` ones were taken out by EXDATE."""

    entry: Entry
    original: Micros
    start: Micros
    end: Micros
    is_date: bool
    zone: Zone
    recurring: bool
    excluded: bool


class Change(NamedTuple):
    """An exception to a series (RECURRENCE-ID): what it replaces and by what."""

    entry: Entry
    replaced: When
    start: When
    lasts: Span
    following: bool


def revision(entry: Entry) -> tuple[int, str]:
    """What tells an older revision of an entry from a newer one."""
    number = first(entry, "SEQUENCE").strip()
    sequence = int(number) if number.isdecimal() and len(number) < 10 else 0
    return sequence, first(entry, "LAST-MODIFIED") or first(entry, "DTSTAMP")


def newest(entries: list[Entry]) -> list[Entry]:
    """Those with the highest SEQUENCE, the last written last: an older revision in the same file counts for nothing."""
    if len(entries) < 2:
        return entries
    ordered = sorted(entries, key=revision)
    return [entry for entry in ordered if revision(entry)[0] == revision(ordered[-1])[0]]


def change_of(entry: Entry, master: Entry | None, zones: Zones) -> Change:
    """Read an exception. `master` is its series, if that is known. Raises Unreadable."""
    begins = when(master["DTSTART"][0], zones) if master and "DTSTART" in master else None
    floating = begins.zone if begins else None
    line = entry["RECURRENCE-ID"][0]
    replaced = when(line, zones, floating)
    if begins and replaced.is_date and not begins.is_date:
        replaced = When(datetime.combine(replaced.local, begins.local.time()), begins.zone, False)
    elif begins and begins.is_date and not replaced.is_date:
        local = replaced.local if replaced.zone is not zones.utc else zones.floating.local(replaced.instant)
        replaced = When(local.replace(hour=0, minute=0, second=0), zones.floating, True)
    start = when(entry["DTSTART"][0], zones, floating) if "DTSTART" in entry else replaced
    timed = entry if "DTSTART" in entry or not master else master
    base = start if timed is entry or begins is None else begins
    following = parameters_of(line.parameters).get("RANGE", "").upper() == "THISANDFUTURE"
    return Change(entry, replaced, start, _lasts(timed, base, zones), following)


def start_of(entry: Entry, zones: Zones) -> When:
    """When an entry begins. Raises Unreadable."""
    if "DTSTART" not in entry:
        raise Unreadable("it has no start (DTSTART)")
    start = when(entry["DTSTART"][0], zones)
    whole_day = first(entry, "X-MICROSOFT-CDO-ALLDAYEVENT").strip().upper() == "TRUE"
    if whole_day and not start.is_date and start.zone is not zones.utc and start.local.time() == time():
        return start._replace(is_date=True)
    return start


def _lasts(entry: Entry, start: When, zones: Zones) -> Span:
    ends = entry.get("DTEND")
    end = when(ends[0], zones, start.zone) if ends and ends[0].value.strip() else None
    return span(start, end, first(entry, "DURATION"))


def once(change: Change) -> Occurrence:
    """The occurrence that an exception gives."""
    entry, replaced, start, lasts, _ = change
    end = lasts.end(start.local, start.zone)
    return Occurrence(entry, replaced.instant, start.instant, end, start.is_date, start.zone, True, False)


def occurrences_of(
    entry: Entry, changes: list[Change], zones: Zones, window: tuple[Micros, Micros], budget: Budget
) -> Iterator[Occurrence]:
    """Yield an entry's own occurrences, those left out that an exception replaces. Raises Unreadable, Refused.

    An entry that does not repeat is given wherever it lies; a series only inside the window.
    """
    start = start_of(entry, zones)
    lasts = _lasts(entry, start, zones)
    replaced = {change.replaced.instant for change in changes}
    recurring = "RRULE" in entry or "RDATE" in entry
    if len(entry.get("RRULE", ())) + len(entry.get("EXRULE", ())) > MAX_RULES:
        raise Refused(f"it has more than {MAX_RULES} rules")
    excluded = _Excluded(entry, start, zones)
    if not recurring:
        at = start.instant
        if at not in replaced:
            end = lasts.end(start.local, start.zone)
            yield Occurrence(
                entry, at, at, end, start.is_date, start.zone, bool(changes), excluded.has(start.local, at)
            )
        return
    lower, upper = max(window[0], _ALL_TIME[0]), min(window[1], _ALL_TIME[1])
    reach = lasts.clock + timedelta(microseconds=lasts.exact) + _DAY
    following = sorted((change for change in changes if change.following), key=lambda change: change.replaced.instant)
    for change in following:  # an occurrence outside may have been moved inside
        reach += abs(change.start.local - change.replaced.local) + change.lasts.clock
    first_local, last_local = (
        naive(lower) - min(reach, timedelta(days=3650)),
        naive(upper) + min(reach, timedelta(days=3650)),
    )
    found = _locals(entry, start, zones, (first_local, last_local), budget)
    excluded.expand(first_local, last_local, budget)
    turns = [change.replaced.instant for change in following]
    for local in sorted(found):
        original = start.zone.instant(local)
        if original in replaced:
            continue
        out = excluded.has(local, original)
        begins, zone, ends, told, dated = local, start.zone, found[local] or lasts, entry, start.is_date
        if following and (turn := bisect_right(turns, original)):
            change = following[turn - 1]
            told, zone, ends, dated = change.entry, change.start.zone, change.lasts, change.start.is_date
            begins = local + (change.start.local - change.replaced.local)
        at = original if told is entry else zone.instant(begins)
        end = ends.end(begins, zone)
        if at < upper and (end > lower or at >= lower):
            yield Occurrence(told, original, at, end, dated, zone, True, out)


def _locals(
    entry: Entry, start: When, zones: Zones, bounds: tuple[datetime, datetime], budget: Budget
) -> dict[datetime, Span | None]:
    """The local starts of a series, with the span of those that bring their own. Raises Unreadable, Refused."""
    found: dict[datetime, Span | None] = {}
    first_local, last_local = bounds
    if first_local <= start.local < last_local:
        found[start.local] = None
    for line in entry.get("RRULE", ()):
        rule = rule_of(line.value, start.local, _until(start, zones))
        for local in occurrences(rule, start.local, first_local, last_local, budget=budget):
            found[local] = None
            if len(found) > MAX_OCCURRENCES:
                raise Refused(f"its rule gives more than {MAX_OCCURRENCES:,} occurrences in the time that is read")
    for line in entry.get("RDATE", ()):
        for value in _values(line):
            begin, _, until = value.partition("/")
            date = _in_series(begin, line, start, zones)
            own = None
            if until.strip().upper().startswith(("P", "+P")):
                days, exact = duration(until)
                own = Span(days, exact // timedelta(microseconds=1), None)
            elif until:
                own = Span(max(_in_series(until, line, start, zones) - date, timedelta()), 0, None)
            if first_local <= date < last_local:
                found[date] = own
    return found


def _values(line: Property) -> list[str]:
    if len(line.value) > MAX_DATES:
        raise Refused(f"its {line.name} lists more dates than any real one")
    return [value for value in line.value.split(",") if value.strip()]


def _in_series(value: str, line: Property, start: When, zones: Zones) -> datetime:
    """A date of a list as a local time of the series. Raises Unreadable."""
    tzid = parameters_of(line.parameters).get("TZID", "")
    at = moment(value, zones.get(tzid) if tzid else start.zone, zones)
    if at.is_date:
        return datetime.combine(at.local, start.local.time())
    if start.is_date:
        return at.local.replace(hour=0, minute=0, second=0)
    return at.local if at.zone is start.zone else start.zone.local(at.instant)


def _until(start: When, zones: Zones) -> Callable[[str], datetime]:
    def local(value: str) -> datetime:
        try:
            until = moment(value, start.zone, zones)
        except Unreadable as error:
            raise Refused(f"its rule's UNTIL {error}") from None
        if until.is_date:
            return until.local if start.is_date else until.local + _DAY - timedelta(seconds=1)
        if until.zone is not zones.utc or start.zone is zones.utc:
            return until.local
        if start.is_date and until.local.time() in (time(), time(23, 59, 59)):
            return until.local
        return start.zone.local(until.instant)

    return local


class _Excluded:
    """What EXDATE and EXRULE take out of a series. A date takes out all of its day."""

    def __init__(self, entry: Entry, start: When, zones: Zones) -> None:
        self._rules = [rule_of(line.value, start.local, _until(start, zones)) for line in entry.get("EXRULE", ())]
        self._start = start
        self._instants: set[Micros] = set()
        self._days: set[object] = set()
        self._locals: set[datetime] = set()
        for line in entry.get("EXDATE", ()):
            tzid = parameters_of(line.parameters).get("TZID", "")
            zone = zones.get(tzid) if tzid else start.zone
            for value in _values(line):
                at = moment(value, zone, zones)
                if at.is_date:
                    self._days.add(at.local.date())
                elif start.is_date:
                    self._days.add((at.local if at.zone is not zones.utc else start.zone.local(at.instant)).date())
                    self._days.add(at.local.date())
                else:
                    self._instants.add(at.instant)

    def expand(self, first_local: datetime, last_local: datetime, budget: Budget) -> None:
        """Follow the EXRULEs inside a window. Raises Refused."""
        for rule in self._rules:
            start = self._start.local
            for local in occurrences(rule, start, first_local, last_local, with_start=False, budget=budget):
                self._locals.add(local)
                if len(self._locals) > MAX_OCCURRENCES:
                    raise Refused("its EXRULE takes out more occurrences than any real one")

    def has(self, local: datetime, instant: Micros) -> bool:
        """Whether the occurrence is taken out."""
        return instant in self._instants or local.date() in self._days or local in self._locals
