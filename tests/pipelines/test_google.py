"""A Google account through the whole pipeline: pulled into the store, and no token ever shown."""

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines import checking, pulling, token_store
from pipelines.home import Home
from pipelines.settings import Owner, load
from pipelines.store import opened
from tests import consenting_browser
from tests.google_world import USER, Account, server
from tests.servers import certificates
from tests.sign_in_server import CLIENT, CLIENT_SECRET, Provider
from tests.web_server import Reply, Site

AT = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
SECRET = "GOCSPX-word-of-the-client"


def world(folder: Path) -> tuple[Account, Home, Owner]:
    """An account with a mail, an event and a contact, and the home of its owner."""
    account = server().account(
        [{"from": "Anna Abel <anna@example.org>", "to": [USER], "subject": "Hello", "date": "2026-03-04T09:00:00Z"}],
        [{"summary": "Coffee", "start": "2026-03-04T15:00:00Z", "end": "2026-03-04T16:00:00Z"}],
        [{"name": "Anna Abel", "email": "anna@example.org"}],
    )
    client = folder / "client.json"
    client.write_text(json.dumps({"installed": {"client_id": "x", "client_secret": SECRET}}))
    client.chmod(0o600)
    (folder / "settings.toml").write_text(
        f"""
[owner.dana]
name = "Dana Reyes"
addresses = ["{USER}"]
timezone = "Europe/Berlin"
tokens = "files"
[owner.dana.source.google]
kind = "google"
user = "{USER}"
client = "file:{client}"
root = "{account.root}"
"""
    )
    return account, Home(folder), load(folder / "settings.toml").owner["dana"]


def sign_in(home: Home, owner: Owner, access: str, refresh: str) -> None:
    """Keep a sign-in as `coldcoffee check --sign-in google` does."""
    told = {"token": access, "refresh_token": refresh, "client_id": "x", "client_secret": SECRET}
    token_store.of(home, owner).save("google/google", json.dumps(told))


def test_an_account_lands_in_the_store(tmp_path: Path) -> None:
    """Mail, events and contacts; a second pull brings nothing; neither leaves a token in the store."""
    account, home, owner = world(tmp_path)
    sign_in(home, owner, "ya29.old", account.token)
    with opened(home.store("dana"), 5) as store:
        first = pulling.pull_all(store, home, owner, lambda: AT)
        second = pulling.pull_all(store, home, owner, lambda: AT)
        landed = [store.count(table) for table in ("landed_messages", "landed_events", "landed_cards", "rejects")]
    assert [(one.source, one.kind, one.new_items, one.rejects, one.error) for one in first + second] == [
        ("google", "google", 3, 0, None),
        ("google", "google", 0, 0, None),
    ]
    assert landed == [1, 1, 1, 0]
    held = home.store("dana").read_bytes()
    assert account.token.encode() not in held and SECRET.encode() not in held


@pytest.mark.parametrize("kept", [True, False])
def test_a_sign_in_that_has_ended_is_one_sentence_without_a_token(
    tmp_path: Path, kept: bool, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """In the store, in what `check` says, in logs and on the screen, the owner is told what to do, and no token."""
    caplog.set_level("DEBUG")
    _, home, owner = world(tmp_path)
    if kept:
        sign_in(home, owner, "ya29.a0access-word", "1//refresh-word")
    with opened(home.store("dana"), 5) as store:
        [pulled] = pulling.pull_all(store, home, owner, lambda: AT)
        rows = store.rows("pulls")
    [[seen], failed] = checking.check(home, None)
    assert str(pulled.error).endswith("sign in again with “coldcoffee check --sign-in google”.")
    assert (rows[0]["error"], seen["error"], failed) == (pulled.error, pulled.error, 1)
    shown = "".join((*capfd.readouterr(), caplog.text, repr(rows), repr(seen), pulling.as_markdown([pulled])))
    assert not [word for word in ("access-word", "refresh-word", SECRET) if word in shown]


def test_the_sign_in_for_sending_is_one_of_its_own(tmp_path: Path) -> None:
    """`check --sign-in report` asks for the right to send and for nothing else, and keeps it beside that of the source."""
    made, provider, home = certificates(tmp_path / "certificates", "127.0.0.1"), Provider(), tmp_path / "home"
    home.mkdir()
    with Site(lambda asked: provider.reply(asked) or Reply(404), made) as site:
        provider.url = site.url
        client = {"client_id": CLIENT, "client_secret": CLIENT_SECRET, "auth_uri": f"{site.url}/auth"}
        (home / "client.json").write_text(json.dumps({"installed": {**client, "token_uri": f"{site.url}/token"}}))
        (home / "client.json").chmod(0o600)
        (home / "settings.toml").write_text(
            f"""
[owner.dana]
name = "Dana Reyes"
addresses = ["{USER}"]
timezone = "Europe/Berlin"
tokens = "files"
[owner.dana.report]
to = ["{USER}"]
deliver = "gmail"
[owner.dana.report.gmail]
user = "{USER}"
client = "file:{home / "client.json"}"
"""
        )
        environment = {
            "REQUESTS_CA_BUNDLE": str(made.authority),
            "BROWSER": f"{sys.executable} {consenting_browser.__file__} %s",
            "COLDCOFFEE_HOME": str(home),
        }
        words = ["-c", "from pipelines.cli import main; main()", "check", "--sign-in", "report"]
        done = subprocess.run(
            [sys.executable, *words], env={**os.environ, **environment}, capture_output=True, text=True, check=False
        )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "Signed in" in done.stderr
    kept = json.loads((home / "tokens" / "dana" / "google%2Freport.json").read_text())
    assert kept["scopes"] == ["https://www.googleapis.com/auth/gmail.send"]
