"""Read the files inside of archives, as they stream by, with a memory of how far that came."""

from collections.abc import Iterator

from connectors.folder_contents import CONTENTS, Contents
from connectors.folder_files import HEAD, Lying, kind_by
from connectors.folder_mails import MailFiles
from connectors.folder_memory import Memory, Opened
from connectors.folder_pages import Gathered
from connectors.folder_tar import Broken
from connectors.folder_unpacked import Damaged, Inner, inner_files
from connectors.mail_boxes import MOST_HELD
from connectors.records import Micros, Reject

MOST_WHOLE = 64 << 20  # bytes of a calendar or address book in an archive, which are held as a whole
ARCHIVES = frozenset({"zip", "tar", "gzip"})
_NESTED = "An archive inside of an archive is not read: unpack it once, and put it into the folder by itself."


class ArchiveFiles:
    """Reads archives into `gathered`. `until` is the end of the window in which series are expanded."""

    def __init__(self, memory: Memory, gathered: Gathered, mails: MailFiles, contents: Contents, until: Micros) -> None:
        self._memory = memory
        self._gathered = gathered
        self._mails = mails
        self._contents = contents
        self._until = until
        self._opened_places: set[str] = set()  # those of the state, to look them up

    def read(self, item: Lying) -> Iterator[None]:
        """Read an archive that is new or was replaced, go on with one that was not finished, or, when the window has
        moved on, read its calendars again. Yields whenever a page is full. Raises OSError.

        The memory holds the number of the file that comes next, and in a mbox the mail: what stands before is passed
        over, so a crash repeats at most what was not saved.
        """
        there = item.path.stat()
        known = self._memory.archives.get(item.place)
        if known is None or (known.size, known.changed) != (there.st_size, there.st_mtime_ns):
            for place in (item.place, *known.places) if known else ():
                self._gathered.empty(place)
            known = Opened(there.st_size, there.st_mtime_ns, 0, 0, 0, False, ())
        elif known.done:
            if known.until in (0, self._until):
                return
            yield from self._read(item, known._replace(number=0, offset=0), calendars_only=True)
            return
        yield from self._read(item, known, calendars_only=False)

    def _read(self, item: Lying, state: Opened, *, calendars_only: bool) -> Iterator[None]:
        problems: list[Reject] = []
        self._opened_places = set(state.places)
        try:
            for inner in inner_files(item.path, item.kind):
                if inner.number < state.number:
                    continue
                for reached in self._inner(item, inner, state, calendars_only=calendars_only):
                    state = reached
                    if self._gathered.is_full():
                        if not calendars_only:
                            self._memory.archives[item.place] = state
                        yield
                state = state._replace(number=inner.number + 1, offset=0)
        except Broken as error:
            problems.append(Reject(item.place, "", str(error)))
        self._gathered.add_rejects(problems)
        self._memory.archives[item.place] = state._replace(done=True)

    def _inner(self, item: Lying, inner: Inner, state: Opened, *, calendars_only: bool) -> Iterator[Opened]:
        """Read one file; yields how far it came, wherever a page may end."""
        place = f"{item.place}!/{inner.path}"
        if inner.path.rpartition("/")[2].startswith("."):
            return
        try:
            kind = kind_by(inner.content.peek(HEAD)) if not inner.problem else "unknown"
            if calendars_only and kind != "calendar":
                return
            if inner.problem or kind in ARCHIVES:
                state = self._opened(place, state)
                self._gathered.add_rejects([Reject(place, "", inner.problem or _NESTED)])
                yield state
            elif kind == "mail":
                folder, _, name = place.rpartition("/")
                state = self._opened(folder, state)
                self._mails.add_one(inner.content.read(MOST_HELD), folder, name)
                yield state
            elif kind == "mbox":
                state = self._opened(place, state)
                for end in self._mails.box_from(inner.content, state.offset, place):
                    state = state._replace(offset=end)
                    yield state
            elif kind in CONTENTS:
                state = self._opened(place, state, again=calendars_only)
                if kind == "calendar":
                    state = state._replace(until=self._until)
                for _ in self._contents.read(kind, inner.content, place, MOST_WHOLE):
                    yield state
                yield state
        except Damaged as error:
            self._gathered.add_rejects([Reject(place, "", str(error))])

    def _opened(self, place: str, state: Opened, *, again: bool = False) -> Opened:
        """The state with this place in it; what an earlier version of the archive left there is replaced."""
        if place in self._opened_places:
            if again:
                self._gathered.empty(place)
            return state
        self._gathered.empty(place)
        self._opened_places.add(place)
        return state._replace(places=(*state.places, place))
