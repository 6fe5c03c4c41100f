"""Judge every meeting with every contact, and add those that were held to the ledger."""

import itertools

import pyarrow as pa

from pipelines.rules.verdicts import Verdict
from pipelines.steps import meeting_verdicts
from pipelines.steps.meeting_verdicts import Judged
from pipelines.steps.moment import Counts, Moment
from pipelines.store import Store

TIME = pa.timestamp("us", tz="UTC")
REASON = [pa.field("reason", pa.string()), pa.field("weight", pa.float64())]
HELD = ("met_in_person", "met_remotely")
SMALL = 4  # people up to whom a meeting weighs in full
SECOND = 1_000_000  # microseconds


def rebuild(store: Store, moment: Moment) -> Counts:
    """Make `meetings` anew as of the moment, and the ledger's rows of channel `meeting`. A repeat changes nothing."""
    store.stand_at(moment.as_of, moment.zone)
    said = sorted(
        (row for row in store.rows("corrections") if row["kind"] == "met"), key=lambda row: str(row["made_at"])
    )
    words = {str(row["subject"]): str(row["value"]) for row in said}
    rows = meeting_verdicts.judged(store, moment, words)
    noted = store.gather("noted_meetings")  # these no calendar brings back
    store.remove("interactions", "channel", "meeting")
    store.append("interactions", noted)
    held = [row for row in rows if row.verdict.verdict in HELD]
    store.append("interactions", _ledger(held))
    return {"meetings": store.write("meetings", _table(rows)), "held": len(held)}


def _evidence(verdicts: list[Verdict]) -> pa.Array:
    ends = itertools.accumulate((len(one.reasons) for one in verdicts), initial=0)
    reasons = [reason for one in verdicts for reason in one.reasons]
    columns = [
        pa.array([reason.text for reason in reasons], pa.string()),
        pa.array([reason.weight for reason in reasons], pa.float64()),
    ]
    return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), pa.StructArray.from_arrays(columns, fields=REASON))


def _times(seconds: list[int]) -> pa.Array:
    return pa.array([one * SECOND for one in seconds], pa.int64()).cast(TIME)


def _table(rows: list[Judged]) -> pa.Table:
    rows = sorted(rows, key=lambda row: row.guest.contact)  # they come by time and event_key
    return pa.table(
        {
            "contact_id": pa.array([row.guest.contact for row in rows], pa.string()),
            "event_key": pa.array([row.occasion.key for row in rows], pa.string()),
            "starts_at": _times([row.occasion.starts for row in rows]),
            "ends_at": _times([row.occasion.ends for row in rows]),
            "title": pa.array([row.occasion.title for row in rows], pa.string()),
            "verdict": pa.array([row.verdict.verdict for row in rows], pa.string()),
            "probability": pa.array([row.verdict.probability for row in rows], pa.float64()),
            "evidence": _evidence([row.verdict for row in rows]),
            "counts": pa.array([row.verdict.verdict in HELD for row in rows], pa.bool_()),
            "size": pa.array([row.occasion.size for row in rows], pa.int32()),
            "series": pa.array([row.occasion.recurring for row in rows], pa.bool_()),
            "asks": pa.array([row.asks for row in rows], pa.bool_()),
        }
    )


def _ledger(held: list[Judged]) -> pa.Table:
    sizes = [row.occasion.size for row in held]
    return pa.table(
        {
            "contact_id": pa.array([row.guest.contact for row in held], pa.string()),
            "occurred_at": _times([row.occasion.ends for row in held]),
            "channel": pa.array(["meeting"] * len(held), pa.string()),
            "direction": pa.array(["both"] * len(held), pa.string()),
            "weight": pa.array([1.0 if size <= SMALL else SMALL / size for size in sizes], pa.float64()),
            "reference": pa.array([row.occasion.key for row in held], pa.string()),
            "recipients": pa.array([size - 1 for size in sizes], pa.int32()),
            "subject": pa.array([row.occasion.title for row in held], pa.string()),
        }
    )
