"""Decide whether two people met, and whether in one room, from all evidence together."""

import math
from collections.abc import Iterable, Sequence

from pipelines.rules import meeting_answers
from pipelines.rules.meeting_facts import Evidence, Guest, Occasion
from pipelines.rules.verdicts import MeetingVerdict, Reason, Verdict

HELD, NOT_HELD = 0.62, 0.36  # between these nobody can tell whether they met
ROOM, LINE = 0.7, 0.3  # between these nobody can tell whether in one room
SURENESS = 1.3  # the evidence together is surer than its weights add up to, on made-up lives whose truth is known
NOTHING = Reason("Nothing says where, or whether, it took place.", 0.0)


def chance(log_odds: float) -> float:
    """The probability of these log-odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def odds(occasion: Occasion, evidence: Iterable[Evidence]) -> tuple[float, float]:
    """The log-odds that they met at all, and that it was in one room if they did."""
    held, room = meeting_answers.base(occasion), 0.0
    for one in evidence:
        held += one.held
        room += one.room
    return held, room


def judge(occasion: Occasion, guest: Guest, evidence: Sequence[Evidence], word: str, as_of: int) -> Verdict:
    """The verdict on one meeting with one contact, with its reasons, strongest first.

    `word` is the owner's own: yes, no, remote, or nothing. `as_of` is whole seconds since 1970.
    """
    if word:
        return _by_word(word)
    held, room = (chance(one) for one in odds(occasion, evidence))
    if meeting_answers.off(occasion, guest):
        return Verdict("did_not_meet", stated(held * room), _ordered(evidence, "did_not_meet"))
    if occasion.ends > as_of:
        return Verdict("upcoming", stated(held * room), (Reason("It is still to come.", 0.0),))
    verdict = _verdict(held, room)
    reasons = _ordered(evidence, verdict)
    if verdict == "unknown" and not any(one.room for one in evidence):
        reasons = (NOTHING, *reasons)
    return Verdict(verdict, stated(held * room), reasons)


def stated(together: float) -> float:
    """The probability that is told: sharpened, so that of the meetings given 0.9, nine in ten were in person."""
    bounded = min(max(together, 1e-9), 1 - 1e-9)
    return round(chance(SURENESS * math.log(bounded / (1 - bounded))), 4)


def _verdict(held: float, room: float) -> MeetingVerdict:
    if held < NOT_HELD:
        return "did_not_meet"
    if held < HELD or LINE < room < ROOM:
        return "unknown"
    return "met_in_person" if room >= ROOM else "met_remotely"


def _by_word(word: str) -> Verdict:
    verdict: MeetingVerdict = {"yes": "met_in_person", "no": "did_not_meet", "remote": "met_remotely"}[word]  # type: ignore[assignment]
    return Verdict(verdict, 1.0 if word == "yes" else 0.0, (Reason("You said so.", 10.0 if word == "yes" else -10.0),))


def _ordered(evidence: Iterable[Evidence], verdict: MeetingVerdict) -> tuple[Reason, ...]:
    """What speaks for the verdict first, strongest first, then what speaks against it."""
    told = [
        (_for(one, verdict), one.held if abs(one.held) >= abs(one.room) else one.room, one.text) for one in evidence
    ]
    told.sort(key=lambda one: (-one[0], -abs(one[1])))
    return tuple(Reason(text, round(weight, 2)) for _, weight, text in told)


def _for(one: Evidence, verdict: MeetingVerdict) -> float:
    if verdict == "met_in_person":
        return one.held + one.room
    if verdict == "met_remotely":
        return one.held - one.room
    return -one.held if verdict == "did_not_meet" else abs(one.held) + (one.held < 0) + abs(one.room) / 2
