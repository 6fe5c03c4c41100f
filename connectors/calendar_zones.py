"""Tell which instant a calendar's local time means, whatever its program calls the time zone."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from connectors.records import Micros

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - local times are naive here, by design
_EPOCH_UTC = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = 1_000_000
_DAY = 86_400 * _SECOND
_LONGEST = 200  # characters of a name that is looked up

_SHOWN = re.compile(r"\((?:UTC|GMT)\s*(?:([+-])\s*(\d{1,2})[:.]?(\d{2})?)?\)\s*(.*)", re.IGNORECASE)
_OFFSET = re.compile(r"^\(?(?:UTC|GMT|Z)?\s*(?:([+-])\s*(\d{1,2})[:.]?(\d{2})?)?\)?$", re.IGNORECASE)
_REGIONS = {  # Windows shows these zones by region, all others by their cities
    "eastern time": "America/New_York",
    "central time": "America/Chicago",
    "mountain time": "America/Denver",
    "pacific time": "America/Los_Angeles",
    "atlantic time": "America/Halifax",
    "arizona": "America/Phoenix",
    "alaska": "America/Anchorage",
    "hawaii": "Pacific/Honolulu",
    "newfoundland": "America/St_Johns",
    "indiana": "America/Indiana/Indianapolis",
    "coordinated universal time": "UTC",
    "new delhi": "Asia/Kolkata",
    "beijing": "Asia/Shanghai",
    "abu dhabi": "Asia/Dubai",
    "bern": "Europe/Zurich",
    "kyiv": "Europe/Kyiv",
    "canberra": "Australia/Sydney",
    "wellington": "Pacific/Auckland",
    "islamabad": "Asia/Karachi",
    "saskatchewan": "America/Regina",
}
_SHORT = {
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "mdt": "America/Denver",
    "cst": "America/Chicago",
    "cdt": "America/Chicago",
    "edt": "America/New_York",
    "bst": "Europe/London",
    "cest": "Europe/Berlin",
    "jst": "Asia/Tokyo",
    "z": "UTC",
    "tzone://microsoft/utc": "UTC",
}


class Zone(Protocol):
    """`name` is an IANA name, for a zone of a file's own making the one that keeps the same time."""

    @property
    def name(self) -> str: ...

    def instant(self, local: datetime) -> Micros:
        """A naive local time as an instant; in a gap with the offset before it, doubtful ones are the first unless their
        `fold` says the second (PEP 495)."""
        ...

    def local(self, instant: Micros) -> datetime:
        """The naive local time of an instant, with `fold` 1 where the clock shows it for the second time."""
        ...


class Named(NamedTuple):
    """A zone of the IANA database."""

    name: str
    info: ZoneInfo

    def instant(self, local: datetime) -> Micros:
        """See Zone."""
        since = local.replace(tzinfo=self.info) - _EPOCH_UTC
        return (since.days * 86_400 + since.seconds) * _SECOND + since.microseconds

    def local(self, instant: Micros) -> datetime:
        """See Zone."""
        return (_EPOCH_UTC + timedelta(microseconds=instant)).astimezone(self.info).replace(tzinfo=None)


class Shift(NamedTuple):
    """A change of offset: when (UTC seconds), and the offsets in seconds on both sides of it."""

    at: int
    before: int
    after: int


class Ruled:
    """A zone that a file defines by itself, as its changes of offset."""

    def __init__(self, shifts: Sequence[Shift], name: str = "") -> None:
        """`shifts` are at least one, in the order of time."""
        self._shifts = list(shifts)
        self._walls = [shift.at + max(shift.before, shift.after) for shift in self._shifts]
        self._instants = [shift.at for shift in self._shifts]
        self.name = name

    def _after(self, place: int) -> int:
        return self._shifts[place - 1].after if place else self._shifts[0].before

    def instant(self, local: datetime) -> Micros:
        """See Zone."""
        wall = local - EPOCH
        seconds = wall.days * 86_400 + wall.seconds
        place = bisect_right(self._walls, seconds)
        if local.fold and place < len(self._shifts) and seconds >= self._shifts[place].at + self._shifts[place].after:
            place += 1
        return (seconds - self._after(place)) * _SECOND + wall.microseconds

    def local(self, instant: Micros) -> datetime:
        """See Zone."""
        seconds = instant // _SECOND
        place = bisect_right(self._instants, seconds)
        local = EPOCH + timedelta(microseconds=instant + self._after(place) * _SECOND)
        last = self._shifts[place - 1]
        return local.replace(fold=1) if place and seconds < last.at + last.before - last.after else local


@lru_cache(maxsize=1024)
def named(name: str) -> Named | None:
    """The zone of an IANA name as it is written, if there is one."""
    if len(name) > _LONGEST:
        return None  # looked for as a package within packages, as many as it has slashes
    try:
        return Named(name, ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder's name, such as "America"
        return None


def fixed(seconds: int) -> Ruled:
    """A zone that never changes its offset."""
    hours, rest = divmod(seconds, 3600)
    name = "UTC" if rest or not -14 <= -hours <= 12 or not hours else f"Etc/GMT{-hours:+d}"
    return Ruled([Shift(0, seconds, seconds)], name)


@cache
def _by_case() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}


@cache
def _windows() -> dict[str, str]:
    from icalendar.timezone.windows_to_olson import (  # noqa: PLC0415 - few files need it, and it takes long to load
        WINDOWS_TO_OLSON,
    )

    return dict(WINDOWS_TO_OLSON)


@cache
def _by_windows() -> dict[str, str]:
    return {name.lower(): iana for name, iana in _windows().items()}


@cache
def _by_city() -> dict[str, str]:
    cities: dict[str, str] = {}
    for name in sorted(available_timezones()):
        area, _, city = name.rpartition("/")
        if area and area.split("/")[0] in ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Pacific"):
            cities.setdefault(city.lower().replace("_", " "), name)
    return cities


@lru_cache(maxsize=1024)
def known(tzid: str) -> Named | None:
    """The zone that a TZID names by itself: IANA, Windows, as Outlook shows it, or with a program's prefix."""
    tzid = tzid.strip().strip("\"'").strip()[: _LONGEST + 1]
    if zone := named(tzid):
        return zone
    low = tzid.lower()
    if iana := _by_windows().get(low) or _SHORT.get(low) or _by_case().get(low.replace(" ", "_")):
        return named(iana)
    parts = low.split("/")
    for start in range(1, len(parts)):  # /mozilla.org/20070129_1/Europe/Berlin
        if iana := _by_case().get("/".join(parts[start:])):
            return named(iana)
    if (shown := _SHOWN.match(tzid)) and shown[4]:
        return _shown(shown[4], _seconds(shown[1], shown[2], shown[3]))
    return None


def _seconds(sign: str | None, hours: str | None, minutes: str | None) -> int:
    seconds = int(hours or 0) * 3600 + int(minutes or 0) * 60
    return -seconds if sign == "-" else seconds


def _shown(places: str, offset: int) -> Named | None:
    """The zone of "Amsterdam, Berlin, Bern": the first place that has a zone with this standard offset."""
    for place in re.split(r"[,;&(]", places.lower()):
        for iana in (_REGIONS.get(place.strip()), _by_city().get(place.strip())):
            if iana and (zone := named(iana)) and offset in _offsets(zone):
                return zone
    return None


def _offsets(zone: Zone) -> set[int]:
    """The offsets in seconds that a zone has had in one recent year."""
    months = [datetime(2025, month, 15) for month in (1, 7)]  # noqa: DTZ001
    return {round((month - EPOCH).total_seconds() - zone.instant(month) / _SECOND) for month in months}


def by_offset(tzid: str) -> Ruled | None:
    """The zone of a name that only says an offset: "UTC+2", "(GMT+01:00)", "-0500"."""
    shown = _SHOWN.match(tzid)
    match = _OFFSET.match(tzid.strip()) or (_OFFSET.match(tzid[: shown.start(4)].strip()) if shown else None)
    if match is None or not match[2]:
        return None
    seconds = _seconds(match[1], match[2], match[3])
    return fixed(seconds) if abs(seconds) <= 15 * 3600 else None


def alike(zone: Zone, prefer: str) -> str:
    """The IANA name of a zone that keeps the same time now as one made by rules; `prefer` wins if it does."""
    year = [datetime(2025, 1, 1, 12) + timedelta(days=7 * week) for week in range(53)]  # noqa: DTZ001
    wanted = [zone.instant(day) for day in year]
    for name in (prefer, *dict.fromkeys(_windows().values())):
        other = named(name)
        if other and other.instant(year[0]) == wanted[0] and [other.instant(day) for day in year] == wanted:
            return name
    return fixed(-round((wanted[0] / _SECOND) - (year[0] - EPOCH).total_seconds())).name
