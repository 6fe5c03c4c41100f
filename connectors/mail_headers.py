"""Turn the header of one mail into a Message."""

import re
from hashlib import sha256

from connectors.mail_dates import read_date
from connectors.mail_fields import HOLDING, NOBODY, SENDER, TYPE, Fields, first_of, read_fields
from connectors.mail_text import clean, decode_raw, read_text
from connectors.records import MARKS, Message, Micros

_MINUTE = 60_000_000
_LATE = 10 * _MINUTE  # a clock may be wrong by so much: later than the server's is a date in the future
_FAR = 30 * 24 * 60 * _MINUTE  # mail can be on its way for days, and is kept back for weeks

_ID_WHOLE = re.compile(rb"<([!-;=?-~]+)>[ \t]*").fullmatch
_ID_IN = re.compile(rb"<\s*+([^<>\s][^<>]*+)>").search
_AWAY = re.compile(
    "^(?:auto(?:matic|matische|mat)?[ -]?(?:reply|response|antwort)|automatisch antwoord|out of (?:the )?office|"
    "abwesenheit|abwesend|réponse automatique|absence du bureau|respuesta automática|fuera de la oficina|"
    "risposta automatica|fuori sede|resposta automática|automatyczna odpowiedź|автоответ|автоматический ответ|"
    "automatiskt svar|autosvar|自动回复|自動応答|自動回覆|자동 회신)",
    re.IGNORECASE,
).search

_UNMARKED = [None] * (HOLDING - TYPE)
_AWAY_BEGINS = frozenset("AaOoRrFfСсАа自자")
_make = tuple.__new__


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
    return mail_of(place, key, read_fields(header), received_at, marks)


def mail_of(
    place: str, key: str, fields: Fields, received_at: Micros | None, marks: tuple[str, ...]
) -> tuple[Message, bool]:
    """As `read_mail`, of a header that is cut already."""
    date, from_, sender, reply_to, to, cc, bcc, subject, own_id, reply_id = fields[:TYPE]
    author, author_name = first_of(from_) if from_ else ("", "")
    if sender and not author:
        author, author_name = first_of(sender)
    to_addresses, to_names = to[2] if to else NOBODY
    cc_addresses, cc_names = cc[2] if cc else NOBODY
    bcc_addresses = bcc[2][0] if bcc else ()
    title = read_text(subject[1]) if subject else ""
    message_id = _message_id(own_id[1]) if own_id else None
    sent_at, note = _sent_at(date[1] if date else b"", received_at)
    if (
        fields[TYPE:HOLDING] != _UNMARKED
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
            first_of(reply_to)[0] if reply_to else "",
            to_addresses,
            to_names,
            cc_addresses,
            cc_names,
            bcc_addresses,
            _message_id(reply_id[1]) if reply_id else None,
            marks,
        ),
    )
    return message, fields[HOLDING] is not None or "invitation" in marks


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


def _marks(fields: Fields, title: str, author: str) -> set[str]:
    """What the header itself tells of MARKS."""
    kind, returned, list_id, post, leave, precedence, feedback, auto, suppress, autoreply = (
        field[1].lower() if field else b"" for field in fields[TYPE:HOLDING]
    )
    answered = auto.startswith(b"auto-replied") or precedence == b"auto_reply" or bool(autoreply)
    sender = fields[SENDER]
    named = first_of(sender)[0] if sender else ""
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
