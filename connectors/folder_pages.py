"""Gather what many small files give into pages, each with the cursor after it."""

from collections.abc import Iterable, Sized

from connectors.folder_memory import Memory
from connectors.mail_files import Found
from connectors.records import Call, Card, Chat, Event, Message, Page, Reject

FULL = 4_000  # records a page: a crash repeats seconds of work, and Arrow batches are worth their while


class Gathered:
    """The page in the making. Whoever adds to it sets `memory` accordingly before the page is taken."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._messages: dict[tuple[str, str], Message] = {}  # by place and key: a file may hold the same thing twice
        self._events: dict[tuple[str, str], Event] = {}
        self._cards: dict[tuple[str, str], Card] = {}
        self._calls: dict[tuple[str, str], Call] = {}
        self._chats: dict[tuple[str, str], Chat] = {}
        self._rejects: dict[tuple[str, str], Reject] = {}
        self._note = ""
        self._emptied: list[str] = []
        self._removed: list[tuple[str, str]] = []

    def empty(self, place: str) -> None:
        """Have everything replaced that was read of a place before."""
        self._emptied.append(place)

    def remove(self, place: str, key: str) -> None:
        """Have one item removed that was read before."""
        self._removed.append((place, key))

    def add_mail(self, found: Found) -> None:
        """Add what one mail gave."""
        if found.message is not None:
            self._messages[found.message.place, found.message.key] = found.message
        if found.events:
            self.add_events(found.events)
        if found.rejects:
            self.add_rejects(found.rejects)

    def add_events(self, events: Iterable[Event]) -> None:
        """Add occurrences."""
        self._events |= {(event.place, event.key): event for event in events}

    def add_cards(self, cards: Iterable[Card]) -> None:
        """Add cards."""
        self._cards |= {(card.place, card.key): card for card in cards}

    def add_calls(self, calls: Iterable[Call]) -> None:
        """Add calls."""
        self._calls |= {(call.place, call.key): call for call in calls}

    def add_chats(self, chats: Iterable[Chat]) -> None:
        """Add direct messages."""
        self._chats |= {(chat.place, chat.key): chat for chat in chats}

    def add_note(self, note: str) -> None:
        """Add a sentence for the owner on what can't be counted."""
        self._note = note or self._note

    def add_rejects(self, rejects: Iterable[Reject]) -> None:
        """Add what could not be read."""
        self._rejects |= {(reject.place, reject.key): reject for reject in rejects}

    def add_unopened(self, reject: Reject) -> None:
        """Add the row for what the system does not let us read; it is removed by the pull that can read it."""
        self._memory.add_unopened(reject.place, reject.key)
        self.add_rejects([reject])

    def is_full(self) -> bool:
        """Whether it is time for a page."""
        talk = len(self._calls) + len(self._chats)
        return len(self._messages) + len(self._events) + len(self._cards) + talk + len(self._rejects) >= FULL

    def _kinds(self) -> tuple[Sized, ...]:
        return self._messages, self._events, self._cards, self._calls, self._chats, self._rejects

    def __bool__(self) -> bool:
        return any(self._kinds()) or bool(self._emptied or self._removed or self._note)

    def page(self) -> Page:
        """The page, with the cursor as the memory stands; gathering begins anew."""
        page = Page(
            self._memory.cursor(),
            messages=list(self._messages.values()),
            events=list(self._events.values()),
            cards=list(self._cards.values()),
            calls=list(self._calls.values()),
            chats=list(self._chats.values()),
            rejects=list(self._rejects.values()),
            emptied=tuple(self._emptied),
            removed=tuple(self._removed),
            note=self._note,
        )
        self._messages, self._events, self._cards, self._calls, self._chats, self._rejects = {}, {}, {}, {}, {}, {}
        self._emptied, self._removed, self._note = [], [], ""
        return page
