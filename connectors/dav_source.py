"""Pull the collections of a WebDAV account, each for itself: one that fails leaves the others whole."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Annotated, Protocol
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from connectors.ahead import ahead
from connectors.context import Context
from connectors.dav_client import Dav, Refused
from connectors.dav_discovery import Collection, Flavour, choose, find_homes, list_collections
from connectors.dav_memory import Known, Memory, News
from connectors.dav_sync import Reading
from connectors.errors import CertificateWrong, HostBusy, HostSilent, HostUnknown, SourceError
from connectors.records import Cursor, Page, Seen
from connectors.web import Limits, Web
from connectors.web_access import password

_ROOM = 2  # pieces of news that are fetched while one is read
_CONCERN_ALL = (HostUnknown, HostBusy, CertificateWrong)  # errors that the next collection would meet as well
_WHOLE = 1800.0  # seconds of one answer with all its tries


class Choice(BaseModel):
    """Which collections are read: patterns such as `Work*`, in any case."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


def web_address(told: str) -> str:
    """A web address as it is asked: https where no scheme is told. Raises ValueError."""
    url = told.strip()
    url = url if "://" in url else f"https://{url}"
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("https", "http") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise ValueError("is no web address such as https://dav.example.org/")
    if parts.username is not None or parts.password is not None:
        raise ValueError("holds a user or password: they have keys of their own, `user` and `secret`")
    return parts._replace(path=parts.path or "/", fragment="").geturl()


class Account(BaseModel):
    """The keys that `caldav` and `carddav` share."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Annotated[str, Field(min_length=1), AfterValidator(web_address)]
    user: str = Field(min_length=1)
    secret: str
    ca_file: Path | None = None
    timeout: float = Field(default=300.0, gt=0, le=3600)  # servers take minutes to list a large collection at first


class Reader(Protocol):
    """What makes records of the bodies of one flavour of collection."""

    flavour: Flavour

    def prepare(self, known: Known) -> None:
        """Called before a collection is looked at; may have everything in it fetched again."""
        ...

    def pages(self, collection: Collection, news: Iterator[News], known: Known) -> Iterator[Page]:
        """Take the news in and yield what they bring, as pages without a cursor; `known` stands for each when it is
        yielded."""
        ...

    def places(self, path: str, known: Known) -> tuple[str, ...]:
        """All places of a collection that is gone."""
        ...


class DavSource:
    """Reads calendars or address books, without changing anything on the server. `client` opens a connection."""

    def __init__(self, client: Callable[[], Web], url: str, choice: Choice, reader: Reader) -> None:
        self._client = client
        self._url = url
        self._choice = choice
        self._reader = reader

    def pull(self, since: Cursor | None) -> Iterator[Page]:
        """Yield what is new since the cursor: new, changed and deleted entries. Raises SourceError.

        An entry has one address for good, so a page that is saved twice lands once. A collection that could not be read is
        named in an error after all others were read.
        """
        memory = Memory(since, self._url)
        problems: list[tuple[Collection, SourceError]] = []
        said = since
        with self._client() as web:
            dav = Dav(web, self._reader.flavour.many)
            collections = self._collections(dav, memory, with_tokens=bool(memory.collections))
            places = self._forget(memory, collections)
            if places:
                said = memory.cursor()
                yield Page(said, emptied=places)
            for collection in collections:
                known = memory.known(collection.path)
                self._reader.prepare(known)
                if _is_unchanged(collection, known):
                    continue
                try:
                    for page in self._read(dav, collection, known):
                        said = memory.cursor()
                        yield page._replace(cursor=said)
                except SourceError as error:
                    if isinstance(error, _CONCERN_ALL) or _is_silent(error, problems):
                        raise
                    problems.append((collection, error))
            if memory.cursor() != said:
                yield Page(memory.cursor())
        if problems:
            raise self._named(problems)

    def look(self) -> list[Seen]:
        """The collections that would be read, and how many entries each holds. Raises SourceError."""
        with self._client() as web:
            dav = Dav(web, self._reader.flavour.many)
            found = []
            for collection in self._collections(dav, Memory(None, self._url), with_tokens=False):
                listed = Reading(dav, collection, Known(), self._reader.flavour).names()
                found.append(Seen(collection.name, len(listed), None, None))
            return found

    def _read(self, dav: Dav, collection: Collection, known: Known) -> Iterator[Page]:
        for _ in range(2):  # the reader may find that a part of the news does not do, and have all be read anew
            reading = Reading(dav, collection, known, self._reader.flavour)
            with closing(ahead(reading.news(), _ROOM)) as news:
                yield from self._reader.pages(collection, news, known)
            if not known.anew:
                break
        known.ctag = collection.ctag

    def _collections(self, dav: Dav, memory: Memory, *, with_tokens: bool) -> list[Collection]:
        """The collections to read, from where they were found before, or else from a search for them. Their tokens cost
        some servers as much as a listing, and at first there is nothing to compare them with."""
        flavour = self._reader.flavour
        chosen = (self._choice.include, self._choice.exclude, self._url, flavour)
        try:
            for home in memory.homes:
                dav.at(self._url, home.url)
            if found := list_collections(dav, memory.homes, flavour, with_tokens=with_tokens):
                return choose(found, *chosen)
        except Refused:
            memory.homes = []  # they lie elsewhere now
        memory.homes = find_homes(dav, self._url, flavour)
        try:
            return choose(list_collections(dav, memory.homes, flavour, with_tokens=with_tokens), *chosen)
        except Refused as error:
            raise dav.explained(error, f"the {flavour.many}") from error

    def _forget(self, memory: Memory, collections: Sequence[Collection]) -> tuple[str, ...]:
        """Forget the collections that are gone or no longer chosen; their places."""
        places: list[str] = []
        for path in memory.vanished(one.path for one in collections):
            places += self._reader.places(path, memory.collections.pop(path))
        return tuple(places)

    def _named(self, problems: Sequence[tuple[Collection, SourceError]]) -> SourceError:
        """One error for the collections that could not be read; a retry helps if it helps one of them."""
        flavour, (first, error) = self._reader.flavour, problems[0]
        others = f" and {len(problems) - 1} more" if len(problems) > 1 else ""
        told = SourceError(f"The {flavour.one} “{first.name}”{others} could not be read to its end: {error}")
        told.retry = any(one.retry for _, one in problems)
        return told


def client_of(account: Account, context: Context) -> Callable[[], Web]:
    """What opens connections for an account. Raises SourceError where the secret can't be had."""
    access = password(account.user, context.secret(account.secret))
    limits = Limits(connect=min(20.0, account.timeout), read=account.timeout, whole=max(_WHOLE, account.timeout))
    ca_file = account.ca_file and context.path(account.ca_file)
    return lambda: Web(access=access, trusted=(account.url,), limits=limits, ca_file=ca_file)


def _is_unchanged(collection: Collection, known: Known) -> bool:
    if known.anew or not (known.token or known.ctag):
        return False
    return (collection.token == known.token != "") or (collection.ctag == known.ctag != "")


def _is_silent(error: SourceError, problems: Sequence[tuple[Collection, SourceError]]) -> bool:
    """Whether the server keeps silent for the second time: each further collection would cost as long a wait."""
    return isinstance(error, HostSilent) and any(isinstance(one, HostSilent) for _, one in problems)
