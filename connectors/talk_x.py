"""Turn the accounts and the direct messages of X's (Twitter's) data archive into cards and chats."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from connectors.records import Card, Chat, Micros, Reject
from connectors.streams import Stream
from connectors.talk_json import Unreadable, field, items, number_in, text_in
from connectors.talk_told import BATCH, Own, Told, possible

_PART = re.compile(rb"(?:\xef\xbb\xbf)?\s*window\.YTD\.(\w+)\.part\d+\s*=")
_FOLLOWS = frozenset({b"following", b"follower"})
_MESSAGES = frozenset({b"direct_messages", b"direct_message"})
_ENTERED = frozenset({(), ("*",), ("*", "dmConversation"), ("*", "dmConversation", "messages")})
_HELD = 20_000  # messages held until a second conversation tells which of the two accounts is the owner's


def looks_like_follows(head: bytes) -> bool:
    """Whether these bytes begin following.js or follower.js."""
    return _part(head) in _FOLLOWS


def looks_like_x_messages(head: bytes) -> bool:
    """Whether these bytes begin direct-messages.js (those of groups lie in a file of their own, which is not read)."""
    return _part(head) in _MESSAGES


def looks_like_x_account(head: bytes) -> bool:
    """Whether these bytes begin account.js, which tells the owner's account number."""
    return _part(head) == b"account"


def _part(head: bytes) -> bytes:
    found = _PART.match(head)
    return found[1] if found else b""


def profile_of(account: str) -> str:
    """The address that leads to an account by its number: the archive knows no names."""
    return f"https://x.com/i/user/{account}"


def read_follows(stream: Stream, place: str, own: Own) -> Iterator[Told]:  # noqa: ARG001 - as all readers
    """Yield the accounts as cards without a name or a date, which the archive does not have."""
    cards: list[Card] = []
    try:
        for _, value in items(stream, frozenset({()})):
            account = next(
                (text_in(inner, "accountId") for name in ("following", "follower") if (inner := field(value, name))), ""
            )
            if account.isdecimal():
                profile = (profile_of(account),)
                cards.append(
                    Card(place, account, "", "", "", (), "", "", (), (), profile, "individual", (), (), None, None, "x")
                )
            if len(cards) >= BATCH:
                yield Told(cards=tuple(cards))
                cards = []
    except Unreadable as error:
        yield Told(rejects=(Reject(place, "", str(error)),))
    yield Told(cards=tuple(cards))


def read_x_account(stream: Stream, place: str, own: Own) -> Iterator[Told]:  # noqa: ARG001 - as all readers
    """Yield the owner's account number."""
    try:
        for _, value in items(stream, frozenset({()})):
            account = text_in(field(value, "account"), "accountId")
            if account:
                yield Told(account=f"x:{account}")
    except Unreadable as error:
        yield Told(rejects=(Reject(place, "", str(error)),))


class _Message(NamedTuple):
    key: str
    at: Micros
    sender: str
    recipient: str


def read_x_messages(stream: Stream, place: str, own: Own) -> Iterator[Told]:
    """Yield the direct messages in batches, without text. Which account is the owner's is told by account.js, which an
    archive holds before it, else by having part in every conversation."""
    mine = next((account[2:] for account in sorted(own.accounts) if account.startswith("x:")), "")
    waiting: list[_Message] = []
    chats: list[Chat] = []
    rejects: list[Reject] = []
    conversation = ""
    try:
        for path, value in items(stream, _ENTERED):
            if path[-1] == "conversationId":
                conversation = str(value)
            message = _message(value, conversation) if path[-1] == "*" else None
            if message is None:
                continue
            waiting.append(message)
            mine = mine or _in_all(waiting)
            if mine:
                chats += _chats(waiting, mine, place)
                waiting = []
            elif len(waiting) > _HELD:
                break
            if len(chats) >= BATCH:
                yield Told(chats=tuple(chats))
                chats = []
    except Unreadable as error:
        rejects.append(Reject(place, "", str(error)))
    if waiting:
        reason = "Which of the two accounts is yours can't be told: put the archive's account.js beside this file."
        rejects.append(Reject(place, "owner", reason))
    yield Told(chats=tuple(chats), rejects=tuple(rejects))


def _message(value: object, conversation: str) -> _Message | None:
    created = field(value, "messageCreate")
    sender, recipient = text_in(created, "senderId"), text_in(created, "recipientId")
    if not recipient and "-" in conversation:
        recipient = next((one for one in conversation.split("-") if one != sender), "")
    if not sender or not recipient:
        return None
    try:
        moment = datetime.fromisoformat(text_in(created, "createdAt").replace("Z", "+00:00"))
    except ValueError:
        return None
    at = int(moment.timestamp() * 1_000) * 1_000 if moment.tzinfo else 0
    key = text_in(created, "id") or str(number_in(created, "id") or f"{sender}/{at}")
    return _Message(key, at, sender, recipient) if possible(at) else None


def _in_all(messages: list[_Message]) -> str:
    """The one account that has part in all messages; "" while there are two."""
    first, last = messages[0], messages[-1]
    if {first.sender, first.recipient} == {last.sender, last.recipient}:
        return ""
    part = Counter(one for message in messages for one in {message.sender, message.recipient})
    return next((one for one, count in part.items() if count == len(messages)), "")


def _chats(messages: list[_Message], mine: str, place: str) -> list[Chat]:
    return [
        Chat(
            place,
            one.key,
            one.at,
            "out" if one.sender == mine else "in",
            profile_of(one.recipient if one.sender == mine else one.sender),
            "",
            "x",
        )
        for one in messages
        if mine in (one.sender, one.recipient) and one.sender != one.recipient
    ]
