"""The folder kind: calendars, a mailbox and an address book as files."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from connectors.records import Connector, Cursor
from tests.connectors.contract import opened

DAYS = 4_841  # from 2015 until the end of the window that the moment of the test gives


def series(uid: str, summary: str = "Run") -> str:
    """A calendar with one daily series, and one entry that can't be read."""
    return (
        f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:{uid}@example.org\nDTSTART:20150101T070000Z\nDURATION:PT30M\n"
        f"RRULE:FREQ=DAILY\nSUMMARY:{summary}\nEND:VEVENT\n"
        f"BEGIN:VEVENT\nUID:broken-{uid}@example.org\nSUMMARY:Has no start\nEND:VEVENT\nEND:VCALENDAR\n"
    )


def mail(number: int) -> str:
    """One mail of a mailbox."""
    return (
        "From anna@example.org Wed Mar  4 09:00:00 2026\nDate: Wed, 4 Mar 2026 09:00:00 +0000\nFrom: anna@example.org\n"
        f"To: dana@example.org\nSubject: mail {number}\nMessage-ID: <{number}@example.org>\n\nHello\n\n"
    )


def card(number: int) -> str:
    """One card."""
    return f"BEGIN:VCARD\nVERSION:4.0\nUID:{number}\nFN:Person {number}\nEMAIL:p{number}@example.org\nEND:VCARD\n"


@dataclass
class FolderWorld:
    """The folder `inbox` below `home`."""

    home: Path
    few: int = 0

    def open(self) -> Connector:
        return opened("folder", self.home, path="inbox")

    def items(self) -> int:
        return 2 * DAYS + 2 + 3

    def requests(self) -> int:
        return 0

    def change(self) -> None:
        inbox = self.home / "inbox"
        (inbox / "one.ics").write_text(series("one", "Walk"))
        (inbox / "people.vcf").write_text(card(1) + card(4))

    def expire(self, cursor: Cursor) -> Cursor:
        return cursor.replace('"version":', '"version":9')

    def wrong(self) -> Iterator[tuple[Connector, str]]:
        yield opened("folder", self.home, path="nowhere"), ""


@contextmanager
def world(folder: Path) -> Iterator[FolderWorld]:
    inbox = folder / "inbox"
    inbox.mkdir()
    for name in ("one", "two"):
        (inbox / f"{name}.ics").write_text(series(name))
    (inbox / "people.vcf").write_text(card(1) + card(2) + card(3))
    (inbox / "mail").write_text(mail(1) + mail(2))
    yield FolderWorld(folder)
