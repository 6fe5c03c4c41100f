"""The columns in which records land in the store."""

from typing import NamedTuple

import pyarrow as pa

from connectors import records

MOMENT = pa.timestamp("us", tz="UTC")
WORDS = pa.list_(pa.string())
ATTENDEES = pa.list_(
    pa.struct(
        [
            ("address", pa.string()),
            ("name", pa.string()),
            ("status", pa.string()),
            ("kind", pa.string()),
            ("optional", pa.bool_()),
        ]
    )
)


class Landing(NamedTuple):
    """A landed table: its name, the page's field that fills it, and the columns, in the record's order."""

    table: str
    field: str
    record: type
    columns: pa.Schema


TYPES: dict[str, pa.DataType] = {
    "sent_at": MOMENT,
    "received_at": MOMENT,
    "original_start": MOMENT,
    "starts_at": MOMENT,
    "ends_at": MOMENT,
    "created_at": MOMENT,
    "modified_at": MOMENT,
    "connected_at": MOMENT,
    "at": MOMENT,
    "to_addresses": WORDS,
    "to_names": WORDS,
    "cc_addresses": WORDS,
    "cc_names": WORDS,
    "bcc_addresses": WORDS,
    "marks": WORDS,
    "links": WORDS,
    "categories": WORDS,
    "nicknames": WORDS,
    "emails": WORDS,
    "phones": WORDS,
    "profiles": WORDS,
    "members": WORDS,
    "tags": WORDS,
    "attendees": ATTENDEES,
    "all_day": pa.bool_(),
    "transparent": pa.bool_(),
    "private": pa.bool_(),
    "recurring": pa.bool_(),
    "seconds": pa.int64(),
}


def _landing(table: str, field: str, record: type) -> Landing:
    names: tuple[str, ...] = record._fields  # type: ignore[attr-defined]  # each record is a named tuple
    return Landing(table, field, record, pa.schema([(name, TYPES.get(name, pa.string())) for name in names]))


LANDINGS = (
    _landing("landed_messages", "messages", records.Message),
    _landing("landed_events", "events", records.Event),
    _landing("landed_cards", "cards", records.Card),
    _landing("landed_calls", "calls", records.Call),
    _landing("landed_chats", "chats", records.Chat),
    _landing("rejects", "rejects", records.Reject),
)


def as_arrow(landing: Landing, rows: list[tuple[object, ...]], source: str) -> pa.Table:
    """The records of one kind as columns, with the source in front. Shape: len(rows) × (1 + fields)."""
    columns = [
        pa.array(values, field.type) for values, field in zip(zip(*rows, strict=True), landing.columns, strict=True)
    ]
    named = pa.Table.from_arrays(columns, schema=landing.columns)
    return named.add_column(0, "source", pa.array([source] * len(rows), pa.string()))
