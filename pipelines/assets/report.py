"""The last assets: the weekly report, and its delivery."""

import dagster as dg

from pipelines.assets.partitions import REPORTS, reports_of
from pipelines.resources import Workshop


@dg.asset(partitions_def=REPORTS, group_name="report", kinds={"html"}, deps=["relationships"])
def report(context: dg.AssetExecutionContext, workshop: Workshop) -> dg.MaterializeResult[None]:
    """One owner's report of one week, as text, HTML and JSON. Making it never mails it."""
    return dg.MaterializeResult(metadata=workshop.report(reports_of(context)))


@dg.asset(partitions_def=REPORTS, group_name="report", kinds={"email"}, deps=[report])
def delivery(context: dg.AssetExecutionContext, workshop: Workshop) -> dg.MaterializeResult[None]:
    """The report sent to its recipients, once a week and recipient."""
    return dg.MaterializeResult(metadata=workshop.deliver(reports_of(context)))
