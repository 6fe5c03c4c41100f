"""The owner's word on who is who: asked once, kept, followed at the next run, and taken back without a trace."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

WEEK = "2026-W46"
SETTINGS = """\
[owner.dana]
name = "Dana Reyes"
addresses = ["dana@example.org"]
timezone = "America/New_York"
[owner.dana.source.files]
kind = "folder"
path = "inbox"
"""
CARDS = """\
BEGIN:VCARD
VERSION:3.0
UID:1
FN:James Smith
EMAIL:james@alpha.example
END:VCARD
BEGIN:VCARD
VERSION:3.0
UID:2
FN:Olga Quist
EMAIL:olga@quist.example
END:VCARD
"""


def mails() -> str:
    """James Smith, a common name, writes from an address that is on no card; Olga from hers, and from a private one."""
    people = (
        ("James Smith", "jsmith@beta.example"),
        ("Olga Quist", "olga@quist.example"),
        ("Olga Quist", "olga.quist@post.example"),
    )
    told = ""
    for number, (name, address) in enumerate(people):
        for way, (sender, to) in enumerate(
            ((f"{name} <{address}>", "dana@example.org"), ("dana@example.org", f"{name} <{address}>"))
        ):
            answer = f"In-Reply-To: <{number}.0@example.org>\n" if way else ""
            told += (
                f"From x@example.org Tue Nov 10 09:00:00 2026\nFrom: {sender}\nTo: {to}\nSubject: Hello\n"
                f"Date: Tue, 1{number} Nov 2026 0{way + 8}:00:00 +0000\nMessage-ID: <{number}.{way}@example.org>\n{answer}\nHi\n\n"
            )
    return told


Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The command, for a home in which one run was made."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "inbox" / "mail").write_text(mails(), encoding="utf-8")
    (tmp_path / "inbox" / "cards.vcf").write_text(CARDS, encoding="utf-8")

    def command(*words: str, code: int = 0) -> "subprocess.CompletedProcess[str]":
        tool = str(Path(sys.executable).parent / "coldcoffee")
        done = subprocess.run(
            [tool, "--home", str(tmp_path), *words],
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == code, done.stderr
        return done

    command("run", "--week", WEEK)
    return command


def addresses(run: Run, who: str) -> list[str]:
    """The addresses of a contact, as `explain` tells them."""
    found = json.loads(run("explain", who, "--json").stdout)
    return sorted(str(one["address"]) for one in found["addresses"])


def numbers(run: Run) -> list[str]:
    """The contact_ids of both James Smiths."""
    found = [json.loads(run("explain", who, "--json").stdout) for who in ("james@alpha.example", "jsmith@beta.example")]
    return [str(one["addresses"][0]["contact_id"]) for one in found]


def questions(run: Run) -> list[dict[str, object]]:
    """The open questions."""
    found: list[dict[str, object]] = json.loads(run("review", "--json").stdout)
    return found


def test_a_question_is_asked_once_and_followed(run: Run) -> None:
    """Yes merges at the next run, and the question never comes back."""
    (asked,) = questions(run)
    assert {side["name"] for side in (asked["left"], asked["right"]) if isinstance(side, dict)} == {"James Smith"}
    run("review", str(asked["question_id"]), "yes")
    assert questions(run) == []
    run("run", "--no-pull", "--week", WEEK)
    assert questions(run) == []
    assert addresses(run, "James Smith") == ["james@alpha.example", "jsmith@beta.example"]


def test_no_is_kept_and_skip_is_not_asked_again(run: Run) -> None:
    """Two people stay two; what was skipped stays open to `merge`."""
    (asked,) = questions(run)
    run("review", str(asked["question_id"]), "skip")
    assert questions(run) == []
    run("review", "--undo")
    run("review", str(asked["question_id"]), "no")
    run("run", "--no-pull", "--week", WEEK)
    assert questions(run) == []
    assert addresses(run, "jsmith@beta.example") == ["jsmith@beta.example"]


def test_a_merge_is_taken_back_whole(run: Run) -> None:
    """After the undo everybody has the number and the addresses that they had before, and the question is open again."""
    before = numbers(run)
    run("merge", "james@alpha.example", "jsmith@beta.example")
    run("run", "--no-pull", "--week", WEEK)
    assert addresses(run, "James Smith") == ["james@alpha.example", "jsmith@beta.example"]
    run("run", "--no-pull", "--week", WEEK)
    assert addresses(run, "James Smith") == ["james@alpha.example", "jsmith@beta.example"]
    run("review", "--undo")
    run("run", "--no-pull", "--week", WEEK)
    after = numbers(run)
    assert (after, len(questions(run))) == (before, 1)


def test_an_address_that_is_split_off_stands_alone_until_it_is_merged(run: Run) -> None:
    """Split takes it from whoever has it; a later merge is the last word."""
    assert addresses(run, "Olga Quist") == ["olga.quist@post.example", "olga@quist.example"]
    run("split", "olga.quist@post.example")
    run("run", "--no-pull", "--week", WEEK)
    assert addresses(run, "olga@quist.example") == ["olga@quist.example"]
    assert [one for one in questions(run) if "Olga" in str(one)] == []
    run("merge", "olga@quist.example", "olga.quist@post.example")
    run("run", "--no-pull", "--week", WEEK)
    assert addresses(run, "Olga Quist") == ["olga.quist@post.example", "olga@quist.example"]


def test_what_can_not_be_done_is_said(run: Run) -> None:
    """Wrong words end with a sentence and the code of wrong usage or failure."""
    (asked,) = questions(run)
    assert "is no answer" in run("review", str(asked["question_id"]), "perhaps", code=2).stderr
    assert "No open question" in run("review", "nonsense", "yes", code=1).stderr
    assert "seen in no mail" in run("merge", "Olga Quist", "nobody@example.org", code=1).stderr
    assert "one person already" in run("merge", "olga@quist.example", "olga.quist@post.example", code=1).stderr
    assert "no e-mail address" in run("split", "Olga", code=2).stderr
    assert "nothing to take back" in run("review", "--undo", code=1).stderr
    assert "coldcoffee review NUMBER yes" in run("review").stdout
