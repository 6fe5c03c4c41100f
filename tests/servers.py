"""Servers for tests: a real Dovecot, and one that says what a script tells it."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import pytest
import trustme
from imapclient import IMAPClient
from imapclient.exceptions import LoginError

from benchmarks.dovecot import Dovecot, found

needs_dovecot = pytest.mark.skipif(not found(), reason="needs Dovecot: apt-get install dovecot-imapd")


class Certificates(NamedTuple):
    """The files of an authority that was made up for a test, and of the server's certificate by it."""

    authority: Path
    certificate: Path
    key: Path


def certificates(folder: Path, host: str) -> Certificates:
    """Make a certificate for `host`."""
    folder.mkdir(exist_ok=True)
    made = Certificates(folder / "ca.pem", folder / "cert.pem", folder / "key.pem")
    authority = trustme.CA()
    issued = authority.issue_cert(host)
    authority.cert_pem.write_to_path(str(made.authority))
    issued.private_key_pem.write_to_path(str(made.key))
    for number, blob in enumerate(issued.cert_chain_pems):
        blob.write_to_path(str(made.certificate), append=number > 0)
    return made


@contextmanager
def logged_in(server: Dovecot, user: str = "dana") -> Iterator[IMAPClient]:
    """The user's own mail program, so to speak: it makes folders, files mails and flags them."""
    with IMAPClient("127.0.0.1", port=server.port, ssl=False) as client:
        while True:
            try:
                client.login(user, server.users[user])
                break
            except LoginError as error:  # on a busy machine the port is open before passwords can be checked
                if "UNAVAILABLE" not in str(error):
                    raise
        yield client


Reply = Callable[[bytes, bytes], bytes | None]


class Scripted:
    """A server on loopback that answers each command by `reply(tag, command)`; None ends the connection.

    `commands` are those that it got, without their tags. An empty answer keeps the client waiting.
    """

    def __init__(self, reply: Reply, greeting: bytes = b"* OK [CAPABILITY IMAP4rev1] ready\r\n") -> None:
        self._reply = reply
        self._greeting = greeting
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self.commands: list[bytes] = []
        self.port: int = self._socket.getsockname()[1]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()
        self._thread.join(10)

    def _serve(self) -> None:
        connection, _ = self._socket.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(self._greeting)
            for line in lines:
                tag, _, command = line.rstrip(b"\r\n").partition(b" ")
                self.commands.append(command)
                answer = self._reply(tag, command)
                if answer is None:
                    return
                connection.sendall(answer)
