"""The imap kind, on a real Dovecot."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.dovecot import Dovecot
from connectors.records import Connector, Cursor
from tests.connectors.contract import opened
from tests.servers import logged_in, needs_dovecot

MARKS = (needs_dovecot,)
FOLDERS = ("INBOX", "Archive", "Projects")


def mail(number: int, body: str = "Content-Type: text/plain\r\n\r\nHello\r\n") -> bytes:
    """A small mail whose Message-ID tells its number."""
    return (
        "Date: Wed, 4 Mar 2026 09:00:00 +0000\r\nFrom: Anna Abel <anna@example.org>\r\nTo: dana@example.org\r\n"
        f"Subject: mail {number}\r\nMessage-ID: <{number}@example.org>\r\n{body}"
    ).encode()


BROKEN = (
    "MIME-Version: 1.0\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n"
    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:x@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@dataclass
class ImapWorld:
    """Three folders of ten mails, one of which is an invitation without a start."""

    server: Dovecot
    few: int = 0

    def open(self) -> Connector:
        return self.opened("127.0.0.1", "secret")

    def opened(self, host: str, secret: str) -> Connector:
        """The connector for a host, with this password."""
        table = {"host": host, "port": self.server.port, "security": "none", "user": "dana", "secret": "env:SECRET"}
        return opened("imap", self.server.home, {"env:SECRET": secret}, **table)

    def items(self) -> int:
        return 10 * len(FOLDERS)

    def requests(self) -> int:
        return 0

    def change(self) -> None:
        with logged_in(self.server) as client:
            client.append("Archive", mail(1_000))

    def expire(self, cursor: Cursor) -> Cursor:
        with logged_in(self.server) as client:
            client.delete_folder("Projects")
            client.create_folder("Projects")
            client.append("Projects", mail(2_000))
        return cursor

    def wrong(self) -> Iterator[tuple[Connector, str]]:
        yield self.opened("127.0.0.1", "not the password"), "not the password"
        yield self.opened("nowhere.invalid", "secret"), ""


@contextmanager
def world(folder: Path) -> Iterator[ImapWorld]:
    with Dovecot(folder / "server") as server:
        with logged_in(server) as client:
            for at, name in enumerate(FOLDERS):
                if not client.folder_exists(name):
                    client.create_folder(name)
                for number in range(10):
                    client.append(name, mail(10 * at + number, *([BROKEN] if (at, number) == (1, 4) else ())))
        yield ImapWorld(server)
