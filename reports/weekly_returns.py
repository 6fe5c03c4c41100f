"""Tell who came back after the report had named them: whether it does any good.

Whom the mails of earlier weeks named is chosen again from the facts as they stood then, never read from stored reports.
"""

import datetime as dt
import zoneinfo
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from reports import weekly_choice
from reports.facts import Earlier, Facts, Passed, Tie
from reports.weekly_choice import Week
from reports.weekly_report import Returned, Returns
from reports.weekly_turns import LIVELY, Turns, week_ends

WEEKS = 12  # of namings that are looked back on
WARM = ("warm", "new")
GONE = ("cold", "dormant", "never")
SIGNS = ("email", "message", "call", "met_in_person", "met_remotely")  # of what passed: a contact


class Naming(NamedTuple):
    """The mail of the week that ended at `ends_at`, `ago` weeks back, named somebody: as what, and how they stood."""

    ago: int
    ends_at: dt.datetime
    kind: str
    state: str


class Back(NamedTuple):
    """Somebody is back in touch: by which naming's help, if any, and what passed first in this week."""

    naming: Naming | None
    sign: Passed | None


def named_before(facts: Facts, living: Sequence[Tie], turns: Turns) -> dict[str, list[Naming]]:
    """By contact, when the mails of the last WEEKS weeks named them as cooling, cold or silent; the newest first.

    Who was only owed an answer, and was warm, is not among them. There were no mails while no source was read; the first
    was of the week that had ended last by then.
    """
    changed: dict[tuple[str, int], Earlier] = {(one.contact_id, one.ago): one for one in facts.earlier}
    found: dict[str, list[Naming]] = {}
    for ago in range(1, WEEKS + 1):
        if facts.running_since is not None and turns.ends[ago - 1] <= facts.running_since:
            break
        ends_at = turns.ends[ago]
        open_then = weekly_choice.waiting(turns.owed, ends_at, turns.waits[ago])
        ties = [
            then(tie, ago, changed.get((tie.contact_id, ago)))
            for tie in living
            if ago < len(tie.earlier_states) + 1
            and (tie.contact_id in open_then or _worth(tie, tie.earlier_states[ago - 1], ends_at))
            and ago not in tie.snoozed_before
            and turns.is_on(tie, ago)
        ]
        week = Week(ends_at, ties, {tie.contact_id for tie in ties}, open_then)
        for contact, (kind, state) in _named(week).items():
            if state not in WARM:
                found.setdefault(contact, []).append(Naming(ago, ends_at, kind, state))
    return found


def then(tie: Tie, ago: int, changed: Earlier | None) -> Tie:
    """The tie as it stood `ago` weeks back; what has not changed since stood then as it stands now."""
    states = (tie.state, *tie.earlier_states)
    stood = replace(tie, state=states[ago], earlier_states=states[ago + 1 :], meets_next_at=None)
    if changed is None:
        return stood
    return replace(
        stood,
        balance=changed.balance,
        cold_probability=changed.cold_probability,
        last_interaction_at=changed.last_interaction_at,
        last_received_at=changed.last_received_at,
        sent=changed.sent,
        received=changed.received,
        together=changed.together,
        meets_next_at=changed.meets_next_at,
    )


def _worth(tie: Tie, state: str, ends_at: dt.datetime) -> bool:
    """Whether a mail of that week could name somebody to whom no answer was owed."""
    return state in ("cooling", "cold", "dormant") or (
        tie.connected_at is not None
        and tie.connected_at < ends_at < tie.connected_at + weekly_choice.JUST_CONNECTED
        and state in ("new", "never")
    )


def _named(week: Week) -> dict[str, tuple[str, str]]:
    """By contact, as what the mail named them, and their state: on the first screen, or in a list of those who go."""
    chosen = weekly_choice.spotlight(week)
    found = {one.tie.contact_id: (one.kind, one.tie.state) for one in chosen}
    reminded = weekly_choice.reminded(week, set(found))
    for kind, key in (("turned_cold", "turned_cold"), ("cooling", "about_to_go_cold")):
        for tie in reminded[key]:
            found.setdefault(tie.contact_id, (kind, tie.state))
    return found


def came_back(ties: Iterable[Tie], facts: Facts, past: Mapping[str, Sequence[Naming]]) -> list[tuple[Tie, Back]]:
    """Who is back since this week: cold or dormant a week ago and no longer so; or named by an earlier report, in touch
    in this week, and now warm or in touch at all."""
    signs = _first_signs(facts.passed, week_ends(facts.ends_at, facts.zone)[1])
    found = []
    for tie in ties:
        before = tie.earlier_states[0] if tie.earlier_states else tie.state
        sign = signs.get(tie.contact_id)
        named = past.get(tie.contact_id, ())
        helped = named[0] if named and sign and _is_back(before, tie.state) else None
        if helped or (tie.state in LIVELY and before in ("cold", "dormant")):
            found.append((tie, Back(helped, sign)))
    return found


def _first_signs(passed: Iterable[Passed], start: dt.datetime) -> dict[str, Passed]:
    found: dict[str, Passed] = {}
    for one in sorted(passed, key=lambda one: one.occurred_at):
        if one.what in SIGNS and one.occurred_at >= start:
            found.setdefault(one.contact_id, one)
    return found


def _is_back(before: str, after: str) -> bool:
    return (before in GONE and after in LIVELY) or (before == "cooling" and after in WARM)


def returns(facts: Facts, past: Mapping[str, Sequence[Naming]]) -> Returns:
    """How many people the mails of the last WEEKS weeks named, and how many of them were in touch after it and came
    back: in all, and of each week's mail, oldest first."""
    ties = {tie.contact_id: tie for tie in facts.ties}
    zone = zoneinfo.ZoneInfo(facts.zone)
    weeks = dict.fromkeys(range(WEEKS, 0, -1), (0, 0))
    named, back = 0, 0
    for contact, namings in past.items():
        answers = [_since(ties[contact], naming) for naming in namings]
        named, back = named + 1, back + any(answers)
        for naming, answer in zip(namings, answers, strict=True):
            weeks[naming.ago] = (weeks[naming.ago][0] + 1, weeks[naming.ago][1] + answer)
    ends = week_ends(facts.ends_at, facts.zone)
    by_week = tuple(Returned(_week(ends[ago].astimezone(zone)), *counts) for ago, counts in weeks.items())
    return Returns(WEEKS, named, back, by_week)


def _since(tie: Tie, naming: Naming) -> bool:
    """Whether somebody came back in one of the weeks since a naming, and something passed after it."""
    states = (tie.state, *tie.earlier_states)[: naming.ago]
    touched = tie.last_interaction_at is not None and tie.last_interaction_at > naming.ends_at
    return touched and any(_is_back(naming.state, state) for state in states)


def _week(end: dt.datetime) -> str:
    year, number, _ = (end - dt.timedelta(hours=12)).isocalendar()
    return f"{year}-W{number:02d}"
