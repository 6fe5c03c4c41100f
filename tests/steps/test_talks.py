"""Calls and direct messages in the ledger: whose they are, which way, and each once."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from connectors.records import Call, Card, Chat, Page
from pipelines.steps import contacts, interactions, mails, occurrences
from pipelines.steps.moment import Moment
from pipelines.store import Store

AS_OF = dt.datetime(2026, 11, 16, tzinfo=dt.UTC)
MOMENT = Moment(AS_OF, "Europe/Berlin", "Dana Reyes", "2026-W46")
MINUTE = 60_000_000
AT = int(dt.datetime(2026, 11, 4, 15, tzinfo=dt.UTC).timestamp()) * 1_000_000
ANN_PROFILE = "https://www.linkedin.com/in/ann-example/"


def card(
    name: str, *, phones: tuple[str, ...] = (), emails: tuple[str, ...] = (), profiles: tuple[str, ...] = ()
) -> Card:
    """A card of the owner's address book."""
    given, _, family = name.rpartition(" ")
    key = name or profiles[0]
    form = "x" if not name else "vcard"
    return Card(
        "book", key, name, given, family, (), "", "", emails, phones, profiles, "individual", (), (), None, None, form
    )


CARDS = [
    card("Ann Example", phones=("0170 1234567",), emails=("ann@example.org",), profiles=(ANN_PROFILE,)),
    card("Ben Example", phones=("030 5550100",)),
    card("Cleo Example", phones=("+49 30 5550100",)),
    card("Eve Jones", emails=("eve@example.org",)),
    card("Eve Jones", emails=("eve.jones@example.com",)),
    card("Madonna", phones=("+44 20 7946 0000",)),
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store in which the owner is Dana, in Berlin."""
    opened = Store(tmp_path / "dana.duckdb")
    opened.write("own_addresses", pa.table({"address": ["dana@example.org"]}))
    yield opened
    opened.close()


def ledger(store: Store, page: Page) -> list[tuple[str, str, str, str, float]]:
    """The ledger after this page: the contact's name, channel, direction, reference, weight."""
    store.save("files", page._replace(cards=page.cards or CARDS), AS_OF)
    mails.rebuild(store, MOMENT)
    occurrences.rebuild(store, MOMENT)
    contacts.rebuild(store, MOMENT)
    interactions.rebuild(store, MOMENT)
    names = {row["contact_id"]: str(row["name"]) for row in store.rows("contacts")}
    return sorted(
        (names[row["contact_id"]], row["channel"], row["direction"], row["reference"], row["weight"])
        for row in store.read("interactions").to_pylist()
    )


def call(
    key: str, number: str, *, name: str = "", direction: str = "in", seconds: int = 60, at: int = AT, log: str = "log"
) -> Call:
    return Call(log, key, at, direction, seconds, number, name)


def chat(
    key: str, who: str, *, name: str = "", direction: str = "in", at: int = AT, log: str = "chat", network: str = "sms"
) -> Chat:
    return Chat(log, key, at, direction, who, name, network)


@pytest.mark.parametrize(
    "number", ["+491701234567", "0170 1234567", "0170/123 45 67", "00491701234567", "+49 (0)170 1234567"]
)
def test_a_number_is_known_however_it_is_written(store: Store, number: str) -> None:
    """With its country or without, which is then the owner's."""
    assert ledger(store, Page("1", calls=[call("1", number)])) == [("Ann Example", "call", "both", "log/1", 1.0)]


def test_profiles_addresses_and_full_names_are_known(store: Store) -> None:
    """A profile in any spelling, a mail address in any case, a name in either order."""
    chats = [
        chat("1", "https://linkedin.com/in/Ann-Example", network="linkedin"),
        chat("2", "ANN@example.org", network="imessage", at=AT + MINUTE),
        chat("3", "", name="Example, Ann", network="whatsapp", at=AT + 2 * MINUTE),
        chat("4", "", name="Madonna", network="whatsapp"),
    ]
    assert [row[:1] + row[3:4] for row in ledger(store, Page("1", chats=chats))] == [
        ("Ann Example", "chat/1"),
        ("Ann Example", "chat/2"),
        ("Ann Example", "chat/3"),
        ("Madonna", "chat/4"),
    ]


def test_who_may_be_several_is_nobody(store: Store) -> None:
    """A name that two bear, a given name alone, a number that two share: unless the name tells."""
    page = Page(
        "1",
        chats=[
            chat("1", "", name="Eve Jones"),
            chat("2", "", name="Ann"),
            chat("3", "", name="Nobody Known"),
            chat("4", "+44170123456"),
        ],
        calls=[call("5", "030 5550100"), call("6", "030 5550100", name="Ben Example", at=AT + 5 * MINUTE)],
    )
    found = [row[:1] + row[3:4] for row in ledger(store, page)]
    assert found == [("Ben Example", "log/6")]


def test_missed_and_unanswered_calls_are_no_interaction(store: Store) -> None:
    """They stay in the ledger without weight; whoever rang tells the direction."""
    calls = [
        call("1", "+491701234567", direction="missed", seconds=0),
        call("2", "+491701234567", direction="out", seconds=0, at=AT + 5 * MINUTE),
        call("3", "+491701234567", direction="out", seconds=5, at=AT + 9 * MINUTE),
    ]
    assert [row[1:] for row in ledger(store, Page("1", calls=calls))] == [
        ("call", "both", "log/3", 1.0),
        ("call", "in", "log/1", 0.0),
        ("call", "out", "log/2", 0.0),
    ]


def test_the_same_call_in_two_logs_counts_once(store: Store) -> None:
    """They differ by seconds; two calls that one log holds are two, however close."""
    calls = [
        call("1", "+491701234567", seconds=20),
        call("2", "+491701234567", seconds=20, at=AT + MINUTE),
        call("1", "0170 1234567", name="Ann Example", seconds=22, at=AT + 2_000_000, log="other"),
        call("2", "0170 1234567", name="Ann Example", seconds=22, at=AT + MINUTE + 2_000_000, log="other"),
        call("3", "0170 1234567", name="Ann Example", seconds=22, at=AT + 60 * MINUTE, log="other"),
    ]
    assert [row[3] for row in ledger(store, Page("1", calls=calls))] == ["log/1", "log/2", "other/3"]


def test_the_same_message_in_two_exports_counts_once(store: Store) -> None:
    """One may tell seconds and the other only minutes; two messages in one minute are two."""
    seconds = [chat(str(n), "", name="Ann Example", at=AT + n * 7_000_000, network="whatsapp") for n in range(3)]
    minutes = [chat(str(n), "", name="Ann Example", log="old", network="whatsapp") for n in range(4)]
    other = [chat("1", "+491701234567", log="sms")]
    answer = [chat("9", "", name="Ann Example", direction="out", network="whatsapp")]
    found = [row[2:4] for row in ledger(store, Page("1", chats=[*seconds, *minutes, *other, *answer]))]
    assert found == [
        ("in", "chat/0"),
        ("in", "chat/1"),
        ("in", "chat/2"),
        ("in", "old/3"),
        ("in", "sms/1"),
        ("out", "chat/9"),
    ]


def test_what_is_still_to_come_is_not_known(store: Store) -> None:
    """A clock that went wrong makes no contact."""
    assert ledger(store, Page("1", calls=[call("1", "+491701234567", at=AT + 30 * 86_400_000_000)])) == []


def test_an_account_without_a_name_is_somebody_once_a_message_passed(store: Store) -> None:
    """X's archive knows those whom one follows by number only: thousands of numbers are no contacts."""
    followed = [card("", profiles=(f"https://x.com/i/user/{number}",)) for number in (22, 33)]
    page = Page("1", cards=followed, chats=[chat("1", "https://x.com/i/user/22", network="x")])
    assert ledger(store, page) == [("x.com/i/user/22", "message", "in", "chat/1", 1.0)]
    assert store.count("contacts") == 1
