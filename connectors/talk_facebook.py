"""Turn the friends and the messages of Facebook's (and Instagram's) data archive into cards, chats and calls."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from connectors.records import Call, Card, Chat, Reject
from connectors.streams import Stream
from connectors.talk_json import Unreadable, field, items, number_in, text_in
from connectors.talk_told import BATCH, GROUPS, Own, Told, owner_among, possible

_FRIENDS = re.compile(rb'\s*\{\s*"friends(?:_v2)?"\s*:\s*\[')
_MESSAGES = re.compile(rb'\s*\{\s*"participants"\s*:\s*\[')
_CALL = re.compile(r"call", re.IGNORECASE)
_PARTICIPANTS = 400  # more are a group all the same


def looks_like_friends(head: bytes) -> bool:
    """Whether these bytes begin the archive's list of friends."""
    return _FRIENDS.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def looks_like_facebook_messages(head: bytes) -> bool:
    """Whether these bytes begin a conversation, of the archive or of its end-to-end encrypted part."""
    return _MESSAGES.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def read_friends(stream: Stream, place: str, own: Own) -> Iterator[Told]:  # noqa: ARG001 - as all readers
    """Yield the friends as cards; `connected_at` is since when, to the second. Addresses are given where they stand."""
    cards: list[Card] = []
    try:
        for path, friend in items(stream, frozenset({(), ("friends_v2",), ("friends",)})):
            name = mended(text_in(friend, "name")).strip()
            if path[-1] != "*" or not name:
                continue
            since = number_in(friend, "timestamp") * 1_000_000
            contact = text_in(friend, "contact_info")
            given, _, family = name.rpartition(" ")
            cards.append(
                Card(
                    place=place,
                    key=f"{name}/{since}",
                    name=name,
                    given=given,
                    family=family,
                    nicknames=(),
                    organization="",
                    title="",
                    emails=(contact,) if "@" in contact else (),
                    phones=(contact,) if contact and "@" not in contact else (),
                    profiles=(),
                    kind="individual",
                    members=(),
                    tags=(),
                    connected_at=since if possible(since) else None,
                    died_on=None,
                    form="facebook",
                )
            )
            if len(cards) >= BATCH:
                yield Told(cards=tuple(cards))
                cards = []
    except Unreadable as error:
        yield Told(rejects=(Reject(place, "", str(error)),))
    yield Told(cards=tuple(cards))


class _Thread(NamedTuple):
    """Who talks: the other's name and the owner's; both "" until it is told."""

    other: str = ""
    owner: str = ""


def read_facebook_messages(stream: Stream, place: str, own: Own) -> Iterator[Told]:
    """Yield a conversation's messages and calls in batches, without text; those of a group give nothing.

    The other is whom the conversation is titled by, else whoever does not bear the owner's name.
    """
    people: list[str] = []
    title, number = "", 0
    early: list[tuple[int, object]] = []  # messages that come before the title, as they do in the archive
    told: list[Told] = []
    thread: _Thread | None = None
    network = "instagram" if "instagram" in place.lower() else "facebook"
    try:
        for path, value in items(stream, frozenset({(), ("participants",), ("messages",)})):
            if path[0] == "participants" and len(people) < _PARTICIPANTS:
                people.append(mended(value if isinstance(value, str) else text_in(value, "name")))
                if len(people) > 2:
                    yield Told(note=GROUPS)
                    return
            elif path[0] in ("title", "threadName") and isinstance(value, str):
                title = re.sub(r"_\d+$", "", mended(value)) if path[0] == "threadName" else mended(value)
            elif path == ("messages", "*"):
                number += 1
                thread = thread or _thread(people, title, own, guess=False)
                if thread is None:
                    early.append((number, _without_text(value)))
                else:
                    told.append(_told(value, number, thread, place, network))
            if len(told) >= BATCH:
                yield _joined(told)
                told = []
    except Unreadable as error:
        yield Told(rejects=(Reject(place, "", str(error)),))
    thread = thread or _thread(people, title, own, guess=True)
    if early and thread is None:
        reason = "Which of the two is you can't be told: write your name on Facebook as `name` in settings.toml."
        yield Told(rejects=(Reject(place, "", reason),))
    elif thread is not None:
        told = [_told(value, at, thread, place, network) for at, value in early] + told
    yield _joined(told)


def _thread(people: list[str], title: str, own: Own, *, guess: bool) -> _Thread | None:
    known = [name for name in people if name]
    if len(known) == 2:
        owner = owner_among(known, own.name)
        if owner is None and title in known:
            owner = next(name for name in known if name != title)
        if owner is not None:
            return _Thread(next(name for name in known if name != owner), owner)
    if guess and len(known) == 1 and title in ("", known[0]):
        return _Thread(known[0], "")
    return None


def _without_text(message: object) -> object:
    kept = ("sender_name", "senderName", "timestamp_ms", "timestamp", "type", "call_duration")
    return {name: field(message, name) for name in kept}


def _told(message: object, number: int, thread: _Thread, place: str, network: str) -> Told:
    sender = mended(text_in(message, "sender_name") or text_in(message, "senderName"))
    at = (number_in(message, "timestamp_ms") or number_in(message, "timestamp")) * 1_000
    mine = sender == thread.owner or (not thread.owner and sender != thread.other)
    if not sender or not possible(at) or text_in(message, "type") in ("Subscribe", "Unsubscribe"):
        return Told()
    if field(message, "call_duration") is not None or _CALL.search(text_in(message, "type")):
        seconds = number_in(message, "call_duration")
        direction = "out" if mine else "in" if seconds else "missed"
        return Told(calls=(Call(place, str(number), at, direction, seconds, "", thread.other),))
    return Told(chats=(Chat(place, str(number), at, "out" if mine else "in", "", thread.other, network),))


def _joined(told: list[Told]) -> Told:
    return Told(
        calls=tuple(call for one in told for call in one.calls), chats=tuple(chat for one in told for chat in one.chats)
    )


def mended(text: str) -> str:
    """A text as it was meant: the archive writes each byte of its UTF-8 as a letter of its own ("Ã©" for "é")."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
