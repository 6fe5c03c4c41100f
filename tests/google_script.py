"""A server that answers for Google's hosts what a test tells it: for what `myworld` does not do."""

import json
import threading
from collections import defaultdict, deque
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import parse_qs, urlsplit


class Reply(NamedTuple):
    """An answer. `body` is JSON unless it is bytes; `cut` ends the connection before the body is there as a whole, `hangs`
    lets the caller wait until the test is over, `dribbles` gives it a byte now and then until then."""

    body: object = None
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    cut: bool = False
    hangs: bool = False
    dribbles: bool = False


class Asked(NamedTuple):
    """A call that came: its method, its path without the host, what the query says, its body."""

    method: str
    path: str
    query: dict[str, str]
    body: str


class Script:
    """A server on loopback. Each path has answers, given in turn; the last one again and again."""

    def __init__(self) -> None:
        self._answers: dict[str, deque[Reply]] = defaultdict(deque)
        self._over = threading.Event()
        self.asked: list[Asked] = []
        script = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _handle(self) -> None:
                script.handle(self)

            do_GET = do_POST = do_PUT = _handle

            def log_message(self, format: str, *args: object) -> None:
                """Tests are quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    @property
    def root(self) -> str:
        """What stands before Google's hosts."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def on(self, path: str, *replies: Reply | object) -> Self:
        """Answer a path (without the host) so; what is no Reply is its JSON."""
        self._answers[path].extend(one if isinstance(one, Reply) else Reply(one) for one in replies)
        return self

    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [asked.path for asked in self.asked]

    def handle(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one call."""
        parts = urlsplit(handler.path)
        path = "/" + parts.path.lstrip("/").partition("/")[2]
        body = handler.rfile.read(int(handler.headers.get("content-length", 0))).decode()
        query = {name: ",".join(values) for name, values in parse_qs(parts.query).items()}
        self.asked.append(Asked(handler.command, path, query, body))
        answers = self._answers.get(path)
        if not answers:
            reply = Reply({"error": {"code": 404, "message": f"nothing is said of {path}"}}, 404)
        else:
            reply = answers[0] if len(answers) == 1 else answers.popleft()
        data = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        if reply.hangs:
            self._over.wait(30)
            handler.close_connection = True
            return
        handler.send_response_only(reply.status)
        headers = dict([("content-type", "application/json"), *reply.headers])
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("content-length", str(len(data) + (10_000 if reply.dribbles else 0)))
        handler.end_headers()
        with suppress(OSError):  # the caller may have hung up
            while reply.dribbles and not self._over.wait(0.05):
                handler.wfile.write(b" ")
        handler.wfile.write(data[: len(data) // 2] if reply.cut else data)
        if reply.cut or reply.dribbles:
            handler.close_connection = True


def batch(*answers: tuple[int, object]) -> Reply:
    """What a batch answers: the parts' statuses and JSON, in order."""
    mark = "batch_mark"
    parts = [
        f"--{mark}\r\nContent-Type: application/http\r\nContent-ID: <response-item:{number}>\r\n\r\n"
        f"HTTP/1.1 {status} Said\r\nContent-Type: application/json\r\n\r\n{json.dumps(said)}\r\n"
        for number, (status, said) in enumerate(answers)
    ]
    body = "".join(parts) + f"--{mark}--\r\n"
    return Reply(body.encode(), headers=(("content-type", f"multipart/mixed; boundary={mark}"),))
