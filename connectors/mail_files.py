"""Read the mails of files: mbox boxes, Maildir folders and single .eml files."""

import email
import email.policy
import mmap
import re
from collections.abc import Iterator
from typing import NamedTuple

from connectors.calendar_entries import read_calendar
from connectors.mail_dates import read_date
from connectors.mail_headers import read_message
from connectors.mail_roles import role_of
from connectors.mail_text import read_text
from connectors.records import Event, Message, Micros, Reject

MOST_HEADER = 1 << 20  # bytes of one header: more is no mail
MOST_CALENDAR = 8 << 20  # bytes of a mail whose calendar part is read
FROM_LINE = re.compile(rb"From [^\n]*\d{4}[^\n]*\n")
RECEIVED = re.compile(rb"^received:[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE)
LABELS = re.compile(rb"^x-gmail-labels:([^\n]*(?:\n[ \t][^\n]*)*)", re.IGNORECASE | re.MULTILINE)
EXPUNGED = re.compile(rb"^x-mozilla-status: [0-9a-f]{3}[89a-f]", re.IGNORECASE | re.MULTILINE)
MARK_OF = {"drafts": "draft", "draft": "draft", "junk": "spam", "spam": "spam", "trash": "trash"}


class Found(NamedTuple):
    """What one mail of a file gave, and the offset behind it."""

    message: Message | None
    events: list[Event]
    rejects: list[Reject]
    end: int


class Reading(NamedTuple):
    """What all mails of one file share: the place, the window of series, the owner's zone, marks of the place."""

    place: str
    window: tuple[Micros, Micros]
    zone: str
    marks: tuple[str, ...]


def looks_like_mbox(head: bytes) -> bool:
    """Whether a file that begins with these bytes is an mbox (RFC 4155)."""
    first, _, rest = head.partition(b"\n")
    return head.startswith(b"From ") and bool(FROM_LINE.match(first + b"\n")) and looks_like_mail(rest)


def looks_like_mail(head: bytes) -> bool:
    """Whether these bytes begin a mail: header lines, and one that only mails have (RFC 5322)."""
    header = head.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    if not re.match(rb"[!-9;-~]+:", header):
        return False
    return bool(
        re.search(rb"^(from|received|return-path|message-id|delivered-to):", header, re.IGNORECASE | re.MULTILINE)
    )


def marks_of_place(place: str) -> tuple[str, ...]:
    """The marks that the names of a file and its folders give its mails: drafts, spam, trash."""
    names = [name.lstrip(".").removesuffix(".mbox") for name in place.split("/")]
    roles = [role_of(part) for name in names for part in (name, name.rpartition("-")[2])]
    return tuple(sorted({MARK_OF[role] for role in roles if role in MARK_OF}))


def read_mbox(box: mmap.mmap, start: int, reading: Reading) -> Iterator[Found]:
    """Yield each mail from an offset on. Bodies are skipped, not read; a mail's key is its offset."""
    size = len(box)
    at = start
    while at < size:
        line_end = box.find(b"\n", at, at + MOST_HEADER)
        body = _header_end(box, line_end + 1)
        following = _next(box, body)
        header = box[line_end + 1 : body]
        if line_end < 0 or not looks_like_mail(header):
            reason = "this is no mail: it has no header that can be read"
            yield Found(None, [], [Reject(reading.place, str(at), reason)], following)
        else:
            yield _found(header, box[at:line_end], box, (line_end + 1, following), reading, str(at))
        at = following


def _header_end(box: mmap.mmap, start: int) -> int:
    ends = [
        found for mark in (b"\n\n", b"\n\r\n") if (found := box.find(mark, max(start - 1, 0), start + MOST_HEADER)) >= 0
    ]
    return min(ends) + 1 if ends else min(len(box), start + MOST_HEADER)


def _next(box: mmap.mmap, start: int) -> int:
    at = start - 1
    while (at := box.find(b"\nFrom ", at)) >= 0:
        blank = box[max(at - 1, 0) : at] in (b"\n", b"") or box[max(at - 2, 0) : at] == b"\n\r"
        if blank and FROM_LINE.match(box[at + 1 : at + 400]):
            return at + 1
        at += 5
    return len(box)


def _found(header: bytes, from_line: bytes, box: mmap.mmap, span: tuple[int, int], reading: Reading, key: str) -> Found:
    start, end = span
    if EXPUNGED.search(header):
        return Found(None, [], [], end)
    marks = (*reading.marks, *_labelled(header))
    message = read_message(reading.place, key, header, _received(header, from_line), marks)
    rejects: list[Reject] = []
    events: list[Event] = []
    if end - start <= MOST_CALENDAR and box.find(b"text/calendar", start, end) >= 0:
        events, rejects = _invitation(box[start:end], message, reading)
    return Found(_marked(message, events), events, rejects, end)


def read_eml(data: bytes, key: str, reading: Reading) -> Found:
    """The one mail of a file. Its time of arrival is that of its newest Received line."""
    header = data.replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n"
    if not looks_like_mail(header):
        return Found(
            None, [], [Reject(reading.place, key, "this is no mail: it has no header that can be read")], len(data)
        )
    message = read_message(reading.place, key, header, _received(header, b""), (*reading.marks, *_labelled(header)))
    events, rejects = _invitation(data, message, reading) if b"text/calendar" in data else ([], [])
    return Found(_marked(message, events), events, rejects, len(data))


def _marked(message: Message, events: list[Event]) -> Message:
    if any(event.method for event in events) and "invitation" not in message.marks:
        return message._replace(marks=(*message.marks, "invitation"))
    return message


def _received(header: bytes, from_line: bytes) -> Micros | None:
    found = RECEIVED.search(header)
    if found:
        return read_date(found[0].rpartition(b";")[2].strip())
    sender, _, date = from_line.removeprefix(b"From ").partition(b" ")
    words = date.split()
    if sender and len(words) >= 5:  # `Thu Dec 11 13:45:00 [+0000] 2025`, as asctime writes it
        zone = words[4] if len(words) > 5 else b"+0000"
        return read_date(b" ".join((words[0] + b",", words[2], words[1], words[-1], words[3], zone)))
    return None


def _labelled(header: bytes) -> tuple[str, ...]:
    found = LABELS.search(header)
    if not found:
        return ()
    names = [name.strip(' "') for name in read_text(found[1].strip()).split(",")]
    return tuple(sorted({MARK_OF[role] for name in names if (role := role_of(name)) in MARK_OF}))


def _invitation(data: bytes, message: Message, reading: Reading) -> tuple[list[Event], list[Reject]]:
    events: list[Event] = []
    rejects: list[Reject] = []
    for part in email.message_from_bytes(data, policy=email.policy.compat32).walk():
        if part.get_content_type() not in ("text/calendar", "application/ics"):
            continue
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes):
            continue
        found = read_calendar(
            payload, place=reading.place, window=reading.window, zone=reading.zone, message_key=message.message_key
        )
        events += [event._replace(key=f"{message.key}/{event.key}") for event in found.events]
        rejects += found.rejects
    unique = {event.key: event for event in events}
    return list(unique.values()), rejects
