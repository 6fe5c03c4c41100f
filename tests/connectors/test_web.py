"""What the web client promises, against a server on loopback."""

import gzip
import logging
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from connectors.errors import (
    CertificateWrong,
    HostBusy,
    HostSilent,
    HostUnknown,
    LoginRefused,
    ServerFault,
    SignInNeeded,
    SourceError,
)
from connectors.web import Limits, SentOn, Web
from connectors.web_access import Access, password
from connectors.web_answers import read_json, refuse_page
from tests.servers import certificates
from tests.web_server import Asked, Dribble, Reply, Site

TINY = Limits(connect=0.5, read=0.1, whole=100)
SECRET = "a-private-secret"


class Patience:
    """A clock that sleeping moves, and what was slept."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def clock(self) -> float:
        return sum(self.slept)


def client(patience: Patience, *trusted: str, limits: Limits = TINY, access: Access | None = None) -> Web:
    """A client that shows the password to `trusted`, and neither sleeps nor rolls dice."""
    shown = access or (password("dana", SECRET) if trusted else None)
    return Web(
        access=shown,
        trusted=trusted,
        limits=limits,
        sleep=patience.sleep,
        chance=lambda: 0.5,
        clock=patience.clock,
    )


def one_by_one(*replies: Reply) -> Callable[[Asked], Reply]:
    """The replies in their order, the last again and again."""
    left: Iterator[Reply] = iter(replies[:-1])
    return lambda asked: next(left, replies[-1])  # noqa: ARG005


@pytest.mark.parametrize(
    "fault",
    [
        Reply(503),
        Reply(429),
        Reply(502, {"Content-Type": "text/html"}, b"<html>Bad gateway</html>"),
        Reply(500),
        Reply(0),
        Reply(200, body=b"half", promised=8, then="close"),
        Reply(200, {"Transfer-Encoding": "chunked"}, b"4\r\nhalf\r\n", then="close"),
    ],
)
def test_what_passes_is_tried_again(fault: Reply) -> None:
    """A busy or failing server, a dropped connection and a body that breaks off are asked again, later each time."""
    patience = Patience()
    with Site(one_by_one(fault, fault, Reply(body=b"good"))) as site, client(patience, site.url) as web:
        assert web.ask("GET", site.url + "/x").body == b"good"
    assert patience.slept == [1.0, 2.0]


def test_retry_after_is_obeyed_as_seconds_and_as_a_date() -> None:
    """A server says how long to wait in either form; its own clock counts, not ours."""
    patience = Patience()
    date = {"Date": "Wed, 04 Mar 2020 10:00:00 GMT", "Retry-After": "Wed, 04 Mar 2020 10:00:40 GMT"}
    with (
        Site(one_by_one(Reply(429, {"Retry-After": "30"}), Reply(503, date), Reply())) as site,
        client(patience, site.url) as web,
    ):
        assert web.ask("REPORT", site.url + "/x", body=b"<x/>").status == 200
        assert [asked.body for asked in site.asked] == [b"<x/>"] * 3
    assert patience.slept == [30.0, 40.0]


def test_a_server_that_wants_to_be_left_alone_is() -> None:
    """Where the wait asked for is longer than a pull may last, it ends at once, and is not tried again soon."""
    patience = Patience()
    with Site(one_by_one(Reply(429, {"Retry-After": "3600"}))) as site, client(patience, site.url) as web:
        with pytest.raises(HostBusy, match="takes no more requests just now") as caught:
            web.ask("GET", site.url)
        assert (len(site.asked), patience.slept, caught.value.retry) == (1, [], False)


def test_tries_end() -> None:
    """A server that keeps failing is given up after four tries, with one sentence."""
    patience = Patience()
    with Site(one_by_one(Reply(500))) as site, client(patience, site.url) as web:
        with pytest.raises(
            ServerFault, match=r"^The server 127.0.0.1:\d+ failed \(HTTP 500\); the next pull tries again\.$"
        ):
            web.ask("GET", site.url)
        assert len(site.asked) == 4


@pytest.mark.parametrize("hangs", [Reply(0, then="hang"), Reply(200, body=b"a", promised=9, then="hang")])
def test_a_hanging_server_is_given_up(hangs: Reply) -> None:
    """A server that takes the question and never ends its answer costs one time-out."""
    patience = Patience()
    with (
        Site(one_by_one(hangs)) as site,
        client(patience, site.url) as web,
        pytest.raises(HostSilent, match="did not answer in time"),
    ):
        web.ask("GET", site.url)


@pytest.mark.parametrize("safe", [False, True])
@pytest.mark.parametrize("begun", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n"])
def test_a_server_that_dribbles_is_given_up(tmp_path: Path, begun: bytes, safe: bool) -> None:
    """One byte now and then, in the headers or in the body, does not keep a pull waiting for ever."""
    made = certificates(tmp_path / "tls", "127.0.0.1") if safe else None
    with Dribble(begun, made) as server:
        limits = Limits(connect=5, read=0.3, whole=0.6, tries=2)
        with (
            Web(limits=limits, ca_file=made and made.authority, sleep=Patience().sleep) as web,
            pytest.raises(HostSilent, match="did not answer in time"),
        ):
            web.ask("GET", server.url)


def test_an_endless_answer_is_cut_short(tmp_path: Path) -> None:
    """What is larger than allowed is given up, packed or not, without being held."""
    bomb = gzip.compress(bytes(30 << 20))
    limits = Limits(body=1 << 20)
    for reply in (Reply(body=bytes(2 << 20)), Reply(200, {"Content-Encoding": "gzip"}, bomb)):
        with (
            Site(one_by_one(reply)) as site,
            client(Patience(), site.url, limits=limits) as web,
            pytest.raises(ServerFault, match="sends more than 1 MB at once"),
        ):
            web.ask("GET", site.url)


def test_time_runs_out_over_all_tries() -> None:
    """The total limit holds whatever each try takes."""
    patience = Patience()
    limits = Limits(whole=5, tries=100)
    with Site(one_by_one(Reply(503))) as site, client(patience, site.url, limits=limits) as web:
        with pytest.raises(HostBusy):
            web.ask("GET", site.url)
        assert patience.slept == [1.0, 2.0]


def test_redirects_are_followed_on_the_same_server() -> None:
    """Within one server the question goes where it is sent, with its method, body and password."""
    answers = {"/.well-known/caldav": Reply(301, {"Location": "/dav/"}), "/dav/": Reply(207, body=b"<x/>")}
    with Site(lambda asked: answers[asked.path]) as site, client(Patience(), site.url) as web:
        answer = web.ask("PROPFIND", site.url + "/.well-known/caldav", body=b"<y/>")
        assert (answer.status, answer.url) == (207, site.url + "/dav/")
        assert [(asked.method, asked.body) for asked in site.asked] == [("PROPFIND", b"<y/>")] * 2
        assert len({asked.headers["authorization"] for asked in site.asked}) == 1


def test_a_password_never_follows_to_another_host() -> None:
    """Sent on to another host, name or port, the client stops and says where to."""
    with Site(one_by_one(Reply())) as other:
        for target in (other.url, f"http://localhost:{other.port}/dav"):
            with Site(one_by_one(Reply(302, {"Location": target}))) as site, client(Patience(), site.url) as web:
                with pytest.raises(SentOn, match=r"is not given your password unasked") as caught:
                    web.ask("GET", site.url)
                assert caught.value.to.startswith(target)
        assert other.asked == []


def test_without_a_password_a_redirect_may_lead_elsewhere() -> None:
    """A published address may be a short one."""
    with (
        Site(one_by_one(Reply(body=b"there"))) as other,
        Site(one_by_one(Reply(307, {"Location": other.url + "/y"}))) as site,
        client(Patience()) as web,
    ):
        assert web.ask("GET", site.url).body == b"there"


def test_no_way_leads_from_https_to_http(tmp_path: Path) -> None:
    """A safe connection never goes on over an open one, with a password or without."""
    made = certificates(tmp_path / "tls", "127.0.0.1")
    with (
        Site(one_by_one(Reply())) as plain,
        Site(one_by_one(Reply(302, {"Location": plain.url})), made) as site,
        Web(ca_file=made.authority) as web,
    ):
        with pytest.raises(ServerFault, match="no safe connection"):
            web.ask("GET", site.url)
        assert plain.asked == []


def test_a_server_behind_a_proxy_that_encrypts_is_asked_by_https_all_the_same(tmp_path: Path) -> None:
    """Such a server sends on to http on its own host; the same place by https is meant."""
    made = certificates(tmp_path / "tls", "127.0.0.1")
    answers = {"/": Reply(301, {"Location": "http://127.0.0.1/dav/"}), "/dav/": Reply(body=b"there")}
    with (
        Site(lambda asked: answers[asked.path], made) as site,
        Web(access=password("dana", SECRET), trusted=(site.url,), ca_file=made.authority) as web,
    ):
        answer = web.ask("GET", f"{site.url}/")
        assert (answer.body, answer.url) == (b"there", f"{site.url}/dav/")


def test_redirects_end() -> None:
    """A server that sends in a circle is given up."""
    with (
        Site(one_by_one(Reply(302, {"Location": "/again"}))) as site,
        client(Patience()) as web,
        pytest.raises(ServerFault, match="in a circle"),
    ):
        web.ask("GET", site.url)


def test_no_password_from_elsewhere_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ~/.netrc that knows the host is not consulted: only settings.toml says who asks."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login eve password other\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with Site(one_by_one(Reply())) as site:
        with client(Patience()) as web:
            web.ask("GET", site.url)
        with client(Patience(), site.url) as web:
            web.ask("GET", site.url)
        assert [asked.headers.get("authorization") for asked in site.asked] == [
            None,
            "Basic ZGFuYTphLXByaXZhdGUtc2VjcmV0",
        ]


def test_a_refused_password_is_said_at_once() -> None:
    """A wrong password is tried once: more would lock the account."""
    with Site(one_by_one(Reply(401))) as site, client(Patience(), site.url) as web:
        with pytest.raises(LoginRefused, match="refused the user dana or the password; check `user`"):
            web.ask("GET", site.url)
        assert len(site.asked) == 1


def test_a_server_that_wants_another_way_to_sign_in_is_not_taken_for_a_wrong_password() -> None:
    """Where it is the way and not the password that is refused, the sentence says so."""
    digest = Reply(401, {"WWW-Authenticate": 'Digest realm="dav", nonce="1"'})
    with (
        Site(one_by_one(digest)) as site,
        client(Patience(), site.url) as web,
        pytest.raises(LoginRefused, match="takes Digest sign-ins only"),
    ):
        web.ask("GET", site.url)


def test_a_token_is_fetched_anew_once() -> None:
    """An expired token is renewed and stays renewed; a second refusal ends it."""
    given = ["old"]

    def token(refused: bool) -> str:
        if refused:
            given.append("new")
        return f"Bearer {given[-1]}"

    def reply(asked: Asked) -> Reply:
        return Reply(200 if asked.headers["authorization"] == "Bearer new" and asked.path != "/no" else 401)

    access = Access(token, lambda server: SignInNeeded.to("work", f"{server} refused the sign-in"))
    with Site(reply) as site, client(Patience(), site.url, access=access) as web:
        assert [web.ask("GET", site.url).status for _ in range(2)] == [200, 200]
        assert (len(site.asked), given) == (3, ["old", "new"])
        with pytest.raises(SignInNeeded, match="refused the sign-in: sign in again with"):
            web.ask("GET", site.url + "/no")


def test_unknown_hosts_refused_connections_and_wrong_certificates(tmp_path: Path) -> None:
    """Each way not to arrive is its own error, in one sentence that names the host."""
    made = certificates(tmp_path / "tls", "127.0.0.1")
    with (
        socket.socket() as deaf,
        Site(one_by_one(Reply()), made) as tls,
        Site(one_by_one(Reply())) as plain,
        client(Patience()) as web,
    ):
        deaf.bind(("127.0.0.1", 0))  # and does not listen
        gone = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        for url, error, sentence in (
            (gone, HostSilent, "refused the connection"),
            ("http://nowhere.invalid/x", HostUnknown, "The host nowhere.invalid is not known"),
            (tls.url, CertificateWrong, "is not valid for this host"),
            (plain.url.replace("http:", "https:"), ServerFault, "does not speak TLS as it should"),
            ("http://a..b/x", SourceError, "a..b"),
            ("nothing", SourceError, "no web address"),
        ):
            with pytest.raises(error, match=sentence):
                web.ask("GET", url)
        with Web(ca_file=made.authority) as trusting:
            assert trusting.ask("GET", tls.url).status == 200
    with pytest.raises(SourceError, match="correct `ca_file`"):
        Web(ca_file=tmp_path / "missing.pem")


@pytest.mark.parametrize(
    "reply",
    [
        Reply(500),
        Reply(401),
        Reply(0),
        Reply(302, {"Location": "http://other.invalid/" + SECRET}),
        Reply(500, {"No-Header\nat all": ""}),
    ],
)
def test_no_secret_is_in_errors_or_logs(reply: Reply, caplog: pytest.LogCaptureFixture) -> None:
    """Neither the password nor the address, which may be one, is told: not in an error, nor in those that it keeps."""
    caplog.set_level(logging.DEBUG)
    with Site(one_by_one(reply)) as site, client(Patience(), site.url) as web:
        with pytest.raises(SourceError) as caught:
            web.ask("GET", f"{site.url}/{SECRET}/basic.ics")
        told: list[BaseException] = [caught.value]
        for error in told:
            told += filter(None, (error.__cause__, error.__context__))
        assert SECRET not in caplog.text + "".join(f"{error} {error!r}" for error in told)


def test_a_page_is_not_taken_for_what_was_asked() -> None:
    """A page to sign in to a network is no calendar, and half a JSON is no JSON."""
    page = Reply(200, {"Content-Type": "text/html; charset=utf-8"}, b"\n<!DOCTYPE html><html>Welcome</html>")
    for reply, sentence in (
        (page, "a web page instead of a list"),
        (Reply(body=b'{"a": '), "something else than a list"),
    ):
        with Site(one_by_one(reply)) as site, client(Patience()) as web:
            answer = web.ask("GET", site.url)
            with pytest.raises(ServerFault, match=sentence):
                read_json(answer, "a list")
    with Site(one_by_one(Reply(body=b'{"a": [1]}'))) as site, client(Patience()) as web:
        answer = web.ask("GET", site.url)
        refuse_page(answer, "a list")
        assert read_json(answer, "a list") == {"a": [1]}
