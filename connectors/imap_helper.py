"""Read a large mailbox in a process of its own, so that its mails are parsed while the store saves those before."""

from collections.abc import Generator, Iterator
from typing import NamedTuple, Protocol

from connectors import apart
from connectors.imap_reading import Read
from connectors.records import Cursor, Message


class Source(Protocol):
    """What can be read in another process: it can be pickled."""

    def read(self, since: Cursor | None) -> Iterator[Read]:
        """Yield what is new since the cursor, in the process that it is called in."""
        ...


class _Packed(NamedTuple):
    """What was read, with its messages as plain tuples: half the time to pickle."""

    read: Read
    messages: tuple[tuple[object, ...], ...]


class _Mailbox(NamedTuple):
    """A source, and where to begin."""

    source: Source
    since: Cursor | None

    def items(self) -> Iterator[_Packed]:
        for read in self.source.read(self.since):
            yield _Packed(read._replace(page=read.page._replace(messages=[])), tuple(map(tuple, read.page.messages)))


def read(source: Source, since: Cursor | None) -> Generator[Read, None, None]:
    """Yield what `source.read(since)` yields, and raise the SourceError that it raises. Closing it ends the process."""
    for item in apart.items(_Mailbox(source, since)):
        assert isinstance(item, _Packed)  # what _Mailbox yields
        messages = list(map(Message._make, item.messages))
        yield item.read._replace(page=item.read.page._replace(messages=messages))
