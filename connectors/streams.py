"""Bytes that arrive piece by piece, read forward only: a file inside of an archive is never held as a whole."""

from collections.abc import Callable, Iterator
from typing import Protocol

_STEP = 1 << 20  # bytes passed over at a time
_PIECE = 1 << 16  # bytes that lines are cut from at a time


class Stream(Protocol):
    """What a reader needs of a file. An opened file is one; `seek` may be able to go forward only."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes: fewer than asked for only at the end."""
        ...

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to an offset from the beginning."""
        ...

    def tell(self) -> int:
        """Where reading stands."""
        ...


class Forward:
    """A stream over `more`, which gives up to as many bytes as asked for, and none at the end."""

    def __init__(self, more: Callable[[int], bytes]) -> None:
        self._more = more
        self._held = b""
        self._at = 0

    def peek(self, size: int) -> bytes:
        """The next bytes, which stay to be read."""
        while len(self._held) < size and (piece := self._more(size - len(self._held))):
            self._held += piece
        return self._held[:size]

    def read(self, size: int = -1, /) -> bytes:
        """The next `size` bytes, or all that there are."""
        found, self._held = (self._held, b"") if size < 0 else (self._held[:size], self._held[size:])
        pieces, wanted = [found], size - len(found)
        while (size < 0 or wanted) and (piece := self._more(_STEP if size < 0 else wanted)):
            pieces.append(piece)
            wanted -= len(piece)
        joined = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        self._at += len(joined)
        return joined

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Pass over what lies before an offset; it must not lie behind. At the end of the bytes it stops."""
        if whence or offset < self._at:
            raise ValueError("an archive is read forward only")
        while self._at < offset and self.read(min(_STEP, offset - self._at)):
            pass
        return self._at

    def tell(self) -> int:
        return self._at


def raw_lines(stream: Stream, longest: int) -> Iterator[bytes]:
    """Yield lines without their ends (\\n, \\r\\n or, in a file that has no other, \\r). Of a longer line only its
    beginning is held and given."""
    held, cut, ending = b"", False, b""
    while piece := stream.read(_PIECE):
        ending = ending or (b"\r" if b"\r" in piece and b"\n" not in piece else b"\n")
        first, *rest = piece.split(ending)
        if not cut:
            held += first
        if len(held) > longest:
            held, cut = held[:longest], True
        for line in rest:
            yield held.rstrip(b"\r")
            held, cut = (line, False) if len(line) <= longest else (line[:longest], True)
    if held:
        yield held.rstrip(b"\r")


def lines(stream: Stream, longest: int) -> Iterator[str]:
    """Yield the lines of a text: UTF-8, UTF-16 with its mark, or as Windows wrote it where it is neither."""
    start = stream.tell()
    head = stream.read(2)
    if head in (b"\xff\xfe", b"\xfe\xff"):
        yield from _wide_lines(stream, "utf-16-le" if head == b"\xff\xfe" else "utf-16-be", longest)
        return
    for number, line in enumerate(raw_lines(_Joined(head, stream, start), longest)):
        raw = line.removeprefix(b"\xef\xbb\xbf") if not number else line
        try:
            yield raw.decode()
        except UnicodeDecodeError:
            # the end of what was cut may lie inside of a letter
            yield raw.decode("utf-8", "ignore") if len(raw) >= longest else raw.decode("cp1252", "replace")


class _Joined(Forward):
    """A stream whose first bytes were read."""

    def __init__(self, head: bytes, rest: Stream, start: int) -> None:
        super().__init__(rest.read)
        self._held = head
        self._at = start


def _wide_lines(stream: Stream, encoding: str, longest: int) -> Iterator[str]:
    held, cut = "", False
    while piece := stream.read(_PIECE):
        first, *rest = piece.decode(encoding, "replace").split("\n")
        if not cut:
            held += first
        if len(held) > longest:
            held, cut = held[:longest], True
        for line in rest:
            yield held.rstrip("\r")
            held, cut = (line, False) if len(line) <= longest else (line[:longest], True)
    if held:
        yield held.rstrip("\r")
