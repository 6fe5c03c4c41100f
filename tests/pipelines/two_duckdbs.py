"""Write or read a store with whatever DuckDB is on the path: a program for tests.

`python two_duckdbs.py write|read FOLDER` prints as JSON what it found: DuckDB's version, the storage version of store and
snapshot, and the rows that count.
"""

import datetime as dt
import json
import sys
from pathlib import Path

import duckdb

from connectors.records import Message, Page
from pipelines import judging
from pipelines.settings import Owner
from pipelines.store import Store, opened

WEEK = "2026-W10"
DANA = Owner(key="dana", name="Dana Reyes", addresses=("dana@example.org",), timezone="Europe/Berlin", source={})


def write(store: Store, version: str) -> None:
    """Save a page of one mail, named by the version, and judge everything."""
    sent_at = int(dt.datetime(2026, 3, 4, 15, tzinfo=dt.UTC).timestamp()) * 1_000_000
    mail = Message(
        "INBOX", version, f"{version}@example.org", f"{version}@example.org", sent_at, sent_at, None, f"From {version}",
        "ann@example.org", "Ann Abel", "", ("dana@example.org",), ("Dana",), (), (), (), None, (),
    )  # fmt: skip
    store.save("mail", Page(version, messages=[mail]), dt.datetime(2026, 3, 5, tzinfo=dt.UTC))
    moment = judging.moment_of(DANA, WEEK)
    judging.judge(store, DANA, moment)
    judging.made(store, moment)


def storage(path: Path) -> str:
    """The storage version that a file was written with."""
    with duckdb.connect(str(path), read_only=True) as db:
        found = db.execute("select tags from duckdb_databases() where database_name = ?", [path.stem]).fetchone()
    assert found is not None
    return str(found[0]["storage_version"])


def main() -> None:
    """Do what was asked, and tell."""
    what, folder = sys.argv[1], Path(sys.argv[2])
    if what == "write":
        with opened(folder / "store.duckdb", 0) as store:
            write(store, duckdb.__version__)
            store.publish(folder / "snapshot.duckdb")
    with opened(folder / "snapshot.duckdb", 0, read_only=True) as store, store.replay():
        judging.judge(store, DANA, judging.moment_of(DANA, WEEK))
        found = {
            "version": duckdb.__version__,
            "storage": [storage(folder / f"{name}.duckdb") for name in ("store", "snapshot")],
            "subjects": sorted(str(row["subject"]) for row in store.rows("messages")),
            "correspondents": [row["address"] for row in store.rows("correspondents")],
        }
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
