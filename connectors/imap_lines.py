"""Cut what an IMAP server sends into whole responses, and a response into its values (RFC 9051 section 9)."""

import re
from typing import NamedTuple, TypeAlias

Value: TypeAlias = "bytes | list[Value] | None"

_LITERAL = re.compile(rb"\{([0-9]{1,12})\+?\}$")
_TOKEN = re.compile(
    rb'[ \r\n]*(?:([()])|"((?:[^"\\]|\\.)*)"|(~?\{[0-9]+\+?\}\r\n)|((?:\[[^\]]*\]|[^ \r\n()"])+)|")', re.DOTALL
)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_DEEPEST = 200  # lists within lists; the structure of a real mail has fewer than twenty


class Line(NamedTuple):
    """One whole response. `text` is without its last CRLF and without the literals, whose announcements (`{12}` and a
    line break) it keeps; `literals` are these, in order. The next response starts at `end`."""

    text: bytes
    literals: tuple[bytes, ...]
    end: int


def next_line(buffer: bytes, start: int) -> Line | None:
    """The response that begins at `start`, or None where it isn't whole yet. Takes `{n}`, `{n+}` and `~{n}`."""
    pieces: list[bytes] = []
    literals: list[bytes] = []
    position = start
    while True:
        stop = buffer.find(b"\r\n", position)
        if stop < 0:
            return None
        announced = _LITERAL.search(buffer, max(position, stop - 16), stop)
        if announced is None:
            pieces.append(buffer[position:stop])
            return Line(b"".join(pieces), tuple(literals), stop + 2)
        begin, end = stop + 2, stop + 2 + int(announced[1])
        if end > len(buffer):
            return None
        pieces.append(buffer[position:begin])
        literals.append(buffer[begin:end])
        position = end


def values(line: Line, start: int = 0) -> list[Value]:
    """The values in a response's text from `start` on: strings as bytes, NIL as None, lists as lists.

    Never fails: what stands beyond a broken quote or bracket is left out or taken as it is.
    """
    literals = iter(line.literals)
    top: list[Value] = []
    open_lists = [top]
    for found in _TOKEN.finditer(line.text, start):
        bracket, quoted, literal, atom = found.groups()
        here = open_lists[-1]
        if bracket == b"(":
            if len(open_lists) < _DEEPEST:
                inner: list[Value] = []
                here.append(inner)
                open_lists.append(inner)
        elif bracket == b")":
            if len(open_lists) > 1:
                open_lists.pop()
        elif quoted is not None:
            here.append(_ESCAPED.sub(rb"\1", quoted) if b"\\" in quoted else quoted)
        elif literal is not None:
            here.append(next(literals, b""))
        elif atom is not None:
            here.append(None if atom.upper() == b"NIL" else atom)
    return top


def pairs(items: Value) -> dict[bytes, Value]:
    """A list of names and values (a FETCH response's, a STATUS response's) by name in upper case."""
    if not isinstance(items, list):
        return {}
    return {
        name.upper(): value for name, value in zip(items[::2], items[1::2], strict=False) if isinstance(name, bytes)
    }


def number(value: Value) -> int | None:
    """A value that should be a whole number, or None."""
    while isinstance(value, list) and len(value) == 1:  # MODSEQ (17)
        value = value[0]
    return int(value) if isinstance(value, bytes) and value.isdigit() else None
