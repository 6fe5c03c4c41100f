"""Turn what Graph says of a mail into a Message."""

import datetime as dt
from email.utils import format_datetime

from connectors.mail_headers import read_mail
from connectors.microsoft_graph import Item, objects, text
from connectors.microsoft_times import instant
from connectors.records import MARKS, Message, Reject

PLACE = "mail"  # one for all folders: a mail that is moved stays the same mail, with other marks
SELECT = (
    "subject,from,sender,toRecipients,ccRecipients,bccRecipients,replyTo,internetMessageId,sentDateTime,"
    "receivedDateTime,isDraft,internetMessageHeaders"
)
_HEADERS = frozenset({
    "in-reply-to", "content-type", "return-path", "list-id", "list-post", "list-unsubscribe", "precedence",
    "feedback-id", "auto-submitted", "x-auto-response-suppress", "x-autoreply",
})  # fmt: skip


def is_whole(item: Item) -> bool:
    """Whether the item says all of the mail: of one that was only read or flagged, changes may tell no more than that."""
    return "subject" in item and "receivedDateTime" in item


def read(item: Item, marks: tuple[str, ...]) -> Message | Reject | None:
    """The record of one mail; None for a draft. `marks` are those that its folder gives it."""
    key = text(item, "id")
    if item.get("isDraft") is True:
        return None
    received_at = instant(text(item, "receivedDateTime"))
    header = _header(item)
    if received_at is None and not text(item, "sentDateTime") and not text(item, "from", "emailAddress", "address"):
        return Reject(PLACE, key, "The server gives no headers of this mail.")
    if "eventmessage" in text(item, "@odata.type").lower():
        marks = tuple(mark for mark in MARKS if mark in (*marks, "invitation"))
    return read_mail(PLACE, key, header, received_at, marks)[0]


def _header(item: Item) -> bytes:
    """The mail's header as it would have been written, so that it is judged as every other."""
    author, sender = _mailbox(item, "from"), _mailbox(item, "sender")
    lines = [("Date", _date(text(item, "sentDateTime"))), ("From", author or sender)]
    if text(item, "from", "emailAddress", "address").lower() != text(item, "sender", "emailAddress", "address").lower():
        lines.append(("Sender", sender))
    for name, key in (
        ("Reply-To", "replyTo"),
        ("To", "toRecipients"),
        ("Cc", "ccRecipients"),
        ("Bcc", "bccRecipients"),
    ):
        lines.append((name, ", ".join(filter(None, (_written(one) for one in objects(item, key))))))
    lines.append(("Subject", text(item, "subject")))
    lines.append(("Message-ID", text(item, "internetMessageId")))
    for header in objects(item, "internetMessageHeaders"):
        name = text(header, "name")
        if name.lower() in _HEADERS:
            lines.append((name, text(header, "value")))
    return "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in lines if value).encode(
        "utf-8", "replace"
    )


def _mailbox(item: Item, key: str) -> str:
    found = item.get(key)
    return _written(found) if isinstance(found, dict) else ""


def _written(recipient: Item) -> str:
    """A recipient as RFC 5322 writes one; "" for one without an address (Exchange's own names of people who left)."""
    address, name = text(recipient, "emailAddress", "address"), text(recipient, "emailAddress", "name")
    if "@" not in address:
        return ""
    if not name or name == address:
        return f"<{address}>"
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{address}>'


def _date(told: str) -> str:
    micros = instant(told)
    if micros is None:
        return ""
    return format_datetime(dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=micros))
