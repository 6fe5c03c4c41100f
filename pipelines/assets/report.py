"""The last assets: the weekly report, and its delivery."""

import warnings
from collections.abc import Iterator

import dagster as dg

from pipelines.assets.columns import described
from pipelines.assets.partitions import REPORTS, TEAMS, is_backfill, reports_of
from pipelines.resources import Workshop
from pipelines.showing import SUMS, spec

# Dagster says of each use that backfill policies may change with a minor version; the lock holds the version.
warnings.filterwarnings("ignore", message=".*backfill_policy.*", category=dg.BetaWarning)
AT_ONCE = dg.BackfillPolicy.single_run()  # a process for each of a hundred weeks would take an hour
RIGHT = spec(SUMS, "report", "The report's numbers are those of the judged tables.", REPORTS)


@dg.asset(
    partitions_def=REPORTS,
    group_name="report",
    kinds={"html", "markdown"},
    owners=TEAMS,
    deps=["relationships"],
    metadata=described("reports", "report"),
    backfill_policy=AT_ONCE,
    check_specs=[RIGHT],
)
def report(context: dg.AssetExecutionContext, workshop: Workshop) -> Iterator[dg.MaterializeResult[None]]:
    """One owner's report of one week, as text, HTML and JSON. Making it never mails it."""
    yield workshop.report(reports_of(context))


@dg.asset(
    partitions_def=REPORTS, group_name="report", kinds={"email"}, owners=TEAMS, deps=[report], backfill_policy=AT_ONCE
)
def delivery(context: dg.AssetExecutionContext, workshop: Workshop) -> dg.MaterializeResult[None]:
    """The report sent to its recipients, once a week and recipient; a backfill sends nothing."""
    return dg.MaterializeResult(metadata=workshop.deliver(reports_of(context), backfill=is_backfill(context)))
