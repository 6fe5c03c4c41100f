"""Say what a subject means for a meeting by the kinds of its words, where no phrase of the lists stands in it."""

import functools
from typing import Literal

from pipelines.rules import subjects
from pipelines.rules.vocabulary import find

Before = Literal["off", "doubt", ""]
After = Literal["met", "talked", "held", ""]


@functools.lru_cache(maxsize=65536)
def before(subject: str) -> Before:
    """What is written shortly before a meeting: that one can't ("today I really can't make it"), or only a regret."""
    today = subjects.dates(subject).today
    sorry, no = subjects.sign("sorry", subject), subjects.sign("not", subject)
    together = find("title.together", subject)
    if no and ((subjects.sign("able", subject) and (sorry or today or together)) or (today and together)):
        return "off"
    return "doubt" if sorry and (today or (no and together)) else ""


@functools.lru_cache(maxsize=65536)
def after(subject: str) -> After:
    """What is written after a meeting: thanks or joy, and for what."""
    if subjects.sign("sorry", subject) or subjects.sign("not", subject) or subject.rstrip().endswith(("?", "？")):
        return ""
    days = subjects.dates(subject)
    past = days.yesterday or days.today
    pleased = subjects.sign("thanks", subject) or subjects.sign("glad", subject)
    remote = find("title.remote", subject)
    if pleased and subjects.sign("seen", subject) and not remote:
        return "met"
    if remote and (pleased or past):
        return "talked"
    if pleased and find("title.together", subject):
        return "met"
    return "held" if pleased and past else ""
