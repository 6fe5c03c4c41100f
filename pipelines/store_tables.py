"""Name the tables that a store always has: what lands, and what is kept for ever."""

import re

import pyarrow as pa

from pipelines import landing
from pipelines.landing import LANDINGS

KEPT = """
create table if not exists format (version integer);
create table if not exists cursors (source varchar, cursor varchar, saved_at timestamptz);
create table if not exists pulls (
    source varchar, started_at timestamptz, ended_at timestamptz, error varchar, new_items bigint, rejects bigint
);
create table if not exists corrections (
    correction_id varchar, made_at timestamptz, kind varchar, subject varchar, value varchar, origin varchar
);
create table if not exists reports (
    week varchar, made_at timestamptz, html varchar, text varchar, json varchar, mail varchar, delivered_at timestamptz
);
alter table reports add column if not exists mail_text varchar;
create table if not exists deliveries (week varchar, recipient varchar, delivered_at timestamptz, receipt varchar);
create table if not exists issued (
    token varchar, week varchar, action varchar, subject varchar, other varchar, people varchar[], label varchar
);
create table if not exists answers (
    message_key varchar, sent_at timestamptz, action varchar, token varchar, outcome varchar
);
create table if not exists sources (source varchar, kind varchar);
create table if not exists own_addresses (address varchar);
create table if not exists set_cadences (scope varchar, name varchar, cadence varchar);
create table if not exists people_anchors (contact_id varchar, anchor varchar);
create table if not exists retired_anchors (contact_id varchar, anchor varchar);
create table if not exists former_ids (former varchar, contact_id varchar);
create table if not exists assistants (address varchar, contact_id varchar);
create table if not exists card_work (
    source varchar, form varchar, key varchar, organization varchar, title varchar, seen_at timestamptz
);
create table if not exists forgotten (digest varchar);
create table if not exists source_notes (source varchar, note varchar);
create table if not exists newest_week (week varchar, as_of timestamptz);
"""


def made() -> list[str]:
    """The statements that make all of them where they are missing."""
    landed = [
        f"create table if not exists {table} (source varchar, "
        + ", ".join(f'"{field.name}" {_sql_type(field.type)}' for field in columns)
        + ")"
        for table, _, _, columns in LANDINGS
    ]
    return [*(statement for statement in KEPT.split(";") if statement.strip()), *landed]


def names() -> frozenset[str]:
    """Their names. Every other table is judged: it can be dropped and made again."""
    return frozenset(re.findall(r"create table if not exists (\w+)", KEPT)) | {one.table for one in LANDINGS}


def _sql_type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"{_sql_type(kind.value_type)}[]"
    if pa.types.is_struct(kind):
        return "struct(" + ", ".join(f'"{field.name}" {_sql_type(field.type)}' for field in kind) + ")"
    names = {pa.string(): "varchar", pa.bool_(): "boolean", pa.int64(): "bigint", landing.MOMENT: "timestamptz"}
    return names[kind]
