"""Turn the messages and the invitations of LinkedIn's data archive into chats and cards."""

import re
import zoneinfo
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from connectors.records import Card, Chat, Micros, Reject
from connectors.streams import Stream
from connectors.talk_days import STAMP, micros, stamp
from connectors.talk_tables import Row, Table, fields, looks_like, rows
from connectors.talk_told import BATCH, GROUPS, Own, Told, owner_among, possible

_MESSAGES = fields(
    {
        "conversation": "conversation id",
        "from": "from",
        "from_url": "sender profile url",
        "to": "to",
        "to_urls": "recipient profile urls",
        "at": "date",
        "folder": "folder",
        "draft": "is message draft|is conversation draft",
    }
)
_INVITATIONS = fields(
    {
        "from": "from",
        "to": "to",
        "at": "sent at",
        "direction": "direction",
        "from_url": "inviterprofileurl|inviter profile url",
        "to_url": "inviteeprofileurl|invitee profile url",
    }
)
_LOOKED_AT = 2_000  # messages by which the owner is told: the one who has part in all of them
_URL = re.compile(r"https?://[^\s,;]+")


class _Message(NamedTuple):
    row: int
    conversation: str
    writer: str
    writer_url: str
    readers: str
    reader_urls: tuple[str, ...]
    at: Micros


def _is_messages(found: set[str]) -> bool:
    return {"conversation", "from", "to", "at"} <= found


def _is_invitations(found: set[str]) -> bool:
    return {"from", "to", "at", "direction"} <= found


def looks_like_linkedin_messages(head: bytes) -> bool:
    """Whether these bytes begin the archive's messages.csv."""
    return looks_like(head, _MESSAGES, _is_messages)


def looks_like_linkedin_invitations(head: bytes) -> bool:
    """Whether these bytes begin the archive's Invitations.csv."""
    return looks_like(head, _INVITATIONS, _is_invitations)


def read_linkedin_messages(stream: Stream, place: str, own: Own) -> Iterator[Told]:
    """Yield the messages between the owner and one other in batches; a message to several is passed over.

    The owner is told by having part in all conversations, or by name. Drafts and spam are no messages.
    """
    first: list[_Message] = []
    told = _Batch(place)
    owner: _Owner | None = None
    for table, row in rows(stream, _MESSAGES, _is_messages):
        message = _message(table, row, told)
        if message is not None and owner is not None:
            told.add(message, owner)
        elif message is not None:
            first.append(message)
            if len(first) == _LOOKED_AT:
                owner = _owner(first, own)
                told.add_all(first, owner)
        if told.full():
            yield told.taken()
    if owner is None and first:
        told.add_all(first, _owner(first, own))
    yield told.taken()


def read_linkedin_invitations(stream: Stream, place: str, own: Own) -> Iterator[Told]:  # noqa: ARG001 - as all readers
    """Yield those whom the owner has invited as cards, without a date: an invitation is neither a connection nor a
    contact. Who has invited the owner is not known for that."""
    cards: list[Card] = []
    rejects: list[Reject] = []
    for table, row in rows(stream, _INVITATIONS, _is_invitations):
        if row.problem:
            rejects.append(Reject(place, f"line {row.line}", row.problem))
            continue
        if _cell(table, row, "direction").upper() != "OUTGOING":
            continue
        name, url = _cell(table, row, "to"), _cell(table, row, "to_url")
        if name or url:
            given, _, family = name.rpartition(" ")
            key = url or f"made:{sha256(name.encode()).hexdigest()[:32]}"
            urls = (url,) if url else ()
            cards.append(
                Card(
                    place,
                    key,
                    name,
                    given,
                    family,
                    (),
                    "",
                    "",
                    (),
                    (),
                    urls,
                    "individual",
                    (),
                    (),
                    None,
                    None,
                    "linkedin",
                )
            )
        if len(cards) + len(rejects) >= BATCH:
            yield Told(cards=tuple(cards), rejects=tuple(rejects))
            cards, rejects = [], []
    yield Told(cards=tuple(cards), rejects=tuple(rejects))


class _Owner(NamedTuple):
    """Under which names and profiles the owner stands in the messages."""

    names: frozenset[str]
    urls: frozenset[str]


def _owner(messages: list[_Message], own: Own) -> _Owner:
    """Who has part in every message, and where several have, who bears the owner's name."""
    part: Counter[str] = Counter()
    names: dict[str, str] = {}
    for message in messages:
        part.update({message.writer_url, *message.reader_urls} - {""})
        names.setdefault(message.writer_url, message.writer)
        if len(message.reader_urls) == 1:
            names.setdefault(message.reader_urls[0], message.readers)
    most = max(part.values(), default=0)
    everywhere = [url for url, count in part.items() if count >= 0.95 * most] if most else []
    called = {name: url for url, name in names.items() if url}
    known = owner_among((names.get(url, "") for url in everywhere), own.name) if len(everywhere) > 1 else None
    urls = frozenset(everywhere[:1] if len(everywhere) == 1 else [called[known]] if known in called else [])
    spelled = {names[url] for url in urls if url in names}
    if not urls:
        writers = {message.writer for message in messages} | {message.readers for message in messages}
        spelled |= {found} if (found := owner_among(sorted(writers), own.name)) else set()
    return _Owner(frozenset(spelled - {""}), urls)


class _Batch:
    """The messages that are read, and what of them can't be."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._chats: list[Chat] = []
        self._rejects: list[Reject] = []
        self._untold: Reject | None = None
        self._note = ""

    def problem(self, row: Row) -> None:
        self._rejects.append(Reject(self._place, f"line {row.line}", row.problem))

    def add_all(self, messages: list[_Message], owner: _Owner) -> None:
        for message in messages:
            self.add(message, owner)

    def add(self, message: _Message, owner: _Owner) -> None:
        named = not owner.urls or not message.writer_url
        mine = message.writer_url in owner.urls or (named and message.writer in owner.names)
        if len(message.reader_urls) > 1 or (not message.reader_urls and "," in message.readers):
            self._note = GROUPS
            return
        reader_url = message.reader_urls[0] if message.reader_urls else ""
        theirs = reader_url in owner.urls or message.readers in owner.names
        if mine == theirs:
            if not mine:
                reason = "Which of two is you can't be told: write your name on LinkedIn as `name` in settings.toml."
                self._untold = Reject(self._place, "", reason)  # one for all
            return
        who, name = (reader_url, message.readers) if mine else (message.writer_url, message.writer)
        if who or name:
            direction = "out" if mine else "in"
            key = f"{message.conversation}/{message.row}"
            self._chats.append(Chat(self._place, key, message.at, direction, who, name, "linkedin"))

    def full(self) -> bool:
        return len(self._chats) + len(self._rejects) >= BATCH

    def taken(self) -> Told:
        rejects = (*self._rejects, *([self._untold] if self._untold else []))
        told = Told(chats=tuple(self._chats), rejects=rejects, note=self._note)
        self._chats, self._rejects = [], []
        return told


def _message(table: Table, row: Row, told: _Batch) -> _Message | None:
    if row.problem:
        told.problem(row)
        return None
    if _cell(table, row, "folder").upper() == "SPAM" or _cell(table, row, "draft").lower() in ("yes", "true"):
        return None
    found = STAMP.match(_cell(table, row, "at"))
    written = stamp(found) if found else None
    at = micros(written, "ymd" if written.a > 31 else "mdy", zoneinfo.ZoneInfo("UTC")) if written else None
    if at is None or not possible(at):
        told.problem(row._replace(problem="The message has no date: it is left out."))
        return None
    urls = tuple(dict.fromkeys(_URL.findall(_cell(table, row, "to_urls"))))
    return _Message(
        row.line,
        _cell(table, row, "conversation"),
        _cell(table, row, "from"),
        _cell(table, row, "from_url"),
        _cell(table, row, "to"),
        urls,
        at,
    )


def _cell(table: Table, row: Row, field: str) -> str:
    at = table.columns.get(field, -1)
    return " ".join(row.cells[at].split()) if 0 <= at < len(row.cells) else ""
