"""The carddav kind, on a real Radicale."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from benchmarks.radicale import Radicale
from connectors.records import Connector, Cursor
from tests.connectors.contract import opened


def card(number: int | str, more: str = "") -> str:
    """One card as a server keeps it; with `more`, lines of its own."""
    return (
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{number}\r\nFN:Person {number}\r\nN:{number};Person;;;\r\n"
        f"EMAIL:p{number}@example.org\r\n{more}END:VCARD\r\n"
    )


NOBODY = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:nobody\r\nFN:\r\nN:;;;;\r\nEND:VCARD\r\n"
GROUP = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:group\r\nFN:Choir\r\nN:Choir;;;;\r\nX-ADDRESSBOOKSERVER-KIND:group\r\n"
    "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:2\r\nX-ADDRESSBOOKSERVER-MEMBER:urn:uuid:3\r\nEND:VCARD\r\n"
)


@dataclass
class CardDavWorld:
    """Two address books, the first with a group and a card of nobody."""

    server: Radicale
    few: int = 3

    def open(self) -> Connector:
        return self.opened("secret")

    def opened(self, secret: str, **settings: object) -> Connector:
        """The connector with this password."""
        table = {"url": self.server.url, "user": "dana", "secret": "env:SECRET", **settings}
        return opened("carddav", self.server.home, {"env:SECRET": secret}, **table)

    def items(self) -> int:
        return 21

    def requests(self) -> int:
        return self.server.requests()

    def change(self) -> None:
        with requests.Session() as session:
            session.auth = ("dana", "secret")
            at = f"{self.server.url}dana/people/"
            session.delete(f"{at}1.vcf").raise_for_status()
            more = "EMAIL:second@example.org\r\n"
            for name, text in (("2", card(2, more)), ("new", card("new"))):
                session.put(f"{at}{name}.vcf", text, headers={"Content-Type": "text/vcard"}).raise_for_status()

    def expire(self, cursor: Cursor) -> Cursor:
        return cursor.replace("/ns/sync/", "/ns/sync/0")

    def wrong(self) -> Iterator[tuple[Connector, str]]:
        yield self.opened("not the password"), "not the password"
        yield self.opened("secret", url=f"{self.server.url}dana/nothing/"), ""
        yield self.opened("secret", books={"include": ["nothing"]}), ""


@contextmanager
def world(folder: Path) -> Iterator[CardDavWorld]:
    server = Radicale(folder / "server")
    for name in ("people", "clients"):
        book = server.collection(f"dana/{name}", "VADDRESSBOOK", D_displayname=name.title())
        for number in range(10):
            (book / f"{number}.vcf").write_text(card(number), newline="")
    people = server.home / "storage/collection-root/dana/people"
    (people / "nobody.vcf").write_text(NOBODY, newline="")
    (people / "group.vcf").write_text(GROUP, newline="")
    with server:
        yield CardDavWorld(server)
