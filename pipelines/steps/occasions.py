"""Read every event occurrence with those who are invited to it, as meetings are judged on."""

from collections import defaultdict
from typing import NamedTuple

from pipelines.rules import places
from pipelines.rules.meeting_facts import Habits, Occasion
from pipelines.rules.meeting_habits import habits
from pipelines.rules.vocabulary import find
from pipelines.store import Store

THINGS = ("room", "resource", "group")
ROOMS = ("room", "resource")
SILENT = ("needs-action", "delegated")
ANSWERS = ("accepted", "tentative", "declined", "needs-action")  # of several addresses of the owner's the first counts
ROW = (  # the first fields of an Occasion, in their order
    "key",
    "uid",
    "starts",
    "ends",
    "local_start",
    "local_end",
    "all_day",
    "title",
    "location",
    "status",
    "transparent",
    "kind",
    "recurring",
    "created",
    "modified",
    "calendars",
    "organizer",
    "abroad",
)
_KEY, _TITLE, _LOCATION, _KIND = (ROW.index(name) for name in ("key", "title", "location", "kind"))
NO_PLACE = places.read("", "", "", ())
NO_MEETINGS = ("birthday", "focus_time", "working_location")


class Invited(NamedTuple):
    """One guest or organizer of an occurrence; `contact` is empty where no contact has the address."""

    address: str
    name: str
    status: str
    organizes: bool
    contact: str
    countered: bool
    replied: bool


class Calendar(NamedTuple):
    """All occurrences in order of time, who is invited to each (by event_key), and what is usual."""

    occasions: list[Occasion]
    invited: dict[str, list[Invited]]
    habits: Habits


class _Guests(NamedTuple):
    people: list[Invited]
    owner_status: str
    owner_shown: bool
    owner_listed: bool
    owner_organizes: bool
    room: str


NOBODY = _Guests([], "", owner_shown=False, owner_listed=False, owner_organizes=False, room="")


def read(store: Store) -> Calendar:
    """Everything that stands in the owner's calendars."""
    guests = _guests(store)
    found = store.gather("occasions")
    names = [*ROW, "description", "links"]
    occasions = []
    calendars = [tuple(each) for each in found["calendars"].to_pylist()]
    columns = [calendars if name == "calendars" else found[name].to_pylist() for name in names]
    for row in zip(*columns, strict=True):
        key, title, location, kind = row[_KEY], row[_TITLE], row[_LOCATION], row[_KIND]
        known = guests.get(key, NOBODY)
        place = places.read(title, location, row[-2], tuple(row[-1])) if may_meet(kind, title) else NO_PLACE
        size = 1 + (len({one.contact or one.address for one in known.people}) if known.people else 0)
        stands = (known.owner_status, known.owner_listed, known.owner_organizes, known.room)
        occasions.append(Occasion._make((*row[:-2], size, *stands, place)))
    invited = {key: one.people for key, one in guests.items()}
    return Calendar(occasions, invited, _usual(occasions, guests))


def may_meet(kind: str, title: str) -> bool:
    """Whether an entry of this kind may be a meeting; "Lunch with Ann" may also where it is shown as out of office."""
    if kind == "out_of_office":
        return bool(find("title.together", title)) and not find("presence.away", title)
    return kind not in NO_MEETINGS


def _guests(store: Store) -> dict[str, _Guests]:
    found = store.gather("invited")
    names = ("event_key", "address", "name", "status", "kind", "organizes", "own", "contact_id", "countered", "replied")
    groups: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    for row in zip(*(found[name].to_pylist() for name in names), strict=True):
        groups[row[0]].append(row[1:])
    return {key: _group(rows) for key, rows in groups.items()}


def _group(rows: "list[tuple[object, ...]]") -> _Guests:
    people: dict[tuple[str, str], Invited] = {}
    own: list[str] = []
    organizes, shown, room = False, False, ""
    for address, name, status, kind, hosts, is_own, contact, countered, replied in rows:
        if is_own:
            organizes = organizes or bool(hosts)
            own += [] if hosts else [str(status)]
            shown = shown or not (hosts or replied or status in SILENT)
        elif kind in ROOMS:
            room = str(status) if room != "accepted" else room
        elif kind not in THINGS and not str(address).endswith("calendar.google.com"):
            key = (str(address) or f"\n{name}", str(contact or ""))  # some are given by their names alone
            before = people.get(key)
            people[key] = Invited(
                str(address),
                str(name or "") or (before.name if before else ""),
                (before.status if before else "") or str(status),
                bool(hosts),
                str(contact or ""),
                bool(countered),
                bool(replied),
            )
    answer = next((one for one in ANSWERS if one in own), "")
    return _Guests(list(people.values()), answer, shown, bool(own), organizes, room)


def _usual(occasions: list[Occasion], guests: dict[str, _Guests]) -> Habits:
    answers, hosts, own = [], [], []
    for one in occasions:
        known = guests.get(one.key, NOBODY)
        people = known.people
        asked = [guest for guest in people if guest.status and not guest.organizes]
        answered = sum(guest.status not in SILENT and not guest.replied for guest in asked)
        answers += [(calendar, one.owner_organizes, len(asked), answered) for calendar in one.calendars]
        if not one.owner_organizes and len(people) > 1:
            host = any(guest.organizes and guest.status for guest in people)
            hosts += [(calendar, host) for calendar in one.calendars]
        if one.owner_listed and not one.owner_organizes:
            own += [(calendar, known.owner_shown) for calendar in one.calendars]
    return habits(occasions, answers, hosts, own)
