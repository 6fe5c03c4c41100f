"""The fifth asset: who is warm, cooling, cold or dormant, week by week."""

import dagster as dg

from pipelines.assets.columns import described
from pipelines.assets.partitions import OWNERS, TEAMS
from pipelines.resources import Workshop


@dg.asset(
    partitions_def=OWNERS,
    group_name="judge",
    kinds={"duckdb", "python"},
    owners=TEAMS,
    deps=["meetings"],
    metadata=described("relationships", "relationships"),
)
def relationships(context: dg.AssetExecutionContext, workshop: Workshop) -> dg.MaterializeResult[None]:
    """State, balance and cold probability of each contact at the end of each week, then the snapshot for readers."""
    shown = workshop.step(context.partition_keys, "relationships")
    workshop.finish(context.partition_keys)
    return shown
