"""Read one Google account: the headers of its mail, its calendars, its contacts. Nothing in it is changed."""

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from connectors.context import Context
from connectors.errors import CertificateWrong, HostUnknown, SignInNeeded, SourceError
from connectors.folder import window_at
from connectors.google import Settings
from connectors.google_calendars import Calendars
from connectors.google_client import Client
from connectors.google_cursor import Progress
from connectors.google_errors import CALENDAR, GMAIL, PEOPLE, Refusal, Service, refused
from connectors.google_keys import Keys
from connectors.google_mail import Mail, Reading
from connectors.google_patience import Patience, Pause
from connectors.google_people import People
from connectors.google_wire import Wire
from connectors.records import Cursor, Page, Seen


class GoogleConnector:
    """Reads contacts, then calendars, then mail, newest first: what is small is there soon.

    A mail that was deleted outright, a deleted event and a deleted contact are removed; what was in the trash stays.
    """

    def __init__(self, settings: Settings, client: Client, context: Context, pause: Pause = time.sleep) -> None:
        self._settings = settings
        self._client = client
        self._context = context
        self._pause = pause

    def pull(self, since: Cursor | None) -> Iterator[Page]:
        """Yield what is new since the cursor. Raises SourceError.

        A service that refuses is told of at the end, when the others have been read.
        """
        progress = Progress.read(since)
        failed: list[SourceError] = []
        with self._wire() as wire:
            for service, pages in self._services(wire, progress):
                try:
                    yield from pages()
                except Refusal as found:
                    failed.append(refused(found, service, self._context.source))
                except (SignInNeeded, HostUnknown, CertificateWrong):
                    raise  # no other service would fare better
                except SourceError as error:
                    failed.append(error)
        if failed:
            raise max(failed, key=lambda error: error.retry)
        yield Page(progress.write())

    def look(self) -> list[Seen]:
        """How much mail there is, and in which calendars and contacts what. Raises SourceError."""
        settings, found = self._settings, list[Seen]()
        with self._wire() as wire:
            looks: list[tuple[Service, bool, Callable[[], list[Seen]]]] = [
                (GMAIL, settings.mail, lambda: self._mail(wire, Progress()).look()),
                (CALENDAR, settings.calendar, lambda: self._calendars(wire, Progress()).look()),
                (PEOPLE, settings.contacts, lambda: self._people(wire, Progress()).look()),
            ]
            for service, is_wanted, look in looks:
                try:
                    found += look() if is_wanted else []
                except Refusal as refusal:
                    raise refused(refusal, service, self._context.source) from None
        return found

    def _services(self, wire: Wire, progress: Progress) -> Iterator[tuple[Service, Callable[[], Iterator[Page]]]]:
        if self._settings.contacts:
            yield PEOPLE, self._people(wire, progress).pages
        if self._settings.calendar:
            yield CALENDAR, self._calendars(wire, progress).pages
        if self._settings.mail:
            yield GMAIL, self._mail(wire, progress).pages

    def _mail(self, wire: Wire, progress: Progress) -> Mail:
        since = self._settings.since
        start = dt.datetime.combine(since, dt.time(), dt.UTC) if since else None
        micros = int(start.timestamp()) * 1_000_000 if start else 0
        whole = self._settings.mail_scope == "readonly"
        return Mail(wire, Reading(micros, whole, self._context.now, self._context.timezone), progress)

    def _calendars(self, wire: Wire, progress: Progress) -> Calendars:
        known, user = self._context.owner_addresses, self._settings.user
        # where the account's address is none of the owner's, their first one stands for it
        first = user if user.lower() in {address.lower() for address in known} or not known else known[0]
        own = (first, user, *known)
        return Calendars(wire, self._settings.calendars, window_at(self._context.now), own, progress)

    def _people(self, wire: Wire, progress: Progress) -> People:
        return People(wire, self._settings.other_contacts, progress)

    @contextmanager
    def _wire(self) -> Iterator[Wire]:
        settings, context = self._settings, self._context
        keys = Keys(self._client, context.source, context.tokens, settings.timeout)
        with Wire(keys, settings.root, settings.timeout, Patience(self._pause)) as wire:
            yield wire
