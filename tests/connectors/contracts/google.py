"""The google kind, on an account that `myworld` makes up."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from connectors.context import Context
from connectors.google_cursor import Progress
from connectors.records import Connector, Cursor
from connectors.registry import open_source
from tests.connectors.contract import NOW
from tests.google_world import USER, Account, Seed, server, signed_in

BROKEN = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:x@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


def mail(number: int, **more: object) -> Seed:
    """A small mail whose subject tells its number."""
    date = f"2026-03-04T09:00:{number:02d}Z"
    return {"from": "Anna Abel <anna@example.org>", "to": [USER], "subject": f"mail {number}", "date": date, **more}


def event(number: int) -> Seed:
    """An event in March."""
    day = f"2026-03-{number:02d}"
    guests = [{"email": "anna@example.org", "responseStatus": "accepted"}]
    return {"summary": f"event {number}", "start": f"{day}T10:00:00Z", "end": f"{day}T11:00:00Z", "attendees": guests}


@dataclass
class GoogleWorld:
    """Ten mails, one of which is an invitation without a start; five events and two contacts."""

    home: Path
    account: Account
    few: int = 4

    def open(self) -> Connector:
        return self.opened(self.account.token, self.account.root)

    def opened(self, token: str, root: str) -> Connector:
        """The connector for a server, signed in with this token."""
        client = {
            "installed": {"client_id": "x", "client_secret": "word", "token_uri": f"{root}/oauth2.googleapis.com/token"}
        }
        context = Context(
            (USER,), self.home, lambda _: json.dumps(client), NOW, "Europe/Berlin", "google", signed_in(token)
        )
        return open_source("google", {"user": USER, "client": "env:CLIENT", "root": root}, context)

    def items(self) -> int:
        return 10 + 5 + 2

    def requests(self) -> int:
        return self.account.calls()

    def change(self) -> None:
        raw = b"From: anna@example.org\r\nTo: dana@example.org\r\nSubject: mail 11\r\n\r\nwords\r\n"
        self.account.gmail("POST", "/messages", {"raw": urlsafe_b64encode(raw).decode(), "labelIds": ["INBOX"]})
        key = self.account.gmail("GET", "/messages?q=subject:3")["messages"][0]["id"]  # type: ignore[index]
        self.account.gmail("POST", f"/messages/{key}/trash")
        events = self.account.calendar("GET", "/calendars/primary/events")["items"]
        assert isinstance(events, list)
        self.account.calendar("DELETE", f"/calendars/primary/events/{events[0]['id']}")
        self.account.calendar("PATCH", f"/calendars/primary/events/{events[1]['id']}", {"summary": "moved"})
        people = self.account.people("GET", "/people/me/connections?personFields=names")["connections"]
        assert isinstance(people, list)
        self.account.people("DELETE", f"/{people[0]['resourceName']}:deleteContact")

    def expire(self, cursor: Cursor) -> Cursor:
        progress = Progress.read(cursor)
        assert progress.mail is not None
        progress.mail = progress.mail._replace(history="7")
        progress.calendars = {place: mark._replace(token="CPDx") for place, mark in progress.calendars.items()}
        return progress.write()

    def wrong(self) -> Iterator[tuple[Connector, str]]:
        yield self.opened("ya29.a0secret.word", self.account.root), "secret"
        yield self.opened("ya29.a0secret.word", "http://nowhere.invalid"), "secret"


@contextmanager
def world(folder: Path) -> Iterator[GoogleWorld]:
    part = {"filename": "invite.ics", "mimeType": "text/calendar", "size": len(BROKEN)}
    part["data"] = urlsafe_b64encode(BROKEN.encode()).decode()
    mails = [mail(number, **({"attachments": [part]} if number == 4 else {})) for number in range(10)]
    contacts = [{"name": f"Person {number}", "email": f"p{number}@example.org"} for number in range(2)]
    yield GoogleWorld(folder, server().account(mails, [event(number) for number in range(1, 6)], contacts))
