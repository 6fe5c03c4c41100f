"""The data archives of LinkedIn, Facebook, Instagram and X: connections, messages and calls, with direction."""

import datetime as dt
import json
from io import BytesIO
from pathlib import Path

import pytest

from connectors.records import Call, Card, Chat
from connectors.talk_files import TALK_FILES, talk_kind
from connectors.talk_told import GROUPS, Own, Told
from tests.connectors.folder_files import pull, tarred, zipped

OWN = Own("Dana Reyes", "Europe/Berlin")
DANA, ANN, BEN = (f"https://www.linkedin.com/in/{name}-example" for name in ("dana", "ann", "ben"))


def read(data: bytes, place: str = "file", own: Own = OWN) -> Told:
    """All that a file tells, by the reader that its first bytes choose."""
    kind = talk_kind(data[:8192])
    assert kind is not None
    parts = list(TALK_FILES[kind].read(BytesIO(data), place, own))
    return Told(
        tuple(one for part in parts for one in part.cards),
        tuple(one for part in parts for one in part.calls),
        tuple(one for part in parts for one in part.chats),
        tuple(one for part in parts for one in part.rejects),
        next((part.note for part in parts if part.note), ""),
        "".join(part.account for part in parts),
    )


def utc(*moment: int) -> int:
    """A moment in UTC."""
    return int(dt.datetime(*moment, tzinfo=dt.UTC).timestamp()) * 1_000_000  # type: ignore[misc,arg-type]


MESSAGES = (
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,"
    "ATTACHMENTS,IS MESSAGE DRAFT\n"
    f'2-a==,,Ann Example,{ANN},Dana Reyes,{DANA},2026-03-04 15:00:12 UTC,,"Hi, ""Dana""\n\nsecret words",INBOX,,No\n'
    f"2-a==,,Dana Reyes,{DANA},Ann Example,{ANN},2026-03-05 08:30:00 UTC,,Hello,INBOX,,No\n"
    f"2-b==,,Ben Example,{BEN},Dana Reyes,{DANA},2026-03-06 08:30:00 UTC,,Hello,INBOX,,No\n"
    f'2-c==,Trip,Ben Example,{BEN},"Dana Reyes,Ann Example","{DANA},{ANN}",2026-03-07 08:30:00 UTC,,All,INBOX,,No\n'
    f"2-d==,,Spammer,{BEN}2,Dana Reyes,{DANA},2026-03-06 08:30:00 UTC,,Buy,SPAM,,No\n"
    f"2-a==,,Dana Reyes,{DANA},Ann Example,{ANN},2026-03-09 08:30:00 UTC,,Never sent,INBOX,,Yes\n"
)


@pytest.mark.parametrize("own", ["Dana Reyes", "Somebody Else"])
def test_linkedins_messages(own: str) -> None:
    """Direction by who has part in every conversation, whatever they are called; groups, spam and drafts are none."""
    assert read(MESSAGES.encode(), own=Own(own, "Europe/Berlin")) == Told(
        chats=(
            Chat("file", "2-a==/2", utc(2026, 3, 4, 15, 0, 12), "in", ANN, "Ann Example", "linkedin"),
            Chat("file", "2-a==/5", utc(2026, 3, 5, 8, 30), "out", ANN, "Ann Example", "linkedin"),
            Chat("file", "2-b==/6", utc(2026, 3, 6, 8, 30), "in", BEN, "Ben Example", "linkedin"),
        ),
        note=GROUPS,
    )


def test_one_conversation_on_linkedin_needs_the_owners_name() -> None:
    """Two people have part in it; the one of the settings is the owner, and where neither is, nothing is guessed."""
    one = "".join(MESSAGES.splitlines(keepends=True)[:5]).encode()
    assert [chat.direction for chat in read(one).chats] == ["in", "out"]
    told = read(one, own=Own("Somebody Else", "Europe/Berlin"))
    assert (told.chats, len(told.rejects)) == ((), 1)


def test_linkedins_invitations_are_no_contact() -> None:
    """Whom the owner has invited is known, without a date; who has invited the owner is a stranger as before."""
    data = (
        "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
        f'Dana Reyes,Ann Example,"3/4/26, 3:00 PM",Hi,OUTGOING,{DANA},{ANN}\n'
        f'Ben Example,Dana Reyes,"3/4/26, 3:00 PM",,INCOMING,{BEN},{DANA}\n'
    )
    told = read(data.encode())
    assert [(card.name, card.profiles, card.connected_at, card.form) for card in told.cards] == [
        ("Ann Example", (ANN,), None, "linkedin")
    ]
    assert (told.calls, told.chats, told.rejects) == ((), (), ())


def test_facebooks_friends() -> None:
    """Since when, and names as they are: the archive writes each byte of UTF-8 as a letter."""
    data = json.dumps(
        {
            "friends_v2": [
                {"name": "José Árbol".encode().decode("latin-1"), "timestamp": 1_600_000_000},
                {"name": "", "timestamp": 1},
            ]
        }
    )
    (card,) = read(data.encode()).cards
    assert card == Card(
        "file",
        "José Árbol/1600000000000000",
        "José Árbol",
        "José",
        "Árbol",
        (),
        "",
        "",
        (),
        (),
        (),
        "individual",
        (),
        (),
        1_600_000_000_000_000,
        None,
        "facebook",
    )


def conversation(
    *senders: str, title: str = "Ann Example", people: tuple[str, ...] = ("Ann Example", "Dana Reyes")
) -> bytes:
    """A conversation in the archive's layout, newest message first."""
    messages = [
        {"sender_name": name, "timestamp_ms": 1_772_636_400_000 - number * 60_000, "content": "secret", "reactions": []}
        for number, name in enumerate(senders)
    ]
    named = [{"name": name} for name in people]
    return json.dumps({"participants": named, "messages": messages, "title": title, "magic_words": []}).encode()


@pytest.mark.parametrize("own", ["Dana Reyes", "D."])
def test_facebooks_messages(own: str) -> None:
    """Direction by the conversation's title, which is the other's name, where the owner's name does not tell."""
    told = read(conversation("Dana Reyes", "Ann Example"), own=Own(own, "UTC"))
    at = 1_772_636_400_000_000
    assert told == Told(
        chats=(
            Chat("file", "1", at, "out", "", "Ann Example", "facebook"),
            Chat("file", "2", at - 60_000_000, "in", "", "Ann Example", "facebook"),
        )
    )


def test_facebooks_groups_count_for_nobody() -> None:
    """More than two people: nothing is read of it."""
    people = ("Ann Example", "Ben Example", "Dana Reyes")
    assert read(conversation("Ann Example", people=people, title="Trip")) == Told(note=GROUPS)


def test_facebooks_calls() -> None:
    """A call in a conversation is a call: taken, or missed."""
    calls = [
        {"sender_name": "Ann Example", "timestamp_ms": 1_772_636_400_000, "type": "Call", "call_duration": 65},
        {"sender_name": "Ann Example", "timestamp_ms": 1_772_636_000_000, "type": "Call", "call_duration": 0},
        {"sender_name": "Dana Reyes", "timestamp_ms": 1_772_635_000_000, "type": "Call", "call_duration": 0},
    ]
    data = {
        "participants": [{"name": "Ann Example"}, {"name": "Dana Reyes"}],
        "messages": calls,
        "title": "Ann Example",
    }
    assert read(json.dumps(data).encode()).calls == (
        Call("file", "1", 1_772_636_400_000_000, "in", 65, "", "Ann Example"),
        Call("file", "2", 1_772_636_000_000_000, "missed", 0, "", "Ann Example"),
        Call("file", "3", 1_772_635_000_000_000, "out", 0, "", "Ann Example"),
    )


def test_facebooks_encrypted_messages_and_instagrams() -> None:
    """The encrypted part's layout is another; Instagram's is the same in a folder of its own."""
    encrypted = {
        "participants": ["Ann Example", "Dana Reyes"],
        "threadName": "Ann Example_12",
        "messages": [{"senderName": "Ann Example", "text": "secret", "timestamp": 1_772_636_400_000, "type": "text"}],
    }
    assert [chat.direction for chat in read(json.dumps(encrypted).encode()).chats] == ["in"]
    place = "instagram-dana.zip!/your_instagram_activity/messages/inbox/ann_1/message_1.json"
    assert [chat.network for chat in read(conversation("Ann Example"), place).chats] == ["instagram"]


def x_part(name: str, value: object) -> bytes:
    """A file of X's archive."""
    return f"window.YTD.{name}.part0 = {json.dumps(value)}".encode()


def x_talk(one: str, two: str, *senders: str) -> dict[str, object]:
    """A conversation of X's archive."""
    messages = [
        {
            "messageCreate": {
                "recipientId": two if sender == one else one,
                "text": "secret",
                "senderId": sender,
                "id": f"{one}{two}{number}",
                "createdAt": f"2026-03-04T15:00:{number:02d}.123Z",
            }
        }
        for number, sender in enumerate(senders)
    ]
    return {"dmConversation": {"conversationId": f"{one}-{two}", "messages": messages}}


def test_x_follows_are_cards_without_names() -> None:
    """The archive knows numbers only."""
    data = x_part(
        "following", [{"following": {"accountId": "22", "userLink": "https://twitter.com/intent/user?user_id=22"}}]
    )
    (card,) = read(data).cards
    assert (card.name, card.profiles, card.connected_at) == ("", ("https://x.com/i/user/22",), None)


def test_x_messages_by_the_account(tmp_path: Path) -> None:
    """account.js tells who the owner is; without it, who has part in two conversations."""
    account = x_part("account", [{"account": {"accountId": "11", "username": "dana"}}])
    one = x_part("direct_messages", [x_talk("11", "22", "11", "22")])
    assert read(one).chats == ()
    assert len(read(one).rejects) == 1
    (tmp_path / "x.tgz").write_bytes(tarred({"data/account.js": account, "data/direct-messages.js": one}))
    pulled = pull(tmp_path)
    assert [(chat.direction, chat.who) for chat in pulled.chats] == [
        ("out", "https://x.com/i/user/22"),
        ("in", "https://x.com/i/user/22"),
    ]
    assert pulled.rejects == []
    two = x_part("direct_messages", [x_talk("11", "22", "11", "22"), x_talk("33", "11", "33")])
    told = read(two)
    assert [(chat.key, chat.direction, chat.who[-2:]) for chat in told.chats] == [
        ("11220", "out", "22"),
        ("11221", "in", "22"),
        ("33110", "in", "33"),
    ]
    assert told.chats[0].at == utc(2026, 3, 4, 15) + 123_000


def test_no_text_of_a_message_is_kept(tmp_path: Path) -> None:
    """Not in records, rejects or cursors, of any archive."""
    files = {
        "messages.csv": MESSAGES.encode(),
        "inbox/ann_1/message_1.json": conversation("Ann Example"),
        "data/account.js": x_part("account", [{"account": {"accountId": "11"}}]),
        "data/direct-messages.js": x_part("direct_messages", [x_talk("11", "22", "11")]),
    }
    (tmp_path / "all.zip").write_bytes(zipped(files))
    pulled = pull(tmp_path)
    assert len(pulled.chats) == 5
    assert "secret" not in repr(pulled.pages)
