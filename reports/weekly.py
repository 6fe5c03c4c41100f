"""Compose one week's report from facts: its warnings, its three numbers, and the people worth a word."""

from collections.abc import Mapping, Sequence

from reports import weekly_choice, weekly_returns, weekly_sections, weekly_warnings, wording
from reports.dates import Dates
from reports.facts import Facts, Owed, Tie
from reports.weekly_choice import Occasion
from reports.weekly_report import Entry, Number, WeeklyReport
from reports.weekly_sections import Writer, met, owed_by_contact
from reports.weekly_turns import Turns, patience, week_ends, week_number
from reports.wording import Wording

STANDING = (
    "never_followed_up",
    "dormant_but_proven",
    "coming_up",
    "same_person",
)  # lists that make no week worth a mail


def weekly(facts: Facts) -> WeeklyReport:
    """The week's report. The dead are named nowhere; nobody is reminded of three weeks running."""
    words = wording.words(facts.language)
    dates = Dates(facts.zone, facts.ends_at, words.language)
    write = Writer(facts, dates, words)
    owed = owed_by_contact(facts)
    ends = week_ends(facts.ends_at, facts.zone)
    turns = Turns(week_number(facts.week), ends, [patience(facts, ago) for ago in range(len(ends))], owed)
    living = [tie for tie in facts.ties if not tie.died]
    week = weekly_choice.Week(
        ends_at=facts.ends_at,
        ties=living,
        named={tie.contact_id for tie in living if not tie.snoozed and turns.is_on(tie)},
        waiting=weekly_choice.waiting(owed, facts.ends_at, patience(facts)),
    )
    chosen = weekly_choice.spotlight(week)
    past = weekly_returns.named_before(facts, living, turns)
    sections = weekly_sections.sections(facts, write, week, {one.tie.contact_id for one in chosen}, past)
    start = ends[1]
    span = dates.span(start, facts.ends_at)
    numbers = _numbers(facts, words, living, owed)
    stale = weekly_warnings.stale(facts.covered, facts.ends_at)
    return WeeklyReport(
        owner=facts.owner,
        week=facts.week,
        zone=facts.zone,
        language=facts.language,
        span=span,
        subject=words.subject(span, [(one.now, one.label) for one in numbers], stale=bool(stale)),
        starts_at=start,
        ends_at=facts.ends_at,
        made_at=facts.made_at,
        made_on=dates.full_day(facts.made_at),
        quiet=all(section.key in STANDING for section in sections),
        stale=stale,
        warnings=weekly_warnings.warnings(facts, dates, words),
        numbers=numbers,
        spotlight=tuple(_worth_a_word(write, week, one) for one in chosen),
        sections=sections,
        coverage=weekly_sections.coverage(facts, write),
        ties=tuple(sorted(living, key=lambda tie: (tie.name, tie.contact_id))),
        passed=facts.passed,
        year_weeks=facts.year_weeks,
        year_met=facts.year_met,
        returns=weekly_returns.returns(facts, past),
    )


def _worth_a_word(write: Writer, week: weekly_choice.Week, one: Occasion) -> Entry:
    if one.kind == "owed":
        return write.tie(one.tie, write.owed(week.waiting[one.tie.contact_id]))
    return write.never(one.tie) if one.kind == "connected" else write.tie(one.tie)


def _numbers(
    facts: Facts, words: Wording, living: Sequence[Tie], owed: Mapping[str, Sequence[Owed]]
) -> tuple[Number, ...]:
    """People who turned cold, were met in person, and wait for an answer: in this week, and in the week before."""
    alive = {tie.contact_id for tie in living}
    ends = week_ends(facts.ends_at, facts.zone)

    def now_and_before(key: str, ago: int) -> int:
        if key == "turned_cold":
            return len(weekly_choice.turned(living, ago))
        if key == "met_in_person":
            return len({one.contact_id for one in met(facts, ago, "met_in_person")})
        return len(alive & weekly_choice.waiting(owed, ends[ago], patience(facts, ago)).keys())

    return tuple(
        Number(key, words.label(key), now_and_before(key, 0), now_and_before(key, 1)) for key in wording.NUMBERS
    )
