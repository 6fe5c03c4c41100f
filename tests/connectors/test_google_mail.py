"""What the Google connector promises of mail, against a made-up account over real HTTP."""

from base64 import urlsafe_b64encode

from connectors.google_cursor import Progress
from connectors.google_mail import HALF_SEEN
from connectors.records import Message, Page
from tests.google_script import Reply, Script
from tests.google_world import USER, Account, Seed, server, signed_in, source

ANNA = "Anna Abel <anna@example.org>"
INVITATION = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:walk@example.org\r\nDTSTAMP:20260301T090000Z\r\n"
    "DTSTART:20260305T150000Z\r\nDTEND:20260305T160000Z\r\nSUMMARY:A walk\r\nORGANIZER:mailto:anna@example.org\r\n"
    "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:dana@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def mail(number: int, **more: object) -> Seed:
    """A mail of Anna's whose subject tells its number."""
    return {
        "from": ANNA,
        "to": [USER],
        "subject": f"mail {number}",
        "body": "the words of a mail",
        "date": f"2026-03-{number:02d}T09:00:00Z",
        "labels": ["INBOX"],
        **more,
    }


def account(*mails: Seed) -> Account:
    return server().account(list(mails), [], [])


def pull(known: Account, cursor: str | None = None, /, **settings: object) -> list[Page]:
    """All pages of a pull of mail alone."""
    asked = {"calendar": False, "contacts": False, **settings}
    return list(source(known.root, signed_in(known.token), **asked).pull(cursor))


def subjects(pages: list[Page]) -> dict[str, tuple[str, ...]]:
    """The mails' subjects and marks."""
    return {message.subject: message.marks for page in pages for message in page.messages}


def test_a_mail_is_read_whole_and_its_text_is_not() -> None:
    """Who wrote to whom, what about, and when: all of it is in the record, and none of the text."""
    known = account(mail(4, cc=["Ben <ben@EXAMPLE.org>"], subject="Grüße aus Köln"))
    pages = pull(known)
    [message] = [message for page in pages for message in page.messages]
    assert message == Message(
        place="mail",
        key=message.key,
        message_key=message.message_key,
        message_id=message.message_key,
        sent_at=1_772_614_800_000_000,
        received_at=1_772_614_800_000_000,
        time_note=None,
        subject="Grüße aus Köln",
        sender="anna@example.org",
        sender_name="Anna Abel",
        reply_to="",
        to_addresses=("dana@example.org",),
        to_names=("",),
        cc_addresses=("ben@example.org",),
        cc_names=("Ben",),
        bcc_addresses=(),
        in_reply_to=None,
        marks=(),
    )
    assert message.message_key.endswith("@mail.gmail.com")
    assert "the words" not in repr(pages)


def test_all_mail_but_drafts_is_read_wherever_it_lies() -> None:
    """Sent, archived, labelled: all of it; spam and trash are marked as such; a draft is not written yet."""
    known = account(
        mail(1),
        mail(2, labels=["SENT"], **{"from": USER, "to": ["anna@example.org"]}),
        mail(3, labels=["SPAM"]),
        mail(4, labels=["TRASH"]),
        mail(5, labels=["DRAFT"]),
        mail(6, labels=["Clients"]),
    )
    marks = {"mail 1": (), "mail 2": ("sent",), "mail 3": ("spam",), "mail 4": ("trash",), "mail 6": ()}
    assert subjects(pull(known)) == marks


def test_an_invitation_is_read_from_its_own_part() -> None:
    """The calendar part is fetched by itself, and says what the mail invites to."""
    part = {
        "filename": "invite.ics",
        "mimeType": "text/calendar",
        "size": len(INVITATION),
        "data": urlsafe_b64encode(INVITATION.encode()).decode(),
    }
    pages = pull(account(mail(1, attachments=[part]), mail(2)))
    assert subjects(pages) == {"mail 1": ("invitation",), "mail 2": ()}
    [event] = [event for page in pages for event in page.events]
    [invited] = [message for page in pages for message in page.messages if message.marks]
    assert (event.event_key, event.method, event.message_key, event.title, event.organizer) == (
        "walk@example.org/2026-03-05T15:00:00Z",
        "REQUEST",
        invited.message_key,
        "A walk",
        "anna@example.org",
    )


def test_headers_alone_are_enough() -> None:
    """With the narrower scope all mails come, too, and the owner is told what can't be seen."""
    known = account(mail(1), mail(2, labels=["TRASH"]))
    pages = pull(known, mail_scope="metadata")
    assert subjects(pages) == {"mail 1": (), "mail 2": ("trash",)}
    assert {page.note for page in pages if page.messages} == {HALF_SEEN}


def test_mail_from_a_day_on() -> None:
    """Nothing older than `since` is read; when `since` moves back, what lies before it is."""
    known = account(*(mail(number) for number in range(1, 6)))
    pages = pull(known, since="2026-03-04")
    assert sorted(subjects(pages)) == ["mail 4", "mail 5"]
    assert sorted(subjects(pull(known, pages[-1].cursor, since="2026-03-02"))) == [
        "mail 2",
        "mail 3",
        "mail 4",
        "mail 5",
    ]


def test_a_second_pull_asks_little_and_brings_nothing() -> None:
    """Where nothing has happened, one call says so."""
    known = account(mail(1), mail(2))
    cursor = pull(known)[-1].cursor
    before = known.calls()
    again = pull(known, cursor)
    assert [page._replace(cursor="") for page in again] == [Page("")]
    assert known.calls() - before == 1


def test_new_mail_and_changed_labels_arrive() -> None:
    """A mail that came since is read; one that went into the spam folder is told anew, with its mark."""
    known = account(mail(1), mail(2))
    first = pull(known)
    keys = {message.subject: message.key for page in first for message in page.messages}
    known.gmail("POST", f"/messages/{keys['mail 1']}/trash")
    known.gmail("POST", f"/messages/{keys['mail 2']}/modify", {"addLabelIds": ["STARRED"]})
    raw = b"From: anna@example.org\r\nTo: dana@example.org\r\nSubject: mail 3\r\n\r\nwords\r\n"
    known.gmail("POST", "/messages", {"raw": urlsafe_b64encode(raw).decode(), "labelIds": ["INBOX"]})
    second = pull(known, first[-1].cursor)
    told = subjects(second)
    assert told["mail 1"] == ("trash",)
    assert "mail 3" in told
    assert {message.key for page in second for message in page.messages} >= {keys["mail 1"]}


def test_a_history_that_is_too_old_means_all_mail_once() -> None:
    """Gmail forgets what happened after some days: then everything is listed again, under the same keys."""
    known = account(mail(1), mail(2), mail(3))
    first = pull(known)
    progress = Progress.read(first[-1].cursor)
    assert progress.mail is not None
    progress.mail = progress.mail._replace(history="7")
    again = pull(known, progress.write())
    keys = [(message.place, message.key) for page in first for message in page.messages]
    assert sorted((message.place, message.key) for page in again for message in page.messages) == sorted(keys)
    assert Progress.read(again[-1].cursor) == Progress.read(first[-1].cursor)


def test_a_listing_that_breaks_off_goes_on() -> None:
    """What has been read stays read: the next pull begins where this one stopped, and misses nothing, not even what came
    in between."""
    known = account(*(mail(1 + number % 28, subject=f"mail {number}") for number in range(503)))
    pages = source(known.root, signed_in(known.token), calendar=False, contacts=False).pull(None)
    first = next(iter(pages))
    raw = b"From: anna@example.org\r\nTo: dana@example.org\r\nSubject: new\r\n\r\nwords\r\n"
    known.gmail("POST", "/messages", {"raw": urlsafe_b64encode(raw).decode(), "labelIds": ["INBOX"]})
    rest = pull(known, first.cursor)
    assert len(first.messages) == 500
    assert subjects([first, *rest]).keys() == {"new", *(f"mail {number}" for number in range(503))}


def told(key: str, *labels: str) -> dict[str, object]:
    """A mail as Gmail tells of it."""
    headers = [{"name": "from", "value": "anna@example.org"}, {"name": "SUBJECT", "value": f"mail {key}"}]
    headers.append({"name": "To", "value": USER})
    return {"id": key, "labelIds": list(labels), "internalDate": "1772614800000", "payload": {"headers": headers}}


def test_what_was_deleted_outright_is_taken_out() -> None:
    """What was in the trash or in spam was written all the same, and stays when Gmail empties them."""
    base = "/gmail/v1/users/me"
    settings = {"calendar": False, "contacts": False}
    with Script() as script:
        script.on(f"{base}/profile", {"historyId": "5", "messagesTotal": 4})
        script.on(f"{base}/messages", {"messages": [{"id": key} for key in "abc"]})
        for key in "abc":
            script.on(f"{base}/messages/{key}", told(key, "INBOX"))
        script.on(f"{base}/messages/d", told("d", "DRAFT"))
        script.on(f"{base}/messages/e", told("e", "SENT"))
        script.on(f"{base}/messages/f", Reply({"error": {"code": 404, "message": "not found"}}, 404))
        added = [{"message": {"id": key}} for key in "def"]
        script.on(
            f"{base}/history",
            {"history": [{"id": "6", "messagesAdded": added}], "historyId": "8", "nextPageToken": "more"},
            {
                "history": [
                    {"id": "7", "messagesDeleted": [{"message": {"id": "a", "labelIds": ["TRASH", "SENT"]}}]},
                    {"id": "8", "messagesDeleted": [{"message": {"id": "b"}}]},
                    {"id": "8", "labelsAdded": [{"labelIds": ["STARRED"], "message": {"id": "c"}}]},
                ],
                "historyId": "9",
            },
        )
        first = list(source(script.root, signed_in("word"), **settings).pull(None))
        second = list(source(script.root, signed_in("word"), **settings).pull(first[-1].cursor))
    assert subjects(first) == {"mail a": (), "mail b": (), "mail c": ()}
    assert subjects(second) == {"mail e": ("sent",)}
    assert {key for page in second for _, key in page.removed} == {"b", "d", "f"}
    mark = Progress.read(second[-1].cursor).mail
    assert mark is not None and mark.history == "9"
    assert script.paths().count(f"{base}/messages/c") == 1


def test_no_answer_holds_the_text_of_a_mail() -> None:
    """Only the headers, the structure and a calendar part's own attachment are asked for; a part among text is left out."""
    base = "/gmail/v1/users/me"
    inline = {"mimeType": "text/calendar", "headers": [], "body": {"size": 9}}
    forwarded = {"mimeType": "message/rfc822", "parts": [{"mimeType": "text/calendar", "body": {"attachmentId": "no"}}]}
    attached = {
        "mimeType": "application/ics",
        "filename": "invite.ics",
        "headers": [{"name": "Content-Type", "value": 'application/ics; name="x"; charset="utf-16"'}],
        "body": {"attachmentId": "z", "size": 9},
    }
    whole = [
        ("a", [{"mimeType": "multipart/alternative", "parts": [{"mimeType": "text/plain"}, inline]}, attached]),
        ("b", [{"mimeType": "text/plain"}, inline]),
        ("c", [forwarded]),
    ]
    with Script() as script:
        script.on(f"{base}/profile", {"historyId": "5"})
        script.on(f"{base}/messages", {"messages": [{"id": key} for key, _ in whole] + [{"id": "d"}]})
        for key, parts in whole:
            mail_ = told(key)
            mail_["payload"] = {**mail_["payload"], "mimeType": "multipart/mixed", "parts": parts}  # type: ignore[dict-item]
            script.on(f"{base}/messages/{key}", mail_)
        only = told("d")
        only["payload"] = {**only["payload"], "mimeType": "text/calendar", "body": {"size": 9}}  # type: ignore[dict-item]
        data = {"payload": {"body": {"data": urlsafe_b64encode(INVITATION.encode()).decode()}}}
        script.on(f"{base}/messages/d", only, data)
        script.on(f"{base}/messages/a/attachments/z", {"data": urlsafe_b64encode(INVITATION.encode("utf-16")).decode()})
        pages = list(source(script.root, signed_in("word"), calendar=False, contacts=False).pull(None))
    assert subjects(pages) == {
        "mail a": ("invitation",),
        "mail b": ("invitation",),
        "mail c": (),
        "mail d": ("invitation",),
    }
    assert [event.uid for page in pages for event in page.events] == ["walk@example.org"] * 2
    [reject] = [reject for page in pages for reject in page.rejects]
    assert (reject.key, reject.reason.startswith("Gmail gives its invitation only together with")) == (
        "b/invitation",
        True,
    )
    masks = [asked.query["fields"] for asked in script.asked if "/messages/" in asked.path]
    assert {mask for mask in masks if "data" in mask} == {"payload/body/data", "data"}
    assert not [mask for mask in masks if "snippet" in mask or "raw" in mask]
