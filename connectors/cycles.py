"""Keep Python's collector of cycles from looking through a great many records that make none."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Inside, cycles are not looked for; reference counts free what is no longer used all the same. For some seconds of
    work on records, in which the collector takes up to a third of the time."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()
