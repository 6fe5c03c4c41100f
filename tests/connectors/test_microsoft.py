"""What the microsoft kind promises beyond the contract of every kind."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from connectors import microsoft as kind
from connectors.errors import HostSilent, ServerFault, SignInNeeded, SourceError
from connectors.microsoft import MicrosoftConnector
from connectors.microsoft_graph import Graph
from connectors.microsoft_settings import Settings, consent
from connectors.records import Attendee, Card, Event, Message, Page, Reject
from connectors.sign_in_microsoft import MicrosoftSignIn
from connectors.web import Limits
from tests.connectors.contract import context
from tests.microsoft_server import Calendar, Folder, Item, Microsoft, error, event, guest, mail, microsoft, person
from tests.web_server import Asked, Reply

AT_15 = 1_772_636_400_000_000  # 4 March 2026, 15:00 UTC
MINUTE = 60_000_000


@pytest.fixture
def account(tmp_path: Path) -> Iterator[Microsoft]:
    with microsoft(tmp_path) as made:
        yield made


def source(
    account: Microsoft, slept: list[float] | None = None, timeout: float = 20.0, **more: object
) -> MicrosoftConnector:
    """The connector for this account; it notes in `slept` how long it would have waited."""
    settings = Settings.model_validate(account.settings(timeout=timeout, **more))
    made = account.context(context(account.folder))
    asked = consent(settings, made)
    waits = slept if slept is not None else []

    def connect() -> Graph:
        sign_in = MicrosoftSignIn(asked, "work", made.tokens)
        limits = Limits(read=timeout)
        return Graph(
            settings.host, "work", sign_in.access_token, limits=limits, ca_file=asked.ca_file, sleep=waits.append
        )

    return MicrosoftConnector(settings, made, connect)


def messages(pages: Iterable[Page]) -> dict[str, Message]:
    return {message.key: message for page in pages for message in page.messages}


def events(pages: Iterable[Page]) -> dict[str, Event]:
    return {one.key: one for page in pages for one in page.events}


def rejects(pages: Iterable[Page]) -> list[Reject]:
    return [reject for page in pages for reject in page.rejects]


def header(name: str, value: str) -> Item:
    return {"name": name, "value": value}


def test_a_mail_is_read_whole_and_never_its_body(account: Microsoft) -> None:
    """All that its header tells is in the record; no request for mails goes out without saying which fields it wants."""
    account.mails("inbox-id").put(
        mail(
            1,
            subject="Grüße aus  Köln",
            sender={"emailAddress": {"name": "Ben", "address": "ben@EXAMPLE.org"}},
            toRecipients=[{"emailAddress": {"name": 'Reyes "D", Dana', "address": "dana@example.org"}}],
            ccRecipients=[{"emailAddress": {"name": "", "address": "ben@example.org"}}, {"emailAddress": {"name": "Gone", "address": "/o=ex/cn=gone"}}],
            replyTo=[{"emailAddress": {"name": "List", "address": "reply@example.org"}}],
            internetMessageHeaders=[header("In-Reply-To", "<zero@example.org>"), header("list-id", "News <news.example.org>"), header("Auto-Submitted", "no")],
        )
    )  # fmt: skip
    pages = list(source(account, read=["mail"]).pull(None))
    assert messages(pages) == {
        "mail-1": Message(
            place="mail",
            key="mail-1",
            message_key="1@example.org",
            message_id="1@example.org",
            sent_at=1_772_614_800_000_000,
            received_at=1_772_614_830_000_000,
            time_note=None,
            subject="Grüße aus Köln",
            sender="anna@example.org",
            sender_name="Anna Abel",
            reply_to="reply@example.org",
            to_addresses=("dana@example.org",),
            to_names=('Reyes "D", Dana',),
            cc_addresses=("ben@example.org",),
            cc_names=("",),
            bcc_addresses=(),
            in_reply_to="zero@example.org",
            marks=("list", "sender_differs"),
        )
    }
    asked = [one.path for one in account.site.asked if "/messages" in one.path]
    assert asked and all("select=" in path and "body" not in path.lower() for path in asked)
    assert all('IdType="ImmutableId"' in one.headers["prefer"] for one in account.site.asked if "/v1.0/" in one.path)


def test_folders_give_their_marks_and_drafts_are_no_mail(account: Microsoft) -> None:
    """Mail counts wherever it lies; sent, spam and trash are marked, below the latter, too; drafts and search folders are left out."""
    account.folders += [
        Folder("project-id", "Projekt", above="archive-id"),
        Folder("archive-id", "Archiv"),
        Folder("old-id", "Alt", above="trash-id"),
        Folder("search-id", "Unread", search=True),
    ]
    for number, folder in enumerate(
        ("inbox-id", "project-id", "junk-id", "old-id", "drafts-id", "search-id", "sent-id")
    ):
        account.mails(folder).put(mail(number))
    account.mails("inbox-id").put(
        mail(10, isDraft=True), mail(11, **{"@odata.type": "#microsoft.graph.eventMessageRequest"})
    )
    found = messages(source(account, read=["mail"]).pull(None))
    assert {key: message.marks for key, message in found.items()} == {
        "mail-0": (), "mail-1": (), "mail-2": ("spam",), "mail-3": ("trash",), "mail-6": ("sent",),
        "mail-11": ("invitation",),
    }  # fmt: skip
    names = {"include": ["archiv*"], "exclude": []}
    assert list(messages(source(account, read=["mail"], folders=names).pull(None))) == ["mail-1"]


def test_a_mail_that_is_moved_stays_one_and_a_deleted_one_was_written(account: Microsoft) -> None:
    """Moved to the spam folder, a mail is marked there; deleted for good, it stays in the record."""
    account.mails("inbox-id").put(mail(1), mail(2))
    pages = list(source(account).pull(None))
    account.mails("inbox-id").remove("mail-1", "mail-2")
    account.mails("junk-id").put(mail(1))
    news = list(source(account).pull(pages[-1].cursor))
    assert {key: message.marks for key, message in messages(news).items()} == {"mail-1": ("spam",)}
    assert [page.removed for page in news if page.removed] == []


def test_a_change_that_tells_only_what_changed_is_completed(account: Microsoft) -> None:
    """Of a mail that was only read, Graph may tell no more than that: nothing that was known is lost."""
    account.mails("inbox-id").put(mail(1))
    pages = list(source(account).pull(None))
    account.mails("inbox-id").put(mail(1))

    def brief(asked: Asked) -> Reply | None:
        told = b'{"value": [{"id": "mail-1"}], "@odata.deltaLink": ""}'
        asks = "deltatoken" in asked.path and "inbox-id" in asked.path
        return Reply(200, {"Content-Type": "application/json"}, told) if asks else None

    account.fault = brief
    assert messages(source(account).pull(pages[-1].cursor)) == messages(pages)


def test_without_headers_the_coverage_says_so(account: Microsoft) -> None:
    """Where the server gives no internet headers, newsletters can't be told, and the owner is told that."""
    bare = mail(1)
    del bare["internetMessageHeaders"]
    account.mails("inbox-id").put(bare)
    notes = {page.note for page in source(account).pull(None)}
    assert any("no headers" in note for note in notes)


def test_an_entry_is_read_whole(account: Microsoft) -> None:
    """Guests with their answers, the room, the link, the place: everything that tells whether people met."""
    account.calendars[0].entries.put(
        event(
            "one", "2026-03-04T15:00",
            subject="Kaffee mit Anna", sensitivity="private", categories=["Coffee"], isOrganizer=False,
            body={"contentType": "html", "content": "<p>See <a href='https://meet.example/x'>here</a></p>"},
            organizer={"emailAddress": {"name": "Anna Abel", "address": "anna@example.org"}},
            responseStatus={"response": "tentativelyAccepted"},
            attendees=[guest("dana", "none"), guest("anna", "organizer"), guest("ben", "declined", "optional"), guest("berlin", "accepted", "resource"), guest("beamer", "none", "resource")],
            locations=[{"displayName": "Room Berlin", "locationEmailAddress": "berlin@example.org"}, {"displayName": "Café", "address": {"street": "Main St 1", "city": "Berlin"}}],
            location={"displayName": "Room Berlin; Café", "coordinates": {"latitude": 52.5, "longitude": 13.4}},
            isOnlineMeeting=True, onlineMeeting={"joinUrl": "https://teams.example/join"}, onlineMeetingUrl=None,
        )
    )  # fmt: skip
    assert list(events(source(account, read=["calendar"]).pull(None)).values()) == [
        Event(
            place="Kalender 2024-10–2029-10",
            key="one",
            event_key="one@example.org/2026-03-04T15:00:00Z",
            uid="one@example.org",
            original_start=AT_15,
            starts_at=AT_15,
            ends_at=AT_15 + 30 * MINUTE,
            all_day=False,
            timezone="Europe/Berlin",
            title="Kaffee mit Anna",
            description="See https://meet.example/x here",
            location="Room Berlin; Café, Main St 1, Berlin",
            status="confirmed",
            transparent=False,
            private=True,
            organizer="anna@example.org",
            organizer_name="Anna Abel",
            attendees=(
                Attendee("dana@example.org", "Dana", "tentative", "individual", False),
                Attendee("anna@example.org", "Anna", "accepted", "individual", False),
                Attendee("ben@example.org", "Ben", "declined", "individual", True),
                Attendee("berlin@example.org", "Berlin", "accepted", "room", False),
                Attendee("beamer@example.org", "Beamer", "needs-action", "resource", False),
            ),
            links=("https://teams.example/join",),
            categories=("Coffee",),
            kind="default",
            recurring=False,
            created_at=1_767_323_045_000_000,
            modified_at=1_767_323_045_000_000,
            calendar="Kalender",
            method=None,
            message_key=None,
            note="geo:52.5,13.4",
        )
    ]


def test_what_the_calendar_shows_as_tells_the_kind(account: Microsoft) -> None:
    """Leave, work elsewhere, free time, tentative plans, cancellations and whole days are told apart."""
    anna = [guest("anna", "accepted"), guest("dana", "none")]
    account.calendars[0].entries.put(
        event("leave", "2026-03-09T00:00", 24 * 60, isAllDay=True, showAs="oof"),
        event("home", "2026-03-10T00:00", 24 * 60, isAllDay=True, showAs="workingElsewhere"),
        event("lunch", "2026-03-11T12:00", showAs="oof", attendees=anna),
        event("free", "2026-03-12T12:00", showAs="free"),
        event("maybe", "2026-03-13T12:00", showAs="tentative"),
        event("gone", "2026-03-14T12:00", isCancelled=True),
    )
    found = events(source(account).pull(None))
    assert {key: (one.kind, one.status, one.transparent) for key, one in found.items()} == {
        "leave": ("out_of_office", "confirmed", False),
        "home": ("working_location", "confirmed", False),
        "lunch": ("default", "confirmed", False),
        "free": ("default", "confirmed", True),
        "maybe": ("default", "tentative", False),
        "gone": ("default", "cancelled", False),
    }
    leave = found["leave"]  # midnight in Berlin, as every whole day of the owner's
    assert (leave.event_key, leave.all_day, leave.ends_at - leave.starts_at) == (
        "leave@example.org/2026-03-08T23:00:00Z", True, 24 * 60 * MINUTE
    )  # fmt: skip


def test_each_occurrence_of_a_series_stands_for_itself(account: Microsoft) -> None:
    """Of occurrences Graph tells the times alone: the rest is their series'. A moved one keeps its original start, and the
    key is the one that an invitation by mail gives, too."""
    uid = "040000008200E00074C5B7101A82E008{}D0D1D2D3D4D5D601000000000000000010000000"
    series = event(
        "series",
        "2026-03-02T09:00",
        type="seriesMaster",
        iCalUId=uid.format("00000000"),
        attendees=[guest("anna", "accepted")],
    )

    def occurrence(number: int) -> Item:
        whole = event(f"o{number}", f"2026-03-{2 + 7 * number:02}T09:00")
        return {key: whole[key] for key in ("id", "start", "end")} | {"type": "occurrence", "seriesMasterId": "series"}

    moved = event(
        "moved", "2026-03-24T11:00", type="exception", seriesMasterId="series", iCalUId=uid.format("07EA0317"),
        originalStart="2026-03-23T09:00:00Z", subject="moved", attendees=[guest("anna", "declined")],
    )  # fmt: skip
    account.calendars[0].entries.put(occurrence(0), occurrence(1), occurrence(2), moved, series)
    found = events(source(account, read=["calendar"]).pull(None))
    key = uid.format("00000000")
    assert {one.key: (one.event_key, one.title, [guest.status for guest in one.attendees], one.recurring) for one in found.values()} == {
        "o0": (f"{key}/2026-03-02T09:00:00Z", "entry series", ["accepted"], True),
        "o1": (f"{key}/2026-03-09T09:00:00Z", "entry series", ["accepted"], True),
        "o2": (f"{key}/2026-03-16T09:00:00Z", "entry series", ["accepted"], True),
        "moved": (f"{key}/2026-03-23T09:00:00Z", "moved", ["declined"], True),
    }  # fmt: skip
    assert len([one for one in account.site.asked if one.path.endswith("/events/series")]) == 1


def test_a_deleted_entry_changes_the_past(account: Microsoft) -> None:
    """What was deleted from the calendar, or moved out of the time that is read, is taken back."""
    entries = account.calendars[0].entries
    entries.put(event("one", "2026-03-04T15:00"), event("two", "2026-03-05T15:00"))
    pages = list(source(account).pull(None))
    entries.remove("one")
    entries.put(event("two", "1999-03-05T15:00"))
    news = list(source(account).pull(pages[-1].cursor))
    gone = {(place, key) for page in news for place, key in page.removed}
    assert {("Kalender 2024-10–2029-10", "one"), ("Kalender 2024-10–2029-10", "two")} <= gone


def test_a_half_of_a_character_harms_nothing(account: Microsoft) -> None:
    """JSON can hold what no text may: it is replaced, and everything can be stored."""
    account.calendars[0].entries.put(event("one", "2026-03-04T15:00", subject="Tea \ud83d\0", categories=["\udc00"]))
    account.books[""].put(person(1, displayName="Pia \ud83d"))
    pages = list(source(account).pull(None))
    (found,) = events(pages).values()
    (card,) = [card for page in pages for card in page.cards]
    assert (found.title, found.categories, card.name) == ("Tea ?", ("?",), "Pia ?")


def test_who_was_invited_as_one_of_a_group_is_among_the_guests(account: Microsoft) -> None:
    """The owner's own answer counts although only a group's address was invited."""
    account.calendars[0].entries.put(
        event(
            "one",
            "2026-03-04T15:00",
            isOrganizer=False,
            responseStatus={"response": "declined"},
            attendees=[guest("team", "none")],
        )
    )
    (found,) = events(source(account).pull(None)).values()
    assert [(one.address, one.status) for one in found.attendees] == [
        ("team@example.org", "needs-action"),
        ("dana@example.org", "declined"),
    ]


def test_calendars_of_others_are_read_only_if_they_are_named(account: Microsoft) -> None:
    """A calendar that a colleague shares holds the colleague's meetings, and two of one name are kept apart."""
    account.calendars += [Calendar("second", "Kalender"), Calendar("third", "Ben", owner="ben@example.org")]
    for number, calendar in enumerate(account.calendars):
        calendar.entries.put(event(f"e{number}", "2026-03-04T15:00"))
    found = events(source(account).pull(None))
    assert {one.key: one.place for one in found.values()} == {
        "e0": "Kalender 2024-10–2029-10", "e1": "Kalender 2024-10–2029-10 (2)"
    }  # fmt: skip
    assert list(events(source(account, calendars={"include": ["ben"]}).pull(None))) == ["e2"]


def test_contacts_are_read_from_every_book(account: Microsoft) -> None:
    """Names, addresses, numbers and companies; what is deleted is taken back."""
    account.book_names["club"] = "Club"
    account.books["club"] = account.books[""].__class__()
    account.books["club"].put(
        person(1, middleName="M.", nickName="Pia", companyName="Example", jobTitle="Baker", mobilePhone="+1 555", categories=["Club"], businessHomePage="https://example.org")
    )  # fmt: skip
    account.books[""].put(person(2))
    pages = list(source(account, read=["contacts"]).pull(None))
    found = [card for page in pages for card in page.cards]
    assert found[1] == Card(
        "Club", "person-1", "Person 1", "Person M.", "1", ("Pia",), "Example", "Baker", ("p1@example.org",), ("+1 555",),
        ("https://example.org",), "individual", (), ("Club",), None, None, "microsoft"
    )  # fmt: skip
    account.books[""].remove("person-2")
    news = list(source(account, read=["contacts"]).pull(pages[-1].cursor))
    assert [page.removed for page in news if page.removed] == [(("Contacts", "person-2"),)]


@pytest.mark.parametrize(
    ("answer", "waited"),
    [
        (error(429, "TooManyRequests", {"Retry-After": "7"}), 7.0),
        (error(503, "ServiceUnavailable", {"Retry-After": "3"}), 3.0),
        (error(504, "GatewayTimeout"), 0.0),
        (Reply(502, {"Content-Type": "text/html"}, b"<html>Bad gateway</html>"), 0.0),
        (Reply(200, {"Content-Type": "application/json"}, b'{"value": [', promised=4000, then="close"), 0.0),
        (Reply(0), 0.0),
    ],
    ids=["429", "503", "504", "html-502", "truncated", "dropped"],
)
def test_a_passing_fault_is_waited_out(account: Microsoft, answer: Reply, waited: float) -> None:
    """Throttling is obeyed to the second; broken answers and connections are asked for again."""
    account.mails("inbox-id").put(mail(1))
    faults = [answer]
    account.fault = lambda asked: faults.pop() if faults and "/messages/delta" in asked.path else None
    slept: list[float] = []
    assert list(messages(source(account, slept).pull(None))) == ["mail-1"]
    assert slept and max(slept) >= waited


def test_throttling_without_an_end_is_given_up(account: Microsoft) -> None:
    """What was read before stays good, and the error says that the next pull tries again."""
    account.mails("inbox-id").put(*(mail(number) for number in range(5)))
    account.fault = lambda asked: (
        error(429, "TooManyRequests", {"Retry-After": "20"}) if "skiptoken" in asked.path else None
    )
    pull = source(account, []).pull(None)
    assert len(next(pull).messages) == 3
    with pytest.raises(SourceError, match="the next pull tries again"):
        next(pull)


def test_a_server_that_says_nothing_is_left(account: Microsoft) -> None:
    """A hanging server costs the time-out, not the whole evening."""
    account.fault = lambda asked: Reply(0, then="hang") if "/v1.0/" in asked.path else None
    with pytest.raises(HostSilent, match="did not answer in time"):
        list(source(account, timeout=0.2).pull(None))


def test_a_page_of_the_network_is_no_answer(account: Microsoft) -> None:
    """A hotel's log-in page in place of data is told as such."""
    page = Reply(200, {"Content-Type": "text/html"}, b"<!DOCTYPE html><title>Welcome</title>")
    account.fault = lambda asked: page if "/v1.0/" in asked.path else None
    with pytest.raises(ServerFault, match="web page"):
        list(source(account).pull(None))


def test_a_token_that_ran_out_is_renewed_once(account: Microsoft) -> None:
    """The server refuses the token: another is fetched with the sign-in, kept, and the pull goes on."""
    account.mails("inbox-id").put(mail(1))
    account.provider.access.clear()
    before = account.tokens.load("microsoft/work")
    assert list(messages(source(account).pull(None))) == ["mail-1"]
    assert account.tokens.load("microsoft/work") != before
    assert [form["grant_type"] for form in account.provider.asked].count("refresh_token") == 2  # one at the sign-in


def test_a_sign_in_that_was_withdrawn_asks_for_a_new_one(account: Microsoft) -> None:
    """And so does a server that refuses even a fresh token; neither names a token or a person."""
    account.provider.withdraw()
    with pytest.raises(SignInNeeded, match=r"sign in again with “coldcoffee check --sign-in work”\.$") as caught:
        list(source(account).pull(None))
    assert (
        "AADSTS70008" in str(caught.value) and "dana@" not in str(caught.value) and "-token-" not in str(caught.value)
    )
    account.sign_in()
    account.fault = lambda asked: error(401, "InvalidAuthenticationToken") if "/v1.0/" in asked.path else None
    with pytest.raises(SignInNeeded, match="refused the sign-in"):
        list(source(account).pull(None))


def test_what_is_not_shown_leaves_the_rest_whole(account: Microsoft) -> None:
    """Contacts that this sign-in may not read are told as such; mails and calendars are read all the same."""
    account.mails("inbox-id").put(mail(1))
    account.fault = lambda asked: error(403, "ErrorAccessDenied") if "/contact" in asked.path else None
    pages = list(source(account).pull(None))
    assert list(messages(pages)) == ["mail-1"]
    assert [(one.place, one.reason) for one in rejects(pages)] == [
        ("contacts", "Microsoft does not show this to the sign-in of this source (ErrorAccessDenied).")
    ]
    account.fault = lambda asked: error(403, "MailboxNotEnabledForRESTAPI") if "/v1.0/" in asked.path else None
    with pytest.raises(SourceError, match="MailboxNotEnabledForRESTAPI"):
        list(source(account).pull(None))


def test_a_server_without_batches_is_asked_one_by_one(account: Microsoft) -> None:
    """Where many questions at once are not taken, or one of them fails, nothing is missed."""
    account.mails("inbox-id").put(mail(1))
    pages = list(source(account).pull(None))
    account.mails("inbox-id").put(mail(2))
    account.fault = lambda asked: error(403, "Forbidden") if "$batch" in asked.path else None
    assert list(messages(source(account).pull(pages[-1].cursor))) == ["mail-2"]
    busy = b'{"responses": [{"id": "0", "status": 429, "body": {"error": {"code": "TooManyRequests"}}}, {"id": "x"}]}'
    account.fault = lambda asked: (
        Reply(200, {"Content-Type": "application/json"}, busy) if "$batch" in asked.path else None
    )
    assert list(messages(source(account).pull(pages[-1].cursor))) == ["mail-2"]


def test_no_token_goes_to_another_host_and_no_circle_is_run(account: Microsoft) -> None:
    """Links that lead elsewhere, or back to where we were, end the pull."""
    account.mails("inbox-id").put(mail(1))
    away = b'{"value": [], "@odata.nextLink": "https://elsewhere.invalid/v1.0/me/messages"}'
    account.fault = lambda asked: Reply(200, {}, away) if "/messages/delta" in asked.path else None
    with pytest.raises(ServerFault, match="another host"):
        list(source(account).pull(None))
    back = f'{{"value": [], "@odata.nextLink": "{account.site.url}/v1.0/me/mailFolders/inbox-id/messages/delta?x"}}'
    account.fault = lambda asked: Reply(200, {}, back.encode()) if "/messages/delta" in asked.path else None
    with pytest.raises(ServerFault, match="circle"):
        list(source(account).pull(None))


def test_what_is_listed_and_not_there_is_told(account: Microsoft) -> None:
    """A folder that can't be found is no silent one."""
    account.mails("inbox-id").put(mail(1))
    account.mails("sent-id").put(mail(2))
    account.fault = lambda asked: error(404, "ErrorItemNotFound") if "inbox-id/messages" in asked.path else None
    pages = list(source(account).pull(None))
    assert list(messages(pages)) == ["mail-2"]
    assert [(one.place, "finds nothing there" in one.reason) for one in rejects(pages)] == [("Posteingang", True)]


def test_no_log_holds_a_token(account: Microsoft, caplog: pytest.LogCaptureFixture) -> None:
    """Even where everything is logged: neither access nor refresh token, nor what mails are about."""
    account.mails("inbox-id").put(mail(1))
    account.provider.access.clear()
    with caplog.at_level(logging.DEBUG):
        list(source(account).pull(None))
    assert "-token-" not in caplog.text and "mail 1" not in caplog.text


def test_settings_refuse_to_send_a_token_over_plain_http() -> None:
    """A host without https is a mistake, unless it is this machine; a bare host name is one with https."""
    assert (
        Settings.model_validate({"client_id": "x", "host": "graph.microsoft.us"}).host == "https://graph.microsoft.us"
    )
    with pytest.raises(ValueError, match="https"):
        Settings.model_validate({"client_id": "x", "host": "http://graph.example.org"})


def test_the_owner_is_asked_to_allow_reading_only(account: Microsoft) -> None:
    """The scopes are those of the parts that are read, none of them for writing."""
    made = replace(account.context(context(account.folder)), source="office")
    asked = kind.consent(
        Settings.model_validate({"client_id": "x", "tenant": "example.org", "read": ["mail", "calendar"]}), made
    )
    assert (asked.token, asked.scopes, asked.authority) == (
        "microsoft/office",
        ("https://graph.microsoft.com/Mail.ReadBasic", "https://graph.microsoft.com/Calendars.Read"),
        "https://login.microsoftonline.com/example.org",
    )
    asked = kind.consent(Settings.model_validate({"client_id": "x", "read": ["mail"], "mail_scope": "read"}), made)
    assert asked.scopes == ("https://graph.microsoft.com/Mail.Read",)
