"""Judge how surely two parties are one person, from their names, employers and logins."""

import re
from array import array
from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from rapidfuzz.distance import OSA

from pipelines.rules import logins, names, scripts
from pipelines.rules.addresses import Box, nowhere
from pipelines.rules.candidates import Keys, hashed
from pipelines.rules.likeness import (
    FAMILY,
    LIKE,
    NONE,
    OTHER,
    SAME,
    canonical,
    likeness,
    middles_differ,
    nicknames_of,
    pet_logins,
    renamed,
    short_logins,
    written_logins,
)
from pipelines.rules.names import Name
from pipelines.rules.namesakes import Namesakes
from pipelines.rules.parties import Party, alike, apart, same_firm

SURE = 0.95  # from here on two parties are joined; below it is a question for the owner
SECOND = "name, and an address that is nobody's only one"


class Link(NamedTuple):
    """Two mentions (or parties, by their first mention) and how surely, by which rule, they are one person."""

    one: int
    two: int
    rule: str
    probability: float


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


def completed(given: Name, known: Box) -> Name | None:
    """The full name that a given name and a local part make together (Marcin at "podhajskimarcin"), or None."""
    if known.role or known.dummy or known.machine or known.login or len(given.login) < 3:
        return None
    local = logins.plain(known.local).rstrip("0123456789")
    rest = local.removeprefix(given.login) if local.startswith(given.login) else local.removesuffix(given.login)
    if rest == local or len(rest) < 4 or not rest.isalpha():
        return None
    name = names.read(f"{given.login} {rest}")
    return name if name.kind == "person" else None


def name_keys(party: Party) -> Keys:
    """The keys under which the party meets those whom it may be one with."""
    people = party.people()
    if len(people) == 1:
        asking, answering = _full_keys(people[0])
    else:
        asking, answering = array("q"), array("q")
        for name in people:
            asks, answers = _full_keys(name)
            asking, answering = asking + asks, answering + answers
    strong, weak, wide = logins.of(party)
    asking = asking + hashed(f"login:{login}" for login in strong | weak)
    if _guesses(party):
        asking += hashed(f"made:{made}" for made in wide | party.firms)
    return Keys(asking, answering)


@lru_cache(maxsize=400_000)
def _full_keys(name: Name) -> tuple["array[int]", "array[int]"]:
    """The keys that ask, and those that answer."""
    if name.eastern:
        return hashed(["same:" + "".join(name.bare)]), array("q")
    bare = sorted(canonical(word) for word in name.bare)
    words = [canonical(word) for word in name.words]
    first, last = words[0], words[-1]
    made = written_logins(name) | short_logins(name) | pet_logins(name)
    asking = ["same:" + " ".join(bare), "joined:" + "".join(words)]
    asking += [f"nick:{last} {number}" for number in nicknames_of(name.words[0])]
    answering = [f"made:{login}" for login in made]
    pairs = [f"two:{one} {two}" for one, two in combinations(bare, 2)]
    initials = [f"initial:{last} {first[0]}", f"initial:{first} {last[0]}"]
    # what was written in other letters looks for what was not
    loose = ["loose:" + " ".join(sorted(scripts.loose(word) for word in bare))]
    for asks, texts in ((len(bare) > 2, pairs), (1 in (len(first), len(last)), initials), (name.foreign, loose)):
        (asking if asks else answering).extend(texts)
    return hashed(asking), hashed(answering)


def names_allow(one: Party, two: Party) -> bool:
    """Whether names don't speak against the two being one, where a number or a profile says that they are."""
    return alike(one, two) >= NONE and not (one.people() and two.people() and alike(one, two) in (FAMILY, OTHER))


def judged(one: Party, two: Party, namesakes: Namesakes) -> Link | None:
    """How surely two parties are one person by names and logins; None if nothing says so."""
    level = max((likeness(name, other) for name in one.people() for other in two.people()), default=NONE)
    if level < NONE or level == FAMILY or apart(one, two):
        return None
    if any(middles_differ(name, other) for name in one.people() for other in two.people()):
        return None
    best = _by_name(one, two, level, namesakes) if level >= LIKE else None
    # a given name alone proves nothing, but it may agree with what a login says
    known = level >= LIKE or (bool(one.people()) != bool(two.people()) and alike(one, two) >= LIKE)
    login = _by_login(one, two, namesakes, known=known)
    if login is not None and (best is None or login.probability > best.probability):
        best = login
    return best


def _by_name(one: Party, two: Party, level: int, namesakes: Namesakes) -> Link | None:
    firm = same_firm(one, two)
    carded = bool(one.cards and two.cards)
    # two boxes in one firm: the firm tells two people apart that way
    rivals = bool(
        one.firms & two.firms and {known.domain for known in one.boxes} & {known.domain for known in two.boxes}
    )
    rare = any(
        not namesakes.easily(name) and not namesakes.easily(other)
        for name in one.people()
        for other in two.people()
        if likeness(name, other) == level
    )
    ranked = _rank(one) != _rank(two)
    if level == SAME:
        if not (rare or firm) and _mistyped(one, two):
            return Link(one.first, two.first, "name and nearly the same address", 0.96)
        if not (rare or firm) and _second(one) != _second(two):
            return Link(one.first, two.first, SECOND, 0.95)
        if firm:
            return Link(one.first, two.first, "name and organization", 0.99 if rare or not rivals else 0.96)
        if not rare and _renamed(one) != _renamed(two):
            return Link(one.first, two.first, "name, and the name that it became", 0.96)
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
    if rare and _begins(one, two):
        return Link(one.first, two.first, "name, and a family name more", 0.955)
    return Link(one.first, two.first, "similar name", 0.8 if rare else 0.6)


def _begins(one: Party, two: Party) -> bool:
    """Whether one's whole name begins the other's: "Ana Lima", and "Ana Lima Costa"."""
    names_ = [(name.words, other.words) for name in one.people() for other in two.people()]
    return any(
        len(short) > 1 and len(long) == len(short) + 1 and long[: len(short)] == short and min(map(len, long)) > 2
        for short, long in ((min(pair, key=len), max(pair, key=len)) for pair in names_)
    )


def _renamed(party: Party) -> bool:
    return any(renamed(name, other) for name, other in combinations(party.people(), 2))


def _mistyped(one: Party, two: Party) -> bool:
    """Whether two addresses differ in one letter; a digit would tell two people apart."""
    return any(
        mine.domain == theirs.domain
        and min(len(mine.local), len(theirs.local)) >= 8
        and re.sub(r"\D", "", mine.local) == re.sub(r"\D", "", theirs.local)
        and OSA.distance(mine.local, theirs.local, score_cutoff=1) <= 1
        for mine in one.boxes
        for theirs in two.boxes
    )


def _second(party: Party) -> bool:
    """Whether nobody has only addresses like these: a forge's for those who hide theirs, or one that leads nowhere."""
    return not party.cards and bool(party.boxes) and all(known.login or nowhere(known.domain) for known in party.boxes)


def _guesses(party: Party) -> bool:
    return not any(name.kind == "person" for name in party.names)


def _rank(party: Party) -> str:
    return min((name.rank for name in party.names if name.rank), default="")


def _by_login(one: Party, two: Party, namesakes: Namesakes, *, known: bool) -> Link | None:
    strong, weak, _ = logins.of(one)
    strong_too, weak_too, _ = logins.of(two)
    mine, theirs = strong | weak, strong_too | weak_too
    both = mine & theirs
    equal = both & (strong | strong_too)
    if equal:
        equal -= {word for name in (*one.people(), *two.people()) for word in name.words}
    if equal:
        longest = max(equal, key=lambda login: (len(login), login))
        if (known and not nicknames_of(longest)) or (
            not namesakes.bear(longest) and logins.distinctive(longest, one, two)
        ):
            return Link(one.first, two.first, "login", 0.965)
        return Link(one.first, two.first, "login", 0.8)
    if _guesses(one) or _guesses(two):
        written = _made(one, two, written_logins, 8) | _made(two, one, written_logins, 8)
        if written:
            return Link(one.first, two.first, "name written as a login", 0.96)
        if known and (_made(one, two, pet_logins, 7) or _made(two, one, pet_logins, 7)):
            return Link(one.first, two.first, "name written as a login", 0.96)
        short = _made(one, two, short_logins, 5) | _made(two, one, short_logins, 5)
        if short:
            probability = 0.955 if short & (strong | strong_too) else 0.8
            return Link(one.first, two.first, "initial and family name as a login", probability)
    if known and weak & weak_too:
        probability = 0.8 if _only_initial(one, two, weak & weak_too) else 0.965
        return Link(one.first, two.first, "similar name and the same local part", probability)
    return None


def _only_initial(one: Party, two: Party, both: frozenset[str]) -> bool:
    """Whether a local part says no more than an initial does, of a family name that many bear: rgupta of R. Gupta."""
    for party, other in ((one, two), (two, one)):
        full = [name for name in party.people() if len(name.words[0]) > 1]
        short = [name for name in party.people() if len(name.words[0]) == 1 and names.widespread(name.words[-1])]
        if short and not full and all(both <= short_logins(name) for name in short) and other.people():
            return True
    return False


def _made(named: Party, other: Party, making: Callable[[Name], frozenset[str]], shortest: int) -> set[str]:
    """The logins of the one that the other's full names make."""
    wide = logins.of(other)[2]
    return {
        login
        for name in named.people()
        for login in making(name)
        if len(login) >= shortest and (login in wide or login in other.firms)
    }


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
            if third == other:
                continue
            if link.rule == SECOND and rival.rule in (SECOND, "name") and _second(parties[end]):
                return link._replace(probability=0.8)  # it may be either's, as long as they are two
            if rival.probability < link.probability - 0.005:
                continue
            if _two_people(parties[other], parties[third]):
                return link._replace(probability=0.6)
    return link


def _two_people(one: Party, two: Party) -> bool:
    if apart(one, two):
        return True
    mine, theirs = one.people(), two.people()
    return bool(mine and theirs) and max(likeness(name, other) for name in mine for other in theirs) in (OTHER, FAMILY)
