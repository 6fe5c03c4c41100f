"""The store: pages land whole, once, and can be read by others while it is written."""

import datetime as dt
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from connectors.records import Message, Page, Reject
from pipelines.locking import held
from pipelines.store import Store, StoreBusy, StoreError, opened

NOW = dt.datetime(2026, 3, 4, 15, tzinfo=dt.UTC)


def message(key: str, place: str = "INBOX", subject: str = "Hello") -> Message:
    """A mail of Ann's to the owner."""
    return Message(
        place=place,
        key=key,
        message_key=f"{key}@example.org",
        message_id=f"{key}@example.org",
        sent_at=1_772_636_400_000_000,
        received_at=None,
        time_note=None,
        subject=subject,
        sender="ann@example.org",
        sender_name="Ann",
        reply_to="",
        to_addresses=("dana@example.org",),
        to_names=("",),
        cc_addresses=(),
        cc_names=(),
        bcc_addresses=(),
        in_reply_to=None,
        marks=("list",),
    )


def subjects(store: Store) -> list[str]:
    """The subjects of all landed mails, in order."""
    return sorted(str(row["subject"]) for row in store.rows("landed_messages"))


def test_a_page_that_is_saved_twice_lands_once(tmp_path: Path) -> None:
    """A crash repeats a page; the repeat replaces what it brought before."""
    with opened(tmp_path / "me.duckdb", 0) as store:
        store.save("mail", Page("1", messages=[message("1"), message("2")]), NOW)
        store.save("mail", Page("1", messages=[message("1", subject="Hello again"), message("2")]), NOW)
        assert subjects(store) == ["Hello", "Hello again"]
        assert store.cursor("mail") == "1"


def test_an_appended_page_that_is_saved_twice_lands_once(tmp_path: Path) -> None:
    """Its promise to be new holds for other pages, not for the same page after a crash; what it empties goes first."""
    first = Page("1", messages=[message("1")], appends=True)
    with opened(tmp_path / "me.duckdb", 0) as store:
        for page in (first, first, Page("2", messages=[message("2", subject="More")], appends=True)):
            store.save("mail", page, NOW)
        assert subjects(store) == ["Hello", "More"]
        anew = Page("3", messages=[message("1", subject="Anew")], emptied=("INBOX",), appends=True)
        for page in (anew, anew):
            store.save("mail", page, NOW)
        assert subjects(store) == ["Anew"]


def test_what_lands_is_what_was_read(tmp_path: Path) -> None:
    """Every field of a record comes back as it was given, times as aware UTC."""
    with opened(tmp_path / "me.duckdb", 0) as store:
        store.save("mail", Page("1", messages=[message("1")], rejects=[Reject("INBOX", "9", "no header")]), NOW)
        (row,) = store.rows("landed_messages")
        (reject,) = store.rows("rejects")
    sent = row.pop("sent_at")
    assert isinstance(sent, dt.datetime)
    assert sent == dt.datetime(2026, 3, 4, 15, tzinfo=dt.UTC)
    wanted = {"source": "mail", **message("1")._asdict()}
    del wanted["sent_at"]
    assert row == {name: list(value) if isinstance(value, tuple) else value for name, value in wanted.items()}
    assert reject == {"source": "mail", "place": "INBOX", "key": "9", "reason": "no header"}


def test_an_emptied_place_loses_its_old_rows_only(tmp_path: Path) -> None:
    """A changed UIDVALIDITY reads one folder anew; other folders and other sources keep theirs."""
    with opened(tmp_path / "me.duckdb", 0) as store:
        store.save("mail", Page("1", messages=[message("1"), message("2", "Sent", "In Sent")]), NOW)
        store.save("other", Page("1", messages=[message("1", subject="Other's")]), NOW)
        store.save("mail", Page("2", messages=[message("7", subject="Anew")], emptied=("INBOX",)), NOW)
        assert subjects(store) == ["Anew", "In Sent", "Other's"]


def test_removed_items_go(tmp_path: Path) -> None:
    """What a source says is gone is gone."""
    with opened(tmp_path / "me.duckdb", 0) as store:
        store.save("mail", Page("1", messages=[message("1"), message("2", subject="Stays")]), NOW)
        store.save("mail", Page("2", removed=(("INBOX", "1"),)), NOW)
        assert subjects(store) == ["Stays"]


def test_a_page_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    """Records, rejects and cursor land together or not at all."""
    with opened(tmp_path / "me.duckdb", 0) as store:
        broken = message("2")._replace(sent_at="no time")  # type: ignore[arg-type]  # that is the point
        with pytest.raises(pa.ArrowTypeError):
            store.save("mail", Page("1", rejects=[Reject("a", "b", "c")], messages=[message("1"), broken]), NOW)
        assert (subjects(store), store.count("rejects"), store.cursor("mail")) == ([], 0, None)


def test_a_replay_leaves_the_store_as_it_is(tmp_path: Path) -> None:
    """An older week can be judged beside the newest one."""
    with opened(tmp_path / "me.duckdb", 0) as store:
        store.write("contacts", pa.table({"name": ["Ann"]}))
        with store.replay():
            assert store.read("contacts").to_pylist() == [{"name": "Ann"}]
            store.write("contacts", pa.table({"name": ["Bob"]}))
            assert store.read("contacts").to_pylist() == [{"name": "Bob"}]
        assert store.read("contacts").to_pylist() == [{"name": "Ann"}]


def test_readers_keep_the_snapshot_that_they_opened(tmp_path: Path) -> None:
    """The snapshot is replaced in one step: who holds the old one keeps seeing it."""
    snapshot = tmp_path / "snapshot" / "me.duckdb"
    with opened(tmp_path / "me.duckdb", 0) as store:
        store.write("contacts", pa.table({"name": ["Ann"]}))
        store.publish(snapshot)
        with duckdb.connect(str(snapshot), read_only=True) as reader:
            store.write("contacts", pa.table({"name": ["Bob"]}))
            store.publish(snapshot)
            assert reader.execute("select name from contacts").fetchall() == [("Ann",)]
        with duckdb.connect(str(snapshot), read_only=True) as reader:
            assert reader.execute("select name from contacts").fetchall() == [("Bob",)]
    assert snapshot.stat().st_mode & 0o077 == 0


def test_what_was_deleted_does_not_linger_in_the_file(tmp_path: Path) -> None:
    """After compacting, the bytes of a deleted row are nowhere in the store's file."""
    path = tmp_path / "me.duckdb"
    with opened(path, 0) as store:
        rows = [message(str(number), subject=f"secret-word-{number}") for number in range(3000)]
        store.save("mail", Page("1", messages=rows), NOW)
        store.remove("landed_messages", "source", "mail")
        store.compact()
    assert b"secret-word" not in path.read_bytes()


def test_the_files_are_of_the_storage_version_that_older_duckdb_reads(tmp_path: Path) -> None:
    """Store and snapshot are written as DuckDB 1.5 writes them."""
    with opened(tmp_path / "me.duckdb", 0) as store:
        store.publish(tmp_path / "snapshot.duckdb")
    for name in ("me", "snapshot"):
        with duckdb.connect(str(tmp_path / f"{name}.duckdb"), read_only=True) as reader:
            tags = reader.execute("select tags from duckdb_databases() where database_name = ?", [name]).fetchall()
            assert "v1.5.0" in str(tags)


def test_another_program_that_holds_the_store_is_named(tmp_path: Path) -> None:
    """Waiting is bounded, and the error says who holds the file."""
    path = tmp_path / "me.duckdb"
    script = "import duckdb, sys; db = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        other.stdout.readline()
        with pytest.raises(StoreBusy, match=rf"is open in another program.*{other.pid}"), opened(path, 0):
            pass
        other.stdin.close()


def test_a_run_that_holds_the_owner_is_named(tmp_path: Path) -> None:
    """A second program waits for the first no longer than it was told to, and then says who it is."""
    script = (
        "import sys, pathlib; from pipelines.locking import held\n"
        "with held(pathlib.Path(sys.argv[1]), 'a Dagster run', 0): print('held', flush=True); sys.stdin.read()"
    )
    lock = tmp_path / "me.lock"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        other.stdout.readline()
        with pytest.raises(StoreBusy, match=f"a Dagster run \\(process {other.pid}"), held(lock, "me", 0):
            pass
        other.stdin.close()
    with held(lock, "me", 0):
        pass


def test_a_file_that_is_no_store_says_what_to_do(tmp_path: Path) -> None:
    """A broken store is one sentence, and nothing is overwritten."""
    path = tmp_path / "me.duckdb"
    path.write_bytes(b"this is no database at all" * 400)
    with pytest.raises(StoreError, match="move it away"), opened(path, 0):
        pass
    assert path.read_bytes().startswith(b"this is no database")


def test_a_store_of_a_newer_coldcoffee_is_not_opened(tmp_path: Path) -> None:
    """It would be read half; the sentence says what to do, and nothing in it has changed."""
    path = tmp_path / "dana.duckdb"
    with opened(path, 1.0) as store:
        store.append("format", pa.table({"version": pa.array([99], pa.int32())}))
    with (
        pytest.raises(StoreError, match=r"newer coldcoffee \(format 99, this one knows 1\): upgrade coldcoffee"),
        opened(path, 1.0),
    ):
        pass
    with duckdb.connect(str(path), read_only=True) as reader:
        assert reader.execute("select max(version) from format").fetchall() == [(99,)]


def test_an_older_store_gets_the_tables_and_columns_that_are_new(tmp_path: Path) -> None:
    """An upgrade needs no step by hand, and what had landed stays."""
    path = tmp_path / "dana.duckdb"
    with opened(path, 1.0) as store:
        store.save("mail", Page("1", messages=[message("a")]), NOW)
    with duckdb.connect(str(path)) as old:
        old.execute("drop table issued")
        old.execute("drop table answers")
        old.execute("alter table reports drop column mail_text")
    with opened(path, 1.0) as store:
        assert (store.rows("issued"), store.rows("answers"), subjects(store)) == ([], [], ["Hello"])
        assert "mail_text" in store.read("reports").column_names
