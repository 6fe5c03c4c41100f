"""Cut the header of a mail into its fields, and read once what comes again and again."""

from typing import TypeAlias

from connectors.mail_addresses import Named, read_addresses, read_first

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
FILED_FIELDS = ("Received", "X-Mozilla-Status", "X-Mozilla-Draft-Info", "X-Unsent", "X-Gmail-Labels")  # only files hold

# One field: its number, its value, and the people that it names. A plain tuple is made in half the time of a named one,
# and a mail has ten.
Field: TypeAlias = tuple[int, bytes, Named]
Fields: TypeAlias = list[Field | None]  # by number

DATE, FROM, SENDER, REPLY_TO, TO, CC, BCC, SUBJECT, MESSAGE_ID, IN_REPLY_TO, TYPE, RETURN_PATH, LIST_ID = range(13)
HOLDING = 20  # a Content-Type under which others lie
RECEIVED, MOZILLA_STATUS, MOZILLA_DRAFT, UNSENT, LABELS = range(21, 26)
_OTHER = 26  # lines that say nothing

NOBODY: Named = ((), ())
_OWN = frozenset((DATE, SUBJECT, MESSAGE_ID, IN_REPLY_TO, RECEIVED))  # of which no two mails have the same
_NUMBERS = {name.encode(): number for number, name in enumerate(HEADER_FIELDS)}
_NUMBERS |= {name.encode(): number for number, name in enumerate(FILED_FIELDS, RECEIVED)}
_NUMBERS |= {name.lower(): number for name, number in _NUMBERS.items()}
_NUMBERS |= {b"Message-Id": MESSAGE_ID, b"CC": CC, b"List-ID": LIST_ID, b"BCC": BCC}

_NONE: Fields = [None] * (_OTHER + 1)
_IGNORED: Field = (_OTHER, b"", NOBODY)
_KNOWN: dict[bytes, Field] = {}  # by line: people and kinds of mail come again and again
_known = _KNOWN.get
_MOST_KNOWN = 16_384  # lines of some 500 bytes each, with what was read of them


def read_fields(header: bytes) -> Fields:
    """The fields of a header whose lines end in CRLF or LF, by their numbers; of two of a name, the first. Never fails."""
    if b"\n " in header or b"\n\t" in header:
        header = _unfolded(header)
    fields = _NONE.copy()
    for line in header.rstrip().split(b"\n")[::-1]:  # backwards: of two of a name, the first stands
        field = _known(line) or _read(line)
        fields[field[0]] = field
    return fields


def first_of(field: Field) -> tuple[str, str]:
    """The first address that a field names, and its name."""
    addresses, names = field[2]
    return (addresses[0], names[0]) if addresses else read_first(field[1])


def _unfolded(header: bytes) -> bytes:
    if b"\r" in header:
        header = header.replace(b"\r\n ", b" ").replace(b"\r\n\t", b" ")
    return header.replace(b"\n ", b" ").replace(b"\n\t", b" ")


def _read(line: bytes) -> Field:
    name, _, value = line.partition(b":")
    number = _NUMBERS.get(name)
    if number is None:
        number = _NUMBERS.get(name.rstrip().lower())
        if number is None:
            return _IGNORED
    value = value.strip()
    if number in _OWN:
        return number, value, NOBODY
    if number == TYPE:
        field = _read_type(value[:60])
    elif number > TYPE:  # a Return-Path with an address says nothing
        value = value if number == LABELS else value[:200]
        field = (number, value, NOBODY) if number != RETURN_PATH or value == b"<>" else _IGNORED
    else:
        field = (number, value, read_addresses(value))
    if len(line) < 500:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[line] = field
    return field


def _read_type(value: bytes) -> Field:
    if value.lower().startswith((b"text/calendar", b"multipart/report")):
        return TYPE, value, NOBODY
    return (HOLDING, value, NOBODY) if value[:10].lower() == b"multipart/" else _IGNORED
