"""`coldcoffee init`: a slip costs one question, not all answers; the big providers are known."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from pipelines.providers import PROVIDERS, provider_of
from pipelines.questions import Unusable, addresses, system_zone, zone

COLDCOFFEE = [sys.executable, "-c", "from pipelines.cli import main; main()"]


def init(home: Path, *lines: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Answer the questions with these lines."""
    known = {
        "COLDCOFFEE_HOME": str(home),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "TZ": "Europe/Paris",
    }
    return subprocess.run(
        [*COLDCOFFEE, "init"],
        input="".join(f"{line}\n" for line in lines),
        env={**os.environ, **known, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def settings(home: Path) -> dict[str, object]:
    found: dict[str, object] = tomllib.loads((home / "settings.toml").read_text(encoding="utf-8"))["owner"]
    return found


def test_a_slip_costs_one_question(tmp_path: Path) -> None:
    """No name, a wrong address, a wrong zone: each is asked again with a hint, and what was answered stays."""
    done = init(
        tmp_path, "", "Jürgen Reyes", "juergen", "juergen@example.org", "Europe/Berlim", "berlin", "9", "4"
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for said in (
        "Something is needed here.",
        "“juergen” is no e-mail address: write it as dana@example.org.",
        "“Europe/Berlim” is no time zone: did you mean Europe/Berlin",
        "Choose a number from 1 to 4.",
    ):
        assert said in done.stdout
    assert "[Europe/Paris]" in done.stdout  # this machine's zone is proposed
    assert settings(tmp_path) == {
        "jurgen": {
            "name": "Jürgen Reyes",
            "addresses": ["juergen@example.org"],
            "timezone": "Europe/Berlin",
            "source": {"files": {"kind": "folder", "path": "inbox"}},
        }
    }


def test_a_provider_with_servers_is_proposed_whole(tmp_path: Path) -> None:
    """Mail, calendars and contacts of iCloud with one password, which is kept where only the owner may read it."""
    script = (
        "import json, sys; from pathlib import Path; from pipelines.accounts import Accounts; from pipelines.home import Home\n"
        "found = Accounts(Home(Path(sys.argv[1]))).ask('dana@icloud.com', {'mail': None})\n"
        "Path(sys.argv[1], 'found.json').write_text(json.dumps(found))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        input="y\n\n\ncorrect-horse\ny\n",
        env={**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "App-Specific Passwords" in done.stdout and "correct-horse" not in done.stdout + done.stderr
    kept = tmp_path / "secrets" / "dana@icloud.com"
    account = {"user": "dana@icloud.com", "secret": f"file:{kept}"}
    assert json.loads((tmp_path / "found.json").read_text()) == {
        "mail-2": {"kind": "imap", "host": "imap.mail.me.com", **account},
        "calendar": {"kind": "caldav", "url": "https://caldav.icloud.com/", **account},
        "contacts": {"kind": "carddav", "url": "https://contacts.icloud.com/", **account},
    }
    assert (kept.read_text(), oct(kept.stat().st_mode & 0o777)) == ("correct-horse", "0o600")


def test_google_and_microsoft_are_signed_in_for(tmp_path: Path) -> None:
    """Each by its own kind of source; a machine without a keyring keeps sign-ins in files; what is put off is told."""
    done = init(
        tmp_path, "Dana", "dana@gmail.com, dana@example.org", "", "y", "~/no-client.json", "2", "client-of-dana", "n", "n"
    )  # fmt: skip
    assert done.returncode == 3
    owner = settings(tmp_path)["dana"]
    assert isinstance(owner, dict)
    assert owner["tokens"] == "files"
    assert owner["source"] == {
        "files": {"kind": "folder", "path": "inbox"},
        "google": {"kind": "google", "user": "dana@gmail.com", "client": "file:~/no-client.json"},
        "microsoft": {"kind": "microsoft", "user": "dana@example.org", "client_id": "client-of-dana"},
    }
    assert "no-client.json for a secret can't be read" in done.stdout
    assert "Sign in for it later with “coldcoffee check --sign-in google”." in done.stdout
    assert "docs/sources-google.md" in done.stdout and "docs/sources-microsoft.md" in done.stdout


def test_an_input_that_ends_writes_nothing(tmp_path: Path) -> None:
    """As in a script without a terminal."""
    done = init(tmp_path, "Dana", "dana@gmail.com")
    assert done.returncode == 1
    assert "Nothing was written: init asks questions and needs a terminal." in done.stderr
    assert not (tmp_path / "settings.toml").exists()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("a@gmail.com", "Google"), ("a@outlook.com", "Microsoft"), ("a@hotmail.co.uk", "Microsoft"),
        ("a@outlook.com.br", "Microsoft"), ("a@yahoo.fr", "Yahoo"), ("a@WEB.DE", "WEB.DE"), ("a@gmx.at", "GMX"),
        ("a@posteo.net", "Posteo"), ("a@team.onmicrosoft.com", "Microsoft"), ("a@fastmail.com", "Fastmail"),
        ("a@outlook.example.org", ""), ("a@notgmail.com", ""), ("a@example.org", ""), ("nobody", ""),
    ],
)  # fmt: skip
def test_a_provider_is_known_by_the_domain(address: str, name: str) -> None:
    """In any country, in any case, and no look-alike."""
    found = provider_of(address)
    assert (found.name if found else "") == name


def test_every_provider_can_be_read() -> None:
    """Each has a way to its mail, and addresses that are encrypted."""
    for one in PROVIDERS:
        assert one.kind in ("google", "microsoft") or one.host
        assert all(not url or url.startswith("https://") for url in (one.caldav, one.carddav))


def test_answers_are_taken_as_people_write_them() -> None:
    """Several addresses with commas or blanks; a zone in any case, or as a city; what is doubtful is asked."""
    assert addresses("a@example.org, b@example.org;a@example.org") == "a@example.org b@example.org"
    assert [zone(told) for told in ("europe/berlin", "New York", "UTC")] == ["Europe/Berlin", "America/New_York", "UTC"]
    for wrong in ("", "Atlantis", "Europe/Berlim"):
        with pytest.raises(Unusable):
            zone(wrong)


def test_the_zone_of_the_machine_is_found(tmp_path: Path) -> None:
    """By its setting or by the file that is linked; nothing is made up."""
    link = tmp_path / "localtime"
    assert system_zone("", link) == ""
    (tmp_path / "zoneinfo" / "Asia").mkdir(parents=True)
    (tmp_path / "zoneinfo" / "Asia" / "Tokyo").touch()
    link.symlink_to(tmp_path / "zoneinfo" / "Asia" / "Tokyo")
    assert (system_zone("", link), system_zone(":Europe/Rome", link)) == ("Asia/Tokyo", "Europe/Rome")
