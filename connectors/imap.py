"""Read a mailbox on an IMAP server, without changing anything in it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from imaplib import IMAP4
from typing import NamedTuple

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from connectors import imap_helper
from connectors.calendar_entries import read_calendar
from connectors.context import Context
from connectors.errors import LoginRefused
from connectors.imap_cursor import Mark, Progress
from connectors.imap_fetch import Fetched
from connectors.imap_folders import Chosen
from connectors.imap_login import Account, explained, hang_up, log_in
from connectors.imap_mailbox import Mailbox, Opened
from connectors.imap_pages import ReadCalendar, Reader, ReadMail, Window, spans, spans_of
from connectors.imap_settings import Folders, Renewal, Settings, consent, renewal
from connectors.imap_wire import Refused
from connectors.mail_headers import read_mail
from connectors.records import Cursor, Event, Message, Micros, Page, Reject, Seen

__all__ = ["Folders", "ImapConnector", "Settings", "consent", "open"]

MANY = 10_000  # new mails, from which a process of its own saves more time than its start costs (0.2 s)
_YEAR = 366 * 86_400 * 1_000_000
_PORTS = {"tls": 993, "starttls": 143, "none": 143}


class _Work(NamedTuple):
    """The folders with new mails, and about how many there are."""

    folders: list[Chosen]
    total: int


class ImapConnector:
    """Reads the headers of all mails but drafts, and the calendar parts of invitations. EXAMINE and BODY.PEEK only.

    What has been read stays read: a mail that is deleted on the server later was written all the same.
    """

    def __init__(
        self, account: Account, folders: Folders, now: Micros, zone: str, renewal: Renewal | None = None
    ) -> None:
        """`renewal` gives the access token of an account whose `auth` is xoauth2."""
        self._account = account
        self._renewal = renewal
        self._folders = folders
        self._now = now
        self._zone = zone

    def pull(self, since: Cursor | None) -> Iterator[Page]:
        """Yield what is new since the cursor. Raises SourceError.

        Many mails are read in a process of their own. A folder whose UIDVALIDITY changed is read anew and replaces what
        was read of it (`Page.emptied`); a page that is saved twice lands once, since a UID names one mail for good.
        """
        progress = Progress.read(since)
        with self._mailbox() as mailbox:
            work = self._work(mailbox, progress)
            if work.total <= MANY:
                yield from self._read(mailbox, work, progress)
                return
        alone = ImapConnector(
            self._account, self._folders, self._now, self._zone
        )  # with the token that was good just now
        with closing(imap_helper.pages(alone, since)) as pages:
            yield from pages

    def pages(self, since: Cursor | None) -> Iterator[Page]:
        """As `pull`, and always in this process."""
        progress = Progress.read(since)
        with self._mailbox() as mailbox:
            yield from self._read(mailbox, self._work(mailbox, progress), progress)

    def look(self) -> list[Seen]:
        """The folders that would be read, with the server's dates of their first and last mail. Raises SourceError."""
        with self._mailbox() as mailbox:
            return [mailbox.seen(chosen) for chosen in self._chosen(mailbox)]

    def _work(self, mailbox: Mailbox, progress: Progress) -> _Work:
        changed = []
        for chosen in self._chosen(mailbox):
            known = progress.folders.get(chosen.folder.name)
            if known is None or not known.unchanged(chosen.folder.status):
                changed.append(chosen)
        return _Work(changed, sum(_expected(chosen, progress) for chosen in changed))

    def _read(self, mailbox: Mailbox, work: _Work, progress: Progress) -> Iterator[Page]:
        for chosen in work.folders:
            for page in self._folder(mailbox, chosen, progress):
                yield page._replace(total=work.total)
        yield Page(cursor=progress.write(), total=work.total)

    def _folder(self, mailbox: Mailbox, chosen: Chosen, progress: Progress) -> Iterator[Page]:
        name = chosen.folder.name
        try:
            opened = mailbox.examine(chosen.folder)
        except Refused as refusal:
            reason = f"The server does not open this folder ({str(refusal)[:160].rstrip('.')})."
            yield Page(cursor=progress.write(), rejects=[Reject(name, "", reason)])
            return
        known = progress.folders.get(name)
        anew = known is not None and not _continues(known, opened)
        first = 1 if known is None or anew else known.next_uid
        emptied = (name,) if anew else ()
        reader = Reader(mailbox.wire, name, self._mail_reader(chosen), self._calendar_reader(name))
        reached = first
        for window in reader.windows(self._bounds(mailbox, opened, first)):
            reached = window.last + 1
            progress.folders[name] = Mark(opened.validity, reached, None)
            yield _page(window, progress.write(), emptied)
            emptied = ()
        progress.folders[name] = Mark(opened.validity, max(opened.next_uid or 1, reached), opened.modseq)
        if emptied:  # read anew, and there is no mail in it any more
            yield Page(cursor=progress.write(), emptied=emptied)

    def _bounds(self, mailbox: Mailbox, opened: Opened, first: int) -> Iterator[tuple[int, int]]:
        if not opened.messages or (opened.next_uid is not None and opened.next_uid <= first):
            return iter(())
        dense = spans(first, opened.next_uid - 1, opened.messages) if opened.next_uid is not None else None
        return dense or spans_of(mailbox.uids(first))

    def _mail_reader(self, chosen: Chosen) -> ReadMail:
        name, marks, sent = chosen.folder.name, chosen.marks, chosen.folder.role == "sent"

        def read(mail: Fetched) -> tuple[Message, bool] | Reject | None:
            uid, flags, received_at, header = mail
            if b"raft" in flags.lower() and not sent and b"\\draft" in flags.lower():
                return None  # only on mail that was sent do programs forget the flag
            if header is None:
                return Reject(name, str(uid), "The server gives no headers of this mail.")
            return read_mail(name, str(uid), header, received_at, marks)

        return read

    def _calendar_reader(self, name: str) -> ReadCalendar:
        def read(uid: int, message: Message, part: bytes) -> tuple[list[Event], list[Reject]]:
            end = min(self._now + _YEAR, (message.received_at or self._now) + 2 * _YEAR)  # of series without an end
            found = read_calendar(part, place=name, window=(0, end), zone=self._zone, message_key=message.message_key)
            return found.events, [reject._replace(key=f"{uid}/{reject.key}") for reject in found.rejects]

        return read

    def _chosen(self, mailbox: Mailbox) -> list[Chosen]:
        return mailbox.chosen(self._folders.include, self._folders.exclude)

    def _logged_in(self) -> IMAPClient:
        if self._renewal is None:
            return log_in(self._account)
        for refused in (False, True):
            self._account = replace(self._account, secret=self._renewal.token(refused))
            try:
                return log_in(self._account)
            except LoginRefused as error:
                problem = error
        raise self._renewal.refused(problem) from problem

    @contextmanager
    def _mailbox(self) -> Iterator[Mailbox]:
        client = self._logged_in()
        try:
            mailbox = Mailbox(client)
            yield mailbox
            mailbox.log_out()
        except (OSError, IMAP4.error, IMAPClientError, Refused) as error:
            raise explained(error, self._account) from error
        finally:
            hang_up(client)


def open(settings: Settings, context: Context) -> ImapConnector:
    """Open the mailbox that the settings name. Raises SourceError where the secret can't be had."""
    account = Account(
        host=settings.host,
        port=settings.port or _PORTS[settings.security],
        security=settings.security,
        user=settings.user,
        secret=context.secret(settings.secret or "") if settings.auth == "password" else "",
        auth=settings.auth,
        ca_file=settings.ca_file and context.home / settings.ca_file.expanduser(),
        timeout=settings.timeout,
    )
    return ImapConnector(account, settings.folders, context.now, context.timezone, renewal(settings, context))


def _continues(known: Mark, opened: Opened) -> bool:
    """Whether the UIDs still name the same mails. A UIDNEXT that has fallen back (a restored backup) says no, too."""
    return known.validity == opened.validity and (opened.next_uid is None or known.next_uid <= opened.next_uid)


def _expected(chosen: Chosen, progress: Progress) -> int:
    """About how many mails are new, for a progress bar."""
    status, known = chosen.folder.status, progress.folders.get(chosen.folder.name)
    if status is None or status.messages is None:
        return 0
    if known is None or status.next_uid is None or status.validity != known.validity:
        return status.messages
    return max(0, min(status.messages, status.next_uid - known.next_uid))


def _page(window: Window, cursor: Cursor, emptied: tuple[str, ...]) -> Page:
    events = list({event.key: event for event in window.events}.values())  # copies of one mail in one folder
    messages = list(window.messages.values())  # their UIDs are above all that were read before
    return Page(cursor, messages, events, rejects=window.rejects, emptied=emptied, appends=True)
