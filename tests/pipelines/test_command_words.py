"""What a user asks and says by the command, end to end: explain, met, log, and the report of an older week."""

import json
from pathlib import Path

import duckdb
import pytest

from tests.pipelines import homes
from tests.pipelines.homes import WEEK, coldcoffee, judged, made

LUNCH = "lunch@example.org/2026-11-12T17:00:00Z"
TABLE = "table@example.org/2026-11-10T17:00:00Z"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose week was reported: a lunch with Ann, a round table with Ann and Ben, five mails from Ann."""
    folder = made(tmp_path_factory.mktemp("words"))
    said = coldcoffee(folder, "run", "--week", WEEK)
    assert said.code == 0, said.err
    return folder


def meetings(home: Path) -> list[tuple[str, str, str]]:
    """Who is held to have been met, by the table that others read."""
    with duckdb.connect(str(home / "snapshot" / "dana.duckdb"), read_only=True) as db:
        found: list[tuple[str, str, str]] = db.execute(
            "select name, event_key, verdict from meetings join contacts using (contact_id) order by event_key, name"
        ).fetchall()
    return found


def test_explain_tells_one_person_and_why(home: Path) -> None:
    """By name, part of it, or address; as text with each verdict's evidence and key, or as JSON with everything."""
    said = coldcoffee(home, "explain", "ANN")
    assert (said.code, said.err) == (0, "")
    text = said.out
    assert text.startswith("Ann Abel\n\n  email: ann@example.org\n  phone: +16175550142\n")
    assert (
        "2026-11-12 12:00  met in person: Lunch with Ann Abel\n      Its place is “Blue Door, 12 Main Street”." in text
    )
    assert f"      key: {LUNCH}\n" in text
    assert "← email  letter 4" in text
    facts = json.loads(coldcoffee(home, "explain", "ann@example.org", "--json").out)
    assert [row["event_key"] for row in facts["meetings"]] == [LUNCH, TABLE]
    assert {row["reference"] for row in facts["interactions"]} == {
        LUNCH,
        TABLE,
        *(f"{number}.ann@example.org" for number in range(5)),
    }
    assert facts["state"]["last_received_at"] == "2026-01-05 09:00:00+00:00"
    assert facts["state"]["last_sent_at"] is None


def test_explain_of_nobody_is_one_sentence(home: Path) -> None:
    """Nobody is guessed."""
    said = coldcoffee(home, "explain", "Carla")
    assert (said.code, said.out) == (1, "")
    assert said.err == "No contact is called “Carla” or has that address.\n"


def test_the_owners_word_counts_at_once_for_explain_and_in_the_next_run(home: Path) -> None:
    """`met` and `log` are kept at once; the tables that others read change with the run."""
    before = meetings(home)
    assert {verdict for *_, verdict in before} == {"met_in_person"}
    said = coldcoffee(home, "met", "table@example.org", "no")
    assert (said.code, said.out.startswith("Recorded: “Round table” of 2026-11-10: no.")) == (0, True)
    (home / "inbox" / "new.vcf").write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Carla New\nEND:VCARD\n", encoding="utf-8")
    logged = coldcoffee(home, "log", "Ben", "call", "--at", "2026-11-13T15:00", "--json")
    assert json.loads(logged.out)["kind"] == "log"
    ben = coldcoffee(home, "explain", "Ben").out
    assert "did not meet: Round table\n      You said so." in ben
    assert "2026-11-13 15:00  ↔ call" in ben
    assert meetings(home) == before
    run = coldcoffee(home, "run", "--no-pull", "--week", WEEK)
    assert run.code == 0, run.err
    assert [row for row in meetings(home) if row[1] == TABLE] == [
        ("Ann Abel", TABLE, "did_not_meet"),
        ("Ben Bright", TABLE, "did_not_meet"),
    ]
    with duckdb.connect(str(home / "snapshot" / "dana.duckdb"), read_only=True) as db:
        names = db.execute("select name from contacts order by name").fetchall()
        last = db.execute(
            "select last_interaction_at::timestamptz at time zone 'UTC' from relationships join contacts using (contact_id) "
            f"where name = 'Ben Bright' and week = '{WEEK}'"
        ).fetchall()
    assert [name for (name,) in names] == ["Ann Abel", "Ben Bright"]  # what was dropped since waits for the next pull
    (home / "inbox" / "new.vcf").unlink()
    assert [str(at) for (at,) in last] == ["2026-11-13 20:00:00"]


def test_the_report_of_an_older_week_leaves_the_tables_alone(home: Path) -> None:
    """It is judged as of its own end, where neither lunch nor table had been, and kept beside the newer one."""
    newer = coldcoffee(home, "report", "--week", WEEK).out
    before = judged(home / "snapshot" / "dana.duckdb")
    said = coldcoffee(home, "run", "--week", "2026-W45")
    assert said.code == 0, said.err
    assert "Met in person" not in said.out
    assert judged(home / "snapshot" / "dana.duckdb") == before
    assert judged(home / "store" / "dana.duckdb") == before
    assert coldcoffee(home, "report", "--week", "2026-W45").out == said.out
    assert coldcoffee(home, "report").out == newer
    assert sorted(path.name for path in (home / "reports" / "dana").iterdir()) == ["2026-W45", WEEK]


def test_words_for_several_owners_need_a_name(tmp_path: Path) -> None:
    """A correction is one owner's; a week that is none is wrong usage for each of them, and nothing is made."""
    settings = homes.OWNER + homes.FILES
    settings += settings.replace("owner.dana", "owner.eve").replace("dana@", "eve@")
    home = made(tmp_path, settings)
    said = coldcoffee(home, "met", TABLE, "yes")
    assert (said.code, said.err) == (2, "There are several owners (dana, eve): say whose this is with --owner.\n")
    said = coldcoffee(home, "run", "--week", "2026-W99")
    assert said.code == 2
    assert [line.partition(":")[0] for line in said.err.splitlines()] == ["dana", "eve"]
    assert sorted(path.name for path in home.iterdir()) == ["inbox", "settings.toml"]
