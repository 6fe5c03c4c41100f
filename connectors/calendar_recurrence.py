"""Expand recurrence rules inside a window, at the cost of what lies in the window.

All times are the series' own local times, without a zone: a weekly 9:00 stays at 9:00 when the clocks change. A rule
without COUNT is entered at the window, however long ago it began; one with COUNT is counted from its start.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import product

from connectors.calendar_rules import DAILY, HOURLY, MINUTELY, SECONDLY, WEEKLY, YEARLY, Refused, Rule

MAX_STEPS = 200_000  # periods that one expansion looks at: 500 years of days; a minute-by-minute rule ends here
_STEP = {HOURLY: 3600, MINUTELY: 60, SECONDLY: 1}


class Budget:
    """How many periods without a result may still be looked at, by all rules of one file together."""

    def __init__(self, steps: int = 50 * MAX_STEPS) -> None:
        """The default is some ten seconds."""
        self.steps = steps


def occurrences(
    rule: Rule,
    start: datetime,
    first: datetime,
    last: datetime,
    *,
    with_start: bool = True,
    budget: Budget | None = None,
) -> Iterator[datetime]:
    """Yield the local starts with first <= start < last, in order.

    The series' own start is its first one and counts, whether its rule gives it or not, unless `with_start` is false.
    Raises Refused after MAX_STEPS periods, or when the budget is spent.
    """
    counted = int(with_start)
    if with_start and first <= start < last:
        yield start
    if rule.count is not None and rule.count <= counted:
        return
    end = min(last, rule.until + timedelta(seconds=1)) if rule.until else last
    budget = budget or Budget()
    for steps, (begins, members) in enumerate(_periods(rule, start, first if rule.count is None else start)):
        if begins >= end:
            return
        if steps >= MAX_STEPS:
            raise Refused(f"its rule takes more than {MAX_STEPS:,} steps to follow")
        found = False
        for at in members():
            if at < start or (with_start and at == start):
                continue
            if at >= end:
                return
            counted += 1
            if at >= first:
                found = True
                yield at
            if counted == rule.count:
                return
        if not found:
            budget.steps -= 1
            if budget.steps < 0:
                raise Refused("the rules of this file take too many steps to follow")


Members = Callable[[], list[datetime]]


def _periods(rule: Rule, start: datetime, first: datetime) -> Iterator[tuple[datetime, Members]]:
    """Yield the periods from the one that holds `first` on: when each begins, and how to get what lies in it."""
    if rule.freq >= HOURLY:
        yield from _short_periods(rule, start, first)
        return
    times = [time(*clock) for clock in product(rule.byhour, rule.byminute, rule.bysecond)]
    fits, plain = _fits(rule), not rule.bysetpos

    def members(days: list[date]) -> list[datetime]:
        found = [datetime.combine(day, clock) for day in days for clock in times]
        return found if plain else _at_positions(found, rule.bysetpos)

    def in_week(at: int) -> list[datetime]:
        return members([day for number in offsets if fits(day := date.fromordinal(at + number))])

    def in_month(year: int, month: int) -> list[datetime]:
        return members(_month_days(rule, year, month, fits))

    def in_year(year: int) -> list[datetime]:
        return members(_year_days(rule, year, fits))

    offsets = [0] if rule.freq == DAILY else [n for n in range(7) if (0, (rule.wkst + n) % 7) in rule.byday]
    begin = start.date()
    if rule.freq in (DAILY, WEEKLY):
        length = rule.interval * (1 if rule.freq == DAILY else 7)
        if rule.freq == WEEKLY:
            begin -= timedelta(days=min((begin.weekday() - rule.wkst) % 7, begin.toordinal() - 1))
        at = begin.toordinal() + max(0, (first.toordinal() - begin.toordinal()) // length) * length
        highest = date.max.toordinal() - 7
        while at <= highest:
            yield datetime.combine(date.fromordinal(at), time()), partial(in_week, at)
            at += length
        return
    if rule.freq == YEARLY:
        year = start.year + max(0, (first.year - start.year) // rule.interval) * rule.interval
        while year < 9999:
            yield datetime(year, 1, 1), partial(in_year, year)  # noqa: DTZ001
            year += rule.interval
        return
    begun = start.year * 12 + start.month - 1
    month = begun + max(0, (first.year * 12 + first.month - 1 - begun) // rule.interval) * rule.interval
    while month < 9999 * 12:
        year, number = divmod(month, 12)
        yield datetime(year, number + 1, 1), partial(in_month, year, number + 1)  # noqa: DTZ001
        month += rule.interval


def _short_periods(rule: Rule, start: datetime, first: datetime) -> Iterator[tuple[datetime, Members]]:
    """Hours, minutes or seconds."""
    seconds = _STEP[rule.freq] * rule.interval
    base = start.replace(
        minute=0 if rule.freq == HOURLY else start.minute, second=0 if rule.freq < SECONDLY else start.second
    )
    base += timedelta(seconds=max(0, int((first - base).total_seconds()) // seconds) * seconds)
    fits, step = _fits(rule), timedelta(seconds=seconds)
    weekdays = {weekday for _, weekday in rule.byday}

    def members(at: datetime) -> list[datetime]:
        if (
            (rule.byhour and at.hour not in rule.byhour)
            or (rule.freq > HOURLY and rule.byminute and at.minute not in rule.byminute)
            or (rule.freq > MINUTELY and rule.bysecond and at.second not in rule.bysecond)
            or (weekdays and at.weekday() not in weekdays)
            or not fits(at.date())
        ):
            return []
        minutes = rule.byminute if rule.freq == HOURLY else (at.minute,)
        found = [
            at.replace(minute=minute, second=second)
            for minute in minutes
            for second in (rule.bysecond if rule.freq < SECONDLY else (at.second,))
        ]
        return _at_positions(found, rule.bysetpos) if rule.bysetpos else found

    while base.year < 9999:
        yield base, partial(members, base)
        base += step


def _at_positions(found: list[datetime], positions: tuple[int, ...]) -> list[datetime]:
    size = len(found)
    chosen = {at - 1 if at > 0 else size + at for at in positions}
    return [at for place, at in enumerate(found) if place in chosen]


def _fits(rule: Rule) -> Callable[[date], bool]:
    """Whether a day is in all lists that only limit: months, week numbers, days of year and month, plain weekdays."""
    plain = {weekday for nth, weekday in rule.byday if not nth} if all(not nth for nth, _ in rule.byday) else set()
    if not (rule.bymonth or rule.byweekno or rule.byyearday or rule.bymonthday or plain):
        return lambda _day: True

    def fits(day: date) -> bool:
        if (rule.bymonth and day.month not in rule.bymonth) or (plain and day.weekday() not in plain):
            return False
        if rule.bymonthday:
            size = monthrange(day.year, day.month)[1]
            if day.day not in rule.bymonthday and day.day - size - 1 not in rule.bymonthday:
                return False
        if rule.byyearday:
            number = day.timetuple().tm_yday
            size = date(day.year, 12, 31).timetuple().tm_yday
            if number not in rule.byyearday and number - size - 1 not in rule.byyearday:
                return False
        if rule.byweekno:
            number, size = _week(day, rule.wkst)
            return number in rule.byweekno or number - size - 1 in rule.byweekno
        return True

    return fits


def _week(day: date, wkst: int) -> tuple[int, int]:
    """A day's week number and the number of weeks in that week's year; a week is of the year of its fourth day."""
    middle = day + timedelta(days=3 - (day.weekday() - wkst) % 7)
    last = date(middle.year, 12, 31)
    fourth = last + timedelta(days=3 - (last.weekday() - wkst) % 7)
    if fourth.year > middle.year:
        fourth -= timedelta(days=7)
    return (middle.timetuple().tm_yday - 1) // 7 + 1, (fourth.timetuple().tm_yday - 1) // 7 + 1


def _month_days(rule: Rule, year: int, month: int, fits: Callable[[date], bool]) -> list[date]:
    size = monthrange(year, month)[1]
    if rule.bymonthday:
        numbers = sorted({n if n > 0 else size + 1 + n for n in rule.bymonthday if n <= size and n + size >= 0})
        days = [date(year, month, number) for number in numbers if number]
    else:
        days = [date(year, month, number) for number in range(1, size + 1)]
    return (
        [day for day in days if fits(day)]
        if not _nth(rule)
        else _nth_days(rule, days, date(year, month, 1), size, fits)
    )


def _year_days(rule: Rule, year: int, fits: Callable[[date], bool]) -> list[date]:
    if rule.byweekno or rule.byyearday or (_nth(rule) and not rule.bymonth):
        begin = date(year, 1, 1)
        size = date(year, 12, 31).timetuple().tm_yday
        days = [begin + timedelta(days=number) for number in range(size)]
        return [day for day in days if fits(day)] if not _nth(rule) else _nth_days(rule, days, begin, size, fits)
    return [day for month in rule.bymonth or range(1, 13) for day in _month_days(rule, year, month, fits)]


def _nth(rule: Rule) -> bool:
    return any(nth for nth, _ in rule.byday)


def _nth_days(rule: Rule, days: list[date], begin: date, size: int, fits: Callable[[date], bool]) -> list[date]:
    """Those days that are the nth weekday (or any, without an nth) of the month or year of `size` days."""
    wanted: set[int] = set()
    for nth, weekday in rule.byday:
        at = (weekday - begin.weekday()) % 7
        same = range(at, size, 7)
        if not nth:
            wanted.update(same)
        elif -len(same) <= nth <= len(same):
            wanted.add(same[nth - 1 if nth > 0 else nth])
    return [day for day in days if (day - begin).days in wanted and fits(day)]
