"""Split the bytes of an address book into cards, and a card into its properties (vCard 2.1, RFC 2426, RFC 6350)."""

import quopri
import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Iterator
from typing import NamedTuple

from connectors.calendar_lines import MAX_LINE, decoded, parameters_of, text

_EDGE = re.compile(rb"^[ \t]*(BEGIN|END)[ \t]*:[ \t]*VCARD[ \t]*$", re.IGNORECASE | re.MULTILINE)
_AGENT = re.compile(rb"^(?:[\w-]+\.)?AGENT\b[^\n]*\n\s*\Z", re.IGNORECASE | re.MULTILINE)
_NAMED = re.compile(rb"(?:[\w-]+\.)?([A-Za-z][A-Za-z0-9-]*)[ \t]*((?:;(?:[^\":;]|\"[^\"\n]*\")*)*)[ \t]*:", re.DOTALL)
_BASE64 = re.compile(rb"[A-Za-z0-9+/= \t]*\Z")
_TOKENS = re.compile(r'[;,=]|"')

MAX_CARD_LINES = 20_000  # properties of one card; a group of a whole firm has fewer members
PICTURES = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "AGENT", "X-EVOLUTION-PHOTO", "X-MS-CARDPICTURE"})


class Range(NamedTuple):
    """Where a card lies in the bytes, and whether it has its END."""

    start: int
    end: int
    whole: bool


class Line(NamedTuple):
    """One property of a card, decoded but with its escapes; `words` are its parameters' names and values."""

    name: str
    value: str
    words: frozenset[str]
    raw: str


def ranges(data: bytes) -> Iterator[Range]:
    """Yield where each card lies in what `calendar_lines.plain_lines` gave. A card inside of a card is no card."""
    opened, depth = -1, 0
    for edge in _EDGE.finditer(data):
        if edge[1][0] in b"Ee":
            if depth:
                depth -= 1
            elif opened >= 0:
                yield Range(opened, edge.start(), True)
                opened = -1
        elif opened >= 0 and _AGENT.search(data, max(opened, edge.start() - 1_000), edge.start()):
            depth += 1
        else:
            if opened >= 0:
                yield Range(opened, edge.start(), False)
            opened, depth = edge.end() + 1, 0
    if opened >= 0:
        yield Range(opened, len(data), False)


def lines(data: bytes, card: Range) -> Iterator[Line | int]:
    """Yield a card's properties, and in place of a line that is none, its number in the card.

    Pictures are skipped without being held; of any other line at most MAX_LINE bytes are.
    """
    nested, in_picture = 0, False
    for number, raw in enumerate(_unfolded(data, card), 1):
        if number > MAX_CARD_LINES:
            yield number
            return
        if edge := _EDGE.match(raw):
            nested += 1 if edge[1][0] in b"Bb" else -1
            continue
        if nested > 0:
            continue
        match = _NAMED.match(raw)
        if match is None:
            if not (in_picture and _BASE64.match(raw)):
                yield number
            continue
        name = match[1].upper().decode()
        in_picture = name in PICTURES
        if not in_picture:
            yield _line(name, match[2], raw[match.end() :])


def _line(name: str, parameters: bytes, value: bytes) -> Line:
    raw = decoded(parameters)
    words = frozenset(_TOKENS.sub(" ", raw).upper().split())
    if "QUOTED-PRINTABLE" in words:
        value = quopri.decodestring(value)
    elif "ENCODING" in words and words & {"B", "BASE64"}:
        try:
            value = b64decode(value, validate=False)
        except NotBase64:
            return Line(name, "", words, raw)
    charset = parameters_of(raw).get("CHARSET", "") if "CHARSET" in words else ""
    if charset and charset.upper() not in ("UTF-8", "UTF8"):
        try:
            return Line(name, value.decode(charset), words, raw)
        except (LookupError, ValueError):  # no such charset, or not these bytes
            return Line(name, decoded(value), words, raw)
    return Line(name, decoded(value), words, raw)


def _unfolded(data: bytes, card: Range) -> Iterator[bytes]:
    """Yield logical lines: folded ones joined, and quoted-printable ones joined over their soft breaks."""
    held, soft, skips = bytearray(), False, False
    at = card.start
    while at < card.end:
        end = data.find(b"\n", at, card.end)
        end = card.end if end < 0 else end
        folded = data[at : at + 1] in (b" ", b"\t") and held
        if soft or folded:
            begin = at if soft else at + 1
            if not skips and len(held) < MAX_LINE:
                if soft:
                    held.pop()
                held += data[begin : min(end, begin + MAX_LINE - len(held))]
            elif soft and held[-1:] == b"=":
                held.pop()
        else:
            if held.strip():
                yield bytes(held)
            held = bytearray(data[at : min(end, at + MAX_LINE)])
            skips = _is_picture(held)
        soft = not skips and data[max(at, end - 1) : end] == b"=" and _is_quoted(held)
        if soft and held[-1:] != b"=":
            held += b"="
        at = end + 1
    if held.strip():
        yield bytes(held)


def _is_picture(line: bytearray) -> bool:
    match = _NAMED.match(line[:2_000])
    return match is not None and match[1].upper().decode() in PICTURES


def _is_quoted(line: bytearray) -> bool:
    return b"QUOTED-PRINTABLE" in line[:300].partition(b":")[0].upper()


def parts(value: str) -> list[str]:
    """The fields of a structured value such as N or ORG, split at each semicolon that has no backslash."""
    return [text(part) for part in re.split(r"(?<!\\);", value)]
