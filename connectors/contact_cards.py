"""Turn the cards of an address book (vCard 2.1, 3.0, 4.0) into records."""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import unquote

from connectors.calendar_lines import parameters_of, plain_lines, text, texts
from connectors.calendar_people import address_of
from connectors.contact_connections import looks_like_connections, read_connections
from connectors.contact_lines import Line, Range, lines, parts, ranges
from connectors.records import Card, Reject

__all__ = ["Cards", "looks_like_cards", "looks_like_connections", "read_card_batches", "read_cards", "read_connections"]

BATCH = 1_000  # cards
MAX_VALUES = 500  # addresses, numbers and so on of one card, each
_MOST_SHOWN = 10  # rejects of one card: a binary file that is called a card would have thousands

_PROFILES = {  # properties that hold a name on a network, and the scheme by which it is written
    "X-SKYPE": "skype",
    "X-SKYPE-USERNAME": "skype",
    "X-JABBER": "xmpp",
    "X-GOOGLE-TALK": "xmpp",
    "X-GTALK": "xmpp",
    "X-AIM": "aim",
    "X-ICQ": "icq",
    "X-MSN": "msnim",
    "X-YAHOO": "ymsgr",
    "X-MATRIX": "matrix",
    "X-TWITTER": "https://twitter.com/",
    "X-LINKEDIN": "",
    "X-FACEBOOK": "",
    "X-XING": "",
    "X-GADUGADU": "gg",
}
_KINDS = {"group": "group", "org": "organization", "organization": "organization"}


class Cards(NamedTuple):
    """What was read: the cards, and what of them could not be read."""

    cards: list[Card]
    rejects: list[Reject]


def looks_like_cards(head: bytes) -> bool:
    """Whether a file that begins with these bytes is an address book of vCards."""
    return re.match(rb"\s*BEGIN[ \t]*:[ \t]*VCARD\b", plain_lines(head[:4096]), re.IGNORECASE) is not None


def read_cards(data: bytes, place: str, known: Mapping[str, tuple[str, ...]] = MappingProxyType({})) -> Cards:
    """Read all cards at once; see `read_card_batches`."""
    cards, rejects = [], []
    for batch in read_card_batches(data, place, known):
        cards += batch.cards
        rejects += batch.rejects
    return Cards(cards, rejects)


def read_card_batches(
    data: bytes, place: str, known: Mapping[str, tuple[str, ...]] = MappingProxyType({})
) -> Iterator[Cards]:
    """Yield the cards in batches; never raises for what the data holds.

    `known` are the mail addresses of cards that lie elsewhere, by their `bare_uid`.

    A line that is no property costs only itself, and a card of which nothing tells whose it is only that card. Groups
    come last, when the addresses of all cards are known that they name by UID.
    """
    data = plain_lines(data)
    cards: list[Card] = []
    rejects: list[Reject] = []
    groups: list[Card] = []
    emails = dict(known)
    seen: dict[str, int] = {}
    found = False
    for lies in ranges(data):
        found = True
        card = _card(data, lies, place, rejects)
        if card is None:
            continue
        seen[card.key] = seen.get(card.key, 0) + 1
        emails.setdefault(bare_uid(card.key), card.emails)
        if seen[card.key] > 1:
            card = card._replace(key=f"{card.key}#{seen[card.key]}")
        (groups if card.kind == "group" else cards).append(card)
        if len(cards) >= BATCH:
            yield Cards(cards, rejects)
            cards, rejects = [], []
    if not found:
        rejects.append(Reject(place, "", "this is no address book: it has no BEGIN:VCARD"))
    cards += (_with_members(group, emails) for group in groups)
    if cards or rejects:
        yield Cards(cards, rejects)


def bare_uid(uid: str) -> str:
    """A card's UID in the form in which groups name it."""
    return uid.lower().removeprefix("urn:uuid:")


def _with_members(group: Card, emails: dict[str, tuple[str, ...]]) -> Card:
    members: dict[str, None] = {}
    for member in group.members:
        if "@" in member:
            members[member] = None
        else:
            members.update(dict.fromkeys(emails.get(bare_uid(member), ())))
    return group._replace(members=tuple(members))


def _card(data: bytes, lies: Range, place: str, rejects: list[Reject]) -> Card | None:
    """Read one card, adding to the rejects what of it could not be read."""
    fields: dict[str, list[Line]] = {}
    junk: list[int] = []
    for line in lines(data, lies):
        if isinstance(line, int):
            junk.append(line)
        elif len(kept := fields.setdefault(line.name, [])) < MAX_VALUES:
            kept.append(line)
    uid = text(_first(fields, "UID"))[:500]
    key = uid or f"made:{sha256(memoryview(data)[lies.start : lies.end]).hexdigest()[:32]}"
    rejects += (
        Reject(place, f"{key}/line {number}", f"line {number} of this card is no property; the rest of it was read")
        for number in junk[:_MOST_SHOWN]
    )
    if not lies.whole:
        rejects.append(Reject(place, f"{key}/end", "the card breaks off: it has no END:VCARD; what is there was read"))
    card = _filled(fields, key, place)
    if not (card.name or card.emails or card.phones or card.profiles):
        rejects.append(Reject(place, key, "the card names nobody: it has no name, address, number or profile"))
        return None
    return card


def _first(fields: dict[str, list[Line]], name: str) -> str:
    found = fields.get(name)
    return found[0].value if found else ""


def _filled(fields: dict[str, list[Line]], key: str, place: str) -> Card:
    names = [*parts(_first(fields, "N")), "", "", "", "", ""]
    family, given, middle = (" ".join(part.split()) for part in names[:3])
    shown = _each(" ".join(text(line.value).split()) for line in fields.get("FN", ()))
    firm = [part for part in parts(_first(fields, "ORG")) if part]
    emails = _each(_email(line.value) for name in ("EMAIL", "X-EMAIL") for line in fields.get(name, ()))
    name = shown[0] if shown else " ".join(part for part in (given, middle, family) if part)
    nicknames = [
        nick for name in ("NICKNAME", "X-NICKNAME") for line in fields.get(name, ()) for nick in texts(line.value)
    ]
    kind = text(_first(fields, "KIND") or _first(fields, "X-ADDRESSBOOKSERVER-KIND")).lower()
    if not kind and text(_first(fields, "X-ABSHOWAS")).upper() == "COMPANY":
        kind = "org"
    if not name and firm and not nicknames:
        name, kind = firm[0], kind or "org"
    elif name.lower() in (email.lower() for email in emails):
        name = ""
    for line in (*fields.get("X-MAIDENNAME", ()), *fields.get("X-MAIDEN-NAME", ())):
        nicknames.append(f"{given} {text(line.value)}".strip())
    members = (*fields.get("MEMBER", ()), *fields.get("X-ADDRESSBOOKSERVER-MEMBER", ()))
    return Card(
        place=place,
        key=key,
        name=name or (nicknames[0] if nicknames else ""),
        given=given,
        family=family,
        nicknames=_each((*nicknames, *shown[1:])),
        organization=firm[0] if firm else "",
        title=text(_first(fields, "TITLE") or _first(fields, "ROLE")),
        emails=emails,
        phones=_each(_phone(line) for line in fields.get("TEL", ())),
        profiles=_profiles(fields),
        kind=_KINDS.get(kind, "individual"),
        members=_each(_email(line.value) or text(line.value) for line in members),
        tags=_each(tag for line in fields.get("CATEGORIES", ()) for tag in texts(line.value)),
        connected_at=None,
        died_on=text(_first(fields, "DEATHDATE") or _first(fields, "X-DEATHDATE")) or None,
        form="vcard",
    )


def _each(values: Iterator[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Those that say something, each once."""
    return tuple(dict.fromkeys(value for value in values if value))


def _email(value: str) -> str:
    address = address_of(text(value))
    return address if "@" in address else ""


def _phone(line: Line) -> str:
    if line.words & {"FAX", "PAGER"} and not line.words & {"VOICE", "CELL"}:
        return ""
    number = text(line.value)
    if number.lower().startswith("tel:"):
        number, _, rest = unquote(number[4:]).partition(";")
        if rest.lower().startswith("ext="):
            number += f" x{rest[4:].partition(';')[0]}"
    return number if any(map(str.isdigit, number)) else ""


def _profiles(fields: dict[str, list[Line]]) -> tuple[str, ...]:
    found: list[str] = []
    for name in ("X-SOCIALPROFILE", "SOCIALPROFILE", "URL", "IMPP"):
        for line in fields.get(name, ()):
            value = text(line.value)
            if value.lower().startswith("x-apple:"):  # Apple's way to write a name without an address
                value = parameters_of(line.raw).get("X-USER", unquote(value[8:]))
            found.append(value)
    for name, scheme in _PROFILES.items():
        for line in fields.get(name, ()):
            value = text(line.value)
            if value and scheme and "://" not in value:
                value = f"{scheme}{value.lstrip('@')}" if scheme.endswith("/") else f"{scheme}:{value}"
            found.append(value)
    return _each(tuple(found))
