"""A source that fails between two pages is gone on with from where it was: what was saved stays."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.errors import HostSilent, SourceError
from connectors.records import Card, Cursor, Page, Reject, Seen
from pipelines import pulling
from pipelines.home import Home
from pipelines.settings import Owner, Source
from pipelines.store import opened

AT = dt.datetime(2026, 11, 16, 7, tzinfo=dt.UTC)


def card(number: int) -> Card:
    """A card with nothing on it but a name."""
    return Card(
        "book", str(number), f"P{number}", "", "", (), "", "", (), (), (), "individual", (), (), None, None, "vcard"
    )


class Book:
    """An address book of three pages, each a card and a reject, at which `errors` come one by one, each in front of the
    second page that a pull would give."""

    def __init__(self, errors: list[SourceError]) -> None:
        self.errors = errors
        self.asked: list[Cursor | None] = []

    def pull(self, since: Cursor | None) -> Iterator[Page]:
        self.asked.append(since)
        for count, number in enumerate(range(int(since or 0), 3)):
            if count and self.errors:
                raise self.errors.pop(0)
            yield Page(str(number + 1), cards=[card(number)], rejects=[Reject("book", f"r{number}", "no card")])

    def look(self) -> list[Seen]:
        return []


class Pulling:
    """An owner's home with some books, pulled as an hourly run does; nobody waits."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, **books: Book) -> None:
        self.home = Home(folder)
        self.pauses: list[float] = []
        self.books = books
        sources = {name: Source(kind="folder", options={"name": name}) for name in books}
        self.owner = Owner(
            key="dana", name="Dana Reyes", addresses=("dana@example.org",), timezone="Europe/Berlin", source=sources
        )
        monkeypatch.setattr(pulling, "open_source", lambda _kind, options, _context: books[options["name"]])
        monkeypatch.setattr("pipelines.pulling.time.sleep", self.pauses.append)

    def pull(self) -> list[tuple[object, ...]]:
        """Pull once; returns the names of all cards in the store, and what `pulls` says of each source."""
        with opened(self.home.store("dana"), 1.0) as store:
            pulling.pull_all(store, self.home, self.owner, lambda: AT)
            told = [(row["source"], row["error"], row["new_items"], row["rejects"]) for row in store.rows("pulls")]
            names = sorted(str(row["name"]) for row in store.rows("landed_cards"))
        return [tuple(names), *told]


def test_what_passes_is_tried_again_from_where_it_broke_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two faults in one pull: it goes on behind the pages that were saved, waits longer each time, and counts as one good
    pull of everything."""
    book = Book([HostSilent("The server is silent."), HostSilent("The server is silent.")])
    desk = Pulling(tmp_path, monkeypatch, book=book)
    assert desk.pull() == [("P0", "P1", "P2"), ("book", None, 3, 3)]
    assert book.asked == [None, "1", "2"]
    first, second = desk.pauses
    assert 1.5 <= first <= 2.5
    assert 3 <= second <= 5


def test_three_tries_are_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A source that fails each time keeps what it brought, and says why; the next one is read; the next pull goes on."""
    bad = Book([HostSilent(f"The server is silent ({number}).") for number in range(3)])
    bad.pull = lambda since: _failing(bad, since)  # type: ignore[method-assign]
    desk = Pulling(tmp_path, monkeypatch, bad=bad, good=Book([]))
    names, *told = desk.pull()
    assert names == ("P0", "P0", "P1", "P2")
    assert told == [("bad", "The server is silent (2).", 1, 1), ("good", None, 3, 3)]
    assert len(desk.pauses) == 2
    del bad.pull
    names, *told = desk.pull()
    assert names == ("P0", "P0", "P1", "P1", "P2", "P2")
    assert told[-2:] == [("bad", None, 2, 2), ("good", None, 0, 0)]


def _failing(book: Book, since: Cursor | None) -> Iterator[Page]:
    if since is None:
        yield Page("1", cards=[card(0)], rejects=[Reject("book", "r0", "no card")])
    raise book.errors.pop(0)


def test_a_fault_of_the_programs_own_is_not_hidden(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what a source says is recorded; anything else ends the step, with the pages before it saved."""
    book = Book([])
    book.errors.append(ZeroDivisionError())  # type: ignore[arg-type]  # that is the point
    desk = Pulling(tmp_path, monkeypatch, book=book)
    with pytest.raises(ZeroDivisionError):
        desk.pull()
    with opened(desk.home.store("dana"), 1.0) as store:
        assert (store.count("landed_cards"), store.cursor("book")) == (1, "1")
