"""Read a mailbox on an IMAP server, without changing anything in it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

from imapclient import IMAPClient

from connectors import imap_helper
from connectors.context import Context
from connectors.errors import LoginRefused
from connectors.imap_cursor import Progress
from connectors.imap_invitations import invited
from connectors.imap_login import Account, log_in
from connectors.imap_mailbox import Mailbox
from connectors.imap_reading import Read, Reading, mailbox_of
from connectors.imap_settings import Folders, Renewal, Settings, consent, renewal
from connectors.records import Cursor, Micros, Page, Seen

__all__ = ["Folders", "ImapConnector", "Settings", "consent", "open"]

MANY = 10_000  # new mails, from which a process of its own saves more time than its start costs (0.1 s)
_PORTS = {"tls": 993, "starttls": 143, "none": 143}


class ImapConnector:
    """Reads the headers of all mails but drafts, and the calendar parts of invitations. EXAMINE and BODY.PEEK only.

    What has been read stays read: a mail that is deleted on the server later was written all the same.
    """

    def __init__(self, reading: Reading, now: Micros, zone: str, renewal: Renewal | None = None) -> None:
        """`now` bounds series without an end, `zone` is that of calendar times without one; `renewal` gives the access
        token of an account whose `auth` is xoauth2."""
        self._reading = reading
        self._now = now
        self._zone = zone
        self._renewal = renewal

    def pull(self, since: Cursor | None) -> Iterator[Page]:
        """Yield what is new since the cursor. Raises SourceError.

        Many mails are read in a process of their own. A folder whose UIDVALIDITY changed is read anew and replaces what
        was read of it (`Page.emptied`); a page that is saved twice lands once, since a UID names one mail for good.
        """
        progress = Progress.read(since)
        with self._mailbox() as mailbox:
            work = self._reading.work(mailbox, progress)
            if work.total <= MANY:
                yield from map(self._whole, self._reading.new(mailbox, work, progress))
                return
        with closing(imap_helper.read(self._reading, since)) as read:  # with the token that was good just now
            yield from map(self._whole, read)

    def _whole(self, read: Read) -> Page:
        events, rejects = invited(read.invitations, self._now, self._zone)
        return read.page._replace(events=events, rejects=read.page.rejects + rejects)

    def look(self) -> list[Seen]:
        """The folders that would be read, with the server's dates of their first and last mail. Raises SourceError."""
        with self._mailbox() as mailbox:
            return [mailbox.seen(chosen) for chosen in self._reading.chosen(mailbox) if not chosen.answers]

    @contextmanager
    def _mailbox(self) -> Iterator[Mailbox]:
        client = self._logged_in()
        with mailbox_of(client, self._reading.account) as mailbox:
            yield mailbox

    def _logged_in(self) -> IMAPClient:
        if self._renewal is None:
            return log_in(self._reading.account)
        for refused in (False, True):
            account = replace(self._reading.account, secret=self._renewal.token(refused))
            self._reading = replace(self._reading, account=account)
            try:
                return log_in(account)
            except LoginRefused as error:
                problem = error
        raise self._renewal.refused(problem) from problem


def open(settings: Settings, context: Context) -> ImapConnector:
    """Open the mailbox that the settings name. Raises SourceError where the secret can't be had."""
    account = Account(
        host=settings.host,
        port=settings.port or _PORTS[settings.security],
        security=settings.security,
        user=settings.user,
        secret=context.secret(settings.secret or "") if settings.auth == "password" else "",
        auth=settings.auth,
        ca_file=settings.ca_file and context.path(settings.ca_file),
        timeout=settings.timeout,
    )
    folders = settings.folders
    reading = Reading(account, folders.include, folders.exclude)
    return ImapConnector(reading, context.now, context.timezone, renewal(settings, context))
