"""Keep one owner's records and judgements in one DuckDB file: the only importer of duckdb.

A page lands in one transaction with its cursor and its rejects; (source, place, key) is the natural key of every landed
row, so a page that is saved twice lands once. Judged tables are written whole and can be made again at any time.
"""

import datetime as dt
import importlib.resources
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from connectors.records import Cursor, Page
from pipelines import landing
from pipelines.landing import LANDINGS

FORMAT = 1  # of the tables; the store refuses to open a newer one and migrates an older one
STORAGE = "v1.5.0"  # DuckDB's file format that 1.5 and 2.0 both open
BATCH = 20_000  # rows a page at most is cut into for Arrow: more gains nothing

KEPT = """
create table if not exists format (version integer);
create table if not exists cursors (source varchar, cursor varchar, saved_at timestamptz);
create table if not exists pulls (
    source varchar, started_at timestamptz, ended_at timestamptz, error varchar, new_items bigint, rejects bigint
);
create table if not exists corrections (
    correction_id varchar, made_at timestamptz, kind varchar, subject varchar, value varchar, origin varchar
);
create table if not exists reports (
    week varchar, made_at timestamptz, html varchar, text varchar, json varchar, mail varchar, delivered_at timestamptz
);
create table if not exists deliveries (week varchar, recipient varchar, delivered_at timestamptz, receipt varchar);
create table if not exists issued (
    token varchar, week varchar, action varchar, subject varchar, other varchar, people varchar[], label varchar
);
create table if not exists answers (
    message_key varchar, sent_at timestamptz, action varchar, token varchar, outcome varchar
);
create table if not exists sources (source varchar, kind varchar);
create table if not exists own_addresses (address varchar);
create table if not exists people_anchors (contact_id varchar, anchor varchar);
create table if not exists forgotten (digest varchar);
create table if not exists source_notes (source varchar, note varchar);
create table if not exists newest_week (week varchar, as_of timestamptz);
"""


class StoreError(Exception):
    """The store can't be used; `str()` is one sentence that says why and what to do."""


class StoreBusy(StoreError):
    """Another program holds the store."""


def _sql_type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"{_sql_type(kind.value_type)}[]"
    if pa.types.is_struct(kind):
        return "struct(" + ", ".join(f'"{field.name}" {_sql_type(field.type)}' for field in kind) + ")"
    names = {pa.string(): "varchar", pa.bool_(): "boolean", pa.int64(): "bigint", landing.MOMENT: "timestamptz"}
    return names[kind]


class Store:
    """An open store. Use `opened` to get one: it waits for other programs, migrates, and closes."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self.replaying = False  # inside replay()
        self._standing: dict[str, object] = {}
        self._open()

    def _open(self) -> None:
        if self.read_only:
            self._db = duckdb.connect(str(self.path), read_only=True)
        else:
            self._db = duckdb.connect(str(self.path), config={"storage_compatibility_version": STORAGE})
        self._db.execute("set timezone = 'UTC'")
        self._name = self._one("select current_database()")
        if not self.read_only:
            self.path.chmod(0o600)
            self._migrate()
        self._set(self._standing)

    def stand_at(self, as_of: dt.datetime, zone: str) -> None:
        """Set what every model may read: getvariable('as_of'), an aware moment, and getvariable('zone')."""
        self._standing = {"as_of": as_of, "zone": zone}
        self._set(self._standing)

    def close(self) -> None:
        self._db.close()

    def _row(self, sql: str, values: list[object] | None = None) -> tuple[object, ...] | None:
        # fetched to the end: DuckDB 2 refuses other work beside an unfinished result
        return next(iter(self._db.execute(sql, values).fetchall()), None)

    def _one(self, sql: str) -> str:
        row = self._row(sql)
        assert row is not None  # each caller's SELECT has exactly one row
        return str(row[0])

    def _migrate(self) -> None:
        with self.transaction():
            self._db.execute(KEPT)
            for table, _, _, columns in LANDINGS:
                described = ", ".join(f'"{field.name}" {_sql_type(field.type)}' for field in columns)
                self._db.execute(f"create table if not exists {table} (source varchar, {described})")
            found = self._row("select max(version) from format")
            version = int(str(found[0])) if found and found[0] is not None else None
            if version is None:
                self._db.execute("insert into format values (?)", [FORMAT])
            elif version > FORMAT:
                raise StoreError(
                    f"{self.path} was written by a newer coldcoffee (format {version}, this one knows {FORMAT}): "
                    "upgrade coldcoffee, or use another --home."
                )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: what is done inside lands together or not at all."""
        self._db.execute("begin")
        try:
            yield
        except BaseException:
            self._db.execute("rollback")
            raise
        self._db.execute("commit")

    # pages

    def save(self, source: str, page: Page, now: dt.datetime) -> None:
        """Save a page's records, rejects and cursor in one transaction. A repeat replaces what it brought before."""
        with self.transaction():
            reached = self.cursor(source)
            # what a page appends is new, unless this very page was saved before
            appends = page.appends and page.cursor != reached
            if page.emptied:
                for table, *_ in LANDINGS:
                    self._db.execute(
                        f"delete from {table} where source = ? and list_contains(?, place)",
                        [source, list(page.emptied)],
                    )
            if page.removed:
                gone = pa.table(
                    {"place": [place for place, _ in page.removed], "key": [key for _, key in page.removed]}
                )
                for table, *_ in LANDINGS:
                    self._delete(table, source, gone)
            for kind in LANDINGS:
                rows = getattr(page, kind.field)
                for start in range(0, len(rows), BATCH):
                    arrived = landing.as_arrow(kind, rows[start : start + BATCH], source)
                    if (reached is not None or start) and not (appends and kind.field == "messages"):
                        self._delete(kind.table, source, arrived)
                    self.append(kind.table, arrived)
            self._db.execute("delete from cursors where source = ?", [source])
            self._db.execute("insert into cursors values (?, ?, ?)", [source, page.cursor, now])
            if page.note:
                self._db.execute("delete from source_notes where source = ?", [source])
                self._db.execute("insert into source_notes values (?, ?)", [source, page.note])

    def _delete(self, table: str, source: str, keys: pa.Table) -> None:
        self._db.register("arrived_keys", keys.select(["place", "key"]))
        self._db.execute(
            f"delete from {table} using arrived_keys as gone "
            f"where {table}.source = ? and {table}.place = gone.place and {table}.key = gone.key",
            [source],
        )
        self._db.unregister("arrived_keys")

    def cursor(self, source: str) -> Cursor | None:
        """The cursor after the last page that was saved, or None before the first."""
        found = self._row("select cursor from cursors where source = ?", [source])
        return str(found[0]) if found else None

    # tables

    def gather(self, model: str, **variables: object) -> pa.Table:
        """The rows of models/<model>.sql, as Arrow. Variables are read in SQL by getvariable('name')."""
        self._set(variables)
        return self._db.sql(_model(model)).to_arrow_table()

    def build(self, model: str, **variables: object) -> int:
        """Make the table <model> anew from models/<model>.sql; returns its number of rows."""
        self._set(variables)
        self._db.execute(f'create or replace table "{model}" as {_model(model)}')
        return self.count(model)

    def write(self, table: str, rows: pa.Table) -> int:
        """Make the table anew from these rows; returns their number."""
        self._db.register("rows_to_write", rows)
        self._db.execute(f'create or replace table "{table}" as select * from rows_to_write')
        self._db.unregister("rows_to_write")
        return len(rows)

    def append(self, table: str, rows: pa.Table) -> int:
        """Insert the rows, matching columns by name; returns their number."""
        self._db.register("rows_to_append", rows)
        self._db.execute(f'insert into "{table}" by name select * from rows_to_append')
        self._db.unregister("rows_to_append")
        return len(rows)

    def remove(self, table: str, column: str, value: str) -> None:
        """Delete the rows in which the column has this value."""
        self._db.execute(f'delete from "{table}" where "{column}" = ?', [value])

    def mark_delivered(self, week: str, at: dt.datetime) -> None:
        """Note when the week's report was delivered first."""
        self._db.execute("update reports set delivered_at = ? where week = ? and delivered_at is null", [at, week])

    def read(self, table: str) -> pa.Table:
        """The whole table as Arrow."""
        return self._db.sql(f'select * from "{table}"').to_arrow_table()

    def rows(self, table: str) -> list[dict[str, object]]:
        """The whole table as Python rows: for small tables."""
        found: list[dict[str, object]] = self.read(table).to_pylist()
        return found

    def has(self, table: str) -> bool:
        """Whether the table is there, in the store or in a replay."""
        return bool(self._row("select 1 from duckdb_tables() where table_name = ?", [table]))

    def count(self, table: str) -> int:
        """The number of rows of a table."""
        return int(self._one(f'select count(*) from "{table}"'))

    def _set(self, variables: dict[str, object]) -> None:
        for name, value in variables.items():
            kind = "::timestamptz" if isinstance(value, dt.datetime) else ""
            self._db.execute(f"set variable {name} = ?{kind}", [value])

    def erase(self, contact_id: str, addresses: list[str], name: str) -> None:
        """Delete what the store holds of one person: `addresses` in lower case. Judged tables are to be made anew."""
        given = [addresses]
        self._db.execute("delete from landed_messages where list_contains(?, lower(sender))", given)
        for field in ("to", "cc"):
            self._db.execute(
                f"update landed_messages set "
                f"{field}_names = list_filter({field}_names, lambda one, nth: not list_contains($who, lower({field}_addresses[nth]))), "
                f"{field}_addresses = list_filter({field}_addresses, lambda one: not list_contains($who, lower(one))) "
                f"where list_has_any(list_transform({field}_addresses, lambda one: lower(one)), $who)",
                {"who": addresses},
            )
        self._db.execute(
            "update landed_messages set bcc_addresses = list_filter(bcc_addresses, lambda one: not list_contains($who, lower(one)))",
            {"who": addresses},
        )
        self._db.execute("delete from landed_events where list_contains(?, lower(organizer))", given)
        self._db.execute(
            "update landed_events set attendees = list_filter(attendees, lambda one: not list_contains($who, lower(one.address)))",
            {"who": addresses},
        )
        self._db.execute(
            "delete from landed_cards where name = $name "
            "or list_has_any(list_transform(list_concat(emails, phones, profiles), lambda one: lower(one)), $who)",
            {"name": name, "who": addresses},
        )
        self._db.execute("delete from landed_calls where list_contains(?, lower(number))", given)
        self._db.execute("delete from landed_chats where list_contains(?, lower(who))", given)
        self._db.execute(
            "delete from corrections where subject = $id or list_contains($who, lower(subject))",
            {"id": contact_id, "who": addresses},
        )
        self._db.execute("delete from people_anchors where contact_id = ?", [contact_id])
        self._db.execute(
            "delete from issued where list_contains(people, $id) or contains(lower(label), lower($name))",
            {"id": contact_id, "name": name},
        )
        self._db.execute(
            "delete from reports where contains(lower(text), lower($name)) or contains(lower(json), lower($name))",
            {"name": name},
        )
        for table in (
            "mails",
            "occurrences",
            "events",
            "messages",
            "contacts",
            "addresses",
            "correspondents",
            "interactions",
            "meetings",
            "relationships",
            "match_questions",
        ):
            self._db.execute(f'drop table if exists "{table}"')
        self._db.execute("delete from newest_week")

    # other weeks, other readers

    @contextmanager
    def replay(self) -> Iterator[None]:
        """Inside, judged tables are made in memory: another moment can be judged and the store stays as it is."""
        self._db.execute("attach ':memory:' as replay")
        self._db.execute(f"set search_path = 'replay.main,{self._name}.main'")
        self.replaying = True
        try:
            yield
        finally:
            self.replaying = False
            self._db.execute(f'use "{self._name}"')
            self._db.execute("detach replay")

    def compact(self) -> None:
        """Write the file anew, so that nothing that was deleted lingers in free pages. Closes and reopens the store."""
        fresh = self.path.with_suffix(".compact")
        fresh.unlink(missing_ok=True)
        self._db.execute(f"attach '{_quoted(fresh)}' as fresh (storage_version '{STORAGE}')")
        self._db.execute(f'copy from database "{self._name}" to fresh')
        self._db.execute("detach fresh")
        self._db.close()
        fresh.chmod(0o600)
        fresh.replace(self.path)
        self.path.with_suffix(".duckdb.wal").unlink(missing_ok=True)
        self._open()

    def publish(self, snapshot: Path) -> None:
        """Replace the snapshot by a copy of the store, in one step: a reader sees the old one or the new one, whole."""
        self._db.execute("checkpoint")
        self._db.close()
        fresh = snapshot.with_suffix(".new")
        try:
            private_folder(snapshot.parent)
            with (
                os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out,
                self.path.open("rb") as kept,
            ):
                shutil.copyfileobj(kept, out, 1 << 20)
                out.flush()
                os.fsync(out.fileno())
            fresh.replace(snapshot)
        finally:
            fresh.unlink(missing_ok=True)
            self._open()


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _model(name: str) -> str:
    return importlib.resources.files("pipelines.models").joinpath(f"{name}.sql").read_text(encoding="utf-8")


def private_folder(path: Path) -> Path:
    """Make a folder that only its owner may read."""
    path.mkdir(parents=True, exist_ok=True)
    if os.name == "posix":
        path.chmod(0o700)
    return path


@contextmanager
def opened(path: Path, wait: float, monotonic: Callable[[], float] = time.monotonic) -> Iterator[Store]:
    """Open the store at `path`, waiting at most `wait` seconds for another program that has it open.

    Raises StoreBusy, naming the program, or StoreError for a file that is no store.
    """
    private_folder(path.parent)
    until = monotonic() + wait
    while True:
        try:
            store = Store(path)
            break
        except duckdb.IOException as error:
            if "not a valid duckdb" in str(error).lower():
                raise StoreError(_unreadable(path, error)) from error
            if "lock" not in str(error).lower():
                raise StoreError(f"The store {path} can't be opened: {_first_line(error)}") from error
            if monotonic() >= until:
                raise StoreBusy(
                    f"The store {path} is open in another program{_holder(str(error))}: close it there "
                    f"(to look at the data, open the copy in snapshot/ instead), then run this again."
                ) from error
            time.sleep(0.2)
        except duckdb.Error as error:
            raise StoreError(_unreadable(path, error)) from error
    try:
        yield store
    except duckdb.Error as error:
        if "no space" in str(error).lower() or "out of disk" in str(error).lower():
            raise StoreError(
                f"The disk of {path.parent} is full: make room, then run this again; nothing is lost."
            ) from error
        raise
    finally:
        store.close()


def _unreadable(path: Path, error: Exception) -> str:
    return (
        f"The store {path} can't be read ({_first_line(error)}): move it away and run again, "
        "everything is read anew from the sources."
    )


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".")


def _holder(message: str) -> str:
    at = message.find("held in ")
    return f" ({message[at + 8 :].splitlines()[0].split('. ')[0].rstrip('.')})" if at >= 0 else ""
