"""The first asset: what the owner's sources hold, pulled and landed."""

import datetime as dt
import time
from collections.abc import Iterator

import dagster as dg

from pipelines import pulling
from pipelines.assets.columns import described
from pipelines.assets.partitions import OWNERS, TEAMS, source_tags
from pipelines.resources import Workshop
from pipelines.showing import spec

ALL_READ = spec("all_sources_read", "sources", "Every source could be read.", OWNERS, blocking=False)
# Pulled every hour: a morning without is worth a word, a day without is a fault.
FRESH = dg.FreshnessPolicy.time_window(fail_window=dt.timedelta(hours=26), warn_window=dt.timedelta(hours=6))


@dg.asset(
    partitions_def=OWNERS,
    group_name="pull",
    kinds={"duckdb", "imap", "ical", "vcard"},
    owners=TEAMS,
    tags=source_tags(),
    metadata=described("pulls", "sources"),
    check_specs=[ALL_READ],
    freshness_policy=FRESH,
)
def sources(context: dg.AssetExecutionContext, workshop: Workshop) -> Iterator[dg.MaterializeResult[None]]:
    """Mail headers, calendar entries and contact cards, as each source gives them."""
    began = time.perf_counter()
    pulled = [one for key in context.partition_keys for one in workshop.pull(key)]
    failed = [one for one in pulled if one.error]
    yield dg.MaterializeResult(
        metadata={
            "seconds": round(time.perf_counter() - began, 3),
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
