"""Say what a subject means for a meeting by the kinds of its words, where no phrase of the lists stands in it."""

import functools
from typing import Literal

from pipelines.rules import subjects
from pipelines.rules.vocabulary import find

FEW = 4  # words: a subject that says little else

Before = Literal["off", "doubt", ""]
After = Literal["met", "talked", "held", "missed", ""]


@functools.lru_cache(maxsize=65536)
def before(subject: str) -> Before:
    """What is written shortly before a meeting: that one can't ("today I really can't make it"), or only a regret."""
    today = subjects.dates(subject).today
    sorry, no = subjects.sign("sorry", subject), subjects.sign("not", subject)
    together = find("title.together", subject)
    if no and no in subjects.sign("see_you", subject):
        no = ""  # "can't wait for tonight"
    if no and ((subjects.sign("able", subject) and (sorry or today or together)) or (today and together)):
        return "off"
    if _ill(subject) and (sorry or today or no or len(subject.split()) <= FEW):
        return "off"
    regret = sorry and (today or (together and not subject.rstrip().endswith(("?", "？"))))
    return "doubt" if regret or (no and today) else ""


def _ill(subject: str) -> bool:
    """Whether it speaks of an illness, rather than of a hospital, which may be anybody's address."""
    word = find("presence.ill", subject)
    return bool(word) and not find("place.venue", word)


@functools.lru_cache(maxsize=65536)
def invites(subject: str) -> bool:
    """Whether a mail would rather have the meeting in an office or café: "come to the office instead"."""
    there = find("place.office", subject) or find("place.venue", subject) or find("title.together", subject)
    return bool(there and subjects.sign("instead", subject))


@functools.lru_cache(maxsize=65536)
def after(subject: str) -> After:
    """What is written after a meeting: thanks or joy, and for what; or that one is sorry not to have come."""
    if subjects.sign("sorry", subject) and subjects.sign("unable", subject):
        return "" if subjects.sign("other_thing", subject) else "missed"
    if subjects.sign("yours", subject) and subjects.sign("left", subject):
        return "met"  # "your umbrella": left behind
    if subjects.sign("sorry", subject) or subjects.sign("not", subject) or subject.rstrip().endswith(("?", "？")):
        return ""
    days = subjects.dates(subject)
    past = days.yesterday or days.today
    thanks = subjects.sign("thanks", subject)
    pleased = thanks or subjects.sign("glad", subject) or subjects.sign("held", subject)
    remote = find("title.remote", subject)
    if pleased and subjects.sign("seen", subject) and not remote:
        return "met"
    if remote and (pleased or past):
        return "talked"
    evening = subjects.sign("evening", subject)
    if (evening or find("title.together", subject)) and pleased and (thanks or past or not evening):
        return "met"  # "good evening" alone is a greeting
    return "held" if pleased and (past or subjects.sign("occasion", subject)) else ""
