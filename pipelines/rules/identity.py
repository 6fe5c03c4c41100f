"""Decide which cards, names and addresses are one person.

Matching goes from the surest evidence to the weakest: an address, a telephone number or profile, name and employer, a
login, the name alone. Each round gathers candidate pairs from keys that both must share (no pair is compared that
shares none), judges them, and joins the surest first; what speaks against is checked again at each joining. Everything
is done in an order that follows from the mentions themselves, so the order in which they come does not matter.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from connectors.cycles import uncollected
from pipelines.rules import boxes, evidence, logins, names
from pipelines.rules.addresses import Box, box
from pipelines.rules.candidates import Index, Keys, hashed
from pipelines.rules.evidence import SURE, Link
from pipelines.rules.namesakes import Namesakes
from pipelines.rules.parties import Mention, Party, anchors_of, apart, firms_of, organization

ROUNDS = 4  # names learned in one round open the way to the next; more has never joined anything
_ASKED_ALL_THE_SAME = frozenset(["telephone number", "profile", "earlier match"])


class People(NamedTuple):
    """Who is who. `person` has a number for each mention, in the order given: mentions with one number are one person.

    `parties` hold, by that number, what is known of each person. `how` says by which rule and how surely a mention
    came to its person, for those that did not by an address. `asked` are links between mentions that are not sure
    enough. `shared` are the boxes (Box.key) that several persons use; `visitors` are mentions in which somebody else's name
    stands beside a person's address: it is no name of that person's.
    """

    person: list[int]
    parties: dict[int, Party]
    how: dict[int, tuple[str, float]]
    asked: list[Link]
    shared: frozenset[str]
    visitors: frozenset[int]


class Words(NamedTuple):
    """What the owner has said, and what was decided before. `together` and `apart` are pairs of mentions that are, or
    are not, one person; `alone` are normal addresses that are nobody else's. `earlier` maps anchors to contact_ids:
    who was one person before stays one unless something speaks against it."""

    together: Sequence[tuple[int, int]] = ()
    apart: Sequence[tuple[int, int]] = ()
    alone: frozenset[str] = frozenset()
    earlier: Mapping[str, str] = {}


@uncollected()
def people(mentions: Sequence[Mention], words: Words = Words()) -> People:  # noqa: B008 - immutable
    """Resolve mentions to people."""
    order = sorted(range(len(mentions)), key=lambda number: mentions[number])
    place = {number: rank for rank, number in enumerate(order)}
    found = _Matching([mentions[number] for number in order], words.alone)
    found.keep_apart([(place[one], place[two]) for one, two in words.apart])
    found.by_word([(place[one], place[two]) for one, two in words.together])
    found.by_address()
    found.by_keys("telephone number", lambda party: Keys(hashed(party.phones)), 0.98)
    found.by_keys("profile", lambda party: Keys(hashed(party.profiles)), 0.995)
    found.as_before(words.earlier)
    found.by_names()
    found.ask()
    return People(
        [found.root(place[number]) for number in range(len(mentions))],
        found.parties,
        {order[number]: how for number, how in found.how.items()},
        [link._replace(one=order[link.one], two=order[link.two]) for link in found.asked],
        frozenset(found.shared),
        frozenset(order[number] for number in found.visitors),
    )


class _Matching:
    """The state of a matching over sorted mentions."""

    def __init__(self, mentions: list[Mention], alone: frozenset[str]) -> None:
        self.mentions = mentions
        self.parent = list(range(len(mentions)))
        self.members: list[list[int]] = [[number] for number in range(len(mentions))]
        self.marks: dict[int, set[tuple[int, bool]]] = {}
        self.alone = alone
        self.visitors: set[int] = set()
        self.shared: set[str] = set()
        self.how: dict[int, tuple[str, float]] = {}
        self.asked: list[Link] = []
        self.candidates: list[Link] = []
        self.read = [names.read(mention.name) for mention in mentions]
        self.parties: dict[int, Party] = {}

    def root(self, number: int) -> int:
        while self.parent[number] != number:
            self.parent[number] = self.parent[self.parent[number]]
            number = self.parent[number]
        return number

    def keep_apart(self, pairs: list[tuple[int, int]]) -> None:
        for number, (one, two) in enumerate(pairs):
            self.marks.setdefault(one, set()).add((number, False))
            self.marks.setdefault(two, set()).add((number, True))

    def join(self, link: Link) -> bool:
        """Make two parties one, unless they are already, or the owner has said that they are not."""
        one, two = sorted((self.root(link.one), self.root(link.two)))
        if one == two or self._kept_apart(one, two):
            return False
        marks = self.marks.get(one, set()) | self.marks.get(two, set())
        if link.rule != "address":
            self._note(one, two, link)
        self.parent[two] = one
        self.members[one] += self.members[two]
        self.members[two] = []
        if marks:
            self.marks[one] = marks
        if self.parties:
            self.parties[one].absorb(self.parties.pop(two))
        return True

    def _kept_apart(self, one: int, two: int) -> bool:
        others = self.marks.get(two, set())
        return any((number, not side) in others for number, side in self.marks.get(one, set()))

    def _note(self, one: int, two: int, link: Link) -> None:
        """Say of the side that no card speaks for how it came to the other."""
        carded = [any(self.mentions[number].book for number in self.members[root]) for root in (one, two)]
        for number in self.members[one if carded[1] and not carded[0] else two]:
            self.how.setdefault(number, (link.rule, link.probability))

    def by_word(self, together: list[tuple[int, int]]) -> None:
        for one, two in sorted(together):
            self.join(Link(one, two, "your word", 1.0))

    def as_before(self, earlier: Mapping[str, str]) -> None:
        """Join again who was one contact before, so that nothing that is learned later takes people apart silently.

        An anchor that several hold now, like a couple's address, says of none of them who they were.
        """
        if not earlier:
            return
        known = {root: [one for one in anchors_of(self.parties[root]) if one in earlier] for root in self.parties}
        holders = Counter(one for held in known.values() for one in held)
        first: dict[str, int] = {}
        for root in sorted(known):
            for contact in sorted({earlier[anchor] for anchor in known[root] if holders[anchor] == 1}):
                one, two = self.parties[self.root(first.setdefault(contact, root))], self.parties[self.root(root)]
                if one is two:
                    continue
                link = Link(one.first, two.first, "earlier match", 0.97)
                if apart(one, two) or not evidence.names_allow(one, two) or not self.join(link):
                    self.candidates.append(link._replace(probability=0.6))

    def by_address(self) -> None:
        """Join what was seen on one address, where one person uses it; then lay out what is known of each party."""
        seen: dict[Box, list[boxes.Seen]] = defaultdict(list)
        for number, mention in enumerate(self.mentions):
            for address in mention.addresses:
                card = bool(mention.book)
                seen[box(address)].append(boxes.Seen(number, self.read[number], mention.seen, card))
        by_key: dict[str, list[tuple[Box, boxes.Seen]]] = defaultdict(list)
        for known, found in seen.items():
            # what the owner has split off is one address, not all spellings that lead to the same box
            key = f"split:{known.address}" if known.address in self.alone else known.key
            by_key[key].extend((known, row) for row in found)
        homes: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for key, rows in by_key.items():
            for lead, row in rows:
                if row.name.kind == "person" and not (lead.login or lead.dummy or lead.role):
                    homes[row.name.bare].add(key)
        owned: dict[int, set[Box]] = defaultdict(set)
        for key in sorted(by_key):
            rows = by_key[key]
            lead = min(spelling for spelling, _ in rows)
            split = key.startswith("split:")
            fallen = boxes.sharing(
                lead,
                sorted({row for _, row in rows if not (split and row.card)}),
                lambda name, key=key: bool(homes[name.bare] - {key}),  # type: ignore[misc]  # mypy can't infer it
            )
            if fallen.shared:
                self.shared.add(lead.key)
            for group in fallen.groups:
                for number in group[1:]:
                    self.join(Link(group[0], number, "address", 0.999))
            for number in fallen.visitors:
                self.visitors.add(number)
                self.join(Link(fallen.groups[0][0], number, "address", 0.95))
            self.visitors.update(fallen.guests)
            if not fallen.shared:
                for spelling, row in rows:
                    if row.mention not in fallen.guests:
                        owned[row.mention].add(spelling)
        self._lay_out(owned)

    def _lay_out(self, owned: dict[int, set[Box]]) -> None:
        for number, mention in enumerate(self.mentions):
            root = self.root(number)
            party = self.parties.setdefault(root, Party(first=root))
            name = self.read[number]
            if number not in self.visitors:
                for one in (name, *(names.read(other) for other in (name.other, *mention.other_names) if other)):
                    if one.kind in ("person", "single"):
                        party.names[one] = party.names.get(one, 0) + mention.seen * (1000 if mention.book else 1)
                if name.kind == "single":
                    party.logins |= {name.login}
            party.boxes |= owned.get(number, set())
            party.organizations |= {known for known in [organization(mention.organization)] if known}
            party.phones |= set(mention.phones)
            party.profiles |= set(mention.profiles)
            if mention.book:
                party.cards.setdefault(mention.book, []).append(mention)
            if not mention.book and self.alone.intersection(mention.addresses):
                party.alone = True
        for party in self.parties.values():
            party.firms = firms_of(party.boxes)
            party.logins |= {logins.plain(known.login) for known in party.boxes if known.login}
            found = [evidence.guessed(known) for known in party.boxes]
            found += [evidence.completed(given, known) for given in party.singles() for known in party.boxes]
            party.guessed = frozenset(name for name in found if name is not None)

    def by_keys(self, rule: str, keys: Callable[[Party], Keys], probability: float) -> None:
        """Join parties that share a number or a profile, unless their names or others' claims speak against."""
        for one, two in Index(keys).meetings(self.parties, set(self.parties)):
            mine, theirs = self.parties[self.root(one)], self.parties[self.root(two)]
            if mine is theirs:
                continue
            if evidence.names_allow(mine, theirs) and not apart(mine, theirs):
                self.join(Link(mine.first, theirs.first, rule, probability))
            else:
                self.candidates.append(Link(mine.first, theirs.first, rule, 0.6))

    def by_names(self) -> None:
        """Join by names and logins, until a round joins nothing more. A round looks only at who has changed."""
        index, judged = Index(evidence.name_keys), dict[tuple[int, int], Link]()
        namesakes = Namesakes(name for party in self.parties.values() for name in party.names)
        changed = set(self.parties)
        for _ in range(ROUNDS):
            for one, two in index.meetings(self.parties, changed):
                link = evidence.judged(self.parties[one], self.parties[two], namesakes)
                if link is not None:
                    judged[one, two] = link
            found = evidence.weighed(list(judged.values()), self.parties)
            touched: set[int] = set()
            for link in sorted(found, key=lambda link: (-link.probability, link.one, link.two)):
                one, two = self.root(link.one), self.root(link.two)
                if one == two:
                    continue
                if link.probability >= SURE and not apart(self.parties[one], self.parties[two]) and self.join(link):
                    touched |= {one, two}
                else:
                    self.candidates.append(link)
            if not touched:
                return
            # what was judged of parties that have not changed stands
            judged = {pair: link for pair, link in judged.items() if not touched.intersection(pair)}
            changed = touched & self.parties.keys()

    def ask(self) -> None:
        """Keep, of the links that were not followed, the best between each two parties."""
        best: dict[tuple[int, int], Link] = {}
        for link in self.candidates:
            one, two = sorted((self.root(link.one), self.root(link.two)))
            if one == two or link.probability >= SURE or self._kept_apart(one, two):
                continue
            if self.parties[one].alone or self.parties[two].alone:
                continue
            if link.rule not in _ASKED_ALL_THE_SAME and apart(self.parties[one], self.parties[two]):
                continue  # two cards of one name are no question
            if (one, two) not in best or link.probability > best[one, two].probability:
                best[one, two] = link
        self.asked = [best[pair] for pair in sorted(best)]
