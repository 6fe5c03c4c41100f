"""Bring all evidence on each meeting together, and judge it."""

from bisect import bisect_left
from collections import defaultdict
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import phonenumbers

from pipelines.rules import (
    meeting_answers,
    meeting_days,
    meeting_learning,
    meeting_mails,
    meeting_rooms,
    meeting_switches,
    meetings,
    reach,
)
from pipelines.rules.addresses import region
from pipelines.rules.meeting_facts import DAY, Evidence, Guest, Letter, Occasion
from pipelines.rules.meeting_learning import Shift, Word
from pipelines.rules.meeting_mails import Named
from pipelines.rules.meeting_twins import same_thing
from pipelines.rules.verdicts import Verdict
from pipelines.steps import meeting_guests, occasions
from pipelines.steps.meeting_context import Correspondence, Days, Tellings, letters
from pipelines.steps.meeting_guests import Pair, People
from pipelines.steps.moment import Moment
from pipelines.steps.occasions import Calendar
from pipelines.store import Store

ASKED = 28 * DAY  # seconds for which a meeting of which nobody can tell is worth a question
SURER = 0.5  # log-odds by which one of two meetings is the surer
SILENT = 45 * DAY  # seconds without a sign of life before it that make it matter


class Judged(NamedTuple):
    """One meeting with one contact and its verdict; `asks`: nobody can tell, and it matters."""

    occasion: Occasion
    guest: Guest
    verdict: Verdict
    asks: bool


def judged(store: Store, moment: Moment, words: dict[str, str]) -> list[Judged]:
    """Every meeting with every contact. `words` are the owner's own, by event_key."""
    calendar = occasions.read(store)
    people = People(store, moment)
    mails = letters(store)
    pairs = meeting_guests.pairs(calendar, people, mails)
    found = _evidence(store, moment, calendar, people, mails, pairs)
    learnt = _learnt(calendar, pairs, found, words)
    as_of = int(moment.as_of.timestamp())
    rows = []
    for (number, guest), evidence in zip(pairs, found, strict=True):
        occasion = calendar.occasions[number]
        weighed = [*evidence, *meeting_learning.applied(evidence, learnt)] if learnt else evidence
        verdict = meetings.judge(occasion, guest, weighed, words.get(occasion.key, ""), as_of)
        rows.append(Judged(occasion, guest, verdict, _asks(occasion, verdict, mails.get(guest.contact, []), as_of)))
    return rows


def _evidence(
    store: Store, moment: Moment, calendar: Calendar, people: People, mails: dict[str, list[Letter]], pairs: list[Pair]
) -> list[list[Evidence]]:
    tellings = Tellings(store)
    days = Days(calendar, people, tellings)
    written = Correspondence(mails, pairs, calendar.occasions)
    alone = _alone(calendar.occasions)
    here = _here(pairs, people)
    abroad = _abroad(people, moment)
    found = []
    for number, group in groupby(pairs, key=itemgetter(0)):
        occasion = calendar.occasions[number]
        rooms = meeting_rooms.evidence(occasion, calendar.habits, only_here=number in alone)
        absences = days.over(occasion)
        recorded = tellings.recorded(occasion, frozenset())
        named = Named(people.everybody, here[number] | people.owner)
        for _, guest in group:
            around = written.around(number, occasion, guest)
            evidence = meeting_answers.evidence(occasion, guest, calendar.habits) + rooms
            if meeting_answers.unanswered(occasion, calendar.habits):
                wrote = any(one.from_owner and one.at < occasion.ends for one in mails.get(guest.contact, ()))
                evidence += meeting_answers.stranger(occasion, wrote=wrote)
            said: list[Evidence] = []
            if around.own or around.others:
                said = meeting_mails.evidence(occasion, guest, around.own, around.others, around.neighbours, named)
            if absences:
                by_line = any(one.room <= meeting_switches.BY_LINE for one in said if one.group == "switch")
                evidence += meeting_days.evidence(occasion, absences, calendar.habits, by_line=by_line)
            evidence += days.of(guest.contact, occasion) + said + recorded
            if guest.contact in abroad and not occasion.place.text:
                evidence.append(Evidence("They live in another country.", 0.0, -1.5, "place"))
            found.append(evidence)
    return _with_clashes(calendar, pairs, found)


def _here(pairs: list[Pair], people: People) -> dict[int, frozenset[str]]:
    found: dict[int, frozenset[str]] = defaultdict(frozenset)
    for number, guest in pairs:
        one = people.by_contact[guest.contact]
        found[number] |= one.givens | one.families
    return found


def _abroad(people: People, moment: Moment) -> set[str]:
    """Contacts all of whose telephones are of another country than the owner's."""
    home = region(moment.zone)
    prefix = f"+{phonenumbers.country_code_for_region(home)}" if home else "+"
    return {
        contact
        for contact, numbers in people.phones.items()
        if numbers and not any(one.startswith(prefix) for one in numbers)
    }


def _alone(found: list[Occasion]) -> set[int]:
    """Occurrences of a series that have a conference link although most others have none."""
    series: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(found):
        if one.recurring:
            series[one.uid].append(number)
    alone: set[int] = set()
    for numbers in series.values():
        linked = [number for number in numbers if found[number].place.link or found[number].place.line]
        if len(numbers) >= 3 and len(linked) * 3 <= len(numbers):
            alone |= set(linked)
    return alone


def _with_clashes(calendar: Calendar, pairs: list[Pair], found: list[list[Evidence]]) -> list[list[Evidence]]:
    """Add what meetings at the same time say, in the light of all other evidence."""
    held: dict[int, float] = {}
    rooms: dict[int, float] = {}
    for (number, guest), evidence in zip(pairs, found, strict=True):
        chance, rooms[number] = meetings.odds(calendar.occasions[number], evidence)
        off = meeting_answers.off(calendar.occasions[number], guest)
        held[number] = max(held.get(number, -9.0), -9.0 if off else chance)
    for number, one in enumerate(calendar.occasions):
        if (
            number not in held
            and one.size == 1
            and one.place.text
            and one.status != "cancelled"
            and not one.transparent
        ):
            held[number] = 1.0  # the owner's own appointments, at a place
    numbers = sorted(held, key=lambda number: calendar.occasions[number].starts)
    starts = [calendar.occasions[number].starts for number in numbers]
    ends: dict[int, Evidence] = {}
    for at, number in enumerate(numbers):
        one = calendar.occasions[number]
        for other in numbers[at + 1 : bisect_left(starts, one.ends)]:
            for mine, its in ((number, other), (other, number)):
                said = _clash(calendar, mine, its, held)
                if said is not None and said.held < ends.get(mine, said._replace(held=0.0)).held:
                    ends[mine] = said
    ends |= _too_far(calendar.occasions, numbers, held, rooms)
    return [
        [*evidence, ends[number]] if number in ends else evidence
        for (number, _), evidence in zip(pairs, found, strict=True)
    ]


def _too_far(
    found: list[Occasion], numbers: list[int], held: dict[int, float], rooms: dict[int, float]
) -> dict[int, Evidence]:
    """What meetings in another town say of those of which nobody can have come, or gone on to them, in time."""
    placed = [
        (number, one, where)
        for number in numbers
        if held[number] > 0 and rooms.get(number, 1.0) > 0 and (where := reach.of(one := found[number])) is not None
    ]
    ends: dict[int, Evidence] = {}
    for at, (number, one, here) in enumerate(placed):
        for later in range(at + 1, len(placed)):
            other, its, there = placed[later]
            if its.starts - one.ends > reach.FARTHEST:
                break
            if one.uid != its.uid and reach.too_far(one, here, its, there):
                ends[number] = reach.evidence(its, there, surer=held[number] > held[other] + SURER)
                ends[other] = reach.evidence(one, here, surer=held[other] > held[number] + SURER)
    return ends


def _clash(calendar: Calendar, mine: int, its: int, held: dict[int, float]) -> Evidence | None:
    one, other = calendar.occasions[mine], calendar.occasions[its]
    if one.uid == other.uid or same_thing(one, other):
        return None
    return meeting_days.clash(one, other, held[its], held[mine])


def _learnt(
    calendar: Calendar, pairs: list[Pair], found: list[list[Evidence]], words: dict[str, str]
) -> dict[str, Shift]:
    said = []
    for (number, _), evidence in zip(pairs, found, strict=True):
        value = words.get(calendar.occasions[number].key)
        if value:
            held, room = (meetings.chance(one) for one in meetings.odds(calendar.occasions[number], evidence))
            said.append(Word(value, held, room, tuple(evidence)))
    return meeting_learning.shifts(said)


def _asks(occasion: Occasion, verdict: Verdict, mails: list[Letter], as_of: int) -> bool:
    if verdict.verdict != "unknown" or occasion.size > 2 or not as_of - ASKED <= occasion.ends <= as_of:
        return False
    return not any(occasion.starts - SILENT <= one.at <= as_of for one in mails)
