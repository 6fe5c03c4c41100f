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


def test_who_is_known_from_messages_alone_is_a_contact(store: Store) -> None:
    """They wrote and were answered, by a whole name: a discovered contact, without a card, by number or by name."""
    chats = [
        chat("1", "+44 20 7946 0321", name="Priya Sample"),
        chat("2", "+44 20 7946 0321", name="Priya Sample", direction="out", at=AT + MINUTE),
        chat("3", "", name="Sample, Tom", network="whatsapp"),
        chat("4", "", name="Tom Sample", direction="out", at=AT + MINUTE, network="whatsapp"),
    ]
    found = ledger(store, Page("1", chats=chats))
    assert [row[:1] + row[2:4] for row in found] == [
        ("Priya Sample", "in", "chat/1"),
        ("Priya Sample", "out", "chat/2"),
        ("Tom Sample", "in", "chat/3"),
        ("Tom Sample", "out", "chat/4"),
    ]
    assert {
        row["name"]: (row["discovered"], row["has_card"]) for row in store.rows("contacts") if row["discovered"]
    } == {
        "Priya Sample": (True, False),
        "Tom Sample": (True, False),
    }
    assert ("phone", "+442079460321", "exchange") in {
        (row["kind"], row["address"], row["rule"]) for row in store.rows("addresses")
    }
    assert not any("talk" in str(row["key"]) for row in store.rows("contact_cards"))


@pytest.mark.parametrize(
    "told",
    [
        {"name": "Priya Sample", "answer": ""},  # they never got an answer
        {"name": "Priya", "answer": "out"},  # a given name may be anybody's
        {"name": "", "answer": "out"},  # a number alone is nobody
        {"name": "Ann Other", "who": "0170 1234567", "answer": "out"},  # the number is Ann's
        {"name": "Eve Jones", "answer": "out"},  # one of two
        {"name": "Dana Reyes", "answer": "out"},  # the owner
    ],
)
def test_nobody_is_made_up_of_messages(store: Store, told: dict[str, str]) -> None:
    """One side alone, half a name, or what belongs to somebody known adds no contact."""
    who = told.get("who", "+44 20 7946 0321")
    chats = [chat("1", who, name=told["name"])]
    if told["answer"]:
        chats.append(chat("2", who, name=told["name"], direction="out", at=AT + MINUTE))
    ledger(store, Page("1", chats=chats))
    assert [row["name"] for row in store.rows("contacts") if row["discovered"]] == []


def test_a_card_takes_over_whom_messages_made_known(store: Store) -> None:
    """Once the owner writes a card, the contact keeps its number."""
    chats = [
        chat("1", "+44 20 7946 0321", name="Priya Sample"),
        chat("2", "+44 20 7946 0321", name="Priya Sample", direction="out", at=AT + MINUTE),
    ]
    ledger(store, Page("1", chats=chats))
    [before] = [row["contact_id"] for row in store.rows("contacts") if row["name"] == "Priya Sample"]
    ledger(store, Page("2", cards=[*CARDS, card("Priya Sample", phones=("+442079460321",))]))
    [after] = [row for row in store.rows("contacts") if row["name"] == "Priya Sample"]
    assert (after["contact_id"], after["discovered"]) == (before, False)


def test_a_card_takes_over_a_name_from_messages(store: Store) -> None:
    """Somebody known by name alone keeps the number when a card of that name comes; where two bear it, nobody does."""
    chats = [
        chat("1", "", name="Priya Sample", direction="in", network="whatsapp"),
        chat("2", "", name="Priya Sample", direction="out", network="whatsapp", at=AT + MINUTE),
    ]
    ledger(store, Page("1", chats=chats))
    [before] = [row["contact_id"] for row in store.rows("contacts") if row["name"] == "Priya Sample"]
    ledger(store, Page("2", cards=[card("Priya Sample", emails=("priya@example.org",))]))
    [after] = [row for row in store.rows("contacts") if row["name"] == "Priya Sample"]
    assert (after["contact_id"], after["discovered"]) == (before, False)


def test_the_messages_of_a_day_weigh_as_a_mail(store: Store) -> None:
    """Each way, by the owner's days: thirty lines in an hour are one talk."""
    day = 24 * 60 * MINUTE
    times = [AT, AT + 5 * MINUTE, AT + 6 * 60 * MINUTE, AT + 10 * 60 * MINUTE]  # 16:00, 16:05, 22:00; 02:00 of the next
    chats = [chat(str(n), "+491701234567", at=at) for n, at in enumerate(times)]
    chats += [
        chat("mine", "+491701234567", direction="out", at=AT + MINUTE),
        chat("later", "+491701234567", at=AT + 3 * day),
    ]
    weights = {reference: weight for _, _, _, reference, weight in ledger(store, Page("1", chats=chats))}
    assert weights == {
        "chat/0": pytest.approx(1 / 3),
        "chat/1": pytest.approx(1 / 3),
        "chat/2": pytest.approx(1 / 3),
        "chat/3": 1.0,
        "chat/mine": 1.0,
        "chat/later": 1.0,
    }
