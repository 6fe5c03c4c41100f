"""The asset that says whether the settings can be used, for whoever opens the graph without any."""

import dagster as dg

from pipelines.assets.partitions import settings_problem
from pipelines.resources import Workshop


@dg.asset(
    name="settings",
    group_name="settings",
    kinds={"toml"},
    description=settings_problem() or "The owners, sources and report settings that settings.toml names.",
)
def start(workshop: Workshop) -> dg.MaterializeResult[None]:
    """Read settings.toml and count what it names."""
    owners = workshop.checked().owner
    return dg.MaterializeResult(
        metadata={"owners": len(owners), "sources": sum(len(owner.source) for owner in owners.values())}
    )
