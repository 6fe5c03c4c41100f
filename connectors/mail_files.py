"""Read the mails of files: of mbox boxes, and such as are a file each (.eml, Maildir)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from connectors.calendar_entries import read_calendar
from connectors.mail_boxes import MOST_HEADER, Piece, cut
from connectors.mail_dates import read_date
from connectors.mail_fields import (
    DATE,
    LABELS,
    MOZILLA_DRAFT,
    MOZILLA_STATUS,
    RECEIVED,
    UNSENT,
    Field,
    Fields,
    read_fields,
)
from connectors.mail_headers import mail_of
from connectors.mail_parts import calendar_parts, may_hold_calendar
from connectors.mail_roles import MARK_OF, role_of
from connectors.mail_text import read_text
from connectors.records import MARKS, Event, Message, Micros, Reject
from connectors.streams import Stream

DAY = 86_400_000_000
EARLIEST = 3650 * DAY  # 1979-12-30: no mail of today's form is older, but unset clocks begin in 1970
_SENT = ("sent",)
_ASCTIME = re.compile(
    rb"(Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([A-Z][a-z][a-z]) +([0-9]{1,2}) ([0-9:]{4,8})(?: ([+-][0-9]{4}|[A-Z]{3,4}))? "
    rb"([0-9]{4})(?: ([+-][0-9]{4}))?\s*$"
)
_MAILS_OWN = re.compile(rb"^(?:from|sender|return-path|received|delivered-to):", re.IGNORECASE | re.MULTILINE)
_MAILS_TOO = re.compile(rb"^(?:date|message-id|subject|mime-version|received):", re.IGNORECASE | re.MULTILINE)
_EMLX = re.compile(rb"([0-9]{1,12}) *\r?\n")
_ENDING = re.compile(r"( \([0-9]+\))?(\.(mbox|mbx|mbs|sbd|mozmsgs|eml|txt))?$", re.IGNORECASE)
_TOO_COMMON = frozenset({"concept", "bin", "bulk"})  # words that end other names, too: project-concept.mbox


class Reading(NamedTuple):
    """What all mails of one file or folder share: the place, the window in which series are expanded, the owner's IANA
    zone, and the marks that the place gives."""

    place: str
    window: tuple[Micros, Micros]
    zone: str
    marks: tuple[str, ...]


class Found(NamedTuple):
    """What one mail gave. `offset` is where it begins in its file, `end` where the next one does."""

    offset: int
    end: int
    message: Message | None
    events: list[Event]
    rejects: list[Reject]


def looks_like_mail(head: bytes) -> bool:
    """Whether these bytes begin a mail: header lines, some of which only mails have together (RFC 5322)."""
    header = head.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    if not re.match(rb"(?:[0-9]{1,12} *\n)?(?:>?From [^\n]*\n)?[!-9;-~]+[ \t]*:", header):
        return False
    return _MAILS_OWN.search(header) is not None and _MAILS_TOO.search(header) is not None


def marks_of_place(place: str) -> tuple[str, ...]:
    """The marks that the names in a path give, such as `Mail/[Gmail].sbd/Entwürfe`, `.INBOX.Trash` or
    `dana-Drafts.mbox`: each step's name without its ending, or what follows the last dash, dot or underscore."""
    roles = set()
    for step in place.split("/"):
        name = _ENDING.sub("", step.lstrip("."))
        last = re.split(r"[-_.\]]", name)[-1]
        roles |= {role_of(name), role_of(last) if last.lower() not in _TOO_COMMON else None}
    return tuple(sorted({MARK_OF[role] for role in roles if role in MARK_OF}))


def read_mbox(file: Stream, start: int, reading: Reading, stop: int | None = None) -> Iterator[Found]:
    """Yield each mail from an offset on (up to `stop`, see `cut`), holding a few megabytes whatever the size of a mail. A mail's key is its offset.

    A mail that Thunderbird has moved away or deleted, but not yet taken out of the file, gives nothing.
    """
    for piece in cut(file, start, stop):
        yield _found(piece, str(piece.offset), reading)


def read_one(data: bytes, key: str, reading: Reading) -> Found:
    """Read the mail that is a file by itself: as it is, with a From_ line, or as Apple Mail keeps it (.emlx), behind its
    length and before a property list."""
    counted = _EMLX.match(data)
    if counted is not None:
        data = data[counted.end() : counted.end() + int(counted[1])]
    if data.startswith((b"From ", b">From ")):
        data = data.partition(b"\n")[2]
    blank = re.search(rb"\n\r?\n|\A\r?\n", data[:MOST_HEADER])
    header, body = (data[: blank.start() + 1], blank.end()) if blank else (data[:MOST_HEADER], len(data))
    return _found(Piece(0, len(data), b"", header, data, body, len(data)), key, reading)


def look_at_box(file: Stream) -> tuple[int, Micros | None, Micros | None]:
    """How many mails a mbox holds, and the oldest and the newest Date header."""
    count, oldest, newest = 0, None, None
    for piece in cut(file, 0):
        count += 1
        written, hint = read_fields(piece.header)[DATE], _from_line_date(piece.from_line)
        sent_at = read_date(written[1]) if written else hint
        if sent_at is not None and sent_at > EARLIEST and (hint is None or sent_at <= hint + DAY):
            oldest, newest = min(oldest or sent_at, sent_at), max(newest or sent_at, sent_at)
    return count, oldest, newest


def _found(piece: Piece, key: str, reading: Reading) -> Found:
    fields = read_fields(piece.header)
    if _is_expunged(fields[MOZILLA_STATUS]):
        return Found(piece.offset, piece.end, None, [], [])
    delivered = fields[RECEIVED]
    received_at = read_date(delivered[1].rpartition(b";")[2].strip()) if delivered is not None else None
    if received_at is not None and received_at < EARLIEST:
        received_at = None
    message, may_hold = mail_of(reading.place, key, fields, received_at, _marks(fields, reading))
    if not (message.sender or message.sender_name or message.to_addresses or message.message_id):
        reason = "This is no mail: it has neither From nor To nor Message-ID."
        return Found(piece.offset, piece.end, None, [], [Reject(reading.place, key, reason)])
    if received_at is None:
        message = _by_hint(message, _from_line_date(piece.from_line))
    events: list[Event] = []
    rejects: list[Reject] = []
    if may_hold:
        events, rejects = _invitation(piece, message, reading)
        if events and "invitation" not in message.marks:
            message = message._replace(marks=tuple(mark for mark in MARKS if mark in (*message.marks, "invitation")))
    return Found(piece.offset, piece.end, message, events, rejects)


def _by_hint(message: Message, hint: Micros | None) -> Message:
    """Where no server's word is known, the time in the From_ line serves where the Date header can't be used. It stands
    in an unknown zone, and in an imported box it may be the import's: so an older Date is believed."""
    if hint is None:
        return message
    sent_at = message.sent_at
    if sent_at is None:
        note = f"{message.time_note} The time in the mailbox is used."
    elif sent_at < EARLIEST or sent_at > hint + DAY:
        note = "The Date header holds an impossible time; the time in the mailbox is used."
    else:
        return message._replace(received_at=hint)
    return message._replace(sent_at=hint, received_at=hint, time_note=note)


def _from_line_date(line: bytes) -> Micros | None:
    written = _ASCTIME.search(line)
    if written is None:
        return None
    weekday, month, day, clock, zone, year, late_zone = written.groups()
    return read_date(b"%b, %b %b %b %b %b" % (weekday, day, month, year, clock, zone or late_zone or b"+0000"))


def _marks(fields: Fields, reading: Reading) -> tuple[str, ...]:
    """The marks of place and labels. A draft lies among drafts and was never delivered; what else was never delivered is
    a copy that its author kept."""
    delivered, labels, unsent = fields[RECEIVED], fields[LABELS], fields[UNSENT]
    if not reading.marks and labels is None and unsent is None and fields[MOZILLA_DRAFT] is None:
        return _SENT if delivered is None else ()
    marks = set(reading.marks)
    if delivered is not None:
        marks.discard("draft")
    elif fields[MOZILLA_DRAFT] is not None or (unsent is not None and unsent[1] == b"1"):
        marks.add("draft")
    if labels is not None:
        roles = {role_of(label.strip(' "')) for label in read_text(labels[1]).split(",")}
        marks |= {MARK_OF[role] for role in roles if role in MARK_OF}
    if delivered is None and "draft" not in marks:
        marks.add("sent")
    return tuple(mark for mark in MARKS if mark in marks)


def _is_expunged(status: Field | None) -> bool:
    if status is None:
        return False
    try:
        return bool(int(status[1][:4], 16) & 0x0008)  # nsMsgMessageFlags::Expunged
    except ValueError:
        return False


def _invitation(piece: Piece, message: Message, reading: Reading) -> tuple[list[Event], list[Reject]]:
    """The events of a mail's calendar parts: only such as ask or answer (RFC 6047); other attached files are no entries
    of the owner's."""
    if "invitation" not in message.marks and not may_hold_calendar(piece.held, piece.body, piece.stop):
        return [], []
    events: dict[str, Event] = {}
    rejects: list[Reject] = []
    for part in calendar_parts(piece.header, piece.held[piece.body : piece.stop]):
        found = read_calendar(
            part, place=reading.place, window=reading.window, zone=reading.zone, message_key=message.message_key
        )
        for event in found.events:
            if event.method is not None:
                key = f"{message.key}/{event.key}"
                events.setdefault(key, event._replace(key=key))
        rejects += (reject._replace(key=f"{message.key}/{reject.key}") for reject in found.rejects)
    return list(events.values()), rejects
