"""Keyrings for tests, of keyring's own base class: chosen by name, as users choose theirs."""

from typing import ClassVar

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked


class Memory(KeyringBackend):
    """Keeps entries while the process lives, and none longer than Windows would take."""

    priority: ClassVar[float] = 0  # never chosen by itself
    entries: ClassVar[dict[tuple[str, str], str]] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(password) > 1_280:
            raise ValueError("longer than an entry may be")
        self.entries[service, username] = password


class PlaintextKeyring(Memory):
    """One that everybody can read, by its name."""


class Locked(Memory):
    """One whose owner does not unlock it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked(f"{service} {username}, {len(password)} characters")
