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
from collections.abc import Generator, Iterator
from typing import IO, NamedTuple, Protocol

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
    process = subprocess.Popen(
        [sys.executable, "-c", _START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        pipesize=_PIPE,
    )
    assert process.stdin is not None and process.stdout is not None  # both are pipes
    try:
        with process.stdin as asked:
            pickle.dump(reading, asked)
        with uncollected():
            yield from _received(process.stdout)
    except BrokenPipeError as error:
        raise ReadingEnded(_ENDED) from error
    finally:
        process.stdout.close()
        process.terminate()
        process.wait()


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
