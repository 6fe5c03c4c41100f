"""Lay out cards and sightings as the mentions that identity is judged on."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from pipelines.rules import addresses, likeness, names, portraits
from pipelines.rules.discovery import Exchange
from pipelines.rules.parties import Mention
from pipelines.steps import talk_people
from pipelines.steps.moment import Moment
from pipelines.steps.talk_people import Talked
from pipelines.store import Store


class Card(NamedTuple):
    """What of a card is shown, beside what it is matched by."""

    source: str
    place: str
    key: str
    portrait: portraits.Portrait
    tags: list[str]
    connected_at: dt.datetime | None
    died: bool
    spellings: dict[tuple[str, str], str]  # (kind, compared form) -> as written
    nicknames: tuple[str, ...] = ()
    talk: bool = False  # no card, but what calls and messages say


class Gathered(NamedTuple):
    """All that is known of people. `mentions` are first those of the cards, one each, then the sightings."""

    mentions: list[Mention]
    cards: list[Card]
    exchanges: dict[str, Exchange]  # by address
    sources: dict[str, str]  # of an address, in mails and calendars
    things: set[str]  # addresses that a calendar calls a room, a resource or a group
    firms: set[str]  # addresses on the cards of firms
    called: dict[str, str]  # the name most seen on an address
    namesakes: set[str]  # addresses, on no card, that bear the owner's own name


def gather(store: Store, moment: Moment) -> Gathered:
    """Read cards, sightings and exchanges, without the owner's own."""
    own = {addresses.box(addresses.normal(one)).key for one in store.read("own_addresses")["address"].to_pylist()}
    mentions, cards, firms = _cards(store, addresses.region(moment.zone), own)
    owner = names.read(moment.owner_name)
    known = {addresses.box(address).key for mention in mentions for address in mention.addresses}
    things: set[str] = set()
    namesakes: set[str] = set()
    called: dict[str, tuple[int, str]] = {}
    for row in store.gather("sightings").to_pylist():
        address = addresses.normal(row["address"])
        found = addresses.box(address)
        if not address or found.key in own:
            continue
        if row["name"]:
            called[address] = max(called.get(address, (0, "")), (row["seen"], row["name"]))
        if row["thing"]:
            things.add(address)
            continue
        if found.machine or found.dummy:
            continue
        if found.key not in known and likeness.likeness(names.read(row["name"]), owner) == likeness.SAME:
            namesakes.add(address)
        # a list writes in its members' names
        name = "" if 2 * row["impersonal"] > row["seen"] and " via " in row["name"] else row["name"]
        mentions.append(Mention(name, (address,), seen=row["seen"]))
    exchanges, sources = _exchanges(store, own)
    mentions = [mention for mention in mentions if mention.book or not namesakes.intersection(mention.addresses)]
    if moment.discover:
        talked = talk_people.unknown(store, mentions, addresses.region(moment.zone), owner)
        mentions[len(cards) : len(cards)] = [_mention(one) for one in talked]
        cards += [_talk_card(one) for one in talked]
    return Gathered(
        mentions,
        cards,
        exchanges,
        sources,
        things,
        firms,
        {address: name for address, (_, name) in called.items()},
        namesakes,
    )


def _cards(store: Store, region: str | None, own: set[str]) -> tuple[list[Mention], list[Card], set[str]]:
    mentions: list[Mention] = []
    cards: list[Card] = []
    firms: set[str] = set()
    noted = _noted(store)
    for row in store.gather("cards").to_pylist():
        emails = _compared("email", row["emails"], addresses.normal)
        if any(addresses.box(address).key in own for _, address in emails):
            continue  # the owner's own card
        if row["kind"] == "organization" or portraits.company_card(
            row["name"], row["given"], row["family"], row["organization"]
        ):
            firms.update(address for _, address in emails)
            continue
        phones = _compared("phone", row["phones"], lambda spelling: addresses.phone(spelling, region))
        profiles = _compared("profile", row["profiles"], addresses.profile)
        whole = f"{row['given']} {row['family']}".strip()
        others = [whole, *(nick for nick in row["nicknames"] if " " in nick.strip())]
        mentions.append(
            Mention(
                row["name"],
                tuple(sorted({address for _, address in emails})),
                tuple(sorted({number for _, number in phones})),
                tuple(sorted({key for _, key in profiles})),
                row["organization"],
                f"{row['source']}/{row['place']}",
                f"{row['source']}/{row['place']}/{row['key']}",
                other_names=tuple(sorted({name for name in others if name and name != row["name"]})),
            )
        )
        cards.append(
            Card(
                row["source"],
                row["place"],
                row["key"],
                portraits.Portrait(
                    row["form"],
                    row["name"],
                    row["organization"],
                    row["title"],
                    noted=noted.get((row["source"], row["form"], row["key"], row["organization"], row["title"]), 0),
                ),
                row["tags"],
                row["connected_at"],
                bool(row["died_on"]),
                emails | phones | profiles,
                tuple(nick for nick in row["nicknames"] if " " not in nick.strip()),
            )
        )
    return mentions, cards, firms


def _mention(one: Talked) -> Mention:
    known: dict[str, list[str]] = {"email": [], "phone": [], "profile": []}
    for kind, compared in sorted(one.spellings):
        known[kind].append(compared)
    return Mention(
        one.name, tuple(known["email"]), tuple(known["phone"]), tuple(known["profile"]), "", one.source, one.key
    )


def _talk_card(one: Talked) -> Card:
    portrait = portraits.Portrait("", one.name, seen=1)
    return Card(one.source, "", one.key, portrait, [], None, died=False, spellings=one.spellings, talk=True)


def _noted(store: Store) -> dict[tuple[str, ...], int]:
    """How late each organization and title of a card was first seen, as a rank."""
    rows = sorted(store.read("card_work").to_pylist(), key=lambda row: row["seen_at"])
    names = ("source", "form", "key", "organization", "title")
    return {tuple(row[name] for name in names): rank for rank, row in enumerate(rows, 1)}


def _compared(kind: str, spellings: Iterable[str], normal: "addresses.Normal") -> dict[tuple[str, str], str]:
    return {(kind, compared): spelling for spelling in spellings if (compared := normal(spelling))}


def _exchanges(store: Store, own: set[str]) -> tuple[dict[str, Exchange], dict[str, str]]:
    exchanges: dict[str, Exchange] = {}
    sources: dict[str, str] = {}
    for row in store.gather("exchanges").to_pylist():
        address = addresses.normal(row["address"])
        if address and addresses.box(address).key not in own:
            exchanges[address] = Exchange(*(row[field] for field in Exchange._fields))
            sources[address] = row["source"]
    return exchanges, sources
