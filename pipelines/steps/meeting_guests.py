"""Find which contacts take part in each occurrence: by address, by a guest's name, or by the title."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pipelines.rules import meeting_names, names, people_names
from pipelines.rules.meeting_facts import Guest, Habits, Letter, Occasion
from pipelines.rules.meeting_twins import twins
from pipelines.rules.people_names import Directory, Person
from pipelines.steps.moment import Moment
from pipelines.steps.occasions import Calendar, Invited, may_meet
from pipelines.store import Store

Pair = tuple[int, Guest]  # the number of an occasion, and a contact in it


class People:
    """All contacts as they may be called, the owner's own names, and who shares the owner's home."""

    def __init__(self, store: Store, moment: Moment) -> None:
        phones: dict[str, set[str]] = defaultdict(set)
        boxes: dict[str, set[str]] = defaultdict(set)
        for row in store.rows("addresses"):
            if row["kind"] == "phone":
                phones[str(row["contact_id"])].add(str(row["address"]))
            elif row["kind"] == "email":
                boxes[str(row["contact_id"])].add(str(row["address"]))
        own = {str(row["address"]).rpartition("@")[2] for row in store.rows("own_addresses")}
        owner = people_names.person("", moment.owner_name, (), "", ())
        self.owner = frozenset(owner.givens | owner.families)
        self.phones: Mapping[str, set[str]] = phones
        self.household: set[str] = set()
        self.by_contact: dict[str, Person] = {}
        for row in store.rows("contacts"):
            contact = str(row["contact_id"])
            others = row.get("other_names") or []
            assert isinstance(others, list)
            organization = str(row.get("organization") or "")
            name = str(row["name"] or "")
            nicknames = row.get("nicknames") or []
            assert isinstance(nicknames, list)
            one = people_names.person(contact, name, others, organization, phones[contact], boxes[contact], nicknames)
            self.by_contact[contact] = one
            # somebody of the owner's own name and mail provider, on no card, lives in the owner's house
            domains = {address.rpartition("@")[2] for address in one.boxes}
            if one.families & owner.families and domains & own and not row.get("has_card", True):
                self.household.add(contact)
        self.directory = Directory(self.by_contact.values())
        self.everybody = frozenset(word for one in self.by_contact.values() for word in one.givens | one.families)


def pairs(calendar: Calendar, people: People, letters: Mapping[str, Sequence[Letter]]) -> list[Pair]:
    """Each occasion with each contact in it, by time; a meeting that was entered twice stands once."""
    found: list[Pair] = []
    for number, occasion in enumerate(calendar.occasions):
        if not may_meet(occasion.kind, occasion.title):
            continue
        invited = calendar.invited.get(occasion.key, [])
        guests = _invited(occasion, invited, people, calendar.habits)
        if len(guests) < 2 and (not invited or guests):
            named = meeting_names.named(occasion, people.directory, lambda one: letters.get(one, ()), people.owner)
            known = {one.contact for one in guests}
            shared = _sharers(invited) | _couples(known, named, people)
            guests += [
                Guest(contact, "", organizes=False, known_by="title")
                for contact in named
                if contact not in known and (not invited or contact in shared)
            ]
        found += [(number, guest) for guest in guests if guest.contact not in people.household]
    return _once(calendar.occasions, found)


def _sharers(invited: Iterable[Invited]) -> set[str]:
    """Contacts who share an address with others."""
    by_address: dict[str, set[str]] = defaultdict(set)
    for one in invited:
        by_address[one.address].add(one.contact)
    return {contact for contacts in by_address.values() if len(contacts) > 1 for contact in contacts}


def _couples(known: set[str], named: Iterable[str], people: People) -> set[str]:
    """Whom the title names beside a guest of the same family name: a couple of whom one was written to."""
    families = [people.by_contact[one].families for one in known.intersection(named)]
    return {one for one in named if any(people.by_contact[one].families & each for each in families)}


def _invited(occasion: Occasion, invited: list[Invited], people: People, habits: Habits) -> list[Guest]:
    by_address: dict[str, list[Invited]] = defaultdict(list)
    for one in invited:
        by_address[one.address or f"\n{one.name}"].append(one)
    found: dict[str, Guest] = {}
    for sharing in by_address.values():
        for one in _credited(sharing, people):
            by_name = not one.contact
            contact = one.contact or _only(people.directory.named(one.name))
            if not contact:
                continue
            before = found.get(contact)
            status = one.status or (before.status if before else "")
            if before is not None and before.status in ("accepted", "declined"):
                status = before.status
            found[contact] = Guest(
                contact,
                status,
                one.organizes or bool(before and before.organizes),
                "name" if by_name else "address",
                one.countered,
                _arranged(one, invited, occasion, people, habits),
            )
    return list(found.values())


def _credited(sharing: list[Invited], people: People) -> list[Invited]:
    """Of those who share an address, the one whom the guest's name means; all, where it is a couple's or none."""
    if len(sharing) < 2:
        return sharing
    words = set(names.read(sharing[0].name).words)
    meant = [one for one in sharing if words & people.by_contact[one.contact].givens]
    return meant if len(meant) == 1 else sharing


def _only(people: list[Person]) -> str:
    return people[0].contact if len(people) == 1 else ""


def _arranged(one: Invited, invited: list[Invited], occasion: Occasion, people: People, habits: Habits) -> bool:
    """Whether somebody only set a meeting up for a colleague: no guest of it, nor in its title, where hosts usually are
    guests, or where its title names the colleague."""
    if not one.organizes or one.status:
        return False
    domain = one.address.rpartition("@")[2]
    colleagues = [other for other in invited if other.status and other.address.endswith(f"@{domain}")]
    mine = people.by_contact.get(one.contact)
    if not colleagues or (mine and mine.stands_in(occasion.title)):
        return False
    meant = [people.by_contact[other.contact] for other in colleagues if other.contact]
    usual = bool(habits.hosted.intersection(occasion.calendars))
    return usual or any(other.stands_in(occasion.title) for other in meant)


def _once(occasions: list[Occasion], found: list[Pair]) -> list[Pair]:
    by_contact: dict[str, list[int]] = defaultdict(list)
    for at, (_, guest) in enumerate(found):
        by_contact[guest.contact].append(at)
    dropped: set[int] = set()
    for rows in by_contact.values():
        copies = twins([(occasions[found[at][0]], found[at][1]) for at in rows])
        dropped |= {rows[copy] for copy in copies}
    return [pair for at, pair in enumerate(found) if at not in dropped]
