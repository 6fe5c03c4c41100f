"""What a week's report says, and of whom."""

import datetime as dt
from dataclasses import replace

from reports import render
from reports.facts import Facts
from reports.weekly import weekly
from reports.weekly_choice import SPOTLIGHT
from reports.weekly_report import WeeklyReport
from tests.reports.people import END, FULL, NOTHING, READ, at, held, owed, stranger, tie


def names(report: WeeklyReport, key: str) -> list[str]:
    """Whom a section names."""
    return [entry.title for section in report.sections if section.key == key for entry in section.entries]


def texts(report: WeeklyReport, key: str) -> list[str]:
    """What a section says."""
    return [entry.text for section in report.sections if section.key == key for entry in section.entries]


def numbers(report: WeeklyReport) -> dict[str, tuple[int, int]]:
    """The three numbers: this week's and last week's."""
    return {one.key: (one.now, one.before) for one in report.numbers}


def test_each_fact_stands_in_its_section() -> None:
    """The sections come in a fixed order, and each names the right people."""
    report = weekly(FULL)
    assert [(section.key, [entry.title for entry in section.entries]) for section in report.sections] == [
        ("turned_cold", ["Ana Weber"]),
        ("about_to_go_cold", ["Bo Li"]),
        ("replies_owed", ["Eli Roth"]),
        ("met_in_person", ["Ana Weber and Bo Li"]),
        ("met_remotely", ["Eli Roth"]),
        ("not_held_or_unknown", ["Chen Wei", "Eli Roth"]),
        ("back_in_touch", ["Chen Wei"]),
        ("people_news", ["Eli Roth"]),
        ("coming_up", ["Bo Li"]),
        ("in_spam", ["Hana Card"]),
        ("never_followed_up", ["Gil Novak", "Hana Card"]),
        ("dormant_but_proven", ["Dora Quist"]),
    ]


def test_three_numbers_with_last_weeks_beside_them() -> None:
    """People are counted, not meetings; last week's are told from facts, not from last week's report."""
    assert numbers(weekly(FULL)) == {"turned_cold": (1, 0), "met_in_person": (2, 1), "replies_owed": (1, 1)}


def test_turned_cold_is_a_change() -> None:
    """Who was cold a week ago, or has no week before, has not turned cold; last week's change is last week's."""
    facts = replace(
        NOTHING,
        ties=(
            tie("Ana", "cold", "warm"),
            tie("Bo", "cold", "cold", "cooling"),
            tie("Cy", "cold", "never"),
            replace(tie("Di", "cold"), earlier_states=()),
        ),
    )
    report = weekly(facts)
    assert names(report, "turned_cold") == ["Ana"]
    assert numbers(report)["turned_cold"] == (1, 1)


def test_the_dead_are_named_nowhere() -> None:
    """Not in a section, not on the first screen, not in a picture's words, in no format."""
    report = weekly(FULL)
    for laid_out in (render.text(report), render.html(report), render.mail(report), render.as_json(report)):
        assert "Finn" not in laid_out


def test_a_quiet_week_says_so_in_one_line() -> None:
    """Lists that hardly change make no week worth reading."""
    report = weekly(replace(NOTHING, ties=(tie("Ana", "warm"), stranger("Bo")), covered=(READ,)))
    assert report.quiet
    assert render.text(report) == (
        "coldcoffee · Dana Reyes\n"
        "9 – 15 November 2026 · 2026-W46\n"
        "\n"
        "  0 turned cold    the week before: 0\n"
        "  0 met in person  the week before: 0\n"
        "  0 replies owed   the week before: 0\n"
        "\n"
        "A quiet week: nobody turned cold, nobody waits for your answer, and no meeting\n"
        "is on record.\n"
        "\n"
        "What the sources cover\n"
        "──────────────────────\n"
        "  Work mail — imap, read on 16 November 2026, after the week's end; 12,345\n"
        "    items from 7 January 2019 to 15 November 2026.\n"
        "\n"
        "Made on 16 November 2026 by coldcoffee on your own machine, from headers and\n"
        "calendars only.\n"
    )


def test_a_reply_is_owed_after_the_owners_usual_time() -> None:
    """Somebody who answers within a week owes nothing after six days; nobody owes after three months."""
    facts = replace(
        NOTHING,
        ties=tuple(tie(name, "warm") for name in ("Ana", "Bo", "Cy")),
        owed=(owed("Ana", at(9)), owed("Bo", at(2)), owed("Cy", at(1, month=8))),
    )
    assert names(weekly(replace(facts, answers_within=(7.2,))), "replies_owed") == ["Bo"]
    assert names(weekly(replace(facts, answers_within=(0.5,))), "replies_owed") == ["Bo", "Ana"]


def test_an_answer_ends_what_is_owed() -> None:
    """Whatever came after the answer counts anew; what was answered after the week was still owed in it."""
    facts = replace(
        NOTHING,
        ties=tuple(tie(name, "warm") for name in ("Ana", "Bo")),
        owed=(owed("Ana", at(1), at(9)), owed("Bo", at(1), END + dt.timedelta(days=1))),
    )
    assert names(weekly(facts), "replies_owed") == ["Bo"]
    assert numbers(weekly(facts))["replies_owed"] == (1, 2)


def test_who_wrote_again_is_told_so() -> None:
    """The sentence goes by the first mail that waits, and cites the last."""
    facts = replace(
        NOTHING,
        ties=(tie("Ana", "warm"),),
        owed=(owed("Ana", at(1)), owed("Ana", at(14), subject="Did you see this?")),
    )
    assert texts(weekly(facts), "replies_owed") == [
        "Wrote on 1 November (14 days ago), and again on 14 November, to you alone, and has no answer yet: "
        "“Did you see this?”."
    ]


def test_a_meeting_with_many_is_one_line() -> None:
    """Guests with one verdict are named together; what is said of one of them only has the name before it."""
    group = [held(f"Guest {number}", "met_in_person", at(10), "Dinner") for number in range(1, 7)]
    group[0] = replace(group[0], evidence=("Its place is “Café Luna”.", "Wrote “great to see you” after it."))
    [section] = weekly(replace(NOTHING, meetings=tuple(group))).sections
    [entry] = section.entries
    assert (entry.title, entry.text) == ("Guest 1, Guest 2, Guest 3 and 3 others", "Dinner: Tuesday 10 November, 12:00")
    assert entry.evidence[:2] == ("Its place is “Café Luna”.", "Guest 1: Wrote “great to see you” after it.")
    assert section.people == 6


def test_a_meeting_over_midnight_belongs_to_the_week_in_which_it_ended() -> None:
    """It is no meeting held until it has ended."""
    late = held("Ana", "met_in_person", END - dt.timedelta(minutes=30))
    early = held("Bo", "met_in_person", END - dt.timedelta(days=7, minutes=30))
    assert names(weekly(replace(NOTHING, meetings=(late, early))), "met_in_person") == ["Bo"]


def test_a_week_of_a_changed_clock_begins_at_midnight_too() -> None:
    """On 8 March 2026 New York's clocks went forward: the week before ended 167 hours earlier."""
    end = dt.datetime(2026, 3, 9, 4, tzinfo=dt.UTC)
    late = held("Ana", "met_in_person", at(1, 22, month=3), ends_at=dt.datetime(2026, 3, 2, 4, 30, tzinfo=dt.UTC))
    report = weekly(replace(NOTHING, week="2026-W10", ends_at=end, meetings=(late,)))
    assert (report.span, report.starts_at) == ("2 – 8 March 2026", dt.datetime(2026, 3, 2, 5, tzinfo=dt.UTC))
    assert numbers(report)["met_in_person"] == (0, 1)


def test_stale_sources_are_told_in_the_first_lines() -> None:
    """A silent source must not look like a cold friend."""
    facts = replace(
        NOTHING,
        covered=(
            replace(READ, read_at=at(3), error="The server refused the password."),
            replace(READ, source="home", read_at=None),
            replace(READ, source="old_files", kind="folder", newest_item_at=at(3, month=6)),
            replace(READ, source="people", kind="carddav", newest_item_at=at(3, month=6)),
            replace(READ, source="new", oldest_item_at=None, newest_item_at=None, items=0),
            replace(READ, source="drop", kind="folder", oldest_item_at=None, newest_item_at=None, items=0),
        ),
    )
    report = weekly(facts)
    assert report.warnings == (
        "Work mail was last read on 3 November: silence since then may be ours. (The server refused the password.)",
        "Home mail has never been read: what looks like silence may be ours.",
        "Old files: the newest item is of 3 June; silence since then may be ours.",
        "New mail was read, and nothing was found in it: what looks like silence may be ours.",
    )
    assert render.text(report).splitlines()[3].startswith("! Work mail was last read on 3 November")


def test_a_report_without_sources_says_so() -> None:
    """Nothing known is not nothing happened."""
    assert weekly(NOTHING).warnings == (
        "No source is set up: nothing is known of this week. Add one to settings.toml.",
    )


def test_the_first_screen_holds_at_most_seven_of_several_kinds() -> None:
    """The close and the urgent come first, and one kind of reason does not crowd out the others."""
    crowd = tuple(tie(f"Cold {number:02d}", "cold", "warm", sent=50.0 + number, received=50.0) for number in range(20))
    facts = replace(
        NOTHING, ties=(*crowd, tie("Zed", "warm"), tie("Yan", "cooling", "warm")), owed=(owed("Zed", at(9)),)
    )
    shown = [entry.title for entry in weekly(facts).spotlight]
    assert len(shown) == SPOTLIGHT
    assert {"Zed", "Yan", "Cold 19", "Cold 18", "Cold 17"} <= set(shown)


def test_who_is_snoozed_is_not_suggested() -> None:
    """Neither on the first screen nor among the reminders of the mail; the numbers and the whole page still hold them."""
    facts = replace(
        NOTHING,
        ties=(tie("Ana", "cold", "warm", snoozed=True), tie("Bo", "warm", snoozed=True)),
        owed=(owed("Bo", at(9)),),
    )
    report = weekly(facts)
    assert (report.spotlight, [section.shown for section in report.sections]) == ((), [(), ()])
    assert numbers(report) == {"turned_cold": (1, 0), "met_in_person": (0, 0), "replies_owed": (1, 0)}
    assert (names(report, "turned_cold"), names(report, "replies_owed")) == (["Ana"], ["Bo"])


def test_meetings_that_only_the_owner_can_tell_come_first() -> None:
    """They are the ones worth a click."""
    facts = replace(
        NOTHING,
        meetings=(
            held("Ana", "did_not_meet", at(9)),
            held("Bo", "unknown", at(10)),
            held("Cy", "unknown", at(11), asks=True),
        ),
    )
    assert names(weekly(facts), "not_held_or_unknown") == ["Cy", "Ana", "Bo"]


def test_nobody_is_sent_after_those_who_never_answer_or_whom_they_will_meet() -> None:
    """The eleventh unanswered mail warms nothing, and a meeting next week needs no reminder."""
    facts = replace(
        NOTHING,
        ties=(
            tie("Ana", "cold", "new", balance="i_write", last_received_at=None),
            tie("Bo", "cooling", "warm", meets_next_at=at(20)),
        ),
    )
    report = weekly(facts)
    assert report.spotlight == ()
    assert (names(report, "turned_cold"), names(report, "about_to_go_cold")) == (["Ana"], ["Bo"])


def test_never_followed_up_is_newest_first() -> None:
    """People without a date to sort by are not hidden: they come last."""
    facts = replace(
        NOTHING,
        ties=(
            stranger("Ana"),
            stranger("Bo", connected_at=at(1, year=2019), collected_from="linkedin"),
            stranger("Cy", connected_at=at(2)),
        ),
    )
    report = weekly(facts)
    assert names(report, "never_followed_up") == ["Cy", "Bo", "Ana"]
    assert texts(report, "never_followed_up")[1:] == [
        "Connected on LinkedIn on 1 November 2019; nothing has passed between you.",
        "In your address book; nothing has passed between you.",
    ]


def test_dormant_ties_are_ranked_by_how_strong_they_were() -> None:
    """What went both ways counts, not what one of the two wrote."""
    facts = replace(
        NOTHING,
        ties=(
            tie("One-sided", "dormant", sent=500.0, received=1.0, together=0.0),
            tie("Mutual", "dormant", sent=60.0, received=60.0, together=0.0),
            tie("Met", "dormant", sent=5.0, received=5.0, together=60.0),
        ),
    )
    assert names(weekly(facts), "dormant_but_proven") == ["Met", "Mutual", "One-sided"]


def test_a_long_list_is_capped_in_the_mail_and_whole_in_the_report() -> None:
    """The mail says how many it leaves out; report.html and the JSON leave out nobody."""
    facts = replace(NOTHING, ties=tuple(tie(f"Cold {number:02d}", "cold", "warm") for number in range(40)))
    report = weekly(facts)
    [section] = report.sections
    assert len(section.shown) + len(section.above) + section.more == len(section.entries) == 40
    assert f"and {section.more} more" in render.text(report)
    assert all(f"Cold {number:02d}" in render.html(report) for number in range(40))


def test_a_mail_never_reminds_of_twenty_at_once() -> None:
    """However many go cold, wait and were forgotten: and each kind has some of the places."""
    crowd = {
        name: tuple(tie(f"{name} {number:02d}", *states) for number in range(30))
        for name, states in {"Cold": ("cold", "warm"), "Cooling": ("cooling", "warm"), "Old": ("dormant",)}.items()
    }
    waiting = tuple(tie(f"Waiting {number:02d}", "warm") for number in range(30))
    strangers = tuple(stranger(f"Stranger {number:02d}", connected_at=at(3)) for number in range(30))
    facts = replace(
        NOTHING,
        ties=(*crowd["Cold"], *crowd["Cooling"], *crowd["Old"], *waiting, *strangers),
        owed=tuple(owed(one.name, at(9)) for one in waiting),
    )
    report = weekly(facts)
    shown = {section.key: len(section.shown) for section in report.sections}
    assert shown == {
        "turned_cold": 3,
        "about_to_go_cold": 3,
        "replies_owed": 2,
        "never_followed_up": 2,
        "dormant_but_proven": 2,
    }
    assert len(report.spotlight) + sum(shown.values()) < 20


def test_the_same_facts_make_the_same_report() -> None:
    """Whatever order the rows come in."""
    shuffled: Facts = replace(FULL, ties=FULL.ties[::-1], meetings=FULL.meetings[::-1], owed=FULL.owed[::-1])
    assert weekly(shuffled) == weekly(FULL)
