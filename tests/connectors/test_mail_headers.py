"""A header gives the same record whatever was read before it, and what the stdlib's parser reads in it."""

from email.parser import BytesHeaderParser
from email.policy import compat32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.mail_addresses import read_odd_addresses
from connectors.mail_dates import read_odd_date
from connectors.mail_headers import read_message
from connectors.mail_text import decode_raw, decode_words
from connectors.records import Message

NAMES = (
    [
        "Date",
        "date",
        "From",
        "FROM",
        "Sender",
        "Reply-To",
        "To",
        "Cc",
        "CC",
        "cc",
        "Bcc",
        "Subject",
        "Message-ID",
        "Message-Id",
    ]
    + [
        "In-Reply-To",
        "Content-Type",
        "Return-Path",
        "List-Id",
        "List-ID",
        "List-Unsubscribe",
        "Precedence",
        "Auto-Submitted",
    ]
    + ["X-Autoreply", "Received", "X-Other", "References"]
)
VALUES = (
    [
        "Wed, 4 Mar 2026 09:30:00 +0100",
        "Wed, 4 Mar 2026 09:30 EST",
        "yesterday",
        "ann@example.org",
        "Ann <ann@example.org>",
    ]
    + [
        '"Abel, Ann" <ann@example.org>, ben@example.org',
        "dana@example.org",
        "=?utf-8?q?J=C3=BCrgen?= <j@example.org>",
        "",
    ]
    + [
        "Hello",
        "Grüße  aus Köln",
        "=?utf-8?q?Gr=C3=BC=C3=9Fe?=",
        "Out of office: Ann",
        "<1@example.org>",
        "<1@example.org> ",
        "2@x",
    ]
    + [
        "text/calendar; method=REQUEST",
        "multipart/mixed; boundary=b",
        "multipart/report; x=y",
        "TEXT/plain",
        "<>",
        "bulk",
        "no",
    ]
    + [
        "auto-replied",
        "auto-generated",
        "<news.example.org>",
        "undisclosed-recipients:;",
        "a: b",
        "ann@example.org,\n ben@example.org",
    ]
    + ["=?utf-8?q?two?=\n\t=?utf-8?q?_halves?=", "a\n b\n  c"]
)
LINE = st.builds("{}:{}{}\n".format, st.sampled_from(NAMES), st.sampled_from([" ", "", "  "]), st.sampled_from(VALUES))
HEADERS = st.lists(LINE, max_size=10).map("".join)


def read(header: str, *, crlf: bool = False) -> Message:
    """The record of a header."""
    return read_message("INBOX", "1", (header.replace("\n", "\r\n") if crlf else header).encode(), None)


def first(header: str, name: str) -> bytes:
    """The first value of this name by the stdlib, unfolded."""
    parsed = BytesHeaderParser(policy=compat32).parsebytes(header.encode())
    found = [value for key, value in parsed.raw_items() if key.strip().lower() == name]
    value = str(found[0]) if found else ""
    return value.replace("\n ", " ").replace("\n\t", " ").encode("utf-8", "surrogateescape").strip()


@settings(max_examples=300)
@given(HEADERS)
def test_the_fast_way_reads_what_the_stdlib_reads(header: str) -> None:
    """Lines that were met before are not read again: who, when and what about is as the stdlib's parser has it."""
    message = read(header)
    to, cc, bcc, author, sender = (
        read_odd_addresses(decode_raw(first(header, name))) for name in ("to", "cc", "bcc", "from", "sender")
    )
    assert (message.to_addresses, message.to_names) == to
    assert (message.cc_addresses, message.cc_names) == cc
    assert message.bcc_addresses == bcc[0]
    assert message.sender == ((author[0] or sender[0] or ("",))[0])
    assert message.subject == decode_words(decode_raw(first(header, "subject")))
    assert message.sent_at == read_odd_date(first(header, "date"))
    own_id = first(header, "message-id").decode()
    bracketed = own_id.partition("<")[2].partition(">")[0] or own_id.partition(" ")[0].strip("<>")
    assert message.message_id == (bracketed or None)


@settings(max_examples=60)
@given(st.lists(HEADERS, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_what_was_read_before_changes_nothing(headers: list[str], chance: object) -> None:
    """Headers read in any order, again and again, with either line end, always give the same records."""
    alone = {header: read(header) for header in headers}
    for _ in range(3):
        chance.shuffle(headers)  # type: ignore[attr-defined]  # hypothesis's Random
        for header in headers:
            assert read(header) == read(header, crlf=True) == alone[header]


def test_many_known_lines_are_forgotten_and_read_again() -> None:
    """What is remembered has a bound, and passing it changes nothing."""
    header = "From: Ann <ann@example.org>\nTo: dana@example.org\nCc: {0}@example.org\nMessage-ID: <{0}@example.org>\n"
    before = read(header.format("first"))
    for number in range(20_000):
        assert read(header.format(number)).cc_addresses == (f"{number}@example.org",)
    assert read(header.format("first")) == before


@pytest.mark.parametrize(
    ("received_at", "sent_at", "note"),
    [
        (None, 1_772_613_000, None),
        (1_772_613_000, 1_772_613_000, None),
        (1_772_613_000 + 20 * 86_400, 1_772_613_000, None),
        (1_772_613_000 - 500, 1_772_613_000, None),
        (1_772_613_000 - 700, 1_772_613_000 - 700, "The Date header is later than the server's time, which is used."),
        (
            1_772_613_000 + 40 * 86_400,
            1_772_613_000 + 40 * 86_400,
            "The Date header is far from the server's time, which is used.",
        ),
    ],
)
def test_the_date_header_is_believed_unless_the_server_speaks_against_it(
    received_at: int | None, sent_at: int, note: str | None
) -> None:
    """Mail may be on its way for weeks, and clocks are wrong by minutes; beyond that the server's time counts, and the record
    says so."""
    at = received_at * 1_000_000 if received_at is not None else None
    header = b"Date: Wed, 4 Mar 2026 09:30:00 +0100\nFrom: ann@example.org\n"
    message = read_message("INBOX", "1", header, at)
    assert (message.sent_at, message.time_note) == (sent_at * 1_000_000, note)


def test_no_date_is_made_up() -> None:
    """Without a date and without the server's word there is none."""
    for header, note in (
        (b"From: a@example.org\n", "There is no Date header."),
        (b"Date: soon\n", "The Date header can't be read."),
    ):
        message = read_message("INBOX", "1", header, None)
        assert (message.sent_at, message.time_note) == (None, note)
        assert read_message("INBOX", "1", header, 7).sent_at == 7


def test_a_mail_without_an_id_has_one_key_in_all_its_copies() -> None:
    """Made of its date, author, recipients and subject, so that two copies are one mail, and another mail is another."""
    header = "Date: Wed, 4 Mar 2026 09:30:00 +0100\nFrom: Ann <ann@example.org>\nTo: dana@example.org\nSubject: Hello\n"
    one, copy = read(header), read("X-Folder: Sent\n" + header.replace("ann@e", "Ann@E"))
    assert one.message_key == copy.message_key
    assert one.message_key.startswith("made:")
    assert read(header.replace("Hello", "Good-bye")).message_key != one.message_key


@pytest.mark.parametrize("name", ["From", "To", "Subject", "Message-ID", "Date", "Content-Type"])
def test_a_hostile_line_costs_little(name: str) -> None:
    """Tens of thousands of spaces, brackets, half words: whoever tries all ways to read them takes hours."""
    spaces, most = " " * 60_000, 60_000
    for value in (
        f"a@example.org,{spaces}x",
        f"a{spaces}b",
        f"<{spaces}a{spaces}",
        "a@" * (most // 2),
        "a@b<" + "@" * most,
        "Re: " + "@" * most,
        "=?a?q? " * (most // 7),
        "=?a?q?" + "?" * most,
        "<" * most,
        "(" * most,
        '"' * (most + 1),
        "ü." * (most // 2),
    ):
        read(f"{name}: {value}\n")


@given(st.binary(max_size=200))
def test_no_header_whatever_raises(noise: bytes) -> None:
    """And whatever comes of it can be stored."""
    for value in read_message("INBOX", "1", b"From: " + noise + b"\nSubject: " + noise + b"\n" + noise, None):
        for text in value if isinstance(value, tuple) else (value,):
            assert (
                not isinstance(text, str) or text.encode("utf-8").isascii() or text.isprintable() or "\x00" not in text
            )
