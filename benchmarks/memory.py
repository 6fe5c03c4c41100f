"""Tell how much memory this process and those that it started have held at most, from Linux's own books.

getrusage's figure is handed down when a process is started: a small helper of a large process seems as large as that.
VmHWM (proc(5)) begins anew with each program.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

_PAUSE = 0.02  # seconds between two looks at the helpers: their figure only grows while they live


def own_peak() -> float:
    """The megabytes that this process has held at most."""
    return _peak("self")


class Helpers:
    """The processes that this one starts; `peak` is what they held at most together, in megabytes."""

    def __init__(self) -> None:
        self._peaks: dict[str, float] = {}

    @property
    def peak(self) -> float:
        """Megabytes."""
        return sum(self._peaks.values())

    def look(self) -> None:
        """Read the figures of those that live."""
        for task in Path("/proc/self/task").iterdir():
            for child in task.joinpath("children").read_text(encoding="ascii").split():
                # the newest figure, not the largest: until its program is loaded, a child has its parent's memory
                self._peaks[child] = _peak(child) or self._peaks.get(child, 0.0)


@contextmanager
def helpers() -> Iterator[Helpers]:
    """Watch those that are started inside."""
    found, ended = Helpers(), Event()

    def watch() -> None:
        while not ended.wait(_PAUSE):
            found.look()

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield found
    finally:
        ended.set()
        watcher.join()


def _peak(process: str) -> float:
    try:
        told = Path("/proc", process, "status").read_text(encoding="utf-8")
    except OSError:
        return 0.0  # it has just ended
    found = re.search(r"VmHWM:\s*([0-9]+) kB", told)
    return int(found[1]) / 1024 if found else 0.0
