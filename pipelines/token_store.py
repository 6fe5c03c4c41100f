"""Keep the sign-ins of an owner's sources in the system's keyring, or in files that only the owner may read."""

import os
from pathlib import Path
from urllib.parse import quote

from connectors.errors import SourceError
from connectors.tokens import TokenStore
from pipelines import keyrings
from pipelines.home import Home
from pipelines.private import private_folder, write_private
from pipelines.settings import Owner

PIECE = 1_200 if os.name == "nt" else 1_000_000  # characters an entry; Windows takes 2,560 bytes, two a character


class TokensUnkept(SourceError):
    """The sign-in can't be kept or found where settings.toml says; `str()` is one sentence that says what to do."""


def of(home: Home, owner: Owner) -> TokenStore:
    """Where this owner's `tokens` in settings.toml says that sign-ins are kept."""
    if owner.tokens == "files":
        return Files(home.tokens(owner.key))
    return InKeyring(f"coldcoffee {home.folder}", owner.key, owner.tokens.partition(":")[2])


class Files:
    """One file a token, of mode 0600, in a folder of mode 0700."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, name: str) -> str | None:
        """What was saved under this name. Raises TokensUnkept for a file that others may read."""
        path = self._path(name)
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise TokensUnkept(f"The file {path} holds a sign-in and can't be read: permit it to be read.") from error
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise TokensUnkept(f"The file {path} holds a sign-in and others may read it: run chmod 600 on it.")
        return text

    def save(self, name: str, text: str) -> None:
        """Keep this text. Raises TokensUnkept."""
        path = self._path(name)
        try:
            private_folder(self._folder.parent)
            private_folder(self._folder)
            write_private(path, text)
        except OSError as error:
            reason = error.strerror or "it failed"
            raise TokensUnkept(f"The sign-in can't be written to {path} ({reason}): permit it.") from error

    def _path(self, name: str) -> Path:
        return self._folder / f"{quote(name, safe='')}.json"  # whatever a source is called, it names a file here


class InKeyring:
    """One entry a token; a text that is too long for one is cut into several."""

    def __init__(self, service: str, owner: str, backend: str = "", piece: int = PIECE) -> None:
        """`backend` is the full name of the keyring's class if the user chose one, `piece` the longest text."""
        self._service = service
        self._owner = owner
        self._backend = backend
        self._piece = piece

    def load(self, name: str) -> str | None:
        """What was saved under this name. Raises TokensUnkept."""
        keyring = self._keyring()
        try:
            first = keyring.get_password(self._service, self._user(name))
            if first is None or not first.startswith("pieces:"):
                return first
            _, mark, count = first.split(":")
            pieces = [keyring.get_password(self._service, self._user(f"{name}+{n}")) for n in range(int(count))]
        except keyrings.errors() as error:
            raise self._locked() from error
        texts = [piece.removeprefix(f"{mark}:") for piece in pieces if piece and piece.startswith(f"{mark}:")]
        return "".join(texts) if len(texts) == len(pieces) else None  # pieces of two savings are no token

    def save(self, name: str, text: str) -> None:
        """Keep this text. Raises TokensUnkept."""
        keyring = self._keyring()
        try:
            if len(text) > self._piece:
                mark = os.urandom(4).hex()
                pieces = [text[at : at + self._piece] for at in range(0, len(text), self._piece)]
                for number, piece in enumerate(pieces):
                    keyring.set_password(self._service, self._user(f"{name}+{number}"), f"{mark}:{piece}")
                text = f"pieces:{mark}:{len(pieces)}"
            keyring.set_password(self._service, self._user(name), text)
        except keyrings.errors() as error:
            raise self._locked() from error

    def _keyring(self) -> keyrings.Keyring:
        try:
            return keyrings.chosen(self._backend)
        except keyrings.Unsafe as error:
            raise TokensUnkept(
                f"{error}: set tokens = “files” in [owner.{self._owner}] of settings.toml "
                "to keep sign-ins in files that only you may read."
            ) from error

    def _user(self, name: str) -> str:
        return f"{self._owner}/{name}"

    def _locked(self) -> TokensUnkept:
        return TokensUnkept("The keyring did not answer for a sign-in: unlock it, then run this again.")
