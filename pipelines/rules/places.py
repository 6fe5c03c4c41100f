"""Say whether an invitation's words mean one room, a line between two, both, or neither."""

import functools
import importlib.resources
import re
import tomllib
from typing import Literal, NamedTuple

Mode = Literal["in_person", "online", "hybrid", "unclear"]
PHONE = re.compile(
    r"^[^\w+(]*(?:tel|phone|call|cell|mobile)?[\s:.]*\+?[\d(][\d\s().,/-]{6,}(?:#|x\d+)?[\s\w]{0,12}$", re.IGNORECASE
)
URL = re.compile(r"https?://\S+|\bwww\.\S+", re.IGNORECASE)


class Place(NamedTuple):
    """What the words of an invitation say: signs of a room, and signs of a line, each as a short phrase or empty."""

    room: str
    link: str
    title_together: str
    title_remote: str
    location_remote: str


@functools.cache
def _words() -> dict[str, tuple[str, ...]]:
    found = tomllib.loads(importlib.resources.files("pipelines.rules").joinpath("words/places.toml").read_text("utf-8"))
    return {name: tuple(word for words in lists.values() for word in words) for name, lists in found.items()}


@functools.cache
def _pattern(name: str) -> re.Pattern[str]:
    parts = (
        rf"(?<!\w){re.escape(word)}(?!\w)"
        if word.isascii() or (word[0].isalpha() and ord(word[0]) < 0x3000)
        else re.escape(word)
        for word in _words()[name]
    )
    return re.compile("|".join(parts), re.IGNORECASE)


@functools.lru_cache(maxsize=65536)
def read(title: str, location: str, description: str, links: tuple[str, ...]) -> Place:
    """The signs in an invitation. Pure; cached over the strings that repeat in a series."""
    link = next((host for text in (*links, location, description) for host in _hosts(text)), "")
    bare = URL.sub(" ", location).strip(" ,;|/-\n")
    remote = _first("remote", bare) or ("a phone number" if bare and PHONE.match(bare) else "")
    undecided = not bare or bare.casefold().strip(" .") in _words()["undecided"]
    room = "" if undecided or remote else bare
    return Place(room, link, _first("together", title), _first("remote", title), remote)


def _hosts(text: str) -> list[str]:
    lower = text.casefold()
    return [host for host in _words()["links"] if host in lower]


def _first(name: str, text: str) -> str:
    found = _pattern(name).search(text)
    return found[0] if found else ""


def mode(title: str, location: str, description: str, links: tuple[str, ...]) -> Mode:
    """What the invitation as a whole says."""
    place = read(title, location, description, links)
    online = bool(place.link or place.location_remote or place.title_remote)
    if place.room:
        return "hybrid" if place.link else "in_person"
    if online:
        return "online"
    return "in_person" if place.title_together else "unclear"
