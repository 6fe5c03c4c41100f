"""Where sign-ins are kept: the keyring or a file of the owner's, never in the open, never half."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines import token_store
from pipelines.home import Home
from pipelines.settings import Owner
from pipelines.token_store import Files, InKeyring, TokensUnkept
from tests.keyrings import Memory

HERE = "tests.keyrings"


def owner(tokens: str, key: str = "dana") -> Owner:
    return Owner(key=key, name="Dana", addresses=("dana@example.org",), timezone="UTC", source={}, tokens=tokens)


def test_a_file_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    """Mode 0600 in a folder of mode 0700, whatever a source is called; nothing else is left lying about."""
    store = token_store.of(Home(tmp_path), owner("files"))
    assert store.load("google/work") is None
    for text in ("one", "two"):
        store.save("google/work", text)
        store.save("google/../../up", text)
    assert (store.load("google/work"), store.load("google/../../up")) == ("two", "two")
    lying = sorted(path for path in tmp_path.rglob("*"))
    assert [path.relative_to(tmp_path).as_posix() for path in lying if path.is_file()] == [
        "tokens/dana/google%2F..%2F..%2Fup.json", "tokens/dana/google%2Fwork.json"
    ]  # fmt: skip
    assert [oct(path.stat().st_mode & 0o777) for path in lying] == ["0o700", "0o700", "0o600", "0o600"]


def test_each_owner_has_tokens_of_their_own(tmp_path: Path) -> None:
    """Two owners may call their sources alike."""
    for tokens in ("files", f"keyring:{HERE}.Memory"):
        for key in ("dana", "ben"):
            token_store.of(Home(tmp_path), owner(tokens, key)).save("google/work", key)
        for key in ("dana", "ben"):
            assert token_store.of(Home(tmp_path), owner(tokens, key)).load("google/work") == key
        assert token_store.of(Home(tmp_path / "other"), owner(tokens)).load("google/work") is None


def test_a_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    """A copied or restored home may have lost its modes: better to say so than to go on."""
    store = Files(tmp_path / "tokens")
    store.save("google/work", "one")
    (tmp_path / "tokens" / "google%2Fwork.json").chmod(0o644)
    with pytest.raises(TokensUnkept, match="chmod 600"):
        store.load("google/work")


def test_a_saving_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    """There is the old token or the new one, whole."""
    store = Files(tmp_path / "tokens")
    store.save("google/work", "one")
    with pytest.raises(UnicodeEncodeError):
        store.save("google/work", "two \ud800")
    assert store.load("google/work") == "one"
    assert len(list((tmp_path / "tokens").iterdir())) == 1


def test_a_long_token_is_cut_where_an_entry_must_be_short() -> None:
    """Windows takes entries of 2,560 bytes, and a sign-in at Microsoft is longer."""
    store = InKeyring("coldcoffee test", "dana", f"{HERE}.Memory", piece=1_000)
    for text in ("a" * 5_500, "b" * 3_200, "short"):
        store.save("microsoft/work", text)
        assert store.load("microsoft/work") == text
    store.save("microsoft/work", "c" * 3_000)
    Memory.entries["coldcoffee test", "dana/microsoft/work+1"] = "another:ccc"
    assert store.load("microsoft/work") is None  # pieces of two savings are no token


def test_a_keyring_that_is_locked_is_one_sentence() -> None:
    """No traceback, and what to do."""
    store = InKeyring("coldcoffee", "dana", f"{HERE}.Locked")
    with pytest.raises(TokensUnkept, match=r"unlock it, then run this again\.$"):
        store.load("google/work")
    with pytest.raises(TokensUnkept, match=r"unlock it, then run this again\.$") as caught:
        store.save("google/work", "secret-token")
    assert "secret-token" not in str(caught.value)


@pytest.mark.parametrize(
    ("backend", "said"),
    [
        ("keyring.backends.fail.Keyring", "This machine has no keyring: set tokens = “files” in [owner.dana]"),
        ("keyring.backends.null.Keyring", "only keyring is keyring.backends.null.Keyring, which protects nothing"),
        (f"{HERE}.PlaintextKeyring", f"only keyring is {HERE}.PlaintextKeyring, which protects nothing"),
    ],
)
def test_a_keyring_that_protects_nothing_is_refused(backend: str, said: str) -> None:
    """Such as the one that a machine without a desktop falls back to."""
    script = (
        "from pipelines.token_store import InKeyring, TokensUnkept\n"
        "try:\n    InKeyring('coldcoffee', 'dana').save('google/work', 'secret-token')\n"
        "except TokensUnkept as error:\n    print(error)"
    )
    environment = {**os.environ, "PYTHON_KEYRING_BACKEND": backend}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert said in done.stdout and done.stdout.count("\n") == 1 and "secret-token" not in done.stdout + done.stderr


def test_of_several_keyrings_the_first_safe_one_is_taken() -> None:
    """Where the system asks several in a row, one that protects nothing among them is passed over."""
    script = (
        "import keyring; from keyring.backends.chainer import ChainerBackend; from tests.keyrings import Memory, PlaintextKeyring\n"
        "class Several(ChainerBackend):\n    backends = [PlaintextKeyring(), Memory()]\n"
        "keyring.set_keyring(Several())\n"
        "from pipelines import keyrings\nprint(type(keyrings.chosen()).__name__)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "Memory\n"


def test_a_plain_keyring_that_was_chosen_by_name_is_used(tmp_path: Path) -> None:
    """Whoever names it in settings.toml knows what it is; a name that leads nowhere is told."""
    store = token_store.of(Home(tmp_path), owner(f"keyring:{HERE}.PlaintextKeyring"))
    store.save("google/work", "one")
    assert store.load("google/work") == "one"
    with pytest.raises(TokensUnkept, match=r"The keyring no\.such\.Keyring can't be used on this machine"):
        token_store.of(Home(tmp_path), owner("keyring:no.such.Keyring")).load("google/work")


def test_where_tokens_are_kept_is_one_of_three_words() -> None:
    """A slip in settings.toml is told, and a secret there is none of them."""
    with pytest.raises(ValueError, match="must be “keyring”, “files” or “keyring:”"):
        owner("file")
