"""Nobody is named three weeks running, and whose turn it is follows from facts alone."""

import datetime as dt
import zoneinfo
from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from reports.facts import Facts, Owed, Tie
from reports.weekly import weekly
from reports.weekly_turns import Turns, newly_cold, turned_cold, week_number
from tests.reports.people import END, NOTHING, owed, tie

WEEKS = 60
REMINDERS = ("turned_cold", "about_to_go_cold", "replies_owed", "never_followed_up", "dormant_but_proven")
# A run of more than 26 weeks with a new mail in it: turns were once told from a window that forgot the mail.
LONG_RUN = [
    *(("cold", 6), ("cooling", 10), ("cold", 5), ("cooling", 7), ("cold", 4), ("cooling", 26), ("cold", 16)),
    ("cooling", 9),
]
STATES = st.sampled_from(["warm", "cooling", "cold", "dormant", "never", "new"])


def in_week(facts: Facts, states: dict[str, list[str]], ago: int) -> Facts:
    """The facts as they were `ago` weeks back: nothing later is known. `states` are newest first."""
    here = facts.ends_at.astimezone(zoneinfo.ZoneInfo(facts.zone))
    end = (here - dt.timedelta(weeks=ago)).astimezone(dt.UTC)
    year, number, _ = (here - dt.timedelta(weeks=ago, days=1)).isocalendar()
    mails = tuple(
        replace(one, answered_at=one.answered_at if one.answered_at and one.answered_at <= end else None)
        for one in facts.owed
        if one.since < end
    )
    ties = tuple(
        replace(one, state=states[one.name][ago], earlier_states=tuple(states[one.name][ago + 1 :][:33]))
        for one in facts.ties
    )
    return replace(facts, week=f"{year}-W{number:02d}", ends_at=end, ties=ties, owed=mails)


def reminded(facts: Facts) -> set[str]:
    """Whom the week's mail names as somebody to turn to."""
    report = weekly(facts)
    entries = [*report.spotlight, *(one for part in report.mailed if part.key in REMINDERS for one in part.shown)]
    return {entry.title for entry in entries}


def longest_run(weeks: list[bool]) -> int:
    """How many weeks running at most."""
    longest = run = 0
    for named in weeks:
        run = run + 1 if named else 0
        longest = max(longest, run)
    return longest


RUNS = st.lists(st.tuples(STATES, st.integers(1, 20)), min_size=1, max_size=30)
RESTLESS = st.lists(st.tuples(st.sampled_from(["cooling", "cold"]), st.integers(1, 6)), min_size=1, max_size=30)


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(RUNS, RESTLESS),
    st.lists(st.tuples(st.integers(0, 150), st.integers(1, 60)), max_size=6),
    st.booleans(),
)
@example(LONG_RUN, [(3, 25)], False)
def test_nobody_is_named_three_weeks_running(
    runs: list[tuple[str, int]], mails: list[tuple[int, int]], never_in_touch: bool
) -> None:
    """Whatever becomes of a tie from week to week, and whatever mails wait, each report made from its own facts."""
    history = [state for state, length in runs for _ in range(length)]
    history = (history * (WEEKS * 2 // len(history) + 1))[: WEEKS + 34]
    person: Tie = tie("Ana", "warm", last_interaction_at=None) if never_in_touch else tie("Ana", "warm")
    waits: tuple[Owed, ...] = tuple(
        owed("Ana", END - dt.timedelta(days=days), END - dt.timedelta(days=days) + dt.timedelta(days=length))
        for days, length in mails
    )
    facts = replace(NOTHING, ties=(person,), owed=waits)
    named = ["Ana" in reminded(in_week(facts, {"Ana": history}, ago)) for ago in range(WEEKS)]
    assert longest_run(named) <= 2


def test_who_turns_cold_is_named_that_week() -> None:
    """Even if they were named the week before as about to."""
    history = ["cold", *["cooling"] * 5, *["warm"] * 60]
    facts = replace(NOTHING, ties=(tie("Ana", "cold"),))
    named = ["Ana" in reminded(in_week(facts, {"Ana": history}, ago)) for ago in range(8)]
    assert named == [True, True, False, True, False, True, False, False]


def test_a_standing_list_names_each_person_every_third_week() -> None:
    """Over any three weeks everybody is named once."""
    people = [tie(f"Person {number}", "dormant") for number in range(12)]
    facts = replace(NOTHING, ties=tuple(people))
    turns = [Turns(week_number(facts.week) + ahead, (), (), {}) for ahead in range(24)]
    assert [sum(turn.is_on(person) for turn in turns) for person in people] == [8] * 12


def test_cold_is_news_for_six_weeks() -> None:
    """After that the tie stands in no reminder, until it is dormant."""
    states = ["cold"] * 8 + ["cooling"] * 40
    assert [newly_cold(states[ago:], 0) for ago in range(9)] == [False, False, *[True] * 6, False]
    assert [turned_cold(states, ago) for ago in range(9)] == [*[False] * 7, True, False]


def test_weeks_are_numbered_across_years() -> None:
    """2026 has 53 weeks."""
    weeks = ["2026-W52", "2026-W53", "2027-W01", "2027-W02"]
    first = week_number(weeks[0])
    assert [week_number(week) - first for week in weeks] == [0, 1, 2, 3]
