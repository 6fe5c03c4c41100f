"""Tell what has changed in a collection: by sync-collection (RFC 6578) where the server has it, else by its ETags."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urljoin

from connectors.dav_client import Dav, Refused
from connectors.dav_discovery import Collection, Flavour
from connectors.dav_memory import Body, Known, Lost, News, digest
from connectors.dav_xml import DAV, Told, multiget, path_of, sync_collection
from connectors.errors import HostSilent, ServerFault

BATCH = 100  # bodies a request: what the smallest servers still take
PIECE = 500  # bodies a page, of those that came with the list
MOST_AT_ONCE = 48 << 20  # bytes of a list with all bodies; of a larger collection, the bodies are fetched bit by bit
MOST_ROUNDS = 10_000  # of a server that lists its changes bit by bit
MOST_FAULTS = 30  # requests of one collection that may fail until all of it is given up
_LIMITS = (1_000, 100)  # results asked for at a time, where the server gives no more


class _Item(NamedTuple):
    """An entry as it is listed, perhaps with its body."""

    name: str
    url: str
    etag: str
    data: str


class _Listed(NamedTuple):
    """One round of changes."""

    items: list[_Item]
    gone: tuple[str, ...]
    token: str
    truncated: bool


class Reading:
    """The reading of one collection. `known` is looked at when the reading begins, and never changed: the News say what
    is to be remembered, in their order."""

    def __init__(self, dav: Dav, collection: Collection, known: Known, flavour: Flavour) -> None:
        self._dav = dav
        self._collection = collection
        self._flavour = flavour
        self._etags: Mapping[str, str] = known.old | known.items
        self._token = known.token
        self._anew = known.anew or not known.token
        self._gets_only = False
        self._at_once = not any(self._etags.values())  # nothing is known: the bodies are wanted with the list
        self._faults = 0
        self._limit: int | None = None
        self._limits = list(_LIMITS)

    def news(self) -> Iterator[News]:
        """Yield what has changed. Raises SourceError."""
        try:
            if self._collection.syncs and self._token:
                try:
                    yield from self._synced(self._token)
                    return
                except Refused as refusal:
                    if refusal.status not in (400, 403, 404, 409, 410, 412, 501, 507):
                        raise
            yield News(anew=True)  # the token is too old, or there is none
            self._anew = True
            if self._collection.syncs:
                try:
                    yield from self._synced("")
                    return
                except Refused:
                    yield News(anew=True)
            yield from self._fetched(_Listed(self._list(), (), "", False))
            yield News(token="", complete=True)
        except Refused as refusal:
            raise self._dav.explained(refusal, f"the {self._flavour.one} “{self._collection.name}”") from refusal

    def names(self) -> list[str]:
        """The entries that the server lists. Raises SourceError."""
        try:
            return [item.name for item in self._list()]
        except Refused as refusal:
            raise self._dav.explained(refusal, f"the {self._flavour.one} “{self._collection.name}”") from refusal

    def _synced(self, token: str) -> Iterator[News]:
        """Yield the changes since the token (all, if it is empty), round by round. Raises Refused, ServerFault."""
        for _ in range(MOST_ROUNDS):
            listed = self._some_round(token)
            yield from self._fetched(listed)
            if not listed.truncated:
                yield News(token=listed.token, complete=self._anew)
                return
            if listed.token == token:
                break
            token = listed.token
            yield News(token=token)
        raise ServerFault(f"The server lists the changes of “{self._collection.name}” without end.")

    def _some_round(self, token: str) -> _Listed:
        """A round of changes in the way in which the server gives it. Raises Refused, ServerFault."""
        while True:
            try:
                return self._round(token)
            except (ServerFault, HostSilent):  # it may be the bodies that are too much for it, or for us
                if not self._at_once:
                    raise
                self._at_once = False
            except Refused as refusal:
                full = refusal.status == 507 or f"{DAV}number-of-matches-within-limits" in refusal.conditions
                if self._at_once and not full:
                    self._at_once = False
                elif full and self._limits:
                    self._limit = self._limits.pop(0)
                else:
                    raise

    def _round(self, token: str) -> _Listed:
        data = self._flavour.data if self._at_once else None
        most = MOST_AT_ONCE if self._at_once else None
        answered = self._dav.report(self._collection.url, sync_collection(token, self._limit, data), 0, most)
        items, gone, truncated = [], [], False
        for told in answered.resources:
            name = self._name(told.href)
            if not name:
                truncated = truncated or told.status == 507
            elif told.status in (404, 410):
                gone.append(name)
            elif told.status < 300 and not name.endswith("/"):
                items.append(self._item(told, name))
        return _Listed(items, tuple(gone), answered.token, truncated)

    def _list(self) -> list[_Item]:
        answered, _ = self._dav.propfind(self._collection.url, 1, (f"{DAV}getetag", f"{DAV}resourcetype"))
        items = []
        for told in answered.resources:
            name, kind = self._name(told.href), told.properties.get(f"{DAV}resourcetype")
            if not name and told.status == 507:
                raise ServerFault(f"The server does not list all of “{self._collection.name}”.")
            if name and told.status < 300 and not name.endswith("/") and (kind is None or not len(kind)):
                items.append(self._item(told, name))
        return items

    def _fetched(self, listed: _Listed) -> Iterator[News]:
        wanted, same = [], []
        for item in {item.name: item for item in listed.items}.values():
            unchanged = item.etag and self._etags.get(item.name) == digest(item.etag)
            same.append(item.name) if unchanged else wanted.append(item)
        if same or listed.gone:
            yield News(same=tuple(same), gone=listed.gone)
        held = [item for item in wanted if item.data]
        for start in range(0, len(held), PIECE):
            some = held[start : start + PIECE]
            yield News(tuple(Body(item.name, item.etag, item.data.encode()) for item in some))
        missing = [item for item in wanted if not item.data]
        for start in range(0, len(missing), BATCH):
            yield self._bodies(missing[start : start + BATCH])

    def _bodies(self, items: Sequence[_Item]) -> News:
        """Fetch these entries: by multiget, and whatever that leaves out by itself."""
        arrived: dict[str, Body] = {}
        gone: set[str] = set()
        if not self._gets_only:
            try:
                question = multiget(self._flavour.report, self._flavour.data, (item.url for item in items))
                for told in self._dav.report(self._collection.url, question, 1).resources:
                    name, data = self._name(told.href), told.properties.get(self._flavour.data)
                    if told.status in (404, 410):
                        gone.add(name)
                    elif data is not None and data.text:
                        arrived[name] = Body(name, told.text(f"{DAV}getetag").strip(), data.text.encode())
            except Refused:
                self._gets_only = True
            except ServerFault as error:
                self._note_fault(error)
                if len(items) > 1:
                    half = len(items) // 2
                    return _joined(self._bodies(items[:half]), self._bodies(items[half:]))
        bodies, lost = [], []
        for item in items:
            if item.name in gone:
                continue
            found = arrived.get(item.name) or self._alone(item)
            if isinstance(found, Body):
                bodies.append(found._replace(etag=item.etag or found.etag))  # reports may spell it otherwise
            elif found is None:
                gone.add(item.name)
            else:
                lost.append(found)
        return News(tuple(bodies), tuple(lost), tuple(name for name in sorted(gone) if name))

    def _alone(self, item: _Item) -> Body | Lost | None:
        """Fetch one entry; None if it has gone meanwhile."""
        try:
            data, etag = self._dav.body(urljoin(self._collection.url, item.url))
            return Body(item.name, etag, data)
        except Refused as refusal:
            if refusal.status in (404, 410):
                return None
            return Lost(item.name, f"The server lists this entry and does not give it (HTTP {refusal.status}).")
        except ServerFault as error:
            self._note_fault(error)
            return Lost(item.name, str(error))

    def _note_fault(self, error: ServerFault) -> None:
        """Raise the error once there were too many."""
        self._faults += 1
        if self._faults > MOST_FAULTS:
            raise error

    def _item(self, told: Told, name: str) -> _Item:
        return _Item(name, told.href, told.text(f"{DAV}getetag").strip(), told.text(self._flavour.data))

    def _name(self, href: str) -> str:
        """An entry's name in the collection; empty for the collection itself."""
        path, base = path_of(href, self._collection.url), self._collection.path
        return "" if path.rstrip("/") == base.rstrip("/") else path.removeprefix(base)


def _joined(one: News, two: News) -> News:
    return News(one.bodies + two.bodies, one.lost + two.lost, one.gone + two.gone)
