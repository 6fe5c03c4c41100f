"""Parse recurrence rules (RFC 5545 section 3.3.10), refusing those that would never end or never move on."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY", "SECONDLY")
YEARLY, MONTHLY, WEEKLY, DAILY, HOURLY, MINUTELY, SECONDLY = range(7)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")


class Refused(ValueError):
    """A rule that can't or must not be followed; str() of it says why."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A parsed RRULE. `until` is inclusive, in the series' local time; `byday` pairs are (nth or 0, weekday)."""

    freq: int
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    wkst: int = 0
    bymonth: tuple[int, ...] = ()
    byweekno: tuple[int, ...] = ()
    byyearday: tuple[int, ...] = ()
    bymonthday: tuple[int, ...] = ()
    byday: tuple[tuple[int, int], ...] = ()
    byhour: tuple[int, ...] = ()
    byminute: tuple[int, ...] = ()
    bysecond: tuple[int, ...] = ()
    bysetpos: tuple[int, ...] = ()


_RANGES = {  # the lowest and highest value of each list, and whether it may count from the end
    "BYMONTH": (1, 12, False),
    "BYWEEKNO": (1, 53, True),
    "BYYEARDAY": (1, 366, True),
    "BYMONTHDAY": (1, 31, True),
    "BYHOUR": (0, 23, False),
    "BYMINUTE": (0, 59, False),
    "BYSECOND": (0, 60, False),
    "BYSETPOS": (1, 366, True),
}


def rule_of(value: str, start: datetime, until_of: Callable[[str], datetime]) -> Rule:
    """Parse an RRULE of a series that begins at `start`; `until_of` turns UNTIL into local time. Raises Refused."""
    parts: dict[str, str] = {}
    for piece in value.upper().replace(" ", "").split(";"):
        name, _, given = piece.partition("=")
        if given:
            parts[name] = given
    freq = parts.get("FREQ", "")
    if freq not in FREQUENCIES:
        raise Refused(
            f"its rule repeats by '{freq[:20]}', which is no known frequency" if freq else "its rule has no FREQ"
        )
    if parts.get("RSCALE", "GREGORIAN") != "GREGORIAN":
        raise Refused("its rule follows another calendar than the Gregorian one")
    lists = {name.lower(): _numbers(name, parts[name]) for name in _RANGES if name in parts}
    interval, count = _number("INTERVAL", parts.get("INTERVAL", "1")), None
    if interval < 1:
        raise Refused("its rule has INTERVAL=0, which never moves on")
    if "COUNT" in parts:
        count = _number("COUNT", parts["COUNT"])
    until = until_of(parts["UNTIL"]) if "UNTIL" in parts else None
    if freq in ("SECONDLY", "MINUTELY") and count is None and until is None:
        raise Refused(f"its rule repeats without end with FREQ={freq}")
    wkst = parts.get("WKST", "MO")
    rule = Rule(
        FREQUENCIES.index(freq),
        interval,
        count,
        until,
        _WEEKDAYS.index(wkst) if wkst in _WEEKDAYS else 0,
        byday=_days_named(parts["BYDAY"]) if "BYDAY" in parts else (),
        **lists,
    )
    return _completed(rule, start)


def _number(name: str, given: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,9}", given):
        raise Refused(f"its rule has an unreadable {name}")
    return int(given)


def _numbers(name: str, given: str) -> tuple[int, ...]:
    lowest, highest, backwards = _RANGES[name]
    numbers = sorted({_number(name, piece) for piece in given.split(",") if piece})
    if any(not lowest <= (abs(number) if backwards else number) <= highest for number in numbers):
        raise Refused(f"its rule has a {name} that does not exist")
    return tuple(min(number, 59) for number in numbers) if name == "BYSECOND" else tuple(numbers)


def _days_named(given: str) -> tuple[tuple[int, int], ...]:
    days = [_BYDAY.fullmatch(piece) for piece in given.split(",") if piece]
    if not days or None in days:
        raise Refused("its rule has an unreadable BYDAY")
    return tuple(sorted({(int(day[1] or 0), _WEEKDAYS.index(day[2])) for day in days if day}))


def _completed(rule: Rule, start: datetime) -> Rule:
    """Fill in what a rule takes from the start of its series."""
    if rule.freq >= WEEKLY:
        rule = replace(rule, byday=tuple(sorted({(0, weekday) for _, weekday in rule.byday})))
    if rule.byweekno and not rule.byday:
        rule = replace(rule, byday=((0, start.weekday()),))
    if not (rule.byweekno or rule.byyearday or rule.bymonthday or rule.byday):
        if rule.freq == YEARLY:
            rule = replace(rule, bymonth=rule.bymonth or (start.month,), bymonthday=(start.day,))
        elif rule.freq == MONTHLY:
            rule = replace(rule, bymonthday=(start.day,))
        elif rule.freq == WEEKLY:
            rule = replace(rule, byday=((0, start.weekday()),))
    return replace(
        rule,
        byhour=rule.byhour or ((start.hour,) if rule.freq < HOURLY else ()),
        byminute=rule.byminute or ((start.minute,) if rule.freq < MINUTELY else ()),
        bysecond=rule.bysecond or ((start.second,) if rule.freq < SECONDLY else ()),
    )
