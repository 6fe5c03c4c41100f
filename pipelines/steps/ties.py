"""Gather what passed between the owner and each contact, as columns for the rules of warmth."""

import datetime as dt
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from pipelines.rules import cadence, history, warmth
from pipelines.rules.absence import Clock, clock
from pipelines.rules.cold_features import Floats, Ints
from pipelines.store import Store

DAY = 86_400_000_000  # microseconds
SPAN = 1 << 34  # seconds: later than any time, so that one sorted key holds (contact, time)
MONTH = 30.0  # days: how long before it a meeting is taken to be known when its entry does not say


class Known(NamedTuple):
    """All contacts with what is known of them. `micros` are the ledger's times; `met` are meetings held in person, by
    contact and then by end: contact, end and what is shown of them, in microseconds."""

    contacts: list[str]
    names: list[str]
    tie: history.Tie
    ledger: history.Ledger
    micros: Ints
    met_by: Ints
    met_ends: Ints
    met_shown: Ints
    ahead: history.Ahead
    clock: Clock
    absent: Clock  # the same, but for time in which no mail was read: the owner was not away
    wrote: Floats


def gather(store: Store, as_of: dt.datetime) -> Known:
    """Everything that the judgement of ties rests on, as of a moment."""
    rows = store.gather("rhythms")
    micros = ints(rows, "micros")
    ties = store.gather("ties")
    meetings = store.gather("appointments")
    held = np.array(meetings["in_person"].to_pylist(), bool)
    ends, starts, by = ints(meetings, "ends"), ints(meetings, "starts"), ints(meetings, "number")
    now = int(as_of.timestamp() * 1_000_000)
    held &= ends <= now
    by_end = np.lexsort((ends[held], by[held]))
    agreed = np.array(meetings["agreed"].to_pylist(), bool)
    noted = meetings["known"].cast(pa.float64()).to_numpy() / DAY
    wrote = store.gather("wrote")["day"].to_numpy()
    away = store.gather("absences").to_pylist()
    spans = [(row["start"], row["end"]) for row in away]
    gone = [(row["start"], row["end"]) for row in away if not row["unread"]]
    shown = clock(wrote, spans, now / DAY)
    return Known(
        contacts=ties["contact_id"].to_pylist(),
        names=ties["name"].to_pylist(),
        tie=_said(ties),
        ledger=history.Ledger(
            tie=ints(rows, "number"),
            at=micros / DAY,
            outward=np.array(rows["outward"].to_pylist(), bool),
            inward=np.array(rows["inward"].to_pylist(), bool),
            weight=rows["weight"].to_numpy(),
            ties=len(ties),
        ),
        micros=micros,
        met_by=by[held][by_end],
        met_ends=ends[held][by_end],
        # what lasted longer than a day is dated by its last day, anything else by when it began
        met_shown=np.where(ends - starts > DAY, ends - 1_000_000, starts)[held][by_end],
        ahead=history.Ahead(
            tie=by[agreed],
            known=np.where(np.isnan(noted), starts / DAY - MONTH, noted)[agreed],
            starts=starts[agreed] / DAY,
        ),
        clock=shown,
        absent=shown if len(gone) == len(spans) else clock(wrote, gone, now / DAY),
        wrote=wrote,
    )


def ints(table: pa.Table, column: str) -> Ints:
    """A column of whole numbers without gaps."""
    found: Ints = table[column].cast(pa.int64()).to_numpy()
    return found


def _said(ties: pa.Table) -> history.Tie:
    connected = ties["connected"].cast(pa.float64()).to_numpy() / DAY
    snoozed = np.full(len(ties), warmth.FAR)
    until = np.full(len(ties), -warmth.FAR)
    for number, (word, made_at) in enumerate(
        zip(ties["snooze"].to_pylist(), ties["snoozed_at"].to_pylist(), strict=True)
    ):
        if word is not None and made_at is not None:
            snoozed[number] = made_at.timestamp() / 86400
            until[number] = cadence.snoozed_until(word, made_at).timestamp() / 86400
    return history.Tie(
        connected_at=np.where(np.isnan(connected), warmth.FAR, connected),
        died=np.array(ties["died"].to_pylist(), bool),
        cadence=np.array(
            [
                cadence.of_contact(word, groups)
                for word, groups in zip(ties["cadence"].to_pylist(), ties["group_cadences"].to_pylist(), strict=True)
            ],
            float,
        ),
        snoozed=snoozed,
        snoozed_until=until,
    )
