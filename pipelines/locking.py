"""Let one run at a time work on an owner's store, and tell the others who that is."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from pipelines.private import private_folder
from pipelines.store_faults import StoreBusy


@contextmanager
def held(lock: Path, who: str, wait: float) -> Iterator[None]:
    """Hold the owner's lock for a whole run; `who` is what others are told. Raises StoreBusy after `wait` seconds."""
    private_folder(lock.parent)
    note = lock.with_suffix(".holder")
    try:
        with filelock.FileLock(lock, timeout=wait):
            note.write_text(f"{who} (process {os.getpid()}, since {time.strftime('%Y-%m-%d %H:%M')})", encoding="utf-8")
            try:
                yield
            finally:
                note.unlink(missing_ok=True)
    except filelock.Timeout as error:
        try:
            holder = note.read_text(encoding="utf-8")
        except OSError:
            holder = "another coldcoffee"
        raise StoreBusy(
            f"The store {lock.stem} is in use by {holder}: wait until it has finished, then run this again."
        ) from error
