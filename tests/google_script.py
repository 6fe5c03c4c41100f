"""A server that answers for Google's hosts what a test tells it: for what `myworld` does not do."""

import json
from collections import defaultdict, deque
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import parse_qs, urlsplit

from tests import web_server


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
        self._site = web_server.Site(self._reply)
        self.asked: list[Asked] = []

    def __enter__(self) -> Self:
        self._site.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._site.__exit__(kind, error, trace)

    @property
    def root(self) -> str:
        """What stands before Google's hosts."""
        return self._site.url

    def on(self, path: str, *replies: Reply | object) -> Self:
        """Answer a path (without the host) so; what is no Reply is its JSON."""
        self._answers[path].extend(one if isinstance(one, Reply) else Reply(one) for one in replies)
        return self

    def paths(self) -> list[str]:
        """The paths that were asked for, in order."""
        return [asked.path for asked in self.asked]

    def _reply(self, asked: web_server.Asked) -> web_server.Reply:
        parts = urlsplit(asked.path)
        path = "/" + parts.path.lstrip("/").partition("/")[2]
        query = {name: ",".join(values) for name, values in parse_qs(parts.query).items()}
        self.asked.append(Asked(asked.method, path, query, asked.body.decode()))
        answers = self._answers.get(path)
        if not answers:
            reply = Reply({"error": {"code": 404, "message": f"nothing is said of {path}"}}, 404)
        else:
            reply = answers[0] if len(answers) == 1 else answers.popleft()
        if reply.hangs:
            return web_server.Reply(0, then="hang")
        data = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
        headers = dict([("content-type", "application/json"), *reply.headers])
        if reply.dribbles:
            return web_server.Reply(reply.status, headers, b"", len(data) + 10_000, "dribble")
        if reply.cut:
            return web_server.Reply(reply.status, headers, data[: len(data) // 2], len(data), "close")
        return web_server.Reply(reply.status, headers, data)


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
