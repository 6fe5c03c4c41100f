"""The demo's files are those of real programs, the same on every day, and hold nobody who lives."""

import hashlib
import mailbox
import re
import subprocess
import sys
from pathlib import Path

import pytest

from connectors.context import Context
from connectors.registry import open_source
from pipelines.demo.__main__ import WEEK, write
from pipelines.demo.agenda import ENTRIES
from pipelines.demo.life import ZONE, Life
from pipelines.demo.people import PEOPLE
from pipelines.settings import load
from pipelines.steps.moment import week_end

MADE_UP = re.compile(r"(?:[a-z0-9-]+\.)*example\.(?:org|com|net)", re.IGNORECASE)
ADDRESS = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder with the story in it."""
    folder = tmp_path_factory.mktemp("demo")
    write(Life(week_end(WEEK, ZONE), PEOPLE, ENTRIES), folder)
    return folder


def files(home: Path) -> list[Path]:
    """All files that the story consists of."""
    return sorted(path for path in home.rglob("*") if path.is_file())


def test_the_story_is_the_same_on_every_day(home: Path, tmp_path: Path) -> None:
    """The command writes, whenever it runs, the same bytes."""
    done = subprocess.run([sys.executable, "-m", "pipelines.demo", str(tmp_path)], capture_output=True, check=False)
    assert done.returncode == 0
    digests = [
        {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files(folder)}
        for folder in (home, tmp_path)
    ]
    assert digests[0] == digests[1]


def test_a_week_that_is_none_is_refused_in_one_sentence(tmp_path: Path) -> None:
    """A typo in the week writes nothing and ends with the exit code for wrong usage."""
    words = [sys.executable, "-m", "pipelines.demo", str(tmp_path), "--week", "2026-W99"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n"), files(tmp_path)) == (2, 1, [])


def test_everybody_is_made_up(home: Path) -> None:
    """All addresses lie in domains that are reserved for examples (RFC 2606)."""
    texts = [re.sub(r"\r?\n[ \t]", "", path.read_bytes().decode()) for path in files(home)]  # folded lines made whole
    found = {domain for text in texts for domain in ADDRESS.findall(text)}
    assert {domain for domain in found if not MADE_UP.fullmatch(domain)} == set()


def test_the_ordinary_source_knows_each_file(home: Path) -> None:
    """Four mailboxes, two calendars, three address books and a list of connections, each told by its content."""
    now = int(week_end(WEEK, ZONE).timestamp() * 1_000_000)
    context = Context((), home, str, now, ZONE)
    kinds = ("messages", "events", "cards")
    found = {
        (record.place, kind)
        for page in open_source("folder", {"path": "inbox"}, context).pull(None)
        for kind in kinds
        for record in getattr(page, kind)
        if kind != "events" or record.method is None
    }
    assert {place for place, _ in found} == {str(path.relative_to(home / "inbox")) for path in files(home / "inbox")}
    assert {kind: sum(one == kind for _, one in found) for kind in kinds} == {"messages": 4, "events": 2, "cards": 4}


def test_the_mailboxes_are_a_real_persons_in_size(home: Path) -> None:
    """Some thousand mails over more than two years, most of which are no relationship."""
    boxes = [mailbox.mbox(path) for path in files(home / "inbox") if path.suffix in (".mbox", "")]
    mails = [mail for box in boxes for mail in box]
    assert len(mails) > 3000
    assert sum("List-Id" in mail or "Auto-Submitted" in mail for mail in mails) > 1000


def test_the_settings_can_be_read(home: Path) -> None:
    """The settings that the demo writes are such as the product takes."""
    assert load(home / "settings.toml").owner["mara"].timezone == ZONE


def test_each_person_has_one_name_and_each_entry_its_uid() -> None:
    """The story is told by names and UIDs: none may stand for two."""
    assert len({person.name for person in PEOPLE}) == len(PEOPLE)
    assert len({entry.uid for entry in ENTRIES}) == len(ENTRIES)
