"""Run an iterator in a thread of its own, a few items ahead of whoever takes them."""

from collections.abc import Generator, Iterator
from queue import Queue
from threading import Event, Thread
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class _End(NamedTuple):
    error: BaseException | None


def ahead(items: Iterator[T], room: int) -> Generator[T, None, None]:
    """Yield the same items in the same order; at most `room` wait. What `items` raises is raised here.

    Closing it stops the thread at the next item and lets `items` clean up before it returns.
    """
    ready: Queue[T | _End] = Queue(room)
    stopped = Event()
    thread = Thread(target=_run, args=(items, ready, stopped), daemon=True)
    thread.start()
    try:
        while not isinstance(item := ready.get(), _End):
            yield item
        if item.error is not None:
            raise item.error
    finally:
        stopped.set()
        while thread.is_alive():  # it may stand before a full queue
            while not ready.empty():
                ready.get_nowait()
            thread.join(0.02)


def _run(items: Iterator[T], ready: "Queue[T | _End]", stopped: Event) -> None:
    error: BaseException | None = None
    try:
        for item in items:
            ready.put(item)
            if stopped.is_set():
                break
        close = getattr(items, "close", None)
        if close is not None:
            close()
    except BaseException as raised:  # noqa: BLE001 - it is raised again where the items are taken
        error = raised
    ready.put(_End(error))
