"""Turn the header of one mail into a Message."""

import re
from hashlib import sha256
from typing import NamedTuple

from connectors.mail_addresses import Named, read_addresses, read_first
from connectors.mail_dates import read_date
from connectors.mail_text import clean, decode_raw, read_text
from connectors.records import MARKS, Message, Micros

HEADER_FIELDS = (
    "Date",
    "From",
    "Sender",
    "Reply-To",
    "To",
    "Cc",
    "Bcc",
    "Subject",
    "Message-ID",
    "In-Reply-To",
    "Content-Type",
    "Return-Path",
    "List-Id",
    "List-Post",
    "List-Unsubscribe",
    "Precedence",
    "Feedback-ID",
    "Auto-Submitted",
    "X-Auto-Response-Suppress",
    "X-Autoreply",
)
_SENDER, _CC, _BCC, _ID, _TYPE, _RETURN, _LIST_ID = 2, 5, 6, 8, 10, 11, 12
_HOLDING, _OTHER = 20, 21  # Content-Types that hold parts; lines that say nothing
_SINGULAR = frozenset((0, 7, 8, 9))  # Date, Subject and the ids: they are a mail's own

_MINUTE = 60_000_000
_LATE = 10 * _MINUTE  # a clock may be wrong by so much: later than the server's is a date in the future
_FAR = 30 * 24 * 60 * _MINUTE  # mail can be on its way for days, and is kept back for weeks

_ID_WHOLE = re.compile(rb"<([!-;=?-~]+)>[ \t]*").fullmatch
_ID_IN = re.compile(rb"<\s*([^<>]*[^<>\s])\s*>").search
_AWAY = re.compile(
    "^(?:auto(?:matic|matische|mat)?[ -]?(?:reply|response|antwort)|automatisch antwoord|out of (?:the )?office|"
    "abwesenheit|abwesend|réponse automatique|absence du bureau|respuesta automática|fuera de la oficina|"
    "risposta automatica|fuori sede|resposta automática|automatyczna odpowiedź|автоответ|автоматический ответ|"
    "automatiskt svar|autosvar|自动回复|自動応答|自動回覆|자동 회신)",
    re.IGNORECASE,
).search

_POSITIONS = {name.lower().encode(): number for number, name in enumerate(HEADER_FIELDS)}
_POSITIONS |= {name.encode(): number for number, name in enumerate(HEADER_FIELDS)}
_POSITIONS |= {b"Message-Id": _ID, b"CC": _CC, b"List-ID": _LIST_ID, b"BCC": _BCC}
_UNMARKED = [None] * (_HOLDING - _TYPE)
_AWAY_BEGINS = frozenset("AaOoRrFfСсАа自자")
_NOBODY: Named = ((), ())
_make = tuple.__new__


class _Field(NamedTuple):
    """One line of a header: which of HEADER_FIELDS it is, its value, and the people that it names."""

    position: int
    value: bytes
    people: Named


_NO_FIELDS: list[_Field | None] = [None] * (_OTHER + 1)
_IGNORED = _Field(_OTHER, b"", _NOBODY)
_KNOWN: dict[bytes, _Field] = {}  # by line: people and kinds of mail come again and again
_MOST_KNOWN = 16_384  # lines of some 500 bytes each, with what was read of them


def read_message(
    place: str, key: str, header: bytes, received_at: Micros | None, marks: tuple[str, ...] = ()
) -> Message:
    """Make the record of a mail of its header (lines end in CRLF or LF) and when the server got it. Never fails.

    `marks` are those that the place gives it; the header's own are added.
    """
    return read_mail(place, key, header, received_at, marks)[0]


def read_mail(
    place: str, key: str, header: bytes, received_at: Micros | None, marks: tuple[str, ...]
) -> tuple[Message, bool]:
    """As `read_message`, and whether the mail's Content-Type is one under which a calendar part can come."""
    fields = _NO_FIELDS.copy()
    if b"\n " in header or b"\n\t" in header:
        header = _unfolded(header)
    for line in header.rstrip().split(b"\n")[::-1]:  # backwards: of two of a name, the first stands
        field = _KNOWN.get(line) or _field(line)
        fields[field[0]] = field
    date, from_, sender, reply_to, to, cc, bcc, subject, own_id, reply_id = fields[:_TYPE]
    author, author_name = _first(from_) if from_ else ("", "")
    if sender and not author:
        author, author_name = _first(sender)
    to_addresses, to_names = to.people if to else _NOBODY
    cc_addresses, cc_names = cc.people if cc else _NOBODY
    bcc_addresses = bcc.people[0] if bcc else ()
    title = read_text(subject.value) if subject else ""
    message_id = _message_id(own_id.value) if own_id else None
    sent_at, note = _sent_at(date.value if date else b"", received_at)
    if (
        fields[_TYPE:_HOLDING] != _UNMARKED
        or sender
        or title[:1] in _AWAY_BEGINS
        or not (to_addresses or cc_addresses or bcc_addresses)
    ):
        own = _marks(fields, title, author)
        if not (to_addresses or cc_addresses or bcc_addresses):
            own.add("undisclosed")
        if own:
            marks = tuple(mark for mark in MARKS if mark in marks or mark in own)
    message = _make(
        Message,
        (
            place,
            key,
            message_id or _made_key(sent_at, author, to_addresses, title),
            message_id,
            sent_at,
            received_at,
            note,
            title,
            author,
            author_name,
            _first(reply_to)[0] if reply_to else "",
            to_addresses,
            to_names,
            cc_addresses,
            cc_names,
            bcc_addresses,
            _message_id(reply_id.value) if reply_id else None,
            marks,
        ),
    )
    return message, fields[_HOLDING] is not None or "invitation" in marks


def _unfolded(header: bytes) -> bytes:
    for fold in (b"\r\n ", b"\r\n\t", b"\n ", b"\n\t"):
        header = header.replace(fold, b" ")
    return header


def _field(line: bytes) -> _Field:
    name, _, value = line.partition(b":")
    position = _POSITIONS.get(name)
    if position is None:
        position = _POSITIONS.get(name.rstrip().lower())
        if position is None:
            return _IGNORED
    value = value.strip()
    if position in _SINGULAR:
        return _make(_Field, (position, value, _NOBODY))
    if position == _TYPE:
        field = _read_type(value[:60])
    elif position > _TYPE:  # a Return-Path with an address says nothing
        field = _Field(position, value[:200], _NOBODY) if position != _RETURN or value == b"<>" else _IGNORED
    else:
        field = _Field(position, value, read_addresses(value))
    if len(line) < 500:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[line] = field
    return field


def _read_type(value: bytes) -> _Field:
    if value.lower().startswith((b"text/calendar", b"multipart/report")):
        return _Field(_TYPE, value, _NOBODY)
    return _Field(_HOLDING, value, _NOBODY) if value[:10].lower() == b"multipart/" else _IGNORED


def _first(field: _Field) -> tuple[str, str]:
    addresses, names = field.people
    return (addresses[0], names[0]) if addresses else read_first(field.value)


def _sent_at(date: bytes, received_at: Micros | None) -> tuple[Micros | None, str | None]:
    """The Date header, unless it is missing, unreadable, later than the server's time or far from it."""
    sent_at = read_date(date) if date else None
    if sent_at is None:
        return received_at, "The Date header can't be read." if date else "There is no Date header."
    if received_at is None or -_LATE <= received_at - sent_at <= _FAR:
        return sent_at, None
    if sent_at > received_at:
        return received_at, "The Date header is later than the server's time, which is used."
    return received_at, "The Date header is far from the server's time, which is used."


def _message_id(value: bytes) -> str | None:
    """The first Message-ID in a value, without angle brackets; a value without brackets as it is. None for nothing."""
    whole = _ID_WHOLE(value)
    if whole is not None:
        return whole[1].decode("ascii")
    inner = _ID_IN(value)
    return clean(decode_raw(inner[1] if inner is not None else value.split(b" ")[0])).strip("<> ")[:1000] or None


def _made_key(sent_at: Micros | None, author: str, to_addresses: tuple[str, ...], title: str) -> str:
    """A key for a mail without a Message-ID, the same for each of its copies."""
    told = "\n".join((str(sent_at), author.lower(), ",".join(to_addresses).lower(), title))
    return f"made:{sha256(told.encode()).hexdigest()[:32]}"


def _marks(fields: list[_Field | None], title: str, author: str) -> set[str]:
    """What the header itself tells of MARKS."""
    kind, returned, list_id, post, leave, precedence, feedback, auto, suppress, autoreply = (
        field.value.lower() if field else b"" for field in fields[_TYPE:_HOLDING]
    )
    answered = auto.startswith(b"auto-replied") or precedence == b"auto_reply" or bool(autoreply)
    sender = fields[_SENDER]
    named = _first(sender)[0] if sender else ""
    told = {
        "list": list_id or post,
        "bulk": leave or feedback or precedence in (b"bulk", b"list", b"junk"),
        "auto": (auto and not auto.startswith(b"no")) or suppress or autoreply or returned,
        "report": kind.startswith(b"multipart/report"),
        "away": not kind.startswith(b"multipart/report") and (answered or _AWAY(title)),
        "invitation": kind.startswith(b"text/calendar"),
        "sender_differs": named and named.lower() != author.lower(),
    }
    return {mark for mark, said in told.items() if said}
