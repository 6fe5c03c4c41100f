"""Look people up by what one calls them: whole names, given names and their short forms, family names, initials."""

import functools
import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import NamedTuple

from pipelines.rules import names, scripts

_SPACES = re.compile(r"[\s・·,]+")
COMPOUND = ("欧阳", "司马", "诸葛", "上官", "歐陽", "司馬", "諸葛")


class Person(NamedTuple):
    """A contact as one may be called: `firsts` are given names as written, `givens` their short forms, too. `families` and `givens` are plain Latin words, or as written in eastern scripts."""

    contact: str
    firsts: frozenset[str]
    givens: frozenset[str]
    families: frozenset[str]
    wholes: frozenset[str]  # eastern names, without spaces
    organization: frozenset[str]
    phones: frozenset[str]
    boxes: frozenset[str] = frozenset()

    def stands_in(self, title: str) -> bool:
        """Whether a title has one of the person's names."""
        called = self.givens | self.families
        if not called.isdisjoint(re.findall(r"[^\W\d_]{2,}", scripts.latin(title))):
            return True
        together = "".join(title.split())
        return any(name in together for name in called | self.wholes if scripts.eastern(name))

    def lives_with(self, other: "Person") -> bool:
        """Whether the two share an address or a telephone, as couples and families do."""
        return self.contact != other.contact and not (
            self.boxes.isdisjoint(other.boxes) and self.phones.isdisjoint(other.phones)
        )


@functools.cache
def _nicknames() -> dict[str, frozenset[str]]:
    text = files("pipelines.rules").joinpath("words/nicknames.toml").read_text(encoding="utf-8")
    groups: list[list[str]] = tomllib.loads(text)["groups"]
    called: dict[str, frozenset[str]] = {}
    for group in groups:  # the first is the whole name, the others what its bearers are called
        called[group[0]] = called.get(group[0], frozenset()) | frozenset(group[1:])
    return called


@functools.cache
def given_names() -> frozenset[str]:
    """All given names of the list of nicknames: words that mean a person."""
    return frozenset(name for whole, short in _nicknames().items() for name in (whole, *short))


def person(
    contact: str,
    shown: str,
    others: Iterable[str],
    organization: str,
    phones: Iterable[str],
    boxes: Iterable[str] = (),
    nicknames: Iterable[str] = (),
) -> Person:
    """What a contact may be called, from the names on cards and in mails, and the nicknames on cards."""
    firsts: set[str] = set()
    families: set[str] = set()
    wholes: set[str] = set()
    parts: set[str] = set()  # of a double given name the first: Hans-Peter may be called Hans
    for text in (shown, *others):
        if scripts.eastern(text):
            _eastern(text, firsts, families, wholes)
            continue
        words = names.read(text).words
        long = [word for word in words if len(word) > 1]
        if not long:
            continue
        hyphened = {scripts.latin(part).strip(" ,").replace(" ", "") for part in text.split() if "-" in part}
        given = {part for part in hyphened if part.startswith(f"{long[0]}-")}
        firsts |= given or {long[0]}
        parts |= {long[0]} if given else set()
        families |= set(long[-1:] if len(long) > 1 else ()) | (hyphened - given)
    pets = {one if scripts.eastern(one) else scripts.latin(one) for nickname in nicknames if (one := nickname.strip())}
    firsts |= pets
    firm = frozenset(word for word in re.findall(r"[^\W\d_]{4,}", scripts.latin(organization)))
    givens = parts | firsts.union(*(_nicknames().get(first, ()) for first in firsts))
    return Person(
        contact,
        frozenset(firsts),
        frozenset(givens),
        frozenset(families),
        frozenset(wholes),
        firm,
        frozenset(phones),
        frozenset(boxes),
    )


def _eastern(text: str, givens: set[str], families: set[str], wholes: set[str]) -> None:
    parts = [part for part in _SPACES.split(names.read(text).shown) if scripts.eastern(part)]
    whole = "".join(parts)
    if not 2 <= len(whole) <= 8:
        return
    wholes.add(whole)
    if len(parts) > 1:
        families.add(parts[0])
        givens.add(parts[1])
    elif len(whole) == 4 or whole.startswith(COMPOUND):
        families.add(whole[:2])
        givens.add(whole[2:])
    else:
        families |= {whole[:1], whole[:2]} if len(whole) == 3 else {whole[:1]}
        givens.add(whole[1:])


class Directory:
    """All contacts, by each word that they may be called by."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.people = list(people)
        self.by_given: dict[str, list[Person]] = {}
        self.by_family: dict[str, list[Person]] = {}
        self.by_whole: dict[str, list[Person]] = {}
        for one in self.people:
            for table, words in (
                (self.by_given, one.givens),
                (self.by_family, one.families),
                (self.by_whole, one.wholes),
            ):
                for word in words:
                    table.setdefault(word, []).append(one)

    def called(self, word: str) -> list[Person]:
        """Those whose given name or family name a plain word is."""
        return [*self.by_given.get(word, ()), *self.by_family.get(word, ())]

    def whole(self, given: str, family: str) -> list[Person]:
        """Those whose given name and family name these are, in either order."""
        found = [one for one in self.by_family.get(family, ()) if given in one.givens]
        return found or [one for one in self.by_family.get(given, ()) if family in one.givens]

    def beginning(self, given: str, family: str) -> list[Person]:
        """Those of this family name whose given name begins so."""
        return [one for one in self.by_family.get(family, ()) if any(name.startswith(given) for name in one.firsts)]

    def named(self, text: str) -> list[Person]:
        """Those whose name a guest's display name is."""
        if scripts.eastern(text):
            return self.by_whole.get("".join(_SPACES.split(names.read(text).shown)), [])
        words = [word for word in names.read(text).words if len(word) > 1]
        return self.whole(words[0], words[-1]) if len(words) > 1 else []
