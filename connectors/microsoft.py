"""Read Microsoft 365 or Outlook.com by Graph: mail headers, calendars and contacts, without changing anything."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from connectors import microsoft_cards, microsoft_mail
from connectors.context import Context
from connectors.errors import SourceError
from connectors.folder import window_at
from connectors.microsoft_batch import quiet
from connectors.microsoft_events import Lies
from connectors.microsoft_graph import Batch, Graph, Missing, Withheld
from connectors.microsoft_look import look_at_book, look_at_calendar, look_at_folder
from connectors.microsoft_memory import Memory
from connectors.microsoft_pages import Series, card_page, event_page, mail_page
from connectors.microsoft_places import books, calendars, mail_folders
from connectors.microsoft_settings import Part, Settings, consent
from connectors.microsoft_times import day, slices
from connectors.records import Cursor, Page, Reject, Seen
from connectors.sign_in_microsoft import MicrosoftSignIn
from connectors.web import Limits

__all__ = ["MicrosoftConnector", "Settings", "consent", "open"]

_MAILS, _EVENTS, _CARDS = "odata.maxpagesize=200", "odata.maxpagesize=100", "odata.maxpagesize=200"
_READABLE = 'outlook.body-content-type="text", outlook.timezone="UTC"'


class MicrosoftConnector:
    """Reads what `settings` name, through connections that `connect` opens."""

    def __init__(self, settings: Settings, context: Context, connect: Callable[[], Graph]) -> None:
        self._settings = settings
        self._context = context
        self._connect = connect
        self._quiet: dict[str, str] = {}  # of this pull, links behind which nothing is new

    def pull(self, since: Cursor | None) -> Iterator[Page]:
        """Yield what is new since the cursor. Raises SourceError.

        Where the server knows the last changes no more, all is asked for anew: mails land where they lie already, the
        place of events or contacts is emptied first. A mail that was deleted was written all the same, and stays.
        """
        memory = Memory(since)
        parts: dict[Part, Callable[[Graph, Memory], Iterator[Page]]]
        parts = {"mail": self._mails, "calendar": self._events, "contacts": self._cards}
        refused = 0
        with self._connected() as graph:
            self._quiet = quiet(graph, memory.links)
            memory.links |= self._quiet
            for part in self._settings.read:
                try:
                    for page in parts[part](graph, memory):
                        if page != Page(""):
                            yield page._replace(cursor=memory.cursor())
                except Withheld as refusal:
                    refused += 1
                    if refused == len(self._settings.read):
                        raise SourceError(str(refusal)) from refusal
                    yield Page(memory.cursor(), rejects=[Reject(part, "", str(refusal))])
            yield Page(memory.cursor())

    def look(self) -> list[Seen]:
        """The folders, calendars and address books that would be read. Raises SourceError."""
        settings, found = self._settings, list[Seen]()
        with self._connected() as graph:
            try:
                if "mail" in settings.read:
                    folders = mail_folders(graph, Memory(None), settings.folders)
                    found += [look_at_folder(graph, folder) for folder in folders]
                if "calendar" in settings.read:
                    found += [look_at_calendar(graph, one) for one in calendars(graph, settings.calendars)]
                if "contacts" in settings.read:
                    found += [look_at_book(graph, book) for book in books(graph)]
            except (Withheld, Missing) as refusal:
                raise SourceError(str(refusal)) from refusal
        return found

    def _mails(self, graph: Graph, memory: Memory) -> Iterator[Page]:
        folders = mail_folders(graph, memory, self._settings.folders)
        total = sum(folder.items for folder in folders if f"mail/{folder.id}" not in memory.links)
        for folder in folders:
            key = f"mail/{folder.id}"
            if folder.items or key in memory.links:
                start = f"/me/mailFolders/{folder.id}/messages/delta?$select={microsoft_mail.SELECT}"
                for batch in self._changes(graph, memory, key, start, _MAILS):
                    if isinstance(batch, Withheld):
                        yield Page("", rejects=[Reject(folder.name, "", str(batch))])
                    elif batch.items:
                        yield mail_page(graph, batch, folder)._replace(total=total)

    def _events(self, graph: Graph, memory: Memory) -> Iterator[Page]:
        own = tuple(address.lower() for address in self._context.owner_addresses)
        for calendar in calendars(graph, self._settings.calendars):
            series = Series(graph)
            owners = tuple(dict.fromkeys(filter(None, (calendar.owner, *own))))
            for piece in slices(window_at(self._context.now)):
                key = f"calendar/{calendar.id}/{piece.start}"
                place = memory.place(key, f"{calendar.name} {piece.name}")
                lies = Lies(place, calendar.name, self._context.timezone, owners)
                times = f"startDateTime={day(piece.start)}T00:00:00Z&endDateTime={day(piece.end)}T00:00:00Z"
                start = f"{calendar.path}/calendarView/delta?{times}"
                for batch in self._changes(graph, memory, key, start, f"{_EVENTS}, {_READABLE}"):
                    if isinstance(batch, Withheld):
                        yield Page("", rejects=[Reject(place, "", str(batch))])
                    else:
                        yield event_page(graph, batch, lies, series)

    def _cards(self, graph: Graph, memory: Memory) -> Iterator[Page]:
        for book in books(graph):
            key = f"contacts/{book.id}"
            place = memory.place(key, book.name)
            start = f"{book.path}/delta?$select={microsoft_cards.SELECT}"
            for batch in self._changes(graph, memory, key, start, _CARDS):
                if isinstance(batch, Withheld):
                    yield Page("", rejects=[Reject(place, "", str(batch))])
                else:
                    yield card_page(graph, batch, place)

    def _changes(self, graph: Graph, memory: Memory, key: str, start: str, prefer: str) -> Iterator[Batch | Withheld]:
        """The changes of one folder, remembered as they are given; a refusal of the server's, where it shows only others."""
        if key in self._quiet:
            return
        try:
            for batch in graph.changes(start, memory.links.get(key, ""), prefer):
                memory.links[key] = batch.link
                yield batch
        except Missing:  # it may have gone since it was listed; if it stays so, the owner should know
            memory.links.pop(key, None)
            yield Withheld("Microsoft lists this and finds nothing there: look for it in Outlook.")
        except Withheld as refusal:
            yield refusal

    @contextmanager
    def _connected(self) -> Iterator[Graph]:
        graph = self._connect()
        try:
            yield graph
        finally:
            graph.close()


def open(settings: Settings, context: Context) -> MicrosoftConnector:
    """Open the account that the settings name."""
    asked = consent(settings, context)

    def connect() -> Graph:
        sign_in = MicrosoftSignIn(asked, context.source, context.tokens)
        limits = Limits(read=settings.timeout)
        return Graph(settings.host, context.source, sign_in.access_token, limits=limits, ca_file=asked.ca_file)

    return MicrosoftConnector(settings, context, connect)
