"""The fifth asset: who is warm, cooling, cold or dormant, week by week."""

import dagster as dg

from pipelines.assets.partitions import OWNERS
from pipelines.resources import Workshop


@dg.asset(partitions_def=OWNERS, group_name="judge", kinds={"duckdb"}, deps=["meetings"])
def relationships(context: dg.AssetExecutionContext, workshop: Workshop) -> dg.MaterializeResult[None]:
    """State, balance and cold probability of each contact at the end of each week, then the snapshot for readers."""
    counts = workshop.step(context.partition_keys, "relationships")
    workshop.finish(context.partition_keys)
    return dg.MaterializeResult(metadata=counts)
