"""Read which hours of a day an entry of the whole day means: "Leave from 1 pm", "Vormittag frei"."""

import re
from typing import Literal

from pipelines.rules import subjects
from pipelines.rules.meeting_facts import HOUR
from pipelines.rules.vocabulary import find, pattern, plain

NOON, MIDNIGHT = 13 * HOUR, 24 * HOUR  # mornings off last until after lunch, and afternoons begin with it
_AFTERNOON_ONLY = 7  # "from 3" is in the afternoon: nobody's leave begins at an hour before this
_TIME = r"(\d{1,2})(?:\s?[:.h時点點]\s?(\d{2}))?\s?(am|pm|a\.m\.|p\.m\.)?"
_HOUR = re.compile(_TIME)
_SPAN = re.compile(
    rf"(?<![\d.:/]){_TIME}\s?(?:uhr|h|時|点|點)?\s?(?:-|bis|to|à|a|al|tot|do|〜|~|から|到)\s?{_TIME}(?![\d.:/])"
)
_DATE = re.compile(r"\d{4}-\d\d|\d\.(?!\d|m)")
_NAMES = ("from", "until", "morning", "afternoon", "half_day", "clock")

Hours = tuple[int, int]


def hours(title: str) -> Hours | Literal["half"] | None:
    """The seconds of the day that a title names, "half" if it does not say which half, None for all of it."""
    text = plain(title)
    if _DATE.search(text) or subjects.dates(title).dates:
        return None  # "leave until 5 January" is no leave until five o'clock
    span = _SPAN.search(text)
    if span:
        start, end = _seconds(*span.groups()[:3]), _seconds(*span.groups()[3:])
        if start is not None and end is not None and start < end:
            return start, end
    start, end = _beside("from", text), _beside("until", text)
    if start is not None or end is not None:
        return (start or 0, end or MIDNIGHT) if (start or 0) < (end or MIDNIGHT) else None
    morning, afternoon = find("presence.morning", title), find("presence.afternoon", title)
    if bool(morning) != bool(afternoon):
        return (0, NOON) if morning else (NOON - HOUR, MIDNIGHT)
    return "half" if find("presence.half_day", title) else None


def without(text: str) -> str:
    """A plain text without the words and numbers that say which hours are meant."""
    for name in _NAMES:
        text = pattern(f"presence.{name}").sub(" ", text)
    return _HOUR.sub(" ", text)


def _beside(name: str, text: str) -> int | None:
    """The time that stands directly after a word of a list, or before it ("13時から")."""
    for word in pattern(f"presence.{name}").finditer(text):
        after = _HOUR.match(text[word.end() :].lstrip())
        if after:
            return _seconds(*after.groups())
        before = list(_HOUR.finditer(text[: word.start()]))
        if before and word[0] in ("から", "まで") and not text[before[-1].end() : word.start()].strip(" 時半"):
            return _seconds(*before[-1].groups())
    return None


def _seconds(hour: str, minute: str | None, half: str | None) -> int | None:
    number = int(hour)
    if half and number <= 12:
        number = number % 12 + 12 * half.startswith("p")
    elif number < _AFTERNOON_ONLY:
        number += 12
    seconds = number * HOUR + int(minute or 0) * 60
    return seconds if seconds <= MIDNIGHT and int(minute or 0) < 60 else None
