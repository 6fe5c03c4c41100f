"""Turn what Graph says of a calendar entry into an Event."""

import re
from typing import NamedTuple

from connectors.calendar_details import MAX_TEXT, kind_of, plain
from connectors.calendar_values import naive
from connectors.mail_addresses import normalize_address
from connectors.microsoft_graph import Item, objects, text, texts
from connectors.microsoft_times import instant, moment, zone_of
from connectors.records import Attendee, Event, Reject

_STATUSES = {
    "accepted": "accepted",
    "organizer": "accepted",
    "tentativelyaccepted": "tentative",
    "declined": "declined",
}
_GLOBAL_ID = re.compile(r"(040000008200E00074C5B7101A82E008)[0-9A-F]{8}([0-9A-F]+)", re.IGNORECASE)
_OF_SERIES = ("occurrence", "exception")
_OWN = ("originalStart", "start", "end", "id", "type")  # what an occurrence never has of its series


class Lies(NamedTuple):
    """Where an entry lies: `place`, the `calendar`'s name, the owner's `zone`, and the `owners` of the calendar in lower
    case, whose own answers stand apart from the guests'."""

    place: str
    calendar: str
    zone: str
    owners: tuple[str, ...]


def master_of(item: Item) -> str:
    """The id of the series that an entry is an occurrence of; "" if it is none."""
    return text(item, "seriesMasterId") if text(item, "type") in _OF_SERIES else ""


def is_series(item: Item) -> bool:
    """Whether this is the series itself, which is no entry: its occurrences are."""
    return text(item, "type") == "seriesMaster"


def is_whole(item: Item) -> bool:
    """Whether the item says all of itself: the changes of a calendar give of an occurrence little more than its times."""
    return "subject" in item and "iCalUId" in item


def read(item: Item, master: Item | None, lies: Lies) -> Event | Reject:
    """The record of one entry or occurrence. `master` is its series, which says what the occurrence itself does not."""
    key = text(item, "id")
    if master is not None:
        item = {**{name: value for name, value in master.items() if name not in _OWN}, **item}
    all_day = item.get("isAllDay") is True
    start, end = (moment(item.get(name), all_day, lies.zone) for name in ("start", "end"))
    if start is None or end is None:
        return Reject(lies.place, key, "This entry has no start and end that can be read.")
    recurring = text(item, "type") in _OF_SERIES
    original = (moment(item.get("originalStart"), all_day, lies.zone) if recurring else None) or start
    uid = _uid(text(master, "iCalUId") or text(item, "iCalUId")) or key
    title = " ".join(text(item, "subject").split())
    guests = _guests(item, lies)
    busy = text(item, "showAs").lower()
    words = (lies.calendar, title, *texts(item, "categories")) if all_day else ()
    return Event(
        place=lies.place,
        key=key,
        event_key=f"{uid}/{naive(original).isoformat()}Z",
        uid=uid,
        original_start=original,
        starts_at=start,
        ends_at=max(start, end),
        all_day=all_day,
        timezone=lies.zone if all_day else zone_of(item, lies.zone),
        title=title,
        description=_description(item),
        location=_location(item),
        status=_status(item, busy),
        transparent=busy == "free",
        private=text(item, "sensitivity").lower() in ("private", "confidential", "personal"),
        organizer=normalize_address(text(item, "organizer", "emailAddress", "address")),
        organizer_name=_name(item.get("organizer")),
        attendees=guests,
        links=tuple(
            dict.fromkeys(filter(None, (text(item, "onlineMeeting", "joinUrl"), text(item, "onlineMeetingUrl"))))
        ),
        categories=texts(item, "categories"),
        kind=kind_of(busy.upper(), len(guests), words),
        recurring=recurring,
        created_at=instant(text(item, "createdDateTime")),
        modified_at=instant(text(item, "lastModifiedDateTime")),
        calendar=lies.calendar,
        method=None,
        message_key=None,
        note=_note(item),
    )


def _uid(told: str) -> str:
    """The UID as invitations carry it. Of an occurrence, Exchange writes its day into it (MS-OXOCAL 2.2.1.27)."""
    return _GLOBAL_ID.sub(r"\g<1>00000000\g<2>", told)


def _status(item: Item, busy: str) -> str:
    if item.get("isCancelled") is True:
        return "cancelled"
    return "tentative" if busy == "tentative" and item.get("isOrganizer") is True else "confirmed"


def _guests(item: Item, lies: Lies) -> tuple[Attendee, ...]:
    """All guests. The owner's own answer stands beside them, and is put where it belongs; who was invited as one of a
    group is added."""
    own = text(item, "responseStatus", "response").lower()
    rooms = {normalize_address(text(place, "locationEmailAddress")).lower() for place in objects(item, "locations")}
    found: dict[str, Attendee] = {}
    for guest in objects(item, "attendees"):
        address, name = normalize_address(text(guest, "emailAddress", "address")), _name(guest)
        told, kind = text(guest, "status", "response").lower(), text(guest, "type").lower()
        if address.lower() in lies.owners and own not in ("", "none"):
            told = own
        if address or name:
            found[address.lower() or f"\n{name}"] = Attendee(
                address,
                name,
                _STATUSES.get(told, "needs-action"),
                "individual" if kind != "resource" else "room" if address.lower() in rooms else "resource",
                kind == "optional",
            )
    if lies.owners and found and own not in ("", "none", "organizer") and not found.keys() & set(lies.owners):
        found[lies.owners[0]] = Attendee(lies.owners[0], "", _STATUSES.get(own, "needs-action"), "individual", False)
    return tuple(found.values())


def _name(party: object) -> str:
    name = " ".join(text(party, "emailAddress", "name").split())
    return "" if name.lower() == text(party, "emailAddress", "address").lower() else name


def _description(item: Item) -> str:
    told = text(item, "body", "content")[: 8 * MAX_TEXT]
    if text(item, "body", "contentType").lower() == "html":
        return plain(told).strip()[:MAX_TEXT]
    return (told or text(item, "bodyPreview")).replace("\r\n", "\n").strip()[:MAX_TEXT]


def _location(item: Item) -> str:
    """The places, each with its address unless the name says it already."""
    places = objects(item, "locations") or [place for place in (item.get("location"),) if isinstance(place, dict)]
    found: dict[str, None] = {}
    for place in places:
        name = text(place, "displayName").strip()
        parts = (text(place, "address", part).strip() for part in ("street", "postalCode", "city", "countryOrRegion"))
        address = ", ".join(part for part in parts if part and part not in name)
        if told := ", ".join(filter(None, (name, address))):
            found[told] = None
    return "; ".join(found)


def _note(item: Item) -> str:
    """Where on earth the place is, if that is told: `geo:…`."""
    location = item.get("location")
    at = location.get("coordinates") if isinstance(location, dict) else None
    if not isinstance(at, dict) or not all(isinstance(at.get(key), int | float) for key in ("latitude", "longitude")):
        return ""
    return f"geo:{at['latitude']},{at['longitude']}"
