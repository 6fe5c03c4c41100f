"""Measure one reading of a file in a process of its own, so that nothing is remembered from the one before."""

import multiprocessing
import resource
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple


class Measured(NamedTuple):
    """Seconds; the peak memory in MB, with that of the largest process it started; and what the reading returned."""

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
    result = read(path)
    seconds = time.perf_counter() - began
    memory = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    told.send((seconds, memory, result))
