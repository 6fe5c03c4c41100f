"""Make the files and archives that tests of the folder source read, and pull them."""

import io
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from connectors.folder import FolderConnector, window_at
from connectors.records import Call, Card, Chat, Cursor, Event, Message, Page, Reject

NOW = 1_795_600_000_000_000  # November 2026
ZONE = "Europe/Berlin"
OWNER = "Dana Reyes"


def connector(folder: Path) -> FolderConnector:
    """The source as Dana's settings open it."""
    return FolderConnector(folder, window_at(NOW), ZONE, OWNER)


class Pulled:
    """All that one pull brought."""

    def __init__(self, pages: Iterable[Page]) -> None:
        self.pages = list(pages)
        self.messages: list[Message] = [one for page in self.pages for one in page.messages]
        self.events: list[Event] = [one for page in self.pages for one in page.events]
        self.cards: list[Card] = [one for page in self.pages for one in page.cards]
        self.calls: list[Call] = [one for page in self.pages for one in page.calls]
        self.chats: list[Chat] = [one for page in self.pages for one in page.chats]
        self.rejects: list[Reject] = [one for page in self.pages for one in page.rejects]
        self.emptied: list[str] = [place for page in self.pages for place in page.emptied]
        self.notes: list[str] = [page.note for page in self.pages if page.note]
        self.cursor: Cursor = self.pages[-1].cursor if self.pages else ""


def pull(folder: Path, since: Cursor | None = None) -> Pulled:
    """Pull what is new in a folder."""
    return Pulled(connector(folder).pull(since))


def zipped(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files: Mapping[str, bytes], mode: str = "w:gz", form: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar of these files, packed as `mode` says."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, format=form) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def mbox(count: int, first: int = 0) -> bytes:
    """A mailbox with mails from Ann, numbered from `first` on."""
    return b"".join(
        b"From ann@example.org Tue Nov 03 12:%02d:%02d 2026\n"
        b"From: Ann Example <ann@example.org>\nTo: dana@example.org\nSubject: Mail %d\n"
        b"Date: Tue, 3 Nov 2026 12:%02d:%02d +0000\nMessage-ID: <m%d@example.org>\n\nHello.\n\n"
        % (number // 60 % 60, number % 60, number, number // 60 % 60, number % 60, number)
        for number in range(first, first + count)
    )


CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:tea@example.org\r\nDTSTART:20261104T150000Z\r\n"
    b"DTEND:20261104T160000Z\r\nSUMMARY:Tea\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
CARDS = b"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:ann\r\nFN:Ann Example\r\nEMAIL:ann@example.org\r\nEND:VCARD\r\n"
CONNECTIONS = (
    b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\r\n"
    b"Ben,Example,https://www.linkedin.com/in/ben-example,,Acme,Cook,03 Nov 2026\r\n"
)
