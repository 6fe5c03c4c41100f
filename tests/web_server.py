"""A small web server on loopback that answers as a test tells it, faults included."""

import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import NamedTuple, Self

from tests.servers import Certificates


class Asked(NamedTuple):
    """What the server was asked; header names are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class Reply(NamedTuple):
    """What it answers. `promised` is the length that it tells, where that is not the body's. `then` is what it does
    after the body: `close` the connection, or until the server ends `hang`, or `dribble` a byte now and then. Without
    status it answers nothing."""

    status: int = 200
    headers: Mapping[str, str] = {}
    body: bytes = b""
    promised: int | None = None
    then: str = ""


class Site:
    """A server whose answers `reply(asked)` makes, in as many threads as there are connections."""

    def __init__(self, reply: Callable[[Asked], Reply], certificates: Certificates | None = None) -> None:
        self.asked: list[Asked] = []
        self._ended = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler(reply))
        self._server.daemon_threads = True
        if certificates is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificates.certificate, certificates.key)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        scheme = "http" if certificates is None else "https"
        self.port: int = self._server.server_address[1]
        self.url = f"{scheme}://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def _handler(self, reply: Callable[[Asked], Reply]) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = 1 << 16

            def handle_one_request(self) -> None:
                try:
                    self._answer()
                except (OSError, ValueError):  # the client has gone
                    self.close_connection = True

            def _answer(self) -> None:
                self.raw_requestline = self.rfile.readline(65_537)
                if not self.raw_requestline or not self.parse_request():
                    self.close_connection = True
                    return
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(self.command, self.path, headers, body)
                site.asked.append(asked)
                answer = reply(asked)
                if answer.status:
                    given = {name.lower() for name in answer.headers}
                    self.send_response_only(answer.status)
                    if "date" not in given:
                        self.send_header("Date", self.date_time_string())
                    if "content-length" not in given and "transfer-encoding" not in given:
                        length = len(answer.body) if answer.promised is None else answer.promised
                        self.send_header("Content-Length", str(length))
                    for name, value in answer.headers.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(answer.body)
                    self.wfile.flush()
                while answer.then == "dribble" and not site._ended.wait(0.05):
                    self.wfile.write(b" ")
                    self.wfile.flush()
                if answer.then == "hang":
                    site._ended.wait(30)
                if answer.then or not answer.status:
                    self.close_connection = True
                    self.connection.shutdown(socket.SHUT_RDWR)

            def log_message(self, format: str, *args: object) -> None:
                """Says nothing."""

        return Handler


class Dribble:
    """A server that answers every connection with `begun` and then a byte now and then, without end."""

    def __init__(self, begun: bytes, certificates: Certificates | None = None) -> None:
        self._begun = begun
        self._context = None if certificates is None else ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if self._context is not None and certificates is not None:
            self._context.load_cert_chain(certificates.certificate, certificates.key)
        self._ended = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(0.05)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self.url = f"{'https' if certificates else 'http'}://127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join(10)
        self._socket.close()

    def _serve(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _ = self._socket.accept()
            except TimeoutError:
                continue
            threading.Thread(target=self._dribble, args=(connection,), daemon=True).start()

    def _dribble(self, connection: socket.socket) -> None:
        try:
            connection.settimeout(10)
            with self._context.wrap_socket(connection, server_side=True) if self._context else connection as wire:
                wire.recv(65_536)
                wire.sendall(self._begun)
                while not self._ended.wait(0.05):
                    wire.sendall(b"x")
        except OSError:  # the client has had enough
            return
