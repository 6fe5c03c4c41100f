"""What the CalDAV connector promises of servers that Radicale is not like; the contract test has Radicale itself."""

from pathlib import Path

import pytest

from connectors import dav_client
from connectors.caldav import CalendarReader
from connectors.caldav_bodies import Bodies
from connectors.dav_memory import Body
from connectors.dav_source import Choice, DavSource
from connectors.errors import HostSilent, LoginRefused, ServerFault, SourceError, SourceMissing
from connectors.folder import window_at
from connectors.records import Page
from connectors.registry import open_source
from connectors.web import Limits, Web
from connectors.web_access import password
from tests.connectors.contract import NOW, context, keep, told
from tests.connectors.dav_server import HOME, Calendar, DavServer, Running, entry, nothing_odd, running
from tests.web_server import Asked, Reply

DAY = 86_400_000_000


def filled(count: int, **habits: object) -> DavServer:
    """A server with so many entries in the calendar `work`."""
    server = DavServer(**habits)  # type: ignore[arg-type]  # habits are named by the tests below
    for number in range(count):
        server.calendars["work"].put(f"{number}.ics", entry(f"{number}"))
    return server


def impatient(there: Running, read: float = 60) -> DavSource:
    """The connector, without pauses between its tries, that waits so many seconds for an answer."""
    url = f"{there.site.url}/"
    slept: list[float] = []
    access = password("dana", "secret")
    reader = CalendarReader(window_at(NOW), "Europe/Berlin")
    return DavSource(
        lambda: Web(access=access, trusted=(url,), sleep=slept.append, limits=Limits(read=read)), url, Choice(), reader
    )


def titles(pages: list[Page]) -> dict[str, str]:
    """The titles of what is kept, by UID."""
    return {event.uid.partition("@")[0]: event.title for page in pages for event in page.events}


def test_a_bare_host_leads_to_the_calendars(tmp_path: Path) -> None:
    """By the well-known address to the user's principal, and from there to the calendars; next time straight there."""
    server = filled(2)
    with running(server, tmp_path) as there:
        pages = list(there.open().pull(None))
        assert titles(pages) == {"0": "Talk", "1": "Talk"}
        assert {event.place for page in pages for event in page.events} == {f"{HOME}work/0.ics", f"{HOME}work/1.ics"}
        assert {event.calendar for page in pages for event in page.events} == {"Work"}
        assert there.asked() == [
            "PROPFIND /",
            "PROPFIND /.well-known/caldav",
            "PROPFIND /dav/",
            "PROPFIND /dav/principals/dana/",
            f"PROPFIND {HOME}",
            f"REPORT {HOME}work/",
            f"REPORT {HOME}work/",
        ]
        assert list(there.open().pull(pages[-1].cursor)) in ([], [Page(pages[-1].cursor)])
        assert there.asked() == [f"PROPFIND {HOME}"]


def test_every_address_that_people_copy_works(tmp_path: Path) -> None:
    """The server, the principal, the folder of calendars, or one calendar: which is then the only one that is read."""
    server = filled(1)
    server.calendars["home"] = Calendar()
    server.calendars["home"].put("x.ics", entry("x"))
    with running(server, tmp_path) as there:
        for path, found in (
            ("/", {"0", "x"}),
            ("/dav/", {"0", "x"}),
            ("/dav/principals/dana/", {"0", "x"}),
            (HOME, {"0", "x"}),
            (f"{HOME}home/", {"x"}),
        ):
            assert set(titles(list(there.open(url=there.site.url + path).pull(None)))) == found


@pytest.mark.parametrize("most", [1, 3, 10])
def test_a_server_that_limits_is_asked_again(tmp_path: Path, most: int) -> None:
    """Where a report stops at so many results, the rest is asked for, at first and later, deletions with it."""
    server = filled(7, most=most)
    with running(server, tmp_path) as there:
        pages = list(there.open().pull(None))
        assert len(titles(pages)) == 7
        for number in range(5):
            server.calendars["work"].delete(f"{number}.ics")
        server.calendars["work"].put("new.ics", entry("new"))
        news = list(there.open().pull(pages[-1].cursor))
        assert keep(news, keep(pages)) == keep(there.open().pull(None))
        assert titles(news) == {"new": "Talk"}


def test_a_limited_first_reading_goes_on_where_it_broke_off(tmp_path: Path) -> None:
    """Broken off after any page, what was deleted meanwhile is gone in the end, too."""
    whole = filled(6, most=2)
    with running(whole, tmp_path) as there:
        pages = list(there.open().pull(None))
        assert len(pages) > 3
    for count in range(1, len(pages)):
        server = filled(6, most=2)
        with running(server, tmp_path) as there:
            first = [page for _, page in zip(range(count), there.open().pull(None), strict=False)]
            server.calendars["work"].delete("0.ics")
            rest = list(there.open().pull(first[-1].cursor))
            assert keep(rest, keep(first)) == keep(there.open().pull(None))


@pytest.mark.parametrize("status", [400, 403, 409, 410, 412])
def test_a_dead_token_is_a_new_beginning(tmp_path: Path, status: int) -> None:
    """However a server says that it no longer knows the token, all is listed again; only what differs is fetched."""
    server = filled(5, dead=status)
    with running(server, tmp_path) as there:
        pages = list(there.open().pull(None))
        server.calendars["work"].delete("1.ics")
        server.calendars["work"].put("2.ics", entry("2", "Walk"))
        server.forgotten = 100
        news = list(there.open().pull(pages[-1].cursor))
        assert titles(news) == {"2": "Walk"}
        assert keep(news, keep(pages)) == keep(there.open().pull(None))


@pytest.mark.parametrize("has_ctag", [True, False])
def test_without_sync_etags_tell(tmp_path: Path, has_ctag: bool) -> None:
    """A server without sync-collection is asked for its ETags: only if its CTag has changed, where it has one."""
    server = filled(5, syncs=False, has_ctag=has_ctag)
    with running(server, tmp_path) as there:
        pages = list(there.open().pull(None))
        assert len(titles(pages)) == 5
        server.calendars["work"].delete("1.ics")
        server.calendars["work"].put("2.ics", entry("2", "Walk"))
        news = list(there.open().pull(pages[-1].cursor))
        assert titles(news) == {"2": "Walk"}
        assert keep(news, keep(pages)) == keep(there.open().pull(None))
        there.asked()
        assert sum(map(told, there.open().pull(news[-1].cursor))) == 0
        assert len(there.asked()) == (1 if has_ctag else 2)


def test_bodies_that_a_report_leaves_out_are_fetched(tmp_path: Path) -> None:
    """What multiget does not give, or a server without multiget, is asked for by itself."""
    for server in (filled(3, withheld=("1.ics",)), filled(3, multiget=501), filled(3, multiget=403)):
        with running(server, tmp_path) as there:
            assert set(titles(list(there.open().pull(None)))) == {"0", "1", "2"}


def test_at_first_everything_comes_with_one_question(tmp_path: Path) -> None:
    """Where a server gives the bodies with the list, nothing else is asked; later, only what has changed is."""
    server = filled(250, at_once=True, withheld=("7.ics",))
    with running(server, tmp_path) as there:
        url = f"{there.site.url}{HOME}work/"
        pages = list(there.open(url=url).pull(None))
        assert len(titles(pages)) == 250
        assert there.asked() == [f"PROPFIND {HOME}work/"] * 2 + [f"REPORT {HOME}work/"] * 2 + [f"GET {HOME}work/7.ics"]
        server.calendars["work"].put("8.ics", entry("8", "Walk"))
        assert titles(list(there.open(url=url).pull(pages[-1].cursor))) == {"8": "Walk"}
        assert there.asked() == [f"PROPFIND {HOME}work/"] + [f"REPORT {HOME}work/"] * 2


def test_a_large_calendar_is_read_by_two_processes_as_by_one(tmp_path: Path) -> None:
    """At first every other piece is read beside: the same events come in the same order, also of a list that breaks off."""
    server = filled(1_100, at_once=True)
    calendar = server.calendars["work"]
    calendar.put(
        "3.ics",
        entry("3").replace("SUMMARY", "RRULE:FREQ=WEEKLY;COUNT=9\r\nATTENDEE:mailto:ann@example.org\r\nSUMMARY"),
    )
    calendar.put("700.ics", entry("700", start="someday"))
    with running(server, tmp_path) as there:
        pages = list(there.open().pull(None))
    bodies = tuple(Body(name, "", body.encode()) for name, body in calendar.entries.items())
    expected = Bodies(f"{HOME}work/", "Work", window_at(NOW), "Europe/Berlin").read(bodies)
    assert len(expected.events) == 1_107
    assert sorted(event for page in pages for event in page.events) == sorted(expected.events)
    assert [reject for page in pages for reject in page.rejects] == expected.rejects != []
    assert [len({event.uid for event in page.events}) for page in pages[:3]] == [500, 499, 100]


@pytest.mark.parametrize("answer", [Reply(403), Reply(500), Reply(0, then="hang"), Reply(207, body=bytes(49 << 20))])
def test_a_server_for_which_everything_at_once_is_too_much_is_asked_bit_by_bit(tmp_path: Path, answer: Reply) -> None:
    """If the list with all bodies is refused, fails, takes too long or is too large, the list alone does."""
    server = filled(3)
    server.odd = lambda asked: answer if b"sync-coll" in asked.body and b"calendar-data" in asked.body else None
    with running(server, tmp_path) as there:
        patience = 1 if answer.then == "hang" else 60
        assert set(titles(list(impatient(there, patience).pull(None)))) == {"0", "1", "2"}


def test_one_entry_that_a_server_stumbles_over_costs_only_itself(tmp_path: Path) -> None:
    """A server that fails whenever one entry is asked for gives all others; that one is named."""
    server = filled(6)
    server.odd = lambda asked: Reply(500) if b"4.ics" in asked.body or asked.path.endswith("4.ics") else None
    with running(server, tmp_path) as there:
        kept = keep(impatient(there).pull(None))
        assert len(kept.records) == 5
        assert list(kept.rejects) == [(f"{HOME}work/4.ics", "")]
        assert "failed (HTTP 500)" in kept.rejects[f"{HOME}work/4.ics", ""]


def test_a_server_that_stumbles_over_everything_is_given_up(tmp_path: Path) -> None:
    """Where nearly all entries fail, it is not they that are broken."""
    server = filled(200)
    server.odd = lambda asked: Reply(500) if asked.method == "GET" or b"multiget" in asked.body else None
    with running(server, tmp_path) as there, pytest.raises(SourceError, match="“Work” could not be read to its end"):
        list(impatient(there).pull(None))


def test_one_calendar_that_fails_leaves_the_others_whole(tmp_path: Path) -> None:
    """All others are read and kept; then an error names it. When it works again, it alone is read."""
    server = filled(2)
    server.calendars = {"broken": Calendar(), **server.calendars, "zoo": Calendar()}
    server.calendars["broken"].put("b.ics", entry("b"))
    server.calendars["zoo"].put("z.ics", entry("z"))
    server.odd = lambda asked: Reply(403) if asked.path.startswith(f"{HOME}broken/") else None
    with running(server, tmp_path) as there:
        pages: list[Page] = []
        with pytest.raises(SourceError, match=r"^The calendar “Broken” could not be read to its end: The server"):
            pages.extend(there.open().pull(None))
        assert set(titles(pages)) == {"0", "1", "z"}
        server.odd = nothing_odd
        news = list(there.open().pull(pages[-1].cursor))
        assert titles(news) == {"b": "Talk"}


def test_calendars_are_chosen_by_name_and_go_when_they_are_gone(tmp_path: Path) -> None:
    """Patterns choose; what is deleted or no longer chosen is taken out of the store."""
    server = filled(1)
    server.calendars["family"] = Calendar()
    server.calendars["family"].put("f.ics", entry("f"))
    with running(server, tmp_path) as there:
        assert set(titles(list(there.open(calendars={"include": ["fam*"]}).pull(None)))) == {"f"}
        pages = list(there.open().pull(None))
        news = list(there.open(calendars={"exclude": ["FAMILY"]}).pull(pages[-1].cursor))
        assert {uid for _, _, uid in keep(news, keep(pages)).records} == {"0@example.org/2026-03-04T09:00:00Z"}
        del server.calendars["family"]
        assert keep(there.open().pull(pages[-1].cursor), keep(pages)) == keep(there.open().pull(None))
        with pytest.raises(SourceMissing, match="No calendar is left to read: there are Work;"):
            list(there.open(calendars={"include": ["nothing"]}).pull(None))


def test_a_changed_series_changes_the_past(tmp_path: Path) -> None:
    """When a series is shortened on the server, the occurrences that it had are gone here."""
    server = DavServer()
    series = entry("s", start="20260302T090000Z")
    server.calendars["work"].put("s.ics", series.replace("SUMMARY", "RRULE:FREQ=WEEKLY;COUNT=5\r\nSUMMARY"))
    with running(server, tmp_path) as there:
        pages = list(there.open().pull(None))
        assert len(keep(pages).records) == 5
        server.calendars["work"].put("s.ics", series.replace("SUMMARY", "RRULE:FREQ=WEEKLY;COUNT=2\r\nSUMMARY"))
        news = list(there.open().pull(pages[-1].cursor))
        assert len(keep(news, keep(pages)).records) == 2


def test_series_are_expanded_further_when_the_quarter_has_passed(tmp_path: Path) -> None:
    """An endless series reaches as far ahead as at first: four times a year all entries are read anew."""
    server = DavServer()
    server.calendars["work"].put("s.ics", entry("s").replace("SUMMARY", "RRULE:FREQ=MONTHLY\r\nSUMMARY"))
    with running(server, tmp_path) as there:
        table = {"url": there.site.url, "user": "dana", "secret": "env:SECRET"}
        today = context(tmp_path, {"env:SECRET": "secret"})
        pages = list(open_source("caldav", table, today).pull(None))
        later = type(today)(today.owner_addresses, tmp_path, today.secret, NOW + 100 * DAY, today.timezone)
        news = list(open_source("caldav", table, later).pull(pages[-1].cursor))
        assert keep(news, keep(pages)) == keep(open_source("caldav", table, later).pull(None))
        assert len(keep(news).records) > 0
        assert sum(map(told, open_source("caldav", table, later).pull(news[-1].cursor))) == 0


@pytest.mark.parametrize(
    ("answer", "error", "sentence"),
    [
        (Reply(200, {"Content-Type": "text/html"}, b"<html>Sign in</html>"), ServerFault, "a web page instead of"),
        (Reply(207, body=b"<multistatus xmlns='DAV:'><resp"), ServerFault, "can't be read"),
        (Reply(207, body=b"<!DOCTYPE x [<!ENTITY a 'aa'>]><x>&a;</x>"), ServerFault, "can't be read"),
        (Reply(403), SourceError, "does not let this user read the calendars"),
        (Reply(401), LoginRefused, "refused the user dana or the password"),
        (Reply(404), SourceMissing, "shows no calendars at this address"),
        (Reply(0, then="hang"), HostSilent, "did not answer in time"),
    ],
)
def test_a_server_that_is_none_is_named_in_one_sentence(
    tmp_path: Path, answer: Reply, error: type[SourceError], sentence: str
) -> None:
    """A page to sign in, half an answer, an entity bomb, a refusal, silence: each is said, and none is taken for empty."""
    server = DavServer(odd=lambda asked: answer)  # noqa: ARG005 - whatever is asked
    with running(server, tmp_path) as there, pytest.raises(error, match=sentence):
        list(there.open(timeout=0.3 if answer.then == "hang" else 60).pull(None))


def test_a_server_that_shows_no_calendars_empties_nothing(tmp_path: Path) -> None:
    """When all calendars seem to be gone, it is an error rather than the loss of everything that was read."""
    server = filled(2)
    with running(server, tmp_path) as there:
        pages = list(there.open().pull(None))
        server.calendars.clear()
        with pytest.raises(SourceMissing, match="shows no calendars of this user"):
            list(there.open().pull(pages[-1].cursor))


def test_a_redirect_elsewhere_takes_no_password_along(tmp_path: Path) -> None:
    """A server that sends on to another host is not followed with the password; the sentence says which host to name."""
    seen: list[Asked] = []

    def elsewhere(asked: Asked) -> Reply:
        seen.append(asked)
        return Reply(401)

    with running(DavServer(odd=elsewhere), tmp_path) as other:
        moved = Reply(301, {"Location": f"http://localhost:{other.site.port}/dav/"})
        with (
            running(DavServer(odd=lambda asked: moved), tmp_path) as there,  # noqa: ARG005
            pytest.raises(SourceError, match=r"sends us on to localhost:\d+, which is not given your password"),
        ):
            list(there.open().pull(None))
    assert seen == []


def test_hosts_of_one_provider_share_a_password() -> None:
    """Providers spread accounts over hosts of one domain; a domain under which anybody can be is no such domain."""
    base = "https://caldav.example.org/"
    assert dav_client.akin(base, "https://p42-caldav.example.org/123/calendars/")
    assert dav_client.akin("https://example.org/", "https://caldav.example.org/")
    assert not dav_client.akin(base, "http://p42-caldav.example.org/")
    assert not dav_client.akin(base, "https://caldav.example.com/")
    assert not dav_client.akin("https://example.co.uk/", "https://other.co.uk/")
    assert not dav_client.akin("https://10.0.0.1/", "https://11.0.0.1/")
    assert not dav_client.akin("https://localhost/", "https://other/")
