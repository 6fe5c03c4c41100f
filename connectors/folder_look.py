"""Say how much is in a file, for `coldcoffee check`."""

from collections.abc import Iterator

from connectors.folder_archives import ARCHIVES
from connectors.folder_files import HEAD, Kind, Lying, kind_by, mails_of_maildir
from connectors.folder_tar import Broken
from connectors.folder_unpacked import Damaged, inner_files
from connectors.mail_files import look_at_box
from connectors.records import Micros, Reject, Seen
from connectors.streams import Stream
from connectors.talk_files import TALK_FILES
from connectors.talk_told import Own

_COUNTED = {"calendar": b"BEGIN:VEVENT", "cards": b"BEGIN:VCARD", "connections": b"\n"}
_PIECE = 1 << 20


def look_at(item: Lying | Reject, own: Own, accounts: set[str]) -> Iterator[Seen]:
    """How many mails, entries, cards, rows, calls or messages a file holds, and the oldest and the newest where times
    tell; of an archive each known file in it. What files tell of the owner's accounts is added to `accounts`. A file of
    no known kind, or that can't be opened, is named as such."""
    if isinstance(item, Reject):
        yield Seen(f"{item.place} ({item.reason})", 0, None, None)
        return
    try:
        if item.kind in ARCHIVES:
            yield from _in_archive(item, own, accounts)
        elif item.kind == "maildir":
            yield Seen(item.place, len(mails_of_maildir(item.path)), None, None)
        elif item.kind == "unknown":
            yield Seen(f"{item.place} (of no known kind: not read)", 0, None, None)
        else:
            with item.path.open("rb") as file:
                yield Seen(item.place, *_counted(item.kind, file, item.place, own, accounts))
    except OSError as error:
        yield Seen(f"{item.place} (can't be read: {error.strerror or error})", 0, None, None)


def _in_archive(item: Lying, own: Own, accounts: set[str]) -> Iterator[Seen]:
    found = 0
    try:
        for inner in inner_files(item.path, item.kind):
            place = f"{item.place}!/{inner.path}"
            try:
                kind = kind_by(inner.content.peek(HEAD))
                if kind != "unknown" and kind not in ARCHIVES and not inner.path.rpartition("/")[2].startswith("."):
                    found += 1
                    yield Seen(place, *_counted(kind, inner.content, place, own, accounts))
            except Damaged as error:
                yield Seen(f"{place} ({error})", 0, None, None)
    except Broken as error:
        yield Seen(f"{item.place} ({error})", 0, None, None)
        return
    if not found:
        yield Seen(f"{item.place} (an archive with no file of a known kind: not read)", 0, None, None)


def _counted(
    kind: Kind, stream: Stream, place: str, own: Own, accounts: set[str]
) -> tuple[int, Micros | None, Micros | None]:
    if kind == "mbox":
        return look_at_box(stream)
    if kind == "mail":
        return 1, None, None
    if kind in TALK_FILES:
        return _talks(kind, stream, place, own, accounts)
    word, found, tail = _COUNTED[kind], 0, b""
    while piece := stream.read(_PIECE):
        joined = tail + piece.upper()
        found += joined.count(word)
        tail = joined[len(joined) - len(word) + 1 :]
    return found, None, None


def _talks(
    kind: Kind, stream: Stream, place: str, own: Own, accounts: set[str]
) -> tuple[int, Micros | None, Micros | None]:
    count, oldest, newest = 0, None, None
    for told in TALK_FILES[kind].read(stream, place, Own(own.name, own.zone, frozenset(accounts))):
        accounts |= {told.account} - {""}
        count += len(told.cards) + len(told.calls) + len(told.chats)
        times = [call.at for call in told.calls] + [chat.at for chat in told.chats]
        oldest, newest = min([*times, *([oldest] if oldest else [])], default=None), max([*times, newest or 0]) or None
    return count, oldest, newest
