"""Make up a large mailbox whose every header is known, so that what was read from it can be compared row by row."""

import base64
import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import NamedTuple

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
TOPICS = [
    "Quarterly numbers",
    "Lunch next week",
    "Your visit",
    "Draft of the paper",
    "Invoice 4711",
    "Thank you",
    "Trip to Rome",
]
ABROAD = ["Grüße aus Köln", "Rendez-vous à Genève", "Встреча в среду", "会議のお知らせ", "Smørrebrød i København"]
LINES = ["Hello,", "thank you for the long talk on Tuesday; I enjoyed it very much.", "See you soon,", ""]


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
    """The same `count` mails each time: personal ones, list mail, automatic answers, invitations with a calendar part."""
    choice = random.Random(seed)
    people = [
        (f"{given} {family}", f"{given}.{family}{n}@example.org")
        for n in range(20)
        for given in GIVEN
        for family in FAMILY
    ]
    people = [(name, address.encode("ascii", "ignore").decode()) for name, address in people]
    people += [
        (f"{family}, {given}", f"{family[0].lower()}{n}@mail.example.com")
        for n, (given, family) in enumerate(zip(GIVEN, FAMILY, strict=False))
    ]
    circles = [choice.sample(people, choice.randrange(2, 6)) for _ in range(400)]  # who writes to one writes to all
    earlier: list[str] = []
    for number in range(count):
        other = choice.choice(people)
        offset = timezone(timedelta(minutes=choice.choice([0, 60, 120, -300, -480, 330])))
        sent = (FIRST + timedelta(minutes=37 * number, seconds=choice.randrange(60))).astimezone(offset)
        received = sent + timedelta(seconds=choice.randrange(2, 50))
        outgoing = choice.random() < 0.3
        author = OWNER if outgoing else other
        to = [other] if outgoing else [OWNER]
        kind = choice.random()
        if kind < 0.25:
            to += choice.choice(circles) if choice.random() < 0.7 else choice.sample(people, choice.randrange(1, 5))
        cc = choice.sample(people, choice.randrange(1, 4)) if choice.random() < 0.2 else []
        subject = choice.choice(ABROAD if choice.random() < 0.12 else TOPICS) + (
            "" if choice.random() < 0.5 else f" {number}"
        )
        reply = choice.choice(earlier[-500:]) if earlier and choice.random() < 0.4 else None
        own = f"{number:07d}.{choice.getrandbits(40):010x}@example.org"
        earlier.append(own)
        head = [
            f"Return-Path: <{author[1]}>",
            f"Received: from mx.example.org (mx.example.org [192.0.2.{number % 250}])\r\n\tby mail.example.org with ESMTPS id {number:x};\r\n\t{sent:%a, %d %b %Y %H:%M:%S %z}",
            "DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=2026;\r\n\tb=" + "A" * 60,
            f"Date: {sent:%a, %d %b %Y %H:%M:%S %z}",
            f"From: {word(author[0], random.Random(author[1]))} <{author[1]}>",  # one's own program spells one's name
            "To: " + ",\r\n ".join(f"{word(name, random.Random(name))} <{address}>" for name, address in to),
        ]
        if cc:
            head.append("Cc: " + ", ".join(f"{word(name, random.Random(name))} <{address}>" for name, address in cc))
        head += [
            f"Subject: {subject if subject.isascii() else word(subject, choice)}",
            f"Message-ID: <{own}>",
            "MIME-Version: 1.0",
        ]
        if reply:
            head += [f"In-Reply-To: <{reply}>", f"References: <{reply}>"]
        marks: list[str] = []
        if 0.25 <= kind < 0.40:
            head += [
                "List-Id: News <news.example.org>",
                "List-Unsubscribe: <https://example.org/leave>",
                "Precedence: bulk",
            ]
            marks += ["list", "bulk"]
        elif 0.40 <= kind < 0.43:
            head.append("Auto-Submitted: auto-generated")
            marks.append("auto")
        if kind > 0.985:
            kinds, body = "multipart/alternative", invitation(own, sent)
            marks.append("invitation")
        elif kind > 0.55:
            kinds, body = "multipart/alternative", two_versions()
        else:
            kinds, body = "text/plain", "\r\n".join(LINES)
        head.append(
            f"Content-Type: {kinds}" + ('; boundary="=_next"' if kinds.startswith("multipart") else "; charset=utf-8")
        )
        known = Known(
            own, sent.astimezone(UTC), received.astimezone(UTC), subject, domain_lower(author[1]), author[0],
            tuple(address for _, address in to), tuple(name for name, _ in to), tuple(address for _, address in cc), reply, tuple(marks),
        )  # fmt: skip
        yield Made(("\r\n".join(head) + "\r\n\r\n" + body).encode(), known)


def domain_lower(address: str) -> str:
    """The address as the records keep it: the local part as written, the domain in lower case."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain.lower()}"


def two_versions() -> str:
    """A body as most programs send it: as text and as HTML."""
    text = "\r\n".join(LINES)
    return f"--=_next\r\nContent-Type: text/plain\r\n\r\n{text}\r\n--=_next\r\nContent-Type: text/html\r\n\r\n<p>{text}</p>\r\n--=_next--\r\n"


def invitation(uid: str, starts: datetime) -> str:
    """A body with a meeting request in it (RFC 6047)."""
    at = starts.astimezone(UTC) + timedelta(days=3)
    entry = "\r\n".join(
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", "METHOD:REQUEST", "BEGIN:VEVENT", f"UID:{uid}",
            f"DTSTAMP:{at:%Y%m%dT%H%M%SZ}", f"DTSTART:{at:%Y%m%dT%H%M%SZ}", f"DTEND:{at + timedelta(minutes=30):%Y%m%dT%H%M%SZ}",
            "SUMMARY:Coffee", "ORGANIZER:mailto:anna@example.org", "ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:dana@example.org",
            "END:VEVENT", "END:VCALENDAR", "",
        ]
    )  # fmt: skip
    part = f"--=_next\r\nContent-Type: text/calendar; method=REQUEST; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{base64.encodebytes(entry.encode()).decode()}\r\n"
    return "--=_next\r\nContent-Type: text/plain\r\n\r\nPlease come.\r\n" + part + "--=_next--\r\n"


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
