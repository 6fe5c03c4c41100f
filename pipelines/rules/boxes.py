"""Decide whose an address is when several names were seen on it."""

import re
from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from pipelines.rules.addresses import Box, firm, nowhere
from pipelines.rules.likeness import FAMILY, LIKE, likeness, renamed
from pipelines.rules.logins import plain
from pipelines.rules.names import Name
from pipelines.rules.parties import agree, names_box

_PERSONAL = re.compile(r"[^\W\d_]{2,}[._][^\W\d_]{2,}\d*")  # "ann.lee"
CROWD = 3  # unlike names on one address: that many are no aliases


class Seen(NamedTuple):
    """A name on an address: how often, and whether a card of the owner's says so."""

    mention: int
    name: Name
    seen: int
    card: bool


class Sharing(NamedTuple):
    """How the mentions of one address fall together: `groups` of one person each; `visitors` write from the address of
    the first group but are, by name, somebody else: no name of theirs is an alias. `guests` are visitors who have an
    address of their own elsewhere: they are not that person. `shared`: several persons use it."""

    groups: list[list[int]]
    visitors: list[int]
    shared: bool
    guests: list[int]


def sharing(box: Box, seen: list[Seen], elsewhere: Callable[[Name], bool]) -> Sharing:
    """Group the mentions of one box. `seen` is sorted; `elsewhere` tells whether a name was seen on other boxes, too."""
    if box.dummy or box.machine:
        return Sharing([[one.mention] for one in seen], [], True, [])
    people = _people([one for one in seen if one.name.kind == "person"])
    rest = [one for one in seen if one.name.kind != "person"]
    if len(people) <= 1:
        return _of_one(box, people[0] if people else [], rest)
    owner = _owner(box, people)
    if len(people) == 2 and not box.role and _renamed(box, *people):
        return Sharing([[one.mention for one in seen]], [], False, [])
    if box.login:  # an account at a forge is one person's, whatever it is called
        return Sharing([[one.mention for one in seen]], [], False, [])
    joined = [[one.mention for one in group] for group in people]
    if owner is None:
        return Sharing(joined + _by_single_names(people, joined, rest), [], True, [])
    mine = people[owner]
    visitors = [one.mention for number, group in enumerate(people) if number != owner for one in group if not one.card]
    hosts = [one.mention for one in mine] + [one.mention for one in rest]
    others = [[one.mention for one in group if one.card] for number, group in enumerate(people) if number != owner]
    if len(people) < CROWD and not _related(people) and not any(others):
        at_home = [any(elsewhere(one.name) for one in group) for group in people]
        if all(at_home) and not any(one.card or names_box(one.name, box) for one in mine):
            return Sharing(joined + _by_single_names(people, joined, rest), [], True, [])
        if any(home for number, home in enumerate(at_home) if number != owner):
            return Sharing([hosts], [], False, visitors)
        return Sharing([hosts], visitors, False, [])
    alone = [[mention] for mention in visitors]
    return Sharing([hosts, *(group for group in others if group), *alone], [], len(people) >= CROWD or any(others), [])


def _renamed(box: Box, before: list[Seen], after: list[Seen]) -> bool:
    """Whether two names on an address are one person's, whose given name it has, before and after a marriage."""
    given = {renamed(one.name, two.name) for one in before for two in after}
    return len(given) == 1 and all(name and name in plain(box.local) for name in given)


def _people(seen: list[Seen]) -> list[list[Seen]]:
    groups: list[list[Seen]] = []
    for one in seen:
        fitting = [group for group in groups if any(agree(one.name, other.name) for other in group)]
        merged = [one]
        for group in fitting:
            merged = group + merged
            groups.remove(group)
        groups.append(merged)
    return groups


def _of_one(box: Box, people: list[Seen], rest: list[Seen]) -> Sharing:
    """One person's name, and logins, offices or nothing: all of it is this person's, unless single names are a crowd."""
    singles = sorted({one.name.login for one in rest if one.name.kind == "single" and not _fits(one.name, people, box)})
    if (len(singles) >= CROWD and not _PERSONAL.fullmatch(box.local)) or (box.role and len(singles) > 1):
        fits = [one for one in rest if one.name.kind != "single" or _fits(one.name, people, box)]
        by_name = defaultdict(list)
        for one in rest:
            if one not in fits:
                by_name[one.name.login].append(one.mention)
        hosts = [one.mention for one in (*people, *fits)]
        return Sharing([group for group in (hosts, *by_name.values()) if group], [], True, [])
    return Sharing([[one.mention for one in (*people, *rest)]], [], False, [])


def _fits(single: Name, people: list[Seen], box: Box) -> bool:
    at_home = len(single.login) >= 5 and single.login in firm(box.domain)  # mail@chohner.com
    return at_home or any(likeness(single, one.name) >= LIKE for one in people) or names_box(single, box)


def _owner(box: Box, people: list[list[Seen]]) -> int | None:
    """Which group the address is, above all, of: by its local part, the owner's cards, or by far the most use."""
    if box.role:
        return None
    named = [number for number, group in enumerate(people) if any(names_box(one.name, box) for one in group)]
    carded = [number for number, group in enumerate(people) if any(one.card for one in group)]
    if len(carded) == 1 and (named == carded or not named):
        return carded[0]
    if len(carded) > 1:
        return None
    if len(named) == 1:
        return named[0]
    counts = [sum(one.seen for one in group) for group in people]
    most = counts.index(max(counts))
    if len(people) < CROWD and not _related(people) and not named:
        return most if counts.count(counts[most]) == 1 or nowhere(box.domain) else 0
    return most if counts[most] >= 9 * (sum(counts) - counts[most]) else None


def _related(people: list[list[Seen]]) -> bool:
    """Whether two of the names share the family name: a couple's address, rather than one person's two names."""
    return any(
        likeness(one.name, two.name) == FAMILY
        for number, group in enumerate(people)
        for other in people[number + 1 :]
        for one in group
        for two in other
    )


def _by_single_names(people: list[list[Seen]], joined: list[list[int]], rest: list[Seen]) -> list[list[int]]:
    """On a shared address a given name goes to the one whom it fits; what fits none or several stays by itself."""
    left = []
    for one in rest:
        fitting = [
            number
            for number, group in enumerate(people)
            if one.name.kind == "single" and any(likeness(one.name, other.name) >= LIKE for other in group)
        ]
        if len(fitting) == 1:
            joined[fitting[0]].append(one.mention)
        else:
            left.append([one.mention])
    return left
