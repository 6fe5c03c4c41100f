"""Read the mails of a folder's files that are new: of mailboxes that have grown, and of mails that are a file each."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from imapclient.imap_utf7 import decode as decode_utf7

from connectors.folder_files import Lying, mails_of_maildir, storable, unopened
from connectors.folder_halves import LARGE, read_in_two
from connectors.folder_memory import Memory, State, edges, fingerprint
from connectors.folder_pages import Gathered
from connectors.mail_boxes import MOST_HELD, goes_on_with_mail
from connectors.mail_files import Found, Reading, marks_of_place, read_mbox, read_one
from connectors.records import Micros
from connectors.streams import Stream

_FLAGS = re.compile("[:;!]2,")  # `:` in a name is not allowed on Windows; programs there write one of the others


class MailFiles:
    """Reads mails into `gathered`. Each method yields whenever a page is full, with the memory set for its cursor.

    `window` is the time in which series of invitations are expanded, `zone` the owner's IANA zone.
    """

    def __init__(self, memory: Memory, gathered: Gathered, window: tuple[Micros, Micros], zone: str) -> None:
        self._memory = memory
        self._gathered = gathered
        self._window = window
        self._zone = zone

    def read_box(self, item: Lying) -> Iterator[None]:
        """Read a mbox from where reading ended if it has only grown since, else from its beginning.

        If its last mail was not whole then, that one is read again. Raises OSError.
        """
        with item.path.open("rb") as file:
            there = os.fstat(file.fileno())
            before = self._memory.files.get(item.place)
            if before and (before.size, before.changed, before.end) == (
                there.st_size,
                there.st_mtime_ns,
                there.st_size,
            ):
                return
            start = self._start(file, there, item.place, before)
            last = before.last if before and start else 0
            reached = start
            for found in self._mails(item, file, start, there.st_size):
                self._gathered.add_mail(found)
                last, reached = found.offset, found.end
                if self._gathered.is_full():
                    self._remember(file, there, item.place, last, found.end)
                    yield
            self._remember(file, there, item.place, last, max(reached, file.tell()))

    def _mails(self, item: Lying, file: BinaryIO, start: int, size: int) -> Iterator[Found]:
        reading = self._reading(item.place)
        if size - start < LARGE:
            return read_mbox(file, start, reading)
        return read_in_two(item.path, start, size, reading)

    def read_file(self, item: Lying) -> Iterator[None]:
        """Read the mail that is a file by itself, unless it was read. Raises OSError."""
        folder, _, name = item.place.rpartition("/")
        there = item.path.stat()
        mark = fingerprint(name, there.st_size, there.st_mtime_ns)
        if self._memory.has_read(folder, mark):
            return
        found = read_one(_beginning(item.path), "0", self._reading(item.place))
        self._gathered.empty(item.place)
        self._gathered.add_mail(found)
        self._memory.add(folder, mark)
        if self._gathered.is_full():
            yield

    def box_from(self, stream: Stream, start: int, place: str) -> Iterator[int]:
        """Read a mbox inside of an archive from an offset on; yields behind each mail where the next one begins."""
        for found in read_mbox(stream, start, self._reading(place)):
            self._gathered.add_mail(found)
            yield found.end

    def add_one(self, data: bytes, folder: str, name: str) -> None:
        """Add the mail that is a file by itself inside of an archive; in a Maildir its name tells more."""
        reading = self._reading(folder)
        key, marks = _of_name(name, reading) if in_maildir(folder) else (name, reading.marks)
        self._gathered.add_mail(read_one(data, key, reading._replace(marks=marks)))

    def read_maildir(self, item: Lying) -> Iterator[None]:
        """Read a Maildir's new mails, and those whose flags have changed. A mail's key is its name without the flags, so
        that it stays the same when the mail is read, answered or moved from `new` to `cur`. Raises OSError."""
        reading = self._reading(item.place)
        for path in mails_of_maildir(item.path):
            mark = fingerprint(path.name)
            if self._memory.has_read(item.place, mark):
                continue
            key, marks = _of_name(path.name, reading)
            try:
                self._gathered.add_mail(read_one(_beginning(path), key, reading._replace(marks=marks)))
            except OSError as error:
                self._gathered.add_unopened(unopened(item.place, error, key))
                continue
            self._memory.add(item.place, mark)
            if self._gathered.is_full():
                yield

    def _start(self, file: BinaryIO, there: os.stat_result, place: str, before: State | None) -> int:
        """Where to begin; 0 has all that was read of the place replaced."""
        if before is None or before.end > there.st_size or edges(file, before.end) != before.digest:
            same = False
        else:
            same = there.st_size > before.size or there.st_mtime_ns == before.changed
        if before is not None and same:
            file.seek(max(before.end - 1, 0))
            line_end, added = file.read(1), file.read(4096)
            if line_end == b"\n" and goes_on_with_mail(added):
                return before.end
            self._gathered.remove(place, str(before.last))
            return before.last
        self._gathered.empty(place)
        return 0

    def _remember(self, file: BinaryIO, there: os.stat_result, place: str, last: int, end: int) -> None:
        state = State(there.st_size, there.st_mtime_ns, edges(file, end), last, end, 0)
        self._memory.files[place] = state

    def _reading(self, place: str) -> Reading:
        readable = "/".join(_from_utf7(step) for step in place.split("/"))
        return Reading(place, self._window, self._zone, marks_of_place(readable))


def in_maildir(folder: str) -> bool:
    """Whether a folder's name is one of those in which a Maildir keeps its mails."""
    return folder.rpartition("/")[2] in ("cur", "new")


def _of_name(name: str, reading: Reading) -> tuple[str, tuple[str, ...]]:
    """The key and the marks of a mail in a Maildir, by its name and flags."""
    name, *flags = _FLAGS.split(name, maxsplit=1)
    told = {mark for flag, mark in (("D", "draft"), ("T", "trash")) if flag in "".join(flags)}
    return storable(name), tuple(sorted({*reading.marks, *told}))


def _beginning(path: Path) -> bytes:
    """As much of a mail's file as is looked into."""
    with path.open("rb") as file:
        return file.read(MOST_HELD)


def _from_utf7(name: str) -> str:
    """The name of a Maildir's folder as servers write it (`.Entw&APw-rfe`, RFC 9051 A.1)."""
    if "&" not in name or not name.isascii():
        return name
    try:
        return str(decode_utf7(name.encode("ascii")))
    except ValueError:
        return name
