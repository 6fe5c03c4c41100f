"""What the connector for a published calendar promises, against a server on loopback."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from connectors.errors import HostUnknown, LoginRefused, ServerFault, SourceError, SourceMissing
from connectors.records import Connector, Page
from connectors.registry import open_source
from tests.connectors.contract import NOW, context, keep, opened, told
from tests.connectors.contracts.ical_url import DAILY, calendar, once
from tests.web_server import Asked, Reply, Site

DAY = 86_400_000_000
SECRET = "private-0123456789abcdef"


def source(home: Path, url: str, **settings: object) -> Connector:
    """The connector for an address that settings.toml keeps elsewhere."""
    return opened("ical_url", home, {"env:ADDRESS": url, "env:WORD": "secret"}, url="env:ADDRESS", **settings)


def always(reply: Reply) -> Callable[[Asked], Reply]:
    return lambda asked: reply  # noqa: ARG005 - whatever is asked


def titles(pages: list[Page]) -> set[str]:
    return {event.title for page in pages for event in page.events}


def test_an_unchanged_calendar_is_not_sent_again(tmp_path: Path) -> None:
    """With an ETag, or with Last-Modified alone, the second pull is one question and no answer's body."""
    changed = "Wed, 04 Mar 2026 10:00:00 GMT"
    for headers, asked_for in (
        ({"ETag": 'W/"1"'}, {"if-none-match": 'W/"1"'}),
        ({"Last-Modified": changed}, {"if-modified-since": changed}),
    ):

        def reply(asked: Asked, headers: dict[str, str] = headers, wanted: dict[str, str] = asked_for) -> Reply:
            if all(asked.headers.get(name) == value for name, value in wanted.items()):
                return Reply(304, headers)
            return Reply(200, headers, calendar(once("a", "20260304")))

        with Site(reply) as site:
            pages = list(source(tmp_path, site.url).pull(None))
            assert titles(pages) == {"Talk"}
            assert list(source(tmp_path, site.url).pull(pages[-1].cursor)) == []
            assert len(site.asked) == 2


def test_a_calendar_stamped_anew_each_time_has_not_changed(tmp_path: Path) -> None:
    """Some servers know no ETag and write the time of asking into each entry: that alone is no news."""
    stamps = iter(range(10, 60))

    def reply(asked: Asked) -> Reply:
        return Reply(body=calendar(f"DTSTAMP:202603040900{next(stamps)}Z\r\n{once('a', '20260304')}"))

    with Site(reply) as site:
        pages = list(source(tmp_path, site.url).pull(None))
        assert sum(map(told, source(tmp_path, site.url).pull(pages[-1].cursor))) == 0


def test_what_falls_out_at_the_old_end_stays(tmp_path: Path) -> None:
    """Where only the last months are published, what was read of earlier ones is kept; within them, what is gone goes."""
    published = [
        calendar(once("old", "20260110", "Old"), once("a", "20260304", "A"), once("b", "20260504", "B"), DAILY)
    ]
    with Site(lambda asked: Reply(body=published[-1])) as site:  # noqa: ARG005
        first = list(source(tmp_path, site.url).pull(None))
        published.append(calendar(once("b", "20260504", "B"), DAILY))
        second = list(source(tmp_path, site.url).pull(first[-1].cursor))
        kept = keep(second, keep(first))
        assert {key.partition("@")[0] for _, _, key in kept.records} == {"old", "a", "b", "daily"}
        published.append(calendar(once("c", "20260302", "C"), DAILY))
        third = list(source(tmp_path, site.url).pull(second[-1].cursor))
        kept = keep(third, kept)
        assert {key.partition("@")[0] for _, _, key in kept.records} == {"old", "c", "daily"}


def test_an_emptied_calendar_keeps_the_past(tmp_path: Path) -> None:
    """A calendar in which nothing is left takes out what was still to come, and what was stays."""
    published = [calendar(once("was", "20260304"), once("comes", "20270304"))]
    with Site(lambda asked: Reply(body=published[-1])) as site:  # noqa: ARG005
        first = list(source(tmp_path, site.url).pull(None))
        published.append(calendar())
        kept = keep(source(tmp_path, site.url).pull(first[-1].cursor), keep(first))
        assert {key.partition("@")[0] for _, _, key in kept.records} == {"was"}


def test_series_reach_further_when_the_quarter_has_passed(tmp_path: Path) -> None:
    """Then the calendar is read again although the server says that it has not changed."""

    def reply(asked: Asked) -> Reply:
        return Reply(304 if "if-none-match" in asked.headers else 200, {"ETag": '"1"'}, calendar(DAILY))

    with Site(reply) as site:
        today = context(tmp_path, {"env:ADDRESS": site.url})
        later = type(today)(today.owner_addresses, tmp_path, today.secret, NOW + 100 * DAY, today.timezone)
        pages = list(open_source("ical_url", {"url": "env:ADDRESS"}, today).pull(None))
        news = list(open_source("ical_url", {"url": "env:ADDRESS"}, later).pull(pages[-1].cursor))
        assert keep(news, keep(pages)) == keep(open_source("ical_url", {"url": "env:ADDRESS"}, later).pull(None))


@pytest.mark.parametrize(
    ("reply", "error", "sentence"),
    [
        (Reply(404), SourceMissing, "copy the address anew"),
        (Reply(410), SourceMissing, "copy the address anew"),
        (Reply(403), SourceMissing, "copy the address anew"),
        (Reply(401), LoginRefused, "wants a user and a password"),
        (Reply(200, {"Content-Type": "text/html"}, b"<html>Sign in</html>"), ServerFault, "a web page instead"),
        (Reply(body=b"Not a calendar"), ServerFault, "something else than a calendar"),
        (Reply(body=b""), ServerFault, "something else than a calendar"),
        (Reply(body=calendar(once("a", "20260304"))[:-30]), ServerFault, "breaks off before its end"),
        (Reply(302, {"Location": "http://nowhere.invalid/" + SECRET}), HostUnknown, "nowhere.invalid is not known"),
    ],
)
def test_what_is_no_calendar_takes_nothing_away_and_tells_no_address(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, reply: Reply, error: type[SourceError], sentence: str
) -> None:
    """Each fault is an error in one sentence, in which the address is not told, nor in the logs."""
    caplog.set_level(logging.DEBUG)
    with Site(always(reply)) as site:
        connector = source(tmp_path, f"{site.url}/{SECRET}/basic.ics")
        with pytest.raises(error, match=sentence) as caught:
            list(connector.pull(None))
        chain: list[BaseException] = [caught.value]
        for one in chain:
            chain += filter(None, (one.__cause__, one.__context__))
        assert SECRET not in caplog.text + "".join(f"{one} {one!r}" for one in chain) + repr(connector)


def test_no_address_is_in_the_cursor_or_in_what_is_kept(tmp_path: Path) -> None:
    """What the store keeps does not lead to the calendar."""
    with Site(always(Reply(200, {"ETag": '"1"'}, calendar(once("a", "20260304"))))) as site:
        connector = source(tmp_path, f"{site.url}/{SECRET}/basic.ics")
        assert SECRET not in repr(list(connector.pull(None))) + repr(connector.look())


@pytest.mark.parametrize(
    "address", ["nothing at all", "https:///" + SECRET, "ftp://example.org/" + SECRET, "https://a b/" + SECRET]
)
def test_what_is_no_address_is_refused_without_telling_it(tmp_path: Path, address: str) -> None:
    """A secret that is no address may be somebody's password: it is not repeated."""
    with pytest.raises(SourceError, match="is no web address") as caught:
        source(tmp_path, address)
    assert address not in str(caught.value)


def test_an_address_may_stand_in_the_settings_or_hold_a_password(tmp_path: Path) -> None:
    """The address itself, a password in it, or a user and password beside it: all lead to the calendar."""

    def reply(asked: Asked) -> Reply:
        known = asked.headers.get("authorization") == "Basic ZGFuYTpzZWNyZXQ="
        return Reply(200 if known else 401, {}, calendar(once("a", "20260304")))

    with Site(reply) as site:
        inside = site.url.replace("http://", "http://dana:secret@")
        assert titles(list(opened("ical_url", tmp_path, {}, url=inside).pull(None))) == {"Talk"}
        beside = source(tmp_path, site.url, user="dana", secret="env:WORD")
        assert titles(list(beside.pull(None))) == {"Talk"}
        assert beside.look()[0].items == 1
