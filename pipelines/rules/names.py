"""Read a display name: whose it is, in which order, and what of it is no name at all."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from pipelines.rules import scripts

_WORDS = tomllib.loads(files("pipelines.rules").joinpath("words/names.toml").read_text(encoding="utf-8"))
_TITLES = frozenset(_WORDS["titles"])
_FACULTIES = frozenset(_WORDS["faculties"])
_SUFFIXES = frozenset(_WORDS["suffixes"])
_DEGREES = frozenset(_WORDS["degrees"])
_PARTICLES = frozenset(_WORDS["particles"])
_NOBODY = frozenset(_WORDS["nobody"])
_OFFICE = frozenset(_WORDS["offices"])
_COMMON = [(frozenset(names["given"]), frozenset(names["family"])) for names in _WORDS["common"].values()]
_GIVEN = frozenset(word for given, _ in _COMMON for word in given)
_EVERYDAY = frozenset(word for halves in _COMMON for half in halves for word in half)


def _any_of(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_COUPLE = re.compile(rf"\s(?:{_any_of(_WORDS['couples'])})\s|[&/]", re.IGNORECASE)
_PROXY = re.compile(
    rf"^\W*(?:{_any_of(_WORDS['proxies'])})\s|\b(?:on behalf of|im auftrag von|assistant to|pa to|i\.\s?a\.)\s",
    re.IGNORECASE,
)
_VIA = re.compile(rf"\s+(?:{_any_of(_WORDS['vias'])})\s+.*$", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[（【<]([^()\[\]（）【】<>]*)[)\]）】>]?")
_ADDRESS = re.compile(r"^[^\s@]+@[^\s@]+$")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_DOTTED = re.compile(r"^[^\W\d_]{3,}[._][^\W\d_]{3,}$")
_QUOTES = "\"'“”„«»‚‘’`* \t,;:|"
_SPLIT = re.compile(r"[\s.,_/|·・\-‐‑–—]+")
_MACHINE = re.compile(r"^(?:[A-Za-z]+\\)")


class Name(NamedTuple):
    """A display name, read.

    `shown` is the text as a person would want to see it. `words` are the name's words in plain Latin letters, given
    names first where that can be told; `bare` the same without particles and initials, sorted: equal for all orders.
    `kind` is person (two words or more), single (one word: a given name or a login), joint (a couple, or somebody who
    writes for another), office (no person's), or none. `rank` is Jr, III and the like. `login` is the text without
    anything but letters and digits. `foreign`: it was written in other letters than Latin. `other` is a second name in
    brackets ("傅立业 (Chris Fu)"), "" if there is none.
    """

    shown: str
    words: tuple[str, ...]
    bare: tuple[str, ...]
    kind: str
    rank: str
    login: str
    foreign: bool
    eastern: bool
    other: str


NO_NAME = Name("", (), (), "none", "", "", foreign=False, eastern=False, other="")


@lru_cache(maxsize=500_000)
def read(text: str) -> Name:
    """Read one display name. Never fails."""
    shown = " ".join(scripts.repaired(text[:200]).split()).strip(_QUOTES)
    shown = _MACHINE.sub("", shown)
    if not shown:
        return NO_NAME
    if _ADDRESS.match(shown):
        return NO_NAME
    if _PROXY.search(shown):
        return NO_NAME._replace(shown=shown, kind="joint")
    shown = _VIA.sub("", shown) if " " in shown else shown
    brackets = [found.strip() for found in _BRACKETS.findall(shown)]
    main = " ".join(_BRACKETS.sub(" ", shown).split()).strip(_QUOTES) or (brackets[0] if brackets else "")
    if _COUPLE.search(f" {main} ") and len(main.split()) > 1 and _joint(main):
        return NO_NAME._replace(shown=shown, kind="joint")
    ordered = _in_order(main)
    other = next(
        (
            found
            for found in brackets
            if scripts.eastern(found) != scripts.eastern(main) and len(found.split()) <= 3 and found.strip()
        ),
        "",
    )
    return _named(shown, ordered, other)


def _joint(main: str) -> bool:
    # "José Ortega y Gasset" and "Ramón e Cajal" are one person's: letters join couples only between given names
    if re.search(r"[&/+]| (?:and|und|et|en|och|og) ", main, re.IGNORECASE):
        return True
    parts = re.split(r"\s(?:y|e|i|ja|и)\s", main, flags=re.IGNORECASE)
    return len(parts) == 2 and len(parts[0].split()) == 1 and len(parts[1].split()) > 1


def _in_order(main: str) -> str:
    """ "Lastname, Firstname" turned round; what follows a comma as a title or degree is dropped."""
    if "," not in main:
        return main
    parts = [part.strip() for part in main.split(",") if part.strip()]
    kept = [part for part in parts if not _only_titles(part)]
    if len(kept) < 2:
        return kept[0] if kept else main
    family, given = kept[0], kept[1]
    if len(kept[0].split()) >= 2 and _plain(given.split()[0]) in _TITLES | _DEGREES:
        return family
    if _plain(given.split()[-1]) in _SUFFIXES and len(given.split()) == 1:
        return f"{family} {given}"
    return f"{given} {family}"


def _plain(word: str) -> str:
    return scripts.latin(word).replace(".", "").replace("-", "").strip()


def _only_titles(part: str) -> bool:
    return all(_plain(word) in _DEGREES | _TITLES for word in part.split())


def _named(shown: str, text: str, other: str) -> Name:
    raw = text.split()
    rank = ""
    titled = False
    while len(raw) > 1 and (_plain(raw[0]) in _TITLES or (titled and _plain(raw[0]) in _FACULTIES)):
        raw, titled = raw[1:], True
    while (
        len(raw) > 1
        and (_plain(raw[-1]) in _DEGREES or _plain(raw[-1]) in _SUFFIXES)
        and (len(raw) > 2 or len(raw[-1]) > 2)
    ):
        rank = rank or (_plain(raw[-1]) if _plain(raw[-1]) in _SUFFIXES else "")
        raw = raw[:-1]
    east = scripts.eastern(text)
    if len(raw) == 1 and not east:
        humps = _CAMEL.split(raw[0])
        if len(humps) == 2 and all(len(hump) >= 3 and hump.isalpha() for hump in humps):
            raw = humps  # "YongcaiHuang": one word still, which may be a login like "CloseChoice"
    if (
        len(raw) == 2
        and not east
        and raw[0].isupper()
        and raw[0].isalpha()
        and len(raw[0]) > 2
        and not raw[1].isupper()
    ):
        raw = [raw[1], raw[0]]  # "SUTTON Jonathan"
    words = tuple(word for part in raw for word in _SPLIT.split(scripts.latin(part)) if word)
    login = re.sub(r"[\W_]", "", scripts.latin(shown))
    bare = tuple(sorted(word for word in words if len(word) > 1 and word not in _PARTICLES) or sorted(words))
    if len(bare) < 2 and len(words) >= 2:
        long = [word for word in words if len(word) > 1 or east]
        bare = tuple(sorted(long)) if len(long) >= 2 else bare
    kind = _kind(text, words, bare, east)
    return Name(shown, words, bare, kind, rank, login, scripts.foreign(text), east, other)


def _kind(text: str, words: tuple[str, ...], bare: tuple[str, ...], east: bool) -> str:
    if not words or not any(letter.isalpha() for letter in text):
        return "none"
    if all(word in _NOBODY for word in bare) or "@" in text or "recipients" in words:
        return "none"
    if words[-1] in _OFFICE or (words[0] in _OFFICE and len(words) <= 2 and not is_given(words[-1])):
        return "office"
    if east:
        return "person" if len(words) >= 2 or 2 <= len(words[0]) <= 5 else "single"
    if len(text.split()) == 1 and not _DOTTED.match(text):
        return "single"
    if any(re.search(r"\d", word) for word in words):
        return "single" if len(words) == 1 else "none"
    return "person" if len(words) >= 2 else "single"


def common(name: Name) -> bool:
    """Whether both halves are so common in one language that two people of this name are easily met."""
    if name.eastern or len(name.bare) != 2 or any(len(word) == 1 for word in name.words):
        return False  # an initial more makes it a rarer name
    one, two = name.bare
    return any((one in given and two in family) or (two in given and one in family) for given, family in _COMMON)


def is_given(word: str) -> bool:
    """Whether a word is one of the commonest given names: what stands beside it may be an office, but she is a person."""
    return word in _GIVEN


def widespread(family: str) -> bool:
    """Whether a family name is among the most common ones of a language."""
    return any(family in families for _, families in _COMMON)


def everyday(word: str) -> bool:
    """Whether a single word is a common given or family name, or no name: it tells nobody apart."""
    return word in _EVERYDAY or word in _NOBODY or word in _OFFICE


def in_order(text: str) -> str:
    """A display name to show: repaired, without quotes, brackets and what follows a "via"; given names first."""
    shown = " ".join(scripts.repaired(text[:200]).split()).strip(_QUOTES)
    shown = _VIA.sub("", shown) if " " in shown else shown
    main = " ".join(_BRACKETS.sub(" ", shown).split()).strip(_QUOTES) or shown
    if "," in main and _only_titles(main.split(",")[-1]) and main.count(",") == 1:
        return main
    return _in_order(main)
