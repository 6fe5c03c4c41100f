"""Read a large mailbox in a process of its own, so that its mails are parsed while the store saves those before."""

from collections.abc import Generator, Iterator
from typing import NamedTuple, Protocol

from connectors import apart
from connectors.records import Cursor, Message, Page


class Source(Protocol):
    """What can be read in another process: it can be pickled."""

    def pages(self, since: Cursor | None) -> Iterator[Page]:
        """As Connector.pull, in the process that it is called in."""
        ...


class _Packed(NamedTuple):
    """A page with its messages as plain tuples: half the time to pickle."""

    page: Page
    messages: tuple[tuple[object, ...], ...]


class _Mailbox(NamedTuple):
    """A source, and where to begin."""

    source: Source
    since: Cursor | None

    def items(self) -> Iterator[_Packed]:
        for page in self.source.pages(self.since):
            yield _Packed(page._replace(messages=[]), tuple(map(tuple, page.messages)))


def pages(source: Source, since: Cursor | None) -> Generator[Page, None, None]:
    """Yield what `source.pages(since)` yields, and raise the SourceError that it raises. Closing it ends the process."""
    for item in apart.items(_Mailbox(source, since)):
        assert isinstance(item, _Packed)  # what _Mailbox yields
        yield item.page._replace(messages=list(map(Message._make, item.messages)))
