"""Describe the columns of the public tables, as Dagster's page shows them beside each asset."""

import dagster as dg

# By table: name, DuckDB type, and what it says. Times are UTC.
TABLES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "pulls": (
        ("source", "varchar", "the source's name in settings.toml"),
        ("started_at", "timestamptz", "when the pull began"),
        ("ended_at", "timestamptz", "when it ended"),
        ("error", "varchar", "why it ended early; null where all was read"),
        ("new_items", "bigint", "records that it brought"),
        ("rejects", "bigint", "items that could not be read"),
    ),
    "contacts": (
        ("contact_id", "varchar", "stays the same for good"),
        ("name", "varchar", "the best name that is known, the owner's card first"),
        ("organization", "varchar", "the newest employer that is known"),
        ("title", "varchar", "the newest position that is known"),
        ("first_source", "varchar", "the source that named the person first"),
    ),
    "interactions": (
        ("contact_id", "varchar", "with whom"),
        ("occurred_at", "timestamptz", "when it happened; a meeting, when it ended"),
        ("channel", "varchar", "email, meeting, call or message"),
        ("direction", "varchar", "out, in or both"),
        ("weight", "double", "0 for what does not count, 1 for what passed between two alone"),
        ("reference", "varchar", "Message-ID, event_key, or a call's key"),
    ),
    "meetings": (
        ("contact_id", "varchar", "with whom"),
        ("event_key", "varchar", "the event's UID, a slash, and the occurrence's original start"),
        ("starts_at", "timestamptz", "when it began"),
        ("ends_at", "timestamptz", "when it ended"),
        ("title", "varchar", "the event's title"),
        ("verdict", "varchar", "met_in_person, met_remotely, did_not_meet, unknown or upcoming"),
        ("probability", "double", "of having met in person"),
        ("evidence", "struct(reason, weight)[]", "why, strongest first"),
    ),
    "relationships": (
        ("contact_id", "varchar", "with whom"),
        ("week", "varchar", "the ISO week at whose end it stood so"),
        ("state", "varchar", "warm, cooling, cold, dormant, new or never"),
        ("balance", "varchar", "mutual, i_write, they_write or none"),
        ("last_interaction_at", "timestamptz", "the last that counts"),
        ("last_sent_at", "timestamptz", "the last that the owner sent"),
        ("last_received_at", "timestamptz", "the last that came from the contact"),
        ("last_met_in_person_at", "timestamptz", "the last meeting in one room"),
        ("silence_days", "integer", "days since the last interaction"),
        ("cold_probability", "double", "that nothing more passes within 90 days, left alone"),
        ("reason", "varchar", "the state in one sentence"),
    ),
    "reports": (
        ("week", "varchar", "the ISO week"),
        ("made_at", "timestamptz", "when it was made"),
        ("html", "varchar", "the full page"),
        ("text", "varchar", "the plain text"),
        ("json", "varchar", "the same as data"),
        ("delivered_at", "timestamptz", "when it was delivered first"),
    ),
}

# By asset: each of its columns that is taken from another asset's, and from which.
_COMES_FROM: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {
    "interactions": {"contact_id": (("contacts", "contact_id"),)},
    "meetings": {"contact_id": (("contacts", "contact_id"),)},
    "relationships": {
        "contact_id": (("contacts", "contact_id"),),
        "last_interaction_at": (("interactions", "occurred_at"),),
        "last_sent_at": (("interactions", "occurred_at"), ("interactions", "direction")),
        "last_received_at": (("interactions", "occurred_at"), ("interactions", "direction")),
        "silence_days": (("interactions", "occurred_at"),),
        "last_met_in_person_at": (("meetings", "starts_at"), ("meetings", "verdict")),
    },
}


def described(table: str, asset: str) -> dict[str, dg.TableSchema | dg.TableColumnLineage]:
    """An asset's metadata on its table's columns: what they are, and which other assets' columns they come from."""
    columns = [dg.TableColumn(name, type=kind, description=said) for name, kind, said in TABLES[table]]
    found: dict[str, dg.TableSchema | dg.TableColumnLineage] = {"dagster/column_schema": dg.TableSchema(columns)}
    if asset in _COMES_FROM:
        found["dagster/column_lineage"] = dg.TableColumnLineage(
            {
                column: [dg.TableColumnDep(dg.AssetKey(origin), name) for origin, name in origins]
                for column, origins in _COMES_FROM[asset].items()
            }
        )
    return found
