"""The caldav kind, on a real Radicale."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from benchmarks.radicale import Radicale
from connectors.records import Connector, Cursor
from tests.connectors.contract import opened


def entry(uid: str, summary: str = "Talk", more: str = "") -> str:
    """One entry by itself, as a server keeps it; with `more`, lines of its own."""
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//EN\r\nBEGIN:VEVENT\r\n"
        f"UID:{uid}@example.org\r\nDTSTAMP:20260301T090000Z\r\nDTSTART:20260304T090000Z\r\nDTEND:20260304T100000Z\r\n"
        f"SUMMARY:{summary}\r\n{more}END:VEVENT\r\nEND:VCALENDAR\r\n"
    )


BROKEN = "RRULE:FREQ=SECONDLY\r\n"  # which servers keep, and nobody can expand


@dataclass
class CalDavWorld:
    """Two calendars with ten entries each."""

    server: Radicale
    few: int = 3

    def open(self) -> Connector:
        return self.opened("secret")

    def opened(self, secret: str, path: str = "", scheme: str = "http") -> Connector:
        """The connector with this password, for this address on the server."""
        url = f"{scheme}://127.0.0.1:{self.server.port}/{path}"
        secrets = {"env:SECRET": secret}
        return opened("caldav", self.server.home, secrets, url=url, user="dana", secret="env:SECRET")

    def items(self) -> int:
        return 19

    def requests(self) -> int:
        return self.server.requests()

    def change(self) -> None:
        with requests.Session() as session:
            session.auth = ("dana", "secret")
            at = f"{self.server.url}dana/work/"
            session.delete(f"{at}1.ics").raise_for_status()
            session.put(f"{at}2.ics", entry("2", "Walk"), headers={"Content-Type": "text/calendar"}).raise_for_status()
            session.put(f"{at}new.ics", entry("new"), headers={"Content-Type": "text/calendar"}).raise_for_status()

    def expire(self, cursor: Cursor) -> Cursor:
        return cursor.replace("/ns/sync/", "/ns/sync/0")

    def wrong(self) -> Iterator[tuple[Connector, str]]:
        yield self.opened("not the password"), "not the password"
        yield self.opened("secret", "eve/nothing/"), ""
        yield self.opened("secret", scheme="https"), ""


@contextmanager
def world(folder: Path) -> Iterator[CalDavWorld]:
    server = Radicale(folder / "server")
    for name in ("work", "home"):
        calendar = server.collection(f"dana/{name}", D_displayname=name.title())
        for number in range(10):
            broken = BROKEN if (name, number) == ("home", 5) else ""
            (calendar / f"{number}.ics").write_text(entry(f"{number}", more=broken), newline="")
    with server:
        yield CalDavWorld(server)
