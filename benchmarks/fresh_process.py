"""Measure one reading of a file in a process of its own, so that nothing is remembered from the one before."""

import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from benchmarks.memory import helpers, own_peak


class Measured(NamedTuple):
    """Seconds; the peak memory in MB, with that of the processes it started; and what the reading returned."""

    seconds: float
    memory: float
    result: int


def measure(read: Callable[[Path], int], path: Path) -> Measured:
    """Read once."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_measured, args=(read, path, there))
    process.start()
    measured = Measured(*here.recv())
    process.join()
    return measured


def _measured(read: Callable[[Path], int], path: Path, told: Connection) -> None:
    began = time.perf_counter()
    with helpers() as started:
        result = read(path)
    seconds = time.perf_counter() - began
    told.send((seconds, own_peak() + started.peak, result))
