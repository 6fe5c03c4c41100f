"""Shift the weight of a kind of evidence by what the owner said of meetings, cautiously."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pipelines.rules.meeting_facts import Evidence

PRIOR = 5.0  # corrections that the weights as they are count for
MOST = 1.5  # log-odds by which a kind of evidence is shifted at most
OF_ROOMS = ("link", "place", "title")  # kinds of evidence that tell where
OF_HOLDING = ("answer", "day")  # and those that tell whether


class Word(NamedTuple):
    """The owner's word on a meeting, and what was found about it without that word."""

    value: str  # yes, no, remote
    probability_held: float
    probability_room: float
    evidence: tuple[Evidence, ...]


class Shift(NamedTuple):
    """By how much a kind of evidence counts otherwise for this owner, and from how many meetings that was learnt."""

    held: float
    room: float
    meetings: int


def shifts(words: Iterable[Word]) -> dict[str, Shift]:
    """What the owner's corrections teach of each kind of evidence.

    Each correction pulls by how far the judgement was off; `PRIOR` meetings' worth of trust in the given weights keeps
    a few corrections from overturning them.
    """
    sums: dict[str, list[float]] = {}
    for word in words:
        held, room = word.value != "no", word.value == "yes"
        for group in {one.group for one in word.evidence if one.group in OF_ROOMS + OF_HOLDING}:
            found = sums.setdefault(group, [0.0, 0.0, 0.0])
            found[0] += held - word.probability_held if group in OF_HOLDING else 0.0
            found[1] += room - word.probability_room if held and group in OF_ROOMS else 0.0
            found[2] += 1
    return {
        group: Shift(_scaled(held, count), _scaled(room, count), int(count))
        for group, (held, room, count) in sums.items()
    }


def _scaled(off: float, count: float) -> float:
    return max(-MOST, min(MOST, 4 * off / (count + PRIOR)))


def applied(evidence: Iterable[Evidence], learnt: Mapping[str, Shift]) -> list[Evidence]:
    """The shifts that concern this meeting, as evidence of its own."""
    found = []
    for group in sorted({one.group for one in evidence}):
        shift = learnt.get(group)
        if shift is not None and (abs(shift.held) >= 0.1 or abs(shift.room) >= 0.1):
            what = {
                "link": "a conference link",
                "place": "such a place",
                "title": "such a title",
                "answer": "such answers",
            }.get(group, "such a day")
            meetings = "a meeting" if shift.meetings == 1 else f"{shift.meetings} meetings"
            found.append(Evidence(f"You corrected {meetings} with {what}.", shift.held, shift.room, "learnt"))
    return found
