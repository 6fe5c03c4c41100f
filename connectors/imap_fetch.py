"""Read the answers to one kind of FETCH: a mail's UID, flags, INTERNALDATE and header fields, in any order."""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from connectors.imap_lines import Line, next_line, number, pairs, values
from connectors.mail_dates import MINUTES, SECONDS, read_date
from connectors.records import Micros

_ITEM = rb'(?:UID ([0-9]{1,10})|FLAGS \(([^()"{]*)\)|INTERNALDATE "([^"\\]{26})"|MODSEQ \([0-9]+\)|RFC822\.SIZE [0-9]+)'
_ORDINARY = re.compile(
    rb"\* [0-9]+ FETCH \((?:%b )*BODY\[HEADER\.FIELDS \([^()\[\]]*\)\] \{([0-9]{1,9})\}\r\n" % _ITEM
).match
_STRUCTURES = re.compile(rb"(?:\* [0-9]+ FETCH \(UID [0-9]+ BODYSTRUCTURE \([^\r\n{]*\)\)\r\n)+").match
_AFTER = re.compile(rb"(?: %b)*\)\r\n" % _ITEM).match
_FETCH = re.compile(rb"\* [0-9]+ FETCH ", re.IGNORECASE).match
_make = tuple.__new__
_EPOCH = date(1970, 1, 1).toordinal()
_MONTHS = {m: n for n, m in enumerate(b"jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}


class Fetched(NamedTuple):
    """One mail as the server gives it: `flags` as sent, apart by blanks; `header` None where the server gave none."""

    uid: int
    flags: bytes
    received_at: Micros | None
    header: bytes | None


class Scanned(NamedTuple):
    """What was whole in a buffer: the mails, the other responses, and where the rest begins."""

    mails: list[Fetched]
    others: list[Line]
    end: int


def scan(buffer: bytes, start: int = 0) -> Scanned:
    """Read all whole responses from `start` up to and including the first tagged one.

    FETCH responses without a UID or a header item (flags that changed meanwhile, structures) are among the others;
    structures without a calendar part may be left out.
    """
    mails: list[Fetched] = []
    others: list[Line] = []
    position = start
    found = mails.append
    while True:
        ordinary = _ORDINARY(buffer, position)
        if ordinary is not None:
            uid, flags, received, size = ordinary.groups()
            begin = ordinary.end()
            end = begin + int(size)
            if buffer[end : end + 3] == b")\r\n":
                if uid is not None and flags is not None and received is not None:
                    found(_make(Fetched, (int(uid), flags, internal_date(received), buffer[begin:end])))
                    position = end + 3
                    continue
            elif (after := _AFTER(buffer, end)) is not None:
                late = after.groups()
                uid, flags, received = uid or late[0], flags or late[1], received or late[2]
                if uid is not None and flags is not None and received is not None:
                    found(_make(Fetched, (int(uid), flags, internal_date(received), buffer[begin:end])))
                    position = after.end()
                    continue
        elif (structures := _STRUCTURES(buffer, position)) is not None:
            position = structures.end()
            others += _with_calendar(structures[0])
            continue
        line = next_line(buffer, position)
        if line is None:
            return Scanned(mails, others, position)
        position = line.end
        if _FETCH(line.text) is None:
            others.append(line)
            if not line.text.startswith((b"* ", b"+")):
                return Scanned(mails, others, position)
        elif b"HEADER" in line.text.upper() and (odd := read_odd(line)) is not None:
            found(odd)
        else:
            others.append(line)


def _with_calendar(structures: bytes) -> list[Line]:
    if b"calendar" not in structures.lower():
        return []
    return [Line(text, (), 0) for text in structures.split(b"\r\n") if b"calendar" in text.lower()]


def read_odd(line: Line) -> Fetched | None:
    """The slow path of `scan`: one FETCH response, whatever the order and the spelling of its items."""
    opening = _FETCH(line.text)
    if opening is None:
        return None
    given = values(line, opening.end())
    items = pairs(given[0]) if given else {}
    uid = number(items.get(b"UID"))
    header = [value for name, value in items.items() if name.startswith((b"BODY[HEADER", b"RFC822.HEADER"))]
    if uid is None or not header:
        return None
    flags, received = items.get(b"FLAGS"), items.get(b"INTERNALDATE")
    return Fetched(
        uid,
        b" ".join(flag for flag in flags if isinstance(flag, bytes)) if isinstance(flags, list) else b"",
        internal_date(received) if isinstance(received, bytes) else None,
        header[0] if isinstance(header[0], bytes) else None,
    )


def internal_date(text: bytes) -> Micros | None:
    """A date-time as RFC 9051 writes it, ` 4-Mar-2026 09:30:00 +0100`; None for what is none."""
    try:
        clock = MINUTES[text[12:17]] + SECONDS[text[17:20]]
        return (_day(text[:11]) + clock - _offset(text[21:])) * 1_000_000
    except (ValueError, KeyError):
        return read_date(text.strip().replace(b"-", b" ", 2))  # a server that leaves out the leading blank


@lru_cache(maxsize=8192)
def _day(text: bytes) -> int:
    return (date(int(text[7:11]), _MONTHS[text[3:6].lower()], int(text[:2])).toordinal() - _EPOCH) * 86_400


@lru_cache(maxsize=256)
def _offset(text: bytes) -> int:
    seconds = int(text[1:3]) * 3600 + int(text[3:5]) * 60
    return -seconds if text[:1] == b"-" else seconds
