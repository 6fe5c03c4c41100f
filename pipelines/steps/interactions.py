"""Keep the ledger: each mail, call and message between the owner and a contact, or why it does not count."""

import pyarrow as pa

from pipelines.rules import exclusions
from pipelines.steps import talks
from pipelines.steps.moment import Counts, Moment
from pipelines.store import Store

JUDGED = [field for field in exclusions.Letter._fields if field != "marks"]
NO_TIME = "nothing tells when it was sent"
HALF = 0.5  # of a mail with an assistant: it is theirs, and that of whom they write for
SHARED = "several people share the address, and no name tells which of them it was"
LEDGER = pa.schema(
    [
        ("contact_id", pa.string()),
        ("occurred_at", pa.timestamp("us", tz="UTC")),
        ("channel", pa.string()),
        ("direction", pa.string()),
        ("weight", pa.float64()),
        ("reference", pa.string()),
        ("exclusion", pa.string()),
        ("recipients", pa.int32()),
        ("subject", pa.string()),
    ]
)


def rebuild(store: Store, moment: Moment) -> Counts:
    """Make `messages` and `interactions` anew as of the moment. Meetings are added by the step that judges them."""
    store.stand_at(moment.as_of, moment.zone)
    messages = store.write("messages", _messages(store))
    talks.rebuild(store, moment)
    ledger = store.write("interactions", pa.concat_tables([_mails(store), _talks(store)]))
    _explain_unattributed(store)
    return {"messages": messages, "interactions": ledger}


def _explain_unattributed(store: Store) -> None:
    """Say of mail to or from an address that several people share why it is nobody's."""
    nobodys = set(store.gather("unattributed")["message_key"].to_pylist())
    if nobodys:
        messages = store.read("messages")
        keys, reasons = messages["message_key"].to_pylist(), messages["exclusion"].to_pylist()
        told = [SHARED if key in nobodys else reason for key, reason in zip(keys, reasons, strict=True)]
        at = messages.schema.get_field_index("exclusion")
        store.write("messages", messages.set_column(at, "exclusion", pa.array(told, pa.string())))


def _messages(store: Store) -> pa.Table:
    letters = store.gather("letters")
    marks = [tuple(row) for row in letters["marks"].to_pylist()]
    columns = {name: letters[name].to_pylist() for name in JUDGED}
    columns["marks"] = marks
    reasons = [
        exclusions.exclusion(exclusions.Letter(*row))
        for row in zip(*(columns[name] for name in exclusions.Letter._fields), strict=True)
    ]
    kept = letters.select(["message_key", "message_id", "sent_at", "subject", "sender", "source"])
    kept = kept.append_column("exclusion", pa.array(reasons, pa.string()))
    undated = store.gather("undated")
    undated = undated.append_column("sent_at", pa.nulls(len(undated), pa.timestamp("us", tz="UTC")))
    undated = undated.append_column("exclusion", pa.array([NO_TIME] * len(undated), pa.string()))
    return pa.concat_tables([kept, undated.select(kept.column_names)])


def _mails(store: Store) -> pa.Table:
    touches = store.gather("touches")
    roles, recipients = touches["role"].to_pylist(), touches["recipients"].to_pylist()
    excluded = touches["exclusion"].to_pylist()
    reasons = [
        reason or exclusions.weightless(role, people)
        for reason, role, people in zip(excluded, roles, recipients, strict=True)
    ]
    weights = [
        0.0 if reason else exclusions.weight(role, people) * (HALF if halved else 1)
        for reason, role, people, halved in zip(reasons, roles, recipients, touches["halved"].to_pylist(), strict=True)
    ]
    directions = ["in" if role.startswith("author") else "out" for role in roles]
    return pa.table(
        {
            "contact_id": touches["contact_id"],
            "occurred_at": touches["occurred_at"],
            "channel": pa.array(["email"] * len(touches), pa.string()),
            "direction": pa.array(directions, pa.string()),
            "weight": pa.array(weights, pa.float64()),
            "reference": touches["reference"],
            "exclusion": pa.array(reasons, pa.string()),
            "recipients": touches["recipients"],
            "subject": touches["subject"],
        }
    ).cast(LEDGER)


def _talks(store: Store) -> pa.Table:
    rows = store.gather("talks")
    if store.has("notices"):
        rows = pa.concat_tables([rows, store.gather("notice_messages").cast(rows.schema)])
    reasons = [
        None if noted else exclusions.unanswered(channel, direction, seconds)
        for noted, channel, direction, seconds in zip(
            *(rows[name].to_pylist() for name in ("noted", "channel", "direction", "seconds")), strict=True
        )
    ]
    directions = [
        # two who spoke have both taken part; a ring that nobody took is its caller's
        "both"
        if direction == "both" or (channel == "call" and reason is None)
        else "out"
        if direction == "out"
        else "in"
        for channel, direction, reason in zip(
            rows["channel"].to_pylist(), rows["direction"].to_pylist(), reasons, strict=True
        )
    ]
    count = len(rows)
    return pa.table(
        {
            "contact_id": rows["contact_id"],
            "occurred_at": rows["occurred_at"],
            "channel": rows["channel"],
            "direction": pa.array(directions, pa.string()),
            "weight": pa.array(
                [0.0 if reason else weight for reason, weight in zip(reasons, rows["weight"].to_pylist(), strict=True)],
                pa.float64(),
            ),
            "reference": rows["reference"],
            "exclusion": pa.array(reasons, pa.string()),
            "recipients": pa.array([1] * count, pa.int32()),
            "subject": pa.array([""] * count, pa.string()),
        }
    ).cast(LEDGER)
