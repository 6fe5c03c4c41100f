"""The ledger: every mail, call and message between the owner and a contact, once, or why it does not count."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from connectors.records import Call, Chat, Message, Page
from pipelines.steps import interactions, mails
from pipelines.steps.moment import Moment
from pipelines.store import Store

AS_OF = dt.datetime(2026, 11, 16, 5, tzinfo=dt.UTC)
MOMENT = Moment(AS_OF, "America/New_York", "Dana Reyes", "2026-W46")
ME, ANN, BEN = "dana@example.org", "ann@example.org", "ben@example.org"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store in which the owner is Dana, and Ann and Ben are contacts."""
    opened = Store(tmp_path / "dana.duckdb")
    opened.write("own_addresses", pa.table({"address": [ME]}))
    people = {"ann": ("Ann Example", ANN), "ben": ("Ben Example", BEN)}
    opened.write("contacts", pa.table({"contact_id": list(people), "name": [name for name, _ in people.values()]}))
    opened.write(
        "addresses",
        pa.table(
            {
                "contact_id": [*people, "ann"],
                "kind": ["email", "email", "phone"],
                "address": [*(address for _, address in people.values()), "+15550123456"],
            }
        ),
    )
    yield opened
    opened.close()


def micros(day: int, hour: int = 12) -> int:
    """A moment in November 2026."""
    return int(dt.datetime(2026, 11, day, hour, tzinfo=dt.UTC).timestamp() * 1_000_000)


def message(
    key: str,
    sender: str,
    to: tuple[str, ...],
    day: int = 3,
    *,
    place: str = "INBOX",
    marks: tuple[str, ...] = (),
    cc: tuple[str, ...] = (),
    name: str = "",
) -> Message:
    """A copy of a mail; its Message-ID is its key."""
    at = micros(day)
    return Message(
        place=place,
        key=key,
        message_key=key,
        message_id=key,
        sent_at=at,
        received_at=at,
        time_note=None,
        subject="Dinner?",
        sender=sender,
        sender_name=name,
        reply_to="",
        to_addresses=to,
        to_names=("",) * len(to),
        cc_addresses=cc,
        cc_names=("",) * len(cc),
        bcc_addresses=(),
        in_reply_to=None,
        marks=marks,
    )


def ledger(store: Store, page: Page) -> list[tuple[str, str, str, str, float, str | None]]:
    """The ledger after this page: contact, channel, direction, reference, weight, exclusion."""
    store.save("mail", page, AS_OF)
    mails.rebuild(store, MOMENT)
    interactions.rebuild(store, MOMENT)
    rows = store.read("interactions").to_pylist()
    names = ("contact_id", "channel", "direction", "reference", "weight", "exclusion")
    return sorted((tuple(row[name] for name in names) for row in rows), key=str)


def test_a_mail_each_way(store: Store) -> None:
    """Sent is told by the author being the owner, received by the owner being named."""
    page = Page("1", messages=[message("a@x", ME, (ANN,)), message("b@x", ANN, (ME,))])
    assert ledger(store, page) == [
        ("ann", "email", "in", "b@x", 1.0, None),
        ("ann", "email", "out", "a@x", 1.0, None),
    ]


def test_the_same_mail_counts_once(store: Store) -> None:
    """However many folders, accounts and exports hold a copy."""
    copies = [message("a@x", ANN, (ME,), place=place) for place in ("INBOX", "Archive", "old.mbox")]
    assert ledger(store, Page("1", messages=copies)) == [("ann", "email", "in", "a@x", 1.0, None)]


def test_a_list_copy_beside_a_direct_one_is_personal(store: Store) -> None:
    """A mail that also came through a list came to the owner all the same."""
    copies = [
        message("a@x", ANN, (ME,), place="INBOX"),
        message("a@x", ANN, (ME,), place="Lists", marks=("list", "bulk")),
    ]
    assert ledger(store, Page("1", messages=copies)) == [("ann", "email", "in", "a@x", 1.0, None)]


def test_a_third_persons_mail_to_both_is_neithers(store: Store) -> None:
    """What Ben writes to Dana and Ann is Ben's; Ann, who is copied, has done nothing."""
    page = Page("1", messages=[message("a@x", BEN, (ME, ANN))])
    assert ledger(store, page) == [("ben", "email", "in", "a@x", 0.75, None)]


def test_every_recipient_is_credited(store: Store) -> None:
    """Not the first alone; who is only copied counts half."""
    page = Page("1", messages=[message("a@x", ME, ("x@example.org", ANN), cc=(BEN,))])
    assert [row[:2] + row[4:5] for row in ledger(store, page)] == [("ann", "email", 0.6038), ("ben", "email", 0.3019)]


def test_mail_to_many_stays_with_its_reason(store: Store) -> None:
    """A card to forty people is kept, and counts for nobody."""
    many = (ANN, *(f"p{number}@example.org" for number in range(40)))
    page = Page("1", messages=[message("a@x", ME, many)])
    assert ledger(store, page) == [("ann", "email", "out", "a@x", 0.0, "you sent it to 41 people at once")]


def test_what_came_later_is_not_known(store: Store) -> None:
    """A mail after the moment is not there, in the ledger or among the messages."""
    page = Page("1", messages=[message("a@x", ANN, (ME,), day=18)])
    assert ledger(store, page) == []
    assert store.count("messages") == 0


def test_a_mail_without_a_time_is_kept_and_counts_for_nothing(store: Store) -> None:
    """Nothing is lost, and no date is made up."""
    page = Page("1", messages=[message("a@x", ANN, (ME,))._replace(sent_at=None, received_at=None)])
    assert ledger(store, page) == []
    assert [row["exclusion"] for row in store.read("messages").to_pylist()] == ["nothing tells when it was sent"]


def test_a_tagged_address_is_the_same_person(store: Store) -> None:
    """Ann with a tag is Ann, and Dana with a tag is Dana."""
    page = Page("1", messages=[message("a@x", "Ann+work@example.org", ("dana+shop@example.org",))])
    assert ledger(store, page) == [("ann", "email", "in", "a@x", 1.0, None)]


def test_a_shared_address_is_credited_by_name_or_not_at_all(store: Store) -> None:
    """A couple's address is the one's whose name the mail gives; a mail in both names is nobody's alone."""
    shared = "family@example.org"
    rows = store.read("addresses").to_pylist() + [
        {"contact_id": each, "kind": "email", "address": shared} for each in ("ann", "ben")
    ]
    store.write("addresses", pa.Table.from_pylist(rows))
    page = Page(
        "1",
        messages=[
            message("a@x", shared, (ME,), name="Ann Example"),
            message("b@x", shared, (ME,), name="Ann & Ben Example"),
        ],
    )
    assert ledger(store, page) == [("ann", "email", "in", "a@x", 1.0, None)]


def test_calls_and_messages_are_interactions(store: Store) -> None:
    """A call that was taken is both's, one that was missed is none; a number is known with and without its country."""
    page = Page(
        "1",
        calls=[
            Call("log", "1", micros(4), "out", 300, "(555) 012-3456", ""),
            Call("other log", "1", micros(4) + 2_000_000, "out", 300, "+1 555 012 3456", ""),
            Call("log", "2", micros(5), "missed", 0, "+15550123456", ""),
        ],
        chats=[Chat("chat", "3", micros(6), "in", "", "Ben Example", "signal")],
    )
    assert ledger(store, page) == [
        ("ann", "call", "both", "log/1", 1.0, None),
        ("ann", "call", "in", "log/2", 0.0, "a missed call"),
        ("ben", "message", "in", "chat/3", 1.0, None),
    ]


def test_what_the_owner_notes_counts(store: Store) -> None:
    """“I called Ann on the third” is an interaction like any other."""
    store.append(
        "corrections",
        pa.table(
            {
                "correction_id": ["k1"],
                "made_at": pa.array([AS_OF], pa.timestamp("us", tz="UTC")),
                "kind": ["log"],
                "subject": ["ann"],
                "value": ['{"channel": "call", "at": "2026-11-03T18:00:00Z"}'],
                "origin": ["command"],
            }
        ),
    )
    assert ledger(store, Page("1")) == [("ann", "call", "both", "k1", 1.0, None)]


def test_no_mail_is_lost_or_counted_twice(store: Store) -> None:
    """Every mail is one message; none is both excluded and weighted."""
    page = Page(
        "1",
        messages=[
            message("a@x", ANN, (ME,)),
            message("b@x", ANN, (ME,), marks=("auto",)),
            message("c@x", "stranger@example.org", (ME,)),
            message("d@x", ME, (ANN,), marks=("draft",), place="Drafts"),
        ],
    )
    rows = ledger(store, page)
    assert store.count("messages") == 4
    assert [(row[3], row[4] > 0) for row in rows] == [("a@x", True), ("b@x", False), ("d@x", False)]
    assert all((weight > 0) == (reason is None) for *_, weight, reason in rows)
