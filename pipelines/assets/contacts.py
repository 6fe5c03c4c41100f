"""The second asset: which addresses are which people."""

import dagster as dg

from pipelines.assets.partitions import OWNERS
from pipelines.resources import Workshop


@dg.asset(partitions_def=OWNERS, group_name="judge", kinds={"duckdb"}, deps=["sources"])
def contacts(context: dg.AssetExecutionContext, workshop: Workshop) -> dg.MaterializeResult[None]:
    """Known people with all their addresses, and the correspondents who are no contacts, each with why."""
    return dg.MaterializeResult(metadata=workshop.step(context.partition_keys, "contacts"))
