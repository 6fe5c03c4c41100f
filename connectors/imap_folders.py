"""Choose the folders of a mailbox that are read, and tell what each is for."""

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from imapclient.imap_utf7 import decode as decode_utf7

from connectors.imap_lines import Line, number, pairs, values
from connectors.mail_roles import MARK_OF, role_of

_ATTRIBUTES = {
    b"\\all": "all",
    b"\\allmail": "all",  # Gmail before RFC 6154
    b"\\drafts": "drafts",
    b"\\junk": "spam",
    b"\\spam": "spam",
    b"\\trash": "trash",
    b"\\sent": "sent",
    b"\\archive": "archive",
    b"\\inbox": "inbox",
}
_NO_MAIL = {b"\\noselect", b"\\nonexistent"}


class Status(NamedTuple):
    """What a server says of a folder without opening it; None for what it doesn't say."""

    messages: int | None
    next_uid: int | None
    validity: int | None
    modseq: int | None


class Folder(NamedTuple):
    """One folder: `name` as people read it, `raw` as the server writes it (modified UTF-7), `path` with `/` between
    levels and without the namespace's prefix, `role` all, drafts, spam, trash, sent, archive, inbox or other."""

    name: str
    raw: bytes
    path: str
    role: str
    selectable: bool
    status: Status | None = None


class Chosen(NamedTuple):
    """A folder that is read, and the marks that its mails get. `answers`: only answers to a report are read of it."""

    folder: Folder
    marks: tuple[str, ...]
    answers: bool = False


def read_list(lines: Iterable[Line], prefixes: Sequence[str] = ()) -> list[Folder]:
    """The folders in the responses to LIST, with the statuses of LIST-STATUS (RFC 5819) where they came along.

    `prefixes` are those of the personal namespaces (RFC 2342), `INBOX.` for example.
    """
    listed: list[tuple[set[bytes], str, bytes]] = []
    statuses: dict[bytes, Status] = {}
    for line in lines:
        kind = line.text[2:].partition(b" ")[0].upper()
        if kind in (b"LIST", b"XLIST", b"LSUB"):
            found = values(line, 2 + len(kind))
            if len(found) >= 3 and isinstance(found[0], list):
                flags = {flag.lower() for flag in found[0] if isinstance(flag, bytes)}
                separator = found[1].decode("latin-1") if isinstance(found[1], bytes) else ""
                listed.append((flags, separator, _name(found[2])))
        elif kind == b"STATUS" and (known := read_status(line)) is not None:
            statuses[_inbox(known[0])] = known[1]
    named = [(flags, separator, raw, _decoded(raw)) for flags, separator, raw in listed]
    roles = {
        name: role for flags, separator, _, name in named if (role := _role(flags, _path(name, separator, prefixes)))
    }
    folders: dict[bytes, Folder] = {}
    for flags, separator, raw, name in named:
        path = _path(name, separator, prefixes)
        told = roles.get(name) or _inherited(name, separator, roles)
        folders[raw] = Folder(name, raw, path, told, not flags & _NO_MAIL, statuses.get(_inbox(raw)))
    return list(folders.values())


def read_status(line: Line) -> tuple[bytes, Status] | None:
    """The folder and its status in a STATUS response; None for any other."""
    found = values(line, len(b"* STATUS")) if line.text[:9].upper() == b"* STATUS " else []
    if len(found) < 2:
        return None
    items = pairs(found[1])
    return _name(found[0]), Status(
        number(items.get(b"MESSAGES")),
        number(items.get(b"UIDNEXT")),
        number(items.get(b"UIDVALIDITY")),
        number(items.get(b"HIGHESTMODSEQ")),
    )


def choose(
    folders: Sequence[Folder], include: Sequence[str], exclude: Sequence[str], foreign: Sequence[str]
) -> list[Chosen]:
    """The folders to read, spam and trash last. Never drafts.

    Without `include`, a folder with all mail (\\All) stands for the others but spam and trash, and what belongs to
    other users or is shared (`foreign`, the prefixes of these namespaces) is left out. Beside a folder with all mail, the
    one of sent mail tells which answers to a report its owner has sent.
    """
    readable = [
        folder
        for folder in folders
        if folder.selectable
        and folder.role != "drafts"
        and (_matches(folder, include) if include else not folder.name.startswith(tuple(foreign)))
        and not _matches(folder, exclude)
    ]
    all_mail = not include and any(folder.role == "all" for folder in readable)
    if all_mail:
        readable = [folder for folder in readable if folder.role in ("all", "sent", "spam", "trash")]
    chosen = [
        Chosen(one, (MARK_OF[one.role],) if one.role in MARK_OF else (), all_mail and one.role == "sent")
        for one in readable
    ]
    return sorted(chosen, key=lambda one: one.folder.role in ("spam", "trash"))


def _role(flags: set[bytes], path: str) -> str | None:
    for flag, role in _ATTRIBUTES.items():
        if flag in flags:
            return role
    if path.upper() == "INBOX":
        return "inbox"
    return role_of(path) if "/" not in path else None  # somebody's Projects/Drafts may hold real mail


def _inherited(name: str, separator: str, roles: dict[str, str]) -> str:
    """A folder that was thrown away lies below the trash: it is what the folder above it is, if that is special."""
    while separator and separator in name:
        name = name.rpartition(separator)[0]
        if roles.get(name) in ("drafts", "spam", "trash"):
            return roles[name]
    return "other"


def _path(name: str, separator: str, prefixes: Sequence[str]) -> str:
    for prefix in sorted(prefixes, key=len, reverse=True):
        if prefix and name.startswith(prefix) and name != prefix:
            name = name[len(prefix) :]
            break
    path = name.replace(separator, "/") if separator and separator != "/" else name
    for gmail in ("[Gmail]/", "[Google Mail]/"):
        path = path.removeprefix(gmail)
    return path


def _matches(folder: Folder, patterns: Sequence[str]) -> bool:
    """Whether a pattern fits the folder's name or its path, in any case; `*` takes in sub-folders."""
    names = (folder.name.casefold(), folder.path.casefold())
    return any(fnmatchcase(name, pattern.casefold()) for pattern in patterns for name in names)


def _name(value: object) -> bytes:
    return value if isinstance(value, bytes) else b"NIL"  # a folder may be called that


def _inbox(raw: bytes) -> bytes:
    return b"INBOX" if raw.upper() == b"INBOX" else raw


def _decoded(raw: bytes) -> str:
    """The name as people read it; a name that is no modified UTF-7 (RFC 9051 A.1) is taken as UTF-8."""
    try:
        return str(decode_utf7(raw))
    except (ValueError, IndexError):
        return raw.decode("utf-8", "replace")
