"""Killing the process at any moment loses and doubles nothing: the next run ends as if there had been no other."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.dovecot import Dovecot
from tests.pipelines import homes
from tests.servers import logged_in, needs_dovecot

PULLING = (1, 25, 60)  # lines: within the first page, within later ones
JUDGING = (140, 420)  # while tables are judged and published


def letters(first: int, count: int) -> str:
    """Mails in both directions: every third is the owner's."""
    return "".join(
        homes.letter(number, *(("dana@example.org", "ann@example.org") if number % 3 == 0 else ()))
        for number in range(first, first + count)
    )


def killed(home: Path, line: int) -> None:
    """Run the command and kill it at a line."""
    words = [sys.executable, "-m", "tests.pipelines.killed", str(line), str(home), "run", "--week", homes.WEEK]
    told = homes.environment(COLDCOFFEE_HOME=str(home))  # the graph is loaded before the command names its home
    done = subprocess.run(words, env=told, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == -signal.SIGKILL, f"it was over before line {line}: {done.stderr}"


def same_as_undisturbed(home: Path, undisturbed: Path, kills: tuple[int, ...]) -> None:
    """Kill runs in one home again and again, then compare all tables with those of a home with one run."""
    for line in kills:
        killed(home, line)
    for one in (home, undisturbed):
        said = homes.coldcoffee(one, "run", "--week", homes.WEEK)
        assert said.code == 0, said.err
    for folder in ("store", "snapshot"):
        found, wanted = (homes.judged(one / folder / "dana.duckdb") for one in (home, undisturbed))
        assert found.keys() == wanted.keys()
        for table, rows in wanted.items():
            assert found[table] == rows, table
    leftovers = [path.name for path in home.rglob("*") if path.suffix in (".new", ".compact", ".wal", ".holder")]
    assert leftovers == []


def test_a_killed_pull_of_files_loses_and_doubles_nothing(tmp_path: Path) -> None:
    """A mailbox of three pages, a calendar, an address book."""
    files = {"cards.vcf": homes.ANN_AND_BEN, "lunch.ics": homes.LUNCH, "mail.mbox": letters(0, 9000)}
    home, undisturbed = (homes.made(tmp_path / name, files=files) for name in ("killed", "undisturbed"))
    same_as_undisturbed(home, undisturbed, PULLING + JUDGING)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Dovecot]:
    """A mailbox with several folders: each is at least one page."""
    with Dovecot(tmp_path / "server") as running:
        with logged_in(running) as client:
            for number, folder in enumerate(("INBOX", "Archive", "Clients", "Sent")):
                if not client.folder_exists(folder):
                    client.create_folder(folder)
                for letter in letters(number * 20, 20).split("\nFrom "):
                    client.append(folder, letter.partition("\n")[2].replace("\n", "\r\n").encode())
        yield running


@needs_dovecot
def test_a_killed_pull_of_a_mailbox_loses_and_doubles_nothing(server: Dovecot, tmp_path: Path) -> None:
    """Folders on a real IMAP server."""
    (tmp_path / "password").write_text("secret", encoding="utf-8")
    (tmp_path / "password").chmod(0o600)
    source = (
        f'[owner.dana.source.mail]\nkind = "imap"\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\n'
        f'user = "dana"\nsecret = "file:{tmp_path}/password"\n'
    )
    settings = homes.OWNER + source + homes.FILES
    files = {"cards.vcf": homes.ANN_AND_BEN}
    home, undisturbed = (homes.made(tmp_path / name, settings, files) for name in ("killed", "undisturbed"))
    same_as_undisturbed(home, undisturbed, PULLING)
