"""Read the owner's answers to a report from the subjects of their own mails, and make the tokens that they carry.

A token is an HMAC (RFC 2104, SHA-256) of owner, week, action and item under a key that never leaves the home folder,
cut to 80 bits and written in base32 (RFC 4648): whoever has not been sent it can't guess it, and it stands for one
answer to one question.
"""

import base64
import datetime as dt
import hmac
import json
import re
from typing import NamedTuple

from reports.answers import BUTTONS, Ask

BITS = 80
REASON = "an answer to a report of coldcoffee"
SNOOZED = dt.timedelta(days=30)
_SUBJECT = re.compile(
    # what mail programs put in front: “Re: ”, “AW: ”, “Fwd: ”, “Re[2]: ”, “[External] ”
    r"(?:\s*(?:[^\W\d_]{1,5}(?:\[\d+\])?\s*[:：]|\[[^\]]{0,20}\]))*"
    r"\s*coldcoffee\s+(" + "|".join(BUTTONS) + r")\s+([a-z2-7]{" + str(BITS // 5) + r"})\s*",
    re.IGNORECASE,
)


class Said(NamedTuple):
    """What a subject says: one of BUTTONS, and the token."""

    action: str
    token: str


class Word(NamedTuple):
    """A correction as the owner has given it."""

    kind: str
    subject: str
    value: str


def subject(action: str, token: str) -> str:
    """The subject of an answer."""
    return f"coldcoffee {action} {token}"


def said(subject: str) -> Said | None:
    """What the subject of a mail says to coldcoffee; None for any other mail."""
    found = _SUBJECT.fullmatch(subject)
    return Said(found[1].lower(), found[2].upper()) if found else None


def token(key: bytes, owner: str, week: str, ask: Ask) -> str:
    """The token of one answer in one week's report: 16 letters and digits."""
    whole = hmac.digest(key, "\0".join((owner, week, *ask)).encode(), "sha256")
    return base64.b32encode(whole[: BITS // 8]).decode("ascii")


def word(ask: Ask, at: dt.datetime) -> Word:
    """The correction that an answer given at an aware moment makes."""
    if ask.action.startswith("met-"):
        return Word("met", ask.subject, ask.action.removeprefix("met-"))
    if ask.action == "called":
        told = json.dumps({"channel": "call", "at": at.astimezone(dt.UTC).isoformat()})
        return Word("log", ask.subject, told)
    if ask.action == "snooze":
        return Word("snooze", ask.subject, (at + SNOOZED).date().isoformat())
    if ask.action == "not-a-person":
        return Word("not_a_person", ask.subject, "")
    return Word("merge" if ask.action == "same-person" else "split", ask.subject, ask.other)
