"""The fourth asset: which meetings took place, and which in person."""

import dagster as dg

from pipelines.assets.partitions import OWNERS
from pipelines.resources import Workshop


@dg.asset(partitions_def=OWNERS, group_name="judge", kinds={"duckdb"}, deps=["interactions"])
def meetings(context: dg.AssetExecutionContext, workshop: Workshop) -> dg.MaterializeResult[None]:
    """A verdict with its evidence for each event occurrence and contact."""
    return dg.MaterializeResult(metadata=workshop.step(context.partition_keys, "meetings"))
