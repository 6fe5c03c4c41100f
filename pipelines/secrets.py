"""Fetch a secret from where settings.toml says it lies: the secret itself is never in that file."""

import os
import shlex
import subprocess
from pathlib import Path

from connectors.errors import SourceError
from pipelines import keyrings

FORMS = "env:NAME, file:PATH, keyring:SERVICE/USER or command:PROGRAM ARGUMENTS"
PATIENCE = 60.0  # seconds: a password manager may ask its user to unlock it


class SecretMissing(SourceError):
    """The secret is not where settings.toml says; `str()` is one sentence that says what to do."""


def is_reference(text: str) -> bool:
    """Whether the text says where a secret lies, rather than being one."""
    form, found, rest = text.partition(":")
    return bool(found and rest) and form in ("env", "file", "keyring", "command")


def fetch(reference: str) -> str:
    """The secret that a reference leads to. Raises SecretMissing; the message never holds the secret."""
    form, _, rest = reference.partition(":")
    if form == "env":
        secret = os.environ.get(rest, "")
        if not secret:
            raise SecretMissing(
                f"The environment variable {rest} is not set: set it to the password, then run this again."
            )
        return secret
    if form == "file":
        return _from_file(Path(rest))
    if form == "keyring":
        return _from_keyring(rest)
    if form == "command":
        return _from_command(rest)
    raise SecretMissing(f"A secret is given as {FORMS}.")


def _from_file(path: Path) -> str:
    try:
        path = path.expanduser()
        secret = path.read_text(encoding="utf-8").strip("\r\n")
    except (OSError, ValueError, RuntimeError) as error:  # of no user, with a NUL in it, no UTF-8
        raise SecretMissing(f"The file {path} for a secret can't be read: create it, readable by you alone.") from error
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise SecretMissing(f"The file {path} holds a secret and others may read it: run chmod 600 on it.")
    if not secret:
        raise SecretMissing(f"The file {path} for a secret is empty: write the password into it.")
    return secret


def _from_keyring(rest: str) -> str:
    service, found, user = rest.rpartition("/")
    if not found:
        raise SecretMissing("A secret in the keyring is given as keyring:SERVICE/USER.")
    try:
        secret = keyrings.chosen().get_password(service, user)
    except keyrings.Unsafe as error:
        raise SecretMissing(f"{error}: use file:PATH or command:… instead.") from error
    except keyrings.errors() as error:
        raise SecretMissing(
            f"The keyring did not give the secret of {rest}: unlock it, then run this again."
        ) from error
    if not secret:
        raise SecretMissing(f"The keyring holds no secret for {rest}: store it with “keyring set {service} {user}”.")
    return secret


def _from_command(rest: str) -> str:
    try:
        words = shlex.split(rest)
        if not words:
            raise ValueError("no program")
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False)
    except (OSError, ValueError) as error:
        raise SecretMissing(
            f"The command for a secret can't be run ({rest.split(maxsplit=1)[0] if rest.strip() else 'none is named'}): check it in settings.toml."
        ) from error
    except subprocess.TimeoutExpired as error:
        raise SecretMissing(f"The command for a secret ({words[0]}) gave nothing in {PATIENCE:.0f} seconds.") from error
    secret = done.stdout.decode("utf-8", "replace").split("\n")[0].strip("\r")
    if done.returncode != 0 or not secret:
        raise SecretMissing(f"The command for a secret ({words[0]}) failed or printed nothing: run it by hand.")
    return secret
