"""Read every known file in a folder and below it."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from connectors.context import Context
from connectors.errors import SourceMissing
from connectors.folder_archives import ARCHIVES, ArchiveFiles
from connectors.folder_contents import HELD_WHOLE, Contents, too_large
from connectors.folder_files import Lying, lying, unopened
from connectors.folder_look import look_at
from connectors.folder_mails import MailFiles
from connectors.folder_memory import Memory, State
from connectors.folder_pages import Gathered
from connectors.records import Cursor, Micros, Page, Reject, Seen
from connectors.talk_told import Own

SECOND = 1_000_000
BACK = dt.timedelta(days=365 * 12)  # how far series are expanded before the quarter's start, and how far beyond it
AHEAD = dt.timedelta(days=550)
MOST_WHOLE = 256 << 20  # bytes of a calendar or an address book, which are held as a whole


class Settings(BaseModel):
    """The keys of a `kind = "folder"` source. A relative `path` starts from the home folder."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: Path


class FolderConnector:
    """Reads every file of a kind that it knows; what a file is, is told by what it holds (docs/sources-folder.md).

    `window` is the time in which series are expanded (see window_at), `zone` the owner's IANA zone, `owner` the name by
    which chats know the owner.
    """

    def __init__(self, path: Path, window: tuple[Micros, Micros], zone: str, owner: str = "") -> None:
        self._path = path
        self._window = window
        self._own = Own(owner, zone)

    def pull(self, since: Cursor | None) -> Iterator[Page]:
        """Yield what is new since the cursor: new and changed files, and what a mailbox has grown by.

        A file that is gone keeps what was read of it. Raises SourceMissing.
        """
        memory = Memory(since)
        gathered = Gathered(memory)
        mails = MailFiles(memory, gathered, self._window, self._own.zone)
        contents = Contents(memory, gathered, self._window, self._own)
        archives = ArchiveFiles(memory, gathered, mails, contents, self._window[1])
        for item in self._lying():
            if isinstance(item, Reject):
                gathered.add_unopened(item)
                continue
            try:
                for _ in self._read(item, memory, gathered, mails, contents, archives):
                    yield gathered.page()
            except OSError as error:
                gathered.add_unopened(unopened(item.place, error))
        for place, key in memory.opened_since():
            gathered.remove(place, key)
        memory.forget_gone()
        if since is None or gathered:
            yield gathered.page()

    def look(self) -> list[Seen]:
        """Say which files are there and how much is in them. Raises SourceMissing."""
        accounts: set[str] = set()
        return [seen for item in self._lying() for seen in look_at(item, self._own, accounts)]

    def _lying(self) -> Iterator[Lying | Reject]:
        try:
            if not self._path.is_dir():
                raise SourceMissing(
                    f"There is no folder {self._path}: create it, or correct its path in settings.toml."
                )
            yield from lying(self._path)
        except OSError as error:
            reason = error.strerror or str(error)
            raise SourceMissing(f"The folder {self._path} can't be read ({reason}): permit it to be read.") from error

    def _read(
        self,
        item: Lying,
        memory: Memory,
        gathered: Gathered,
        mails: MailFiles,
        contents: Contents,
        archives: ArchiveFiles,
    ) -> Iterator[None]:
        match item.kind:
            case "mbox":
                return mails.read_box(item)
            case "mail":
                return mails.read_file(item)
            case "maildir":
                return mails.read_maildir(item)
            case "unknown":
                return iter(())
            case kind if kind in ARCHIVES:
                return archives.read(item)
            case _:
                return self._read_anew(item, memory, gathered, contents)

    def _read_anew(self, item: Lying, memory: Memory, gathered: Gathered, contents: Contents) -> Iterator[None]:
        """Read a file that is read anew from its beginning whenever it, or the window of its series, has changed."""
        place, there = item.place, item.path.stat()
        until = self._window[1] if item.kind == "calendar" else 0
        state = State(there.st_size, there.st_mtime_ns, "", 0, there.st_size, until)
        if memory.files.get(place) == state:
            return
        gathered.empty(place)
        if item.kind in HELD_WHOLE and there.st_size > MOST_WHOLE:
            gathered.add_rejects([too_large(place, MOST_WHOLE)])
            memory.files[place] = state
            return
        with item.path.open("rb") as file:
            yield from contents.read(item.kind, file, place, MOST_WHOLE)
        memory.files[place] = state


def window_at(now: Micros) -> tuple[Micros, Micros]:
    """The time in which series are expanded. It moves with the quarter, so that calendars are read anew four times a
    year rather than every day."""
    today = dt.datetime.fromtimestamp(now / SECOND, dt.UTC)
    quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1, hour=0, minute=0, second=0, microsecond=0)
    return int((quarter - BACK).timestamp()) * SECOND, int((quarter + AHEAD).timestamp()) * SECOND


def open(settings: Settings, context: Context) -> FolderConnector:
    """Open the folder that the settings name."""
    return FolderConnector(context.path(settings.path), window_at(context.now), context.timezone, context.owner_name)
