"""Lay out contacts, addresses, correspondents and questions as the tables that they are kept in."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pyarrow as pa

MOMENT = pa.timestamp("us", tz="UTC")
WORDS = pa.list_(pa.string())


class Contact(NamedTuple):
    """A row of `contacts`."""

    contact_id: str
    name: str
    organization: str
    title: str
    first_source: str
    tags: list[str]
    connected_at: dt.datetime | None
    died: bool
    discovered: bool
    has_card: bool
    other_names: list[str]
    nicknames: list[str]


class Address(NamedTuple):
    """A row of `addresses`. `probability` is that of the contact's being who uses it."""

    contact_id: str
    kind: str
    address: str
    spelling: str
    rule: str
    probability: float


class ContactCard(NamedTuple):
    """A row of `contact_cards`: what one card says of a contact."""

    contact_id: str
    source: str
    form: str
    place: str
    key: str
    name: str
    organization: str
    title: str


class Correspondent(NamedTuple):
    """A row of `correspondents`."""

    address: str
    name: str
    sent: int
    received: int
    meetings: int
    reason: str


class Question(NamedTuple):
    """A row of `match_questions`: whether a contact and another one, or an address, are one person."""

    question_id: str
    left_contact: str
    right_contact: str | None
    right_address: str | None
    probability: float
    evidence: str


_TYPES = {
    "tags": WORDS,
    "other_names": WORDS,
    "nicknames": WORDS,
    "connected_at": MOMENT,
    "died": pa.bool_(),
    "discovered": pa.bool_(),
    "has_card": pa.bool_(),
    "probability": pa.float64(),
    "sent": pa.int64(),
    "received": pa.int64(),
    "meetings": pa.int64(),
}
Row = Contact | Address | ContactCard | Correspondent | Question


def _table(row: type[Row], rows: Iterable[Row]) -> pa.Table:
    schema = pa.schema([(name, _TYPES.get(name, pa.string())) for name in row._fields])
    return pa.Table.from_pylist([one._asdict() for one in rows], schema=schema)


def contacts(rows: Iterable[Contact]) -> pa.Table:
    """The table `contacts`."""
    return _table(Contact, rows)


def addresses(rows: Iterable[Address]) -> pa.Table:
    """The table `addresses`."""
    return _table(Address, rows)


def contact_cards(rows: Iterable[ContactCard]) -> pa.Table:
    """The table `contact_cards`."""
    return _table(ContactCard, rows)


def correspondents(rows: Iterable[Correspondent]) -> pa.Table:
    """The table `correspondents`."""
    return _table(Correspondent, rows)


def questions(rows: Iterable[Question]) -> pa.Table:
    """The table `match_questions`."""
    return _table(Question, rows)


def anchors(found: Iterable[tuple[str, str]]) -> pa.Table:
    """The table `people_anchors` or `retired_anchors`, from pairs of an anchor and a contact_id."""
    kept = sorted((contact, anchor) for anchor, contact in found)
    return pa.table(
        {
            "contact_id": pa.array([contact for contact, _ in kept], pa.string()),
            "anchor": pa.array([anchor for _, anchor in kept], pa.string()),
        }
    )


def assistants(found: Iterable[tuple[str, str]]) -> pa.Table:
    """The table `assistants`, from pairs of an address and the contact_id of whom they write for."""
    kept = list(found)
    return pa.table(
        {
            "address": pa.array([address for address, _ in kept], pa.string()),
            "contact_id": pa.array([contact for _, contact in kept], pa.string()),
        }
    )


def former_ids(found: Mapping[str, str]) -> pa.Table:
    """The table `former_ids`, from contact_ids by those that were given up for them."""
    return pa.table(
        {
            "former": pa.array(sorted(found), pa.string()),
            "contact_id": pa.array([found[one] for one in sorted(found)], pa.string()),
        }
    )
