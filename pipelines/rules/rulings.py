"""Read the owner's corrections that say who is who."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipelines.rules.addresses import normal
from pipelines.rules.discovery import IGNORED, NO_PERSON


class Rulings(NamedTuple):
    """The owner's word. An end of `together` and `apart` is a set of anchors, one of which is on each mention of the
    person: `email:` and a normal address, or another anchor that the contact is known by. `alone` are addresses split
    off from everybody; `ignored` says why an address, or any anchor, is no contact."""

    together: tuple[tuple[frozenset[str], frozenset[str]], ...]
    apart: tuple[tuple[frozenset[str], frozenset[str]], ...]
    alone: frozenset[str]
    ignored: dict[str, str]


class Said(NamedTuple):
    """One correction, as it was recorded."""

    correction_id: str
    kind: str
    subject: str
    value: str


WORDS = frozenset(["merge", "split", "ignore", "not_a_person", "skip"])  # kinds that say who is who


def standing(said: Sequence[Said]) -> list[Said]:
    """The corrections that were not taken back: an `undo` names the one that it takes back."""
    undone = {one.subject for one in said if one.kind == "undo"}
    return [one for one in said if one.kind != "undo" and one.correction_id not in undone]


def anchor(who: str) -> str:
    """The anchor that an address, or an anchor, is."""
    if who.startswith(("card:", "profile:", "email:")):
        return who
    address = normal(who)
    return f"email:{address}" if address else who


def rulings(said: Sequence[Said], known: Iterable[tuple[str, str]]) -> Rulings:
    """Read corrections in the order in which they were said: the last word on a pair stands.

    merge A B: both are one person. split ADDRESS: it is nobody else's; with a value: it is not that person's.
    ignore ADDRESS and not_a_person WHO: no contact. A and B are addresses, contact_ids or anchors; `known` has each
    anchor with each contact_id that it stands or stood for.
    """
    of_contact: dict[str, set[str]] = {}
    for one, contact in known:
        of_contact.setdefault(contact, set()).add(one)

    def ends(who: str) -> frozenset[str]:
        return frozenset(of_contact.get(who.strip()) or {anchor(who.strip())})

    pairs: dict[frozenset[frozenset[str]], tuple[str, frozenset[str], frozenset[str]]] = {}
    alone: set[str] = set()
    ignored: dict[str, str] = {}
    for _, kind, subject, value in standing(said):
        mine = ends(subject)
        address = normal(subject)
        if kind in ("merge", "split") and value:
            pairs[frozenset({mine, ends(value)})] = (kind, mine, ends(value))
            if kind == "merge":
                alone -= {address, normal(value)}
        elif kind == "split":
            alone.add(address)
            pairs = {ends_: pair for ends_, pair in pairs.items() if pair[0] == "split" or mine not in ends_}
        elif kind == "ignore":
            ignored.update(dict.fromkeys(mine, IGNORED))
        elif kind == "not_a_person":
            ignored.update(dict.fromkeys(mine, NO_PERSON))
    return Rulings(
        tuple((one, two) for kind, one, two in pairs.values() if kind == "merge"),
        tuple((one, two) for kind, one, two in pairs.values() if kind == "split"),
        frozenset(alone - {""}),
        ignored,
    )
