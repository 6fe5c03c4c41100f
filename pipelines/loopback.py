"""Wait on this machine for a browser to come back with a provider's answer (RFC 8252 7.3)."""

import hmac
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

_PAGE = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>coldcoffee</title>"
    "<body style='font: 16px/1.5 system-ui, sans-serif; margin: 15vh auto; max-width: 30em; padding: 0 1em'>"
    "<h1>{}</h1><p>You can close this window and go back to the terminal.</p></body></html>"
)
_MOST = 1 << 16  # bytes of a form


class Loopback:
    """A server on 127.0.0.1 that takes one answer: one with the `state` that it waits for. Others are turned away."""

    def __init__(self) -> None:
        self._state = ""
        self._answer: dict[str, str] = {}
        self._came = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True  # browsers keep connections open that they never use
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), daemon=True)
        self.port: int = self._server.server_address[1]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def expect(self, state: str) -> None:
        """Take the answer with this state from now on."""
        self._state = state

    def wait(self, seconds: float) -> dict[str, str] | None:
        """The fields of the answer (`code` or `error`, `state`); None if none came in time."""
        return self._answer if self._came.wait(seconds) else None

    def _take(self, fields: str) -> str | None:
        """What the page says about an answer, which may come in the address or as a form; None for what is none."""
        told = dict(parse_qsl(fields))
        if not self._state or not hmac.compare_digest(told.get("state", "").encode(), self._state.encode()):
            return None
        if "code" not in told and "error" not in told:
            return None
        if not self._came.is_set():
            self._answer = told
            self._came.set()
        return "You are signed in." if "code" in self._answer else "Nothing was allowed."

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 10

            def do_GET(self) -> None:
                self._say(loopback._take(urlsplit(self.path).query))

            def do_POST(self) -> None:
                length = self.headers.get("Content-Length", "")
                form = self.rfile.read(min(int(length), _MOST)) if length.isdecimal() else b""
                self._say(loopback._take(form.decode("utf-8", "replace")))

            def _say(self, said: str | None) -> None:
                body = _PAGE.format(said or "This page is not for you.").encode()
                self.send_response_only(200 if said else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Referrer-Policy", "no-referrer")
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """Says nothing: the address holds a code."""

        return Handler
