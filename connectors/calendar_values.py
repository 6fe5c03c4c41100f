"""Read the dates, times and durations of an entry, in the forms in which programs really write them."""

import re
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from connectors.calendar_definitions import Zones
from connectors.calendar_lines import Property, parameters_of
from connectors.calendar_zones import EPOCH, Zone
from connectors.records import Micros

_TIME = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ]?(\d{2}):?(\d{2})(?::?(\d{2}))?(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[0-9]{8}T[0-9]{6}Z?")  # as nearly all are written
_DURATION = re.compile(
    r"([+-])?P(?:(\d{1,7})W)?(?:(\d{1,7})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?", re.IGNORECASE
)
_DAY = timedelta(days=1)


class Unreadable(ValueError):
    """A value that is no date, time or duration; str() of it says which."""


class When(NamedTuple):
    """A date or time: `local` in `zone`, which is UTC for times written with Z."""

    local: datetime
    zone: Zone
    is_date: bool

    @property
    def instant(self) -> Micros:
        """The instant in microseconds."""
        return self.zone.instant(self.local)


def when(line: Property, zones: Zones, floating: Zone | None = None) -> When:
    """Read DTSTART and the like. `floating`, if given, is the zone of times that name none. Raises Unreadable."""
    raw, tzid = line.parameters, ""
    if raw:
        tzid = parameters_of(raw).get("TZID", "")
    try:
        return moment(line.value, zones.get(tzid) if tzid else (floating or zones.floating), zones)
    except Unreadable:
        rest, colon, value = line.value.rpartition(":")
        if not (tzid and colon):
            raise
        zone = zones.get(f"{tzid}:{rest}")  # Exchange writes TZID=tzone://Microsoft/Custom without quotes
        return moment(value, zone, zones)


def moment(value: str, zone: Zone, zones: Zones) -> When:
    """Read one date or time of a zone. Raises Unreadable."""
    if _PLAIN.fullmatch(value):
        with suppress(ValueError):  # hours and seconds that no clock shows are seen to below
            local = datetime.fromisoformat(value[:15])
            if 2 <= local.year <= 9998:
                return When(local, zones.utc if value[15:] else zone, False)
    match = _TIME.fullmatch(value.strip())
    if match is None:
        raise Unreadable(f"'{value.strip()[:40]}' is no date or time")
    year, month, day, hour, minute, second, mark = match.groups()
    try:
        local = datetime(int(year), int(month), int(day))  # noqa: DTZ001 - its zone goes beside it
        if hour is None:
            return When(local, zones.floating, True)
        if (int(hour), int(minute)) > (24, 0) or int(minute) > 59:
            raise Unreadable(f"'{value.strip()[:40]}' is no time of day")
        local += timedelta(hours=int(hour), minutes=int(minute), seconds=min(int(second or 0), 59))
        if mark:
            zone = zones.utc
            if mark not in "zZ":
                local -= timedelta(hours=int(mark[:3]), minutes=int(mark[0] + mark[-2:]))
    except (ValueError, OverflowError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(f"'{value.strip()[:40]}' is no day of any calendar") from None
    if not 2 <= local.year <= 9998:
        raise Unreadable(f"'{value.strip()[:40]}' lies outside of all time")
    return When(local, zone, False)


def duration(value: str) -> tuple[timedelta, timedelta]:
    """The days and the exact time of a DURATION: days follow the clock, hours do not. Raises Unreadable."""
    match = _DURATION.fullmatch(value.strip())
    if match is None or not any(match.groups()[1:]):
        raise Unreadable(f"'{value.strip()[:40]}' is no duration")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    try:
        days_long, exact = timedelta(days=weeks * 7 + days), timedelta(hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        raise Unreadable(f"'{value.strip()[:40]}' is longer than all time") from None
    if match[1] == "-":
        return timedelta(), timedelta()
    return days_long, exact


class Span(NamedTuple):
    """How long each occurrence lasts: by the clock in `zone`, and exact microseconds beyond that."""

    clock: timedelta
    exact: Micros
    zone: Zone | None

    def end(self, local: datetime, zone: Zone) -> Micros:
        """The end of the occurrence that starts at this local time."""
        if self.zone is None:
            return zone.instant(local + self.clock) + self.exact
        return zone.instant(local) + self.exact


def span(start: When, end: When | None, length: str) -> Span:
    """The span of an entry by its DTEND or DURATION; a day for dates with neither, else no time. Raises Unreadable."""
    least = _DAY if start.is_date else timedelta()
    if end is None:
        days, exact = duration(length) if length.strip() else (least, timedelta())
        if start.is_date:
            return Span(max(days + timedelta(days=exact.days), least), 0, None)
        return Span(days, exact // timedelta(microseconds=1), None)
    if end.zone is start.zone or start.is_date or end.zone.name == start.zone.name:
        return Span(max(end.local - start.local, least), 0, None)
    return Span(timedelta(), max(0, end.instant - start.instant), start.zone)


def naive(instant: Micros) -> datetime:
    """An instant as naive UTC."""
    return EPOCH + timedelta(microseconds=instant)
