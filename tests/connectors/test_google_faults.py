"""What the Google connector promises where Google refuses, is slow, or answers with what it should not."""

import json
from collections.abc import Iterator

import pytest

from connectors.errors import HostSilent, HostUnknown, ServerFault, SignInNeeded, SourceError
from connectors.google_client import SCOPES, token_name
from connectors.google_errors import PauseWanted
from connectors.records import Page
from connectors.tokens import Remembered
from tests.google_script import Reply, Script, batch
from tests.google_world import USER, Account, Seed, server, signed_in, source

PROFILE = "/gmail/v1/users/me/profile"
MAILS = "/gmail/v1/users/me/messages"
HISTORY = "/gmail/v1/users/me/history"
TOKEN = "/token"
OVER = {"error": {"code": 403, "errors": [{"reason": "userRateLimitExceeded"}], "message": "slower"}}
OFF = {
    "error": {
        "code": 403,
        "message": "Google Calendar API has not been used in project 7 before or it is disabled.",
        "errors": [{"reason": "accessNotConfigured"}],
    }
}
LESS = {"error": {"code": 403, "message": "Metadata scope doesn't allow format FULL", "status": "PERMISSION_DENIED"}}


@pytest.fixture
def script() -> Iterator[Script]:
    with Script() as running:
        yield running


def world() -> Account:
    mails: list[Seed] = [
        {
            "from": "anna@example.org",
            "to": [USER],
            "subject": f"mail {n}",
            "body": "x",
            "date": f"2026-03-0{n}T09:00:00Z",
        }
        for n in (1, 2, 3)
    ]
    lunch = {"summary": "Lunch", "start": "2026-03-04T12:00:00Z", "end": "2026-03-04T13:00:00Z"}
    return server().account(mails, [lunch], [{"name": "Anna Abel", "email": "anna@example.org"}])


def numbers(pages: list[Page]) -> tuple[int, int, int]:
    """How many mails, events and cards there are."""
    mails = {message.key for page in pages for message in page.messages}
    events = {event.key for page in pages for event in page.events}
    return len(mails), len(events), len({card.key for page in pages for card in page.cards})


def mail(key: str) -> dict[str, object]:
    """A mail as Gmail tells of it."""
    headers = [{"name": "From", "value": "anna@example.org"}, {"name": "Subject", "value": f"mail {key}"}]
    return {"id": key, "labelIds": ["INBOX"], "internalDate": "1772614800000", "payload": {"headers": headers}}


def scripted(script: Script, waited: list[float] | None = None, /, **settings: object) -> list[Page]:
    """All pages of a pull of mail from the script."""
    asked = {"calendar": False, "contacts": False, **settings}
    return list(source(script.root, signed_in("word"), waited, **asked).pull(None))


def mailbox(script: Script, *keys: str) -> Script:
    script.on(PROFILE, {"historyId": "5", "messagesTotal": len(keys)})
    return script.on(MAILS, {"messages": [{"id": key} for key in keys]})


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "server_error"},
        {"kind": "unavailable"},
        {"kind": "bad_gateway"},
        {"kind": "transport_error", "status": 502},
        {"kind": "rate_limit", "retry_after": 7},
        {"kind": "truncated"},
    ],
)
@pytest.mark.parametrize("call", [1, 2, 4])
def test_what_passes_is_waited_for(fault: Seed, call: int) -> None:
    """One fault anywhere costs a pause, and nothing of what is read."""
    known, waited = world(), list[float]()
    known.fault("gmail", {"tool": "*", "on_call": call, **fault})
    pages = list(source(known.root, signed_in(known.token), waited).pull(None))
    assert numbers(pages) == (3, 1, 1)
    assert len(waited) >= 1


def test_a_server_that_hangs_is_given_up(script: Script) -> None:
    """After its time-out, twice; the other services are read all the same."""
    script.on("/calendar/v3/users/me/calendarList", Reply(hangs=True))
    mailbox(script, "a").on(f"{MAILS}/a", mail("a"))
    got: list[Page] = []
    with pytest.raises(HostSilent, match="did not answer in time"):
        for page in source(script.root, signed_in("word"), contacts=False, timeout=0.3).pull(None):
            got.append(page)
    assert numbers(got) == (1, 0, 0)
    assert script.paths().count("/calendar/v3/users/me/calendarList") == 2


def test_a_server_that_dribbles_is_given_up(script: Script) -> None:
    """One that always says a little, and never all, is cut off as well."""
    script.on(PROFILE, Reply({"historyId": "5"}, dribbles=True))
    with pytest.raises(HostSilent, match="did not answer in time"):
        scripted(script, timeout=0.2)
    assert script.paths() == [PROFILE] * 2


def test_a_service_that_stays_broken_leaves_the_others_whole() -> None:
    """Gmail fails for good: the contacts and the calendar have been given before the error is told."""
    known = world()
    known.fault("gmail", {"tool": "gmail.users.*", "kind": "server_error", "times": None})
    got: list[Page] = []
    with pytest.raises(HostSilent, match=r"Google could not answer \(status 500\)"):
        for page in source(known.root, signed_in(known.token)).pull(None):
            got.append(page)
    assert numbers(got)[:2] == (0, 1)


def test_an_access_token_that_ran_out_is_refreshed_and_kept() -> None:
    """401 leads to one refresh; the fresh token is kept, with the scopes that were granted."""
    known = world()
    tokens = Remembered()
    told = {"token": "ya29.old", "refresh_token": known.token, "scopes": [SCOPES + "gmail.readonly"]}
    tokens.save(token_name("google"), json.dumps(told))
    assert numbers(list(source(known.root, tokens).pull(None))) == (3, 1, 1)
    kept = json.loads(tokens.load(token_name("google")) or "")
    assert (kept["token"], kept["refresh_token"], kept["scopes"]) == (known.token, known.token, told["scopes"])
    assert kept["expiry"]


@pytest.mark.parametrize("kept", ["ya29.old", ""])
def test_a_sign_in_that_has_ended_says_what_to_do(kept: str) -> None:
    """The sentence names the command, and no token."""
    known = world()
    tokens = signed_in("ya29.a0secret.word") if kept else Remembered()
    with pytest.raises(SignInNeeded, match="sign in again with “coldcoffee check --sign-in google”") as error:
        list(source(known.root, tokens).pull(None))
    assert "secret" not in str(error.value)
    assert not error.value.retry
    assert error.value.__cause__ is None


def test_a_token_without_a_refresh_token(script: Script) -> None:
    """It can't be made fresh: that is said as well."""
    script.on(PROFILE, Reply({"error": {"code": 401, "message": "Invalid Credentials"}}, 401))
    tokens = Remembered()
    tokens.save(token_name("google"), json.dumps({"token": "word"}))
    with pytest.raises(SignInNeeded):
        list(source(script.root, tokens, calendar=False, contacts=False).pull(None))


def test_a_service_that_is_not_switched_on(script: Script) -> None:
    """It is named, with where to switch it on and what leaves it out; mail is read all the same."""
    script.on("/calendar/v3/users/me/calendarList", Reply(OFF, 403))
    mailbox(script, "a").on(f"{MAILS}/a", mail("a"))
    got: list[Page] = []
    with pytest.raises(SourceError) as error:
        for page in source(script.root, signed_in("word"), contacts=False).pull(None):
            got.append(page)
    assert str(error.value) == (
        "Google Calendar is not switched on for your OAuth client: enable it at "
        "https://console.cloud.google.com/apis/library/calendar-json.googleapis.com, or set calendar = false for the "
        "source google in settings.toml."
    )
    assert numbers(got) == (1, 0, 0)


def test_a_right_that_was_not_granted(script: Script) -> None:
    """A box that was not ticked at the consent is told apart from a service that is not there."""
    refused = {"error": {"code": 403, "message": "Request had insufficient authentication scopes."}}
    script.on("/v1/people/me/connections", Reply(refused, 403))
    with pytest.raises(SignInNeeded) as error:
        list(source(script.root, signed_in("word"), calendar=False, mail=False).pull(None))
    assert str(error.value) == (
        "The sign-in does not include Google Contacts (or set contacts = false in settings.toml): "
        "sign in again with “coldcoffee check --sign-in google”."
    )


def test_a_token_for_headers_alone_reads_headers(script: Script) -> None:
    """Where Gmail grants less than was asked for, mail is read as far as that goes."""
    mailbox(script, "a").on(f"{MAILS}/a", Reply(LESS, 403), mail("a"))
    pages = scripted(script)
    assert numbers(pages) == (1, 0, 0)
    assert [asked.query["format"] for asked in script.asked if asked.path == f"{MAILS}/a"] == ["full", "metadata"]
    assert any("gmail.metadata" in page.note for page in pages)


def test_mails_are_asked_for_in_batches(script: Script) -> None:
    """Where batches are offered, one call brings many; the parts that Google refuses for haste are asked for again."""
    mailbox(script, "a", "b", "c", "d")
    script.on(
        "/batch",
        batch((200, mail("a")), (429, OVER), (404, {"error": {"code": 404}}), (403, OVER)),
        batch((200, mail("b")), (200, mail("d"))),
    )
    waited: list[float] = []
    pages = scripted(script, waited)
    assert [message.key for page in pages for message in page.messages] == ["a", "b", "d"]
    assert script.paths() == [PROFILE, MAILS, "/batch", "/batch"]
    assert script.asked[2].body.count("GET /") == 4
    assert waited


def test_a_batch_that_is_broken_is_sent_again(script: Script) -> None:
    """What came of it is taken, what is lost or half there is asked for anew, and nothing twice."""
    mailbox(script, "a", "b", "c")
    torn = batch((200, mail("a")), (200, mail("b")), (200, mail("c")))
    assert isinstance(torn.body, bytes)
    torn = torn._replace(body=torn.body[: torn.body.index(b'"mail b"')])
    script.on("/batch", Reply(b"<html>"), torn, Reply(b"", 503), batch((200, mail("b")), (200, mail("c"))))
    waited: list[float] = []
    pages = scripted(script, waited)
    assert [message.key for page in pages for message in page.messages] == ["a", "b", "c"]
    assert [asked.body.count("GET /") for asked in script.asked if asked.path == "/batch"] == [3, 3, 2, 2]


@pytest.mark.parametrize("batched", [True, False])
def test_a_mail_that_gmail_cannot_give_costs_only_itself(script: Script, batched: bool) -> None:
    """While everything else is answered it is rejected; where nothing is answered any more, it is not given up."""
    broken = {"error": {"code": 500, "message": "backend"}}
    mailbox(script, "a", "b", "c")
    if batched:
        script.on("/batch", batch((200, mail("a")), (500, broken), (200, mail("c"))), batch((500, broken)))
    for key in ("a", "c"):
        script.on(f"{MAILS}/{key}", mail(key))
    script.on(f"{MAILS}/b", Reply(broken, 500))
    pages = scripted(script)
    assert [message.key for page in pages for message in page.messages] == ["a", "c"]
    assert [(one.key, one.reason) for page in pages for one in page.rejects] == [
        ("b", "Gmail fails whenever it is asked for this mail.")
    ]
    script.on(PROFILE, Reply(broken, 500))  # the first good answer is taken, then this for ever
    with pytest.raises(HostSilent):
        scripted(script)


def test_a_sign_in_that_ends_within_a_batch(script: Script) -> None:
    """It is told as anywhere else."""
    mailbox(script, "a", "b").on("/batch", batch((401, {}), (401, {})))
    with pytest.raises(SignInNeeded, match="Google no longer accepts the sign-in"):
        scripted(script)


def test_batches_that_are_not_offered(script: Script) -> None:
    """Then the mails are asked for one by one, and in their order."""
    mailbox(script, "a", "b", "c")
    for key in ("a", "b", "c"):
        script.on(f"{MAILS}/{key}", mail(key))
    pages = scripted(script)
    assert [message.key for page in pages for message in page.messages] == ["a", "b", "c"]


def test_a_pause_that_google_asks_for_is_made(script: Script) -> None:
    """Retry-After counts, as seconds or as a date; without it, pauses grow, and no two are alike."""
    dates = (("retry-after", "Fri, 20 Nov 2026 09:01:30 GMT"), ("date", "Fri, 20 Nov 2026 09:00:00 GMT"))
    script.on(PROFILE, Reply(OVER, 403, (("retry-after", "20"),)), Reply(OVER, 429, dates), {"historyId": "5"})
    script.on(MAILS, Reply(OVER, 429), Reply(OVER, 429), Reply(OVER, 429), {})
    waited: list[float] = []
    scripted(script, waited)
    asked = [pause for pause in waited if pause > 0.2]
    assert 20 <= asked[0] <= 23
    assert any(90 <= pause <= 100 for pause in asked)
    assert asked[-1] <= 4


def test_patience_ends(script: Script) -> None:
    """Google that asks for pauses for ever is left for the next pull, before an hour is over."""
    script.on(PROFILE, Reply(OVER, 429, (("retry-after", "100"),)))
    waited: list[float] = []
    with pytest.raises(PauseWanted, match="the next pull goes on from here") as error:
        scripted(script, waited)
    assert not error.value.retry  # at once, that is
    assert 500 < sum(waited) < 1500


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply(b"<html>Please log in</html>", headers=(("content-type", "text/html"),)), ServerFault),
        (Reply(b'{"historyId": "5", "mess'), ServerFault),
        (Reply(b"\xff\xfe"), ServerFault),
        (Reply([1, 2]), ServerFault),
        (Reply({"historyId": "5" * 50}, cut=True), HostSilent),
        (Reply(b"<html>Bad gateway</html>", 502), HostSilent),
    ],
)
def test_answers_that_are_none(script: Script, reply: Reply, kind: type[SourceError]) -> None:
    """A page to log in, half an answer, a dropped connection: tried again some times, then told in one sentence."""
    script.on(PROFILE, reply)
    with pytest.raises(kind) as error:
        scripted(script)
    assert error.value.retry
    assert len(script.asked) == 5


def test_one_bad_answer_is_nothing(script: Script) -> None:
    """Whatever came, a good answer afterwards is taken."""
    mailbox(script, "a")
    script.on(f"{MAILS}/a", Reply(b"<html>"), Reply({"x": "y" * 90}, cut=True), mail("a"))
    assert numbers(scripted(script)) == (1, 0, 0)


def test_a_host_that_is_not_there() -> None:
    """Nobody listens, or nobody knows the name."""
    with pytest.raises(HostSilent, match="refused or dropped the connection"):
        list(source("http://127.0.0.1:9", signed_in("word"), calendar=False, contacts=False).pull(None))
    with pytest.raises(HostUnknown):
        list(source("http://nowhere.invalid", signed_in("word"), calendar=False, contacts=False).pull(None))
