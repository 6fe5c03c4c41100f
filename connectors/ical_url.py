"""Read a calendar that is published at an address of its own: Google's and Outlook's secret addresses, webcal:// links."""

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field

from connectors.calendar_entries import Calendar, looks_like_calendar, read_batches
from connectors.context import Context
from connectors.errors import ServerFault, SourceError, SourceMissing
from connectors.folder import window_at
from connectors.records import Cursor, Event, Micros, Page, Seen
from connectors.web import Limits, Web
from connectors.web_access import Access, password
from connectors.web_answers import Answer, refuse_page
from connectors.web_faults import there

PLACE = "calendar"  # of rejects; events lie in places called by their month
_FULL = 4_000  # events a page
_VERSION = 1
_REFERENCE = re.compile(r"(?:env|file|keyring|command):.")
_STAMP = re.compile(rb"^DTSTAMP[:;][^\n]*\n", re.MULTILINE | re.IGNORECASE)


class Settings(BaseModel):
    """The keys of a `kind = "ical_url"` source. `url` is the address, or says where it lies (`env:NAME` …)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: str = Field(min_length=1)
    user: str | None = None
    secret: str | None = None
    ca_file: Path | None = None
    timeout: float = Field(default=60.0, gt=0, le=3600)


class Address(NamedTuple):
    """Where the calendar is, and how to say who asks, if that is wanted. The address may be a secret itself."""

    url: str
    access: Access | None


class State(NamedTuple):
    """What the cursor says: the server's ETag and Last-Modified, a digest of what it sent, a digest of the address, the end
    of the window of series, and the months that hold something. Without `body`, reading broke off."""

    etag: str = ""
    modified: str = ""
    body: str = ""
    address: str = ""
    until: Micros = 0
    months: tuple[str, ...] = ()


class CalendarAddress:
    """Reads one published calendar, whole whenever it has changed.

    Some servers publish only the last months: what has fallen out at the old end stays, and within the time that is
    published, what is no longer there goes.
    """

    def __init__(self, address: Address, limits: Limits, ca_file: Path | None, now: Micros, zone: str) -> None:
        self._address = address
        self._limits = limits
        self._ca_file = ca_file
        self._now = now
        self._window = window_at(now)
        self._zone = zone

    def pull(self, since: Cursor | None) -> Iterator[Page]:
        """Yield the calendar if it has changed since the cursor. Raises SourceError."""
        known = _read_state(since)
        current = known.address == _digest(self._address.url.encode()) and known.until == self._window[1]
        answer = self._get(_conditions(known) if current and known.body else {})
        if answer.status == 304:
            return
        state = State(
            answer.headers.get("ETag", ""),
            answer.headers.get("Last-Modified", ""),
            _digest(_STAMP.sub(b"", answer.body)),  # some servers stamp each entry with the time of asking
            _digest(self._address.url.encode()),
            self._window[1],
            known.months,
        )
        if current and state.body == known.body:
            if state != known:
                yield Page(_written(state))
            return
        yield from self._pages(self._calendar(answer.body), known, state)

    def look(self) -> list[Seen]:
        """How many entries the calendar has. Raises SourceError."""
        return [Seen(PLACE, self._get({}).body.upper().count(b"BEGIN:VEVENT"), None, None)]

    def _calendar(self, body: bytes) -> Calendar:
        found = Calendar([], [])
        for batch in read_batches(body, place=PLACE, window=self._window, zone=self._zone):
            found.events.extend(batch.events)
            found.rejects.extend(batch.rejects)
        return found

    def _pages(self, found: Calendar, known: State, state: State) -> Iterator[Page]:
        events = {event.key: event._replace(place=_month(event.original_start)) for event in found.events}
        oldest = min((event.place for event in events.values() if not event.recurring), default="")
        oldest = oldest or min((event.place for event in events.values()), default=_month(self._now))
        emptied = (*(month for month in known.months if month >= oldest), *([PLACE] if known != State() else ()))
        state = state._replace(months=tuple(sorted({*known.months, *(event.place for event in events.values())})))
        rejects = list({reject.key: reject for reject in found.rejects}.values())
        left = iter(events.values())
        page: list[Event] = list(islice(left, _FULL))
        while following := list(islice(left, _FULL)):
            yield Page(
                _written(state._replace(body="")), events=page, rejects=rejects, emptied=emptied, total=len(events)
            )
            page, rejects, emptied = following, [], ()
        yield Page(_written(state), events=page, rejects=rejects, emptied=emptied, total=len(events))

    def _get(self, conditions: Mapping[str, str]) -> Answer:
        """The calendar as the server has it now, or its 304. Raises SourceError."""
        url, access = self._address
        headers = {"Accept": "text/calendar, */*;q=0.1", **conditions}
        with Web(access=access, trusted=(url,), limits=self._limits, ca_file=self._ca_file) as web:
            answer = web.ask("GET", url, headers=headers)
        name = there(answer.url)
        if answer.status == 304 and conditions:
            return answer
        if answer.status in (403, 404, 410):
            raise SourceMissing(
                f"The server {name} has no calendar at this address (any more): copy the address anew from the "
                "calendar's settings there."
            )
        if answer.status != 200:
            raise ServerFault(f"The server {name} does not give the calendar (HTTP {answer.status}).")
        refuse_page(answer, "a calendar")
        if not looks_like_calendar(answer.body):
            raise ServerFault(f"The server {name} answered with something else than a calendar; check the address.")
        if b"END:VCALENDAR" not in answer.body[-4096:].upper():
            raise ServerFault(f"The calendar from {name} breaks off before its end; the next pull tries again.")
        return answer


def open(settings: Settings, context: Context) -> CalendarAddress:
    """Open the address that the settings name. Raises SourceError where it can't be had or is none."""
    told = context.secret(settings.url) if _REFERENCE.match(settings.url) else settings.url
    address = _address(told.strip())
    if settings.user is not None and settings.secret is not None:
        address = address._replace(access=password(settings.user, context.secret(settings.secret)))
    limits = Limits(connect=min(20.0, settings.timeout), read=settings.timeout)
    ca_file = settings.ca_file and context.path(settings.ca_file)
    return CalendarAddress(address, limits, ca_file, context.now, context.timezone)


def _address(told: str) -> Address:
    """Read an address; a user and password in it are taken out. Raises SourceError, which does not tell it."""
    scheme, found, rest = told.partition("://")
    if scheme.lower() in ("webcal", "webcals") or not found:
        told = f"https://{rest if found else told}"
    try:
        parts = urlsplit(told)
        good = parts.scheme in ("https", "http") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or any(character.isspace() for character in told):
        raise SourceError("What `url` leads to is no web address such as https://… or webcal://…; correct it.")
    if parts.username is None:
        return Address(told, None)
    access = password(unquote(parts.username), unquote(parts.password or ""))
    return Address(parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl(), access)


def _conditions(known: State) -> dict[str, str]:
    """The headers that ask for the calendar only if it has changed (RFC 9110 13.1)."""
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in headers.items() if value}


def _month(at: Micros) -> str:
    moment = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=at)
    return f"{moment:%Y-%m}" if moment.year > 999 else f"{moment.year:04}-{moment.month:02}"


def _digest(told: bytes) -> str:
    return blake2b(told, digest_size=12).hexdigest()


def _read_state(cursor: Cursor | None) -> State:
    told = json.loads(cursor) if cursor else {}
    if told.get("version") != _VERSION:  # another's cursor: all is read again, nothing doubles
        return State(months=tuple(told.get("months", ())))
    state = State(**told["state"])
    return state._replace(months=tuple(state.months))


def _written(state: State) -> Cursor:
    return json.dumps({"version": _VERSION, "state": state._asdict()}, separators=(",", ":"))
