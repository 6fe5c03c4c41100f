"""Read the calendars of a CalDAV account (RFC 4791): iCloud, Fastmail, Nextcloud, Radicale and others."""

from collections.abc import Iterator

from connectors.apart import Helper
from connectors.caldav_bodies import Bodies, unpacked
from connectors.calendar_entries import Calendar
from connectors.context import Context
from connectors.cycles import uncollected
from connectors.dav_discovery import Collection, Flavour
from connectors.dav_memory import Known, News
from connectors.dav_source import Account, Choice, DavSource, client_of
from connectors.dav_xml import CALDAV
from connectors.errors import SourceError
from connectors.folder import window_at
from connectors.records import Micros, Page, Reject

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
        """One page for each piece of news that says something. A calendar that is read for the first time comes all at
        once: then a second process, which starts while the server is still busy, reads every other piece."""
        bodies = Bodies(collection.path, collection.name, self._window, self._zone)
        if known.items or known.old:
            for piece in news:
                yield from _page(piece, collection, known, bodies.read(piece.bodies))
            return
        with uncollected(), Helper(bodies) as helper:
            for piece, found in _by_turns(news, bodies, helper):
                yield from _page(piece, collection, known, found)

    def places(self, path: str, known: Known) -> tuple[str, ...]:
        """The places of all entries of a calendar."""
        return tuple(f"{path}{name}" for name in known.all_names())


def _by_turns(news: Iterator[News], bodies: Bodies, helper: Helper) -> Iterator[tuple[News, Calendar]]:
    """Each piece of news with what is in it. Raises SourceError, after what came before it: that is good."""
    theirs: News | None = None  # the piece that the other process reads
    failed: SourceError | None = None
    try:
        for piece in news:
            if piece.bodies and theirs is None:
                helper.give(piece.bodies)
                theirs = piece
                continue
            found = bodies.read(piece.bodies)
            if theirs is not None:
                given, theirs = theirs, None
                yield given, unpacked(helper.take())
            yield piece, found
    except SourceError as error:
        failed = error
    if theirs is not None:
        yield theirs, unpacked(helper.take())
    if failed is not None:
        raise failed


def _page(piece: News, collection: Collection, known: Known, found: Calendar) -> Iterator[Page]:
    emptied = tuple(f"{collection.path}{name}" for name in known.take(piece))
    rejects = [*(Reject(f"{collection.path}{lost.name}", "", lost.reason) for lost in piece.lost), *found.rejects]
    if emptied or found.events or rejects:
        yield Page("", events=found.events, rejects=rejects, emptied=emptied)


def open(settings: Settings, context: Context) -> DavSource:
    """Open the account that the settings name. Raises SourceError where the secret can't be had."""
    reader = CalendarReader(window_at(context.now), context.timezone)
    return DavSource(client_of(settings, context), settings.url, settings.calendars, reader)
