"""Read what one file of a known kind holds, but for mails, into pages: lying in the folder or inside of an archive."""

from collections.abc import Iterator

from connectors.calendar_entries import read_batches
from connectors.contact_cards import read_card_batches
from connectors.contact_connections import read_connections
from connectors.folder_files import Kind
from connectors.folder_memory import Memory
from connectors.folder_pages import Gathered
from connectors.records import Micros, Reject
from connectors.streams import Stream
from connectors.talk_files import TALK_FILES
from connectors.talk_told import Own

HELD_WHOLE = frozenset({"calendar", "cards", "connections"})
CONTENTS = HELD_WHOLE | TALK_FILES.keys()


def too_large(place: str, most: int) -> Reject:
    """The row for a file of more than `most` bytes that would have to be held as a whole."""
    return Reject(place, "", f"This file is larger than {most >> 20} MB: split it, or export less at a time.")


class Contents:
    """Reads files into `gathered`. `window` is the time in which series are expanded.

    What one file tells of the owner's accounts helps with those that come after it, and in later pulls.
    """

    def __init__(self, memory: Memory, gathered: Gathered, window: tuple[Micros, Micros], own: Own) -> None:
        self._memory = memory
        self._gathered = gathered
        self._window = window
        self._own = own

    def read(self, kind: Kind, stream: Stream, place: str, most: int) -> Iterator[None]:
        """Read a file of one of CONTENTS; yields whenever a page is full. Of what is held as a whole, `most` bytes may
        be there."""
        if kind in TALK_FILES:
            yield from self._talks(kind, stream, place)
            return
        data = stream.read(most + 1)
        if len(data) > most:
            self._gathered.add_rejects([too_large(place, most)])
            return
        for _ in self._whole(kind, data, place):
            if self._gathered.is_full():
                yield

    def _talks(self, kind: Kind, stream: Stream, place: str) -> Iterator[None]:
        own = Own(self._own.name, self._own.zone, frozenset(self._memory.accounts))
        for told in TALK_FILES[kind].read(stream, place, own):
            self._gathered.add_cards(told.cards)
            self._gathered.add_calls(told.calls)
            self._gathered.add_chats(told.chats)
            self._gathered.add_rejects(told.rejects)
            self._gathered.add_note(told.note)
            if told.account:
                self._memory.accounts.add(told.account)
            if self._gathered.is_full():
                yield

    def _whole(self, kind: Kind, data: bytes, place: str) -> Iterator[None]:
        if kind == "calendar":
            for batch in read_batches(data, place=place, window=self._window, zone=self._own.zone):
                self._gathered.add_events(batch.events)
                self._gathered.add_rejects(batch.rejects)
                yield
            return
        for cards in read_card_batches(data, place) if kind == "cards" else read_connections(data, place):
            self._gathered.add_cards(cards.cards)
            self._gathered.add_rejects(cards.rejects)
            yield
