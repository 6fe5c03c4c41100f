"""The product's own functions, in the form in which the scoring programs call them."""

import pyarrow as pa

from connectors.calendar_details import plain
from pipelines.rules import identity, places
from pipelines.rules.addresses import normal, unswapped
from pipelines.rules.cold_model import cold_probability
from pipelines.rules.parties import Mention

__all__ = ["cold_probability", "place", "resolve"]


def resolve(records: pa.Table) -> list[int]:
    """Which rows of (name, email) are one person: a number for each row."""
    rows = map(unswapped, records["name"].to_pylist(), records["email"].to_pylist())
    mentions = [Mention(name, tuple(filter(None, [normal(email)]))) for name, email in rows]
    return identity.people(mentions).person


def place(events: list[dict[str, object]]) -> list[str]:
    """What each invitation says of where people meet: in_person, online, hybrid or unclear.

    An event has summary, location, description (perhaps HTML) and conference (a dict of properties)."""
    return [places.mode(_read(event)) for event in events]


def _read(event: dict[str, object]) -> places.Place:
    title, location, description = (str(event.get(name) or "") for name in ("summary", "location", "description"))
    conference = event.get("conference")
    properties = conference if isinstance(conference, dict) else {}
    links = tuple(str(value) for name, value in properties.items() if "LOCATION" not in str(name))
    return places.read(title, plain(location), plain(description), links)
