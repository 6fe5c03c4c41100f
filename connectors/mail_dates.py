"""Read the date of a mail's header into microseconds since the epoch."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_tz
from functools import lru_cache

from connectors.mail_text import decode_raw
from connectors.records import Micros

SECOND = 1_000_000
DAY = 86_400 * SECOND
_EPOCH = date(1970, 1, 1).toordinal()
_MONTHS = {
    name: number
    for number, names in enumerate(b"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)
    for name in (names,)
}
_ORDINARY = re.compile(
    rb"(?:[A-Z][a-z][a-z], )?([0-9]{1,2} [A-Z][a-z][a-z] (?:19|20)[0-9][0-9])"
    rb" ([0-9][0-9]):([0-9][0-9])(?::([0-9][0-9]))? ([+-][0-9]{4}|GMT)(?: \([A-Z]+\))?"
).fullmatch
_ZONES = {  # hours east of Greenwich of the names that RFC 5322 and the stdlib leave out
    "CET": 1, "MEZ": 1, "BST": 1, "WEST": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "SGT": 8, "HKT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip


def read_date(value: bytes) -> Micros | None:
    """Read a date as RFC 5322 3.3 writes it, or as older and odder programs do. None if it can't be read.

    A date without a zone is taken as UTC.
    """
    ordinary = _ORDINARY(value)
    if ordinary is None:
        return read_odd_date(value)
    day, hours, minutes, seconds, zone = ordinary.groups()
    days, offset = _days(day), _offset(zone)
    hour, minute, second = int(hours), int(minutes), int(seconds or 0)
    if days is None or hour > 23 or minute > 59 or second > 60 or offset is None:  # :60 is a leap second
        return read_odd_date(value)
    return (days * 86_400 + hour * 3600 + minute * 60 + second - offset) * SECOND


@lru_cache(maxsize=16_384)
def _days(text: bytes) -> int | None:
    """Days since the epoch of a day such as `4 Mar 2026`."""
    day, month, year = text.split(b" ")
    try:
        return date(int(year), _MONTHS[month], int(day)).toordinal() - _EPOCH
    except (KeyError, ValueError):
        return None


@lru_cache(maxsize=256)
def _offset(zone: bytes) -> int | None:
    """Seconds east of Greenwich of a zone such as `+0100`, if there can be such a one."""
    seconds = 0 if zone == b"GMT" else int(zone[1:3]) * 3600 + int(zone[3:5]) * 60
    return None if seconds > 15 * 3600 else -seconds if zone[:1] == b"-" else seconds


def read_odd_date(value: bytes) -> Micros | None:
    """The slow path of read_date: the stdlib's reading, some more zones' names, and ISO 8601."""
    text = " ".join(decode_raw(value[:200]).split())
    try:
        parsed = parsedate_tz(text)
    except (ValueError, IndexError, TypeError):
        parsed = None
    if parsed is None:
        return _iso(text)
    offset = parsed[9] or 0
    if not offset:
        offset = _ZONES.get(text.rpartition(" ")[2].upper(), 0) * 3600
    return _micros(parsed[:3], parsed[3:6], offset)


def _iso(text: str) -> Micros | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return int((aware - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()) * SECOND


def _micros(day: tuple[int, int, int], clock: tuple[int, int, int], offset: int) -> Micros | None:
    hour, minute, second = clock
    if hour > 23 or minute > 59 or second > 60 or abs(offset) > 15 * 3600:  # :60 is a leap second
        return None
    try:
        days = date(*day).toordinal() - _EPOCH
    except ValueError:
        return None
    return (days * 86_400 + hour * 3600 + minute * 60 + second - offset) * SECOND
