"""The fourth asset: which meetings took place, and which in person."""

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
    deps=["interactions"],
    metadata=described("meetings", "meetings"),
    check_specs=specs("meetings", OWNERS),
)
def meetings(context: dg.AssetExecutionContext, workshop: Workshop) -> Iterator[dg.MaterializeResult[None]]:
    """A verdict with its evidence for each event occurrence and contact."""
    yield workshop.step(context.partition_keys, "meetings")
