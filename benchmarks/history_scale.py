"""Measure how long ten years of history take for five thousand contacts, and one new week.

usage: python benchmarks/history_scale.py [--contacts 5000] [--weeks 520] [--interactions 200000]

It writes a made-up ledger into a store of its own, judges all weeks, then judges the week after, and ends with one line.
"""

import argparse
import datetime as dt
import resource
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipelines.landing import ATTENDEES, MOMENT
from pipelines.steps import relationships
from pipelines.steps.moment import Moment, week_end, week_of
from pipelines.store import Store

ZONE = "Europe/Berlin"
WEEK = "2026-W45"
DAY = 86_400_000_000


def ledger(contacts: int, weeks: int, interactions: int, end: int) -> pa.Table:
    """Made-up interactions: some contacts have many, most few, each inside a span of its own."""
    chance = np.random.default_rng(7)
    share = chance.pareto(1.1, contacts) + 0.05
    who = chance.choice(contacts, interactions, p=share / share.sum())
    begin = end - weeks * 7 * DAY
    opens = chance.uniform(0, 0.9, contacts)
    lasts = chance.beta(1, 2, contacts) * (1 - opens)
    at = begin + ((opens[who] + chance.uniform(0, 1, interactions) * lasts[who]) * (end - begin)).astype("int64")
    return pa.table(
        {
            "contact_id": pa.array([f"c{number:05}" for number in who]),
            "occurred_at": pa.array(at, pa.int64()).cast(MOMENT),
            "channel": pa.array(["email"] * interactions),
            "direction": pa.array(np.where(chance.random(interactions) < 0.5, "in", "out").tolist()),
            "weight": pa.array(np.ones(interactions)),
            "reference": pa.array([f"m{number}" for number in range(interactions)]),
        }
    )


def fill(store: Store, rows: pa.Table, contacts: int, end: int, weeks: int) -> None:
    """Everything that the step reads, made up."""
    store.write("interactions", rows)
    nothing = pa.nulls(contacts, pa.string())
    store.write(
        "contacts",
        pa.table(
            {
                "contact_id": pa.array([f"c{number:05}" for number in range(contacts)]),
                "name": pa.array([f"Person {number}" for number in range(contacts)]),
                "organization": nothing,
                "tags": pa.nulls(contacts, pa.list_(pa.string())),
                "connected_at": pa.nulls(contacts, MOMENT),
                "died": pa.array([False] * contacts),
            }
        ),
    )
    days = np.arange(end - weeks * 7 * DAY, end, DAY)
    store.write(
        "mails",
        pa.table(
            {
                "sent_at": pa.array(days, pa.int64()).cast(MOMENT),
                "from_owner": pa.array([True] * len(days)),
                "others": pa.array([["somebody@example.org"]] * len(days)),
                "marks": pa.array([[]] * len(days), pa.list_(pa.string())),
            }
        ),
    )
    store.write(
        "addresses",
        pa.schema([("contact_id", pa.string()), ("kind", pa.string()), ("address", pa.string())]).empty_table(),
    )
    store.write(
        "meetings",
        pa.schema(
            [
                ("contact_id", pa.string()),
                ("event_key", pa.string()),
                ("starts_at", MOMENT),
                ("ends_at", MOMENT),
                ("verdict", pa.string()),
            ]
        ).empty_table(),
    )
    store.write(
        "occurrences",
        pa.schema(
            [
                ("event_key", pa.string()),
                ("organizer", pa.string()),
                ("attendees", ATTENDEES),
                ("created_at", MOMENT),
                ("kind", pa.string()),
                ("status", pa.string()),
                ("starts_at", MOMENT),
                ("ends_at", MOMENT),
            ]
        ).empty_table(),
    )


def main() -> int:
    """Judge, and print seconds and memory."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--contacts", type=int, default=5000)
    asked.add_argument("--weeks", type=int, default=520)
    asked.add_argument("--interactions", type=int, default=200_000)
    given = asked.parse_args()
    first = week_end(WEEK, ZONE)
    second = first + dt.timedelta(days=7)
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "store.duckdb")
        end = int(second.timestamp() * 1_000_000)
        fill(store, ledger(given.contacts, given.weeks, given.interactions, end), given.contacts, end, given.weeks)
        took = []
        for as_of in (first, second):
            began = time.perf_counter()
            moment = Moment(as_of, ZONE, "Owner", week_of(as_of - dt.timedelta(hours=1), ZONE))
            print(moment.week, relationships.rebuild(store, moment))
            took.append(time.perf_counter() - began)
        store.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / (1024 if sys.platform == "darwin" else 1)
    print(f"history {took[0]:.1f} s, new week {took[1]:.1f} s, peak {memory:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
