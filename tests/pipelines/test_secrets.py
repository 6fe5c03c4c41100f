"""A secret comes from the system's keyring, and from there alone; a reference that leads nowhere is one sentence."""

from collections.abc import Iterator
from pathlib import Path

import keyring.core
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as Missing

from pipelines import secrets
from tests.keyrings import Locked, Memory, PlaintextKeyring


@pytest.fixture(autouse=True)
def entries() -> Iterator[None]:
    """One secret in the keyrings that keep some; the machine's own keyring is back after each test."""
    before = keyring.core.get_keyring()
    Memory.entries["mail.example.org", "dana"] = "from the keyring"
    Memory.entries["a/b", "dana"] = "with a slash"
    yield
    Memory.entries.clear()
    keyring.core.set_keyring(before)


def use(kind: type[KeyringBackend]) -> None:
    """Make this the system's keyring."""
    keyring.core.set_keyring(kind())


def test_a_secret_is_taken_from_the_keyring() -> None:
    """By service and user; a service may hold slashes."""
    use(Memory)
    assert secrets.fetch("keyring:mail.example.org/dana") == "from the keyring"
    assert secrets.fetch("keyring:a/b/dana") == "with a slash"


@pytest.mark.parametrize(
    ("kept", "reference", "said"),
    [
        (
            Memory,
            "keyring:mail.example.org/eve",
            "holds no secret for mail.example.org/eve: store it with “keyring set ",
        ),
        (Memory, "keyring:mail.example.org", "is given as keyring:SERVICE/USER"),
        (Locked, "keyring:mail.example.org/dana", "did not give the secret of mail.example.org/dana: unlock it"),
        (PlaintextKeyring, "keyring:mail.example.org/dana", "which protects nothing: use file:PATH or command:"),
        (Missing, "keyring:mail.example.org/dana", "This machine has no keyring: use file:PATH or command:"),
        (Memory, "command:   ", "can't be run (none is named): check it"),
        (Memory, "command:'", "can't be run ('): check it"),
        (Memory, "command:no-such-program-here x", "can't be run (no-such-program-here): check it"),
        (Memory, "file:~no-such-user-here/secret", "can't be read: create it"),
        (Memory, "file:a\x00b", "can't be read: create it"),
        (Memory, "file:/", "can't be read: create it"),
        (Memory, "env:", "is not set"),
        (Memory, "swordfish", "A secret is given as env:NAME, file:PATH, keyring:SERVICE/USER or command:PROGRAM"),
    ],
)
def test_what_leads_nowhere_is_one_sentence(kept: type[KeyringBackend], reference: str, said: str) -> None:
    """It says what to do, and never holds the secret."""
    use(kept)
    with pytest.raises(secrets.SecretMissing) as caught:
        secrets.fetch(reference)
    sentence = str(caught.value)
    assert said in sentence
    assert sentence.endswith(".") and "\n" not in sentence
    assert not any(secret in sentence for secret in ("from the keyring", "swordfish"))


def test_a_file_for_a_secret_holds_it_alone(tmp_path: Path) -> None:
    """An empty one, or one that is no text, is told."""
    path = tmp_path / "secret"
    for data, said in ((b"\n", "is empty"), (b"\xff\xfe", "can't be read")):
        path.write_bytes(data)
        path.chmod(0o600)
        with pytest.raises(secrets.SecretMissing, match=said):
            secrets.fetch(f"file:{path}")
