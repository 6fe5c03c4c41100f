"""The second asset: which addresses are which people."""

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
    deps=["sources"],
    metadata=described("contacts", "contacts"),
    check_specs=specs("contacts", OWNERS),
)
def contacts(context: dg.AssetExecutionContext, workshop: Workshop) -> Iterator[dg.MaterializeResult[None]]:
    """Known people with all their addresses, and the correspondents who are no contacts, each with why."""
    yield workshop.step(context.partition_keys, "contacts")
