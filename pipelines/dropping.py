"""Tell when what was dropped into a folder lies still: files that are being copied are not read half."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

MOST = 200_000  # files that are looked at


class Watched(NamedTuple):
    """What is remembered of a folder from one look to the next: how it looked last, and how it looked when it was read."""

    last: str = ""
    read: str = ""


def look(folder: Path) -> str:
    """A digest of the names, sizes and times of all files in a folder and below; empty for no files."""
    told = hashlib.sha256()
    count = 0
    for line in sorted(_lines(folder)):
        told.update(line.encode("utf-8", "surrogateescape"))
        count += 1
    return told.hexdigest() if count else ""


def settled(before: Watched, now: str) -> tuple[Watched, bool]:
    """What to remember after this look, and whether the folder is to be read: it looks as at the look before, and not
    as when it was read."""
    if now and now == before.last and now != before.read:
        return Watched(now, now), True
    return Watched(now, before.read), False


def _lines(folder: Path) -> Iterator[str]:
    waiting, count = [str(folder)], 0
    while waiting and count < MOST:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif entry.is_file():
                        count += 1
                        there = entry.stat()
                        yield f"{entry.path}\0{there.st_size}\0{there.st_mtime_ns}\n"
        except OSError:
            continue  # a folder that is gone again, or may not be read: the pull itself says so
