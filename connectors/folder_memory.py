"""What the folder connector's cursor remembers: how each file looked when it was read, and how far."""

import json
from base64 import b64decode, b64encode
from hashlib import blake2b
from typing import BinaryIO, NamedTuple

from connectors.records import Cursor, Micros

_VERSION = 1
_EDGE = 4096  # bytes of a mailbox's beginning, and before where reading ended, that tell it from a replaced one
_PRINT = 6  # bytes of a file's fingerprint: of 100,000 files, one new one is mistaken for a known one once in 3e9


class State(NamedTuple):
    """A file as it was read: size in bytes and time of change in nanoseconds; for a mbox `digest` of its edges and where
    its `last` mail began; where reading ended; and for a calendar the end of the window of its series, else 0."""

    size: int
    changed: int
    digest: str
    last: int
    end: int
    until: Micros


class Opened(NamedTuple):
    """An archive as it was read: size in bytes and time of change in nanoseconds; the number of the file in it that is
    read next, and where in it (for a mbox); the end of the window of its calendars' series, 0 if it has none, and
    whether all of it was read; the places in it that hold something."""

    size: int
    changed: int
    number: int
    offset: int
    until: Micros
    done: bool
    places: tuple[str, ...]


class Memory:
    """All states by place, those of archives, the owner's account numbers on networks as archives tell them, for folders in
    which each mail is a file the fingerprints of those that were read, and what could not be opened."""

    def __init__(self, cursor: Cursor | None) -> None:
        told = json.loads(cursor) if cursor else {}
        known = told if told.get("version") == _VERSION else {}  # another's cursor: read all again, nothing doubles
        self.files = {place: State(*state) for place, state in known.get("files", {}).items()}
        self.archives = {
            place: Opened(*state)._replace(places=tuple(state[-1]))
            for place, state in known.get("archives", {}).items()
        }
        self.accounts: set[str] = set(known.get("accounts", ()))
        self._piles = {place: _unpacked(packed) for place, packed in known.get("piles", {}).items()}
        self._present: dict[str, set[bytes]] = {}
        self._told_unopened = {(place, key) for place, key in known.get("unopened", ())}
        self._unopened: set[tuple[str, str]] = set()

    def cursor(self) -> Cursor:
        """All of it as a cursor."""
        piles = {place: b64encode(b"".join(sorted(prints))).decode() for place, prints in self._piles.items()}
        known = {"version": _VERSION, "files": self.files, "piles": piles, "archives": self.archives}
        known |= {"accounts": sorted(self.accounts), "unopened": sorted(self._told_unopened | self._unopened)}
        return json.dumps(known, separators=(",", ":"))

    def has_read(self, pile: str, mark: bytes) -> bool:
        """Whether the file with this fingerprint, which is there, was read in the folder `pile`."""
        if mark not in self._piles.get(pile, ()):
            return False
        self._present.setdefault(pile, set()).add(mark)
        return True

    def add(self, pile: str, mark: bytes) -> None:
        """Remember that a file was read."""
        self._piles.setdefault(pile, set()).add(mark)
        self._present.setdefault(pile, set()).add(mark)

    def add_unopened(self, place: str, key: str) -> None:
        """Remember a row that says that something can't be opened."""
        self._unopened.add((place, key))

    def opened_since(self) -> set[tuple[str, str]]:
        """After all is read: the rows of an earlier pull for what can be opened by now, or is gone. They are forgotten."""
        opened = self._told_unopened - self._unopened
        self._told_unopened = set()
        return opened

    def forget_gone(self) -> None:
        """After all is read: forget the fingerprints of files that are gone from folders where others are left."""
        self._piles |= self._present


def fingerprint(*facts: str | int) -> bytes:
    """A short digest of what tells a file from its other versions."""
    return blake2b("\0".join(map(str, facts)).encode("utf-8", "surrogateescape"), digest_size=_PRINT).digest()


def edges(file: BinaryIO, end: int) -> str:
    """A digest of a mailbox's first bytes and of those before `end`: it stays the same while the box only grows. The
    file's position stays."""
    position = file.tell()
    file.seek(0)
    first = file.read(min(_EDGE, end))
    file.seek(max(end - _EDGE, 0))
    digest = blake2b(first + file.read(min(_EDGE, end)), digest_size=12).hexdigest()
    file.seek(position)
    return digest


def _unpacked(packed: str) -> set[bytes]:
    joined = b64decode(packed)
    return {joined[start : start + _PRINT] for start in range(0, len(joined), _PRINT)}
