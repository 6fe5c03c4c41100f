"""Tell from cards and from subjects whether somebody has a new job, or can't be reached where they were."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from pipelines.rules import scripts
from pipelines.rules.parties import organization, same_organization

Told = Literal["left", "moved", "returned", ""]
_WORDS = tomllib.loads(files("pipelines.rules").joinpath("words/news.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=3)
def _any_of(what: str) -> "re.Pattern[str]":
    return re.compile("|".join(rf"\b(?:{word})" for word in _WORDS[what]))


def of_subject(subject: str, *, returned: bool) -> Told:
    """What the subject of an automatic answer says, or (`returned`) that of a report on a mail of the owner's."""
    text = " ".join(scripts.latin(subject.replace("’", "'")).split()) if not subject.isascii() else subject.lower()
    if returned:
        return "returned" if _any_of("returned").search(text) else ""
    # a person who says both says more by the first
    return "left" if _any_of("left").search(text) else "moved" if _any_of("moved").search(text) else ""


def of_work(before: tuple[str, str], after: tuple[str, str]) -> Literal["employer", "title", ""]:
    """What has changed from one (organization, title) on a card to the next: another employer, another title, or
    nothing that is news. A card that has lost or only now got its organization tells nothing."""
    old, new = organization(before[0]), organization(after[0])
    if old and new and not same_organization(old, new):
        return "employer"
    if before[1] and after[1] and old == new and _plain(before[1]) != _plain(after[1]):
        return "title"
    return ""


def _plain(title: str) -> str:
    return "".join(re.findall(r"\w", scripts.latin(title)))
