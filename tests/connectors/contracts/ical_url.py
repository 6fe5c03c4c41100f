"""The ical_url kind, on a server that honours conditional requests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from connectors.records import Connector, Cursor
from tests.connectors.contract import opened
from tests.web_server import Asked, Reply, Site

DAYS = 4_841  # from 2015 until the end of the window that the moment of the test gives
SECRET = "private-0123456789abcdef"


def calendar(*entries: str) -> bytes:
    """A calendar of these entries, each without its BEGIN and END."""
    lines = "".join(f"BEGIN:VEVENT\r\n{entry}\r\nEND:VEVENT\r\n" for entry in entries)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//EN\r\n{lines}END:VCALENDAR\r\n".encode()


def once(uid: str, day: str, summary: str = "Talk") -> str:
    """An entry of one morning."""
    return f"UID:{uid}@example.org\r\nDTSTART:{day}T090000Z\r\nDTEND:{day}T100000Z\r\nSUMMARY:{summary}"


DAILY = "UID:daily@example.org\r\nDTSTART:20150101T070000Z\r\nDURATION:PT30M\r\nRRULE:FREQ=DAILY\r\nSUMMARY:Run"
BROKEN = "UID:broken@example.org\r\nSUMMARY:Has no start"


class Published:
    """A calendar and how it is served: with an ETag, and 304 to whoever has it."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def reply(self, asked: Asked) -> Reply:
        """The server's answer."""
        if asked.path != f"/{SECRET}/basic.ics":
            return Reply(404)
        tag = f'"{sha256(self.body).hexdigest()[:16]}"'
        if asked.headers.get("if-none-match") == tag:
            return Reply(304, {"ETag": tag})
        return Reply(200, {"ETag": tag, "Content-Type": "text/calendar"}, self.body)


@dataclass
class AddressWorld:
    """A series of many days, two entries, and one that can't be read."""

    home: Path
    site: Site
    published: Published
    few: int = 1

    def open(self) -> Connector:
        return self.opened(f"{self.site.url}/{SECRET}/basic.ics")

    def opened(self, url: str) -> Connector:
        """The connector for this address."""
        return opened("ical_url", self.home, {"env:ADDRESS": url}, url="env:ADDRESS")

    def items(self) -> int:
        return DAYS + 2

    def requests(self) -> int:
        return len(self.site.asked)

    def change(self) -> None:
        self.published.body = calendar(once("a", "20200304", "Walk"), once("c", "20260601"), DAILY, BROKEN)

    def expire(self, cursor: Cursor) -> Cursor:
        return cursor.replace('"etag":"', '"etag":"x')

    def wrong(self) -> Iterator[tuple[Connector, str]]:
        yield self.opened(f"{self.site.url}/{SECRET}-wrong/basic.ics"), SECRET
        yield self.opened(f"webcal://127.0.0.1:{self.site.port}/{SECRET}/basic.ics"), SECRET
        yield self.opened(f"http://nowhere.invalid/{SECRET}/basic.ics"), SECRET


@contextmanager
def world(folder: Path) -> Iterator[AddressWorld]:
    published = Published(calendar(once("a", "20200304"), once("b", "20260504"), DAILY, BROKEN))
    with Site(published.reply) as site:
        yield AddressWorld(folder, site, published)
