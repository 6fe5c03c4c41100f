"""Spread the naming of people over the weeks, so that nobody is named three weeks running.

Whose turn it is follows from facts alone: the states of earlier weeks and the mails that were open then. So a week that
is made again names the same people, and no stored report is read.
"""

import datetime as dt
import functools
import zlib
import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.facts import Facts, Owed, Tie

KNOWN = 34  # weeks of states and mails that a report's facts hold, its own among them
REST = 8  # weeks; once in so many a long run pauses, so that turns never follow from what is older than the facts
FRESH = 6  # weeks after which having turned cold is no news any more
CYCLE = 3  # standing lists (dormant, never followed up) name each person every third week
FORGIVEN = dt.timedelta(days=90)  # what is still unanswered then is not owed any more
QUICKEST, SLOWEST, USUAL = 3, 10, 5  # days that a mail may wait before it is owed; USUAL if nothing tells
LIVELY = ("new", "warm", "cooling")


def week_number(week: str) -> int:
    """A number that grows by one from ISO week to ISO week, across years."""
    return dt.date.fromisocalendar(int(week[:4]), int(week[6:]), 1).toordinal() // 7


@functools.lru_cache(maxsize=8)
def week_ends(ends_at: dt.datetime, zone: str) -> tuple[dt.datetime, ...]:
    """The ends of the week that ends then and of those before it, newest first: midnights of that zone, in UTC."""
    here = ends_at.astimezone(zoneinfo.ZoneInfo(zone))
    return tuple((here - dt.timedelta(weeks=ago)).astimezone(dt.UTC) for ago in range(KNOWN))


def patience(facts: Facts, ago: int = 0) -> dt.timedelta:
    """How long a mail waits before it counts as owed: as long as the owner usually took up to then, in bounds."""
    days = facts.answers_within[ago] if ago < len(facts.answers_within) else None
    return dt.timedelta(days=USUAL if days is None else min(max(round(days), QUICKEST), SLOWEST))


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
    for back in range(ago, min(ago + FRESH, len(states))):
        if states[back] != "cold":
            return False
        if turned_cold(states, back):
            return True
    return False


def has_slot(contact_id: str, number: int) -> bool:
    """Whether a standing list names this person in the week of this number."""
    return zlib.crc32(contact_id.encode()) % CYCLE == number % CYCLE


@dataclass(frozen=True)
class Turns:
    """Whose turn it is to be named, in a week of this number and in those before. `ends` and `waits` are of each week,
    newest first: when it ended, and how long a mail waited then before it was owed."""

    number: int
    ends: Sequence[dt.datetime]
    waits: Sequence[dt.timedelta]
    owed: Mapping[str, Sequence[Owed]]

    def is_on(self, tie: Tie, ago: int = 0) -> bool:
        """Whether the week `ago` weeks back may name the person in a reminder.

        A reminder is repeated every other week; a fresh occasion (turned cold, a mail newly owed) is told at once,
        unless the person was named in both weeks before. All weeks since a pause are gone through, so that each week
        knows what the weeks before it did.
        """
        states = (tie.state, *tie.earlier_states)
        start = ago
        while self._due(tie, states, start) and not self._rests(tie, states, start):
            start += 1
        last = before = False
        for back in range(start - 1, ago - 1, -1):
            now = not last or (not before and self._fresh(tie, states, back))
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

    def _rests(self, tie: Tie, states: Sequence[str], ago: int) -> bool:
        """Whether a run pauses: in every REST-th week, or in the first after it that has no fresh occasion."""
        fresh = self._fresh(tie, states, ago)
        if fresh or not self._due(tie, states, ago + 1):
            return False
        while not self._may_rest(tie, ago):
            ago += 1
            if not self._fresh(tie, states, ago):
                return False
        return True

    def _may_rest(self, tie: Tie, ago: int) -> bool:
        return zlib.crc32(tie.contact_id.encode()) % REST == (self.number - ago) % REST

    def _fresh(self, tie: Tie, states: Sequence[str], ago: int) -> bool:
        """Whether there is a fresh occasion; of three weeks running, at most two have one."""
        return self._occasion(tie, states, ago) and not (
            self._occasion(tie, states, ago + 1) and self._occasion(tie, states, ago + 2)
        )

    def _occasion(self, tie: Tie, states: Sequence[str], ago: int) -> bool:
        return turned_cold(states, ago) or (self._owed(tie, ago) and not self._owed(tie, ago + 1))

    def _owed(self, tie: Tie, ago: int) -> bool:
        mine = self.owed.get(tie.contact_id)
        return mine is not None and ago < len(self.ends) and bool(open_at(mine, self.ends[ago], self.waits[ago]))


def _stands(tie: Tie, state: str) -> bool:
    """Whether the person is in one of the lists that hardly change from week to week."""
    return state in ("dormant", "never") or tie.last_interaction_at is None
