"""The microsoft kind, on a server that answers as Graph documents it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from connectors.records import Connector, Cursor
from connectors.registry import open_source
from connectors.tokens import Remembered
from tests.connectors.contract import context
from tests.microsoft_server import Microsoft, event, guest, mail, microsoft, person


@dataclass
class MicrosoftWorld:
    """Seven mails, five entries with one that has no times, four contacts with one that says nothing."""

    account: Microsoft
    few: int = 5  # mail folders, calendars, address books; one batch for their changes; what the sign-in is made of

    def open(self) -> Connector:
        account = self.account
        return open_source("microsoft", account.settings(), account.context(context(account.folder)))

    def items(self) -> int:
        return 7 + 4 + 3

    def requests(self) -> int:
        return len(self.account.site.asked)

    def change(self) -> None:
        account = self.account
        account.mails("inbox-id").put(mail(11))
        account.mails("inbox-id").remove("mail-1")
        account.mails("junk-id").put(mail(1))
        entries = account.calendars[0].entries
        entries.put(event("new", "2026-11-24T10:00"), event("call", "2026-11-20T10:00", isCancelled=True))
        entries.remove("lunch")
        account.books[""].put(person(1, companyName="Example & Daughters"))
        account.books[""].remove("person-2")

    def expire(self, cursor: Cursor) -> Cursor:
        account = self.account
        for held in (*(one.mails for one in account.folders), account.calendars[0].entries, account.books[""]):
            held.epoch += 1
        return cursor

    def wrong(self) -> Iterator[tuple[Connector, str]]:
        account = self.account
        made = context(account.folder)
        yield open_source("microsoft", account.settings(), made), ""
        withdrawn = Remembered()
        kept = account.tokens.load("microsoft/work") or ""
        withdrawn.save(
            "microsoft/work", kept.replace("access-token", "old-access").replace("refresh-token", "old-refresh")
        )
        signed_out = replace(account.context(made), tokens=withdrawn)
        yield open_source("microsoft", account.settings(), signed_out), "old-refresh"
        nowhere = account.settings(host="https://nowhere.invalid")
        yield open_source("microsoft", nowhere, account.context(made)), "access-token"


@contextmanager
def world(folder: Path) -> Iterator[MicrosoftWorld]:
    with microsoft(folder) as account:
        account.mails("inbox-id").put(*(mail(number) for number in range(1, 6)))
        account.mails("sent-id").put(mail(6))
        account.mails("trash-id").put(mail(7))
        account.mails("drafts-id").put(mail(8, isDraft=True))
        account.calendars[0].entries.put(
            event("lunch", "2026-11-20T12:00", attendees=[guest("anna", "accepted")]),
            event("call", "2026-11-20T10:00"),
            event("old", "2016-11-20T10:00"),
            event("coming", "2027-01-20T10:00"),
            event("broken", "2026-11-21T10:00", end={"dateTime": "some day", "timeZone": "UTC"}),
        )
        account.books[""].put(*(person(number) for number in range(1, 4)))
        account.books[""].put({"id": "nobody", "displayName": "", "emailAddresses": [], "businessPhones": []})
        yield MicrosoftWorld(account)
