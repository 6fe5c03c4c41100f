"""Keep the keys of this installation: made at first use, readable by their owner alone, never in the store."""

import os
import secrets as randomness
from pathlib import Path


def kept(path: Path) -> bytes:
    """The key that lies at `path`: 32 random bytes, as hexadecimal text. It is made where there is none."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return bytes.fromhex(path.read_text(encoding="ascii"))
    with os.fdopen(handle, "w", encoding="ascii") as file:
        made = randomness.token_hex(32)
        file.write(made)
    return bytes.fromhex(made)
