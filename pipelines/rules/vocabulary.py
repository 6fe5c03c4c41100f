"""Find the words of many languages in short texts: what titles, places, subjects and whole days say.

The words lie in words/meetings.<language>.toml, the same lists for each language, and in words/places.<language>.toml for
languages of which only places and titles are read; a contributor adds words, or a language, without touching code. All
lower case; case never matters, nor do accents in words of five letters and more. `word*` and `*word` also match longer
words; ` .. ` stands for up to four words between; `{remote}` and `{together}` stand for each word of the title's list of
that name (in `remote` with the names of conference providers).
"""

import functools
import importlib.resources
import re
import tomllib
import unicodedata
from collections.abc import Iterable

from pipelines.rules.finder import Finder

REMOTE, TOGETHER = "\ue000", "\ue001"  # stand for a word of those lists; from Unicode's private use area
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i"})
_SPACES = re.compile(r"\s+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})
_FULL = {chr(wide): chr(wide - 0xFEE0) for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B))}
_SIGNS = _QUOTES | str.maketrans(_FULL)


@functools.lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """The text as words are looked up in it: one case and width, one kind of quotation mark, single spaces."""
    if text.isascii():
        return " ".join(text.replace("`", "'").lower().split())
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_SIGNS).casefold()).strip()


def bare(text: str) -> str:
    """A plain text without accents (é → e; the marks of Japanese syllables stay)."""
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text.translate(_LETTERS))
    kept = "".join(letter for letter in parts if not 0x0300 <= ord(letter) <= 0x036F)
    return unicodedata.normalize("NFC", kept)


@functools.cache
def _lists() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for file in sorted(importlib.resources.files("pipelines.rules").joinpath("words").iterdir(), key=lambda f: f.name):
        if file.name.startswith(("meetings.", "places.")):
            for section, lists in tomllib.loads(file.read_text("utf-8")).items():
                for name, words in lists.items():
                    found.setdefault(f"{section}.{name}", []).extend(words)
    found["place.provider"] = providers("names")
    found["place.conference"] = providers("conferences")
    found["title.remote"] = found["title.remote"] + found["place.provider"]
    return found


@functools.cache
def providers(name: str) -> list[str]:
    """A list of words/providers.toml: hosts, names, conferences, alone, neutral, maps."""
    file = importlib.resources.files("pipelines.rules").joinpath("words", "providers.toml")
    words: list[str] = tomllib.loads(file.read_text("utf-8"))[name]
    return words


@functools.cache
def weekdays() -> tuple[Finder, ...]:
    """For each day of the week, Monday first, the pattern of its names."""
    lists = _lists()["subject.weekdays"]
    days: list[list[str]] = [[] for _ in range(7)]
    for number, names in enumerate(lists):  # seven a language
        days[number % 7] += names.split("|")
    return tuple(_finder(names) for names in days)


@functools.cache
def entries(name: str) -> frozenset[str]:
    """The plain words of a list, for comparing a whole text, with and without their accents."""
    words = {plain(word) for word in _lists()[name]}
    return frozenset(words | {bare(word) for word in words})


@functools.cache
def pattern(name: str) -> Finder:
    """What finds the words of a list, in all languages."""
    return _finder(_lists()[name])


@functools.cache
def any_of(names: tuple[str, ...]) -> Finder:
    """What finds the words of several lists: whether any says anything is asked at the cost of one."""
    return _finder([word for name in names for word in _lists()[name]])


def _finder(words: Iterable[str]) -> Finder:
    spellings: dict[str, None] = {}
    for entry in words:
        spelled = plain(entry).replace("{remote}", REMOTE).replace("{together}", TOGETHER)
        spellings[spelled] = None
        if len(spelled) >= 5:
            spellings[bare(spelled)] = None
    return Finder(spellings)


@functools.lru_cache(maxsize=65536)
def searchable(text: str) -> str:
    """A text in which every pattern can be searched: as it is, without accents, and with the words of the two lists
    that phrases refer to replaced by their signs."""
    spelled = plain(text)
    plainer = bare(spelled)
    texts = [spelled] if plainer == spelled else [spelled, plainer]
    for name, sign in (("title.remote", REMOTE), ("title.together", TOGETHER)):
        replaced = pattern(name).sub(sign, spelled)
        if replaced != spelled:
            texts.append(replaced)
    return "\n".join(texts)


@functools.lru_cache(maxsize=262144)
def find(name: str, text: str) -> str:
    """The first word of a list that stands in a text, as it stands there in lower case; empty if none does."""
    found = pattern(name).search(searchable(text) if name.startswith("subject.") else _both(text))
    return found[0] if found else ""


@functools.lru_cache(maxsize=65536)
def mentions(names: tuple[str, ...], text: str) -> bool:
    """Whether a word of any of these lists stands in a text; for lists of titles and places."""
    return any_of(names).search(_both(text)) is not None


@functools.lru_cache(maxsize=65536)
def _both(text: str) -> str:
    spelled = plain(text)
    plainer = bare(spelled)
    return spelled if plainer == spelled else f"{spelled}\n{plainer}"
