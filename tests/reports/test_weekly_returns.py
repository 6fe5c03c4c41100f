"""Who came back after the report had named them, and whether the report does any good."""

import datetime as dt
import json
from dataclasses import replace

import pytest

from reports import render
from reports.facts import Earlier, Facts, Passed, Tie
from reports.weekly import weekly
from reports.weekly_report import WeeklyReport
from tests.reports.people import END, NOTHING, at, tie

COLD_FOR_TWO = ("cold", "cold", "cooling", "warm")  # turned cold two weeks before the report's


def wrote(name: str, direction: str = "out", what: str = "email") -> Passed:
    """Something that passed on 12 November, in the report's week."""
    return Passed(name.lower(), at(12), what, direction, "Hello")


def back(name: str, *earlier: str, state: str = "warm", **more: object) -> Tie:
    """A tie that is in touch again, since this week."""
    return tie(name, state, *earlier, last_interaction_at=at(12), reason="You were last in touch 3 days ago.", **more)


def told(facts: Facts) -> dict[str, str]:
    """What is said of those who are back in touch."""
    return {
        entry.title: entry.text
        for section in weekly(facts).sections
        if section.key == "back_in_touch"
        for entry in section.entries
    }


@pytest.mark.parametrize(
    ("sign", "begins"),
    [
        (wrote("Ana"), "You wrote on 12 November"),
        (wrote("Ana", "in"), "They wrote on 12 November"),
        (wrote("Ana", "both", "call"), "You spoke on 12 November"),
        (wrote("Ana", "both", "met_in_person"), "You met on 12 November"),
        (wrote("Ana", "both", "message"), "You were in touch on 12 November"),
    ],
)
def test_it_is_said_that_the_report_had_named_them(sign: Passed, begins: str) -> None:
    """With what passed, and how long after the mail of which week."""
    facts = replace(NOTHING, ties=(back("Ana", *COLD_FOR_TWO),), passed=(sign,))
    assert told(facts) == {"Ana": f"{begins}, 1 week after this report named Ana as turned cold."}


def test_german_says_so_too() -> None:
    """With its own order of words."""
    facts = replace(NOTHING, ties=(back("Ana", *COLD_FOR_TWO),), passed=(wrote("Ana"),), language="de")
    assert told(facts) == {
        "Ana": "Du hast am 12. November geschrieben, 1 Woche nachdem dieser Bericht Ana als kalt geworden genannt hatte."
    }


def test_who_was_not_named_is_only_back() -> None:
    """Cold for a year and named in none of the last twelve weeks; nor is it the report's doing if nothing passed."""
    facts = replace(
        NOTHING, ties=(back("Ana", "cold"), back("Bo", *COLD_FOR_TWO, state="cooling")), passed=(wrote("Ana"),)
    )
    assert told(facts) == {
        "Ana": "Was cold the week before. You were last in touch 3 days ago.",
        "Bo": "Was cold the week before. You were last in touch 3 days ago.",
    }


def test_who_was_named_as_about_to_go_cold_comes_back_warm() -> None:
    """Nobody turned cold, for the report spoke in time; without it, a tie that warms is no news."""
    facts = replace(
        NOTHING,
        ties=(back("Ana", "cooling", "warm"), back("Bo", "warm")),
        passed=(wrote("Ana"), wrote("Bo")),
    )
    assert told(facts) == {
        "Ana": "You wrote on 12 November, within a week of this report's naming Ana as about to go cold."
    }


def test_of_all_whom_it_named_some_came_back() -> None:
    """In all and by week, in JSON and on the page; what came of a mail is not told of the week that it comes from."""
    facts = replace(
        NOTHING,
        ties=(
            back("Ana", *COLD_FOR_TWO),
            tie("Bo", "cold", "cold", "cooling", "warm"),
            tie("Cy", "cold", "warm"),
            back("Di", "warm", "cold", "cooling", "warm"),
            tie("Eli", "warm", died=True),
        ),
        passed=(wrote("Ana"),),
    )
    report = weekly(facts)
    returns = json.loads(render.as_json(report))["returns"]
    assert {key: returns[key] for key in ("weeks", "named", "back")} == {"weeks": 12, "named": 3, "back": 2}
    assert returns["by_week"][-3:] == [
        {"week": "2026-W43", "named": 2, "back": 2},
        {"week": "2026-W44", "named": 3, "back": 2},
        {"week": "2026-W45", "named": 1, "back": 0},
    ]
    said = "Of 3 people whom the mails of the last 12 weeks named as silent, 2 came back."
    assert said in render.html(report)
    assert said in render.mail(report)
    assert said in " ".join(render.text(report).split())


def test_who_wanted_to_hear_nothing_then_was_not_named_then() -> None:
    """A snooze is part of what the mail of that week rested on."""
    facts = replace(NOTHING, ties=(back("Ana", *COLD_FOR_TWO, snoozed_before=(1, 2, 3)),), passed=(wrote("Ana"),))
    assert told(facts) == {"Ana": "Was cold the week before. You were last in touch 3 days ago."}


def test_before_the_first_source_was_read_there_were_no_mails() -> None:
    """Somebody set coldcoffee up last week: the mail of the week before was their first."""
    facts = replace(
        NOTHING,
        ties=(back("Ana", *COLD_FOR_TWO), tie("Bo", "cold", "cold", "cooling", "warm")),
        passed=(wrote("Ana"),),
        running_since=END - dt.timedelta(days=5),
    )
    returns = weekly(facts).returns
    assert (returns.named, [one.named for one in returns.by_week[-3:]]) == (1, [0, 0, 1])
    assert told(facts) == {"Ana": "Was cold the week before. You were last in touch 3 days ago."}


def named(report: WeeklyReport) -> set[str]:
    """Whom a week's mail names as silent: on the first screen, or as turned cold or about to."""
    states = {one.contact_id: one.state for one in report.ties}
    lists = [part.shown for part in report.sections if part.key in ("turned_cold", "about_to_go_cold")]
    entries = [*report.spotlight, *(entry for shown in lists for entry in shown)]
    people = {one.contact_id for entry in entries for one in entry.people}
    return {contact for contact in people if states[contact] not in ("warm", "new")}


def test_it_tells_of_earlier_weeks_what_their_mails_said() -> None:
    """Thirty people turn cold one after the other: each week's mail names few of them, and the numbers are of those."""
    crowd = tuple(
        tie(f"Person {number:02d}", *["cold"] * (number // 3 + 1), "cooling", "warm", sent=5.0 + number)
        for number in range(30)
    )
    changes = tuple(
        Earlier(one.contact_id, ago, "mutual", 0.5, at(2, month=9), at(2, month=9), None, 4.0, one.received, 2.0)
        for one in crowd
        for ago in range(1, 13)
        if one.earlier_states[ago - 1] == "cooling"
    )
    facts = replace(NOTHING, ties=crowd, earlier=changes)
    by_week = {one.week: one.named for one in weekly(facts).returns.by_week}
    then = {}
    for ago in range(1, 13):
        ties = tuple(
            replace(one, state=one.earlier_states[ago - 1], earlier_states=one.earlier_states[ago:]) for one in crowd
        )
        ties = tuple(replace(one, cold_probability=0.5, sent=4.0) if one.state == "cooling" else one for one in ties)
        week = f"2026-W{46 - ago:02d}"
        local = END - dt.timedelta(weeks=ago) - (dt.timedelta(hours=1) if ago > 2 else dt.timedelta(0))
        then[week] = len(named(weekly(replace(facts, week=week, ends_at=local, ties=ties, earlier=()))))
    assert by_week == then
    assert sum(by_week.values()) > 20
