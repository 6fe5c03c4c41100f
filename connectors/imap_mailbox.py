"""What is asked of a mailbox that is logged in: its folders, their state, the UIDs of one."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from imapclient import IMAPClient

from connectors.imap_fetch import internal_date
from connectors.imap_folders import Chosen, Folder, Status, choose, read_list, read_status
from connectors.imap_lines import pairs, values
from connectors.imap_wire import Refused, Wire
from connectors.records import Micros, Seen

_AT_ONCE = 50  # STATUS commands on their way together
_CODE = re.compile(rb"\* OK \[(UIDVALIDITY|UIDNEXT|HIGHESTMODSEQ) ([0-9]+)\]", re.IGNORECASE).match
_EXISTS = re.compile(rb"\* ([0-9]+) EXISTS", re.IGNORECASE).match
_FETCH = re.compile(rb"\* [0-9]+ FETCH ", re.IGNORECASE).match


class Opened(NamedTuple):
    """A folder's state as EXAMINE tells it; `next_uid` and `modseq` are None where the server doesn't say."""

    messages: int
    validity: int
    next_uid: int | None
    modseq: int | None


class Mailbox:
    """One mailbox on one connection. Raises what Wire raises."""

    def __init__(self, client: IMAPClient) -> None:
        self._offers = {name.upper() for name in client.capabilities()}
        self._prefixes: tuple[str, ...] = ()
        self._foreign: tuple[str, ...] = ()
        if b"NAMESPACE" in self._offers:
            spaces = client.namespace()
            self._prefixes = tuple(prefix for prefix, _ in spaces.personal or ())
            shared = [*(spaces.other or ()), *(spaces.shared or ())]
            self._foreign = tuple(prefix for prefix, _ in shared if prefix)
        self.wire = Wire(client)

    def chosen(self, include: Sequence[str], exclude: Sequence[str]) -> list[Chosen]:
        """The folders to read with their statuses: one round trip where LIST-STATUS is offered (RFC 5819), else two."""
        modseq = b" HIGHESTMODSEQ" if self._offers & {b"CONDSTORE", b"QRESYNC"} else b""
        status = b"(MESSAGES UIDNEXT UIDVALIDITY%b)" % modseq
        wanted = []
        if b"SPECIAL-USE" in self._offers and self._offers & {b"LIST-EXTENDED", b"LIST-STATUS", b"IMAP4REV2"}:
            wanted.append(b"SPECIAL-USE")
        if self._offers & {b"LIST-STATUS", b"IMAP4REV2"}:
            wanted.append(b"STATUS " + status)
        returning = b" RETURN (%b)" % b" ".join(wanted) if wanted else b""
        lines = self.wire.ask(b'LIST "" "*"' + returning)
        chosen = choose(read_list(lines, self._prefixes), include, exclude, self._foreign)
        known = self._statuses([one.folder for one in chosen if one.folder.status is None], status)
        return [
            one._replace(folder=one.folder._replace(status=one.folder.status or known.get(one.folder.raw)))
            for one in chosen
        ]

    def examine(self, folder: Folder) -> Opened:
        """Open a folder read-only. Raises Refused where it has gone or may not be opened."""
        messages, codes = 0, dict[bytes, int]()
        for line in self.wire.ask(b"EXAMINE " + quoted(folder.raw)):
            if (exists := _EXISTS(line.text)) is not None:
                messages = int(exists[1])
            elif (code := _CODE(line.text)) is not None:
                codes[code[1].upper()] = int(code[2])
        return Opened(messages, codes.get(b"UIDVALIDITY", 0), codes.get(b"UIDNEXT"), codes.get(b"HIGHESTMODSEQ"))

    def uids(self, first: int, such: bytes = b"") -> list[int]:
        """The UIDs from `first` on in the folder that is open, in order; `such` is a search key that narrows them."""
        found: set[int] = set()
        for line in self.wire.ask(b"UID SEARCH UID %d:*%b" % (first, such)):
            words = line.text.split()
            if words[1:2] and words[1].upper() == b"SEARCH":
                found.update(int(word) for word in words[2:] if word.isdigit())
        return sorted(uid for uid in found if uid >= first)

    def seen(self, chosen: Chosen) -> Seen:
        """The folder's number of mails, and when the server got the first and the last of them."""
        name = chosen.folder.name
        try:
            opened = self.examine(chosen.folder)
            if not opened.messages:
                return Seen(name, 0, None, None)
            times = self._times(b"1,%d" % opened.messages)
        except Refused:
            return Seen(name, 0, None, None)
        return Seen(name, opened.messages, min(times, default=None), max(times, default=None))

    def log_out(self) -> None:
        """Say good-bye; servers may close without an answer."""
        self.wire.send(b"LOGOUT")

    def _times(self, sequence: bytes) -> list[Micros]:
        times: list[Micros] = []
        for line in self.wire.ask(b"FETCH %b (INTERNALDATE)" % sequence):
            opening = _FETCH(line.text)
            given = values(line, opening.end()) if opening is not None else []
            text = pairs(given[0]).get(b"INTERNALDATE") if given else None
            time = internal_date(text) if isinstance(text, bytes) else None
            if time is not None:
                times.append(time)
        return times

    def _statuses(self, folders: Sequence[Folder], status: bytes) -> dict[bytes, Status]:
        """Ask for many folders at once; one that refuses (it has just gone) is without."""
        found: dict[bytes, Status] = {}
        for start in range(0, len(folders), _AT_ONCE):
            some = folders[start : start + _AT_ONCE]
            lines, _ = self.wire.run([b"STATUS %b %b" % (quoted(folder.raw), status) for folder in some])
            found |= dict(answer for answer in map(read_status, lines) if answer is not None)
        return found


def quoted(raw: bytes) -> bytes:
    """A folder's name as a command takes it."""
    return b'"' + raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
