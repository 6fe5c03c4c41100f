"""Calendars as the tests write them, and what is read from them."""

from datetime import UTC, datetime

from connectors.calendar_entries import Calendar, read_calendar
from connectors.records import Event, Micros


def at(text: str) -> Micros:
    """An instant, "2026-03-04T15:00", in UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1_000_000


def shown(instant: Micros) -> str:
    """An instant as `at` takes it."""
    return datetime.fromtimestamp(instant / 1_000_000, UTC).strftime("%Y-%m-%dT%H:%M")


WINDOW = (at("2020-01-01T00:00"), at("2028-01-01T00:00"))


def calendar(*entries: str, head: str = "") -> bytes:
    """A VCALENDAR of VEVENTs, each given by its lines."""
    blocks = "".join(f"BEGIN:VEVENT\n{entry.strip()}\nEND:VEVENT\n" for entry in entries)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{blocks}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def read(
    data: bytes, zone: str = "Europe/Berlin", message_key: str | None = None, window: tuple[Micros, Micros] = WINDOW
) -> Calendar:
    """Read a calendar for an owner in Berlin."""
    return read_calendar(data, place="test.ics", window=window, zone=zone, message_key=message_key)


def events(*entries: str, head: str = "", zone: str = "Europe/Berlin", message_key: str | None = None) -> list[Event]:
    """The events of entries that must all be readable, in the order of their original starts."""
    found = read(calendar(*entries, head=head), zone, message_key)
    assert found.rejects == []
    return sorted(found.events, key=lambda event: (event.original_start, event.uid))


def event(*entries: str, head: str = "", zone: str = "Europe/Berlin", message_key: str | None = None) -> Event:
    """The only event of some entries."""
    (only,) = events(*entries, head=head, zone=zone, message_key=message_key)
    return only
