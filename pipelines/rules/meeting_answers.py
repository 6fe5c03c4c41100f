"""Weigh what calendars and answers say of whether a meeting took place at all."""

import re
from functools import lru_cache

from pipelines.rules import scripts
from pipelines.rules.meeting_facts import MOST_PEOPLE, Evidence, Guest, Habits, Occasion
from pipelines.rules.vocabulary import entries, find, plain

_CROSSES = ("×", "✕", "✖", "❌", "🚫")  # before a title that was struck out
_NOTE = re.compile(r"^\s*[\[【(（<《]\s*([^\]】)）>》]+)|[\[【(（]\s*([^\]】)）]+)[\]】)）]\s*$")
_BEFORE = re.compile(r"^\s*([^\W\d_][\w ']{2,24}?)\s*[-–—|/]\s")
_COLON = re.compile(r"^\s*([^:：]{3,30})[:：]\s")
_ARROW = re.compile(r"→|➔|->|⇒|\b(?:to|till|until|auf|au|al|para|naar|na)\s\w*\d")
USUALLY = 2.4  # log-odds: what stands in a calendar, and nobody objects to, is mostly held
NOBODY_KNOWS = 0.0  # of a large meeting: whether these two spoke


def base(occasion: Occasion) -> float:
    """The log-odds of having met before anything is known but how many were invited."""
    return NOBODY_KNOWS if occasion.size > MOST_PEOPLE else USUALLY


def evidence(occasion: Occasion, guest: Guest, habits: Habits) -> list[Evidence]:
    """All that status, answers, and the entry itself say."""
    found = [
        *_standing(occasion),
        *_owner(occasion, guest, habits),
        *_contact(occasion, guest, habits),
        *_kind(occasion, guest),
    ]
    return [one for one in found if one is not None]


def stranger(occasion: Occasion, *, wrote: bool) -> list[Evidence]:
    """What it says that the owner let an invitation lie; `wrote`: the owner has ever written to whoever sent it."""
    if wrote or occasion.recurring or occasion.size > 2:
        return []
    return [Evidence("You never wrote to them, either.", -3.0, 0.0, "answer")]


def unanswered(occasion: Occasion, habits: Habits) -> bool:
    """Whether the owner got an invitation and gave no answer, where the calendar would show one."""
    return (
        occasion.owner_status == "needs-action"
        and not occasion.owner_organizes
        and occasion.size <= MOST_PEOPLE
        and not (habits.unanswered | habits.mute).intersection(occasion.calendars)
    )


def off(occasion: Occasion, guest: Guest) -> bool:
    """Whether it was called off for certain: cancelled, or declined by one of the two."""
    return cancelled(occasion) or "declined" in (occasion.owner_status, guest.status)


def cancelled(occasion: Occasion) -> bool:
    """Whether the entry is cancelled, by its status or by what a calendar program wrote before its title."""
    return occasion.status == "cancelled" or _says_cancelled(occasion.title)


def asks(title: str) -> bool:
    """Whether a title ends with a question mark: whoever wrote it was not sure."""
    return plain(title).rstrip(" )").endswith(("?", "？"))


@lru_cache(maxsize=65536)
def _says_cancelled(title: str) -> bool:
    before, colon, _ = title.replace("\uff1a", ":").partition(":")
    if colon and plain(before).strip(" *[]【】") in entries("answer.cancelled"):
        return True
    return title[:1] in _CROSSES or bool(_marked("title.struck", title))


@lru_cache(maxsize=65536)
def _marked(name: str, title: str) -> str:
    """What somebody wrote by hand before or after a title: the note that begins with a word of a list."""
    notes = [part for found in _NOTE.findall(title) for part in found if part] + _BEFORE.findall(title)
    notes += [note for note in _COLON.findall(title) if find(name, note) == plain(note) or _ARROW.search(note)]
    notes += [title] if scripts.eastern(title[:1]) else []
    return next((note for note in notes if (word := find(name, note)) and plain(note).startswith(word)), "")


def _standing(occasion: Occasion) -> list[Evidence]:
    if cancelled(occasion):
        return [Evidence("It was cancelled.", -9.0, 0.0, "answer")]
    found = []
    put_off = _marked("title.put_off", occasion.title)
    if put_off:
        weight = -6.0 if _ARROW.search(put_off) else -3.4  # it may stand where it was put off to
        found.append(Evidence(f"Its title says “{put_off[:40]}”.", weight, 0.0, "answer"))
    unsure = asks(occasion.title)
    if occasion.status == "tentative":
        found.append(Evidence("It stands in the calendar as tentative.", -1.2, 0.0, "answer"))
    if unsure:
        found.append(Evidence("Its title ends with a question mark.", -2.2, 0.0, "answer"))
    word = find("title.hold", occasion.title)
    if word and not unsure:
        found.append(Evidence(f"Its title says “{word}”.", -0.9, 0.0, "answer"))
    afterwards = occasion.created is not None and occasion.created >= occasion.ends and not occasion.recurring
    if afterwards and occasion.size <= MOST_PEOPLE:
        found.append(Evidence("It was written down afterwards, as one does with what took place.", 1.5, 0.0, "entry"))
    return found


def _owner(occasion: Occasion, guest: Guest, habits: Habits) -> list[Evidence]:
    status = occasion.owner_status
    if status == "declined":
        return [Evidence("You declined.", -7.0, 0.0, "answer")]
    found = []
    if status == "tentative":
        weight = -0.4 if guest.status == "tentative" else -1.6  # two who say perhaps say it of the same doubt
        found.append(Evidence("You answered “perhaps”.", weight, 0.0, "answer"))
    elif unanswered(occasion, habits):
        found.append(Evidence("You never answered the invitation.", -1.0, 0.0, "answer"))
    listed = habits.listed.intersection(occasion.calendars)
    if (
        occasion.owner_organizes
        and not occasion.owner_listed
        and occasion.size > 2
        and (occasion.transparent or listed)
    ):
        shown = ", and it is shown as free" if occasion.transparent else ""
        weight = -4.2 - (1.8 if occasion.transparent and listed else 0.3 * occasion.transparent)
        found.append(Evidence(f"You only arranged it: you are not among its guests{shown}.", weight, 0.0, "arranged"))
    elif occasion.transparent and not occasion.all_day:
        found.append(Evidence("It is shown as free in your calendar.", -0.6, 0.0, "entry"))
    return found


def _contact(occasion: Occasion, guest: Guest, habits: Habits) -> list[Evidence]:
    large = occasion.size > MOST_PEOPLE
    if guest.status == "declined":
        return [Evidence("They declined.", -7.0, 0.0, "answer")]
    if guest.countered:
        return [Evidence("They proposed another time, and nothing shows that it was taken.", -2.6, 0.0, "answer")]
    if guest.status == "accepted":
        return [Evidence("They accepted.", 0.2 if large else 0.8, 0.0, "answer")]
    if guest.status == "tentative":
        alone = -0.6 if asks(occasion.title) else -2.4  # a title with a question mark has the same doubt
        return [Evidence("They answered “perhaps”.", 0.0 if large else alone, 0.0, "answer")]
    if guest.organizes or guest.known_by == "title":
        return []
    if guest.status in ("needs-action", "delegated"):
        deaf = habits.unanswered if occasion.owner_organizes else habits.unseen
        if deaf.intersection(occasion.calendars):
            return [Evidence("This calendar never tells who answered.", -0.4, 0.0, "answer")]
        return [Evidence("They never answered the invitation.", 0.0 if large else -2.5, 0.0, "answer")]
    return []


def _kind(occasion: Occasion, guest: Guest) -> list[Evidence]:
    found = []
    if occasion.size > MOST_PEOPLE:
        found.append(Evidence(f"It had {occasion.size} guests: nothing says that you two spoke.", 0.0, 0.0, "size"))
        if guest.organizes:
            found.append(Evidence("They were its host.", 0.4, 0.0, "size"))
    if guest.arranged:
        found.append(Evidence("They only set it up for another.", -4.0, 0.0, "arranged"))
    return found
