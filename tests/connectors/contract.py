"""What every kind of source shows of itself to the contract test.

A kind `x` has its file contracts/x.py with a function `world(folder)` that gives a World in a context: a real source of
that kind, filled. It is found there by its name; marks for the test (a server that may be missing) may stand in `MARKS`.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest

from connectors.context import Context
from connectors.records import Card, Chat, Connector, Cursor, Event, Message, Page
from connectors.registry import open_source

NOW = 1_795_000_000_000_000  # November 2026


class World(Protocol):
    """A source that holds what its connector reads in at least two pages, and among it one thing that can't be read."""

    few: int  # requests at most when nothing is new

    def open(self) -> Connector:
        """The connector as a pull opens it, anew each time."""
        ...

    def items(self) -> int:
        """How many records of all kinds it gives in all, as things stand."""
        ...

    def requests(self) -> int:
        """How many requests (commands, questions) the source has got so far; 0 where nobody counts."""
        ...

    def change(self) -> None:
        """Do what people do to such a source: add something, and change and delete something if the kind shows that."""
        ...

    def expire(self, cursor: Cursor) -> Cursor:
        """Make the cursor one from which the source can't go on: at the source, or by returning a damaged one. `change` comes
        after it, before the next pull."""
        ...

    def wrong(self) -> Iterable[tuple[Connector, str]]:
        """Connectors that can't work (with a wrong secret, for a folder or host that is not there), and with each the
        secret that no error may tell; empty where it has none."""
        ...


def context(home: Path, secrets: Mapping[str, str] | None = None) -> Context:
    """The owner's side. A reference to a secret is its name in `secrets`."""
    known = secrets or {}
    return Context(("dana@example.org",), home, lambda reference: known[reference], NOW, "Europe/Berlin")


def opened(kind: str, home: Path, secrets: Mapping[str, str] | None = None, /, **settings: object) -> Connector:
    """A connector for the settings as they stand in settings.toml."""
    return open_source(kind, settings, context(home, secrets))


class Kept(NamedTuple):
    """What the store would hold after some pages: records by their record's name, place and key, and rejects."""

    records: dict[tuple[str, str, str], Message | Event | Card | Chat | object]
    rejects: dict[tuple[str, str], str]


def keep(pages: Iterable[Page], before: Kept | None = None) -> Kept:
    """Save pages as the store does: what is emptied and removed goes first, and what comes twice lands once.

    Within a page nothing may stand twice, and one that `appends` must keep that promise: the store does not look for what
    these would replace.
    """
    records = dict(before.records) if before else {}
    rejects = dict(before.rejects) if before else {}
    for page in pages:
        gone = set(page.removed)
        records = {at: one for at, one in records.items() if at[1] not in page.emptied and at[1:] not in gone}
        rejects = {at: why for at, why in rejects.items() if at[0] not in page.emptied and at not in gone}
        if page.appends:
            new = [("Message", one.place, one.key) for one in page.messages]
            assert len({*new} - records.keys()) == len(new)
        for found in (page.messages, page.events, page.cards, page.calls, page.chats):
            brought = {(type(one).__name__, one.place, one.key): one for one in found}
            assert len(brought) == len(found)
            records |= brought
        lost = {(one.place, one.key): one.reason for one in page.rejects}
        assert len(lost) == len(page.rejects)
        rejects |= lost
    return Kept(records, rejects)


def told(page: Page) -> int:
    """How much a page says: records, rejects, what is gone."""
    records = len(page.messages) + len(page.events) + len(page.cards) + len(page.calls) + len(page.chats)
    return records + len(page.rejects) + len(page.emptied) + len(page.removed)


class Entry(NamedTuple):
    """A kind's entry in the contract."""

    world: Callable[[Path], AbstractContextManager[World]]
    marks: tuple[pytest.MarkDecorator, ...]


def entry(kind: str) -> Entry | None:
    """The entry of a kind, or None if it has none."""
    name = f"tests.connectors.contracts.{kind}"
    if find_spec(name) is None:
        return None
    module = import_module(name)
    return Entry(module.world, tuple(getattr(module, "MARKS", ())))
