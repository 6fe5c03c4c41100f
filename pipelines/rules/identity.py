"""Decide which cards, names and addresses are one person.

Matching goes from the surest evidence to the weakest: an address, a telephone number or profile, name and employer, a
login, the name alone. Each round gathers candidate pairs from keys that both must share (no pair is compared that
shares none), judges them, and joins the surest first; what speaks against is checked again at each joining. Everything
is done in an order that follows from the mentions themselves, so the order in which they come does not matter.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipelines.rules import boxes, evidence, names
from pipelines.rules.addresses import Box, box
from pipelines.rules.evidence import SURE, Link
from pipelines.rules.parties import Mention, Party, apart, firms_of, organization

ROUNDS = 4  # names learned in one round open the way to the next; more has never joined anything
WIDE = 60  # parties under one key: so many share it that it tells nobody apart


class People(NamedTuple):
    """Who is who. `person` has a number for each mention, in the order given: mentions with one number are one person.

    `joined` are the links that were followed, `asked` those that are not sure enough; both are between mentions.
    `shared` are the addresses (Box.key) that several persons use.
    """

    person: list[int]
    joined: list[Link]
    asked: list[Link]
    shared: frozenset[str]


def people(
    mentions: Sequence[Mention], together: Iterable[tuple[int, int]] = (), alone: frozenset[str] = frozenset()
) -> People:
    """Resolve mentions to people. `together` are pairs that the owner has said are one; `alone` are normal addresses
    that the owner has split off."""
    order = sorted(range(len(mentions)), key=lambda number: mentions[number])
    place = {number: rank for rank, number in enumerate(order)}
    found = _Matching([mentions[number] for number in order], alone)
    found.by_word([(place[one], place[two]) for one, two in together])
    found.by_address()
    found.by_keys("telephone number", lambda party: party.phones, 0.98)
    found.by_keys("profile", lambda party: party.profiles, 0.995)
    for _ in range(ROUNDS):
        if not found.by_name():
            break
    found.ask()
    return People(
        [found.root(place[number]) for number in range(len(mentions))],
        [link._replace(one=order[link.one], two=order[link.two]) for link in found.joined],
        [link._replace(one=order[link.one], two=order[link.two]) for link in found.asked],
        frozenset(found.shared),
    )


class _Matching:
    """The state of a matching over sorted mentions."""

    def __init__(self, mentions: list[Mention], alone: frozenset[str]) -> None:
        self.mentions = mentions
        self.parent = list(range(len(mentions)))
        self.alone = alone
        self.visitors: set[int] = set()
        self.shared: set[str] = set()
        self.joined: list[Link] = []
        self.asked: list[Link] = []
        self.candidates: list[Link] = []
        self.read = [names.read(mention.name) for mention in mentions]
        self.parties: dict[int, Party] = {}

    def root(self, number: int) -> int:
        while self.parent[number] != number:
            self.parent[number] = self.parent[self.parent[number]]
            number = self.parent[number]
        return number

    def join(self, link: Link) -> bool:
        one, two = self.root(link.one), self.root(link.two)
        if one == two:
            return False
        self.parent[max(one, two)] = min(one, two)
        if self.parties:
            self.parties[min(one, two)].absorb(self.parties.pop(max(one, two)))
        self.joined.append(link)
        return True

    def by_word(self, together: list[tuple[int, int]]) -> None:
        for one, two in sorted(together):
            self.join(Link(one, two, "your word", 1.0))

    def by_address(self) -> None:
        """Join what was seen on one address, where one person uses it; then lay out what is known of each party."""
        seen: dict[Box, list[boxes.Seen]] = defaultdict(list)
        for number, mention in enumerate(self.mentions):
            for address in mention.addresses:
                card = bool(mention.book)
                seen[box(address)].append(boxes.Seen(number, self.read[number], mention.seen, card))
        by_key: dict[str, list[tuple[Box, boxes.Seen]]] = defaultdict(list)
        for known, rows in seen.items():
            # what the owner has split off is one address, not all spellings that lead to the same box
            key = f"split:{known.address}" if known.address in self.alone else known.key
            by_key[key].extend((known, row) for row in rows)
        owned: dict[int, set[Box]] = defaultdict(set)
        for key in sorted(by_key):
            rows = by_key[key]
            known = min(row[0] for row in rows)
            split = key.startswith("split:")
            fallen = boxes.sharing(known, sorted({row[1] for row in rows if not (split and row[1].card)}))
            if fallen.shared:
                self.shared.add(known.key)
            for group in fallen.groups:
                for number in group[1:]:
                    self.join(Link(group[0], number, "address", 0.999))
            for number in fallen.visitors:
                self.visitors.add(number)
                self.join(Link(fallen.groups[0][0], number, "address", 0.95))
            if not fallen.shared:
                for one, row in rows:
                    owned[row.mention].add(one)
        self._lay_out(owned)

    def _lay_out(self, owned: dict[int, set[Box]]) -> None:
        for number, mention in enumerate(self.mentions):
            root = self.root(number)
            party = self.parties.setdefault(root, Party(first=root))
            name = self.read[number]
            if number not in self.visitors:
                for known in (name, *(names.read(other) for other in (name.other, *mention.other_names) if other)):
                    if known.kind in ("person", "single"):
                        party.names[known] = party.names.get(known, 0) + mention.seen * (1000 if mention.book else 1)
                if name.kind == "single":
                    party.logins.add(name.login)
            party.boxes |= owned.get(number, set())
            party.organizations |= {known for known in [organization(mention.organization)] if known}
            party.phones.update(mention.phones)
            party.profiles.update(mention.profiles)
            if mention.book:
                party.cards.setdefault(mention.book, []).append(mention)
            if not mention.book and self.alone.intersection(mention.addresses):
                party.alone = True
        for party in self.parties.values():
            party.firms = firms_of(party.boxes)
            party.logins |= {evidence.plain(known.login) for known in party.boxes if known.login}
            party.guessed = {name for known in party.boxes if (name := evidence.guessed(known)) is not None}

    def by_keys(self, rule: str, keys: "evidence.Keys", probability: float) -> None:
        """Join parties that share a telephone number or a profile, unless their names or others' claims speak against."""
        for _, roots in self._blocks(keys):
            for one, two in zip(roots, roots[1:], strict=False):
                mine, theirs = self.parties.get(self.root(one)), self.parties.get(self.root(two))
                if mine is None or theirs is None or mine is theirs:
                    continue
                if evidence.names_allow(mine, theirs) and not apart(mine, theirs):
                    self.join(Link(mine.first, theirs.first, rule, probability))
                else:
                    self.candidates.append(Link(mine.first, theirs.first, rule, 0.6))

    def by_name(self) -> int:
        """One round over all that names and logins tell. Returns how many were joined."""
        links: dict[tuple[int, int], Link] = {}
        for _, roots in self._blocks(evidence.name_keys):
            whole = len(roots) <= WIDE
            pairs = (
                ((one, two) for rank, one in enumerate(roots) for two in roots[rank + 1 :])
                if whole
                else zip(roots, roots[1:], strict=False)
            )
            for one, two in pairs:
                if (one, two) not in links:
                    link = evidence.judged(self.parties[one], self.parties[two])
                    links[one, two] = link or Link(one, two, "", 0.0)
        found = [link for link in links.values() if link.probability > 0]
        found = evidence.weighed(found, self.parties)
        count = 0
        for link in sorted(found, key=lambda link: (-link.probability, link.one, link.two)):
            one, two = self.parties.get(self.root(link.one)), self.parties.get(self.root(link.two))
            if one is None or two is None or one is two:
                continue
            if link.probability >= SURE and not apart(one, two):
                count += self.join(link)
            else:
                self.candidates.append(link)
        return count

    def ask(self) -> None:
        """Keep, of the links that were not followed, the best between each two parties."""
        best: dict[tuple[int, int], Link] = {}
        for link in self.candidates:
            one, two = sorted((self.root(link.one), self.root(link.two)))
            known = best.get((one, two))
            if one != two and link.probability < SURE and (known is None or link.probability > known.probability):
                best[one, two] = link
        self.asked = [best[pair] for pair in sorted(best)]

    def _blocks(self, keys: "evidence.Keys") -> list[tuple[str, list[int]]]:
        blocks: dict[str, list[int]] = defaultdict(list)
        for root in sorted(self.parties):
            for key in keys(self.parties[root]):
                blocks[key].append(root)
        return [(key, blocks[key]) for key in sorted(blocks) if len(blocks[key]) > 1]
