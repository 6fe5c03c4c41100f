"""A mistake of the user's or of a server's is one sentence and the right exit code; nothing is half-written."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from benchmarks.dovecot import Dovecot
from pipelines.locking import held
from tests.pipelines import homes
from tests.pipelines.homes import COMMAND, WEEK, Said, coldcoffee, made
from tests.servers import Scripted, certificates, needs_dovecot

needs_files_limit = pytest.mark.skipif(os.name != "posix", reason="needs POSIX resource limits")


def one_sentence(said: Said, code: int, *words: str) -> None:
    """It ended with this code, printed nothing but one line of words, and these are among them."""
    assert said.code == code, said
    assert said.out == ""
    assert said.err.count("\n") == 1, said.err
    for word in words:
        assert word in said.err


def mailbox(port: int, host: str = "127.0.0.1", security: str = "none", more: str = "") -> str:
    """Settings of an IMAP source whose password is in the environment."""
    return (
        f'[owner.dana.source.mail]\nkind = "imap"\nhost = "{host}"\nport = {port}\nsecurity = "{security}"\n'
        f'user = "dana"\nsecret = "env:MAIL_PASSWORD"\n{more}\n'
    )


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("run", "--week", "2026-W99"), 2, "that year has no week 99"),
        (("run", "--week", "last"), 2, "“last” is no week: write it as 2026-W46"),
        (("run", "--week", "1987-W02"), 2, "the first that can be reported is"),
        (("run", "--week", "2999-W02"), 2, "has not ended yet"),
        (("run", "--week", "9999-W52"), 2, "is too far ahead"),
        (("run", "--owner", "bob"), 2, "names no owner “bob”"),
        (("send", "--week", "46"), 2, "is no week"),
        (("report", "--week", "46"), 2, "is no week"),
        (("report", "--format", "pdf"), 2, "choose text, html or json"),
        (("report",), 1, "run “coldcoffee run” first"),
        (("explain", "Ann"), 1, "run “coldcoffee run” first"),
        (("met", "a-key", "maybe"), 2, "say yes (in person), no, or remote"),
        (("log", "Ann", "lunch"), 2, "choose call, met or message"),
        (("log", "Ann", "call", "--at", "yesterday"), 2, "write it as 2026-11-20"),
        (("log", "Ann", "call", "--at", "9999-12-31T23:59:59-23:00"), 2, "write it as 2026-11-20"),
        (("ignore", "nobody"), 2, "is no e-mail address"),
        (("met", "a-key", "yes"), 1, "run “coldcoffee run” first"),
        (("forget", "Ann"), 1, "run “coldcoffee run” first"),
        (("init",), 1, "There are settings already"),
    ],
)
def test_what_a_user_gets_wrong(tmp_path: Path, words: tuple[str, ...], code: int, said: str) -> None:
    """Each is told with what is allowed, or what to do first."""
    one_sentence(coldcoffee(made(tmp_path), *words), code, said)


def test_a_typo_in_the_settings(tmp_path: Path) -> None:
    """Exit code 2, the key, and what it may have meant; nothing is made in the home."""
    home = made(tmp_path, homes.OWNER.replace("timezone", "timezon") + homes.FILES)
    one_sentence(coldcoffee(home, "run"), 2, "unknown key “timezon” (did you mean “timezone”?)")
    assert sorted(path.name for path in home.iterdir()) == ["inbox", "settings.toml"]


def test_the_page_is_not_begun_where_it_could_not_be_shown(tmp_path: Path) -> None:
    """A port that is taken, settings with a typo: one sentence each, no program is left running, and no file is made."""
    home = made(tmp_path, homes.OWNER.replace("timezone", "timezon") + homes.FILES)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        one_sentence(coldcoffee(home, "ui", "--port", port), 1, f"Port {port} on 127.0.0.1 is in use: choose another")
    one_sentence(coldcoffee(home, "ui", "--port", port), 2, "unknown key “timezon” (did you mean “timezone”?)")
    assert sorted(path.name for path in home.iterdir()) == ["inbox", "settings.toml"]


def test_a_home_that_leads_to_no_folder() -> None:
    """A user whom nobody knows: wrong usage, and nothing is made."""
    one_sentence(coldcoffee(Path("~no-such-user-here/x"), "run"), 2, "leads to no folder: name another with --home")
    assert not Path("~no-such-user-here").exists()


def test_no_settings(tmp_path: Path) -> None:
    """The first thing that a new user meets leads on."""
    one_sentence(coldcoffee(tmp_path, "run"), 2, "run “coldcoffee init”")


def test_an_unknown_option_is_wrong_usage(tmp_path: Path) -> None:
    """Exit code 2, as everywhere."""
    assert coldcoffee(tmp_path, "run", "--weak").code == 2
    assert coldcoffee(tmp_path, "brew").code == 2
    assert coldcoffee(tmp_path, "ui", "--port", "99999").code == 2


def test_init_without_a_terminal_writes_nothing(tmp_path: Path) -> None:
    """Questions need somebody who answers."""
    said = coldcoffee(tmp_path / "home", "init")
    assert (said.code, said.err) == (1, "Nothing was written: init asks questions and needs a terminal.\n")
    assert not (tmp_path / "home").exists()


def test_init_writes_settings_that_work(tmp_path: Path) -> None:
    """Answers in, settings out, and each source is looked at once."""
    answers = "Dana Reyes\ndana@example.org\nEurope/Berlin\n4\n"  # 4: its mail is not read
    said = coldcoffee(tmp_path / "home", "init", stdin=answers)
    assert said.code == 0, said
    assert "nothing to read yet" in said.out
    assert (tmp_path / "home" / "settings.toml").stat().st_mode & 0o077 == 0
    again = coldcoffee(tmp_path / "home", "check")
    assert (again.code, again.out.splitlines()[0]) == (0, "dana: files (folder)")


def test_a_folder_that_is_not_there_costs_only_itself(tmp_path: Path) -> None:
    """Exit code 3: the other source is read, the report is made and says which source is missing."""
    gone = homes.FILES.replace("source.files", "source.gone").replace('"inbox"', '"nowhere"')
    said = coldcoffee(made(tmp_path, homes.OWNER + gone + homes.FILES), "run", "--week", WEEK)
    assert said.code == 3
    assert said.err == (
        f"The source “gone” could not be read: There is no folder {tmp_path}/nowhere: create it, or correct its path in "
        "settings.toml.\n"
    )
    assert "Lunch with Ann Abel" in said.out
    assert "There is no folder" in " ".join(said.out.split())


@needs_dovecot
def test_servers_that_can_not_be_read(tmp_path: Path) -> None:
    """A refused login, an unknown host, a closed port, a certificate of another host, a secret that is not set."""
    made_up = certificates(tmp_path / "certificates", "imap.example.org")
    trusting = f'ca_file = "{made_up.authority}"'
    with Dovecot(tmp_path / "server", certificate=made_up.certificate, key=made_up.key) as server:
        settings = [
            mailbox(server.port),
            mailbox(143, "no-such-host.invalid").replace("source.mail", "source.unknown"),
            mailbox(1).replace("source.mail", "source.closed"),
            mailbox(server.tls_port, security="tls", more=trusting).replace("source.mail", "source.foreign"),
            mailbox(server.port).replace("source.mail", "source.unset").replace("MAIL_PASSWORD", "NO_SUCH_PASSWORD"),
        ]
        home = made(tmp_path / "home", homes.OWNER + "".join(settings))
        said = coldcoffee(home, "check", MAIL_PASSWORD="wrong")
    assert (said.code, said.err) == (3, "")
    lines = said.out.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        f"dana: {name} (imap)" for name in ("mail", "unknown", "closed", "foreign", "unset")
    ]
    told = [line.strip() for line in lines if line.startswith(" ")]
    for line, words in zip(
        told,
        (
            "refused the user dana or the password",
            "The host no-such-host.invalid is not known",
            "refused the connection",
            "is not valid for this host",
            "NO_SUCH_PASSWORD is not set",
        ),
        strict=True,
    ):
        assert words in line


def test_a_home_that_can_not_be_written(tmp_path: Path) -> None:
    """A file lies where a folder should be: for store, reports, and Dagster's records."""
    for name in ("store", "dagster", "reports"):
        home = made(tmp_path / name)
        (home / name).write_text("in the way", encoding="utf-8")
        one_sentence(coldcoffee(home, "run", "--week", WEEK), 1, f"{home / name}", "can't be used")


def test_a_broken_store_is_left_as_it_is(tmp_path: Path) -> None:
    """One sentence that says what to do; and an empty file, as a killed process leaves it, is none."""
    home = made(tmp_path)
    store = home / "store" / "dana.duckdb"
    store.parent.mkdir()
    broken = b"this is no database" * 5000
    store.write_bytes(broken)
    one_sentence(coldcoffee(home, "run", "--week", WEEK), 1, f"{store} can't be read", "move it away")
    one_sentence(coldcoffee(home, "ignore", "x@example.org"), 1, f"{store} can't be read")
    assert store.read_bytes() == broken
    store.write_bytes(b"")
    assert coldcoffee(home, "ignore", "x@example.org").code == 0


def test_a_broken_snapshot_says_how_to_make_it_anew(tmp_path: Path) -> None:
    """It is only a copy."""
    home = made(tmp_path)
    (home / "snapshot").mkdir()
    (home / "snapshot" / "dana.duckdb").write_bytes(b"this is no database" * 5000)
    one_sentence(coldcoffee(home, "report"), 1, "snapshot", "“coldcoffee run --no-pull” makes it anew")


def test_dagsters_broken_settings(tmp_path: Path) -> None:
    """Somebody's edit of dagster.yaml is told in a sentence."""
    home = made(tmp_path)
    (home / "dagster").mkdir()
    (home / "dagster" / "dagster.yaml").write_text("telemetry: [", encoding="utf-8")
    one_sentence(coldcoffee(home, "run", "--week", WEEK), 1, "dagster can't be used: move that folder away")


def test_the_store_in_another_programs_hands(tmp_path: Path) -> None:
    """A correction waits a bounded time, then names the holder with its process."""
    home = made(tmp_path)
    assert coldcoffee(home, "ignore", "x@example.org").code == 0
    path = home / "store" / "dana.duckdb"
    with duckdb.connect(str(path)):
        said = coldcoffee(home, "ignore", "y@example.org", COLDCOFFEE_PATIENCE="0")
    one_sentence(said, 1, f"{path} is open in another program", f"process {os.getpid()}")
    with held(home / "store" / "dana.lock", "a Dagster run", 0):
        said = coldcoffee(home, "ignore", "y@example.org", COLDCOFFEE_PATIENCE="0")
    one_sentence(said, 1, "is in use by a Dagster run", f"process {os.getpid()}")


@needs_files_limit
def test_a_full_disk_is_told_and_nothing_is_half_written(tmp_path: Path) -> None:
    """With room again, the next run goes on: the report is whole."""
    many = "".join(homes.letter(number) for number in range(9000))
    home = made(tmp_path, files={"mail.mbox": many, "cards.vcf": homes.ANN_AND_BEN})
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY));\n"
        "from pipelines.cli import main; sys.argv = sys.argv[1:]; main()"
    )
    words = [sys.executable, "-c", script, "800000", "--home", str(home), "run", "--week", WEEK]
    done = subprocess.run(words, env=homes.environment(), capture_output=True, text=True, timeout=240, check=False)
    one_sentence(Said(done.returncode, done.stdout, done.stderr), 1, "is full: make room")
    assert not (home / "reports").exists()
    assert not (home / "snapshot" / "dana.duckdb").exists()
    said = coldcoffee(home, "run", "--week", WEEK)
    assert said.code == 0, said.err
    with duckdb.connect(str(home / "snapshot" / "dana.duckdb"), read_only=True) as db:
        assert db.execute("select count(*) from landed_messages").fetchone() == (9000,)


def test_ctrl_c_is_one_sentence(tmp_path: Path) -> None:
    """While a server keeps us waiting; what was saved before is kept, and no lock is left."""
    with Scripted(lambda _tag, _command: b"") as server:
        home = made(tmp_path, homes.OWNER + homes.FILES + mailbox(server.port))
        words = [COMMAND, "--home", str(home), "run", "--week", WEEK]
        environment = homes.environment(MAIL_PASSWORD="x")
        with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
            while not server.commands:
                assert run.poll() is None
                time.sleep(0.05)  # until it stands before the server that says nothing
            run.send_signal(signal.SIGINT)
            out, err = run.communicate(timeout=120)
    one_sentence(Said(run.returncode, out, err), 1, "Stopped; what was saved so far is kept.")
    assert coldcoffee(home, "ignore", "x@example.org").code == 0
    with duckdb.connect(str(home / "store" / "dana.duckdb"), read_only=True) as db:
        assert db.execute("select count(*) from landed_messages").fetchone() == (5,)
