"""Judge how surely two parties are one person, from their names, employers and logins."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from pipelines.rules import names, scripts
from pipelines.rules.addresses import Box
from pipelines.rules.likeness import (
    FAMILY,
    LIKE,
    NONE,
    OTHER,
    SAME,
    canonical,
    likeness,
    logins,
    nicknames_of,
    short_logins,
)
from pipelines.rules.names import Name
from pipelines.rules.parties import Party, alike, apart, same_firm

SURE = 0.95  # from here on two parties are joined; below it is a question for the owner

Keys: TypeAlias = Callable[[Party], Iterable[str]]


class Link(NamedTuple):
    """Two mentions (or parties, by their first mention) and how surely, by which rule, they are one person."""

    one: int
    two: int
    rule: str
    probability: float


@lru_cache(maxsize=200_000)
def plain(text: str) -> str:
    """Letters and digits only, in Latin."""
    return re.sub(r"[\W_]", "", scripts.latin(text))


@lru_cache(maxsize=400_000)
def guessed(known: Box) -> Name | None:
    """The full name that a local part is made of ("steven.silvester"), or None."""
    if known.role or known.dummy or known.machine or known.login:
        return None
    found = re.fullmatch(r"([^\W\d_]{2,}(?:[._][^\W\d_]+)?[._][^\W\d_]{2,})\d*", known.local)
    if not found:
        return None
    name = names.read(re.sub(r"[._]+", " ", found[1]))
    return name if name.kind == "person" else None


def name_keys(party: Party) -> set[str]:
    """The keys under which the party meets those whom it may be one with."""
    found: set[str] = set()
    for name in party.people():
        found |= _full_keys(name)
    strong, weak = _logins(party)
    found |= {
        f"login:{login}" for login in _longer(strong | weak) | {label for label in party.firms if len(label) >= 8}
    }
    return found


@lru_cache(maxsize=400_000)
def _full_keys(name: Name) -> frozenset[str]:
    if name.eastern:
        return frozenset({"same:" + "".join(name.bare)})
    bare = sorted(canonical(word) for word in name.bare)
    keys = {"same:" + " ".join(bare), "loose:" + " ".join(sorted(scripts.loose(word) for word in bare))}
    keys |= {"joined:" + "".join(map(canonical, name.words))}
    keys |= {f"login:{login}" for login in logins(name) | short_logins(name)}
    first, last = canonical(name.words[0]), canonical(name.words[-1])
    keys |= (
        {f"two:{one} {two}" for one in bare for two in bare if one < two}
        if len(bare) > 2
        else {"two:" + " ".join(bare)}
    )
    keys |= {f"nick:{last} {number}" for number in nicknames_of(name.words[0])}
    keys.add(f"initial:{last} {first[0]}")
    keys.add(f"initial:{first} {last[0]}")
    return frozenset(keys)


@lru_cache(maxsize=400_000)
def _local_login(known: Box) -> str:
    if known.role or known.dummy or known.machine or known.login:
        return ""
    local = plain(known.local)
    return local if len(local) >= 4 and not names.everyday(local) else ""


def _logins(party: Party) -> tuple[set[str], set[str]]:
    """Logins that the party goes by (a name that is one, a forge's user), and local parts of its addresses."""
    strong = {login for login in party.logins if len(login) >= 4 and not names.everyday(login)}
    weak = {login for known in party.boxes if (login := _local_login(known))}
    weak |= {bare for login in weak if len(bare := login.rstrip("0123456789")) >= 8}
    weak |= {_sorted_login(known) for known in party.boxes} - {""}
    return strong, weak - strong


@lru_cache(maxsize=400_000)
def _sorted_login(known: Box) -> str:
    """A local part of three words or more, whatever their order ("smith.daniel.br", "daniel.smith.br")."""
    words = re.split(r"[._-]+", known.local)
    return "".join(sorted(words)) if len(words) >= 3 and _local_login(known) else ""


def names_allow(one: Party, two: Party) -> bool:
    """Whether names don't speak against the two being one, where a number or a profile says that they are."""
    return alike(one, two) >= NONE and not (one.people() and two.people() and alike(one, two) in (FAMILY, OTHER))


def judged(one: Party, two: Party) -> Link | None:
    """How surely two parties are one person by names and logins; None if nothing says so."""
    level = max((likeness(name, other) for name in one.people() for other in two.people()), default=NONE)
    if level < NONE or level == FAMILY or apart(one, two):
        return None
    best = _by_name(one, two, level) if level >= LIKE else None
    # a given name alone proves nothing, but it may agree with what a login says
    known = level >= LIKE or (bool(one.people()) != bool(two.people()) and alike(one, two) >= LIKE)
    login = _by_login(one, two, known=known)
    if login is not None and (best is None or login.probability > best.probability):
        best = login
    return best


def _by_name(one: Party, two: Party, level: int) -> Link | None:
    firm = same_firm(one, two)
    carded = bool(one.cards and two.cards)
    # two boxes in one firm: the firm tells two people apart that way
    rivals = bool(
        one.firms & two.firms and {known.domain for known in one.boxes} & {known.domain for known in two.boxes}
    )
    rare = any(
        not names.common(name) and not names.common(other)
        for name in one.people()
        for other in two.people()
        if likeness(name, other) == level
    )
    ranked = _rank(one) != _rank(two)
    if level == SAME:
        if firm:
            return Link(one.first, two.first, "name and organization", 0.99 if rare or not rivals else 0.96)
        probability = 0.97 if rare else 0.85
        if ranked:
            probability -= 0.03
        if carded and one.organizations and two.organizations:
            probability -= 0.01 if not (one.boxes and two.boxes) else 0.1
        if _guesses(one) or _guesses(two):
            probability -= 0.01
        return Link(one.first, two.first, "name", round(probability, 3))
    if firm and not rivals:
        return Link(one.first, two.first, "similar name and organization", 0.96)
    return Link(one.first, two.first, "similar name", 0.8 if rare else 0.6)


def _guesses(party: Party) -> bool:
    return not any(name.kind == "person" for name in party.names)


def _rank(party: Party) -> str:
    return min((name.rank for name in party.names if name.rank), default="")


def _by_login(one: Party, two: Party, *, known: bool) -> Link | None:
    strong, weak = _logins(one)
    strong_too, weak_too = _logins(two)
    equal = (strong & strong_too) | (strong & weak_too) | (weak & strong_too)
    equal -= {word for name in (*one.people(), *two.people()) for word in name.words}
    if equal:
        longest = max(equal, key=lambda login: (len(login), login))
        if (known and not nicknames_of(longest)) or _distinctive(longest, one, two):
            return Link(one.first, two.first, "login", 0.965)
        return Link(one.first, two.first, "login", 0.8)
    full = {login for name in one.people() for login in logins(name)}
    full_too = {login for name in two.people() for login in logins(name)}
    written = full & (_longer(strong_too | weak_too) | two.firms)
    written |= full_too & (_longer(strong | weak) | one.firms)
    if written and max(map(len, written)) >= 8 and (known or not (one.people() and two.people())):
        return Link(one.first, two.first, "name written as a login", 0.96)
    short = {login for name in one.people() for login in short_logins(name)} & (strong_too | weak_too)
    short |= {login for name in two.people() for login in short_logins(name)} & (strong | weak)
    if short and max(map(len, short)) >= 5 and not (one.people() and two.people()):
        return Link(
            one.first, two.first, "initial and family name as a login", 0.955 if short & (strong | strong_too) else 0.8
        )
    local = weak & weak_too
    if local and known:
        return Link(one.first, two.first, "similar name and the same local part", 0.965)
    return None


def _longer(found: set[str]) -> set[str]:
    """The logins, and long ones without a last letter or two that were added to be unique."""
    return found | {login[:-cut] for login in found for cut in (1, 2) if len(login) - cut >= 10}


def _distinctive(login: str, one: Party, two: Party) -> bool:
    """Whether a login is nobody's given name by chance."""
    if len(login) >= 7 or (len(login) >= 6 and any(letter.isdigit() for letter in login)):
        return True
    return len(login) >= 5 and not nicknames_of(login) and _as_login(login, one) and _as_login(login, two)


def _as_login(login: str, party: Party) -> bool:
    return any(plain(known.login) == login for known in party.boxes if known.login) or any(
        name.login == login and name.shown.islower() for name in party.names
    )


def weighed(links: list[Link], parties: dict[int, Party]) -> list[Link]:
    """Take back what is not clear: where a party could as well be one of two who can't be one, only what is surer than
    a name decides."""
    rivals: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        rivals[link.one].append(link)
        rivals[link.two].append(link)
    return [_weighed(link, rivals, parties) for link in links]


def _weighed(link: Link, rivals: dict[int, list[Link]], parties: dict[int, Party]) -> Link:
    for end, other in ((link.one, link.two), (link.two, link.one)):
        for rival in rivals[end]:
            third = rival.two if rival.one == end else rival.one
            if third == other or rival.probability < link.probability - 0.005:
                continue
            if _two_people(parties[other], parties[third]):
                return link._replace(probability=0.6)
    return link


def _two_people(one: Party, two: Party) -> bool:
    if apart(one, two):
        return True
    mine, theirs = one.people(), two.people()
    return bool(mine and theirs) and max(likeness(name, other) for name in mine for other in theirs) in (OTHER, FAMILY)
