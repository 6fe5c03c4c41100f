"""Make up a large mailbox whose every header is known, so that what was read from it can be compared row by row."""

import base64
import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple, TypeAlias

FIRST = datetime(2016, 1, 4, 8, 0, tzinfo=UTC)
OWNER = ("Dana Reyes", "dana@example.org")
GIVEN = ["Anna", "Ben", "Chiara", "Dmitri", "Élodie", "Farid", "Grace", "Håkon", "Ines", "Jürgen", "Kofi", "Léa", "Mei"]
FAMILY = [
    "Abel",
    "Brandt",
    "Costa",
    "Dubois",
    "Eriksen",
    "Fischer",
    "Gómez",
    "Haas",
    "Ivanova",
    "Jansen",
    "Kühn",
    "Lowe",
]
TOPICS = ["Quarterly numbers", "Lunch next week", "Your visit", "Draft of the paper", "Invoice 4711", "Trip to Rome"]
ABROAD = ["Grüße aus Köln", "Rendez-vous à Genève", "Встреча в среду", "会議のお知らせ", "Smørrebrød i København"]
MULTIPART = 'multipart/alternative; boundary="=_next"'
PLAIN = "text/plain; charset=utf-8"
INVITATIONS = 0.985  # of the mails, 1.5 % carry one
LINES = ["Hello,", "thank you for the long talk on Tuesday; I enjoyed it very much.", "See you soon,", ""]


Person: TypeAlias = tuple[str, str]  # name and address


class Known(NamedTuple):
    """What the store must hold of one mail, in the order in which it was made."""

    message_id: str
    sent_at: datetime
    received_at: datetime
    subject: str
    sender: str
    sender_name: str
    to_addresses: tuple[str, ...]
    to_names: tuple[str, ...]
    cc_addresses: tuple[str, ...]
    in_reply_to: str | None
    marks: tuple[str, ...]
    multipart: bool


class Made(NamedTuple):
    """One mail as it lies on the server, and what is known of it."""

    raw: bytes
    known: Known


def word(text: str, choice: random.Random) -> str:
    """A phrase as a header shows it: plain, quoted, or as an encoded word in one of four spellings."""
    if text.isascii():
        return f'"{text}"' if "," in text or choice.random() < 0.3 else text
    if choice.random() < 0.5:
        return "=?UTF-8?B?" + base64.b64encode(text.encode()).decode() + "?="
    try:
        charset, octets = "iso-8859-1", text.encode("iso-8859-1")
    except UnicodeEncodeError:
        charset, octets = "utf-8", text.encode()
    return f"=?{charset}?Q?" + "".join(chr(o) if chr(o).isalnum() and o < 128 else f"={o:02X}" for o in octets) + "?="


def mails(count: int, seed: int = 1) -> Iterator[Made]:
    """The same `count` mails each time: personal ones, list mail, automatic answers, invitations with a calendar part.

    A tenth of the subjects and a third of the names are encoded words; a fifth of the mails has several recipients,
    mostly the same circles of people; half of them are multipart.
    """
    choice = random.Random(seed)
    people = _people()
    circles = [choice.sample(people, choice.randrange(2, 6)) for _ in range(400)]  # who writes to one writes to all
    earlier = ["first@example.org"]
    for number in range(count):
        other = choice.choice(people)
        outgoing, kind = choice.random() < 0.3, choice.random()
        author, to, cc = (OWNER, [other], []) if outgoing else (other, [OWNER], list[Person]())
        if kind < 0.2:
            to += choice.choice(circles) if choice.random() < 0.8 else choice.sample(people, choice.randrange(1, 5))
        if choice.random() < 0.15:
            cc = choice.choice(circles)
        offset = timezone(timedelta(minutes=choice.choice([0, 60, 120, -300, -480, 330])))
        sent = (FIRST + timedelta(minutes=37 * number, seconds=choice.randrange(60))).astimezone(offset)
        subject = choice.choice(ABROAD if choice.random() < 0.12 else TOPICS)
        subject += "" if choice.random() < 0.5 else f" {number}"
        reply = choice.choice(earlier[-500:]) if choice.random() < 0.4 else None
        own = f"{number:07d}.{choice.getrandbits(40):010x}@example.org"
        earlier.append(own)
        more, marks = _headers_of_kind(kind)
        multipart, body = kind > 0.5, "\r\n".join(LINES)
        if kind > INVITATIONS:
            marks, body = (*marks, "invitation"), invitation(own, sent)
        elif multipart:
            body = two_versions()
        known = Known(
            message_id=own,
            sent_at=sent.astimezone(UTC),
            received_at=(sent + timedelta(seconds=choice.randrange(2, 50))).astimezone(UTC),
            subject=subject,
            sender=author[1],
            sender_name=author[0],
            to_addresses=tuple(address for _, address in to),
            to_names=tuple(name for name, _ in to),
            cc_addresses=tuple(address for _, address in cc),
            in_reply_to=reply,
            marks=marks,
            multipart=multipart,
        )
        head = [*_common(known, sent, to, cc), *more, f"Content-Type: {MULTIPART if multipart else PLAIN}"]
        yield Made(("\r\n".join(head) + "\r\n\r\n" + body).encode(), known)


def _people() -> list[Person]:
    named = [(given, family, n) for n in range(20) for given in GIVEN for family in FAMILY]
    plain = [(f"{given} {family}", f"{given}.{family}{n}@example.org") for given, family, n in named]
    reversed_ = [(f"{family}, {given}", f"{n}{family}@mail.example.com") for given, family, n in named[::150]]
    return [(name, address.encode("ascii", "ignore").decode()) for name, address in plain + reversed_]


def _common(known: Known, sent: datetime, to: list[Person], cc: list[Person]) -> list[str]:
    """The headers that every mail has, among them some that nobody asks for."""
    own = random.Random(known.sender)  # one's own program always spells one's name in the same way
    head = [
        f"Return-Path: <{known.sender}>",
        "Received: from mx.example.org (mx.example.org [192.0.2.7])\r\n\tby mail.example.org with ESMTPS id 4711;"
        f"\r\n\t{known.received_at:%a, %d %b %Y %H:%M:%S %z}",
        "DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=2026;\r\n\tb=" + "A" * 60,
        f"Date: {sent:%a, %d %b %Y %H:%M:%S %z}",
        f"From: {word(known.sender_name, own)} <{known.sender}>",
        "To: " + ",\r\n ".join(f"{word(name, random.Random(name))} <{address}>" for name, address in to),
        f"Subject: {known.subject if known.subject.isascii() else word(known.subject, own)}",
        f"Message-ID: <{known.message_id}>",
        "MIME-Version: 1.0",
    ]
    if cc:
        head.append("Cc: " + ", ".join(f"{word(name, random.Random(name))} <{address}>" for name, address in cc))
    if known.in_reply_to:
        head += [f"In-Reply-To: <{known.in_reply_to}>", f"References: <{known.in_reply_to}>"]
    return head


def _headers_of_kind(kind: float) -> tuple[list[str], tuple[str, ...]]:
    """What list mail and automatic mail have besides, and their marks."""
    if 0.25 <= kind < 0.40:
        leave = "List-Unsubscribe: <https://example.org/leave>"
        return ["List-Id: News <news.example.org>", leave, "Precedence: bulk"], ("list", "bulk")
    return (["Auto-Submitted: auto-generated"], ("auto",)) if 0.40 <= kind < 0.43 else ([], ())


def two_versions() -> str:
    """A body as most programs send it: as text and as HTML."""
    text = "\r\n".join(LINES)
    return (
        f"--=_next\r\nContent-Type: text/plain\r\n\r\n{text}\r\n"
        f"--=_next\r\nContent-Type: text/html\r\n\r\n<p>{text}</p>\r\n--=_next--\r\n"
    )


def invitation(uid: str, starts: datetime) -> str:
    """A body with a meeting request in it (RFC 6047)."""
    at = starts.astimezone(UTC) + timedelta(days=3)
    entry = "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//example//EN",
            "METHOD:REQUEST",
            "BEGIN:VEVENT",
            f"UID:{uid}",
            f"DTSTAMP:{at:%Y%m%dT%H%M%SZ}",
            f"DTSTART:{at:%Y%m%dT%H%M%SZ}",
            f"DTEND:{at + timedelta(minutes=30):%Y%m%dT%H%M%SZ}",
            "SUMMARY:Coffee",
            "ORGANIZER:mailto:anna@example.org",
            "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:dana@example.org",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )
    encoded = base64.encodebytes(entry.encode()).decode()
    return (
        "--=_next\r\nContent-Type: text/plain\r\n\r\nPlease come.\r\n"
        "--=_next\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{encoded}\r\n--=_next--\r\n"
    )


def write_mbox(path: Path, made: Iterable[Made]) -> list[Known]:
    """Write the mails as an mbox file, the fastest way to fill a server; what is known of them, in order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    known: list[Known] = []
    with path.open("wb") as out:
        for mail in made:
            out.write(f"From x@example.org {mail.known.received_at:%a %b %d %H:%M:%S %Y}\n".encode())
            out.write(mail.raw.replace(b"\r\n", b"\n") + b"\n\n")
            known.append(mail.known)
    return known
