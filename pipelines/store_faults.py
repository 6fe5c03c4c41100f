"""Say in one sentence why the store can't be used, and what to do."""

import errno
import re
from pathlib import Path

HELD = re.compile(r"held in (?P<who>.+?) \(PID (?P<pid>[0-9]+)\)")
FULL = ("no space", "out of disk", "file too large", "quota exceeded", "disk full")
BROKEN = (
    "not a valid duckdb",
    "checksum",
    "corrupt",
    "serializ",
    "failed to read",
    "could not read",
    "storage version",
)


class StoreError(Exception):
    """The store can't be used; `str()` is one sentence that says why and what to do."""


class StoreBusy(StoreError):
    """Another program holds the store."""


def is_held(message: str) -> bool:
    """Whether DuckDB's message says that another program has the file open."""
    return "lock on file" in message.lower() or "being used by another process" in message.lower()


def busy(path: Path, message: str) -> StoreBusy:
    """The error for a store that another program has open, with the program's name and number where DuckDB tells."""
    found = HELD.search(message)
    who = f" ({found['who']}, process {found['pid']})" if found else ""
    return StoreBusy(
        f"The store {path} is open in another program{who}: close it there (to look at the data, open the copy in "
        "snapshot/ instead), then run this again."
    )


def explained(place: Path, message: str) -> StoreError | None:
    """The error for a fault of the disk or of the file; None where DuckDB's message tells of neither."""
    said = message.lower()
    if any(word in said for word in FULL):
        return StoreError(full(place))
    if any(word in said for word in BROKEN):
        return unreadable(place, message)
    return StoreError(f"{place} can't be used: {_first(message)}.") if said.startswith("io error") else None


def unreadable(place: Path, message: str) -> StoreError:
    """The error for a file that is no store, or a broken one."""
    return StoreError(
        f"The store {place} can't be read ({_first(message)}): move it away and run again, everything is read anew from "
        "the sources (the corrections that you gave are in it: keep it if you gave any)."
    )


def unopened(place: Path, message: str, *, read_only: bool) -> StoreError:
    """The error for a store, or with `read_only` a snapshot, that can't be opened."""
    if not read_only:
        return explained(place, message) or unreadable(place, message)
    return StoreError(f"The copy {place} can't be read ({_first(message)}): “coldcoffee run --no-pull” makes it anew.")


def full(place: Path) -> str:
    """The sentence for a full disk."""
    return f"The disk of {place} is full: make room, then run this again; what was saved before is kept."


def of_system(error: OSError, place: Path) -> str:
    """The sentence for what the operating system refused; `place` is named where the error names none."""
    where = error.filename if isinstance(error.filename, str) else place
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return full(Path(where))
    reason = (error.strerror or str(error)).lower()
    return f"{where} can't be used ({reason}): permit it to be read and written, or choose another folder with --home."


def _first(message: str) -> str:
    return message.splitlines()[0].rstrip(".")
