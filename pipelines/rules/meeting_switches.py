"""Weigh what mails from before say of how to meet: by telephone or screen instead, or in one room after all."""

import datetime as dt
from typing import NamedTuple

from pipelines.rules import gists, subjects
from pipelines.rules.meeting_facts import Evidence, Letter, Occasion
from pipelines.rules.meeting_topics import EPOCH, beside_title
from pipelines.rules.vocabulary import find, providers

SURELY = 0.9  # how surely a mail of one guest to all must be about this meeting to call it off for all
SHOWN = 60  # characters of a subject that a reason quotes
GUESSED = 0.7  # what the kinds of words say afterwards, of what a phrase says
BY_LINE = -4.0  # log-odds of a room from which on a mail has them meet by telephone or screen


class Sign(NamedTuple):
    """What a mail with words of one list says: log-odds that they met and that it was in one room, and how it is put."""

    held: float
    room: float


WHERE = {"to_remote": Sign(0.4, -9.0), "to_place": Sign(0.6, 9.0)}


def switched_by(occasion: Occasion, letter: Letter, share: float) -> list[Evidence]:
    """What a mail says of how they are to meet; `share` is how surely it is about this meeting."""
    if not share:
        return []
    subject = beside_title(occasion, letter.subject)
    remote, place = subjects.sign("to_remote", subject), subjects.sign("to_place", subject)
    if not remote and not place:
        here = occasion.place
        by_line = bool(here.link or here.line or here.remote)
        said = find("title.remote", subject) if here.text and not by_line else ""
        provider = said.rpartition(" ")[2] in providers("names")
        if said and (share == 1.0 or (share >= SURELY and provider)):
            # "Zoom tomorrow?", where a café stands in the calendar
            return [Evidence(told(letter), 0.2, -5.0, "switch")]
        if by_line and not here.text and share >= SURELY and gists.invites(subject):
            return [Evidence(told(letter), WHERE["to_place"].held, WHERE["to_place"].room * GUESSED, "switch")]
        return []
    if remote and place:
        place = (
            place if subjects.begins("to_place", letter.subject) <= subjects.begins("to_remote", letter.subject) else ""
        )
    sign = WHERE["to_place" if place else "to_remote"]
    if not place and find("subject.link", remote) and not find("title.remote", letter.subject):
        if subjects.sign("other_thing", subject):
            return []
        share *= 0.2  # a link may lead to anything
    return [Evidence(told(letter), sign.held * share, sign.room * share, "switch")]


def told(letter: Letter) -> str:
    """A mail as a reason quotes it."""
    day = EPOCH + dt.timedelta(days=letter.day)
    who = "You" if letter.from_owner else "They"
    return f"{who} wrote on {day.day} {day:%B}: “{letter.subject[:SHOWN]}”."
