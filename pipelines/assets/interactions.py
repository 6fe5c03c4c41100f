"""The third asset: the ledger of what passed between the owner and each contact."""

from collections.abc import Iterator

import dagster as dg

from pipelines.assets.columns import described
from pipelines.assets.partitions import OWNERS, TEAMS
from pipelines.resources import Workshop
from pipelines.showing import specs


@dg.asset(
    partitions_def=OWNERS,
    group_name="judge",
    kinds={"duckdb", "python"},
    owners=TEAMS,
    deps=["contacts"],
    metadata=described("interactions", "interactions"),
    check_specs=specs("interactions", OWNERS),
)
def interactions(context: dg.AssetExecutionContext, workshop: Workshop) -> Iterator[dg.MaterializeResult[None]]:
    """Mails, calls and messages with each contact, weighted; what counts for nothing stays, with its reason."""
    yield workshop.step(context.partition_keys, "interactions")
