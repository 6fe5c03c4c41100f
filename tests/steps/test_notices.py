"""Networks' notices: no mail between two people, but a message, a connection or news of one that is known."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from connectors.records import Card, Chat, Message, Page
from pipelines.steps import contacts, interactions, mails, occurrences, work_news
from pipelines.steps.moment import Moment
from pipelines.store import Store
from reports.facts import News

AS_OF = dt.datetime(2026, 11, 16, tzinfo=dt.UTC)
MOMENT = Moment(AS_OF, "Europe/Berlin", "Dana Reyes", "2026-W46")
AT = dt.datetime(2026, 11, 4, 15, tzinfo=dt.UTC)
LINKEDIN = "messages-noreply@linkedin.com"
PROFILE = "https://www.linkedin.com/in/ann-example"


def micros(moment: dt.datetime) -> int:
    return int(moment.timestamp() * 1_000_000)


def card(
    name: str, *, profiles: tuple[str, ...] = (), emails: tuple[str, ...] = (), connected: int | None = None
) -> Card:
    """A card of an address book."""
    given, _, family = name.rpartition(" ")
    key = f"{name}/{emails}"
    return Card(
        "book",
        key,
        name,
        given,
        family,
        (),
        "",
        "",
        emails,
        (),
        profiles,
        "individual",
        (),
        (),
        connected,
        None,
        "vcard",
    )


CARDS = [
    card("Ann Example", profiles=(PROFILE,)),
    card("Eve Jones", emails=("eve@example.org",)),
    card("Eve Jones", emails=("eve.jones@example.com",)),
]


def notice(key: str, subject: str, *, sender: str = LINKEDIN, name: str = "LinkedIn", at: dt.datetime = AT) -> Message:
    """A notice mail to Dana."""
    return Message(
        place="INBOX",
        key=key,
        message_key=key,
        message_id=key,
        sent_at=micros(at),
        received_at=micros(at),
        time_note=None,
        subject=subject,
        sender=sender,
        sender_name=name,
        reply_to="",
        to_addresses=("dana@example.org",),
        to_names=("",),
        cc_addresses=(),
        cc_names=(),
        bcc_addresses=(),
        in_reply_to=None,
        marks=("bulk",),
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store in which the owner is Dana."""
    opened = Store(tmp_path / "dana.duckdb")
    opened.write("own_addresses", pa.table({"address": ["dana@example.org"]}))
    yield opened
    opened.close()


def judged(
    store: Store, *notices: Message, chats: tuple[Chat, ...] = (), cards: list[Card] = CARDS
) -> list[tuple[object, ...]]:
    """The ledger after these mails: channel, direction, reference, weight."""
    store.save("mail", Page("1", messages=list(notices), chats=list(chats), cards=cards), AS_OF)
    mails.rebuild(store, MOMENT)
    occurrences.rebuild(store, MOMENT)
    contacts.rebuild(store, MOMENT)
    interactions.rebuild(store, MOMENT)
    names = ("channel", "direction", "reference", "weight")
    return sorted(tuple(row[name] for name in names) for row in store.read("interactions").to_pylist())


def test_a_notice_of_a_message_is_a_message(store: Store) -> None:
    """From whoever bears the name; the mail itself counts for nothing, with its reason."""
    assert judged(store, notice("a@x", "Ann Example sent you a message")) == [("message", "in", "notice/a@x", 1.0)]
    assert [row["exclusion"] for row in store.rows("messages")] == ["a no-reply sender"]


def test_the_message_in_an_export_and_its_notice_count_once(store: Store) -> None:
    """The export tells it better; another message of which only the notice tells stays."""
    chat = Chat("messages.csv", "1", micros(AT) - 3_600_000_000, "in", PROFILE, "Ann Example", "linkedin")
    later = notice("b@x", "Ann Example sent you a message", at=AT + dt.timedelta(days=3))
    found = judged(store, notice("a@x", "Ann Example sent you a message"), later, chats=(chat,))
    assert found == [("message", "in", "messages.csv/1", 1.0), ("message", "in", "notice/b@x", 1.0)]


@pytest.mark.parametrize("who", ["Eve Jones", "Zoe Stranger", "Ann"])
def test_who_may_be_several_or_nobody_is_nobody(store: Store, who: str) -> None:
    """Two bear the name, or none, or it is no full name; and a notice makes nobody a contact."""
    assert (
        judged(store, notice("a@x", f"{who} sent you a message"), notice("b@x", f"{who} accepted your invitation"))
        == []
    )
    assert store.count("contacts") == 3
    assert store.count("notices") == 0


def test_a_forged_notice_says_nothing(store: Store) -> None:
    """From any other domain, or out of spam."""
    spam = notice("b@x", "Ann Example sent you a message")
    forged = notice("a@x", "Ann Example sent you a message", sender="messages-noreply@linkedin.com.example.net")
    assert judged(store, forged, spam._replace(marks=("bulk", "spam"))) == []


def test_a_connection_is_dated_and_no_contact_made(store: Store) -> None:
    """By the earliest notice; what an export says comes first."""
    later = notice("b@x", "Ann Example accepted your invitation", at=AT + dt.timedelta(days=1))
    assert judged(store, later, notice("a@x", "Ann Example accepted your invitation")) == []
    assert {row["connected_at"] for row in store.rows("contacts")} == {None, AT}
    exported = [card("Ann Example", profiles=(PROFILE,), connected=micros(AT) - 86_400_000_000), *CARDS]
    judged(store, later, cards=exported)
    assert {row["connected_at"] for row in store.rows("contacts")} == {None, AT - dt.timedelta(days=1)}


def test_news_is_kept_with_its_evidence(store: Store) -> None:
    """The mail's date and subject; it is no contact."""
    subject = "Congratulate Ann Example on the new job"
    assert judged(store, notice("a@x", subject, sender="notifications-noreply@linkedin.com")) == []
    (row,) = store.rows("notices")
    assert {name: row[name] for name in row if name != "contact_id"} == {
        "occurred_at": AT,
        "network": "linkedin",
        "kind": "job",
        "subject": subject,
        "message_key": "a@x",
        "message_id": "a@x",
    }


def test_news_of_the_week_is_told_in_the_report(store: Store) -> None:
    """Once a contact and kind, in the week in which it came."""
    sent = AS_OF - dt.timedelta(days=2)
    judged(
        store,
        notice("a@x", "Congratulate Ann Example on the new job", at=sent),
        notice(
            "b@x",
            "Congratulate Ann Example for starting a new position as Cook at Acme",
            at=sent + dt.timedelta(hours=1),
        ),
        notice("c@x", "Wish Ann Example a happy birthday", at=AS_OF - dt.timedelta(days=9)),
    )
    (ann,) = (row["contact_id"] for row in store.rows("contacts") if row["name"] == "Ann Example")
    subject = "Congratulate Ann Example on the new job"
    assert work_news.news(store) == (News(str(ann), "Ann Example", "job", sent, source="linkedin", subject=subject),)


def test_what_came_later_is_not_known(store: Store) -> None:
    """A notice after the moment says nothing yet."""
    assert judged(store, notice("a@x", "Ann Example sent you a message", at=AS_OF + dt.timedelta(hours=1))) == []
