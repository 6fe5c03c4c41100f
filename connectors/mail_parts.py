"""Find the calendar parts of a mail among its other parts (RFC 2045, RFC 6047)."""

import re
from binascii import Error as NotBase64
from binascii import a2b_base64
from collections.abc import Iterator
from email.message import Message as Entity
from email.parser import BytesHeaderParser
from email.policy import compat32
from quopri import decodestring

LARGEST_PART = 2 << 20  # bytes; an invitation has a few thousand
_DEEPEST = 20  # multiparts within multiparts
_MOST_PARTS = 500
_LONGEST_HEADER = 65_536  # bytes of a part's header
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_BLANK_LINE = re.compile(rb"\r?\n\r?\n|\A\r?\n")
_CONTENT = re.compile(rb"^content-[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE).findall
_NAMED = re.compile(rb"text/calendar|application/ics", re.IGNORECASE)


def may_hold_calendar(held: bytes, start: int, stop: int) -> bool:
    """Whether a body names the type of a calendar part somewhere, as all programs spell it. It searches backwards, which
    CPython does twice as fast as forwards."""
    return held.rfind(b"text/calendar", start, stop) >= 0 or held.rfind(b"application/ics", start, stop) >= 0


def calendar_parts(header: bytes, body: bytes) -> list[bytes]:
    """The text/calendar parts of a mail in UTF-8, without transfer encoding; where there is none, application/ics.

    A forwarded mail (message/rfc822) is not looked into: its invitation went to somebody else. Never raises for what
    the mail holds.
    """
    found = list(_entities(b"\n".join(_CONTENT(header)), body, 0))[:_MOST_PARTS]
    calendars = [data for kind, data in found if kind == "text/calendar"]
    return calendars or [data for _, data in found]


def _entities(header: bytes, body: bytes, depth: int) -> Iterator[tuple[str, bytes]]:
    entity = BytesHeaderParser(policy=compat32).parsebytes(header)
    kind = entity.get_content_type()
    if kind in ("text/calendar", "application/ics"):
        if len(body) <= LARGEST_PART:
            yield kind, _decoded(entity, body)
        return
    boundary = entity.get_boundary()
    if entity.get_content_maintype() != "multipart" or not boundary or depth > _DEEPEST:
        return
    for part in _parts(body, boundary.encode("utf-8", "surrogateescape")):
        if _NAMED.search(part) is None:
            continue
        blank = _BLANK_LINE.search(part, 0, _LONGEST_HEADER)
        if blank is not None:
            yield from _entities(part[: blank.start()], part[blank.end() :], depth + 1)


def _parts(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """The parts between the lines of a boundary (RFC 2046 5.1.1); the last one may lack its end."""
    lines = re.finditer(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*(?=\r?\n|\Z)", body)
    begun: int | None = None
    for count, line in enumerate(lines):
        if begun is not None:
            yield body[begun : line.start()]
        if line[1] or count > _MOST_PARTS:
            return
        begun = body.find(b"\n", line.end()) + 1 or len(body)
    if begun is not None:
        yield body[begun:]


def _decoded(entity: Entity, body: bytes) -> bytes:
    encoding = str(entity.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding == "base64":
        packed = _NOT_BASE64.sub(b"", body)
        try:
            body = a2b_base64(packed[: len(packed) - (len(packed) % 4 == 1)] + b"===")
        except NotBase64:
            return b""
    elif encoding == "quoted-printable":
        body = decodestring(body)
    charset = entity.get_content_charset() or "utf-8"
    if charset in ("utf-8", "us-ascii"):
        return body
    try:
        return body.decode(charset).encode("utf-8", "replace")
    except (LookupError, ValueError):  # no such charset, a NUL in its name, or not these bytes
        return body
