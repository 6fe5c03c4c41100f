"""Forgetting a person leaves nothing of them in what coldcoffee keeps, and no re-sync brings them back."""

import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from tests.pipelines import homes

KEPT = ("store", "snapshot", "reports", "outbox", "dagster")
TRACES = ("ann abel", "abel, ann", "abel,ann", "ann@example.org", "6175550142", "555 0142", "linkedin.com/in/annabel")
CARDS = homes.ANN_AND_BEN.replace("TEL:", "URL:https://www.linkedin.com/in/annabel/\nTEL:", 1)
MAILS = (
    homes.letter(1)
    + homes.letter(2, "dana@example.org", "Ann Abel <ann+list@example.org>")
    + homes.letter(3, "ben@example.org", "dana@example.org, ann@example.org", "Meet Ann Abel")
    + homes.letter(4, "ben@example.org", subject="=?utf-8?b?QW5uIEFiZWwgaXMgaGVyZQ==?=")
)
LATER = "".join(homes.letter(number, "ben@example.org") for number in range(5, 9)) + homes.letter(9)


def traces(home: Path) -> dict[str, list[str]]:
    """What names her in the bytes of what is kept, by file: whatever its letter case and line breaks."""
    found = {}
    for path in sorted(one for folder in KEPT for one in (home / folder).rglob("*") if one.is_file()):
        text = b" ".join(path.read_bytes().lower().split()).decode("utf-8", "replace")
        named = [trace for trace in TRACES if trace in text or trace.replace(" ", "\\u0020") in text]
        if named:
            found[str(path.relative_to(home))] = named
    return found


def names(home: Path, table: str) -> set[str]:
    """The names in a public table."""
    with duckdb.connect(str(home / "snapshot" / "dana.duckdb"), read_only=True) as db:
        return {str(row[0]) for row in db.execute(f'select name from "{table}"').fetchall()}


def plant(home: Path) -> None:
    """Have Dagster's records name her, as a preview or an error may."""
    records = next(path for path in (home / "dagster" / "history").rglob("*.db"))
    with closing(sqlite3.connect(records)) as db, db:
        db.execute("create table if not exists seen (what text)")
        db.executemany(
            "insert into seen values (?)", [('{"preview": "Ann Abel"}',), ("Ben Bright",), ("ANN@example.org",)]
        )
    (home / "dagster" / "storage").mkdir(exist_ok=True)
    (home / "dagster" / "storage" / "run.out").write_text("read ann@example.org\n", encoding="utf-8")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose report was made and sent, and in which Ann Abel was forgotten."""
    home = homes.made(
        tmp_path_factory.mktemp("home"), files={"cards.vcf": CARDS, "lunch.ics": homes.LUNCH, "mail.mbox": MAILS}
    )
    assert homes.coldcoffee(home, "run", "--week", homes.WEEK).code == 0
    assert homes.coldcoffee(home, "send", "--week", homes.WEEK).code == 0
    plant(home)
    return home


def test_a_forgotten_person_is_gone_from_all_that_is_kept(home: Path) -> None:
    """Store, snapshot, reports, outbox, Dagster's records: not a byte of names and addresses, also not in free pages."""
    before = traces(home)
    assert {path.split("/")[0] for path in before} == set(KEPT)
    said = homes.coldcoffee(home, "forget", "ann@example.org")
    assert said.code == 0, said.err
    assert traces(home) == {}
    assert names(home, "contacts") == {"Ben Bright"}
    records = next(path for path in (home / "dagster" / "history").rglob("*.db"))
    with closing(sqlite3.connect(records)) as db:
        seen = [row[0] for row in db.execute("select what from seen")]
    assert seen == ['{"preview": "…"}', "Ben Bright", "…"]
    for place in ("files: cards.vcf", "files: lunch.ics", "files: mail.mbox"):
        assert place in said.out


def test_a_resync_does_not_bring_them_back(home: Path) -> None:
    """Neither files that have changed nor new mails of theirs; what they were to others stays without them."""
    homes.made(home, files={"cards.vcf": CARDS + "\n", "lunch.ics": homes.LUNCH + "\n", "mail.mbox": MAILS + LATER})
    said = homes.coldcoffee(home, "run", "--week", homes.WEEK)
    assert said.code == 0, said.err
    assert traces(home) == {}
    assert names(home, "contacts") == {"Ben Bright"}
    with duckdb.connect(str(home / "snapshot" / "dana.duckdb"), read_only=True) as db:
        titles = db.execute("select title from events").fetchall()
        subjects = db.execute(
            "select subject from messages where sender = 'ben@example.org' order by sent_at"
        ).fetchall()
    assert titles == [("Round table",)]
    assert [row[0] for row in subjects][:2] == ["Meet …", "… is here"]


def test_nobody_is_forgotten_by_mistake(home: Path) -> None:
    """Who is not known is not forgotten, and the exit code says so."""
    said = homes.coldcoffee(home, "forget", "Nora Nobody")
    assert (said.code, said.err) == (1, "No contact is called “Nora Nobody” or has that address.\n")
