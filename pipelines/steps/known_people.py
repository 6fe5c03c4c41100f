"""Turn people that were told apart into contacts with their addresses, correspondents and questions."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipelines.rules import addresses, anchors, discovery, names, portraits
from pipelines.rules.discovery import Exchange
from pipelines.rules.identity import People
from pipelines.rules.likeness import SAME, likeness
from pipelines.rules.parties import anchors_of
from pipelines.rules.portraits import Portrait
from pipelines.steps.mentions import Card, Gathered
from pipelines.steps.people_tables import Address, Contact, ContactCard, Correspondent, Question

_TOLD = "card:talk:"  # begins the anchor of somebody whom messages alone tell of, by name
ON_A_FIRM = "Its card is an organization's, not a person's."


@dataclass
class Known:
    """The rows of the step's tables, and the contact_id of each anchor."""

    contacts: list[Contact] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    cards: list[ContactCard] = field(default_factory=list)
    correspondents: list[Correspondent] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    anchors: dict[str, str] = field(default_factory=dict)


def known_people(
    gathered: Gathered,
    people: People,
    ignored: Mapping[str, str],
    known: Mapping[str, str],
    mournings: list[str],
    *,
    discover: bool = True,
) -> Known:
    """Judge every person, and lay out what is kept of them. `known` has the contact_ids of earlier rebuilds."""
    groups: dict[int, list[int]] = defaultdict(list)
    for number, person in enumerate(people.person):
        groups[person].append(number)
    reasons: dict[int, str] = {}
    for person, members in groups.items():
        reason = _reason(gathered, people, person, members, ignored, discover=discover)
        if reason is not None:
            reasons[person] = reason
    kept = sorted(groups.keys() - reasons.keys())
    held = _held(people, kept, known)
    numbers = anchors.numbered(held, known)
    contact_of = dict(zip(kept, numbers, strict=True))
    found = Known()
    for stood_for, (person, contact_id) in zip(held, contact_of.items(), strict=True):
        found.contacts.append(_contact(gathered, people, contact_id, groups[person]))
        found.addresses += _addresses(gathered, people, contact_id, groups[person])
        found.cards += [_card(card, contact_id) for card in _cards(gathered, groups[person]) if not card.talk]
        found.anchors.update(dict.fromkeys(stood_for, contact_id))
    found.contacts = _mourned(sorted(found.contacts), mournings)
    found.addresses = _shared_out(sorted(found.addresses))
    found.correspondents = _correspondents(gathered, people, groups, reasons, found.addresses)
    found.questions = _questions(people, contact_of, reasons)
    return found


def _held(people: People, kept: list[int], known: Mapping[str, str]) -> list[list[str]]:
    """The anchors of each person; to the only one of a name, also those of somebody whom messages alone had told by it."""
    held = [anchors_of(people.parties[person]) for person in kept]
    by_name: dict[str, list[int]] = defaultdict(list)
    if any(anchor.startswith(_TOLD) for anchor in known):
        for number, person in enumerate(kept):
            for words in {tuple(sorted(name.words)) for name in people.parties[person].people()}:
                by_name[f"{_TOLD}{' '.join(words)}"].append(number)
    for anchor, numbers in by_name.items():
        if anchor in known and len(numbers) == 1 and anchor not in held[numbers[0]]:
            held[numbers[0]].append(anchor)
    return held


def _cards(gathered: Gathered, members: list[int]) -> list[Card]:
    return [gathered.cards[number] for number in members if number < len(gathered.cards)]


def _card(card: Card, contact_id: str) -> ContactCard:
    said = card.portrait
    return ContactCard(
        contact_id, card.source, said.form, card.place, card.key, said.name, said.organization, said.title
    )


def _reason(
    gathered: Gathered,
    people: People,
    person: int,
    members: list[int],
    ignored: Mapping[str, str],
    *,
    discover: bool,
) -> str | None:
    """Why this person is no contact."""
    said = sorted({ignored[anchor] for anchor in _all_anchors(gathered, members) if anchor in ignored})
    if said:
        return said[0]
    if _cards(gathered, members):
        return None
    boxes = sorted(people.parties[person].boxes)
    if not boxes:
        return discovery.SHARED
    exchanges = [gathered.exchanges.get(box.address, Exchange()) for box in boxes]
    box = min(zip(boxes, exchanges, strict=True), key=lambda both: (both[0].role, -sum(both[1]), both[0]))[0]
    together = Exchange()
    for one in exchanges:
        together = together.plus(one)
    shown = _best_name(gathered, members)
    judged = discovery.Correspondent(box, names.read(shown) if shown else None, together)
    if any(box.address in gathered.firms for box in boxes):
        return ON_A_FIRM
    return discovery.not_a_contact(judged, discover=discover)


def _all_anchors(gathered: Gathered, members: list[int]) -> set[str]:
    mentions = [gathered.mentions[number] for number in members]
    found = {f"email:{address}" for mention in mentions for address in mention.addresses}
    found |= {f"profile:{key}" for mention in mentions for key in mention.profiles}
    return found | {f"card:{mention.key}" for mention in mentions if mention.key}


def _portraits(gathered: Gathered, members: list[int]) -> list[Portrait]:
    cards = [card.portrait for card in _cards(gathered, members)]
    seen = [gathered.mentions[number] for number in members if number >= len(gathered.cards)]
    return cards + [Portrait("", mention.name, seen=mention.seen) for mention in seen if mention.name]


def _best_name(gathered: Gathered, members: list[int]) -> str:
    return portraits.best_name(_portraits(gathered, members))


def _contact(gathered: Gathered, people: People, contact_id: str, members: list[int]) -> Contact:
    cards = _cards(gathered, members)
    seen = [gathered.mentions[number] for number in members if number >= len(gathered.cards)]
    portrayed = _portraits(gathered, members)
    organization, title = portraits.best_work(portrayed)
    sources = sorted(card.source for card in cards) or sorted(
        source for mention in seen if (source := gathered.sources.get(mention.addresses[0]))
    )
    name = portraits.best_name(portrayed) or _from_address(gathered, members)
    carded = not all(card.talk for card in cards)
    connected = [card.connected_at for card in cards if card.connected_at is not None]
    others = {portraits.tidy(one.name) for one in portrayed if names.read(one.name).kind == "person"}
    visitors = {gathered.mentions[number].name for number in members if number in people.visitors}
    others -= {portraits.tidy(one) for one in visitors}
    return Contact(
        contact_id,
        name,
        organization,
        title,
        sources[0] if sources else "",
        portraits.tags(tag for card in cards for tag in card.tags),
        min(connected, default=None),
        any(card.died for card in cards),
        not carded,
        carded,
        sorted(others - {name}),
        sorted({nickname for card in cards for nickname in card.nicknames}),
    )


def _from_address(gathered: Gathered, members: list[int]) -> str:
    """The address stands for a person of whom no name is known."""
    mentions = [gathered.mentions[number] for number in members]
    found = sorted(address for mention in mentions for address in mention.addresses)
    found += sorted(known for mention in mentions for known in (*mention.phones, *mention.profiles))
    return found[0] if found else ""


def _addresses(gathered: Gathered, people: People, contact_id: str, members: list[int]) -> list[Address]:
    rows: dict[tuple[str, str], Address] = {}
    for card in _cards(gathered, members):
        for (kind, compared), spelling in sorted(card.spellings.items()):
            rule = "exchange" if card.talk else "card"
            rows.setdefault((kind, compared), Address(contact_id, kind, compared, spelling, rule, 1.0))
    carded = bool(rows) or bool(_cards(gathered, members))
    hows: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for number in members:
        mention = gathered.mentions[number]
        if number >= len(gathered.cards) and addresses.box(mention.addresses[0]).key not in people.shared:
            hows[mention.addresses[0]].extend([people.how[number]] if number in people.how else [])
    carded_boxes = {addresses.box(compared).key for kind, compared in rows if kind == "email"}
    for address, how in sorted(hows.items()):
        if ("email", address) not in rows:
            same = carded and addresses.box(address).key in carded_boxes
            rule, probability = ("address", 0.999) if same else min(how, default=("exchange", 1.0))
            rows["email", address] = Address(contact_id, "email", address, address, rule, probability)
    return list(rows.values())


def _shared_out(rows: list[Address]) -> list[Address]:
    """An address that stands on several contacts' cards is each one's with a part of the probability."""
    holders: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        holders[row.kind, row.address] += 1
    return [
        row._replace(probability=round(row.probability / count, 3), rule="shared")
        if (count := holders[row.kind, row.address]) > 1
        else row
        for row in rows
    ]


def _mourned(contacts: list[Contact], mournings: list[str]) -> list[Contact]:
    """Mark who has died by the titles of memorials; of two people with one name, neither."""
    if not mournings:
        return contacts
    read = [[names.read(one) for one in (contact.name, *contact.other_names)] for contact in contacts]
    judged = []
    for number, contact in enumerate(contacts):
        gone = contact.died or any(portraits.dead(name, mournings) for name in read[number])
        if gone and not contact.died:
            twins = [
                other
                for other in range(len(contacts))
                if other != number and any(likeness(one, two) == SAME for one in read[number] for two in read[other])
            ]
            gone = not twins
        judged.append(contact._replace(died=gone))
    return judged


def _correspondents(
    gathered: Gathered,
    people: People,
    groups: Mapping[int, list[int]],
    reasons: Mapping[int, str],
    held: list[Address],
) -> list[Correspondent]:
    """Everyone in mail or calendar who is no contact, with the reason."""
    taken = {row.address for row in held if row.kind == "email"}
    why: dict[str, str] = {}
    for person, reason in reasons.items():
        for number in groups[person]:
            for address in gathered.mentions[number].addresses:
                why.setdefault(address, reason)
    rows = []
    for address in sorted((gathered.exchanges.keys() | why.keys()) - taken):
        passed = gathered.exchanges.get(address, Exchange())
        name = gathered.called.get(address, "")
        box = addresses.box(address)
        judged = discovery.not_a_contact(
            discovery.Correspondent(
                box,
                names.read(name) if name else None,
                passed,
                thing=address in gathered.things,
                shared=box.key in people.shared,
                namesake=address in gathered.namesakes,
                ignored=why.get(address, "") if why.get(address) in discovery.WORDS else "",
            )
        )
        reason = judged or why.get(address) or discovery.SHARED
        if address in gathered.firms:
            reason = ON_A_FIRM
        rows.append(Correspondent(address, name, passed.sent, passed.received, passed.meetings, reason))
    return rows


def _questions(people: People, contact_of: Mapping[int, str], reasons: Mapping[int, str]) -> list[Question]:
    """The matches that are not sure enough to be made without asking, the most probable first."""
    found: dict[str, Question] = {}
    for link in people.asked:
        left, right = people.person[link.one], people.person[link.two]
        if left not in contact_of:
            left, right = right, left
        if left not in contact_of or (right in reasons and reasons[right] in discovery.WORDS):
            continue
        boxes = sorted(people.parties[right].boxes)
        other = contact_of.get(right)
        if other is None and not boxes:
            continue
        address = None if other else boxes[0].address
        ends = sorted((contact_of[left], other or f"email:{address}"))
        evidence = _evidence(people, link.one, link.two, link.rule)
        digest = hashlib.blake2b("\n".join(ends).encode(), digest_size=8).hexdigest()
        question = Question(digest, contact_of[left], other, address, link.probability, evidence)
        if digest not in found or found[digest].probability < question.probability:
            found[digest] = question
    return sorted(found.values(), key=lambda one: (-one.probability, one.question_id))


def _evidence(people: People, one: int, two: int, rule: str) -> str:
    ends = []
    for number in (one, two):
        party = people.parties[people.person[number]]
        name = next(iter(known.shown for known in (*party.people(), *party.singles())), "no name")
        where = ", ".join([*sorted(box.address for box in party.boxes)[:2], *sorted(party.organizations)[:1]])
        ends.append(f"{name} ({where})" if where else name)
    return f"{ends[0]} and {ends[1]} may be one person: {rule}."
