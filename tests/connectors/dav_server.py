"""A CalDAV server that does what real ones do and Radicale doesn't: limits, missing bodies, dead tokens, no sync at all."""

import itertools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

from connectors.records import Connector
from tests.connectors.contract import opened
from tests.web_server import Asked, Reply, Site

HOME = "/dav/dana/"
_HREF = re.compile(r"<href>(.*?)</href>")


def entry(uid: str, summary: str = "Talk", start: str = "20260304T090000Z") -> str:
    """One entry as a server keeps it."""
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example//EN\r\nBEGIN:VEVENT\r\nUID:{uid}@example.org\r\n"
        f"DTSTAMP:20260301T090000Z\r\nDTSTART:{start}\r\nDURATION:PT1H\r\nSUMMARY:{summary}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )


@dataclass
class Calendar:
    """A calendar: its entries by name, and what has happened to it, oldest first. Its token is its number and how much that
    is: one that is made anew under an old name has another."""

    entries: dict[str, str] = field(default_factory=dict)
    happened: list[str] = field(default_factory=list)
    number: int = field(default_factory=itertools.count(1).__next__)

    def token(self, reached: int) -> str:
        """Says how much has happened."""
        return f"urn:{self.number}:{reached}"

    def put(self, name: str, body: str) -> None:
        """Add or change an entry."""
        self.entries[name] = body
        self.happened.append(name)

    def delete(self, name: str) -> None:
        """Delete an entry."""
        del self.entries[name]
        self.happened.append(name)

    def etag(self, name: str) -> str:
        """Changes with an entry."""
        return f'"{self.number}-{len(self.happened) - self.happened[::-1].index(name)}"'


def nothing_odd(asked: Asked) -> Reply | None:
    """A server without whims."""
    return None


@dataclass
class DavServer:
    """The server. Its habits: `syncs` (has sync-collection), `has_ctag`, `most` (results a report, then 507), `dead` (the
    status by which it answers tokens older than `forgotten`), `withheld` (names that multiget leaves out), `multiget`
    (its status, if it has none), `at_once` (gives bodies with its changes, too), `odd` (what answers a request instead, if it gives something)."""

    calendars: dict[str, Calendar] = field(default_factory=lambda: {"work": Calendar()})
    syncs: bool = True
    has_ctag: bool = True
    most: int = 0
    dead: int = 403
    forgotten: int = 0
    withheld: tuple[str, ...] = ()
    multiget: int = 207
    at_once: bool = False
    odd: Callable[[Asked], Reply | None] = nothing_odd

    def reply(self, asked: Asked) -> Reply:
        """Answer as such a server."""
        return self.odd(asked) or self._usual(asked)

    def _usual(self, asked: Asked) -> Reply:
        if asked.headers.get("authorization") != "Basic ZGFuYTpzZWNyZXQ=":
            return Reply(401, {"WWW-Authenticate": 'Basic realm="dav"'})
        text = asked.body.decode()
        if asked.path == "/.well-known/caldav":
            return Reply(301, {"Location": "/dav/"})
        if asked.path == "/dav/":
            return told(
                one(asked.path, "<current-user-principal><href>/dav/principals/dana/</href></current-user-principal>")
            )
        if asked.path == "/dav/principals/dana/":
            return told(one(asked.path, f"<C:calendar-home-set><href>{HOME}</href></C:calendar-home-set>"))
        if asked.path == HOME:
            return told(*(self._described(name, text) for name in self.calendars))
        name, _, item = asked.path.removeprefix(HOME).partition("/")
        calendar = self.calendars.get(name)
        if calendar is None or not asked.path.startswith(HOME):
            return Reply(404)
        if asked.method == "GET":
            return Reply(200, {"ETag": calendar.etag(item)}, calendar.entries[item].encode())
        if asked.method == "PROPFIND":
            listed = (
                one(f"{HOME}{name}/{item}", f"<getetag>{calendar.etag(item)}</getetag>") for item in calendar.entries
            )
            return told(one(asked.path, "<resourcetype><collection/><C:calendar/></resourcetype>"), *listed)
        if "calendar-multiget" in text:
            return self._bodies(calendar, text)
        return self._changes(asked.path, calendar, text) if self.syncs else Reply(501)

    def _described(self, name: str, asked: str) -> str:
        calendar = self.calendars[name]
        found = (
            f"<resourcetype><collection/><C:calendar/></resourcetype><displayname>{escape(name.title())}</displayname>"
        )
        report = "<supported-report><report><sync-collection/></report></supported-report>" if self.syncs else ""
        found += f"<supported-report-set>{report}</supported-report-set>"
        if self.has_ctag and "getctag" in asked:
            found += f"<S:getctag>{calendar.token(len(calendar.happened))}</S:getctag>"
        if self.syncs and "sync-token" in asked:
            found += f"<sync-token>{calendar.token(len(calendar.happened))}</sync-token>"
        return one(f"{HOME}{name}/", found)

    def _bodies(self, calendar: Calendar, asked: str) -> Reply:
        if self.multiget != 207:
            return Reply(self.multiget)
        found = []
        for href in _HREF.findall(asked):
            item = href.rpartition("/")[2]
            if item not in calendar.entries:
                found.append(f"<response><href>{href}</href><status>HTTP/1.1 404 Not Found</status></response>")
            elif item in self.withheld:
                found.append(one(href, f"<getetag>{calendar.etag(item)}</getetag>"))
            else:
                body = f"<C:calendar-data>{escape(calendar.entries[item])}</C:calendar-data>"
                found.append(one(href, f"<getetag>{calendar.etag(item)}</getetag>{body}"))
        return told(*found)

    def _changes(self, path: str, calendar: Calendar, asked: str) -> Reply:
        found = re.search(r"<sync-token>urn:(\d+):(\d+)</sync-token>", asked)
        since = int(found[2]) if found else 0
        if found and (since < self.forgotten or int(found[1]) != calendar.number):
            return Reply(self.dead, {}, b'<error xmlns="DAV:"><valid-sync-token/></error>')
        changed: dict[str, None] = {}
        reached = since
        for name in calendar.happened[since:]:
            if self.most and len(changed) == self.most and name not in changed:
                break
            changed[name] = None
            reached += 1
        responses = []
        for name in changed:
            if name in calendar.entries:
                wanted = self.at_once and "calendar-data" in asked and name not in self.withheld
                body = f"<C:calendar-data>{escape(calendar.entries[name])}</C:calendar-data>" if wanted else ""
                responses.append(one(f"{path}{name}", f"<getetag>{calendar.etag(name)}</getetag>{body}"))
            elif since:
                responses.append(f"<response><href>{path}{name}</href><status>HTTP/1.1 404 Gone</status></response>")
        if reached < len(calendar.happened):
            responses.append(
                f"<response><href>{path}</href><status>HTTP/1.1 507 Insufficient Storage</status></response>"
            )
        return told(*responses, f"<sync-token>{calendar.token(reached)}</sync-token>")


def one(href: str, properties: str) -> str:
    """What is told of one resource."""
    return (
        f"<response><href>{href}</href><propstat><prop>{properties}</prop><status>HTTP/1.1 200 OK</status></propstat>"
        "</response>"
    )


def told(*responses: str) -> Reply:
    """A multistatus."""
    spaces = 'xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:S="http://calendarserver.org/ns/"'
    text = f'<?xml version="1.0"?><multistatus {spaces}>{"".join(responses)}</multistatus>'
    return Reply(207, {"Content-Type": "application/xml"}, text.encode())


@dataclass
class Running:
    """A server that runs, and connectors for it."""

    site: Site
    home: Path

    def open(self, **settings: object) -> Connector:
        """The connector as a pull opens it."""
        table = {"url": self.site.url, "user": "dana", "secret": "env:SECRET", **settings}
        return opened("caldav", self.home, {"env:SECRET": "secret"}, **table)

    def asked(self) -> list[str]:
        """What it was asked since the last time, methods and paths."""
        found = [f"{asked.method} {asked.path}" for asked in self.site.asked]
        self.site.asked.clear()
        return found


@contextmanager
def running(server: DavServer, home: Path) -> Iterator[Running]:
    """Start the server."""
    with Site(server.reply) as site:
        yield Running(site, home)
