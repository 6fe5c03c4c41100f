"""Keep who of the contacts stands behind the numbers, profiles and names in calls and messages."""

import pyarrow as pa

from pipelines.rules import addresses
from pipelines.rules.talkers import Talkers
from pipelines.steps.moment import Counts, Moment
from pipelines.store import Store


def known(store: Store, zone: str) -> Talkers:
    """All contacts as calls, messages and notices know them; numbers are read as in the zone's country."""
    held = store.read("addresses")
    contacts = store.read("contacts")
    called = list(zip(contacts["contact_id"].to_pylist(), contacts["name"].to_pylist(), strict=True))
    if "other_names" in contacts.column_names:
        others = zip(contacts["contact_id"].to_pylist(), contacts["other_names"].to_pylist(), strict=True)
        called += [(contact, name) for contact, names in others for name in names or ()]
    return Talkers(
        zip(*(held[column].to_pylist() for column in ("contact_id", "kind", "address")), strict=True),
        [(contact, name) for contact, name in called if name],
        addresses.region(zone),
    )


def rebuild(store: Store, moment: Moment) -> Counts:
    """Make `talkers` anew: for each spelling in calls and messages that leads to a contact, which."""
    found = store.gather("talkers").to_pylist()
    people = known(store, moment.zone) if found else None
    rows = [
        {"who": row["who"], "name": row["name"], "contact_id": contact}
        for row in found
        if people is not None and (contact := people.contact(row["who"], row["name"])) is not None
    ]
    schema = pa.schema([("who", pa.string()), ("name", pa.string()), ("contact_id", pa.string())])
    return {"talkers": store.write("talkers", pa.Table.from_pylist(rows, schema=schema))}
