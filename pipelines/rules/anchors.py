"""Keep each contact's number for ever, whatever is learned of it later."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no letter that looks like another
LENGTH = 8


def made(anchor: str, length: int = LENGTH) -> str:
    """A short opaque number that follows from the anchor alone."""
    digest = int.from_bytes(hashlib.blake2b(anchor.encode(), digest_size=16).digest(), "big")
    return "".join(_LETTERS[digest >> 5 * place & 31] for place in range(length))


def numbered(people: Sequence[Sequence[str]], known: Mapping[str, str]) -> list[str]:
    """A contact_id for each person, given by its anchors (addresses, cards …, the best first). `known` maps anchors to
    the contact_ids that they had before: whoever holds most of an old contact's anchors keeps its number."""
    votes = [Counter(known[anchor] for anchor in anchors if anchor in known) for anchors in people]
    claims = sorted(
        (-count, min(anchors), contact, number)
        for number, (anchors, counted) in enumerate(zip(people, votes, strict=True))
        for contact, count in counted.items()
    )
    given: dict[int, str] = {}
    taken: set[str] = set()
    for _, _, contact, number in claims:
        if number not in given and contact not in taken:
            given[number] = contact
            taken.add(contact)
    taken.update(known.values())  # a number that is out of use is never given to somebody else
    for number in sorted(set(range(len(people))) - given.keys(), key=lambda number: people[number][0]):
        given[number] = _fresh(people[number][0], taken)
        taken.add(given[number])
    return [given[number] for number in range(len(people))]


def former(retired: Iterable[tuple[str, str]], now: Mapping[str, str]) -> dict[str, str]:
    """Who a contact_id that is out of use means today: whoever holds most of its old anchors. `retired` has anchors with
    contact_ids that they stood for, `now` the contact_id of each anchor."""
    votes: dict[str, Counter[str]] = {}
    for anchor, contact in retired:
        votes.setdefault(contact, Counter())[now.get(anchor, contact)] += 1
    used = set(now.values())
    return {
        contact: min(counted, key=lambda one: (-counted[one], one))
        for contact, counted in votes.items()
        if contact not in used
    }


def _fresh(anchor: str, taken: set[str]) -> str:
    return next(found for turn in range(1_000) if (found := made(anchor + "\n" * turn)) not in taken)
