"""Read Gmail: the headers of all mails but drafts, newest first, and then what has changed."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from connectors.calendar_entries import read_calendar
from connectors.google_cursor import MailMark, Progress
from connectors.google_errors import Refusal
from connectors.google_json import Json, number, rows, word, words
from connectors.google_parts import HEADERS, WHOLE, calendar_part, decoded, header_of
from connectors.google_services import Methods
from connectors.google_wire import LOST, Wire
from connectors.mail_fields import HEADER_FIELDS
from connectors.mail_headers import read_message
from connectors.mail_parts import LARGEST_PART
from connectors.records import MARKS, Event, Message, Micros, Page, Reject, Seen

PLACE = "mail"  # in Gmail a mail lies in one place, whatever labels it has
PAGE = 500  # mails, the most that Gmail lists at a time
_YEAR = 366 * 86_400 * 1_000_000
_PASSED = frozenset(("DRAFT", "CHAT"))  # not written yet; no mail at all
_LABELS = {"SENT": "sent", "SPAM": "spam", "TRASH": "trash"}
_TELLING = frozenset(("SPAM", "TRASH", "DRAFT", "SENT", "CHAT"))  # of other labels, a change means nothing here
# What was in the trash was written all the same, and Gmail empties it every month; a draft was never here.
_LEAVING = frozenset(("TRASH", "SPAM", "DRAFT", "CHAT"))
_CHANGES = "history(messagesAdded/message(id,labelIds),messagesDeleted/message(id,labelIds)," + (
    "labelsAdded(labelIds,message/id),labelsRemoved(labelIds,message/id)),historyId,nextPageToken"
)
HALF_SEEN = (
    "Gmail was read with the scope gmail.metadata, which shows no calendar parts of invitation mails: what they say counts "
    "only where your calendar says it, too."
)


class Reading(NamedTuple):
    """How mail is read: from when on (0: all), with invitations or headers alone, the pull's moment, the owner's zone."""

    since: Micros
    whole: bool
    now: Micros
    zone: str


class _Found(NamedTuple):
    """What some mails gave; `gone` are ids of mails that are no more, or are drafts, `old` those of mails that came before
    the day from which mail is read."""

    messages: list[Message]
    events: list[Event]
    rejects: list[Reject]
    gone: list[str]
    old: list[str]


class Mail:
    """Gmail, for one pull."""

    def __init__(self, wire: Wire, reading: Reading, progress: Progress) -> None:
        self._wire = wire
        self._reading = reading
        self._progress = progress
        half = "gmail.metadata" in wire.granted and "gmail.readonly" not in wire.granted
        self._asked = self._whole = reading.whole and not half
        self._api = wire.api("gmail", "v1")
        self._service = self._api.methods
        self._messages = self._service.users().messages()

    def pages(self) -> Iterator[Page]:
        """Yield what is new and what has changed. Raises Refusal, SourceError.

        Where the history is too old, or mail was read from a later day or without invitations before, all mails are
        listed again: each has its own id, so that none is there twice.
        """
        mark = self._progress.mail
        if mark is None or mark.since > self._reading.since or (self._asked and not mark.whole):
            mark = None
        if mark is None or not mark.listed:
            yield from self._listed(mark)
            if mark is None:
                return
            mark = self._progress.mail  # what has come since the listing was broken off is no part of it
        changes = self._changes(mark) if mark is not None else None
        if changes is not None:
            yield from self._changed(*changes)
        else:
            yield from self._listed(None)

    def look(self) -> list[Seen]:
        """How many mails there are, drafts among them, and when the newest came. Raises Refusal, SourceError."""
        users = self._service.users()
        profile = self._wire.call(users.getProfile(userId="me", fields="messagesTotal"))
        newest: Micros | None = None
        listed = self._wire.call(self._messages.list(userId="me", maxResults=1, fields="messages/id"))
        for row in rows(listed, "messages")[:1]:
            found = self._wire.call(
                self._messages.get(userId="me", id=word(row, "id"), format="minimal", fields="internalDate")
            )
            newest = _received(found)
        return [Seen(PLACE, number(profile, "messagesTotal") or 0, None, newest)]

    def _listed(self, mark: MailMark | None) -> Iterator[Page]:
        """Read all mails, newest first; `mark` is where an earlier pull was broken off."""
        profile = self._wire.call(self._service.users().getProfile(userId="me", fields="historyId,messagesTotal"))
        total = number(profile, "messagesTotal") or 0
        history, token = (mark.history, mark.page) if mark is not None else (word(profile, "historyId"), "")
        while True:
            try:
                listed = self._list(token)
            except Refusal as found:
                if not token or found.status != 400:
                    raise
                token = ""  # Gmail no longer knows where we were: from the beginning
                continue
            mails = self._read([word(row, "id") for row in rows(listed, "messages")])
            token = word(listed, "nextPageToken")
            past = bool(mails.old) and not mails.messages
            self._progress.mail = self._mark(history, "" if past else token, past or not token)
            yield self._page(mails._replace(gone=[]), total)
            if past or not token:
                return

    def _list(self, token: str) -> Json:
        more = {"pageToken": token} if token else {}
        request = self._messages.list(
            userId="me", includeSpamTrash=True, maxResults=PAGE, fields="messages/id,nextPageToken", **more
        )
        return self._wire.call(request)

    def _changes(self, mark: MailMark) -> tuple[str, list[str], list[str]] | None:
        """The history id now, ids of mails to read, ids of mails that are gone; None where Gmail's history is too short."""
        wanted: dict[str, None] = {}
        gone: dict[str, None] = {}
        token, history = "", mark.history
        while True:
            more = {"pageToken": token} if token else {}
            request = (
                self._service.users()
                .history()
                .list(userId="me", startHistoryId=mark.history, maxResults=PAGE, fields=_CHANGES, **more)
            )
            try:
                told = self._wire.call(request)
            except Refusal as found:
                if found.status in (400, 404):
                    return None
                raise
            for record in rows(told, "history"):
                _note(record, wanted, gone)
            history = word(told, "historyId") or history
            token = word(told, "nextPageToken")
            if not token:
                return history, list(wanted), list(gone)

    def _changed(self, history: str, wanted: list[str], gone: list[str]) -> Iterator[Page]:
        """Read the mails that are new or changed. The mark moves with the last page: a crash repeats them."""
        starts = range(0, len(wanted), PAGE)
        for start in starts:
            found = self._read(wanted[start : start + PAGE])
            found.gone.extend(gone if start == 0 else [])
            if start + PAGE >= len(wanted):
                self._progress.mail = self._mark(history, "", True)
            yield self._page(found, len(wanted))
        if not starts:
            self._progress.mail = self._mark(history, "", True)
            if gone:
                yield self._page(_Found([], [], [], gone, []), 0)

    def _mark(self, history: str, page: str, listed: bool) -> MailMark:
        return MailMark(history, page, listed, self._reading.since, self._asked)

    def _page(self, found: _Found, total: int) -> Page:
        events = list({event.key: event for event in found.events}.values())
        return Page(
            self._progress.write(),
            messages=found.messages,
            events=events,
            rejects=found.rejects,
            removed=tuple((PLACE, key) for key in found.gone),
            total=total,
            note="" if self._whole else HALF_SEEN,
        )

    def _read(self, ids: Sequence[str]) -> _Found:
        """Fetch these mails' headers, and the calendar parts of invitations."""
        found = _Found([], [], [], [], [])
        probe = self._service.users().getProfile(userId="me", fields="historyId")
        answers = self._wire.call_all(self._api, [self._get(one) for one in ids], probe)
        if self._whole and any(isinstance(answer, Refusal) and _half(answer) for answer in answers):
            self._whole = False
            return self._read(ids)
        for key, answer in zip(ids, answers, strict=True):
            if isinstance(answer, Refusal):
                if answer.status == LOST:
                    found.rejects.append(Reject(PLACE, key, "Gmail fails whenever it is asked for this mail."))
                elif answer.status == 404:  # gone since it was listed
                    found.gone.append(key)
                else:
                    raise answer
            else:
                self._add(key, answer, found)
        return found

    def _get(self, key: str) -> Methods:
        if self._whole:
            return self._messages.get(userId="me", id=key, format="full", fields=WHOLE)
        return self._messages.get(
            userId="me", id=key, format="metadata", metadataHeaders=list(HEADER_FIELDS), fields=HEADERS
        )

    def _add(self, key: str, answer: Json, found: _Found) -> None:
        labels = frozenset(words(answer, "labelIds"))
        if labels & _PASSED:
            found.gone.append(key)
            return
        received_at = _received(answer)
        if received_at is not None and received_at < self._reading.since:
            found.old.append(key)
            return
        header = header_of(answer)
        if not header:
            found.rejects.append(Reject(PLACE, key, "Gmail gives no headers of this mail."))
            return
        marks = tuple(mark for label, mark in _LABELS.items() if label in labels)
        message = read_message(PLACE, key, header, received_at, marks)
        if self._whole and (part := calendar_part(answer)) is not None:
            told = {*message.marks, "invitation"}
            message = message._replace(marks=tuple(mark for mark in MARKS if mark in told))
            self._add_invitation(message, part.attachment, part.size, part.charset, found)
        found.messages.append(message)

    def _add_invitation(self, message: Message, attachment: str | None, size: int, charset: str, found: _Found) -> None:
        if attachment == "":
            reason = "Gmail gives its invitation only together with the mail's text, which is not read."
            found.rejects.append(Reject(PLACE, f"{message.key}/invitation", reason))
            return
        if size > LARGEST_PART:
            found.rejects.append(Reject(PLACE, f"{message.key}/invitation", "Its invitation is larger than 2 MB."))
            return
        if attachment is None:
            whole = self._wire.call(
                self._messages.get(userId="me", id=message.key, format="full", fields="payload/body/data")
            )
            data = word(whole, "payload", "body", "data")
        else:
            parts = self._messages.attachments()
            data = word(
                self._wire.call(parts.get(userId="me", messageId=message.key, id=attachment, fields="data")), "data"
            )
        end = min(self._reading.now + _YEAR, (message.received_at or self._reading.now) + 2 * _YEAR)
        read = read_calendar(
            decoded(data, charset),
            place=PLACE,
            window=(0, end),  # of series without an end
            zone=self._reading.zone,
            message_key=message.message_key,
        )
        found.events.extend(read.events)
        found.rejects.extend(reject._replace(key=f"{message.key}/{reject.key}") for reject in read.rejects)


def _note(record: Json, wanted: dict[str, None], gone: dict[str, None]) -> None:
    """Note what one record of the history says of which mails."""
    for row in rows(record, "messagesAdded"):
        if not _PASSED & set(words(row, "message", "labelIds")):
            wanted[word(row, "message", "id")] = None
    for name in ("labelsAdded", "labelsRemoved"):
        for row in rows(record, name):
            if _TELLING & set(words(row, "labelIds")):
                wanted[word(row, "message", "id")] = None
    for row in rows(record, "messagesDeleted"):
        key = word(row, "message", "id")
        wanted.pop(key, None)
        if not _LEAVING & set(words(row, "message", "labelIds")):
            gone[key] = None


def _received(answer: Json) -> Micros | None:
    told = number(answer, "internalDate")  # milliseconds
    return told * 1000 if told is not None else None


def _half(found: Refusal) -> bool:
    """Whether the token grants gmail.metadata alone, which does not go with format=full."""
    return found.status == 403 and ("metadata scope" in found.message.lower() or "format" in found.message.lower())
