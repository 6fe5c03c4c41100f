"""Read the owner's word on how often to be in touch with somebody, or to be left alone about them."""

import datetime as dt
import re
from collections.abc import Sequence

CADENCES = {"weekly": 7.0, "fortnightly": 14.0, "monthly": 30.4, "quarterly": 91.3, "yearly": 365.2}
WORDS = (*CADENCES, "auto", "never")  # what the owner can say of a contact
AUTO = 0.0  # the model decides
SPAN = r"(\d{1,3})\s*([dwmy])\w*"  # how long a snooze lasts: 10d, 3w, 2 months
NEVER = float("inf")  # no silence is too long


def days(word: str) -> float:
    """The days that a cadence allows; AUTO for “auto” and for a word that is none, NEVER for “never”."""
    said = word.strip().lower()
    return NEVER if said == "never" else CADENCES.get(said, AUTO)


def of_contact(said: str | None, groups: Sequence[str]) -> float:
    """The days that hold for one contact: what the owner said of them, else the shortest that is set for one of their
    groups (tags, organization), else AUTO."""
    if said is not None:
        return days(said)
    return min(map(days, groups), default=AUTO)


def is_snooze(word: str) -> bool:
    """Whether a word says how long, or until when: “3w”, “2026-12-01”."""
    far = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
    return bool(re.fullmatch(SPAN, word.strip().lower())) or snoozed_until(word, far) != far


def snoozed_until(word: str, made_at: dt.datetime) -> dt.datetime:
    """When a snooze ends: “3w”, “10d”, “2m”, “1y” after it was made, or at a date (2026-12-01), in UTC.

    A word that is neither ends it where it began.
    """
    said = word.strip().lower()
    found = re.fullmatch(SPAN, said)
    if found:
        each = {"d": 1.0, "w": 7.0, "m": 30.4, "y": 365.2}[found[2]]
        return made_at + dt.timedelta(days=int(found[1]) * each)
    try:
        until = dt.datetime.fromisoformat(said.upper())
    except ValueError:
        return made_at
    return until if until.tzinfo else until.replace(tzinfo=dt.UTC)
