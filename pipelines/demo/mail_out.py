"""Write mails as the mailboxes that Google Takeout, Thunderbird and an old mail program leave behind."""

import datetime as dt
import functools
import io
from collections.abc import Callable, Iterable
from email.header import Header
from email.utils import format_datetime, formataddr
from pathlib import Path

from pipelines.demo.letters import Letter, Party, digest

DELAY = dt.timedelta(seconds=4)  # from the sender's clock to the server's
Envelope = Callable[[Letter], str]  # the lines that a program puts before a mail of its mailbox


@functools.cache
def _words(text: str) -> str:
    return text if text.isascii() else Header(text, "utf-8", maxlinelen=70).encode(linesep="\n")


@functools.cache
def _address(party: Party) -> str:
    return formataddr((party.name, party.address)) if party.name else party.address


def render(letter: Letter) -> str:
    """The mail itself (RFC 5322), with bare newlines as mailboxes have them."""
    lines = []
    if "Sent" not in letter.labels and "Drafts" not in letter.labels:
        host = letter.sender.address.partition("@")[2]
        arrived = format_datetime((letter.at + DELAY).astimezone(dt.UTC))
        lines += [
            f"Return-Path: <{letter.sender.address}>",
            f"Received: from mail.{host} by mx.example.org with ESMTPS; {arrived}",
        ]
    lines += [
        f"From: {_address(letter.sender)}",
        "To: " + ",\n ".join(map(_address, letter.to)),
        *(["Cc: " + ",\n ".join(map(_address, letter.cc))] if letter.cc else []),
        f"Subject: {_words(letter.subject)}",
        f"Date: {format_datetime(letter.at)}",
        f"Message-ID: <{letter.message_id}>",
        *([f"In-Reply-To: <{letter.answers}>", f"References: <{letter.answers}>"] if letter.answers else []),
        *(f"{name}: {value}" for name, value in letter.headers),
        "MIME-Version: 1.0",
    ]
    return "\n".join([*lines, *_body(letter), ""])


def _body(letter: Letter) -> list[str]:
    plain = ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit", ""]
    text = "This mail is made up, and so is everybody in it.\n"
    if not letter.calendar:
        return [*plain, text]
    mark = f"part-{digest(letter.message_id)}"
    kind = f'Content-Type: text/calendar; charset=utf-8; method={letter.method}; name="invite.ics"'
    return [
        f'Content-Type: multipart/alternative; boundary="{mark}"', "",
        f"--{mark}", *plain, text,
        f"--{mark}", kind, "Content-Transfer-Encoding: 8bit", "", letter.calendar.replace("\r\n", "\n"),
        f"--{mark}--", "",
    ]  # fmt: skip


def takeout(letter: Letter) -> str:
    """Google's: a number in the From line, and the labels in a header."""
    number = 1_780_000_000_000_000_000 + int(digest(letter.message_id)[:14], 16)
    labels = ",".join(letter.labels)
    thread = f"X-GM-THRID: {number}\nX-Gmail-Labels: {labels}\n"
    return f"From {number}@xxx {_stamp(letter, ' +0000')}\n{thread}"


def thunderbird(letter: Letter) -> str:
    """Thunderbird's: a dash in the From line, and its own flags."""
    return f"From - {_stamp(letter)}\nX-Mozilla-Status: 0001\nX-Mozilla-Status2: 00000000\n"


def classic(letter: Letter) -> str:
    """An old program's: the sender in the From line."""
    return f"From {letter.sender.address} {_stamp(letter)}\n"


def _stamp(letter: Letter, offset: str = "") -> str:
    at = (letter.at + DELAY).astimezone(dt.UTC)
    return at.strftime(f"%a %b %d %H:%M:%S{offset} %Y")


def write(path: Path, letters: Iterable[Letter], envelope: Envelope) -> None:
    """Write a mailbox file, oldest mail first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    out = io.StringIO()
    for letter in sorted(letters, key=lambda one: (one.at, one.message_id)):
        out.write(envelope(letter) + render(letter).replace("\nFrom ", "\n>From ") + "\n")
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
