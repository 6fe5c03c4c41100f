"""The third asset: the ledger of what passed between the owner and each contact."""

import dagster as dg

from pipelines.assets.partitions import OWNERS
from pipelines.resources import Workshop


@dg.asset(partitions_def=OWNERS, group_name="judge", kinds={"duckdb"}, deps=["contacts"])
def interactions(context: dg.AssetExecutionContext, workshop: Workshop) -> dg.MaterializeResult[None]:
    """Mails, calls and messages with each contact, weighted; what counts for nothing stays, with its reason."""
    return dg.MaterializeResult(metadata=workshop.step(context.partition_keys, "interactions"))
