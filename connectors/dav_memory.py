"""What a WebDAV source's cursor remembers: of each collection how far it was read, and which entries it had."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

from connectors.records import Cursor, Micros

_VERSION = 1


class Body(NamedTuple):
    """An entry that was fetched: its name in the collection, its ETag (empty for none), and what it holds."""

    name: str
    etag: str
    data: bytes


class Lost(NamedTuple):
    """An entry that the server lists and does not give, and why."""

    name: str
    reason: str


class News(NamedTuple):
    """A piece of what has changed in a collection.

    `anew` says that from here on everything is listed: what was known has to be confirmed. `same` are entries that are
    listed and as they were. After it, the server can go on from `token` (None: as before). `complete` says that
    everything has been listed: what was not confirmed is gone.
    """

    bodies: tuple[Body, ...] = ()
    lost: tuple[Lost, ...] = ()
    gone: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    anew: bool = False
    token: str | None = None
    complete: bool = False


@dataclass
class Known:
    """A collection as it was read: the server's sync-token and CTag, the end of the window of its series, each entry's
    ETag (a digest of it) by name; and while it is read anew, in `old` those that are still to be confirmed. `groups`
    are the entries that depend on others."""

    token: str = ""
    ctag: str = ""
    until: Micros = 0
    anew: bool = False
    items: dict[str, str] = field(default_factory=dict)
    old: dict[str, str] = field(default_factory=dict)
    groups: list[str] = field(default_factory=list)

    def take(self, news: News) -> list[str]:
        """Remember the news; the names of those entries of which the store may hold something that is no longer so."""
        if news.anew:
            self.begin_anew()
        stale = [name for name in news.gone if self._forget(name)]
        for name in news.same:
            if name in self.old:
                self.items[name] = self.old.pop(name)
        for name, etag in (*((one.name, one.etag) for one in news.bodies), *((one.name, "") for one in news.lost)):
            if self._forget(name):
                stale.append(name)
            self.items[name] = digest(etag)
        if news.token is not None:
            self.token = news.token
        if news.complete:
            stale += self.old
            self.old, self.anew = {}, False
        return stale

    def begin_anew(self) -> None:
        """From here on, what is known counts only if it is listed again."""
        self.old |= self.items
        self.items, self.anew, self.token, self.ctag = {}, True, "", ""

    def distrust(self) -> None:
        """Have everything fetched again, whether it has changed or not."""
        self.begin_anew()
        self.old = dict.fromkeys(self.old, "")

    def all_names(self) -> list[str]:
        """All entries of which the store may hold something."""
        return list(self.old | self.items)

    def _forget(self, name: str) -> bool:
        known = name in self.items or name in self.old
        self.items.pop(name, None)
        self.old.pop(name, None)
        return known


class Home(NamedTuple):
    """Where collections lie: `depth` is 1 for a folder of them, 0 for a single one."""

    url: str
    depth: int


class Memory:
    """All collections by path, and where they were found."""

    def __init__(self, cursor: Cursor | None, url: str) -> None:
        told = json.loads(cursor) if cursor else {}
        known = told if told.get("version") == _VERSION else {}  # another's cursor: all is read again, nothing doubles
        self._url = url
        same = known.get("url") == url
        self.homes = [Home(*home) for home in known.get("homes", [])] if same else []
        self.collections = {path: Known(**one) for path, one in known.get("collections", {}).items()}

    def cursor(self) -> Cursor:
        """All of it as a cursor."""
        collections = {path: vars(known) for path, known in self.collections.items()}
        told = {"version": _VERSION, "url": self._url, "homes": self.homes, "collections": collections}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))

    def known(self, path: str) -> Known:
        """What is remembered of a collection."""
        return self.collections.setdefault(path, Known())

    def vanished(self, paths: Iterable[str]) -> list[str]:
        """The collections that are remembered and are not among these."""
        there = set(paths)
        return [path for path in self.collections if path not in there]


def digest(etag: str) -> str:
    """A short digest of an ETag, which may be long; empty for none."""
    return blake2b(etag.encode(), digest_size=6).hexdigest() if etag else ""
