"""`coldcoffee check --sign-in`, and that no secret is anywhere afterwards but where it is kept."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import tomli_w

from tests import consenting_browser
from tests.microsoft_server import Microsoft, event, mail, microsoft, person
from tests.servers import Scripted

COLDCOFFEE = [sys.executable, "-c", "from pipelines.cli import main; main()"]


@pytest.fixture
def account(tmp_path: Path) -> Iterator[Microsoft]:
    with microsoft(tmp_path) as made:
        made.mails("inbox-id").put(mail(1))
        made.calendars[0].entries.put(event("one", "2026-03-04T15:00"))
        made.books[""].put(person(1))
        yield made


def settle(home: Path, account: Microsoft, sources: Mapping[str, object] | None = None, **more: object) -> None:
    """Write the settings of a home that reads this account, as the source `work`, and some others."""
    home.mkdir(exist_ok=True)
    work = {"kind": "microsoft", **account.settings()}
    owner = {
        "name": "Dana Reyes", "addresses": ["dana@example.org"], "timezone": "Europe/Berlin", "tokens": "files",
        "source": {"work": work, "files": {"kind": "folder", "path": "inbox"}, **(sources or {})}, **more,
    }  # fmt: skip
    (home / "settings.toml").write_text(tomli_w.dumps({"owner": {"dana": owner}}), encoding="utf-8")
    (home / "inbox").mkdir(exist_ok=True)


def run(home: Path, account: Microsoft, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run the command as a user does, with the browser of the tests."""
    known = {
        "REQUESTS_CA_BUNDLE": str(account.certificates.authority),
        "BROWSER": f"{sys.executable} {consenting_browser.__file__} %s",
        "COLDCOFFEE_HOME": str(home),
    }
    return subprocess.run(
        [*COLDCOFFEE, *words], env={**os.environ, **known, **environment}, capture_output=True, text=True, check=False
    )


def test_a_sign_in_is_walked_through_and_kept(tmp_path: Path, account: Microsoft) -> None:
    """One command: the browser opens, the consent is given, the sign-in is kept for the owner alone, the source is seen."""
    home = tmp_path / "home"
    settle(home, account)
    done = run(home, account, "check", "--sign-in", "work")
    assert done.returncode == 0, done.stderr
    assert "Signed in as dana@example.org." in done.stderr
    assert "Posteingang: 1 items" in done.stdout and "files" not in done.stdout
    (kept,) = (home / "tokens" / "dana").iterdir()
    assert (kept.name, oct(kept.stat().st_mode & 0o777)) == ("microsoft%2Fwork.json", "0o600")
    assert "-token-" not in done.stdout + done.stderr and "secret-code" not in done.stdout + done.stderr
    again = run(home, account, "check", "--json")
    assert again.returncode == 0 and '"place": "Posteingang"' in again.stdout


def test_without_a_browser_a_code_is_entered_elsewhere(tmp_path: Path, account: Microsoft) -> None:
    """On a server without a desktop."""
    home = tmp_path / "home"
    settle(home, account)
    done = run(home, account, "check", "--sign-in", "work", "--no-browser")
    assert done.returncode == 0, done.stderr
    assert f"Open {account.site.url}/device in any browser and enter the code ABCD-EFGH." in done.stderr


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (["--sign-in", "wrok"], "names no source “wrok”; there are files, work.", 2),
        (["--sign-in", "files"], "The source files needs no sign-in: its kind is “folder”.", 2),
        (["--sign-in", "work", "--owner", "ben"], "names no owner “ben”; there are dana.", 2),
    ],
)
def test_a_slip_is_one_sentence(tmp_path: Path, account: Microsoft, words: list[str], said: str, code: int) -> None:
    """And no traceback."""
    home = tmp_path / "home"
    settle(home, account)
    done = run(home, account, "check", *words)
    assert (done.returncode, done.stderr.count("\n")) == (code, 1) and said in done.stderr


def test_where_nothing_can_be_kept_nobody_is_asked(tmp_path: Path, account: Microsoft) -> None:
    """A machine without a keyring says so before the browser opens."""
    home = tmp_path / "home"
    settle(home, account, tokens="keyring")
    done = run(home, account, "check", "--sign-in", "work", PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring")
    assert done.returncode == 1 and done.stderr.startswith("This machine has no keyring: set tokens = “files”")
    assert not [asked for asked in account.site.asked if "authorize" in asked.path]


def test_a_source_without_a_sign_in_is_named_and_the_others_are_read(tmp_path: Path, account: Microsoft) -> None:
    """`check` tells what to run; the exit code says that a source could not be read."""
    home = tmp_path / "home"
    settle(home, account)
    done = run(home, account, "check")
    assert done.returncode == 3
    assert "coldcoffee check --sign-in work" in done.stdout and "dana: files (folder)" in done.stdout


def test_no_secret_is_anywhere_but_where_it_is_kept(tmp_path: Path, account: Microsoft) -> None:
    """After a run that reads one source and fails at others, neither tokens nor passwords lie in the store, the snapshot,
    the reports, in what Dagster keeps (its logs, its metadata, its run configuration), or on the screen."""
    home = tmp_path / "home"
    password = "correct-horse-battery"

    def refuse(tag: bytes, command: bytes) -> bytes:
        """A server that repeats what it was sent, as some do."""
        if command.upper().startswith(b"LOGIN"):
            return tag + b" NO " + command + b"\r\n"
        return tag + b" OK done\r\n"

    with Scripted(refuse) as server:
        mailbox = {"kind": "imap", "host": "127.0.0.1", "port": server.port, "security": "none", "user": "dana"}
        dav = {
            "kind": "caldav",
            "url": account.site.url,
            "user": "dana",
            "ca_file": str(account.certificates.authority),
        }
        settle(home, account, {
            "mailbox": {**mailbox, "secret": "env:MAIL_PASSWORD"},
            "dav": {**dav, "secret": "env:MAIL_PASSWORD"},
        })  # fmt: skip
        assert "Signed in" in run(home, account, "check", "--sign-in", "work").stderr
        account.provider.access.clear()  # so that the run fetches tokens, too
        done = run(home, account, "run", MAIL_PASSWORD=password)
    assert done.returncode == 3, done.stderr
    assert "mailbox" in done.stderr + done.stdout
    screen = (done.stdout + done.stderr).encode()
    lying = {path: path.read_bytes() for path in home.rglob("*") if path.is_file() and "tokens" not in path.parts}
    assert len(lying) > 5
    for secret in (password, "access-token-", "refresh-token-", "secret-code-"):
        assert secret.encode() not in screen
        assert [path for path, found in lying.items() if secret.encode() in found] == []
