"""Make folders and files that only their owner may read."""

import os
import secrets as randomness
from pathlib import Path


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner may read."""
    path.mkdir(parents=True, exist_ok=True)
    if os.name == "posix":
        path.chmod(0o700)
    return path


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, in one step: there is the old one or the new one, whole."""
    fresh = path.with_name(f"{path.name}.{randomness.token_hex(4)}")  # another process may be writing it, too
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
