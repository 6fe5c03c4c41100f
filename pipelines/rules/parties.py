"""Hold what is known of one party, a group of mentions that are one person's, and what speaks against joining two."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from pipelines.rules import scripts
from pipelines.rules.addresses import Box, firm, network, nowhere
from pipelines.rules.likeness import GIVEN, likeness
from pipelines.rules.names import Name

_LEGAL = frozenset(
    ["inc", "llc", "ltd", "llp", "lp", "plc", "co", "corp", "company", "corporation", "limited", "gmbh", "ag", "kg", "ug", "se", "ohg", "mbh", "sa", "sas", "sarl", "srl", "spa", "sl", "bv", "nv", "ab", "as", "oy", "aps"]
    + ["kk", "pty", "pvt", "sp", "zoo", "z", "o", "the", "and", "und", "et", "y", "e", "holding", "group", "gruppe", "groupe", "grupo", "cie", "ltda", "eireli", "株式会社", "有限公司"]
)  # fmt: skip
_NO_FIRM = frozenset(
    [
        "independent",
        "selfemployed",
        "freelance",
        "freelancer",
        "retired",
        "selbststandig",
        "freiberuflich",
        "independant",
        "autonomo",
        "autonoma",
        "freiberufler",
        "consultant",
        "student",
        "none",
        "na",
    ]
)
_NAMES_COMPARED = 6  # of a party; the most seen ones


class Mention(NamedTuple):
    """A card, or a name and address as they were seen together.

    `addresses` are normal (addresses.normal), `phones` E.164, `profiles` as addresses.profile makes them. `book` is the
    address book of a card, "" for a sighting; `key` tells cards apart. `seen` counts how often a sighting was made.
    """

    name: str
    addresses: tuple[str, ...]
    phones: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    organization: str = ""
    book: str = ""
    key: str = ""
    seen: int = 1
    other_names: tuple[str, ...] = ()


@dataclass(slots=True)
class Party:
    """Mentions that are one person's. Facts are sets, so that the order of joining does not matter."""

    first: int  # the smallest mention, which names the party
    names: dict[Name, int] = field(default_factory=dict)
    guessed: frozenset[Name] = frozenset()  # read from local parts, where no name was given
    boxes: frozenset[Box] = frozenset()
    organizations: frozenset[str] = frozenset()
    firms: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    profiles: frozenset[str] = frozenset()
    logins: frozenset[str] = frozenset()  # explicit ones: names that are logins, users of forges
    cards: dict[str, list[Mention]] = field(default_factory=dict)  # by book
    alone: bool = False  # the owner's word: this address is nobody else's
    people_found: list[Name] | None = None
    logins_found: tuple[frozenset[str], frozenset[str], frozenset[str]] | None = None

    def absorb(self, other: "Party") -> None:
        """Take over what is known of the other party."""
        self.first = min(self.first, other.first)
        for name, seen in other.names.items():
            self.names[name] = self.names.get(name, 0) + seen
        self.guessed |= other.guessed
        self.boxes |= other.boxes
        self.organizations |= other.organizations
        self.firms |= other.firms
        self.phones |= other.phones
        self.profiles |= other.profiles
        self.logins |= other.logins
        for book, cards in other.cards.items():
            self.cards.setdefault(book, []).extend(cards)
        self.alone = self.alone or other.alone
        self.people_found = self.logins_found = None

    def people(self) -> list[Name]:
        """Its full names, the most seen first; those guessed from local parts only where there is no other."""
        if self.people_found is None:
            full = [name for name in self.names if name.kind == "person"]
            ranked = sorted(full, key=lambda name: (-self.names[name], name)) if full else sorted(self.guessed)
            self.people_found = ranked[:_NAMES_COMPARED]
        return self.people_found

    def singles(self) -> list[Name]:
        """Its names of one word."""
        return sorted(name for name in self.names if name.kind == "single")


@lru_cache(maxsize=100_000)
def organization(text: str) -> str:
    """An organization's name as it is compared: plain words without legal forms; "" for none and for "self-employed"."""
    words = [word for word in re.split(r"[^\w]+", scripts.latin(text)) if word]
    kept = [word for word in words if word not in _LEGAL] or words
    return "" if "".join(kept) in _NO_FIRM else " ".join(kept)


@lru_cache(maxsize=200_000)
def same_organization(one: str, two: str) -> bool:
    """Whether two compared names (organization) are one firm's: equal, or one begins with the other's words."""
    if one == two or one.replace(" ", "") == two.replace(" ", ""):
        return True
    short, long = sorted((one.split(), two.split()), key=len)
    return long[: len(short)] == short and len("".join(short)) >= 4


@lru_cache(maxsize=200_000)
def at_firm(compared: str, label: str) -> bool:
    """Whether an organization's compared name and a domain's label (addresses.firm) are one firm's."""
    plain, bare = compared.replace(" ", ""), re.sub(r"[^a-z0-9]", "", label)
    if not plain or not bare:
        return False
    if plain == bare or (min(len(plain), len(bare)) >= 4 and (plain.startswith(bare) or bare.startswith(plain))):
        return True
    words = compared.split()
    if len(words) >= 2 and len(words[0]) >= 4 and bare.startswith(words[0]) and words[1][:3] in bare[len(words[0]) :]:
        return True
    return len(words) >= 3 and "".join(word[0] for word in words) == bare


def same_firm(one: Party, two: Party) -> bool:
    """Whether something says that both work, or worked, at one place."""
    if one.firms & two.firms:
        return True
    if any(same_organization(mine, theirs) for mine in one.organizations for theirs in two.organizations):
        return True
    return any(at_firm(mine, label) for mine in one.organizations for label in two.firms) or any(
        at_firm(theirs, label) for theirs in two.organizations for label in one.firms
    )


def alike(one: Party, two: Party) -> int:
    """How alike the two parties' names are, at best (likeness)."""
    mine, theirs = one.people() or one.singles(), two.people() or two.singles()
    return max((likeness(name, other) for name in mine for other in theirs), default=0)


def apart(one: Party, two: Party) -> bool:
    """Whether the two can't be one person, whatever their names."""
    if one.alone or two.alone:
        return True
    if _two_profiles(one.profiles, two.profiles):
        return True
    if any(
        _two_cards(card, other)
        for book in one.cards.keys() & two.cards.keys()
        for card in one.cards[book]
        for other in two.cards[book]
    ):
        return True
    if _ranks(one) and _ranks(two) and not _ranks(one) & _ranks(two):
        return True
    return bool(one.firms & two.firms) and _numbered(one.boxes, two.boxes)


def _ranks(party: Party) -> set[str]:
    return {name.rank for name in party.names if name.rank}


def _two_profiles(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Two profiles in one network are two people."""
    if mine & theirs:
        return False
    return bool({network(key) for key in mine} & {network(key) for key in theirs})


def _two_cards(card: Mention, other: Mention) -> bool:
    """Two cards of one book are two people unless one repeats or completes the other."""
    if set(card.addresses) & set(other.addresses) or set(card.phones) & set(other.phones):
        return False
    mine, theirs = organization(card.organization), organization(other.organization)
    if mine and theirs:
        return not same_organization(mine, theirs)
    return bool(card.addresses and other.addresses) or bool(card.phones and other.phones)


def _numbered(mine: Iterable[Box], theirs: Iterable[Box]) -> bool:
    """john.smith@firm and john.smith2@firm: a firm gives numbers to tell two people apart."""
    stems = {(re.sub(r"\d+$", "", box.local), box.domain): box.local for box in mine if _employs(box)}
    return any(
        _employs(box) and stems.get((re.sub(r"\d+$", "", box.local), box.domain), box.local) != box.local
        for box in theirs
    )


def _employs(box: Box) -> bool:
    return not (box.freemail or box.login or box.dummy or nowhere(box.domain)) and len(box.local) > 3


def names_box(name: Name, box: Box) -> bool:
    """Whether the local part is made of this name ("susan.whitcomb", "swhitcomb", "whitcomb")."""
    local = re.sub(r"[\W\d_]", "", scripts.latin(box.local))
    if len(local) < 3:
        return False
    parts = {part for part in re.split(r"[\W\d_]+", scripts.latin(box.local)) if len(part) >= 3}
    words = {word for word in name.words if len(word) >= 3}
    if parts & words or local in words:
        return True
    return bool(name.words) and any(len(word) >= 4 and word in local for word in name.words)


def agree(one: Name, two: Name) -> bool:
    """Whether two names may be one person's on one address: alike, a changed family name, or written in other letters."""
    level = likeness(one, two)
    if level < 0 and _loosely(one) == _loosely(two):
        return True
    return level >= GIVEN or (level == 0 and one.eastern != two.eastern)


def _loosely(name: Name) -> list[str]:
    return sorted(scripts.loose(word) for word in name.bare)


def firms_of(boxes: Iterable[Box]) -> frozenset[str]:
    """The labels of the firms that the boxes belong to."""
    return frozenset(
        label for box in boxes if not box.login and not nowhere(box.domain) and (label := firm(box.domain))
    )


def anchors_of(party: Party) -> list[str]:
    """What a person is known by again in a later rebuild: the addresses of cards first, then the cards themselves; numbers
    last, since they are given away and shared."""
    cards = [card for book in party.cards.values() for card in book]
    carded = sorted({f"email:{address}" for card in cards for address in card.addresses})
    seen = sorted({f"email:{known.address}" for known in party.boxes})
    others = sorted(f"profile:{key}" for key in party.profiles) + sorted(
        {f"card:{card.key}" for card in cards if card.key}
    )
    numbers = sorted(f"phone:{number}" for number in party.phones)
    return list(
        dict.fromkeys([*(anchor for anchor in carded if anchor in set(seen)), *others, *seen, *carded, *numbers])
    )
