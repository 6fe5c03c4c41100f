"""Remember since when each card names an organization and a title, so that a change is seen."""

import datetime as dt

import pyarrow as pa

from pipelines.landing import MOMENT
from pipelines.steps.moment import Moment
from pipelines.store import Store

_TEXTS = ("source", "form", "key", "organization", "title")


def remember(store: Store, moment: Moment) -> int:
    """Note what cards say now and did not say before; returns how many. A repeat notes nothing.

    A card has no date of change: what is noted is when its source was read, or the moment if no pull says. The place is
    left out, so that an export that was saved under another name continues the one before.
    """
    if store.replaying:
        return 0  # an older week knows what was noted by then
    read_at: dict[str, dt.datetime] = {}
    for row in store.read("pulls").to_pylist():
        if row["error"] is None and row["ended_at"] is not None:
            read_at[row["source"]] = max(row["ended_at"], read_at.get(row["source"], row["ended_at"]))
    known = {tuple(row[name] for name in _TEXTS) for row in store.read("card_work").to_pylist()}
    fresh = {
        said
        for row in store.gather("cards").to_pylist()
        if (said := tuple(row[name] or "" for name in _TEXTS)) not in known
    }
    columns = {name: pa.array([one[at] for one in sorted(fresh)], pa.string()) for at, name in enumerate(_TEXTS)}
    times = pa.array([read_at.get(one[0], moment.as_of) for one in sorted(fresh)], MOMENT)
    return store.append("card_work", pa.table({**columns, "seen_at": times}))
