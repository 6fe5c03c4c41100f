"""Read the owner's corrections that say who is who."""

from collections.abc import Iterable, Mapping
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


def rulings(corrections: Iterable[tuple[str, str, str]], known: Mapping[str, str]) -> Rulings:
    """Read (kind, subject, value) in the order in which they were said: the last word on a pair stands.

    merge A B: both are one person. split ADDRESS: it is nobody else's; with a value: it is not that person's.
    ignore ADDRESS and not_a_person WHO: no contact. A and B are addresses, contact_ids or anchors; `known` maps the
    anchors to contact_ids.
    """
    of_contact: dict[str, set[str]] = {}
    for anchor, contact in known.items():
        of_contact.setdefault(contact, set()).add(anchor)

    def ends(who: str) -> frozenset[str]:
        who = who.strip()
        if who in of_contact:
            return frozenset(of_contact[who])
        address = normal(who)
        return frozenset({f"email:{address}"} if address else {who})

    pairs: dict[frozenset[frozenset[str]], tuple[str, frozenset[str], frozenset[str]]] = {}
    alone: set[str] = set()
    ignored: dict[str, str] = {}
    for kind, subject, value in corrections:
        one = ends(subject)
        address = normal(subject)
        if kind in ("merge", "split") and value:
            pairs[frozenset({one, ends(value)})] = (kind, one, ends(value))
            if kind == "merge":
                alone -= {address, normal(value)}
        elif kind == "split":
            alone.add(address)
        elif kind == "ignore":
            ignored.update(dict.fromkeys(one, IGNORED))
        elif kind == "not_a_person":
            ignored.update(dict.fromkeys(one, NO_PERSON))
    return Rulings(
        tuple((one, two) for kind, one, two in pairs.values() if kind == "merge"),
        tuple((one, two) for kind, one, two in pairs.values() if kind == "split"),
        frozenset(alone - {""}),
        ignored,
    )
