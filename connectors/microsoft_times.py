"""Read Graph's dates and times, and cut the calendar's window into slices that it takes."""

import datetime as dt
import re
from typing import NamedTuple

from connectors.calendar_zones import known
from connectors.microsoft_graph import Item, text
from connectors.records import Micros

_DAY = 86_400_000_000
_SLICE = 1_820 * _DAY  # Exchange takes views of at most 1,825 days
_EARLIEST = 0  # a Date of year 1 is Exchange's way to say nothing
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(Z|[+-]\d\d:\d\d)?")


class Slice(NamedTuple):
    """A part of the window. It lies where it lies, whenever it is asked for, so that its link to changes stays good."""

    start: Micros
    end: Micros

    @property
    def name(self) -> str:
        return f"{day(self.start)[:7]}–{day(self.end)[:7]}"


def slices(window: tuple[Micros, Micros]) -> list[Slice]:
    """The slices that cover a window."""
    first, last = window[0] // _SLICE, (window[1] - 1) // _SLICE
    return [Slice(number * _SLICE, (number + 1) * _SLICE) for number in range(first, last + 1)]


def instant(told: str) -> Micros | None:
    """A DateTimeOffset (`2026-03-04T15:00:00Z`) in microseconds; None for none, or for Exchange's year 1."""
    found = _local(told)
    if found is None:
        return None
    at = found if found.tzinfo else found.replace(tzinfo=dt.UTC)
    micros = (at - _EPOCH) // dt.timedelta(microseconds=1)
    return micros if micros >= _EARLIEST else None


def moment(value: object, all_day: bool, zone: str) -> Micros | None:
    """A dateTimeTimeZone, or a DateTimeOffset as text, in microseconds. Whole days begin at midnight of `zone`."""
    told = value if isinstance(value, str) else text(value, "dateTime")
    local = _local(told)
    if local is None:
        return None
    if local.tzinfo is not None and (not all_day or local.time() != dt.time()):
        return instant(told)
    named = known(zone if all_day else text(value, "timeZone") or "UTC") or known("UTC")
    return named.instant(local.replace(tzinfo=None)) if named else None


def day(at: Micros) -> str:
    """The day of an instant, UTC: `2026-03-04`."""
    return (_EPOCH + dt.timedelta(microseconds=at)).date().isoformat()


def zone_of(item: Item, owners: str) -> str:
    """The IANA zone that an event was entered in; the owner's where that is not known."""
    found = known(text(item, "originalStartTimeZone") or "-")
    return found.name if found else owners


def _local(told: str) -> dt.datetime | None:
    match = _TIME.fullmatch(told.strip())
    if match is None:
        return None
    try:
        return dt.datetime.fromisoformat(match[1] + (match[2] or ""))
    except ValueError:
        return None
