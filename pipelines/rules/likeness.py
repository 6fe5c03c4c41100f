"""Say how alike two people's names are."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from rapidfuzz.distance import OSA

from pipelines.rules import scripts
from pipelines.rules.names import Name

SAME = 4  # the same words, in any order, spelled or written in any usual way; a middle name more or less
LIKE = 3  # a nickname, an initial, a part of the other's name, one letter wrong
GIVEN = 2  # one given name, another family name: perhaps married
FAMILY = 1  # one family name, another given name: perhaps related
NONE = 0  # one of them is no person's name, or they can't be compared
OTHER = -1  # two names
_GENDER = re.compile(r"^(.+?)[eo]? \1(?:a|e|o|na|in|ne|ina|ine|ette|elle)$")


_GROUPS: list[list[str]] = tomllib.loads(
    files("pipelines.rules").joinpath("words/nicknames.toml").read_text(encoding="utf-8")
)["groups"]


def _nicknames() -> dict[str, frozenset[int]]:
    of: dict[str, set[int]] = {}
    for number, group in enumerate(_GROUPS):
        for name in group:
            of.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in of.items()}


_NICKNAMES = _nicknames()


def nicknames(one: str, two: str) -> bool:
    """Whether one given name may be a short, pet or other-language form of the other."""
    groups, others = _NICKNAMES.get(one), _NICKNAMES.get(two)
    return bool(groups and others and groups & others)


def nicknames_of(name: str) -> frozenset[int]:
    """The numbers of the nickname groups that a given name is in."""
    return _NICKNAMES.get(name, frozenset())


def canonical(word: str) -> str:
    """The form under which spellings of one word meet ("mueller" and "muller")."""
    return scripts.umlautless(word)


@lru_cache(maxsize=500_000)
def likeness(one: Name, two: Name) -> int:
    """How alike two names are: SAME … OTHER."""
    if "person" not in (one.kind, two.kind) or {one.kind, two.kind} & {"none", "joint", "office"}:
        if one.kind == two.kind == "single":
            return SAME if one.login == two.login else OTHER
        return NONE
    if one.eastern != two.eastern:
        return NONE
    if one.eastern:
        return SAME if "".join(one.bare) == "".join(two.bare) or one.login == two.login else OTHER
    if "single" in (one.kind, two.kind):
        single, full = (one, two) if one.kind == "single" else (two, one)
        return _single(single, full)
    if one.rank and two.rank and one.rank != two.rank:
        return OTHER
    loosely = one.foreign != two.foreign
    return _full(one, two, loosely=loosely)


def renamed(one: Name, two: Name) -> str:
    """The given name of two names whose family names differ, as whoever marries or divorces bears both for a while."""
    if one.eastern or two.eastern or {one.kind, two.kind} != {"person"}:
        return ""
    both = set(one.words) & set(two.words)
    given = both.pop() if len(both) == 1 else ""
    return given if len(given) > 1 and given in (one.words[0], two.words[0]) else ""


def _single(single: Name, full: Name) -> int:
    word = single.login
    if word == "".join(full.words) or word in written_logins(full):
        return SAME
    if word in full.words or nicknames(word, full.words[0]) or word in pet_logins(full):
        return LIKE
    return OTHER


@lru_cache(maxsize=200_000)
def written_logins(name: Name) -> frozenset[str]:
    """The logins that a full name makes when all of it is written in one ("joshuaswanson")."""
    if name.kind != "person" or name.eastern or len(name.words) < 2:
        return frozenset()
    first, last = name.words[0], name.words[-1]
    made = {"".join(name.words), "".join(name.bare), first + last, last + first, "".join((*name.words[1:], first))}
    return frozenset(login for login in made if len(login) >= 7)


@lru_cache(maxsize=200_000)
def pet_logins(name: Name) -> frozenset[str]:
    """The logins that a full name makes with another form of the given name ("jeffyancey" of Jeffrey Yancey)."""
    if name.kind != "person" or name.eastern or len(name.words) < 2:
        return frozenset()
    last = name.words[-1]
    forms = {form for group in nicknames_of(name.words[0]) for form in _GROUPS[group]} - {name.words[0]}
    return frozenset(login for form in forms for login in (form + last, last + form) if len(login) >= 7)


@lru_cache(maxsize=200_000)
def short_logins(name: Name) -> frozenset[str]:
    """The logins that leave a part of the name to an initial ("jswanson", "joshuas")."""
    if name.kind != "person" or name.eastern or len(name.words) < 2:
        return frozenset()
    first, last = name.words[0], name.words[-1]
    initials = "".join(word[0] for word in name.words[:-1])
    return frozenset({first[0] + last, initials + last, last + first[0], first + last[0]})


def _full(one: Name, two: Name, *, loosely: bool) -> int:
    form = (lambda word: scripts.loose(canonical(word))) if loosely else canonical
    if middles_differ(one, two):
        return OTHER
    mine, theirs = [form(word) for word in one.bare], [form(word) for word in two.bare]
    if sorted(mine) == sorted(theirs) and len(mine) >= 2:
        return SAME
    if "".join(map(form, one.words)) == "".join(map(form, two.words)):
        return SAME
    if len(mine) < 2 or len(theirs) < 2 or _has_initials(one) or _has_initials(two):
        found = _by_initials([form(word) for word in one.words], [form(word) for word in two.words])
        if found:
            return SAME if found == 2 else LIKE
    short, long = sorted((mine, theirs), key=len)
    if len(short) >= 2 and set(short) < set(long):
        longer = one if long is mine else two
        ends = {form(longer.words[0]), form(longer.words[-1])}
        return SAME if ends <= set(short) else LIKE
    first, other_first = form(one.words[0]), form(two.words[0])
    last, other_last = form(one.words[-1]), form(two.words[-1])
    if last == other_last or (last in theirs and other_last in mine):
        return _given_names(one, two)
    if first == other_first or nicknames(one.words[0], two.words[0]):
        if set(mine[1:]) & set(theirs[1:]) - {first}:
            return LIKE
        return LIKE if _slip(last, other_last) else GIVEN
    if (
        first == other_last
        and last != other_first
        and (nicknames(one.words[-1], two.words[0]) or _slip(last, other_first))
    ):
        return LIKE
    return OTHER


def middles_differ(one: Name, two: Name) -> bool:
    """Whether two otherwise equal names have middle names or initials of which none agree: John A. and John B. Carter."""
    if len(one.words) < 3 or len(two.words) < 3 or (one.words[0], one.words[-1]) != (two.words[0], two.words[-1]):
        return False
    return not any(_agree(mine, other) for mine in one.words[1:-1] for other in two.words[1:-1])


def _given_names(one: Name, two: Name) -> int:
    given, others = one.words[0], two.words[0]
    if (
        nicknames(given, others)
        or (len(one.words) > 2 and one.words[1] == others)
        or (len(two.words) > 2 and two.words[1] == given)
    ):
        return LIKE
    if _GENDER.search(f"{min(given, others, key=len)} {max(given, others, key=len)}"):
        return FAMILY  # Martin and Martina
    if _slip(given, others) or (
        min(len(given), len(others)) >= 3 and (given.startswith(others) or others.startswith(given))
    ):
        return LIKE
    if given[0] == others[0] and 1 in (len(given), len(others)):
        return LIKE
    return FAMILY


def _slip(one: str, two: str) -> bool:
    return min(len(one), len(two)) >= 6 and OSA.distance(one, two, score_cutoff=1) <= 1


def _has_initials(name: Name) -> bool:
    return any(len(word) == 1 for word in name.words)


def _by_initials(mine: list[str], theirs: list[str]) -> int:
    """2 if only middle initials differ, 1 if a first or last name is an initial of the other's, 0 if they can't agree."""
    if not _agree(mine[0], theirs[0]) or not _agree(mine[-1], theirs[-1]):
        return 0
    middle, others = mine[1:-1], theirs[1:-1]
    if middle and others and not any(_agree(one, two) for one in middle for two in others):
        return 0
    whole = mine[0] == theirs[0] and mine[-1] == theirs[-1] and min(len(mine[0]), len(mine[-1])) > 1
    return 2 if whole else 1


def _agree(one: str, two: str) -> bool:
    return one == two or (1 in (len(one), len(two)) and one[0] == two[0])
