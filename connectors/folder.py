"""Read every known file in a folder and below it."""

import datetime as dt
import hashlib
import json
import mmap
import os
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from connectors import calendar_entries, contact_cards, contact_connections, mail_files
from connectors.context import Context
from connectors.errors import SourceMissing
from connectors.mail_files import Found, Reading
from connectors.records import Cursor, Event, Message, Micros, Page, Reject, Seen

PAGE = 4000  # mails a page
HEAD = 4096  # bytes that tell what a file is, and whether it still is the same
AHEAD = dt.timedelta(days=550)  # how far series are expanded beyond the quarter's start
BACK = dt.timedelta(days=365 * 12)
SECOND = 1_000_000


class Settings(BaseModel):
    """The keys of a `kind = "folder"` source. A relative `path` starts from the home folder."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: Path


class State(NamedTuple):
    """What the cursor remembers of a file: its size and time, a digest of its beginning, where reading ended, and the
    end of the window in which its series were expanded."""

    size: int
    changed: int
    head: str
    end: int
    window: Micros


class FolderConnector:
    """Reads mbox, Maildir, .eml, .ics, .vcf and LinkedIn's Connections.csv; a file's kind is told by what it holds."""

    def __init__(self, path: Path, window: tuple[Micros, Micros], zone: str) -> None:
        self._path = path
        self._window = window
        self._zone = zone

    def pull(self, since: Cursor | None) -> Iterator[Page]:
        """Yield what is new since the cursor: new and changed files, and what a mailbox has grown by.

        A file that is gone keeps what was read of it. Raises SourceMissing.
        """
        self._must_be_there()
        states = {place: State(*kept) for place, kept in json.loads(since or "{}").items()}
        for path in self._files():
            place = path.relative_to(self._path).as_posix()
            try:
                yield from self._file(path, place, states)
            except OSError as error:
                reject = Reject(place, "", f"this file can't be read: {error.strerror or error}")
                yield Page(_cursor(states), rejects=[reject])
        if since is None and not states:
            yield Page(_cursor(states))

    def look(self) -> list[Seen]:
        """Say which files are there, with their size in bytes as items. Raises SourceMissing."""
        self._must_be_there()
        seen = []
        for path in self._files():
            kind = _kind(path)
            if kind:
                seen.append(Seen(f"{path.relative_to(self._path).as_posix()} ({kind})", 1, None, None))
        return seen

    def _must_be_there(self) -> None:
        if not self._path.is_dir():
            raise SourceMissing(f"There is no folder {self._path}: create it, or correct its path in settings.toml.")

    def _files(self) -> list[Path]:
        found = []
        for folder, below, names in os.walk(self._path):
            below[:] = sorted(name for name in below if not name.startswith("."))
            found += [Path(folder) / name for name in sorted(names) if not name.startswith(".")]
        return [path for path in found if path.is_file() and not path.is_symlink()]

    def _file(self, path: Path, place: str, states: dict[str, State]) -> Iterator[Page]:
        there, before = path.stat(), states.get(place)
        same = before is not None and (before.size, before.changed) == (there.st_size, there.st_mtime_ns)
        if before and same and before.end >= there.st_size and before.window in (0, self._window[1]):
            return
        kind = _kind(path)
        if kind is None:
            return
        if kind == "mbox":
            yield from self._mbox(path, place, states, before)
            return
        window = self._window[1] if kind == "calendar" else 0
        state = State(there.st_size, there.st_mtime_ns, "", there.st_size, window)
        emptied: tuple[str, ...] = (place,) if before else ()
        pages = list(READERS[kind](path.read_bytes(), place, self._window, self._zone))
        for number, page in enumerate(pages or [Page("")]):
            if number == len(pages) - 1 or not pages:
                states[place] = state
            yield page._replace(cursor=_cursor(states), emptied=emptied if number == 0 else ())

    def _mbox(self, path: Path, place: str, states: dict[str, State], before: State | None) -> Iterator[Page]:
        reading = Reading(place, self._window, self._zone, mail_files.marks_of_place(place))
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as box:
            there = os.fstat(file.fileno())
            grown = before is not None and before.end <= len(box) and _digest(box, before.end) == before.head
            start = before.end if before and grown else 0
            emptied = (place,) if before and not grown else ()

            def page(found: list[Found], end: int) -> Page:
                states[place] = State(len(box), there.st_mtime_ns, _digest(box, end), end, 0)
                return Page(
                    _cursor(states),
                    messages=[one.message for one in found if one.message],
                    events=list(chain.from_iterable(one.events for one in found)),
                    rejects=list(chain.from_iterable(one.rejects for one in found)),
                    emptied=emptied,
                )

            found: list[Found] = []
            for one in mail_files.read_mbox(box, start, reading):
                found.append(one)
                if len(found) >= PAGE:
                    yield page(found, one.end)
                    found, emptied = [], ()
            yield page(found, len(box))


def _digest(box: mmap.mmap, end: int) -> str:
    """Tell a box that has grown from one that was replaced: by its beginning, and by what lies before the end."""
    return hashlib.sha256(box[: min(HEAD, end)] + box[max(end - HEAD, 0) : end]).hexdigest()[:24]


def _cursor(states: dict[str, State]) -> Cursor:
    return json.dumps(states, ensure_ascii=False)


def _kind(path: Path) -> str | None:
    with path.open("rb") as file:
        head = file.read(HEAD)
    tests = (
        ("calendar", calendar_entries.looks_like_calendar),
        ("cards", contact_cards.looks_like_cards),
        ("connections", contact_connections.looks_like_connections),
        ("mbox", mail_files.looks_like_mbox),
        ("mail", mail_files.looks_like_mail),
    )
    return next((kind for kind, test in tests if test(head)), None)


def _calendar(data: bytes, place: str, window: tuple[Micros, Micros], zone: str) -> Iterator[Page]:
    for batch in calendar_entries.read_batches(data, place=place, window=window, zone=zone):
        yield Page("", events=batch.events, rejects=batch.rejects)


def _cards(data: bytes, place: str, window: tuple[Micros, Micros], zone: str) -> Iterator[Page]:  # noqa: ARG001
    for batch in contact_cards.read_card_batches(data, place):
        yield Page("", cards=batch.cards, rejects=batch.rejects)


def _connections(data: bytes, place: str, window: tuple[Micros, Micros], zone: str) -> Iterator[Page]:  # noqa: ARG001
    for batch in contact_connections.read_connections(data, place):
        yield Page("", cards=batch.cards, rejects=batch.rejects)


def _mail(data: bytes, place: str, window: tuple[Micros, Micros], zone: str) -> Iterator[Page]:
    found = mail_files.read_eml(data, "0", Reading(place, window, zone, mail_files.marks_of_place(place)))
    messages: list[Message] = [found.message] if found.message else []
    events: list[Event] = found.events
    yield Page("", messages=messages, events=events, rejects=found.rejects)


Reader = Callable[[bytes, str, tuple[Micros, Micros], str], Iterator[Page]]
READERS: dict[str, Reader] = {"calendar": _calendar, "cards": _cards, "connections": _connections, "mail": _mail}


def window_at(now: Micros) -> tuple[Micros, Micros]:
    """The window in which series are expanded; it moves with the quarter, and files are read anew with it."""
    today = dt.datetime.fromtimestamp(now / SECOND, dt.UTC)
    quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1, hour=0, minute=0, second=0, microsecond=0)
    return int((quarter - BACK).timestamp()) * SECOND, int((quarter + AHEAD).timestamp()) * SECOND


def open(settings: Settings, context: Context) -> FolderConnector:
    """Open the folder that the settings name."""
    return FolderConnector(context.home / settings.path.expanduser(), window_at(context.now), context.timezone)
