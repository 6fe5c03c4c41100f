"""Tell what lies in a folder and below it: of each file its kind, by what it holds."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypeAlias

from connectors.calendar_entries import looks_like_calendar
from connectors.contact_cards import looks_like_cards
from connectors.contact_connections import looks_like_connections
from connectors.folder_unpacked import archive_kind
from connectors.mail_boxes import looks_like_mbox
from connectors.mail_files import looks_like_mail
from connectors.records import Reject
from connectors.talk_files import talk_kind

# mbox, mail, maildir, calendar, cards, connections, unknown; a key of TALK_FILES; or an ArchiveKind
Kind: TypeAlias = str

HEAD = 8192  # bytes that tell what a file is


class Lying(NamedTuple):
    """A file, or a folder of mails (Maildir). `place` is its path below the source's folder, with slashes."""

    path: Path
    place: str
    kind: Kind


def lying(root: Path) -> Iterator[Lying | Reject]:
    """Yield all files in a folder and below, in order of their paths; a Reject for what can't be opened.

    Hidden files are passed over, and so are links and special files: nothing outside of the folder is read, and no
    circle is walked. Hidden folders are entered only as the sub-folders of a Maildir (`.Sent`). Raises OSError if the
    folder itself can't be opened.
    """
    waiting = [(root, _listed(root))]
    while waiting:
        folder, entries = waiting.pop()
        is_maildir = _is_maildir(entries)
        if is_maildir:
            yield Lying(folder, place_of(folder, root), "maildir")
        below = []
        for entry in entries:
            path = Path(entry.path)
            try:
                if entry.is_dir(follow_symlinks=False):
                    if is_maildir and entry.name in ("cur", "new", "tmp"):
                        continue
                    if not entry.name.startswith(".") or _is_maildir(_listed(path)):
                        below.append((path, _listed(path)))
                elif entry.is_file(follow_symlinks=False) and not entry.name.startswith("."):
                    yield Lying(path, place_of(path, root), kind_of(path))
            except OSError as error:
                yield unopened(place_of(path, root), error)
        waiting += reversed(below)


def kind_of(path: Path) -> Kind:
    """What a file is, by its first bytes. Raises OSError."""
    with path.open("rb") as file:
        return kind_by(file.read(HEAD))


def kind_by(head: bytes) -> Kind:
    """What a file is that begins with these bytes, of which it takes HEAD."""
    if archive := archive_kind(head):
        return archive
    if looks_like_mbox(head):
        return "mbox"
    if looks_like_calendar(head):
        return "calendar"
    if looks_like_cards(head):
        return "cards"
    if looks_like_mail(head):
        return "mail"
    if looks_like_connections(head):
        return "connections"
    return talk_kind(head) or "unknown"


def place_of(path: Path, root: Path) -> str:
    """The path below the root, with slashes."""
    return storable(path.relative_to(root).as_posix())


def storable(name: str) -> str:
    """A file's name as text that any store takes: bytes that are no UTF-8 are replaced."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def unopened(place: str, error: OSError, key: str = "") -> Reject:
    """The row for what the system does not let us read: a place, or the item with this key in it."""
    return Reject(place, f"{key}/unopened", f"This can't be read: {error.strerror or error}.")


def mails_of_maildir(folder: Path) -> list[Path]:
    """The mails of a Maildir, in the order of their names, which begin with the time of delivery."""
    found = []
    for name in ("cur", "new"):
        for entry in os.scandir(folder / name):
            if not entry.name.startswith(".") and stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
                found.append(Path(entry.path))
    return sorted(found, key=lambda path: path.name)


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _is_maildir(entries: list[os.DirEntry[str]]) -> bool:
    return {"cur", "new"} <= {entry.name for entry in entries if entry.is_dir(follow_symlinks=False)}
