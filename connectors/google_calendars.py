"""Read Google Calendar: each calendar that is chosen, its series expanded, and then what has changed."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from zlib import crc32

from connectors.calendar_google import FIELDS, Agenda, NoTime, cancelled, read_event
from connectors.google_agendas import find
from connectors.google_cursor import AgendaMark, Progress
from connectors.google_errors import Refusal
from connectors.google_json import Json, inner, rows, word
from connectors.google_wire import Wire
from connectors.records import Event, Micros, Page, Reject, Seen

PAGE = 2_500  # events, the most that Google lists at a time
MOST_SERIES = 100  # that are asked for by themselves, for what their cancelled occurrences were
_PERSONAL = frozenset(("outOfOffice", "workingLocation", "focusTime"))  # they are in people's own calendars alone
_ITEMS = f"nextPageToken,nextSyncToken,items({FIELDS})"
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass
class _Listing:
    """What one calendar gives in a pull."""

    agenda: Agenda
    anew: bool
    events: dict[str, Event] = field(default_factory=dict)
    rejects: list[Reject] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    bare: list[Json] = field(default_factory=list)  # cancelled occurrences of which Google tells nothing else
    siblings: dict[str, Json] = field(default_factory=dict)  # an occurrence of each series
    token: str = ""


class _Stale(Exception):
    """What is known of the calendar can't be brought up to date: it is to be read anew."""


class Calendars:
    """The calendars of one account, for one pull.

    `names` and `own` are as google_agendas.find takes them, `window` is the time in which series are expanded.
    """

    def __init__(
        self,
        wire: Wire,
        names: tuple[str, ...],
        window: tuple[Micros, Micros],
        own: tuple[str, ...],
        progress: Progress,
    ) -> None:
        self._wire = wire
        self._names = names
        self._window = window
        self._own = own
        self._progress = progress
        self._service = wire.api("calendar", "v3").methods

    def pages(self) -> Iterator[Page]:
        """Yield what is new and what has changed. Raises Refusal, SourceError.

        A calendar that is no longer there, or no longer named in the settings, is emptied; one that is merely not shown
        any more keeps what was read of it. A calendar that is read anew (its token has run out, or the window moved)
        replaces what was read of it, once it is there as a whole.
        """
        found = find(self._wire, self._service, self._names, self._own)
        for place in [place for place in self._progress.calendars if place not in found.kept]:
            del self._progress.calendars[place]
            yield Page(self._progress.write(), emptied=(place,))
        for agenda in found.chosen:
            yield from self._calendar(agenda)
        if found.error is not None:
            raise found.error

    def look(self) -> list[Seen]:
        """How many entries each chosen calendar has, a series counted once. Raises Refusal, SourceError."""
        found = find(self._wire, self._service, self._names, self._own)
        if found.error is not None:
            raise found.error
        return [Seen(agenda.name, self._count(agenda.place), None, None) for agenda in found.chosen]

    def _count(self, place: str) -> int:
        count, token = 0, ""
        while True:
            more = {"pageToken": token} if token else {}
            events = self._service.events()
            told = self._wire.call(
                events.list(calendarId=place, maxResults=PAGE, fields="nextPageToken,items/id", **more)
            )
            count += len(rows(told, "items"))
            token = word(told, "nextPageToken")
            if not token:
                return count

    def _calendar(self, agenda: Agenda) -> Iterator[Page]:
        mark = self._progress.calendars.get(agenda.place)
        try:
            if mark is not None and mark.token and mark.until == self._window[1]:
                try:
                    yield from self._changed(agenda, mark)
                    return
                except _Stale:
                    self._progress.calendars[agenda.place] = mark = mark._replace(token="")
            yield from self._whole(agenda, mark)
        except Refusal as found:
            if found.status not in (403, 404):  # one calendar that is closed, or gone since it was listed
                raise
            reject = Reject(agenda.place, "", "Google does not show what is in this calendar.")
            yield Page(self._progress.write(), rejects=[reject])

    def _whole(self, agenda: Agenda, mark: AgendaMark | None) -> Iterator[Page]:
        """Read a calendar from the beginning. What was read before is replaced in one page, or in none."""
        listing = _Listing(agenda, True)
        # begun: if this breaks off, what it gave is replaced next time
        self._progress.calendars[agenda.place] = AgendaMark("", 0, [])
        lowest, highest = (_written(moment) for moment in self._window)
        for items in self._items(listing, timeMin=lowest, timeMax=highest):
            self._sort(items, listing)
            if mark is None and listing.events:
                yield self._page(listing, ())
        self._resolve(listing)
        self._progress.calendars[agenda.place] = AgendaMark(listing.token, self._window[1], _sums(listing, []))
        yield self._page(listing, (agenda.place,) if mark is not None else ())

    def _changed(self, agenda: Agenda, mark: AgendaMark) -> Iterator[Page]:
        """Read what has changed since. Raises _Stale."""
        listing = _Listing(agenda, False)
        try:
            for items in self._items(listing, syncToken=mark.token):
                self._sort(items, listing)
        except Refusal as found:
            if found.status in (400, 410):
                raise _Stale from found
            raise
        if any(crc32(key.encode()) in mark.series for key in listing.removed):
            raise _Stale  # a whole series is gone, whose occurrences have keys of their own
        self._resolve(listing)
        moved = AgendaMark(listing.token or mark.token, mark.until, _sums(listing, mark.series))
        self._progress.calendars[agenda.place] = moved
        if listing.events or listing.removed or listing.rejects:
            yield self._page(listing, ())

    def _items(self, listing: _Listing, **how: str) -> Iterator[list[Json]]:
        token = ""
        while True:
            more = {"pageToken": token} if token else {}
            request = self._service.events().list(
                calendarId=listing.agenda.place,
                singleEvents=True,
                showDeleted=True,
                maxResults=PAGE,
                fields=_ITEMS,
                **how,
                **more,
            )
            told = self._wire.call(request)
            yield rows(told, "items")
            token = word(told, "nextPageToken")
            if not token:
                listing.token = word(told, "nextSyncToken")
                return

    def _sort(self, items: list[Json], listing: _Listing) -> None:
        """Make events of what can be one by itself; note the others for later."""
        for item in items:
            if not listing.agenda.own and word(item, "eventType") in _PERSONAL:
                continue  # somebody else's: it says nothing of the owner's day
            series = word(item, "recurringEventId")
            if word(item, "status") == "cancelled" and not (inner(item, "start") and word(item, "iCalUID")):
                if series and "originalStartTime" in item:
                    listing.bare.append(item)
                else:
                    listing.removed.append(word(item, "id"))
                continue
            if series:
                listing.siblings[series] = item
            try:
                event = read_event(item, listing.agenda)
            except NoTime as error:
                key = word(item, "id")
                listing.rejects.append(Reject(listing.agenda.place, key, f"An event is left out: {error}."))
                listing.removed.append(key)
                continue
            self._add(event, listing)

    def _add(self, event: Event, listing: _Listing) -> None:
        if event.starts_at < self._window[1] and event.ends_at > self._window[0]:
            listing.events[event.key] = event
        else:
            listing.removed.append(event.key)  # it may have been moved out of the window

    def _resolve(self, listing: _Listing) -> None:
        """Make cancelled events of the bare ones, by an occurrence of the same series or by the series itself."""
        asked = 0
        for item in listing.bare:
            series = word(item, "recurringEventId")
            if series not in listing.siblings and not listing.anew and asked < MOST_SERIES:
                asked += 1
                listing.siblings[series] = self._series(listing.agenda, series)
            sibling = listing.siblings.get(series)
            try:
                if not sibling or not word(sibling, "iCalUID"):
                    raise NoTime("nothing is left of its series")
                self._add(cancelled(item, sibling, listing.agenda), listing)
            except NoTime:
                listing.removed.append(word(item, "id"))
        listing.bare = []

    def _series(self, agenda: Agenda, key: str) -> Json:
        """What a series is; nothing where it is gone."""
        try:
            return self._wire.call(self._service.events().get(calendarId=agenda.place, eventId=key, fields=FIELDS))
        except Refusal as found:
            if found.status in (404, 410):
                return {}
            raise

    def _page(self, listing: _Listing, emptied: tuple[str, ...]) -> Page:
        place = listing.agenda.place
        page = Page(
            self._progress.write(),
            events=list(listing.events.values()),
            rejects=listing.rejects,
            emptied=emptied,
            removed=() if listing.anew else tuple((place, key) for key in listing.removed),
        )
        listing.events, listing.rejects, listing.removed = {}, [], []
        return page


def _sums(listing: _Listing, before: list[int]) -> list[int]:
    return sorted({*before, *(crc32(key.encode()) for key in listing.siblings)})


def _written(moment: Micros) -> str:
    return (_EPOCH + dt.timedelta(microseconds=moment)).strftime("%Y-%m-%dT%H:%M:%SZ")
