"""Tell times as telephones and exports write them, in the order of day, month and year that the whole file speaks for."""

import datetime as dt
import re
import zoneinfo
from collections.abc import Iterable
from typing import Literal, NamedTuple

from connectors.records import Micros

Order = Literal["ymd", "dmy", "mdy"]
ORDERS: tuple[Order, ...] = ("dmy", "mdy", "ymd")

# The halves of the day, as telephones write them in the languages that count hours to twelve.
_MORNING = "am|a m|上午|凌晨|早上|오전|午前|ص|π μ|πμ|öö|sa|vm"
_EVENING = "pm|p m|下午|中午|晚上|오후|午後|م|μ μ|μμ|अपराह्न|ös|ch|nm"
_HALF = "|".join(
    re.escape(word).replace(r"\ ", r"\.?\s?") + r"\.?"
    for word in sorted(f"{_MORNING}|{_EVENING}".split("|"), key=len, reverse=True)
)
_MORNINGS, _EVENINGS = frozenset(_MORNING.split("|")), frozenset(_EVENING.split("|"))

STAMP = re.compile(
    r"(?P<a>\d{1,4})(?P<sep>[./\-年])\s?(?P<b>\d{1,2})[./\-月]\s?(?P<c>\d{1,4})[.日]?"
    r"(?:,|\s?(?:à|às|a las|alle ore|alle|um|kl\.?|klo|at|om|de)(?=\s))?[\sT]\s*"
    rf"(?P<before>{_HALF})?\s*(?P<hour>\d{{1,2}})[:.h](?P<minute>\d{{2}})(?:[:.](?P<second>\d{{2}})(?:[.,]\d+)?)?"
    rf"\s?(?P<after>{_HALF})?(?P<zone>Z|\s?UTC|\s?[+-]\d{{2}}:?\d{{2}})?",
    re.IGNORECASE,
)


class Stamp(NamedTuple):
    """A time as it is written: the date's three numbers in their order, hour (0–23), minute, second; what parts the
    numbers; whether hours count to twelve and in small letters; whether the first number begins with a zero; the
    offset from UTC in minutes, None where none is written."""

    a: int
    b: int
    c: int
    hour: int
    minute: int
    second: int
    separator: str
    halves: str
    padded: bool
    offset: int | None


def stamp(found: "re.Match[str]") -> Stamp | None:
    """What a match of STAMP says; None for an hour that there is not."""
    half = (found["before"] or found["after"] or "").strip()
    told = " ".join(half.lower().replace(".", " ").split())
    hour = int(found["hour"])
    if told in _EVENINGS and hour < 12:
        hour += 12
    elif told in _MORNINGS and hour == 12:
        hour = 0
    minute, second = int(found["minute"]), int(found["second"] or 0)
    if hour > 23 or minute > 59 or second > 60:
        return None
    return Stamp(
        int(found["a"]),
        int(found["b"]),
        int(found["c"]),
        hour,
        minute,
        min(second, 59),
        found["sep"],
        half,
        found["a"].startswith("0"),
        _offset(found["zone"]),
    )


def _offset(zone: str | None) -> int | None:
    if zone is None:
        return None
    digits = re.sub(r"\D", "", zone)
    if not digits:
        return 0
    return (-1 if "-" in zone else 1) * (int(digits[:2]) * 60 + int(digits[2:4]))


def order_of(dates: Iterable[tuple[int, int, int]], example: Stamp) -> Order:
    """The order of day, month and year in which nearly all dates of a file are days, or, where that are several, in
    which they run backwards least often; where that tells nothing, either, what is usual for the `example`'s form.

    `dates` are in the file's order; a file that tells the newest first is understood, too.
    """
    days: dict[Order, int] = dict.fromkeys(ORDERS, 0)
    forwards: dict[Order, int] = dict.fromkeys(ORDERS, 0)
    backwards: dict[Order, int] = dict.fromkeys(ORDERS, 0)
    before: dict[Order, tuple[int, int, int]] = {}
    last = None
    for date in dates:
        if date == last:
            continue
        last = date
        for order in ORDERS:
            year, month, day = _parts(date, order)
            if 1 <= month <= 12 and 1 <= day <= 31 and (order == "ymd" or date[0] < 100) and year >= 2000:
                days[order] += 1
                if order in before:
                    forwards[order] += (year, month, day) > before[order]
                    backwards[order] += (year, month, day) < before[order]
                before[order] = (year, month, day)
    most = max(days.values())
    possible = [order for order in ORDERS if days[order] and days[order] >= 0.98 * most]
    if "ymd" in possible and len(possible) > 1 and example.a < 100:
        possible.remove("ymd")  # no telephone writes 26/11/25 where it could be read otherwise
    if len(possible) < 2:
        return possible[0] if possible else "dmy"
    wrong = {order: min(backwards[order], forwards[order]) for order in possible}
    if wrong[possible[0]] != wrong[possible[1]]:
        return min(possible, key=lambda order: wrong[order])
    return _usual(example)


def _usual(example: Stamp) -> Order:
    """Only America writes the month first: with strokes, without zeros in front, and AM in capital letters."""
    american = example.separator == "/" and not example.padded and example.halves.isupper()
    return "mdy" if american else "dmy"


def _parts(date: tuple[int, int, int], order: Order) -> tuple[int, int, int]:
    year, month, day = date if order == "ymd" else (date[2], date[1], date[0])
    if order == "mdy":
        month, day = day, month
    return year + 2000 if year < 100 else year, month, day


def micros(written: Stamp, order: Order, zone: zoneinfo.ZoneInfo) -> Micros | None:
    """The moment, read in the zone where none is written; None for a day that there is not."""
    year, month, day = _parts((written.a, written.b, written.c), order)
    try:
        moment = dt.datetime(year, month, day, written.hour, written.minute, written.second, tzinfo=dt.UTC)
        if written.offset is not None:
            moment -= dt.timedelta(minutes=written.offset)
        else:
            moment = moment.replace(tzinfo=zone)
        return int(moment.timestamp()) * 1_000_000
    except (ValueError, OverflowError):
        return None
