"""Rules expanded from inside a window give what dateutil gives by counting from the start."""

# ruff: noqa: DTZ001, DTZ007 - a series' local times have no zone

from datetime import datetime, timedelta
from itertools import takewhile

import pytest
from dateutil.rrule import rrulestr
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from connectors.calendar_recurrence import occurrences
from connectors.calendar_rules import Refused, rule_of

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def local(text: str) -> datetime:
    """An UNTIL as the tests write it."""
    return datetime.strptime(text, "%Y%m%dT%H%M%S")


def ours(rule: str, start: datetime, first: datetime, last: datetime) -> list[datetime]:
    """The occurrences by the code under test."""
    return list(occurrences(rule_of(rule, start, local), start, first, last))


def theirs(rule: str, start: datetime, first: datetime, last: datetime) -> list[datetime]:
    """The same by dateutil, which drops a start that its rule does not give, so it is added."""
    try:
        found = takewhile(lambda at: at < last, iter(rrulestr(rule, dtstart=start)))
    except ValueError:  # hours that the interval never meets
        found = takewhile(bool, iter([]))
    return sorted({at for at in (start, *found) if first <= at < last})


def numbers(lowest: int, highest: int, *, backwards: bool = False) -> st.SearchStrategy[str]:
    """A list of one to three numbers, as a rule writes them."""
    forward = st.integers(lowest, highest)
    one = forward | forward.map(lambda number: -number) if backwards else forward
    return st.lists(one, min_size=1, max_size=3, unique=True).map(lambda found: ",".join(map(str, found)))


def weekdays(nth: int) -> st.SearchStrategy[str]:
    """One to three weekdays, all with a number or all without (dateutil does not follow the RFC in mixtures)."""
    plain = st.sampled_from(WEEKDAYS)
    numbered = st.tuples(st.integers(-nth, nth).filter(bool), plain).map(lambda pair: f"{pair[0]}{pair[1]}")
    lists = [st.lists(plain, min_size=1, max_size=3, unique=True)]
    if nth:
        lists.append(st.lists(numbered, min_size=1, max_size=3, unique=True))
    return st.one_of(lists).map(",".join)


@st.composite
def rules(draw: st.DrawFn) -> str:
    """A rule of any frequency from YEARLY to HOURLY, with the lists that RFC 5545 allows for it."""
    freq = draw(st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"]))
    fine = freq in ("DAILY", "HOURLY")  # what never comes, dateutil seeks day by day until the year 9999
    allowed = {
        "BYMONTH": numbers(1, 12),
        "BYDAY": weekdays({"YEARLY": 10, "MONTHLY": 5}.get(freq, 0)),
        "BYHOUR": numbers(0, 23),
        "BYMINUTE": numbers(0, 59),
    }
    if freq != "WEEKLY":
        allowed["BYMONTHDAY"] = numbers(1, 28 if fine else 31, backwards=True)
    if freq == "YEARLY":
        allowed["BYYEARDAY"] = numbers(1, 366, backwards=True)
    names = draw(st.lists(st.sampled_from(sorted(allowed)), max_size=3, unique=True))
    parts = [f"FREQ={freq}", *(f"{name}={draw(allowed[name])}" for name in names)]
    if freq == "YEARLY" and "BYDAY" in names and draw(st.booleans()):
        assume(not any(piece[:-2] for piece in "".join(parts).partition("BYDAY=")[2].split(";")[0].split(",")))
        parts.append(f"BYWEEKNO={draw(numbers(1, 53))}")
    if names and freq != "WEEKLY" and draw(st.booleans()):  # dateutil counts a first, partial week as a whole one
        parts.append(f"BYSETPOS={draw(numbers(1, 1 if fine else 4, backwards=True))}")
    parts.append(f"INTERVAL={draw(st.integers(1, 5))}")
    parts.append(f"WKST={draw(st.sampled_from(WEEKDAYS))}")
    return ";".join(parts)


starts = st.datetimes(datetime(1995, 1, 1), datetime(2026, 1, 1)).map(lambda at: at.replace(microsecond=0))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(rules(), starts, st.integers(-400, 4000), st.integers(1, 800))
def test_entering_a_rule_at_the_window_equals_counting_from_its_start(
    rule: str, start: datetime, offset: int, length: int
) -> None:
    """Jumping ahead over years neither loses, adds nor moves an occurrence."""
    if "HOURLY" in rule:  # dateutil goes through every hour
        offset, length = offset % 60, length % 20
    first = start + timedelta(days=offset)
    last = first + timedelta(days=length)
    assert ours(rule, start, first, last) == theirs(rule, start, first, last)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(rules(), starts, st.integers(1, 60), st.integers(0, 900))
def test_a_counted_rule_ends_where_it_should(rule: str, start: datetime, count: int, offset: int) -> None:
    """COUNT counts from the series' start, wherever the window begins; the start is the first of them."""
    first, last = start + timedelta(days=offset), start + timedelta(days=2000)
    plain = ours(rule, start, start, last)[:count]
    assert ours(f"{rule};COUNT={count}", start, first, last) == [at for at in plain if at >= first]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(rules(), starts, st.integers(0, 900))
def test_until_is_the_last_moment_that_counts(rule: str, start: datetime, days: int) -> None:
    """An occurrence exactly at UNTIL is the last one."""
    last = start + timedelta(days=2000 if "HOURLY" not in rule else 20)
    until = start + timedelta(days=days)
    plain = ours(rule, start, start, last)
    assert ours(f"{rule};UNTIL={until:%Y%m%dT%H%M%S}", start, start, last) == [at for at in plain if at <= until]


def test_weeks_are_whole_for_bysetpos() -> None:
    """The last of a week's days is that week's, also in the week in which the series begins."""
    start = datetime(2026, 3, 3, 9)  # a Tuesday
    found = ours("FREQ=WEEKLY;BYDAY=MO,TU,FR;BYSETPOS=2", start, start, start + timedelta(days=15))
    assert found == [start, start + timedelta(days=7), start + timedelta(days=14)]


def test_numbered_and_plain_weekdays_add_up() -> None:
    """Every Friday and the first Monday of a month are both meant (RFC 5545 3.3.10)."""
    start = datetime(2026, 6, 1, 9)
    found = ours("FREQ=MONTHLY;BYDAY=FR,1MO", start, start, datetime(2026, 6, 13))
    assert [at.day for at in found] == [1, 5, 12]


def test_a_start_outside_of_its_rule_is_still_the_first_occurrence() -> None:
    """What stands in the calendar as DTSTART took place; it is one of COUNT (RFC 5545 3.8.5.3)."""
    start = datetime(2026, 3, 3, 9)
    found = ours("FREQ=WEEKLY;BYDAY=FR;COUNT=3", start, start, datetime(2027, 1, 1))
    assert [at.day for at in found] == [3, 6, 13]


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL=0"),
        ("FREQ=SECONDLY", "without end"),
        ("FREQ=MINUTELY;BYHOUR=9", "without end"),
        ("FREQ=FORTNIGHTLY", "no known frequency"),
        ("BYDAY=MO", "no FREQ"),
        ("FREQ=DAILY;BYMONTH=13", "BYMONTH that does not exist"),
        ("FREQ=WEEKLY;BYDAY=XX", "unreadable BYDAY"),
        ("FREQ=DAILY;COUNT=many", "unreadable COUNT"),
        ("RSCALE=HEBREW;FREQ=YEARLY", "Gregorian"),
    ],
)
def test_a_rule_that_must_not_be_followed_is_refused_with_its_reason(rule: str, says: str) -> None:
    """Nobody waits for a rule that never ends or never moves."""
    with pytest.raises(Refused, match=says):
        rule_of(rule, datetime(2026, 1, 1), local)


@pytest.mark.parametrize(
    "rule",
    ["FREQ=SECONDLY;COUNT=900000000", "FREQ=MINUTELY;UNTIL=20500101T000000;BYMONTH=2;BYMONTHDAY=30"],
)
def test_a_rule_that_takes_too_many_steps_is_given_up(rule: str) -> None:
    """An expansion ends by count even where the window is wide and nothing is ever found."""
    start = datetime(2026, 1, 1)
    with pytest.raises(Refused, match="more than 200,000 steps"):
        ours(rule, start, start, datetime(2049, 1, 1))


def test_a_day_that_never_comes_ends_with_the_window() -> None:
    """30 February is looked for in the window only."""
    start = datetime(2000, 1, 1)
    assert ours("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", start, datetime(2026, 1, 1), datetime(2027, 1, 1)) == []
