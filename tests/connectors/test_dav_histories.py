"""Whatever happens at a server and to pulls, what is kept in the end is what a fresh pull would give."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.records import Cursor
from tests.connectors.contract import Kept, keep
from tests.connectors.dav_server import Calendar, DavServer, entry, running

NAMES = st.sampled_from(["a", "b", "c", "d", "e"])
CALENDARS = st.sampled_from(["work", "home"])
HAPPENINGS = st.one_of(
    st.tuples(st.just("put"), CALENDARS, NAMES),
    st.tuples(st.just("delete"), CALENDARS, NAMES),
    st.tuples(st.just("drop"), st.just("home"), st.just("")),
    st.tuples(st.just("forget"), st.just(""), st.just("")),
    st.tuples(st.just("pull"), st.just(""), st.just("")),
    st.tuples(st.just("break off"), st.just(""), NAMES),
)


def happen(server: DavServer, what: str, where: str, name: str, number: int) -> None:
    """Let something happen at the server."""
    calendar = server.calendars.get(where)
    if what == "put":
        server.calendars.setdefault(where, Calendar()).put(f"{name}.ics", entry(f"{where}-{name}", f"Talk {number}"))
    elif what == "delete" and calendar and f"{name}.ics" in calendar.entries:
        calendar.delete(f"{name}.ics")
    elif what == "drop":
        server.calendars.pop(where, None)
    elif what == "forget":
        server.forgotten = 1_000 if server.forgotten == 0 else 0


@settings(max_examples=60, deadline=None)
@given(
    st.lists(HAPPENINGS, max_size=25),
    st.sampled_from([0, 1, 3]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_pulls_that_break_off_anywhere_lead_to_the_same(
    happenings: list[tuple[str, str, str]], most: int, syncs: bool, has_ctag: bool, at_once: bool
) -> None:
    """Entries come, change and go, calendars vanish, tokens die, reports are limited and pulls break off, in any order."""
    server = DavServer(most=most, syncs=syncs, has_ctag=has_ctag, at_once=at_once)
    server.calendars["work"].put("first.ics", entry("first"))
    with TemporaryDirectory() as folder, running(server, Path(folder)) as there:
        cursor: Cursor | None = None
        kept: Kept | None = None
        for number, (what, where, name) in enumerate([*happenings, ("pull", "", "")]):
            happen(server, what, where, name, number)
            if what in ("pull", "break off"):
                wanted = "abcde".index(name) + 1 if name else 1_000
                for _, page in zip(range(wanted), there.open().pull(cursor), strict=False):
                    kept, cursor = keep([page], kept), page.cursor
        assert kept == keep(there.open().pull(None))
