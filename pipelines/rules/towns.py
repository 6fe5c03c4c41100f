"""Find the town that an address or a title names, in a table of towns (words/towns.toml)."""

import functools
import re
import tomllib
from importlib.resources import files
from typing import Any, NamedTuple

from pipelines.rules.vocabulary import bare, plain

_PART = re.compile(r"[,;\n|·]")
_STATE = re.compile(r"\b[A-Z]{2}(?: \d{5}(?:-\d{4})?| [A-Z]\d[A-Z] ?\d[A-Z]\d)?$")
_POSTCODE = re.compile(r"(?<![\w-])(?:[A-Z]{1,2}-)?\d{2,3}[- ]?\d{2,4}(?: [A-Z]{2})?\s+(\D+)")
_CODES = re.compile(r"\b[A-Z]{1,2}\d\w?\s?\d[A-Z]{2}\b|\S*\d\S*|\b[Cc]edex\b|\b[A-Z]{2}$")
_EASTERN = re.compile("^[\u3040-\u9fff]")
_LONGEST = 4  # letters of a town that an eastern address begins with


class Town(NamedTuple):
    """Where a town lies, in degrees, and one of its names."""

    name: str
    latitude: float
    longitude: float


@functools.cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("pipelines.rules").joinpath("words/towns.toml").read_text(encoding="utf-8"))


@functools.cache
def _towns(kind: str) -> dict[str, Town]:
    found: dict[str, Town] = {}
    for latitude, longitude, *names in _table()[kind]:
        for name in names:
            found[bare(plain(name))] = Town(names[0], latitude, longitude)
    return found


@functools.lru_cache(maxsize=65536)
def town(location: str) -> Town | None:
    """The town in which an address lies, if it is surely one that we know."""
    if _EASTERN.search(location):
        towns = _towns("towns")
        return next((towns[location[:end]] for end in range(_LONGEST, 1, -1) if location[:end] in towns), None)
    parts = [part.strip() for part in _PART.split(location) if part.strip()]
    for at in range(len(parts) - 1, -1, -1):
        after = parts[at + 1] if at + 1 < len(parts) else ""
        abroad = bool(_STATE.fullmatch(after) or (_STATE.search(parts[at]) and parts[at][-1:].isdigit()))
        found = _named(parts[at], alone=at == 0, kind="american" if abroad else "towns")
        if found is not None:
            return found
    return None


def _named(part: str, *, alone: bool, kind: str) -> Town | None:
    """The town that a part of an address names: behind a postcode, or in a part of its own that is not the first."""
    coded = _POSTCODE.search(part)
    if coded:
        words = coded[1].split()
        for end in range(len(words), 0, -1):
            found = _towns(kind).get(bare(plain(" ".join(words[:end]))))
            if found:
                return found
    return None if alone else _towns(kind).get(bare(plain(_CODES.sub(" ", part))))


def elsewhere(words: frozenset[str], location: str) -> bool:
    """Whether these words name towns that we know, and the address lies in another one."""
    there = town(location)
    named = {found for word in words if (found := _towns("towns").get(bare(word)))} if there else set()
    return bool(named) and there not in named


def is_town(text: str) -> bool:
    """Whether a text is the name of a town that we know, or of a region to which people travel, and nothing else."""
    name = bare(plain(text))
    return name in _towns("towns") or name in _regions()


@functools.cache
def _regions() -> frozenset[str]:
    return frozenset(bare(plain(name)) for name in _table()["regions"])
