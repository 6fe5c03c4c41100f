"""Find the calendars of a Google account that are to be read."""

from typing import NamedTuple

from connectors.calendar_google import Agenda
from connectors.errors import SourceError
from connectors.google_json import Json, flag, rows, word
from connectors.google_services import Methods
from connectors.google_wire import Wire

_READABLE = frozenset(("owner", "writer", "reader"))
_GROUPS = ("@group.calendar.google.com", "@import.calendar.google.com")
_MADE = "@group.v.calendar.google.com"  # by Google: holidays, birthdays, weeks, phases of the moon
_FIELDS = "nextPageToken,items(id,summary,summaryOverride,timeZone,selected,primary,accessRole)"


class Found(NamedTuple):
    """The calendars to read; the places of those that may keep what was read of them; what the settings name in vain."""

    chosen: list[Agenda]
    kept: frozenset[str]
    error: SourceError | None


def find(wire: Wire, service: Methods, names: tuple[str, ...], own: tuple[str, ...]) -> Found:
    """Ask which calendars there are, and choose: by id, name or "primary"; without names, all that the owner shows, apart
    from other people's and those that Google makes. `own` are the owner's addresses; the first of them stands for the
    owner in the account's own calendar. Raises Refusal, SourceError."""
    listed = _listed(wire, service)
    named = [entry for entry in listed if not names or any(_is_called(entry, name) for name in names)]
    chosen = [_agenda(entry, own) for entry in named if names or _is_shown(entry, own)]
    missing = [name for name in names if not any(_is_called(entry, name) for entry in listed)]
    error: SourceError | None = None
    if missing:
        error = SourceError(
            f"There is no calendar “{missing[0]}” in this Google account: correct “calendars” in settings.toml; "
            f"there are {', '.join(f'“{_title(entry)}”' for entry in listed)}."
        )
    return Found(chosen, frozenset(word(entry, "id") for entry in named), error)


def _listed(wire: Wire, service: Methods) -> list[Json]:
    found: list[Json] = []
    token = ""
    while True:
        more = {"pageToken": token} if token else {}
        told = wire.call(service.calendarList().list(maxResults=250, showHidden=True, fields=_FIELDS, **more))
        found += (entry for entry in rows(told, "items") if word(entry, "accessRole") in _READABLE)
        token = word(told, "nextPageToken")
        if not token:
            return found


def _agenda(entry: Json, own: tuple[str, ...]) -> Agenda:
    place = word(entry, "id")
    stands = own[0] if flag(entry, "primary") else place if place.lower() in _lower(own) else ""
    return Agenda(place, _title(entry), word(entry, "timeZone"), stands)


def _title(entry: Json) -> str:
    return word(entry, "summaryOverride") or word(entry, "summary") or word(entry, "id")


def _is_called(entry: Json, name: str) -> bool:
    name = name.casefold()
    if name == "primary":
        return flag(entry, "primary")
    return name in (text.casefold() for text in (word(entry, "id"), _title(entry), word(entry, "summary")))


def _is_shown(entry: Json, own: tuple[str, ...]) -> bool:
    """Whether the owner shows a calendar that is theirs, or a group's. A person's calendar has that person's address."""
    place = word(entry, "id").lower()
    if flag(entry, "primary"):
        return True
    if not flag(entry, "selected") or place.endswith(_MADE):
        return False
    return word(entry, "accessRole") == "owner" or place.endswith(_GROUPS) or place in _lower(own)


def _lower(addresses: tuple[str, ...]) -> frozenset[str]:
    return frozenset(address.lower() for address in addresses)
