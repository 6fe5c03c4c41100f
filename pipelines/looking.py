"""Say what an asset's page shows of a step's tables: counts, a few rows, and what its checks found."""

from typing import NamedTuple

from pipelines.store import Store

CHECKS: dict[str, dict[str, tuple[str, ...]]] = {  # by step: each check, and the model whose rows are its faults
    "contacts": {"contacts_can_be_reached": ("check_unreachable",)},
    "interactions": {
        "nothing_lost": ("check_lost", "check_twice"),
        "no_interaction_in_the_future": ("check_future",),
    },
    "meetings": {"no_meeting_in_the_future": ("check_future",)},
}


class Seen(NamedTuple):
    """What one step left in one owner's store: `counts` by name, `rows` of a preview, and by check how many faults were
    found and a few of their keys."""

    counts: dict[str, int]
    rows: list[dict[str, str | float]]
    faults: dict[str, tuple[int, tuple[str, ...]]]


def look(store: Store, step: str, *, named: bool) -> Seen:
    """Look at the tables that a step has just made; at rows, which name people, only where they may be shown."""
    tally = store.gather(f"tally_{step}").to_pylist()[0]
    rows = store.gather(f"preview_{step}").to_pylist() if named else []
    return Seen(
        {name.replace("_", " "): int(count) for name, count in tally.items()},
        [{name: _plain(value) for name, value in row.items()} for row in rows],
        {check: _faults(store, models) for check, models in CHECKS.get(step, {}).items()},
    )


def _faults(store: Store, models: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
    found = [str(next(iter(row.values()))) for model in models for row in store.gather(model).to_pylist()]
    return len(found), tuple(found[:5])


def _plain(value: object) -> str | float:
    return value if isinstance(value, int | float) else str(value or "")
