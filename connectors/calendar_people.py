"""Read who an entry names: its organizer and guests, with their answers (RFC 5545 sections 3.8.4.1 and 3.8.4.3)."""

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from urllib.parse import unquote

from connectors.calendar_lines import Property, parameters_of
from connectors.records import Attendee

_MAILTO = re.compile(r".*\bmailto:\s*", re.IGNORECASE | re.DOTALL)  # the last one: names may hold a colon, unquoted
_ANGLED = re.compile(r"<([^<>@\s]+@[^<>\s]+)>")
_ADDRESS = re.compile(r"[^\s<>\"(),;:]+@[^\s<>\"(),;:]+")
_BARE = re.compile(r"\\([,;:\\])")

STATUSES = frozenset({"accepted", "declined", "tentative", "needs-action", "delegated"})
_STATUS_SLIPS = {"confirmed": "accepted", "needsaction": "needs-action", "needs action": "needs-action"}
KINDS = frozenset({"individual", "group", "resource", "room", "unknown"})
GROUPS = ("@group.calendar.google.com", "@group.v.calendar.google.com", "@import.calendar.google.com")
RESOURCES = ("@resource.calendar.google.com",)
_KNOWN_BEST = ("", "needs-action", "delegated", "tentative", "declined", "accepted")


@lru_cache(maxsize=16_384)
def address_of(value: str, email: str = "") -> str:
    """The mail address of a calendar address, domain in lower case and A-labels; "" if it names none at all.

    An Exchange or URN address (`/o=…`, `urn:uuid:…`) is given as it is where no EMAIL parameter says better.
    """
    found = _without_mailto(value)
    if found == value.strip() and email:
        found = email.strip()
    if "%" in found:
        found = unquote(found)
    if angled := _ANGLED.search(found):
        found = angled[1]
    match = _ADDRESS.match(found.strip("<>'\" "))
    if match is None:
        match = _ADDRESS.match(email.strip())
    if match is None:
        other = _without_mailto(value)  # Outlook writes "MAILTO:/O=…", too
        return other if other.startswith("/") or other.lower().startswith(("urn:", "http")) else ""
    local, _, domain = match[0].partition("?")[0].rpartition("@")
    domain = domain.lower().strip(".")
    if not domain.isascii():
        with suppress(UnicodeError):  # a domain that can't exist is kept as it is written
            domain = domain.encode("idna").decode()
    return f"{local}@{domain}"


def _without_mailto(value: str) -> str:
    found = _MAILTO.match(value)  # to search for it as well would take minutes in a value of some ten thousand letters
    return (value[found.end() :] if found else value).strip()


def name_of(parameters: Mapping[str, str], address: str) -> str:
    """The CN, unless it only repeats the address."""
    name = parameters.get("CN", "")
    if "\\" in name:
        name = _BARE.sub(r"\1", name)
    name = " ".join(name.strip("'").split())
    bare = name.lower().removeprefix("mailto:")
    return "" if bare == address.lower() else name


def organizer(lines: list[Property]) -> tuple[str, str]:
    """The organizer's address and name, both empty where there is none."""
    if not lines:
        return "", ""
    parameters = parameters_of(lines[0].parameters)
    address = address_of(lines[0].value, parameters.get("EMAIL", ""))
    return address, name_of(parameters, address)


@lru_cache(maxsize=16_384)
def attendee(raw: str, value: str) -> Attendee | None:
    """One ATTENDEE line; None if it names nobody."""
    parameters = parameters_of(raw)
    address = address_of(value, parameters.get("EMAIL", ""))
    name = name_of(parameters, address)
    if not address and not name:
        return None
    status = parameters.get("PARTSTAT", "needs-action").strip().lower()
    status = _STATUS_SLIPS.get(status, status)
    role = parameters.get("ROLE", "").strip().upper()
    return Attendee(
        address,
        name,
        status if status in STATUSES else "needs-action",
        _kind(parameters.get("CUTYPE", "").strip().lower(), role, address.lower()),
        role in ("OPT-PARTICIPANT", "NON-PARTICIPANT"),
    )


def _kind(told: str, role: str, address: str) -> str:
    if address.endswith(GROUPS):
        return "group"
    if address.endswith(RESOURCES):
        return "room" if told == "room" else "resource"
    if told in KINDS:
        return told
    if told:
        return "unknown"
    return "room" if role == "NON-PARTICIPANT" else "individual"


def attendees(lines: list[Property]) -> tuple[Attendee, ...]:
    """All guests, each once: where one is listed twice, the clearer answer stands."""
    return attendees_once(attendee(line.parameters, line.value) for line in lines)


def attendees_once(guests: Iterable[Attendee | None]) -> tuple[Attendee, ...]:
    """The guests, each once: where one is listed twice, the clearer answer stands."""
    found: dict[str, Attendee] = {}
    for guest in guests:
        if guest is None:
            continue
        key = guest.address.lower() or f"\n{guest.name}"
        before = found.get(key)
        if before is None or _KNOWN_BEST.index(guest.status) > _KNOWN_BEST.index(before.status):
            found[key] = guest
    return tuple(found.values())
