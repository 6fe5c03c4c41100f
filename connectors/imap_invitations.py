"""Make the events of invitation mails of their calendar parts."""

from collections.abc import Iterable
from typing import NamedTuple

from connectors.calendar_entries import read_calendar
from connectors.imap_parts import Invitation
from connectors.records import Event, Micros, Reject

_YEAR = 366 * 86_400 * 1_000_000


class Invited(NamedTuple):
    """What the invitations among some mails say. Copies of one mail in one folder give their events once."""

    events: list[Event]
    rejects: list[Reject]


def invited(invitations: Iterable[Invitation], now: Micros, zone: str) -> Invited:
    """Read them. Series without an end are given for a year from `now` on, and for two years from the mail on if that is
    less; `zone` is that of times without one."""
    events: dict[str, Event] = {}
    rejects: list[Reject] = []
    for one in invitations:
        end = min(now + _YEAR, (one.received_at or now) + 2 * _YEAR)
        found = read_calendar(one.part, place=one.place, window=(0, end), zone=zone, message_key=one.message_key)
        events.update((event.key, event) for event in found.events)
        rejects += (reject._replace(key=f"{one.uid}/{reject.key}") for reject in found.rejects)
    return Invited(list(events.values()), rejects)
