"""Read a large mailbox in a process of its own, so that its mails are parsed while the store saves those before.

Parsing takes most of the time of a large pull, and in one process it would take turns with saving. The process gets
what to read (with the secret) on its standard input and gives pages on its standard output; nothing is on its command
line or in its environment.
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
from connectors.errors import SourceError
from connectors.imap_ahead import ahead
from connectors.records import Cursor, Message, Page

_PIPE = 1 << 20  # bytes; a page has some
_ROOM = 2  # pages that wait for the store
_START = "from connectors.imap_helper import main; main()"


class ReadingEnded(SourceError):
    """The helping process is gone; what it gave is good."""

    retry = True


class Source(Protocol):
    """What can be read in another process: it can be pickled."""

    def pages(self, since: Cursor | None) -> Iterator[Page]:
        """As Connector.pull, in the process that it is called in."""
        ...


class _Sent(NamedTuple):
    """A page with its messages as plain tuples (half the time to pickle), or how the reading ended."""

    page: Page | None = None
    messages: tuple[tuple[object, ...], ...] = ()
    error: str = ""  # the name of the error's class
    sentence: str = ""


def pages(source: Source, since: Cursor | None) -> Generator[Page, None, None]:
    """Yield what `source.pages(since)` yields, and raise the SourceError that it raises. Closing it ends the process."""
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
            pickle.dump((source, since), asked)
        yield from _received(process.stdout)
    except BrokenPipeError as error:
        raise ReadingEnded(_ENDED) from error
    finally:
        process.stdout.close()
        process.terminate()
        process.wait()


_ENDED = "The process that reads the mailbox ended by itself; the next pull goes on where it stopped."


def _received(pipe: IO[bytes]) -> Iterator[Page]:
    while True:
        try:
            sent: _Sent = pickle.load(pipe)
        except (EOFError, pickle.UnpicklingError) as error:
            raise ReadingEnded(_ENDED) from error
        if sent.page is not None:
            yield sent.page._replace(messages=list(map(Message._make, sent.messages)))
            continue
        if not sent.error:
            return
        kind = getattr(errors, sent.error, None)
        if kind is None:
            raise RuntimeError(sent.sentence)
        raise kind(sent.sentence)


def main() -> None:
    """The process: read, and write pages until all is read or nobody takes them any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent ends this process
    gc.disable()  # it makes no cycles, lives shortly, and collecting takes a tenth of its time
    source, since = pickle.load(sys.stdin.buffer)
    try:
        for blob in ahead(_pickled(source, since), _ROOM):
            sys.stdout.buffer.write(blob)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os._exit(0)  # nobody is left to tell


def _pickled(source: Source, since: Cursor | None) -> Iterator[bytes]:
    try:
        for page in source.pages(since):
            sent = _Sent(page._replace(messages=[]), tuple(map(tuple, page.messages)))
            yield pickle.dumps(sent, pickle.HIGHEST_PROTOCOL)
        yield pickle.dumps(_Sent())
    except SourceError as error:
        yield pickle.dumps(_Sent(error=type(error).__name__, sentence=str(error)))
    except Exception:  # noqa: BLE001 - a mistake of ours: it is raised where somebody sees it
        yield pickle.dumps(_Sent(error="RuntimeError", sentence=traceback.format_exc()))
