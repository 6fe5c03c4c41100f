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
_DAY = re.compile(rb"[A-Z][a-z][a-z], ([0-9]{1,2}) ([A-Z][a-z][a-z]) ((?:19|20)[0-9][0-9]) ").fullmatch
_ZONE = re.compile(rb" (?:([+-])([0-9][0-9])([0-9][0-9])|GMT)(?: \([A-Z]{1,5}\))?").fullmatch
MINUTES = {b"%02d:%02d" % (hour, minute): hour * 3600 + minute * 60 for hour in range(24) for minute in range(60)}
SECONDS = {b":%02d" % second: second for second in range(61)}  # :60 is a leap second
_ZONES = {  # hours east of Greenwich of the names that RFC 5322 and the stdlib leave out
    "CET": 1, "MEZ": 1, "BST": 1, "WEST": 1, "CEST": 2, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3,
    "SGT": 8, "HKT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip


def read_date(value: bytes) -> Micros | None:
    """Read a date as RFC 5322 3.3 writes it, or as older and odder programs do. None if it can't be read.

    A date without a zone is taken as UTC.
    """
    at = 17 if value[16:17] == b" " else 16  # `Wed, 14 Mar 2026 09:30:00 +0000`, or with one digit: nearly all mail
    day, minute, second = _days(value[:at]), MINUTES.get(value[at : at + 5]), SECONDS.get(value[at + 5 : at + 8])
    offset = _offset(value[at + 8 :])
    if day is None or minute is None or second is None or offset is None:
        return read_odd_date(value)
    return (day + minute + second - offset) * SECOND


@lru_cache(maxsize=16_384)
def _days(text: bytes) -> int | None:
    """Seconds from the epoch to a day such as `Wed, 4 Mar 2026 `; None for what is not of this form."""
    ordinary = _DAY(text)
    if ordinary is None:
        return None
    try:
        return (date(int(ordinary[3]), _MONTHS[ordinary[2]], int(ordinary[1])).toordinal() - _EPOCH) * 86_400
    except (KeyError, ValueError):
        return None


@lru_cache(maxsize=1024)
def _offset(text: bytes) -> int | None:
    """Seconds east of Greenwich of ` +0100` or ` +0100 (CET)`, if there can be such a zone."""
    ordinary = _ZONE(text)
    if ordinary is None:
        return None
    seconds = int(ordinary[2]) * 3600 + int(ordinary[3]) * 60 if ordinary[1] else 0
    return None if seconds > 15 * 3600 else -seconds if ordinary[1] == b"-" else seconds


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
    except (ValueError, OverflowError):
        return None
    return (days * 86_400 + hour * 3600 + minute * 60 + second - offset) * SECOND
