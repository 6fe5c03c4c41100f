"""Take the header and the calendar part out of a mail as the Gmail API tells of it."""

from base64 import urlsafe_b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator
from typing import NamedTuple

from connectors.google_json import Json, inner, number, rows, word
from connectors.mail_fields import HEADER_FIELDS

_PART = "partId,mimeType,filename,headers,body(attachmentId,size)"
_DEEPEST = 5  # multiparts within multiparts
_NAMES = {name.lower(): name for name in HEADER_FIELDS}


def _mask(depth: int) -> str:
    return f"{_PART},parts({_mask(depth - 1)})" if depth else _PART


WHOLE = f"id,labelIds,internalDate,payload({_mask(_DEEPEST)})"  # headers and the structure, and no text of the mail
HEADERS = "id,labelIds,internalDate,payload/headers"


class Part(NamedTuple):
    """Where a mail's calendar part lies: its attachment's id (None: the mail itself is the part, "": among its text, out
    of reach), its size in bytes, and its charset."""

    attachment: str | None
    size: int
    charset: str


def header_of(message: Json) -> bytes:
    """The header lines that are read, as bytes."""
    lines = []
    for row in rows(message, "payload", "headers"):
        name = _NAMES.get(word(row, "name").lower())
        if name:
            lines.append(f"{name}: {' '.join(word(row, 'value').splitlines())}\r\n")
    return "".join(lines).encode("utf-8", "replace")


def calendar_part(message: Json) -> Part | None:
    """The first text/calendar part, else the first application/ics; of several, one that can be fetched by itself.

    A forwarded mail is not looked into: its invitation went to somebody else.
    """
    payload = inner(message, "payload")
    found = sorted(_parts(payload, 0), key=lambda part: (not _id(part), word(part, "mimeType") != "text/calendar"))
    if not found:
        return None
    part = found[0]
    attachment = None if part is payload and not _id(part) else _id(part)
    return Part(attachment, number(part, "body", "size") or 0, _charset(part))


def decoded(data: str, charset: str) -> bytes:
    """The bytes of a part as the API gives them (base64url), in UTF-8 if its charset is known. Never fails."""
    try:
        raw = urlsafe_b64decode(data.rstrip("=") + "=" * (-len(data.rstrip("=")) % 4))
    except (NotBase64, ValueError):
        return b""
    if charset in ("", "utf-8", "us-ascii"):
        return raw
    try:
        return raw.decode(charset).encode("utf-8", "replace")
    except (LookupError, ValueError):  # no such charset, a NUL in its name, or not these bytes
        return raw


def _parts(part: Json, depth: int) -> Iterator[Json]:
    kind = word(part, "mimeType").lower()
    if kind in ("text/calendar", "application/ics"):
        yield part
    elif kind.startswith("multipart/") and depth <= _DEEPEST:
        for inside in rows(part, "parts"):
            yield from _parts(inside, depth + 1)


def _id(part: Json) -> str:
    return word(part, "body", "attachmentId")


def _charset(part: Json) -> str:
    for row in rows(part, "headers"):
        if word(row, "name").lower() == "content-type":
            found = word(row, "value").lower().partition("charset=")[2]
            return found.partition(";")[0].strip("\"' ")
    return ""
