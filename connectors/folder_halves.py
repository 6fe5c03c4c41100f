"""Read a large mbox in two processes, which take turns with its spans; the mails come in their order all the same."""

from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from connectors import apart
from connectors.mail_boxes import beginning_from
from connectors.mail_files import Found, Reading, read_mbox
from connectors.records import Event, Message, Reject

LARGE = 128 << 20  # bytes from which it is worth while to start a process
SPAN = 16 << 20

# a Found with its message as a plain tuple: half the time to pickle
_Packed = tuple[int, int, tuple[object, ...] | None, list[Event], list[Reject]]


class _Spans(NamedTuple):
    """The mails that begin in every other span of a mbox, from the second on."""

    path: Path
    start: int
    size: int
    reading: Reading

    def items(self) -> Iterator[list[_Packed]]:
        with self.path.open("rb") as file:
            for first, stop in islice(_bounds(self.path, self.start, self.size), 1, None, 2):
                yield [
                    (found.offset, found.end, found.message and tuple(found.message), found.events, found.rejects)
                    for found in read_mbox(file, first, self.reading, stop)
                ]


def read_in_two(path: Path, start: int, size: int, reading: Reading) -> Iterator[Found]:
    """As `read_mbox` from `start` on. Raises OSError, and SourceError where the helping process ends by itself."""
    with path.open("rb") as file, closing(apart.items(_Spans(path, start, size, reading))) as others:
        for number, (first, stop) in enumerate(_bounds(path, start, size)):
            if number % 2 == 0:
                yield from read_mbox(file, first, reading, stop)
            else:
                yield from _unpacked(next(others))


def _bounds(path: Path, start: int, size: int) -> Iterator[tuple[int, int | None]]:
    """Where the mails of each span begin, and where the next span's do; None for the last, which has all the rest."""
    first = start
    with path.open("rb", buffering=0) as file:
        for offset in range(start + SPAN, size, SPAN):
            if offset > first:  # else a mail is larger than a span
                stop = beginning_from(file, offset)
                yield first, stop
                first = stop
    yield first, None


def _unpacked(span: object) -> Iterator[Found]:
    assert isinstance(span, list)  # what _Spans yields
    for offset, end, message, events, rejects in span:
        yield Found(offset, end, message and Message._make(message), events, rejects)
