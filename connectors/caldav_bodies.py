"""Read the entries that a calendar server gives, here or in a process of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from connectors.calendar_entries import Calendar, read_calendar
from connectors.dav_memory import Body
from connectors.records import Event, Micros, Reject


class _Packed(NamedTuple):
    """What was read, with its events as plain tuples: half the time to pickle."""

    events: tuple[tuple[object, ...], ...]
    rejects: list[Reject]


@dataclass(frozen=True)
class Bodies:
    """How the entries of one calendar are read: its path and name, the time in which series are expanded, and the zone of
    times that name none. Called in a Helper's process, it gives what `unpacked` takes."""

    path: str
    calendar: str
    window: tuple[Micros, Micros]
    zone: str

    def read(self, bodies: Sequence[Body]) -> Calendar:
        """The events and rejects of these entries, in their order."""
        events: list[Event] = []
        rejects: list[Reject] = []
        for body in bodies:
            found = read_calendar(body.data, place=f"{self.path}{body.name}", window=self.window, zone=self.zone)
            once = {event.key: event for event in found.events}  # a server may put one entry twice into a body
            events += (event if event.calendar else event._replace(calendar=self.calendar) for event in once.values())
            rejects += {reject.key: reject for reject in found.rejects}.values()
        return Calendar(events, rejects)

    def __call__(self, bodies: Sequence[Body]) -> object:
        found = self.read(bodies)
        return _Packed(tuple(map(tuple, found.events)), found.rejects)


def unpacked(packed: object) -> Calendar:
    """What was read in the other process."""
    assert isinstance(packed, _Packed)  # what Bodies gives there
    return Calendar(list(map(Event._make, packed.events)), packed.rejects)
