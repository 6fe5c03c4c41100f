"""Connections on which an answer's beginning must arrive in time as a whole.

A time-out of a socket bounds each wait for a next byte; a server that sends one now and then would never be given up.
"""

import socket
import threading
from typing import ClassVar

import requests
from urllib3 import HTTPConnectionPool, HTTPResponse, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection


class _Bounded(HTTPConnection):
    """Ends itself when status and headers have not arrived within the time-out for reading."""

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 does itself
        seconds = self.timeout
        if not isinstance(seconds, int | float):
            return super().getresponse()
        late = threading.Event()
        watch = threading.Timer(seconds, _end, [self.sock, late])
        watch.daemon = True
        watch.start()
        try:
            response = super().getresponse()
        except Exception:
            if not late.is_set():
                raise
        finally:
            watch.cancel()
        if late.is_set():  # what had arrived may look like a whole answer without a body
            raise TimeoutError
        return response


class _BoundedSafe(_Bounded, HTTPSConnection):
    """The same by https."""


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Bounded


class _SafePool(HTTPSConnectionPool):
    ConnectionCls = _BoundedSafe


class _Pools(PoolManager):
    pool_classes: ClassVar[dict[str, type[HTTPConnectionPool]]] = {"http": _Pool, "https": _SafePool}

    def __init__(self, num_pools: int, maxsize: int, block: bool) -> None:
        super().__init__(num_pools, maxsize=maxsize, block=block)
        self.pool_classes_by_scheme = self.pool_classes


class BoundedAdapter(requests.adapters.HTTPAdapter):
    """Makes `requests` use such connections."""

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **_: object) -> None:
        self.poolmanager = _Pools(connections, maxsize, block)


def _end(connection: socket.socket | None, late: threading.Event) -> None:
    """Wake whoever waits for this connection: it has ended. Not by SSLSocket's own method, which confuses a reader."""
    late.set()
    if connection is not None:
        try:
            socket.socket.shutdown(connection, socket.SHUT_RDWR)
        except OSError:
            return
