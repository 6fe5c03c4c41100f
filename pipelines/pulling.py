"""Pull one owner's sources into the store, each for itself: one that fails leaves the others whole."""

import datetime as dt
import random
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from connectors.context import Context
from connectors.errors import SourceError
from connectors.records import Page
from connectors.registry import open_source
from pipelines import answering, secrets, token_store
from pipelines.forgotten import forgotten
from pipelines.home import Home
from pipelines.landing import LANDINGS, MOMENT
from pipelines.settings import Owner, Source
from pipelines.store import Store

TRIES = 3  # of one source in one pull, where its error says that a retry helps
FIRST_PAUSE = 2.0  # seconds before the second try; doubled before the third

Clock = Callable[[], dt.datetime]


class Listener(Protocol):
    """Who is told how a pull goes: a progress bar, or nobody."""

    def __call__(self, source: str, done: int, total: int) -> None: ...


def _nobody(source: str, done: int, total: int) -> None:
    """Without a terminal, nobody watches a pull."""


LISTENER: ContextVar[Listener] = ContextVar("listener", default=_nobody)


@dataclass(frozen=True)
class Pulled:
    """What one pull of one source brought: records and rejects of its pages, and the error that ended it, if any."""

    source: str
    kind: str
    new_items: int
    rejects: int
    error: str | None


def now() -> dt.datetime:
    """The time, as aware UTC: nothing below the assets and the command asks for it."""
    return dt.datetime.now(dt.UTC)


def context_of(home: Home, owner: Owner, source: str, at: dt.datetime) -> Context:
    """What the connector of this source may know of the owner and this installation."""
    return Context(
        owner_addresses=owner.addresses,
        home=home.folder,
        secret=secrets.fetch,
        now=int(at.timestamp() * 1_000_000),
        timezone=owner.timezone,
        source=source,
        tokens=token_store.of(home, owner),
        owner_name=owner.name,
    )


def pull_all(store: Store, home: Home, owner: Owner, clock: Clock = now) -> list[Pulled]:
    """Pull every source of the owner. What was saved before an error stays; the error is kept in `pulls`.

    The owner's answers to earlier reports, which lie among their sent mails, are recorded."""
    store.write("sources", pa.table(_named_sources(owner)))
    pulled = [_pull(store, home, owner, name, source, clock) for name, source in owner.source.items()]
    answering.take(store, owner, clock())
    return pulled


def _named_sources(owner: Owner) -> dict[str, pa.Array]:
    kinds = [source.kind for source in owner.source.values()]
    return {"source": pa.array(list(owner.source), pa.string()), "kind": pa.array(kinds, pa.string())}


def _pull(store: Store, home: Home, owner: Owner, name: str, source: Source, clock: Clock) -> Pulled:
    began = clock()
    counted = _Counted(name)
    error: str | None = None
    for attempt in range(1, TRIES + 1):
        try:
            _read(store, home, context_of(home, owner, name, began), name, source, counted, clock)
            error = None
            break
        except SourceError as problem:
            error = str(problem)
            if not problem.retry or attempt == TRIES:
                break
            time.sleep(FIRST_PAUSE * 2 ** (attempt - 1) * random.uniform(0.75, 1.25))
    ended = clock()
    store.append(
        "pulls",
        pa.table(
            {
                "source": pa.array([name], pa.string()),
                "started_at": pa.array([began], MOMENT),
                "ended_at": pa.array([ended], MOMENT),
                "error": pa.array([error], pa.string()),
                "new_items": pa.array([counted.items], pa.int64()),
                "rejects": pa.array([counted.rejects], pa.int64()),
            }
        ),
    )
    return Pulled(name, source.kind, counted.items, counted.rejects, error)


class _Counted:
    """How much of a source has been read so far, over all tries."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.items = 0
        self.rejects = 0

    def add(self, page: Page) -> None:
        for landing in LANDINGS:
            if landing.table != "rejects":
                self.items += len(getattr(page, landing.field))
        self.rejects += len(page.rejects)
        LISTENER.get()(self.source, self.items, page.total)


def _read(
    store: Store, home: Home, context: Context, name: str, source: Source, counted: _Counted, clock: Clock
) -> None:
    connector = open_source(source.kind, source.options, context)
    erased = forgotten(store, home, context.timezone)
    for page in connector.pull(store.cursor(name)):
        store.save(name, erased.without(page), clock())
        counted.add(page)


def as_markdown(pulled: list[Pulled]) -> str:
    """A table of what each source brought: names of sources and counts only."""
    lines = ["| source | kind | new items | rejects | error |", "|---|---|---|---|---|"]
    for one in pulled:
        lines.append(f"| {one.source} | {one.kind} | {one.new_items} | {one.rejects} | {one.error or ''} |")
    return "\n".join(lines)
