"""Run the command and kill it at a line of the code that writes to the disk: a program for tests.

`python -m tests.pipelines.killed N HOME …` runs `coldcoffee --home HOME …` and ends it with SIGKILL just before the N-th
line that is executed in one of WRITERS, counted from the first page that is saved; without so many it runs to its end,
and tells on standard error how many there were.
"""

import os
import signal
import sys
from pathlib import Path
from types import FrameType

from pipelines import cli, graph, private, reporting, store

WRITERS = frozenset(module.__file__ for module in (store, private, reporting))
LOADED = (graph,)  # before the counting, which makes every call slow
FIRST = store.Store.save.__code__


class Killer:
    """Counts lines, and kills this process."""

    def __init__(self, last: int) -> None:
        self.last = last
        self.lines = 0

    def enter(self, frame: FrameType, _event: str, _argument: object) -> "Killer | None":
        """Watch what is called in one of the writers."""
        watched = frame.f_code.co_filename in WRITERS and (self.lines or frame.f_code is FIRST)
        return self if watched else None

    def __call__(self, _frame: FrameType, event: str, _argument: object) -> "Killer":
        """One line of it."""
        if event == "line":
            self.lines += 1
            if self.lines == self.last:
                os.kill(os.getpid(), signal.SIGKILL)
        return self


def main() -> None:
    """Run, count, kill."""
    killer = Killer(int(sys.argv[1]))
    sys.argv = [str(Path(cli.__file__)), "--home", *sys.argv[2:]]
    sys.settrace(killer.enter)
    try:
        cli.main()
    finally:
        sys.settrace(None)
        sys.stderr.write(f"{killer.lines} lines\n")


if __name__ == "__main__":
    main()
