"""Take from what a place or a title says the words that only tell how to join."""

import re

from pipelines.rules.vocabulary import mentions, pattern, plain

JOINING = ("place.online", "title.remote", "place.phone", "place.filler", "place.undecided")
ROOM_NUMBER = re.compile(  # H.2.14; B3, D-117; 3.12
    r"[A-Z]{1,3}[. -]?\d\w{0,3}(?:(?:, ?|[ ./|-])[A-Z]{0,3}[.-]?\d\w{0,3})*|\d{1,2}(?:\.\d{1,3}){1,2}[a-z]?"
)
_CODES = re.compile(
    r"\b(?:id|pin|code|passcode|password|pw|kennwort)\b\W*\w*|[\d\s#*,;:.()\[\]/|+–—_-]+", re.IGNORECASE
)


def substance(text: str) -> str:
    """What is left of a place field without the words that only say how to join."""
    rest = text
    if mentions(JOINING, text):
        for name in JOINING:
            rest = without(name, rest)
    rest = rest.strip(" ,;:|/+＋–—-()")
    letters = re.sub(r"[\W\d_]", "", _CODES.sub("", rest))
    return rest if len(letters) >= 2 or ROOM_NUMBER.fullmatch(rest) else ""


def without(name: str, text: str) -> str:
    """The text without the words of a list; its capitals stay, for they tell the number of a room."""
    spelled = plain(text)
    if len(spelled) != len(text):
        return pattern(name).sub(" ", spelled).strip()
    for found in reversed(list(pattern(name).finditer(spelled))):
        if text[found.end() :].startswith(("室", "厅", "廳")):
            continue  # 会議 is a meeting, 会議室 a room
        text = f"{text[: found.start()]} {text[found.end() :]}"
    return " ".join(text.split())
