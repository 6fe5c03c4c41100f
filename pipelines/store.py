"""Keep one owner's records and judgements in one DuckDB file: the only importer of duckdb.

A page lands in one transaction with its cursor and its rejects; (source, place, key) is the natural key of every landed
row, so a page that is saved twice lands once. Judged tables are written whole and can be made again at any time.
"""

import datetime as dt
import importlib.resources
import os
import shutil
import time
import zoneinfo
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from connectors.records import Cursor, Page
from pipelines import landing, store_faults, store_tables
from pipelines.landing import LANDINGS
from pipelines.private import private_folder
from pipelines.store_erasure import Person, statements
from pipelines.store_faults import StoreBusy, StoreError

__all__ = ["Store", "StoreBusy", "StoreError", "opened", "told"]

FORMAT = 1  # of the tables; the store refuses to open a newer one and migrates an older one
STORAGE = "v1.5.0"  # DuckDB's file format that 1.5 and 2.0 both open
BATCH = 20_000  # rows a page at most is cut into for Arrow: more gains nothing


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
        self._threads = 0
        self._name = self._one("select current_database()")
        if not self.read_only:
            self.path.chmod(0o600)
            self._migrate()
        self._set(self._standing)

    def stand_at(self, as_of: dt.datetime, zone: str) -> None:
        """Set what every model may read: getvariable('as_of'), an aware moment, getvariable('zone'), and
        getvariable('week_ago'), seven days before by the zone's clocks."""
        week_ago = (as_of.astimezone(zoneinfo.ZoneInfo(zone)) - dt.timedelta(days=7)).astimezone(dt.UTC)
        self._standing = {"as_of": as_of, "zone": zone, "week_ago": week_ago}
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
            for statement in store_tables.made():
                self._db.execute(statement)
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
        self._work_in(1)
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

    def _work_in(self, threads: int) -> None:
        """Have DuckDB work in so many threads, 0 for one a processor. A page is too small for two: the second only takes
        time from what reads the next page. Setting it costs a page's gain: it is done once for all that follow."""
        if threads != self._threads:
            self._db.execute(f"set threads = {threads}" if threads else "reset threads")
            self._threads = threads

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
        self._work_in(0)
        self._set(variables)
        return self._db.sql(_model(model)).to_arrow_table()

    def build(self, model: str, **variables: object) -> int:
        """Make the table <model> anew from models/<model>.sql; returns its number of rows."""
        self._work_in(0)
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
            kind = {dt.datetime: "::timestamptz", list: "::varchar[]"}.get(type(value), "")
            self._db.execute(f"set variable {name} = ?{kind}", [value])

    def erase(self, person: Person) -> None:
        """Delete what the store holds of one person. Judged tables are dropped: they are to be made anew."""
        for statement in statements():
            self._db.execute(statement, person.values(statement))
        for table in self._tables() - store_tables.names():
            self._db.execute(f'drop table "{table}"')
        self._db.execute("delete from newest_week")

    def _tables(self) -> set[str]:
        found = self._db.execute("select table_name from duckdb_tables() where database_name = ?", [self._name])
        return {str(name) for (name,) in found.fetchall()}

    # other weeks, other readers

    @contextmanager
    def replay(self) -> Iterator[None]:
        """Inside, judged tables are made in memory: another moment can be judged and the store stays as it is."""
        self._db.execute("attach ':memory:' as replay (read_write)")
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


@contextmanager
def opened(
    path: Path, wait: float, *, read_only: bool = False, monotonic: Callable[[], float] = time.monotonic
) -> Iterator[Store]:
    """Open the store at `path`, waiting at most `wait` seconds for another program that has it open.

    Raises StoreBusy, naming the program, or StoreError for a file that is no store and for a full disk.
    """
    if not read_only:
        private_folder(path.parent)
        if path.is_file() and path.stat().st_size == 0:
            path.unlink()  # all that is left of a process that was killed while it made the file
    until = monotonic() + wait
    while True:
        try:
            store = Store(path, read_only=read_only)
            break
        except duckdb.Error as error:
            if not store_faults.is_held(str(error)):
                raise store_faults.unopened(path, str(error), read_only=read_only) from error
            if monotonic() >= until:
                raise store_faults.busy(path, str(error)) from error
            time.sleep(0.2)
    try:
        with told(path):
            yield store
    finally:
        store.close()


@contextmanager
def told(place: Path) -> Iterator[None]:
    """Inside, a fault of the disk or of the store's file is raised as StoreError: one sentence, with `place` in it."""
    try:
        yield
    except duckdb.Error as error:
        found = store_faults.explained(place, str(error))
        if found is None:
            raise
        raise found from error
