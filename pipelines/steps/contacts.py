"""Make the contacts: who is who on cards, in mails and in calendars, and who else has become a contact."""

from collections import defaultdict
from collections.abc import Mapping

from pipelines.rules import addresses, anchors, identity, rulings
from pipelines.rules.identity import Words
from pipelines.rules.rulings import Rulings, Said
from pipelines.steps import card_work, notices, talks
from pipelines.steps import people_tables as tables
from pipelines.steps.known_people import known_people
from pipelines.steps.mentions import Gathered, gather
from pipelines.steps.moment import Counts, Moment
from pipelines.store import Store


def rebuild(store: Store, moment: Moment) -> Counts:
    """Make `contacts`, `addresses`, `contact_cards`, `correspondents` and `match_questions` anew as of the moment.

    `people_anchors` keeps what each contact_id has stood for and only grows: a repeat gives everybody the same number.
    `retired_anchors` keeps what merged and divided contacts stood for before, so that a word on them still finds them.
    """
    store.stand_at(moment.as_of, moment.zone)
    known = {row["anchor"]: row["contact_id"] for row in store.read("people_anchors").to_pylist()}
    retired = [(row["anchor"], row["contact_id"]) for row in store.read("retired_anchors").to_pylist()]
    used = set(known.values())
    word = rulings.rulings(said(store), [*known.items(), *(pair for pair in retired if pair[1] not in used)])
    card_work.remember(store, moment)
    gathered = gather(store, moment)
    people = identity.people(gathered.mentions, _words(gathered, word, known))
    mournings = store.gather("mournings")["words"].to_pylist()
    found = known_people(gathered, people, word.ignored, known, mournings, discover=moment.discover)
    now = known | found.anchors
    retired += [(anchor, known[anchor]) for anchor in known if now[anchor] != known[anchor]]
    store.write("people_anchors", tables.anchors(now.items()))
    store.write("retired_anchors", tables.anchors(set(retired)))
    store.write("former_ids", tables.former_ids(anchors.former(retired, now)))
    store.write("contacts", tables.contacts(found.contacts))
    store.write("assistants", tables.assistants(_assistants(moment, found.addresses)))
    return {
        "addresses": store.write("addresses", tables.addresses(found.addresses)),
        "contacts": _connected(store, moment, found.contacts),
        "contact_cards": store.write("contact_cards", tables.contact_cards(sorted(found.cards))),
        "correspondents": store.write("correspondents", tables.correspondents(found.correspondents)),
        "match_questions": store.write("match_questions", tables.questions(found.questions)),
    }


def _connected(store: Store, moment: Moment, contacts: list[tables.Contact]) -> int:
    """Add since when a network's notices say that the owner is connected with a contact, where no export tells."""
    since = notices.rebuild(store, talks.known(store, moment.zone))
    dated = [one._replace(connected_at=one.connected_at or since.get(one.contact_id)) for one in contacts]
    return store.write("contacts", tables.contacts(dated))


def _assistants(moment: Moment, held: list[tables.Address]) -> list[tuple[str, str]]:
    """The addresses of assistants, each with the contact for whom they write."""
    whose = {row.address: row.contact_id for row in held if row.kind == "email" and row.rule != "shared"}
    pairs = [(addresses.normal(one), addresses.normal(other)) for one, other in moment.assistants]
    return sorted({(one, whose[other]) for one, other in pairs if other in whose and whose.get(one) != whose[other]})


def said(store: Store) -> list[Said]:
    """The owner's corrections, in the order in which they were made."""
    rows = sorted(store.read("corrections").to_pylist(), key=lambda row: (row["made_at"], row["correction_id"]))
    return [Said(row["correction_id"], row["kind"], row["subject"] or "", row["value"] or "") for row in rows]


def _words(gathered: Gathered, word: Rulings, known: Mapping[str, str]) -> Words:
    """The owner's word on anchors, as a word on mentions."""
    bearers: dict[str, list[int]] = defaultdict(list)
    for number, mention in enumerate(gathered.mentions):
        for anchor in (
            *(f"email:{address}" for address in mention.addresses),
            *(f"profile:{key}" for key in mention.profiles),
            *([f"card:{mention.key}"] if mention.key else []),
        ):
            bearers[anchor].append(number)

    def of(end: frozenset[str]) -> list[int]:
        return sorted({number for anchor in end for number in bearers.get(anchor, ())})

    # whoever was merged before stands for both: what is the other's alone makes sure of it
    together = [
        (mine[0], theirs[0]) for one, two in word.together if (mine := of(one - two) or of(one)) and (theirs := of(two))
    ]
    apart = []
    for one, two in word.apart:
        # a card that names both is the other's: what is taken away is what was seen of the address elsewhere
        theirs = of(two - one)
        mine = [number for number in of(one) if number not in theirs]
        apart += [(number, other) for number in mine for other in theirs]
    return Words(together, apart, word.alone, known)
