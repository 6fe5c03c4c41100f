"""The first asset: what the owner's sources hold, pulled and landed."""

from collections.abc import Iterator

import dagster as dg

from pipelines import pulling
from pipelines.assets.partitions import OWNERS
from pipelines.resources import Workshop

ALL_READ = dg.AssetCheckSpec("all_sources_read", asset="sources", description="Every source could be read.")


@dg.asset(partitions_def=OWNERS, group_name="pull", kinds={"duckdb"}, check_specs=[ALL_READ])
def sources(context: dg.AssetExecutionContext, workshop: Workshop) -> Iterator[dg.MaterializeResult[None]]:
    """Mail headers, calendar entries and contact cards, as each source gives them."""
    pulled = [one for key in context.partition_keys for one in workshop.pull(key)]
    failed = [one for one in pulled if one.error]
    yield dg.MaterializeResult(
        metadata={
            "sources": len(pulled),
            "new items": sum(one.new_items for one in pulled),
            "rejects": sum(one.rejects for one in pulled),
            "failed": len(failed),
            "pulled": dg.MetadataValue.md(pulling.as_markdown(pulled)),
        },
        check_results=[
            dg.AssetCheckResult(
                check_name="all_sources_read",
                passed=not failed,
                severity=dg.AssetCheckSeverity.WARN,
                metadata={one.source: one.error or "" for one in failed},
            )
        ],
    )
