"""Find the entries that are one meeting: the same time and the same person under two UIDs."""

import re
from collections.abc import Iterable

from pipelines.rules.meeting_facts import Guest, Occasion
from pipelines.rules.vocabulary import plain

_WORD = re.compile(r"[^\W\d_]{5,}")
_KANJI = re.compile("[\u4e00-\u9fff]{2}")
APART = 16 * 60  # seconds by which a hand-made copy may begin earlier or later


def twins(entries: Iterable[tuple[Occasion, Guest]]) -> dict[int, int]:
    """For the entries of one contact, in order of their beginnings, which are copies of which: index to index.

    The entry that knows most is kept: not cancelled, with guests and answers, with a place.
    """
    rows = list(entries)
    copies: dict[int, int] = {}
    for at, (occasion, guest) in enumerate(rows):
        for later in range(at + 1, len(rows)):
            other, its = rows[later]
            if other.starts - occasion.starts > APART:
                break
            if not _same(occasion, other):
                continue
            kept, copy = (at, later) if _knows(occasion, guest) >= _knows(other, its) else (later, at)
            copies[copy] = kept
    return {copy: _root(copies, kept) for copy, kept in copies.items()}


def same_thing(one: Occasion, other: Occasion) -> bool:
    """Whether two entries may well be one thing that was entered twice: at the same time, and called by the same word."""
    if one.all_day != other.all_day or abs(one.starts - other.starts) > APART:
        return False
    return bool(_words(one.title) & _words(other.title))


def _words(title: str) -> set[str]:
    text = plain(title)
    return set(_WORD.findall(text)) | {text[at : at + 2] for at in range(len(text) - 1) if _KANJI.match(text, at)}


def _root(copies: dict[int, int], kept: int) -> int:
    while kept in copies:
        kept = copies[kept]
    return kept


def _same(one: Occasion, other: Occasion) -> bool:
    if one.uid == other.uid or one.all_day != other.all_day:
        return False
    if one.starts == other.starts:
        return True
    return one.ends == other.ends or plain(one.title) == plain(other.title)


def _knows(occasion: Occasion, guest: Guest) -> tuple[bool, bool, bool, bool, int]:
    return (
        occasion.status != "cancelled",
        guest.known_by != "title",
        guest.status not in ("", "needs-action"),
        bool(occasion.place.text or occasion.place.line),
        occasion.size,
    )
