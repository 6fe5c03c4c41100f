"""Turn an event of Google Calendar into an Event."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from connectors.calendar_details import MAX_TEXT, is_birthday, plain
from connectors.calendar_people import GROUPS, RESOURCES, STATUSES, address_of, attendees_once
from connectors.calendar_zones import EPOCH, Named, known
from connectors.google_json import Json, flag, inner, rows, word
from connectors.records import Attendee, Event, Micros

FIELDS = (
    "id,status,summary,description,location,start,end,recurringEventId,originalStartTime,transparency,visibility,"
    "iCalUID,organizer(email,displayName,self),attendees(email,displayName,responseStatus,optional,resource,self),"
    "attendeesOmitted,hangoutLink,conferenceData/entryPoints(entryPointType,uri),eventType,workingLocationProperties,"
    "created,updated"
)
_KINDS = {
    "outOfOffice": "out_of_office",
    "workingLocation": "working_location",
    "focusTime": "focus_time",
    "birthday": "birthday",
}
_ANSWERS = {"needsAction": "needs-action"}
_TOLD = ("id", "recurringEventId", "originalStartTime")  # of a cancelled occurrence
_DAY = timedelta(days=1)
_EPOCH_UTC = EPOCH.replace(tzinfo=UTC)


class Agenda(NamedTuple):
    """The calendar that events lie in: its id, its name, the IANA zone of its whole days, and the address that stands for
    the owner where Google says only that a guest is the calendar's own (`self`): "" in other people's calendars."""

    place: str
    name: str
    zone: str
    own: str


class NoTime(ValueError):
    """The event has no time that can be read; str() says which."""


def read_event(item: Json, agenda: Agenda) -> Event:
    """Read one event or occurrence, as `events.list` gives it with singleEvents. Raises NoTime.

    Its key is Google's own id of the occurrence, since a deleted one is told by nothing else.
    """
    start, zone, all_day = _moment(inner(item, "start"), agenda)
    end = _end(item, agenda, start, all_day)
    original = _moment(inner(item, "originalStartTime"), agenda)[0] if "originalStartTime" in item else start
    uid = word(item, "iCalUID") or f"{word(item, 'recurringEventId') or word(item, 'id')}@google.com"
    title = " ".join(word(item, "summary").split())
    location = _location(item)
    guests = _guests(item, agenda, location)
    return Event(
        place=agenda.place,
        key=word(item, "id"),
        event_key=f"{uid}/{(EPOCH + timedelta(microseconds=original)).isoformat(timespec='seconds')}Z",
        uid=uid,
        original_start=original,
        starts_at=start,
        ends_at=end,
        all_day=all_day,
        timezone=zone,
        title=title,
        description=plain(word(item, "description")[: 4 * MAX_TEXT])[:MAX_TEXT],
        location=location,
        status=word(item, "status") if word(item, "status") in ("tentative", "cancelled") else "confirmed",
        transparent=word(item, "transparency") == "transparent",
        private=word(item, "visibility") in ("private", "confidential"),
        organizer=_address(inner(item, "organizer"), agenda),
        organizer_name=_name(inner(item, "organizer")),
        attendees=guests,
        links=_links(item),
        categories=(),
        kind=_kind(item, agenda, title, all_day, len(guests)),
        recurring="recurringEventId" in item,
        created_at=_stamp(word(item, "created")),
        modified_at=_stamp(word(item, "updated")),
        calendar=agenda.name,
        method=None,
        message_key=None,
        note="; ".join(_notes(item)),
    )


def cancelled(item: Json, sibling: Json, agenda: Agenda) -> Event:
    """The event of an occurrence that was taken out of its series, of which Google tells only which one it is: the rest
    is as in another occurrence, or in the series. Raises NoTime."""
    own = {"status": "cancelled", "updated": word(item, "updated")}
    event = read_event({**sibling, **own, **{name: item[name] for name in _TOLD if name in item}}, agenda)
    length = event.ends_at - event.starts_at
    return event._replace(starts_at=event.original_start, ends_at=event.original_start + length, note="exdate")


def _moment(told: Json, agenda: Agenda) -> tuple[Micros, str, bool]:
    """An instant, the IANA zone that it was entered in, and whether it is a whole day."""
    zone = known(word(told, "timeZone")) or known(agenda.zone) or known("UTC")
    day, clock = word(told, "date"), word(told, "dateTime")
    assert isinstance(zone, Named)
    try:
        if day:
            home = known(agenda.zone) or zone  # a whole day is the calendar's, wherever its series was made
            return home.instant(datetime.combine(date.fromisoformat(day), datetime.min.time())), home.name, True
        moment = datetime.fromisoformat(clock)
        if moment.tzinfo is None:
            return zone.instant(moment), zone.name, False
        return (moment - _EPOCH_UTC) // timedelta(microseconds=1), zone.name, False
    except (ValueError, OverflowError) as error:
        raise NoTime(f"“{(day or clock)[:40]}” is no time" if day or clock else "it says no time") from error


def _end(item: Json, agenda: Agenda, start: Micros, all_day: bool) -> Micros:
    if not inner(item, "end"):
        return start + (_DAY // timedelta(microseconds=1) if all_day else 0)
    return max(_moment(inner(item, "end"), agenda)[0], start)


def _stamp(text: str) -> Micros | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None or moment.year < 1980:  # some imports say nothing so
        return None
    return int(moment.timestamp() * 1_000_000)


def _address(person: Json, agenda: Agenda) -> str:
    return agenda.own if agenda.own and flag(person, "self") else address_of(word(person, "email"))


def _name(person: Json) -> str:
    name = " ".join(word(person, "displayName").split())
    return "" if name.lower() == word(person, "email").lower() else name


def _guests(item: Json, agenda: Agenda, location: str) -> tuple[Attendee, ...]:
    guests = []
    for told in rows(item, "attendees"):
        address, name = _address(told, agenda), _name(told)
        if not address and not name:
            continue
        answer = word(told, "responseStatus")
        answer = _ANSWERS.get(answer, answer)
        status = answer if answer in STATUSES else "needs-action"
        guests.append(Attendee(address, name, status, _sort(told, address, name, location), flag(told, "optional")))
    return attendees_once(guests)


def _sort(told: Json, address: str, name: str, location: str) -> str:
    """What a guest is. Google does not tell rooms from other resources, but writes a booked room into the location."""
    if address.lower().endswith(GROUPS):
        return "group"
    if flag(told, "resource") or address.lower().endswith(RESOURCES):
        return "room" if name and name in location else "resource"
    return "individual"


def _location(item: Json) -> str:
    told = word(item, "location").strip()[:MAX_TEXT]
    if told or word(item, "eventType") != "workingLocation":
        return told
    where = inner(item, "workingLocationProperties")
    if word(where, "type") == "homeOffice" or "homeOffice" in where:
        return "home"
    label = word(where, "officeLocation", "label") or word(where, "customLocation", "label")
    return label or word(where, "officeLocation", "buildingId")


def _links(item: Json) -> tuple[str, ...]:
    entries = rows(item, "conferenceData", "entryPoints")
    found = [word(entry, "uri") for entry in entries if word(entry, "entryPointType") != "more"]
    return tuple(dict.fromkeys(link.strip() for link in [*found, word(item, "hangoutLink")] if link.strip()))


def _kind(item: Json, agenda: Agenda, title: str, all_day: bool, guests: int) -> str:
    kind = _KINDS.get(word(item, "eventType"), "default")
    if kind == "default" and all_day and guests < 2 and is_birthday((agenda.name, title)):
        return "birthday"
    return kind


def _notes(item: Json) -> list[str]:
    """What else bears on judgement: that Google made the event of a mail, or does not tell all guests."""
    notes = ["from a mail"] if word(item, "eventType") == "fromGmail" else []
    return [*notes, "guests left out"] if flag(item, "attendeesOmitted") else notes
