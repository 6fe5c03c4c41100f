"""Decide whether two people met, and whether in one room."""

import datetime as dt
import math
from typing import NamedTuple

from pipelines.rules import places
from pipelines.rules.verdicts import MeetingVerdict, Reason, Verdict

MOST_PEOPLE = 15  # a larger meeting is no personal one for each of them
SURE = 0.0  # log-odds above which they met in one room

WEIGHTS = {  # log-odds; positive speaks for one room
    "place": 3.0,
    "room": 1.5,
    "together": 1.8,
    "remote place": -5.0,
    "link": -3.2,
    "link beside a place": -1.0,
    "remote title": -2.6,
}


class Encounter(NamedTuple):
    """One event occurrence with one contact. Times are aware UTC; statuses are PARTSTATs in lower case or empty."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    title: str
    location: str
    description: str
    links: tuple[str, ...]
    status: str
    transparent: bool
    size: int
    owner_status: str
    owner_there: bool
    contact_status: str
    contact_organizes: bool
    room_accepted: bool
    owner_word: str


def judge(meeting: Encounter, as_of: dt.datetime) -> Verdict:
    """The verdict on one meeting, with its reasons, strongest first."""
    if meeting.owner_word:
        return _by_word(meeting.owner_word)
    off = _called_off(meeting)
    if off:
        return Verdict("did_not_meet", 0.02, (off,))
    if meeting.ends_at > as_of:
        return Verdict("upcoming", 0.5, (Reason("It is still to come.", 0.0),))
    where = _where(meeting)
    odds = sum(reason.weight for reason in where)
    probability = 1 / (1 + math.exp(-odds))
    doubt = _doubt(meeting)
    if doubt or not where:
        reasons = (doubt or Reason("Nothing says where, or whether, it took place.", 0.0), *where)
        return Verdict("unknown", round(0.5 * probability, 4), reasons)
    verdict: MeetingVerdict = "met_in_person" if odds > SURE else "met_remotely"
    return Verdict(verdict, round(probability, 4), tuple(sorted(where, key=lambda one: -abs(one.weight))))


def _by_word(word: str) -> Verdict:
    verdict: MeetingVerdict = {"yes": "met_in_person", "no": "did_not_meet", "remote": "met_remotely"}[word]  # type: ignore[assignment]
    return Verdict(verdict, 1.0 if word == "yes" else 0.0, (Reason("You said so.", 10.0 if word == "yes" else -10.0),))


def _called_off(meeting: Encounter) -> Reason | None:
    if meeting.status == "cancelled":
        return Reason("It was cancelled.", -8.0)
    if meeting.owner_status == "declined":
        return Reason("You declined.", -6.0)
    if meeting.contact_status == "declined":
        return Reason("They declined.", -6.0)
    if not meeting.owner_there and meeting.transparent:
        return Reason("You only arranged it: you are not among its guests, and it is shown as free.", -4.0)
    return None


def _doubt(meeting: Encounter) -> Reason | None:
    if meeting.size > MOST_PEOPLE:
        return Reason(f"It had {meeting.size} guests: nothing says that you two spoke.", 0.0)
    if meeting.contact_status == "tentative":
        return Reason("They answered “perhaps”.", -1.0)
    if meeting.contact_status == "needs-action" and not meeting.contact_organizes:
        return Reason("They never answered the invitation.", -1.0)
    return None


def _where(meeting: Encounter) -> list[Reason]:
    place = places.read(meeting.title, meeting.location, meeting.description, meeting.links)
    found = []
    if place.line:
        found.append(Reason(f"Its place says “{place.line[:60]}”.", WEIGHTS["remote place"]))
    if place.text:
        found.append(Reason(f"Its place is “{place.text[:60]}”.", WEIGHTS["place"]))
    if meeting.room_accepted:
        found.append(Reason("The room was booked.", WEIGHTS["room"]))
    if place.link:
        beside = place.text and not place.remote
        found.append(
            Reason(f"It has a conference link ({place.link}).", WEIGHTS["link beside a place" if beside else "link"])
        )
    if place.remote:
        found.append(Reason(f"Its title says “{place.remote}”.", WEIGHTS["remote title"]))
    if place.together and not place.remote:
        found.append(Reason(f"Its title says “{place.together}”.", WEIGHTS["together"]))
    return found
