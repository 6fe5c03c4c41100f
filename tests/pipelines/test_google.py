"""A Google account through the whole pipeline: pulled into the store, and no token ever shown."""

import datetime as dt
import json
from pathlib import Path

import pytest

from pipelines import checking, pulling, token_store
from pipelines.home import Home
from pipelines.settings import Owner, load
from pipelines.store import opened
from tests.google_world import USER, Account, server

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
