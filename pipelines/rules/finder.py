"""Search texts for thousands of phrases at once.

A phrase is looked for where its first word stands, and only then is anything compiled: one pattern of all would take
a second to make, and most words of a list are never met. `word*` and `*word` also match longer words, ` .. ` stands
for up to four words between; a phrase is found only as whole words, but in eastern scripts, which have none.
"""

import functools
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

_GAP = r",?[^\S\n]+(?:\S+[^\S\n]+){0,4}?"  # on one line: a text may come in several spellings, one a line
_EASTERN = "\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef"
_WIDE = re.compile(f"[{_EASTERN}]")
_LETTER = rf"[^\W{_EASTERN}]"  # that would make a word longer: "Zoom会議" is a word, and then another
_WORD = re.compile(f"{_LETTER}+")
_STEM = 4  # letters by which words are grouped that may go on

Trie: TypeAlias = "dict[str, Trie]"


class _Words(NamedTuple):
    """The words of a text with where they begin; as sets, these words and their first letters; whether it has eastern ones."""

    placed: list[tuple[int, str]]
    seen: frozenset[str]
    stems: frozenset[str]
    eastern: bool


@functools.lru_cache(maxsize=65536)
def _words(text: str) -> _Words:
    placed = [(found.start(), found[0]) for found in _WORD.finditer(text)]
    seen = frozenset(word for _, word in placed)
    stems = frozenset([word[:_STEM] for word in seen])
    return _Words(placed, seen, stems, not text.isascii() and _WIDE.search(text) is not None)


class Finder:
    """Finds the first, and of those that begin there the longest, of these phrases, which are spelled as the texts are."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._whole: dict[str, list[str]] = {}  # by their first word
        self._stems: dict[str, list[str]] = {}  # whose first word may go on, by its first letters
        odd: list[str] = []
        ends: list[str] = []
        wide: list[str] = []
        mixed: list[str] = []
        for phrase in phrases:
            word = _WORD.match(phrase)
            if _WIDE.search(phrase):
                (wide if _WIDE.match(phrase.strip("*")) else mixed).append(phrase.strip("*"))
            elif phrase.startswith("*"):
                ends.append(phrase[1:])
            elif word is None or (phrase[word.end() : word.end() + 1] == "*" and len(word[0]) < _STEM):
                odd.append(phrase)
            elif phrase[word.end() : word.end() + 1] == "*":
                self._stems.setdefault(word[0][:_STEM], []).append(phrase)
            else:
                self._whole.setdefault(word[0], []).append(phrase)
        self._firsts = frozenset(self._whole)
        self._begins = frozenset(self._stems)
        self._made: dict[str, re.Pattern[str]] = {}
        self._made_eastern: dict[str, re.Pattern[str]] = {}
        self._odd, self._ends, self._wide, self._mixed = odd, ends, wide, mixed

    def search(self, text: str, start: int = 0) -> "re.Match[str] | None":
        """The first match from there on."""
        best: re.Match[str] | None = None
        words = _words(text)
        if not (self._firsts.isdisjoint(words.seen) and self._begins.isdisjoint(words.stems)):
            for at, word in words.placed:
                if at < start:
                    continue
                whole, stems = self._whole.get(word), self._stems.get(word[:_STEM])
                if whole is None and stems is None:
                    continue
                best = self._at(text, at, word, whole, stems, words.eastern)
                if best is not None:
                    break
        for other in self._everything if words.eastern else self._others:
            found = other.search(text, start)
            if found is not None and (best is None or found.start() < best.start()):
                best = found
        return best

    def match(self, text: str) -> "re.Match[str] | None":
        """The match with which the text begins."""
        found = self.search(text)
        return found if found is not None and found.start() == 0 else None

    def finditer(self, text: str) -> "Iterator[re.Match[str]]":
        """All matches, from left to right."""
        found = self.search(text)
        while found is not None:
            yield found
            found = self.search(text, max(found.end(), found.start() + 1))

    def sub(self, sign: str, text: str) -> str:
        """The text with each match replaced."""
        parts, at = [], 0
        for found in self.finditer(text):
            parts += [text[at : found.start()], sign]
            at = found.end()
        return "".join((*parts, text[at:])) if parts else text

    def _at(
        self, text: str, at: int, word: str, whole: list[str] | None, stems: list[str] | None, eastern: bool
    ) -> "re.Match[str] | None":
        """The longest match that begins with this word, of those phrases that may."""
        found = self._pattern(word, whole, eastern).match(text, at) if whole else None
        longer = self._pattern(f"{word[:_STEM]}*", stems, eastern).match(text, at) if stems else None
        return longer if longer is not None and (found is None or longer.end() > found.end()) else found

    def _pattern(self, key: str, phrases: list[str], eastern: bool) -> "re.Pattern[str]":
        kept = self._made_eastern if eastern else self._made
        made = kept.get(key)
        if made is None:  # that eastern letters end a word takes long to compile, and few texts have any
            made = kept[key] = _compiled("", phrases, f"(?!{_LETTER})" if eastern else r"(?!\w)")
        return made

    @functools.cached_property
    def _others(self) -> "tuple[re.Pattern[str], ...]":
        parts = ((r"(?<!\w)", self._odd, r"(?!\w)"), ("", self._ends, r"(?!\w)"))
        return tuple(_compiled(*part) for part in parts if part[1])

    @functools.cached_property
    def _everything(self) -> "tuple[re.Pattern[str], ...]":
        after = f"(?!{_LETTER})"
        parts = ((f"(?<!{_LETTER})", self._odd, after), ("", self._ends, after))
        easterns = ((f"(?=[{_EASTERN}])", self._wide, ""), ("", self._mixed, ""))
        return tuple(_compiled(*part) for part in (*parts, *easterns) if part[1])


def _compiled(before: str, phrases: list[str], after: str) -> "re.Pattern[str]":
    trie: Trie = {}
    for phrase in phrases:
        _insert(trie, phrase)
    return re.compile(f"{before}{_regex(trie)}{after}")


def _insert(trie: Trie, spelling: str) -> None:
    for element in _elements(spelling):
        trie = trie.setdefault(element, {})
    trie[""] = {}


def _elements(spelling: str) -> list[str]:
    found: list[str] = []
    for number, part in enumerate(spelling.split(" .. ")):
        if number:
            found.append(_GAP)
        found += map(_element, part)
    return found


@functools.cache
def _element(letter: str) -> str:
    return r"\w*" if letter == "*" else re.escape(letter)


def _regex(trie: Trie) -> str:
    branches = [element + _regex(below) for element, below in trie.items() if element]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 else "(?:" + "|".join(branches) + ")"
    return f"(?:{joined})?" if "" in trie else joined
