"""Find the calendar part of a mail in its BODYSTRUCTURE, and decode what the server gives of it."""

import re
from binascii import Error as NotBase64
from binascii import a2b_base64
from quopri import decodestring
from typing import NamedTuple

from connectors.imap_lines import Line, Value, number, pairs, values
from connectors.records import Micros

LARGEST_PART = 2 << 20  # bytes; an invitation has a few thousand
_FETCH = re.compile(rb"\* [0-9]+ FETCH ", re.IGNORECASE).match
_DEEPEST = 20  # multiparts within multiparts


class Invitation(NamedTuple):
    """The calendar part of a mail: in which folder the mail lies with which UID, its message_key, when the server got it."""

    place: str
    uid: int
    message_key: str
    received_at: Micros | None
    part: bytes


class Part(NamedTuple):
    """A text/calendar part: its number for FETCH (RFC 9051 6.4.5), transfer encoding and charset in lower case, size
    in bytes as encoded."""

    path: bytes
    encoding: str
    charset: str
    size: int


def calendar_part(line: Line) -> tuple[int, Part] | None:
    """The UID and the first calendar part of a FETCH response with BODYSTRUCTURE; None where it has none."""
    opening = _FETCH(line.text)
    if opening is None or not _names_calendar(line):
        return None
    given = values(line, opening.end())
    items = pairs(given[0]) if given else {}
    uid, structure = number(items.get(b"UID")), items.get(b"BODYSTRUCTURE")
    part = _find(structure, b"", 0)
    return None if uid is None or part is None else (uid, part)


def part_body(line: Line) -> tuple[int, bytes] | None:
    """The UID and the bytes of a FETCH response with a BODY[…] item; no bytes for NIL."""
    opening = _FETCH(line.text)
    if opening is None or b"BODY[" not in line.text.upper():
        return None
    given = values(line, opening.end())
    items = pairs(given[0]) if given else {}
    uid = number(items.get(b"UID"))
    bodies = [value for name, value in items.items() if name.startswith(b"BODY[")]
    if uid is None or not bodies:
        return None
    return uid, bodies[0] if isinstance(bodies[0], bytes) else b""


def decoded(raw: bytes, part: Part) -> bytes:
    """The part without its transfer encoding, in UTF-8 if its charset is known. Never fails."""
    if part.encoding == "base64":
        packed = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
        try:
            raw = a2b_base64(packed[: len(packed) - (len(packed) % 4 == 1)] + b"===")
        except NotBase64:
            return b""
    elif part.encoding == "quoted-printable":
        raw = decodestring(raw)
    if part.charset in ("", "utf-8", "us-ascii"):
        return raw
    try:
        return raw.decode(part.charset).encode("utf-8", "replace")
    except (LookupError, UnicodeError):
        return raw


def _names_calendar(line: Line) -> bool:
    return b"calendar" in line.text.lower() or any(literal.lower() == b"calendar" for literal in line.literals)


def _find(structure: Value, path: bytes, depth: int) -> Part | None:
    if not isinstance(structure, list) or not structure or depth > _DEEPEST:
        return None
    if isinstance(structure[0], list):  # a multipart: its parts come first, then its subtype
        for count, inner in enumerate(structure, 1):
            if not isinstance(inner, list):
                return None
            found = _find(inner, path + b".%d" % count if path else b"%d" % count, depth + 1)
            if found is not None:
                return found
        return None
    if [_word(value) for value in structure[:2]] != ["text", "calendar"] or len(structure) < 7:
        return None  # a forwarded mail (message/rfc822) is not looked into: its invitation went to somebody else
    parameters = pairs(structure[2])
    return Part(path or b"1", _word(structure[5]), _word(parameters.get(b"CHARSET")), number(structure[6]) or 0)


def _word(value: Value) -> str:
    return value.decode("latin-1").strip().lower() if isinstance(value, bytes) else ""
