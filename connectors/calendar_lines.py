"""Split the bytes of an iCalendar file into calendars, entries and properties (RFC 5545 section 3.1).

Nothing is decoded before it is needed: a file is first cut into the byte ranges of its entries, and an entry is only
parsed when its turn comes. So memory follows one entry, not the file, and an entry that is broken costs only itself.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

MAX_LINE = 65_536  # bytes of one unfolded line that are looked at; descriptions are cut far below, the rest is data
MAX_LINES = 50_000  # lines of one entry; a guest list of a whole company has fewer
PLAIN = 262_144  # bytes up to which an entry is unfolded in one go

_EDGE = rb"([Bb][Ee][Gg][Ii][Nn]|[Ee][Nn][Dd])[ \t]*:[ \t]*([A-Za-z0-9-]+)[ \t]*(?=\n|\Z)"
_FIRST_EDGE = re.compile(_EDGE)
_NEXT_EDGE = re.compile(rb"\n" + _EDGE)  # six times as fast as ^ and $ with IGNORECASE
_LINE = re.compile(r'([A-Za-z][A-Za-z0-9-]*)[ \t]*((?:;(?:[^":;]|"[^"]*")*)*)[ \t]*:(.*)', re.DOTALL)
_HEAD = re.compile(r'([A-Za-z][A-Za-z0-9-]*)[ \t]*((?:;(?:[^":;]|"[^"]*")*)*)[ \t]*')
_PARAMETER = re.compile(r';\s*([A-Za-z0-9-]+)\s*(?:=((?:[^";]|"[^"]*")*))?')
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_CARET = re.compile(r"\^([n'^])")
_CARETS = {"n": "\n", "'": '"', "^": "^"}
_UID = re.compile(rb"^UID(?:;[^:\n]*)?:(.*(?:\n[ \t].*)*)", re.IGNORECASE | re.MULTILINE)

TEXTS = frozenset({"DESCRIPTION", "SUMMARY", "LOCATION", "COMMENT", "X-ALT-DESC"})
KNOWN = frozenset(
    """ACTION ATTACH ATTENDEE BEGIN CALSCALE CATEGORIES CLASS COLOR COMMENT COMPLETED CONFERENCE CONTACT CREATED
    DESCRIPTION DTEND DTSTAMP DTSTART DUE DURATION END EXDATE EXRULE FREEBUSY GEO IMAGE LAST-MODIFIED LOCATION METHOD
    NAME ORGANIZER PERCENT-COMPLETE PRIORITY PRODID RDATE RECURRENCE-ID REFRESH-INTERVAL RELATED-TO REPEAT
    REQUEST-STATUS RESOURCES RRULE SEQUENCE SOURCE STATUS SUMMARY TRANSP TRIGGER TZID TZNAME TZOFFSETFROM TZOFFSETTO
    TZUNTIL TZURL UID URL VERSION STRUCTURED-DATA STYLED-DESCRIPTION PARTICIPANT VLOCATION ESTIMATED-DURATION
    LOCATION-TYPE ACKNOWLEDGED PROXIMITY""".split()  # noqa: SIM905 - sixty pairs of quotes would hide the words
)


class Property(NamedTuple):
    """One line: the raw `parameters` (";TZID=Europe/Paris") are split by `parameters_of` when they are wanted."""

    name: str
    parameters: str
    value: str


_NO_HEAD = ("", "")
_MOST_KNOWN = 16_384  # heads of lines, and parameters, that are kept as they were split before
_LONGEST_KNOWN = 500  # characters of each

Entry = dict[str, list[Property]]  # an entry's properties by upper-case name, those of nested components left out


@dataclass
class Block:
    """One VCALENDAR: its own properties, and where its entries and time zones lie in the bytes."""

    properties: Entry = field(default_factory=dict)
    zones: list[tuple[int, int]] = field(default_factory=list)
    entries: list[tuple[int, int]] = field(default_factory=list)
    broken: list[tuple[int, str]] = field(default_factory=list)


class TooLong(ValueError):
    """An entry with more lines than any real one has."""


def plain_lines(data: bytes) -> bytes:
    """The bytes as UTF-8 or as they were, without BOM, every line ending a single newline."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode()
    elif data[:3] == b"\xef\xbb\xbf":
        data = data[3:]
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n")
        if b"\r\n" in data:  # \r\r\n: a file that went through two conversions
            data = re.sub(rb"\r+\n", b"\n", data)
        data = data.replace(b"\r", b"\n")
    return data


def blocks(data: bytes) -> Iterator[Block]:
    """Yield each VCALENDAR of what `plain_lines` gave. Entries outside of any are given in one of their own.

    A VEVENT without its END is in `broken`, with its offset and reason; what follows it is read as usual.
    """
    block, opened, depth, inside, mark = Block(), -1, 0, b"", 0
    start = _FIRST_EDGE.match(data)
    for edge in chain((start,) if start else (), _NEXT_EDGE.finditer(data)):
        begins, name, at = edge[1][0] in b"Bb", edge[2].upper(), edge.start(1)
        if opened >= 0 and not (name == b"VCALENDAR" or (begins and name == b"VEVENT")):
            if name != inside:
                continue  # alarms and the like: parsed with their entry
            if begins:
                depth += 1
            elif depth:
                depth -= 1
            else:
                (block.entries if inside == b"VEVENT" else block.zones).append((opened, edge.end()))
                opened, mark = -1, edge.end()
            continue
        if opened >= 0 and inside == b"VEVENT":
            block.broken.append((opened, "the entry breaks off: it has no END:VEVENT"))
        if opened < 0 and (name == b"VCALENDAR" or begins):
            _own(block, data[mark:at])
        opened = -1
        if name == b"VCALENDAR":
            if block.entries or block.broken:
                yield block
            if begins:
                block = Block()
            else:
                block.entries, block.broken = [], []
        elif begins:
            opened, inside, depth = at, name, 0
        mark = edge.end()
    if opened >= 0 and inside == b"VEVENT":
        block.broken.append((opened, "the file breaks off within this entry"))
    if block.entries or block.broken:
        yield block


def _own(block: Block, head: bytes) -> None:
    """Add the lines between components, the calendar's own, to its properties."""
    if not head.strip():
        return
    for name, found in properties(head[: 8 * MAX_LINE]).items():
        block.properties.setdefault(name, []).extend(found)


def uid_of(data: bytes, start: int, end: int) -> bytes:
    """The UID of the entry in this range, to group a series with its exceptions; empty where there is none."""
    found = _UID.search(data, start, end)
    return re.sub(rb"\n[ \t]", b"", found[1]).strip() if found else b""


def properties(block: bytes) -> Entry:
    """Parse the lines of one component (with or without its BEGIN and END). Raises TooLong.

    Lines that are no property continue a text that was broken without folding; else they are dropped.
    """
    entry: Entry = {}
    depth, last = 0, ""
    deepest = 1 if block[:6].upper() == b"BEGIN:" else 0
    for line in _lines(block):
        if not line:
            continue
        head, colon, value = line.partition(":")
        name, parameters = _head_of(head) if colon else _NO_HEAD
        if not name and colon and (match := _LINE.match(line)):
            name, parameters, value = match[1].upper(), match[2], match[3]
        if name == "BEGIN":
            depth += 1
        elif name == "END":
            depth -= 1
        elif depth > deepest:
            continue
        elif name in KNOWN or name.startswith("X-"):
            found = entry.get(name)
            if found is None:
                entry[name] = [Property(name, parameters, value)]
            else:
                found.append(Property(name, parameters, value))
            last = name
        elif (odd := _odd(line)) is not None:
            entry.setdefault(odd.name, []).append(odd)
            last = odd.name
        elif last in TEXTS:
            broken = entry[last][-1]
            entry[last][-1] = broken._replace(value=f"{broken.value}\\n{line}")
    return entry


def _head_of(head: str) -> tuple[str, str]:
    """Split what stands before a line's first colon into its name, in upper case, and its parameters; both empty where that
    colon lies inside of quotes, or it is no property at all."""
    return _split_head(head) if len(head) > _LONGEST_KNOWN else _known_head(head)


def _split_head(head: str) -> tuple[str, str]:
    match = _HEAD.fullmatch(head)
    return (match[1].upper(), match[2]) if match else _NO_HEAD


_known_head = lru_cache(_MOST_KNOWN)(_split_head)


def _odd(line: str) -> Property | None:
    """What `icalendar` makes of a line that is no property at first sight, such as one with unbalanced quotes."""
    start = re.match(r"[A-Za-z-]+(?=;)", line)
    if start is None or (start[0].upper() not in KNOWN and not start[0].upper().startswith("X-")):
        return None
    try:
        from icalendar.parser import Contentline  # noqa: PLC0415 - few lines need it, and it takes long to load

        name, parameters, value = Contentline(line).parts()  # type: ignore[no-untyped-call]
        shown = "".join(f";{k}={v if isinstance(v, str) else ','.join(v)}" for k, v in parameters.items())
    except ValueError:
        name, _, rest = line.partition(";")
        shown, colon, value = rest.partition(":mailto:")
        if not colon:
            shown, _, value = rest.rpartition(":")
        shown = ";" + shown.replace('"', "")
    return Property(str(name).upper(), shown, str(value))


def _lines(block: bytes) -> Iterable[str]:
    """Unfold and decode. Folds are taken out before decoding: some programs fold inside of a character."""
    if len(block) > PLAIN:
        return _long_lines(block)
    if b"\n " in block or b"\n\t" in block:
        block = block.replace(b"\n ", b"").replace(b"\n\t", b"")
    if block.count(b"\n") > MAX_LINES:
        raise TooLong("the entry has more lines than any real one")
    try:
        return block.decode().split("\n")
    except UnicodeDecodeError:
        return map(decoded, block.split(b"\n"))


def _long_lines(block: bytes) -> Iterator[str]:
    """The same for a huge entry, in the memory of one line of at most MAX_LINE: the rest of a longer one is skipped."""
    at, count, held = 0, 0, bytearray()
    while at < len(block):
        end = block.find(b"\n", at)
        end = len(block) if end < 0 else end
        if block[at : at + 1] in (b" ", b"\t"):
            if len(held) < MAX_LINE:
                held += block[at + 1 : min(end, at + 1 + MAX_LINE - len(held))]
        else:
            if held:
                yield decoded(bytes(held))
            held = bytearray(block[at : min(end, at + MAX_LINE)])
            count += 1
            if count > MAX_LINES:
                raise TooLong("the entry has more lines than any real one")
        at = end + 1
    if held:
        yield decoded(bytes(held))


def decoded(line: bytes) -> str:
    """UTF-8, or else what Windows and old programs write."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        text = line.decode("utf-8", "replace")
        return text if len(line) >= MAX_LINE else line.decode("cp1252", "replace")


def parameters_of(raw: str) -> Mapping[str, str]:
    """Split ";CN=\\"Doe, Jane\\";ROLE=CHAIR" by upper-case name, with RFC 6868's ^n ^' ^^."""
    return _split_parameters(raw) if len(raw) > _LONGEST_KNOWN else _known_parameters(raw)


def _split_parameters(raw: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, value in _PARAMETER.findall(raw):
        bare = value.replace('"', "").strip()
        if "^" in bare:
            bare = _CARET.sub(lambda caret: _CARETS[caret[1]], bare)
        found.setdefault(name.upper(), bare)
    return found


_known_parameters = lru_cache(_MOST_KNOWN)(_split_parameters)


def text(value: str) -> str:
    """A TEXT value (RFC 5545 section 3.3.11) without its escapes."""
    if "\\" not in value:
        return value.strip()
    if "\\\\" not in value and not value.endswith("\\"):
        return value.replace("\\n", "\n").replace("\\N", "\n").replace("\\", "").strip()
    return _ESCAPE.sub(lambda escape: "\n" if escape[1] in "nN" else escape[1], value).strip()


def texts(value: str) -> list[str]:
    """A comma-separated list of TEXT values."""
    return [part for piece in re.split(r"(?<!\\),", value) if (part := text(piece))]


def first(entry: Entry, name: str) -> str:
    """The raw value of a property, empty where it is missing."""
    found = entry.get(name)
    return found[0].value if found else ""
