"""Signing in: through a real loopback server, with a provider that checks codes, proofs and addresses."""

import json
import logging
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests

from connectors.consent import GoogleConsent, MicrosoftConsent
from connectors.errors import SourceError
from connectors.google_client import Client
from connectors.google_keys import Keys
from connectors.sign_in_microsoft import MicrosoftSignIn
from connectors.tokens import Remembered
from pipelines.consenting import Walk, consented, has_browser
from pipelines.loopback import Loopback
from tests.servers import certificates
from tests.sign_in_server import CLIENT, CLIENT_SECRET, Provider
from tests.web_server import Reply, Site

READ = "https://www.googleapis.com/auth/gmail.readonly"
EVENTS = "https://www.googleapis.com/auth/calendar.events.readonly"


@pytest.fixture
def authority(tmp_path: Path) -> Path:
    return tmp_path / "certificates" / "ca.pem"


@pytest.fixture
def provider(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    made = certificates(tmp_path / "certificates", "127.0.0.1")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(made.authority))
    found = Provider()
    with Site(lambda asked: found.reply(asked) or Reply(404), made) as site:
        found.url = site.url
        yield found


class Person:
    """Somebody with a browser: opens the page, and is led back. `said` is what the program told them."""

    def __init__(self, authority: Path) -> None:
        self.said: list[str] = []
        self.pages: list[str] = []
        self._authority = authority

    def browse(self, url: str) -> bool:
        threading.Thread(target=self._visit, args=(url,)).start()
        return True

    def _visit(self, url: str) -> None:
        requests.get(self._loopback(url) + "&state=of-another", timeout=10)
        page = requests.get(url, verify=str(self._authority), timeout=10).text
        if (form := re.search(r'<form method="post" action="(.*?)"', page)) is not None:
            fields = dict(re.findall(r'name="(.*?)" value="(.*?)"', page))
            page = requests.post(form[1].replace("localhost", "127.0.0.1"), fields, timeout=10).text
        self.pages.append(page)

    def _loopback(self, url: str) -> str:
        return dict(parse_qsl(urlsplit(url).query))["redirect_uri"].replace("localhost", "127.0.0.1") + "/?code=x"

    def paste(self, question: str) -> str:
        """As somebody who opened the page on another machine: its browser ends at an address that it can't reach."""
        assert "paste" in question
        (url,) = [word for line in self.said for word in line.split() if "code_challenge" in word]
        return requests.get(url, verify=str(self._authority), timeout=10, allow_redirects=False).headers["Location"]

    def walk(self, *, browser: bool = True, ask: Callable[[str], str] | None = None) -> Walk:
        return Walk(self.said.append, self.browse if browser else None, ask or self.paste, patience=30.0)


@pytest.fixture
def person(authority: Path) -> Person:
    return Person(authority)


def google(provider: Provider, *scopes: str) -> GoogleConsent:
    url = provider.url
    return GoogleConsent(
        "google/work",
        CLIENT,
        CLIENT_SECRET,
        scopes or (READ, EVENTS),
        "dana@example.org",
        f"{url}/auth",
        f"{url}/token",
    )


def microsoft(provider: Provider, authority: Path) -> MicrosoftConsent:
    scopes = ("https://graph.microsoft.com/Mail.ReadBasic",)
    return MicrosoftConsent("microsoft/work", CLIENT, scopes, "dana@example.org", f"{provider.url}/common", authority)


@pytest.mark.parametrize("browser", [True, False], ids=["browser", "by hand"])
def test_a_consent_at_google_is_kept(provider: Provider, person: Person, browser: bool) -> None:
    """With a browser here or elsewhere: the code is traded with its proof (PKCE), and what is kept gives tokens."""
    found = consented(google(provider), person.walk(browser=browser))
    assert found.missing == ()
    tokens = Remembered()
    tokens.save("google/work", found.text)
    provider.access.clear()
    keys = Keys(Client(CLIENT, CLIENT_SECRET, "", f"{provider.url}/token"), "work", tokens, 20.0)
    assert keys.granted == {"gmail.readonly", "calendar.events.readonly"}
    assert [form["grant_type"] for form in provider.asked] == ["authorization_code"]
    assert json.loads(found.text)["refresh_token"] in provider.refresh


@pytest.mark.parametrize("browser", [True, False], ids=["browser", "device"])
def test_a_consent_at_microsoft_is_kept(provider: Provider, person: Person, authority: Path, browser: bool) -> None:
    """Through the browser, or by a code that is entered on another machine after a while."""
    provider.pending = 2
    consent = microsoft(provider, authority)
    found = consented(consent, person.walk(browser=browser))
    assert (found.who, found.missing) == ("dana@example.org", ())
    assert browser or "ABCD-EFGH" in person.said[0]
    tokens = Remembered()
    tokens.save("microsoft/work", found.text)
    assert MicrosoftSignIn(consent, "work", tokens).access_token(True) in provider.access


def test_the_page_says_that_all_is_done(provider: Provider, person: Person) -> None:
    """And an answer with another state than ours, sent before by some other page, did not count."""
    with Loopback() as back:
        back.expect("ours")
        address = f"http://127.0.0.1:{back.port}/"
        assert requests.get(f"{address}?code=evil&state=theirs", timeout=10).status_code == 404
        assert requests.get(f"{address}favicon.ico", timeout=10).status_code == 404
        assert back.wait(0) is None
        assert "You are signed in." in requests.get(f"{address}?code=good&state=ours", timeout=10).text
        requests.get(f"{address}?code=late&state=ours", timeout=10)
        assert back.wait(10) == {"code": "good", "state": "ours"}


def test_saying_no_keeps_nothing(provider: Provider, person: Person, authority: Path) -> None:
    """At either provider, in every way of asking."""
    provider.deny = True
    for consent in (google(provider), microsoft(provider, authority)):
        for browser in (True, False):
            person.said.clear()
            with pytest.raises(SourceError, match="You did not allow it"):
                consented(consent, person.walk(browser=browser))
    provider.deny, provider.granted = False, "openid"
    with pytest.raises(SourceError, match="You did not allow it"):
        consented(google(provider), person.walk())


def test_a_box_that_was_left_unticked_is_told(provider: Provider, person: Person) -> None:
    """Google lets people allow a part: that part is kept, with which scopes it has."""
    provider.granted = READ
    found = consented(google(provider), person.walk())
    assert found.missing == (EVENTS,)
    assert json.loads(found.text)["scopes"] == [READ]


def test_nobody_at_the_browser_ends_in_a_sentence(provider: Provider, person: Person) -> None:
    """Not in a program that waits for ever."""
    walk = replace(person.walk(), show=bool, patience=0.0)  # a browser that shows nothing
    with pytest.raises(SourceError, match="Nobody answered on the page"):
        consented(google(provider), walk)


def test_another_address_is_asked_for_again(provider: Provider, person: Person) -> None:
    """A slip at pasting costs nothing but another try; three end it."""
    slips = ["http://127.0.0.1/?state=x&code=y", "https://example.org/"]
    walk = person.walk(browser=False, ask=lambda question: slips.pop() if slips else person.paste(question))
    assert consented(google(provider), walk).text
    slips += ["1", "2", "3", "4"]
    with pytest.raises(SourceError, match="none of this sign-in"):
        consented(google(provider), walk)
    assert slips == ["1"]


def test_an_unknown_client_is_told(provider: Provider, person: Person, authority: Path) -> None:
    """A slip in the settings is not the person's fault."""
    stranger = GoogleConsent(
        "google/work", "stranger", "x", (READ,), "", f"{provider.url}/auth", f"{provider.url}/token"
    )
    with pytest.raises(SourceError, match="leads to your OAuth client"):
        consented(stranger, person.walk())
    nowhere = MicrosoftConsent(
        "microsoft/work", CLIENT, ("x",), authority=f"{provider.url}/elsewhere", ca_file=authority
    )
    with pytest.raises(SourceError, match="check `tenant` and `authority`"):
        consented(nowhere, person.walk())


def test_no_log_and_no_line_holds_a_token(
    provider: Provider, person: Person, authority: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Even where everything is logged: no code, no token, no client's secret, on no way."""
    with caplog.at_level(logging.DEBUG):
        for browser in (True, False):
            consented(microsoft(provider, authority), person.walk(browser=browser))
            person.said.clear()
            consented(google(provider), person.walk(browser=browser))
    for secret in ("secret-code", "secret-device-code", "-token-", CLIENT_SECRET):
        assert secret not in caplog.text and secret not in "".join(person.said)


def test_a_browser_is_looked_for_where_the_owner_sits() -> None:
    """Over SSH and without a desktop there is none, unless one was named."""
    assert (
        has_browser({"DISPLAY": ":0"}, "linux")
        and has_browser({}, "darwin")
        and has_browser({"BROWSER": "w3m"}, "linux")
    )
    assert not has_browser({}, "linux") and not has_browser({"SSH_CONNECTION": "x"}, "darwin")
