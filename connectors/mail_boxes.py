"""Cut a mbox into its mails, holding only a little of it at a time."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from connectors.streams import Stream

CHUNK = 1 << 20  # bytes read at a time: larger ones are got from the system anew each time, page by page
LITTLE = 1 << 16  # the same where only the next beginning is looked for
MOST_HELD = 8 << 20  # bytes of one mail that are kept: calendar parts stand in front of attachments this large
MOST_HEADER = 1 << 20
_MARGIN = 2048  # bytes behind a From_ line that are needed to tell that it is one
_BEFORE = 3  # bytes before it likewise: it may end a blank line

# `From dana@example.org Thu Dec 11 13:45:00 +0000 2025`, `From - Sun Dec  1 18:21:00 2024`, `From dana at example.org  …`
_DATED = re.compile(
    rb"From (?:[^\n]{0,300}? )??(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? [^\n]{0,60}?[0-9]{1,2}:[0-9]{2}[^\n]{0,60}\n"
)
_UNDATED = re.compile(
    rb"From [^\n]{0,300}\n(?:return-path|received|delivered-to|from|to|date|subject|message-id|mime-version|x-[a-z-]+):",
    re.IGNORECASE,
)
_HEADER_LINE = re.compile(rb"[!-9;-~]{1,80}:|>From ")
_make = tuple.__new__
_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?=From )")


class Piece(NamedTuple):
    """One mail of a mbox: where it begins and ends in the file, its From_ line and header, and what is held of the file,
    in which its body lies from `body` to `stop` (of a huge mail, the beginning of its body)."""

    offset: int
    end: int
    from_line: bytes
    header: bytes
    held: bytes
    body: int
    stop: int


def looks_like_mbox(head: bytes) -> bool:
    """Whether a file that begins with these bytes is a mbox (RFC 4155)."""
    beginning = _BEGINNING.match(head)
    return beginning is not None and _begins(head[beginning.end() :], 0)


def goes_on_with_mail(head: bytes) -> bool:
    """Whether a new mail begins with these bytes (behind blank lines at most), so that what stood before was whole."""
    return not head.strip() or looks_like_mbox(head)


def beginning_from(file: Stream, offset: int) -> int:
    """Where the first mail begins at `offset` or behind it; the file's end if there is none. `offset` is above 0."""
    base = max(offset - 1 - _BEFORE, 0)  # the line end before it is looked for
    file.seek(base)
    return _passed_over(file, b"", base, LITTLE)[0]


def cut(file: Stream, start: int, stop: int | None = None) -> Iterator[Piece]:
    """Yield the mails of a mbox from `start` on, which is 0 or where a mail begins, and of these the ones that begin
    before `stop`.

    A line begins a mail if it has the form of a From_ line with a date, and a blank line stands before it or a header
    line behind it; without a date it needs both. So `From` in a body, quoted (mboxo, mboxrd) or not, cuts nothing.
    """
    file.seek(start)
    held, base, at, searched, ended = b"", start, 0, 0, False  # `base`: where `held` lies; `at`: the mail in it
    while True:
        limit = len(held) if ended else max(len(held) - _MARGIN, searched)
        for following in _beginnings(held, searched, limit):
            if piece := _piece(held, at, following, base, base + following):
                yield piece
            at = following
            if stop is not None and base + at >= stop:
                return
        if ended:
            if piece := _piece(held, at, len(held), base, base + len(held)):
                yield piece
            return
        if len(held) - at > MOST_HELD:
            end, rest = _passed_over(file, held[limit - _BEFORE :], base + limit - _BEFORE)
            if piece := _piece(held, at, at + MOST_HELD, base, end):
                yield piece
            held, base, at, searched = rest, end, 0, 0
            if stop is not None and base >= stop:
                return
        else:
            chunk = file.read(CHUNK)
            held, base, searched, at, ended = held[at:] + chunk, base + at, limit - at, 0, not chunk


def _beginnings(held: bytes, searched: int, limit: int) -> list[int]:
    """Where mails begin behind line ends from `searched` up to `limit`, in order. It searches backwards, which CPython
    does three times as fast as forwards."""
    found = []
    at = held.rfind(b"\nFrom ", searched, limit + 5)
    while at >= 0:
        if _begins(held, at + 1):
            found.append(at + 1)
        at = held.rfind(b"\nFrom ", searched, at)
    return found[::-1]


def _passed_over(file: Stream, tail: bytes, base: int, size: int = CHUNK) -> tuple[int, bytes]:
    """Read on to the next mail without keeping anything: where it begins, and what was read of it. The first bytes of
    `tail` were searched before."""
    while True:
        chunk = file.read(size)
        tail += chunk
        limit = max(len(tail) - _MARGIN, _BEFORE) if chunk else len(tail)
        beginnings = _beginnings(tail, _BEFORE, limit)
        if beginnings:
            return base + beginnings[0], tail[beginnings[0] :]
        if not chunk:
            return base + len(tail), b""
        base, tail = base + limit - _BEFORE, tail[limit - _BEFORE :]


def _begins(held: bytes, at: int) -> bool:
    after_blank = at == 0 or held[max(at - 2, 0) : at] == b"\n\n" or held[max(at - 3, 0) : at] == b"\n\r\n"
    dated = _DATED.match(held, at)
    if dated is None:
        return after_blank and _UNDATED.match(held, at) is not None
    return after_blank or _HEADER_LINE.match(held, dated.end()) is not None


def _piece(held: bytes, at: int, stop: int, base: int, end: int) -> Piece | None:
    first = at
    if not held.startswith(b"From ", at):
        beginning = _BEGINNING.match(held, at, stop)
        first = beginning.end() if beginning else at
    if stop - first < 100 and not held[first:stop].strip():
        return None
    line_end = held.find(b"\n", first, stop) + 1 or stop
    header_end, body = _blank_line(held, line_end - 1, min(stop, line_end + MOST_HEADER)) or (
        min(stop, line_end + MOST_HEADER),
        stop,
    )
    return _make(Piece, (base + at, end, held[first:line_end], held[line_end:header_end], held, body, stop))


def _blank_line(held: bytes, start: int, stop: int) -> tuple[int, int] | None:
    """Where the first blank line begins and ends, behind a line end from `start` on."""
    at = held.find(b"\n\n", start, stop)
    before = at if at >= 0 else stop
    if held.find(b"\r", start, before) >= 0 and (other := held.find(b"\n\r\n", start, before)) >= 0:
        return other + 1, other + 3
    return (at + 1, at + 2) if at >= 0 else None
