"""Judge every meeting with every contact, and add those that were held to the ledger."""

import pyarrow as pa

from pipelines.rules import meetings
from pipelines.rules.meetings import Encounter
from pipelines.steps.moment import Counts, Moment
from pipelines.store import Store

TIME = pa.timestamp("us", tz="UTC")
EVIDENCE = pa.list_(pa.struct([("reason", pa.string()), ("weight", pa.float64())]))
HELD = ("met_in_person", "met_remotely")
SMALL = 4  # people up to whom a meeting weighs in full


def rebuild(store: Store, moment: Moment) -> Counts:
    """Make `meetings` anew as of the moment, and the ledger's rows of channel `meeting`. A repeat changes nothing."""
    store.stand_at(moment.as_of, moment.zone)
    said = sorted(
        (row for row in store.rows("corrections") if row["kind"] == "met"), key=lambda row: str(row["made_at"])
    )
    words = {str(row["subject"]): str(row["value"]) for row in said}
    found = store.gather("encounters").to_pylist()
    rows = []
    for row in found:
        asked = {name: row[name] for name in Encounter._fields if name not in ("links", "owner_word")}
        one = Encounter(links=tuple(row["links"]), owner_word=words.get(row["event_key"], ""), **asked)
        verdict = meetings.judge(one, moment.as_of)
        evidence = [{"reason": reason.text, "weight": reason.weight} for reason in verdict.reasons]
        weight = 1.0 if row["size"] <= SMALL else SMALL / row["size"]
        rows.append((row, verdict.verdict, verdict.probability, evidence, weight))
    judged = pa.table(
        {
            "contact_id": pa.array([row["contact_id"] for row, *_ in rows], pa.string()),
            "event_key": pa.array([row["event_key"] for row, *_ in rows], pa.string()),
            "starts_at": pa.array([row["starts_at"] for row, *_ in rows], TIME),
            "ends_at": pa.array([row["ends_at"] for row, *_ in rows], TIME),
            "title": pa.array([row["title"] for row, *_ in rows], pa.string()),
            "verdict": pa.array([verdict for _, verdict, *_ in rows], pa.string()),
            "probability": pa.array([one for _, _, one, *_ in rows], pa.float64()),
            "evidence": pa.array([evidence for _, _, _, evidence, _ in rows], EVIDENCE),
            "counts": pa.array([verdict in HELD for _, verdict, *_ in rows], pa.bool_()),
            "size": pa.array([row["size"] for row, *_ in rows], pa.int32()),
            "series": pa.array([row["recurring"] for row, *_ in rows], pa.bool_()),
        }
    )
    noted = store.gather("noted_meetings")  # these no calendar brings back
    store.remove("interactions", "channel", "meeting")
    store.append("interactions", noted)
    held = [(row, weight) for row, verdict, _, _, weight in rows if verdict in HELD]
    store.append(
        "interactions",
        pa.table(
            {
                "contact_id": pa.array([row["contact_id"] for row, _ in held], pa.string()),
                "occurred_at": pa.array([row["ends_at"] for row, _ in held], TIME),
                "channel": pa.array(["meeting"] * len(held), pa.string()),
                "direction": pa.array(["both"] * len(held), pa.string()),
                "weight": pa.array([weight for _, weight in held], pa.float64()),
                "reference": pa.array([row["event_key"] for row, _ in held], pa.string()),
                "recipients": pa.array([row["size"] - 1 for row, _ in held], pa.int32()),
                "subject": pa.array([row["title"] for row, _ in held], pa.string()),
            }
        ),
    )
    return {"meetings": store.write("meetings", judged), "held": len(held)}
