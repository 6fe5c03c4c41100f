"""What a Google source's settings mean."""

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from connectors import google
from connectors.context import Context
from connectors.errors import SourceError
from connectors.google_client import SCOPES, Client, read_client

CLIENT = {
    "installed": {"client_id": "x.apps.example.org", "client_secret": "word", "redirect_uris": ["http://localhost"]}
}


def context(secret: str) -> Context:
    return Context(("dana@example.org",), Path.cwd(), lambda _: secret, 0, "Europe/Berlin", "work")


def settings(**more: object) -> google.Settings:
    return google.Settings.model_validate({"user": "dana@example.org", "client": "file:client.json", **more})


@pytest.mark.parametrize(
    ("more", "rights"),
    [
        ({}, ["gmail.readonly", "calendar.events.readonly", "calendar.calendarlist.readonly", "contacts.readonly"]),
        ({"mail_scope": "metadata", "calendar": False, "contacts": False}, ["gmail.metadata"]),
        (
            {"mail": False, "calendar": False, "other_contacts": True},
            ["contacts.readonly", "contacts.other.readonly"],
        ),
    ],
)
def test_only_what_is_read_is_asked_for(more: dict[str, object], rights: list[str]) -> None:
    """What the settings leave out needs no right, and no right is one to write."""
    asked = google.consent(settings(**more), context(json.dumps(CLIENT)))
    assert asked.scopes == tuple(SCOPES + right for right in rights)
    assert (asked.token, asked.client_id, asked.user) == ("google/work", "x.apps.example.org", "dana@example.org")
    assert asked.token_url == "https://oauth2.googleapis.com/token"
    assert "word" not in repr(asked)


def test_a_root_stands_before_every_host_of_googles() -> None:
    """Tokens come from behind it, too, unless the client's file names a place of its own."""
    told = {**CLIENT["installed"], "token_uri": "https://accounts.google.com/o/oauth2/token"}
    found = read_client(json.dumps({"installed": told}), "file:x", "http://127.0.0.1:1/gw/")
    assert found.token_url == "http://127.0.0.1:1/gw/oauth2.googleapis.com/token"
    own = json.dumps(
        {"web": {"client_id": "x", "token_uri": "http://127.0.0.1:2/t", "auth_uri": "http://127.0.0.1:2/a"}}
    )
    assert read_client(own, "file:x", "http://127.0.0.1:1") == Client(
        "x", "", "http://127.0.0.1:2/a", "http://127.0.0.1:2/t"
    )


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"installed": {}}', '{"type": "service_account"}'])
def test_what_is_no_client_is_said_to_be_none(text: str) -> None:
    """The sentence says where a client comes from, and repeats nothing of the file."""
    with pytest.raises(
        SourceError, match=r"What file:client\.json leads to is no OAuth client: download its JSON file"
    ):
        google.open(settings(), context(text))


@pytest.mark.parametrize(
    "wrong",
    [{"client": "{}"}, {"user": ""}, {"mail_scope": "modify"}, {"root": "ftp://x"}, {"timeout": 0}, {"labels": []}],
)
def test_wrong_settings_are_refused(wrong: dict[str, object]) -> None:
    """A client itself has no place in the settings, and no key is passed over."""
    with pytest.raises(ValidationError):
        settings(**wrong)
