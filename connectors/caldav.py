"""Read the calendars of a CalDAV account (RFC 4791): iCloud, Fastmail, Nextcloud, Radicale and others."""

from collections.abc import Iterator

from connectors.calendar_entries import read_calendar
from connectors.context import Context
from connectors.dav_discovery import Collection, Flavour
from connectors.dav_memory import Body, Known, News
from connectors.dav_source import Account, Choice, DavSource, client_of
from connectors.dav_xml import CALDAV
from connectors.folder import window_at
from connectors.records import Event, Micros, Page, Reject

CALENDARS = Flavour(
    mark=f"{CALDAV}calendar",
    home=f"{CALDAV}calendar-home-set",
    report=f"{CALDAV}calendar-multiget",
    data=f"{CALDAV}calendar-data",
    well_known="caldav",
    one="calendar",
    many="calendars",
)


class Settings(Account):
    """The keys of a `kind = "caldav"` source."""

    calendars: Choice = Choice()


class CalendarReader:
    """Makes events of entries. Each entry, a series with its exceptions, is a place of its own: what it gave before is
    replaced when it changes. `window` is the time in which series are expanded (see folder.window_at)."""

    flavour = CALENDARS

    def __init__(self, window: tuple[Micros, Micros], zone: str) -> None:
        self._window = window
        self._zone = zone

    def prepare(self, known: Known) -> None:
        """When the window has moved, all series reach further: everything is read again."""
        if known.until != self._window[1]:
            if known.until:
                known.distrust()
            known.until = self._window[1]

    def pages(self, collection: Collection, news: Iterator[News], known: Known) -> Iterator[Page]:
        """One page for each piece of news that says something."""
        for piece in news:
            emptied = tuple(f"{collection.path}{name}" for name in known.take(piece))
            events: list[Event] = []
            rejects = [Reject(f"{collection.path}{lost.name}", "", lost.reason) for lost in piece.lost]
            for body in piece.bodies:
                self._read(body, collection, events, rejects)
            if emptied or events or rejects:
                yield Page("", events=events, rejects=rejects, emptied=emptied)

    def places(self, path: str, known: Known) -> tuple[str, ...]:
        """The places of all entries of a calendar."""
        return tuple(f"{path}{name}" for name in known.all_names())

    def _read(self, body: Body, collection: Collection, events: list[Event], rejects: list[Reject]) -> None:
        found = read_calendar(body.data, place=f"{collection.path}{body.name}", window=self._window, zone=self._zone)
        once = {event.key: event for event in found.events}  # a server may put one entry twice into a body
        events += (event if event.calendar else event._replace(calendar=collection.name) for event in once.values())
        rejects += {reject.key: reject for reject in found.rejects}.values()


def open(settings: Settings, context: Context) -> DavSource:
    """Open the account that the settings name. Raises SourceError where the secret can't be had."""
    reader = CalendarReader(window_at(context.now), context.timezone)
    return DavSource(client_of(settings, context), settings.url, settings.calendars, reader)
