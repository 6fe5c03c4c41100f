"""Spread the naming of people over the weeks, so that nobody is named three weeks running.

Whose turn it is follows from facts alone: the states of earlier weeks and the mails that were open then. So a week that
is made again names the same people, and no stored report is read.
"""

import datetime as dt
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.facts import Facts, Owed, Tie

LOOK_BACK = 26  # weeks; older turns are told from the week's number
FRESH = 6  # weeks after which having turned cold is no news any more
CYCLE = 3  # standing lists (dormant, never followed up) name each person every third week
FORGIVEN = dt.timedelta(days=90)  # what is still unanswered then is not owed any more
QUICKEST, SLOWEST, USUAL = 3, 10, 5  # days that a mail may wait before it is owed; USUAL if nothing tells
LIVELY = ("new", "warm", "cooling")


def week_number(week: str) -> int:
    """A number that grows by one from ISO week to ISO week, across years."""
    return dt.date.fromisocalendar(int(week[:4]), int(week[6:]), 1).toordinal() // 7


def patience(facts: Facts) -> dt.timedelta:
    """How long a mail waits before it counts as owed: as long as the owner usually takes, in bounds."""
    if facts.answers_within is None:
        return dt.timedelta(days=USUAL)
    return dt.timedelta(days=min(max(round(facts.answers_within), QUICKEST), SLOWEST))


def open_at(owed: Sequence[Owed], end: dt.datetime, wait: dt.timedelta) -> list[Owed]:
    """One contact's mails that were unanswered at a moment, oldest first; none if the oldest had not waited enough."""
    found = sorted(
        (
            one
            for one in owed
            if end - FORGIVEN < one.since < end and (one.answered_at is None or one.answered_at > end)
        ),
        key=lambda one: one.since,
    )
    return found if found and found[0].since <= end - wait else []


def turned_cold(states: Sequence[str], ago: int) -> bool:
    """Whether the tie turned cold in the week `ago` weeks back: cold then, and alive the week before."""
    return len(states) > ago + 1 and states[ago] == "cold" and states[ago + 1] in LIVELY


def newly_cold(states: Sequence[str], ago: int) -> bool:
    """Whether the tie was cold `ago` weeks back, and had turned so at most FRESH weeks before that."""
    return any(
        turned_cold(states, back) and all(state == "cold" for state in states[ago:back])
        for back in range(ago, ago + FRESH)
    )


def has_slot(contact_id: str, number: int) -> bool:
    """Whether a standing list names this person in the week of this number."""
    return zlib.crc32(contact_id.encode()) % CYCLE == number % CYCLE


@dataclass(frozen=True)
class Turns:
    """Whose turn it is to be named in one week."""

    ends_at: dt.datetime
    number: int
    wait: dt.timedelta
    owed: Mapping[str, Sequence[Owed]]

    def is_on(self, tie: Tie) -> bool:
        """Whether this week may name the person in a reminder.

        A reminder is repeated every other week; a fresh occasion (turned cold, a mail newly owed) is told at once,
        unless the person was named in both weeks before.
        """
        states = (tie.state, *tie.earlier_states)
        oldest = 0
        while oldest < LOOK_BACK and self._due(tie, states, oldest):
            oldest += 1
        if not oldest:
            return False
        last, before = False, False
        if oldest == LOOK_BACK:  # in an endless run, every other week by its number
            last = (self.number - LOOK_BACK) % 2 == 0
        for ago in range(oldest - 1, -1, -1):
            now = not last or (not before and self._fresh(tie, states, ago))
            last, before = now, last
        return last

    def _due(self, tie: Tie, states: Sequence[str], ago: int) -> bool:
        if ago >= len(states):
            return False
        return (
            states[ago] == "cooling"
            or newly_cold(states, ago)
            or (_stands(tie, states[ago]) and has_slot(tie.contact_id, self.number - ago))
            or self._owed(tie, ago)
        )

    def _fresh(self, tie: Tie, states: Sequence[str], ago: int) -> bool:
        return turned_cold(states, ago) or (self._owed(tie, ago) and not self._owed(tie, ago + 1))

    def _owed(self, tie: Tie, ago: int) -> bool:
        mine = self.owed.get(tie.contact_id)
        return bool(mine) and bool(open_at(mine or (), self.ends_at - dt.timedelta(weeks=ago), self.wait))


def _stands(tie: Tie, state: str) -> bool:
    """Whether the person is in one of the lists that hardly change from week to week."""
    return state in ("dormant", "never") or tie.last_interaction_at is None
