"""Send commands to a server that is logged in, several at a time, and read its responses as they come."""

import secrets
import socket
from collections.abc import Sequence
from typing import NamedTuple

from imapclient import IMAPClient

from connectors.errors import HostSilent, ServerFault
from connectors.imap_fetch import Fetched, Scanned, scan
from connectors.imap_lines import Line

LARGEST = 64 << 20  # bytes of one response: more than any header, and a bound on memory
CHUNK = 1 << 18


class Refused(Exception):
    """The server answered NO or BAD; `str()` is what it said."""


class Arrived(NamedTuple):
    """Whole responses: mails, other untagged responses, and by tag what the server said of commands that are done
    (`OK …`, `NO …`, `BAD …`)."""

    mails: list[Fetched]
    lines: list[Line]
    done: dict[bytes, str]


class Wire:
    """The socket of an imapclient connection, with its buffer. Raises OSError, HostSilent, ServerFault.

    imaplib reads through a buffered file: what lies in it is taken from there first. Servers may work on several
    commands at once and mix their responses (Dovecot does), so a response is told by what is in it, not by its place.
    """

    def __init__(self, client: IMAPClient) -> None:
        imap = client._imap
        self._socket = client.socket()
        left = getattr(imap, "_readbuf", None)  # since Python 3.14 imaplib keeps chunks instead of a file
        self._read1 = imap.file.read1 if left is None else self._socket.recv
        self._buffer = b"".join(left) if left else b""
        self._prefix = secrets.token_hex(3).encode()  # no mail can hold the tag of a command
        self._sent = 0
        # small commands that follow one another must not wait for the server's acknowledgement (40 ms each)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, command: bytes) -> bytes:
        """Send a command without waiting; its tag."""
        self._sent += 1
        tag = b"%s%d" % (self._prefix, self._sent)
        self._socket.sendall(b"%s %s\r\n" % (tag, command))
        return tag

    def read(self) -> Arrived:
        """Wait for the next responses."""
        while True:
            scanned = scan(self._buffer)
            self._buffer = self._buffer[scanned.end :]
            if scanned.mails or scanned.others:
                return _sorted(scanned)
            if len(self._buffer) > LARGEST:
                raise ServerFault("The server sent a response of more than 64 MB, which can't be a mail's headers.")
            arrived = self._read1(CHUNK)
            if not arrived:
                raise HostSilent("The server closed the connection before it was done; the next pull tries again.")
            self._buffer += arrived

    def run(self, commands: Sequence[bytes]) -> tuple[list[Line], list[str]]:
        """Send all the commands at once and wait until all are done: the untagged responses to them, and what the
        server said of each."""
        tags = [self.send(command) for command in commands]
        lines: list[Line] = []
        done: dict[bytes, str] = {}
        while not done.keys() >= set(tags):
            arrived = self.read()
            lines += arrived.lines
            done |= arrived.done
        return lines, [done[tag] for tag in tags]

    def ask(self, command: bytes) -> list[Line]:
        """The untagged responses to one command. Raises Refused for NO and BAD."""
        lines, (said,) = self.run([command])
        if not succeeded(said):
            raise Refused(said)
        return lines


def succeeded(said: str) -> bool:
    """Whether a command was carried out."""
    return said[:2].upper() == "OK"


def _sorted(scanned: Scanned) -> Arrived:
    arrived = Arrived(scanned.mails, [], {})
    for line in scanned.others:
        first, _, rest = line.text.partition(b" ")
        if first == b"*":
            if rest[:3].upper() == b"BYE":
                said = rest[4:].decode("utf-8", "replace").rstrip(".")
                raise HostSilent(f"The server ended the connection ({said}); the next pull tries again.")
            arrived.lines.append(line)
        elif first != b"+":
            arrived.done[first] = rest.decode("utf-8", "replace")
    return arrived
