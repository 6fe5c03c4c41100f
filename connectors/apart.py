"""Run what reads a large source in a process of its own, so that it goes on while this one saves or reads, too.

Reading takes most of the time of a large pull, and in one process it would take turns with everything else. The process
gets what to read (with the secret) on its standard input and gives what it read on its standard output; nothing is on
its command line or in its environment.
"""

import gc
import os
import pickle
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from typing import IO, Any, NamedTuple, Protocol, Self

from connectors import errors
from connectors.ahead import ahead
from connectors.cycles import uncollected
from connectors.errors import SourceError

_PIPE = 1 << 20  # bytes; a page has some
_ROOM = 2  # items that wait for whoever takes them
_START = "from connectors.apart import main; main()"
_ENDED = "The process that reads this source ended by itself; the next pull goes on where it stopped."


class ReadingEnded(SourceError):
    """The helping process is gone; what it gave is good."""

    retry = True


class Reading(Protocol):
    """What can be read in another process: it can be pickled, and so can its items."""

    def items(self) -> Iterator[object]:
        """Yield what is read, in the process that it is called in. Raises SourceError."""
        ...


class _Sent(NamedTuple):
    """An item, or how the reading ended."""

    item: object = None
    error: str = ""  # the name of the error's class
    sentence: str = ""


def items(reading: Reading) -> Generator[object, None, None]:
    """Yield what `reading.items()` yields in a process of its own, and raise the SourceError that it raises. Closing it
    ends the process."""
    process = _started()
    try:
        with process.asked:
            pickle.dump(reading, process.asked)
        with uncollected():
            yield from _received(process.given)
    except BrokenPipeError as error:
        raise ReadingEnded(_ENDED) from error
    finally:
        process.end()


class Helper:
    """A process that does jobs one after the other while this one does something else. `work` can be pickled, and so can
    the jobs and what comes of them. Leaving the context ends the process."""

    def __init__(self, work: Callable[[Any], object]) -> None:
        self._work = work

    def __enter__(self) -> Self:
        self._process = _started()
        try:
            pickle.dump(_Jobs(self._work), self._process.asked)
            self._process.asked.flush()
        except BrokenPipeError as error:
            self._process.end()
            raise ReadingEnded(_ENDED) from error
        self._results = _received(self._process.given)
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(BrokenPipeError):
            self._process.asked.close()
        self._process.end()

    def give(self, job: object) -> None:
        """Hand over a job. What came of the one before has been taken: the pipes need not hold more than one."""
        try:
            pickle.dump(job, self._process.asked, pickle.HIGHEST_PROTOCOL)
            self._process.asked.flush()
        except BrokenPipeError as error:
            raise ReadingEnded(_ENDED) from error

    def take(self) -> object:
        """What came of the first job of which it was not taken. Raises the SourceError that it raised; after that, and
        after the process has ended, ReadingEnded."""
        for result in self._results:
            return result
        raise ReadingEnded(_ENDED)


class _Jobs(NamedTuple):
    """What a Helper's process does: it works on what comes on its standard input until that ends."""

    work: Callable[[Any], object]

    def items(self) -> Iterator[object]:
        while True:
            try:
                job = pickle.load(sys.stdin.buffer)
            except EOFError:
                return
            yield self.work(job)


class _Process(NamedTuple):
    """The process, and the pipes to it and from it."""

    process: subprocess.Popen[bytes]
    asked: IO[bytes]
    given: IO[bytes]

    def end(self) -> None:
        self.given.close()
        self.process.terminate()
        self.process.wait()


def _started() -> _Process:
    process = subprocess.Popen(
        [sys.executable, "-c", _START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        pipesize=_PIPE,
    )
    assert process.stdin is not None and process.stdout is not None  # both are pipes
    return _Process(process, process.stdin, process.stdout)


def _received(pipe: IO[bytes]) -> Iterator[object]:
    while True:
        try:
            sent: _Sent = pickle.load(pipe)
        except (EOFError, pickle.UnpicklingError) as error:
            raise ReadingEnded(_ENDED) from error
        if sent.item is not None:
            yield sent.item
            continue
        if not sent.error:
            return
        kind = getattr(errors, sent.error, None)
        if kind is None:
            raise RuntimeError(sent.sentence)
        raise kind(sent.sentence)


def main() -> None:
    """The process: read, and write items until all is read or nobody takes them any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends this process
    gc.disable()  # as in uncollected(), and for good: it lives shortly
    reading = pickle.load(sys.stdin.buffer)
    try:
        for blob in ahead(_pickled(reading), _ROOM):
            sys.stdout.buffer.write(blob)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os._exit(0)  # nobody is left to tell


def _pickled(reading: Reading) -> Iterator[bytes]:
    try:
        for item in reading.items():
            yield pickle.dumps(_Sent(item), pickle.HIGHEST_PROTOCOL)
        yield pickle.dumps(_Sent())
    except SourceError as error:
        yield pickle.dumps(_Sent(error=type(error).__name__, sentence=str(error)))
    except Exception:  # noqa: BLE001 - a mistake of ours: it is raised where somebody sees it
        yield pickle.dumps(_Sent(error="RuntimeError", sentence=traceback.format_exc()))
