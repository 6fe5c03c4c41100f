"""A report arrives by Gmail, once, or one sentence says why it did not."""

import datetime as dt
import json
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest

from pipelines import delivering, token_store
from pipelines.delivering import Kept
from pipelines.home import Home
from pipelines.settings import load
from reports.delivery import DeliveryError, Letter, message
from reports.delivery_gmail import by_gmail
from tests.google_script import Reply, Script
from tests.google_world import USER, server

SEND = "/gmail/v1/users/me/messages/send"
LETTER = Letter(
    owner="dana",
    week="2026-W46",
    sender=USER,
    sender_name="coldcoffee",
    recipient=USER,
    subject="Deine Woche: Zoë ist kalt geworden",
    text="Zoë turned cold.\n",
    html="<p>Zoë turned cold.</p>",
    date=dt.datetime(2026, 11, 16, 7, 0, tzinfo=dt.timezone(dt.timedelta(hours=-5))),
)
SLOWER = {"error": {"code": 429, "message": "slower", "errors": [{"reason": "rateLimitExceeded"}]}}


@pytest.fixture
def script() -> Iterator[Script]:
    with Script() as running:
        yield running


def failed(script: Script, patience: float = 10.0) -> str:
    """The sentence with which a delivery fails, and it holds no token."""
    with pytest.raises(DeliveryError) as error:
        by_gmail(LETTER, lambda refused: f"word-{refused}", script.root, lambda _: None, patience)
    assert "word" not in str(error.value)
    return str(error.value)


def test_a_report_arrives_as_it_was_made() -> None:
    """Gmail gets the very mail that the outbox would hold, and the mailbox shows it."""
    account = server().account([], [], [])
    receipt = by_gmail(LETTER, lambda _: account.token, account.root)
    key = receipt.removeprefix("Gmail ")
    found = account.gmail("GET", f"/messages/{key}?format=raw")
    mail = message_from_bytes(urlsafe_b64decode(str(found["raw"])))
    assert (mail["To"], "SENT" in str(found["labelIds"])) == (USER, True)
    parts = {part.get_content_type(): part.get_payload(decode=True) for part in mail.walk()}
    assert parts["text/plain"].replace(b"\r\n", b"\n").rstrip() == LETTER.text.rstrip().encode()  # type: ignore[union-attr]  # bytes, being no multipart


def test_the_mail_is_sent_bit_for_bit(script: Script) -> None:
    """Nothing is added or taken on the way."""
    script.on(SEND, {"id": "m1"})
    assert by_gmail(LETTER, lambda _: "word", script.root) == "Gmail m1"
    assert urlsafe_b64decode(json.loads(script.asked[0].body)["raw"]) == message(LETTER).as_bytes()


def test_a_token_that_ran_out_is_asked_for_anew_once(script: Script) -> None:
    """A refused token leads to one fresh one; a second refusal to the sentence that says how to sign in."""
    script.on(SEND, Reply({}, 401), {"id": "m1"})
    wanted: list[bool] = []

    def token(refused: bool) -> str:
        wanted.append(refused)
        return "word"

    assert by_gmail(LETTER, token, script.root) == "Gmail m1"
    assert wanted == [False, True]
    with Script() as never:
        said = failed(never.on(SEND, Reply({}, 401)))
    assert said == "Gmail refused the sign-in for sending: run “coldcoffee check --sign-in report”."


def test_a_pause_is_made_when_gmail_asks_for_it(script: Script) -> None:
    """What Gmail has not taken for haste is sent again, after the pause that it asks for."""
    script.on(SEND, Reply(SLOWER, 429, (("retry-after", "7"),)), Reply(SLOWER, 403), {"id": "m1"})
    waited: list[float] = []
    assert by_gmail(LETTER, lambda _: "word", script.root, waited.append) == "Gmail m1"
    assert 7 <= waited[0] <= 8.4 and 4 <= waited[1] <= 4.8
    with Script() as never:
        said = failed(never.on(SEND, Reply(SLOWER, 429)))
    assert said == "Gmail takes no more mail from this account just now: try “coldcoffee send” later."


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(b"<html>", 503), "Gmail could not say whether it took the report (status 503): look whether"),
        (Reply({"id": "y" * 90}, hangs=True), "Gmail did not answer in time: look whether the report has arrived"),
        (Reply({"error": {"message": "no"}}, 403), "Gmail does not let this sign-in send: enable the Gmail API"),
        (Reply({"error": {"message": "no"}}, 400), "Gmail did not take the report (status 400): check “sender”"),
    ],
)
def test_what_may_be_on_its_way_is_not_sent_twice(script: Script, reply: Reply, said: str) -> None:
    """Where nobody knows, the owner looks; nothing is tried again behind their back."""
    script.on(SEND, reply)
    assert failed(script, 0.3).startswith(said)
    assert len(script.asked) == 1


def test_what_was_sent_was_sent(script: Script) -> None:
    """An answer that says yes and is otherwise unreadable is a yes."""
    script.on(SEND, Reply(b"<html>"))
    assert by_gmail(LETTER, lambda _: "word", script.root) == "Gmail"


def test_nobody_is_there() -> None:
    """Without a connection nothing can have been sent, and the sentence says so."""
    with pytest.raises(DeliveryError, match="Gmail can't be reached: check the network"):
        by_gmail(LETTER, lambda _: "word", "http://127.0.0.1:9")


def test_settings_lead_to_gmail(tmp_path: Path) -> None:
    """With deliver = "gmail" the report goes by the sign-in for sending alone, which may do nothing else."""
    account = server().account([], [], [])
    client = {
        "installed": {
            "client_id": "x",
            "client_secret": "s",
            "token_uri": f"{account.root}/oauth2.googleapis.com/token",
        }
    }
    (tmp_path / "client.json").write_text(json.dumps(client))
    (tmp_path / "client.json").chmod(0o600)
    (tmp_path / "settings.toml").write_text(
        f"""
[owner.dana]
name = "Dana Reyes"
addresses = ["{USER}"]
timezone = "America/New_York"
tokens = "files"
[owner.dana.report]
to = ["{USER}"]
deliver = "gmail"
[owner.dana.report.gmail]
user = "{USER}"
client = "file:{tmp_path / "client.json"}"
root = "{account.root}"
"""
    )
    home, owner = Home(tmp_path), load(tmp_path / "settings.toml").owner["dana"]
    asked = delivering.consent(owner)
    assert asked is not None
    assert asked.scopes == ("https://www.googleapis.com/auth/gmail.send",)
    kept = Kept("Your week", "Zoë turned cold.", "<p>Zoë turned cold.</p>")
    with pytest.raises(DeliveryError, match="sign in again with “coldcoffee check --sign-in report”"):
        delivering.deliver(home, owner, "2026-W46", USER, kept, LETTER.date)
    told = {"token": "ya29.old", "refresh_token": account.token}
    token_store.of(home, owner).save(asked.token, json.dumps(told))
    receipt = delivering.deliver(home, owner, "2026-W46", USER, kept, LETTER.date)
    found = account.gmail("GET", f"/messages/{receipt.removeprefix('Gmail ')}?format=metadata&fields=labelIds")
    assert "SENT" in str(found)
