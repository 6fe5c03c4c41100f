"""What signing in at Google or Microsoft promises for IMAP: a real Dovecot that asks a local provider about tokens."""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import msal
import pytest

from benchmarks.dovecot import Dovecot
from connectors import imap
from connectors.consent import MicrosoftConsent
from connectors.context import Context
from connectors.errors import LoginRefused, SignInNeeded
from connectors.sign_in_microsoft import application
from connectors.sign_in_web import SignInWeb
from connectors.tokens import Remembered
from tests.connectors.contract import context
from tests.connectors.test_imap import fill, numbers
from tests.servers import certificates, logged_in, needs_dovecot
from tests.sign_in_server import CLIENT, CLIENT_SECRET, Provider, as_json
from tests.web_server import Asked, Reply, Site

pytestmark = needs_dovecot


@dataclass
class Mailbox:
    """A mailbox, the provider that vouches for its owner, and what the owner's machine keeps."""

    server: Dovecot
    provider: Provider
    plain: str
    authority: Path
    tokens: Remembered

    def context(self) -> Context:
        client = {
            "installed": {"client_id": CLIENT, "client_secret": CLIENT_SECRET, "token_uri": f"{self.plain}/token"}
        }
        made = context(self.server.home, {"file:client.json": json.dumps(client), "command:token": "no-such-token"})
        return replace(made, source="work", tokens=self.tokens)

    def settings(self, **more: object) -> imap.Settings:
        return imap.Settings.model_validate(
            {
                "host": "127.0.0.1", "port": self.server.port, "security": "none", "user": "dana", "auth": "xoauth2",
                "ca_file": str(self.authority), "authority": self.provider.url, **more,
            }
        )  # fmt: skip

    def source(self, provider: str = "google", **more: object) -> imap.ImapConnector:
        asked = {"provider": provider, "client": "file:client.json", "client_id": CLIENT, **more}
        return imap.open(self.settings(**asked), self.context())

    def sign_in(self, provider: str = "google") -> None:
        """Keep a sign-in, as `coldcoffee check --sign-in work` would."""
        if provider == "google":
            told = {"refresh_token": self.provider.sign_in(), "client_id": CLIENT, "client_secret": CLIENT_SECRET}
            self.tokens.save("google/work", json.dumps(told))
            return
        asked = imap.consent(self.settings(provider="microsoft", client_id=CLIENT), self.context())
        assert isinstance(asked, MicrosoftConsent)
        cache = msal.SerializableTokenCache()
        app = application(asked, cache, SignInWeb(self.authority))
        app.acquire_token_by_refresh_token(self.provider.sign_in(), list(asked.scopes))
        self.tokens.save("microsoft/work", cache.serialize())


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[Mailbox]:
    provider = Provider()
    made = certificates(tmp_path / "certificates", "127.0.0.1")

    def reply(asked: Asked) -> Reply:
        token = parse_qs(urlsplit(asked.path).query).get("token", [""])[0]
        if asked.path.startswith("/about"):
            return as_json({"active": "true", "email": "dana"} if token in provider.access else {"active": "false"})
        return provider.reply(asked) or Reply(404)

    with Site(reply, made) as secure, Site(reply) as plain:
        provider.url = secure.url
        about = tmp_path / "oauth2.conf"
        about.write_text(
            f"introspection_mode = get\nintrospection_url = {plain.url}/about?token=\nusername_attribute = email\n"
            "active_attribute = active\nactive_value = true\n"
        )
        about.chmod(0o644)
        tmp_path.chmod(0o755)
        extra = (
            "auth_mechanisms = plain login xoauth2\nauth_failure_delay = 0\n"
            f"passdb {{\n  driver = oauth2\n  mechanisms = xoauth2\n  args = {about}\n}}"
        )
        with Dovecot(tmp_path / "server", extra=extra) as server:
            with logged_in(server) as client:
                fill(client, {"INBOX": [1, 2]})
            yield Mailbox(server, provider, plain.url, made.authority, Remembered())


@pytest.mark.parametrize("provider", ["google", "microsoft"])
def test_a_sign_in_opens_the_mailbox(mailbox: Mailbox, provider: str) -> None:
    """With the kept sign-in a token is fetched, and the server takes it in place of a password."""
    mailbox.sign_in(provider)
    assert numbers(mailbox.source(provider).pull(None)) == {"INBOX": ["1", "2"]}
    assert [seen.items for seen in mailbox.source(provider).look()] == [2]


@pytest.mark.parametrize("provider", ["google", "microsoft"])
def test_a_refused_token_is_renewed_once(mailbox: Mailbox, provider: str) -> None:
    """A token that the server does not take any more is replaced by a fresh one, and the pull goes on."""
    mailbox.sign_in(provider)
    source = mailbox.source(provider)
    assert numbers(source.pull(None)) == {"INBOX": ["1", "2"]}
    mailbox.provider.access.clear()
    assert numbers(source.pull(None)) == {"INBOX": ["1", "2"]}
    assert len(mailbox.provider.access) == 1


@pytest.mark.parametrize("provider", ["google", "microsoft"])
def test_a_withdrawn_sign_in_asks_for_a_new_one(mailbox: Mailbox, provider: str) -> None:
    """Nobody has signed in, or the consent was taken back: the error says what to run, and tells no token."""
    with pytest.raises(SignInNeeded, match="coldcoffee check --sign-in work"):
        list(mailbox.source(provider).pull(None))
    mailbox.sign_in(provider)
    mailbox.provider.withdraw()
    with pytest.raises(SignInNeeded, match="coldcoffee check --sign-in work") as caught:
        list(mailbox.source(provider).pull(None))
    assert "-token-" not in str(caught.value)


def test_a_mailbox_of_somebody_else_is_refused(mailbox: Mailbox) -> None:
    """A good token for another user ends in the advice to sign in again, after one fresh token."""
    mailbox.sign_in()
    with pytest.raises(SignInNeeded, match="refused the user ben or the access token"):
        list(mailbox.source(user="ben").pull(None))


def test_a_program_may_give_the_token(mailbox: Mailbox) -> None:
    """With a `secret`, the token comes from there; a refused one is told as a secret that is wrong."""
    with pytest.raises(LoginRefused, match="refused the user dana or the access token") as caught:
        list(mailbox.source(secret="command:token").pull(None))
    assert "no-such-token" not in str(caught.value)


def test_a_large_mailbox_is_read_in_its_own_process_with_the_token(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The helping process gets the token that was good just now."""
    mailbox.sign_in()
    monkeypatch.setattr(imap, "MANY", 1)  # as a mailbox of ten thousand mails would
    assert numbers(mailbox.source().pull(None)) == {"INBOX": ["1", "2"]}


@pytest.mark.parametrize("provider", ["google", "microsoft"])
def test_no_log_holds_a_token(mailbox: Mailbox, provider: str, caplog: pytest.LogCaptureFixture) -> None:
    """Even where everything is logged, by us, by the libraries and by the protocol."""
    mailbox.sign_in(provider)
    with caplog.at_level(logging.DEBUG):
        list(mailbox.source(provider).pull(None))
    assert "-token-" not in caplog.text and CLIENT_SECRET not in caplog.text


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"auth": "password"}, "lacks “secret”"),
        ({"auth": "xoauth2"}, "add provider = “google” or “microsoft”"),
        ({"auth": "xoauth2", "host": "imap.gmail.com"}, "lacks “client”"),
        ({"auth": "xoauth2", "host": "outlook.office365.com"}, "lacks “client_id”"),
    ],
)
def test_what_a_sign_in_lacks_is_told(table: dict[str, str], said: str) -> None:
    """The big providers are known by their servers; what else is needed is named."""
    with pytest.raises(ValueError, match=said):
        imap.Settings.model_validate({"host": "imap.example.org", "user": "dana", **table})
