"""Compose one week's report from facts: its warnings, its three numbers, and the people worth a word."""

import datetime as dt
import math
from collections import Counter
from typing import NamedTuple

from reports import weekly_sections, weekly_warnings, wording
from reports.dates import Dates
from reports.facts import Facts, Tie
from reports.weekly_report import Entry, Number, WeeklyReport
from reports.weekly_sections import Writer, met, owed_by_contact, strength, turned
from reports.weekly_turns import Turns, newly_cold, open_at, patience, turned_cold, week_number
from reports.wording import Wording

SPOTLIGHT = 7  # people worth a word on the first screen …
ALIKE = 3  # … of whom at most so many for the same reason, while there are others
CLOSE = 3.0  # how much the strongest tie of all gains over a stranger
JUST_CONNECTED = dt.timedelta(days=28)
STANDING = (
    "never_followed_up",
    "dormant_but_proven",
    "coming_up",
    "same_person",
)  # lists that make no week worth a mail


class Occasion(NamedTuple):
    """Why a person is worth a word: what kind of reason, how urgent, and the entry."""

    kind: str
    urgency: float
    entry: Entry


def weekly(facts: Facts) -> WeeklyReport:
    """The week's report. The dead are named nowhere; nobody is reminded of three weeks running."""
    words = wording.words(facts.language)
    dates = Dates(facts.zone, facts.ends_at, words.language)
    write = Writer(facts, dates, words)
    wait = patience(facts)
    turns = Turns(facts.ends_at, week_number(facts.week), wait, owed_by_contact(facts))
    living = [tie for tie in facts.ties if not tie.died]
    named = {tie.contact_id for tie in living if not tie.snoozed and turns.is_on(tie)}
    spotlight = _spotlight(facts, write, [tie for tie in living if tie.contact_id in named], wait)
    above = {one.contact_id for entry in spotlight for one in entry.people}
    sections = weekly_sections.sections(facts, write, named.__contains__, wait, above)
    start = facts.ends_at - weekly_sections.WEEK
    span = dates.span(start, facts.ends_at)
    numbers = _numbers(facts, words, living, wait)
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
        spotlight=spotlight,
        sections=sections,
        coverage=weekly_sections.coverage(facts, write),
        ties=tuple(sorted(living, key=lambda tie: (tie.name, tie.contact_id))),
        passed=facts.passed,
        year_weeks=facts.year_weeks,
        year_met=facts.year_met,
    )


def _numbers(facts: Facts, words: Wording, living: list[Tie], wait: dt.timedelta) -> tuple[Number, ...]:
    """People who turned cold, were met in person, and wait for an answer: in this week, and in the week before."""
    alive = {tie.contact_id for tie in living}
    owed = owed_by_contact(facts)

    def now_and_before(key: str, ago: int) -> int:
        if key == "turned_cold":
            return len(turned(living, ago))
        if key == "met_in_person":
            return len({one.contact_id for one in met(facts, ago, "met_in_person")})
        end = facts.ends_at - ago * weekly_sections.WEEK
        return sum(bool(open_at(mails, end, wait)) for contact, mails in owed.items() if contact in alive)

    return tuple(
        Number(key, words.label(key), now_and_before(key, 0), now_and_before(key, 1)) for key in wording.NUMBERS
    )


def _spotlight(facts: Facts, write: Writer, named: list[Tie], wait: dt.timedelta) -> tuple[Entry, ...]:
    """At most SPOTLIGHT people: the urgent and the close first, and not all for the same reason."""
    owed = owed_by_contact(facts)
    closest = max((strength(tie) for tie in named), default=0.0)
    found = []
    for tie in named:
        waiting = open_at(owed.get(tie.contact_id, ()), facts.ends_at, wait)
        text = write.owed(waiting) if waiting else ""
        occasion = _occasion(facts, write, tie, text)
        if occasion is not None:
            close = CLOSE * math.log1p(strength(tie)) / math.log1p(closest) if closest else 0.0
            found.append((-(occasion.urgency + close), tie.name, tie.contact_id, occasion))
    ranked = [occasion for *_, occasion in sorted(found, key=lambda one: one[:3])]
    chosen, kinds = [], Counter[str]()
    for occasion in ranked:
        kinds[occasion.kind] += 1
        if kinds[occasion.kind] <= ALIKE:
            chosen.append(occasion)
    chosen = chosen[:SPOTLIGHT]
    chosen += [one for one in ranked if one not in chosen][: SPOTLIGHT - len(chosen)]
    return tuple(one.entry for one in ranked if one in chosen)


def _occasion(facts: Facts, write: Writer, tie: Tie, owed: str) -> Occasion | None:
    states = (tie.state, *tie.earlier_states)
    if owed:
        return Occasion("owed", 3.5, write.tie(tie, owed))
    if tie.meets_next_at is not None or (tie.balance == "i_write" and tie.last_received_at is None):
        return None  # they will meet anyhow; or another mail to someone who never answered
    if turned_cold(states, 0):
        return Occasion("turned_cold", 4.0, write.tie(tie))
    if tie.state == "cooling":
        return Occasion("cooling", 3 * (tie.cold_probability or 0.0), write.tie(tie))
    if newly_cold(states, 0):
        return Occasion("cold", 2.0, write.tie(tie))
    if tie.state == "dormant":
        return Occasion("dormant", 1.0, write.tie(tie))
    if tie.last_interaction_at is None and tie.connected_at and facts.ends_at - tie.connected_at < JUST_CONNECTED:
        return Occasion("connected", 1.5, write.never(tie))
    return None
