"""Cut off a connection whose answer takes too long in all: a time-out is only for each piece of it."""

import socket
import threading
from contextlib import suppress
from types import TracebackType
from typing import Self

from google_auth_httplib2 import AuthorizedHttp


class Watch:
    """Around a call: after so many seconds its connection is shut, and `cut` says so."""

    def __init__(self, http: AuthorizedHttp, seconds: float) -> None:
        self._http = http
        self._timer = threading.Timer(seconds, self._shut)
        self._timer.daemon = True
        self.cut = False

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()

    def _shut(self) -> None:
        self.cut = True
        for connection in list(self._http.connections.values()):
            with suppress(OSError, AttributeError):  # it may just have been closed, and has no socket then
                connection.sock.shutdown(socket.SHUT_RDWR)
