"""Read the mails of a mailbox that can be logged in to: what is new since a cursor, folder by folder."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from imaplib import IMAP4
from typing import NamedTuple

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from connectors.imap_cursor import Mark, Progress
from connectors.imap_fetch import Fetched
from connectors.imap_folders import Chosen
from connectors.imap_login import Account, explained, hang_up, log_in
from connectors.imap_mailbox import Mailbox, Opened
from connectors.imap_pages import Reader, ReadMail, Window, spans, spans_of
from connectors.imap_parts import Invitation
from connectors.imap_wire import Refused
from connectors.mail_fields import read_fields
from connectors.mail_headers import mail_of
from connectors.records import Cursor, Message, Page, Reject


class Read(NamedTuple):
    """A page, and the invitations of its mails: their events are still to be added."""

    page: Page
    invitations: Sequence[Invitation] = ()


class _Work(NamedTuple):
    """The folders with new mails, and about how many there are."""

    folders: list[Chosen]
    total: int


@contextmanager
def mailbox_of(client: IMAPClient, account: Account) -> Iterator[Mailbox]:
    """The mailbox of a connection that is logged in, and hung up afterwards; what goes wrong with the server inside is a
    SourceError."""
    try:
        mailbox = Mailbox(client)
        yield mailbox
        mailbox.log_out()
    except (OSError, IMAP4.error, IMAPClientError, Refused) as error:
        raise explained(error, account) from error
    finally:
        hang_up(client)


@dataclass(frozen=True)
class Reading:
    """What is read of a mailbox. It can be pickled, and needs little to be imported: a process of its own reads large ones.

    `include` and `exclude` are patterns of folders.
    """

    account: Account
    include: tuple[str, ...]
    exclude: tuple[str, ...]

    def read(self, since: Cursor | None) -> Iterator[Read]:
        """Log in and yield what is new since the cursor. Raises SourceError."""
        progress = Progress.read(since)
        with mailbox_of(log_in(self.account), self.account) as mailbox:
            yield from self.new(mailbox, self.work(mailbox, progress), progress)

    def work(self, mailbox: Mailbox, progress: Progress) -> _Work:
        """Which folders have something new since then."""
        changed = []
        for chosen in self.chosen(mailbox):
            known = progress.folders.get(chosen.folder.name)
            if known is None or not known.unchanged(chosen.folder.status):
                changed.append(chosen)
        return _Work(changed, sum(_expected(chosen, progress) for chosen in changed))

    def new(self, mailbox: Mailbox, work: _Work, progress: Progress) -> Iterator[Read]:
        """Read what is new. `progress` moves on with it."""
        for chosen in work.folders:
            for read in self._folder(mailbox, chosen, progress):
                yield read._replace(page=read.page._replace(total=work.total))
        yield Read(Page(cursor=progress.write(), total=work.total))

    def _folder(self, mailbox: Mailbox, chosen: Chosen, progress: Progress) -> Iterator[Read]:
        name = chosen.folder.name
        try:
            opened = mailbox.examine(chosen.folder)
        except Refused as refusal:
            reason = f"The server does not open this folder ({str(refusal)[:160].rstrip('.')})."
            yield Read(Page(cursor=progress.write(), rejects=[Reject(name, "", reason)]))
            return
        known = progress.folders.get(name)
        anew = known is not None and not _continues(known, opened)
        first = 1 if known is None or anew else known.next_uid
        emptied = (name,) if anew else ()
        reader = Reader(mailbox.wire, name, self._mail_reader(chosen))
        reached = first
        for window in reader.windows(self._bounds(mailbox, opened, first, chosen.answers)):
            reached = window.last + 1
            progress.folders[name] = Mark(opened.validity, reached, None)
            yield _read(window, progress.write(), emptied)
            emptied = ()
        progress.folders[name] = Mark(opened.validity, max(opened.next_uid or 1, reached), opened.modseq)
        if emptied:  # read anew, and there is no mail in it any more
            yield Read(Page(cursor=progress.write(), emptied=emptied))

    def _bounds(self, mailbox: Mailbox, opened: Opened, first: int, answers: bool) -> Iterator[tuple[int, int]]:
        if not opened.messages or (opened.next_uid is not None and opened.next_uid <= first):
            return iter(())
        if answers:
            return ((uid, uid) for uid in mailbox.uids(first, b' SUBJECT "coldcoffee"'))
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
            return mail_of(name, str(uid), read_fields(header), received_at, marks)

        return read

    def chosen(self, mailbox: Mailbox) -> list[Chosen]:
        """The folders to read."""
        return mailbox.chosen(self.include, self.exclude)


def _continues(known: Mark, opened: Opened) -> bool:
    """Whether the UIDs still name the same mails. A UIDNEXT that has fallen back (a restored backup) says no, too."""
    return known.validity == opened.validity and (opened.next_uid is None or known.next_uid <= opened.next_uid)


def _expected(chosen: Chosen, progress: Progress) -> int:
    """About how many mails are new, for a progress bar."""
    status, known = chosen.folder.status, progress.folders.get(chosen.folder.name)
    if status is None or status.messages is None or chosen.answers:
        return 0
    if known is None or status.next_uid is None or status.validity != known.validity:
        return status.messages
    return max(0, min(status.messages, status.next_uid - known.next_uid))


def _read(window: Window, cursor: Cursor, emptied: tuple[str, ...]) -> Read:
    messages = list(window.messages.values())  # their UIDs are above all that were read before
    return Read(
        Page(cursor, messages, rejects=window.rejects, emptied=emptied, appends=True), tuple(window.invitations)
    )
