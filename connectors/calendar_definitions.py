"""Find the zone that a calendar's TZID means, if need be by the rules that it defines itself (RFC 5545 3.6.5)."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice

from connectors.calendar_lines import Entry, first, properties
from connectors.calendar_recurrence import occurrences
from connectors.calendar_rules import WEEKLY, Refused, rule_of
from connectors.calendar_zones import EPOCH, Ruled, Shift, Zone, alike, by_offset, known, named

_PART = re.compile(rb"^BEGIN:(?:STANDARD|DAYLIGHT)[ \t]*$.*?^END:", re.IGNORECASE | re.MULTILINE | re.DOTALL)
_OFFSET = re.compile(r"([+-])?(\d{2}):?(\d{2}):?(\d{2})?")
_LOCAL = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2}))?Z?")
_FIRST, _LAST = datetime(1970, 1, 1), datetime(2070, 1, 1)  # noqa: DTZ001 - changes of the clock outside matter to nobody
_MOST_PARTS = 500  # a zone's whole history has about 200
_MOST_ZONES = 500  # all that a calendar can use; each one defined anew costs some milliseconds
_UTC_NAMES = frozenset({"utc", "gmt", "etc/utc", "etc/gmt", "z", "zulu", "universal", "etc/universal"})


class Zones:
    """The zones by which one calendar's times are read."""

    def __init__(self, properties_: Entry, definitions: Iterable[bytes], zone: str) -> None:
        """Take the calendar's own properties, its VTIMEZONEs, and the IANA zone for times that have none.

        X-WR-TIMEZONE says better, unless it is UTC: shared calendars say UTC and mean the reader's day.
        """
        default = known(zone) or named("UTC")
        told = first(properties_, "X-WR-TIMEZONE").strip()
        said = None if told.lower() in _UTC_NAMES else known(told) if told else None
        utc = named("UTC")
        if default is None or utc is None:
            raise LookupError("this machine has no time zones: install the package tzdata")
        self.floating: Zone = said or default
        self.utc: Zone = utc
        self.shown_utc = said.name if said else "UTC"  # Google writes a single entry in UTC whatever zone it is in
        self.unknown: set[str] = set()
        self._definitions = dict(_definition(data) for data in islice(definitions, _MOST_ZONES))
        self._zones: dict[str, Zone] = {}

    def get(self, tzid: str) -> Zone:
        """The zone that a TZID means; the floating one if nobody knows, and then the TZID is in `unknown`."""
        zone = self._zones.get(tzid)
        if zone is None:
            zone = self._zones[tzid] = self._found(tzid)
        return zone

    def _found(self, tzid: str) -> Zone:
        if zone := known(tzid):
            return zone
        place, data = self._definitions.get(tzid.strip().lower(), ("", b""))
        if place and (zone := known(place)):
            return zone
        if ruled := _ruled(data):
            ruled.name = alike(ruled, self.floating.name)
            return ruled
        if ruled := by_offset(tzid):
            return ruled
        self.unknown.add(tzid)
        return self.floating


def _definition(data: bytes) -> tuple[str, tuple[str, bytes]]:
    """A VTIMEZONE by its TZID, with the place that it names (X-LIC-LOCATION)."""
    own = properties(_PART.sub(b"", data)[:20_000])
    return first(own, "TZID").strip().strip('"').lower(), (first(own, "X-LIC-LOCATION").strip(), data)


def _ruled(data: bytes) -> Ruled | None:
    """The changes of offset that a definition makes; None if it makes none that can be read."""
    shifts: list[Shift] = []
    for count, part in enumerate(_PART.finditer(data)):
        if count >= _MOST_PARTS:
            return None
        body = part[0].split(b"\n", 1)[1].rsplit(b"\n", 1)[0]
        try:
            shifts += _shifts(properties(body))
        except (Refused, ValueError):
            continue  # the other part may still say the offset; with none, the definition is not known
    return Ruled(sorted(set(shifts))) if shifts else None


def _shifts(part: Entry) -> list[Shift]:
    """The changes that one STANDARD or DAYLIGHT part makes. Raises ValueError."""
    before, after = _seconds(first(part, "TZOFFSETFROM")), _seconds(first(part, "TZOFFSETTO"))
    start = _local(first(part, "DTSTART"), before)
    found = {start}
    for line in part.get("RRULE", ()):
        rule = rule_of(line.value, start, lambda until: _local(until, before))
        if rule.freq > WEEKLY or len(found) > _MOST_PARTS:
            raise Refused("no clock is changed that often")
        found.update(occurrences(rule, start, _FIRST, _LAST))
    for line in part.get("RDATE", ()):
        found.update(_local(value.strip(), before) for value in line.value.split(","))
    seconds = [(at - EPOCH).days * 86_400 + (at - EPOCH).seconds - before for at in found]
    return [Shift(at, before, after) for at in seconds]


def _seconds(offset: str) -> int:
    match = _OFFSET.fullmatch(offset.strip())
    if match is None:
        raise ValueError(f"'{offset[:20]}' is no offset")
    seconds = int(match[2]) * 3600 + int(match[3]) * 60 + int(match[4] or 0)
    return -seconds if match[1] == "-" else seconds


def _local(value: str, offset: int) -> datetime:
    match = _LOCAL.fullmatch(value.strip())
    if match is None:
        raise ValueError(f"'{value[:20]}' is no time")
    local = datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
    return local + timedelta(seconds=offset) if value.strip().endswith("Z") else local
