"""Read a header of addresses into addresses and names."""

import re
from email.utils import getaddresses
from functools import lru_cache
from inspect import signature

from connectors.mail_text import LONGEST_VALUE, clean, decode_raw, decode_words

Named = tuple[tuple[str, ...], tuple[str, ...]]  # addresses, and the names beside them ("" where there is none)

_PIECE = 8_192  # characters of a list that the stdlib's parser gets at once
_LOCAL = r"(?!')[A-Za-z0-9!#$%&*+/=?^_`{|}~'.-]+"  # one that begins with an apostrophe is in quotes, or half of it is
_DOMAIN = r"[A-Za-z0-9.-]+"
_PHRASE = r'[^\x00-\x1f"(),:;<>@\[\\\].]*'
_ORDINARY = re.compile(
    # each quantifier keeps what it has taken: to try all ways to share out ten thousand spaces would take hours
    rf' *+(?:(?:"([^"\\\x00-\x1f]*+)"|({_PHRASE}+)) *+<({_LOCAL}+)@({_DOMAIN}+)>|({_LOCAL}+)@({_DOMAIN}+)) *+(?:,|$)'
)
_PIECES = re.compile(rb'(?:[^",]|"[^"\\]*")+').findall
_ADDRESS_AS_NAME = re.compile(r"(^|,)(\s*+)'?([^\s<>\",;:()@]++@[^\s<>\",;:()@]+?)'?\s*+(?=<[^<>@]*+@[^<>]*+>)")
_STRICT = {"strict": False} if "strict" in signature(getaddresses).parameters else {}  # Pythons since 2024 have it


def read_addresses(value: bytes) -> Named:
    """Read one raw header such as To. Entries without an address are left out. Never fails.

    Groups (RFC 5322 3.4) give their members; a list cut off in the middle gives what was whole.
    """
    return _read_known(value) or _read_new(value)


def read_first(value: bytes) -> tuple[str, str]:
    """Read the first address of a header and its name; with no address at all, the name alone."""
    addresses, names = read_addresses(value)
    if addresses:
        return addresses[0], names[0]
    return "", decode_words(decode_raw(value[:200])).strip('"<> ')


def read_odd_addresses(text: str) -> Named:
    """The slow path: the stdlib's parser, with repairs for what mail programs get wrong.

    It gets a long list in pieces, since its time grows with the square of what it gets.
    """
    addresses: list[str] = []
    names: list[str] = []
    while text:
        end = _seam(text) if len(text) > _PIECE else len(text)
        for address, name in _read_piece(text[:end]):
            addresses.append(address)
            names.append(name)
        text = text[end:]
    return tuple(addresses), tuple(names)


def _seam(text: str) -> int:
    """Where a piece of a long list ends: behind an entry, if one can be told."""
    entry = text.rfind(">", 0, _PIECE) + 1
    return entry or max(text.rfind(",", 0, _PIECE), text.rfind(";", 0, _PIECE)) + 1 or _PIECE


def _read_piece(text: str) -> list[tuple[str, str]]:
    text = _ADDRESS_AS_NAME.sub(r'\1\2"\3" ', text.replace("<mailto:", "<").replace("<MAILTO:", "<"))
    try:
        pairs = getaddresses([text], **_STRICT)
    except (ValueError, IndexError, AttributeError, RecursionError):  # comments within comments a thousand deep
        return []
    found: list[tuple[str, str]] = []
    loose: list[str] = []  # the "Doe" of an unquoted "Doe, John <john@example.org>"
    for name, spelling in pairs:
        address = normalize_address(spelling)
        if address:
            found.append((address, _name(", ".join([*loose, name]) if name else "", address)))
            loose = []
        elif spelling:
            loose.append(spelling)
    return found


def normalize_address(spelling: str) -> str:
    """Keep the local part as spelled; make the domain lower case and IDNA (A-labels). "" if it is no address."""
    local, at, domain = clean(spelling).strip("'<> ").rpartition("@")
    if not at or not local or " " in local or "@" in local:
        return ""
    normal = _domain(domain)
    return f"{local}@{normal}" if normal else ""


def _read_known(value: bytes) -> Named | None:
    """The entries one by one, since people come again in other company; None unless all of them are ordinary."""
    pieces = _PIECES(value)
    if len(pieces) < 2 or not value.isascii() or len(value) > LONGEST_VALUE or b",".join(pieces) != value:
        return None
    entries = [_entry(piece) for piece in pieces]
    if None in entries:
        return None
    addresses, names = zip(*entries, strict=True)
    return addresses, names


@lru_cache(maxsize=16_384)
def _entry(piece: bytes) -> tuple[str, str] | None:
    addresses, names = _read_new(piece) if _ORDINARY.fullmatch(piece.decode("ascii")) else ((), ())
    return (addresses[0], names[0]) if addresses else None


def _read_new(value: bytes) -> Named:
    text = decode_raw(value if len(value) <= LONGEST_VALUE else value[:LONGEST_VALUE].rpartition(b",")[0])
    addresses: list[str] = []
    names: list[str] = []
    position, end = 0, len(text)
    while position < end:
        entry = _ORDINARY.match(text, position)
        if entry is None:
            return read_odd_addresses(text)
        quoted, phrase, local, host, bare, bare_host = entry.groups()
        domain = _domain(host or bare_host)
        if not domain:
            return read_odd_addresses(text)
        address = f"{local or bare}@{domain}"
        addresses.append(address)
        names.append(_name(quoted or phrase or "", address))
        position = entry.end()
    return tuple(addresses), tuple(names)


def _name(raw: str, address: str) -> str:
    name = decode_words(raw) if raw else ""
    while len(name) > 1 and name[0] == name[-1] and name[0] in "'\"":  # Outlook: "'Ann Lee'"
        name = name[1:-1].strip()
    return "" if name.lower() == address.lower() else name


@lru_cache(maxsize=4096)
def _domain(spelling: str) -> str:
    domain = spelling.strip(". ").lower()
    if domain.isascii():
        return domain if " " not in domain else ""
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain  # not a name that DNS could hold, but still tells two spellings apart
