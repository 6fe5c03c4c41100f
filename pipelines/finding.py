"""Find the one contact or meeting that the words of a command mean, or say which ones they could mean."""

import datetime as dt
import unicodedata
from typing import NamedTuple

from pipelines.running import Stop
from pipelines.store import Store

MOST = 8  # candidates that are named where words fit several


class Contact(NamedTuple):
    """A contact that was found."""

    contact_id: str
    name: str


class Meeting(NamedTuple):
    """A meeting that was found; `day` is its date in UTC."""

    event_key: str
    title: str
    day: str


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in apart if not unicodedata.combining(sign)).split())


def contact(store: Store, who: str) -> Contact:
    """The contact with this id, address or name, or whose name holds these words. Raises Stop unless there is just one."""
    if not store.has("contacts"):
        raise Stop("Nothing has been read yet: run “coldcoffee run” first.", 1)
    people = {str(row["contact_id"]): str(row["name"]) for row in store.rows("contacts")}
    if who in people:
        return Contact(who, people[who])
    asked = _plain(who)
    by_address = {
        str(row["contact_id"]) for row in store.rows("addresses") if str(row["address"]).casefold() == who.casefold()
    }
    exact = {key for key, name in people.items() if _plain(name) == asked}
    words = asked.split()
    partly = {key for key, name in people.items() if all(word in _plain(name).split() for word in words)}
    found = by_address or exact or partly
    if not found:
        raise Stop(f"No contact is called “{who}” or has that address.", 1)
    if len(found) > 1:
        named = sorted(f"{people[key]} ({key})" for key in found)
        more = f", and {len(named) - MOST} more" if len(named) > MOST else ""
        raise Stop(f"“{who}” fits several contacts: {', '.join(named[:MOST])}{more}. Use the id in brackets.", 1)
    (key,) = found
    return Contact(key, people[key])


def meeting(store: Store, asked: str) -> Meeting:
    """The meeting with this event_key, or the only one whose event_key starts with it. Raises Stop otherwise."""
    if not store.has("meetings"):
        raise Stop("Nothing has been read yet: run “coldcoffee run” first.", 1)
    rows = store.rows("meetings")
    found = {str(row["event_key"]): row for row in rows if row["event_key"] == asked}
    found = found or {str(row["event_key"]): row for row in rows if str(row["event_key"]).startswith(asked)}
    if not found:
        raise Stop(
            f"There is no meeting “{asked}”: “coldcoffee explain WHO” lists a person's meetings with their keys.", 1
        )
    if len(found) > 1:
        keys = ", ".join(sorted(found)[:MOST])
        raise Stop(f"“{asked}” fits {len(found)} meetings: give the whole key, such as {keys}.", 1)
    ((key, row),) = found.items()
    at = row["starts_at"]
    return Meeting(key, str(row["title"]), f"{at:%Y-%m-%d}" if isinstance(at, dt.datetime) else "")
