"""The graph that Dagster loads: assets, checks, jobs and schedules."""

import datetime as dt
from collections.abc import Iterator

import dagster as dg

from pipelines.assets import contacts, interactions, meetings, relationships, report, sources
from pipelines.assets.partitions import OWNERS, REPORTS, report_key, settings_problem
from pipelines.assets.start import start
from pipelines.home import find_home
from pipelines.resources import Workshop
from pipelines.settings import Owner, SettingsError, load
from pipelines.steps.moment import last_whole_week

pull = dg.define_asset_job(
    "pull",
    selection=dg.AssetSelection.groups("pull", "judge"),
    partitions_def=OWNERS,
    description="Pull every source of one owner and judge everything anew.",
)
weekly_report = dg.define_asset_job(
    "weekly_report",
    selection=dg.AssetSelection.groups("report"),
    partitions_def=REPORTS,
    description="Make the report of one owner and week, and deliver it once.",
)


@dg.schedule(job=pull, cron_schedule="0 * * * *", default_status=dg.DefaultScheduleStatus.RUNNING)
def hourly_pull(context: dg.ScheduleEvaluationContext) -> Iterator[dg.RunRequest]:
    """Every hour, one run an owner."""
    for key in OWNERS.get_partition_keys():
        yield dg.RunRequest(
            run_key=f"{key}-{context.scheduled_execution_time.isoformat()}",
            partition_key=key,
            tags={"owner": key},
        )


def _weekly(owner: Owner) -> dg.ScheduleDefinition:
    hour, minute = owner.report.time.split(":")

    def request(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        week = last_whole_week(context.scheduled_execution_time.astimezone(dt.UTC), owner.timezone)
        key = report_key(owner.key, week)
        return dg.RunRequest(run_key=str(key), partition_key=key, tags={"owner": owner.key})

    return dg.ScheduleDefinition(
        name=f"weekly_report_{owner.key.replace('-', '_')}",
        job=weekly_report,
        cron_schedule=f"{int(minute)} {int(hour)} * * {owner.report.weekday[:3]}",
        execution_timezone=owner.timezone,
        execution_fn=request,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description=f"The report of {owner.key}, each {owner.report.weekday} at {owner.report.time}, {owner.timezone}.",
    )


def _owners() -> list[Owner]:
    try:
        return list(load(find_home().settings).owner.values())
    except SettingsError:
        return []


defs = dg.Definitions(
    assets=[
        start,
        sources.sources,
        contacts.contacts,
        interactions.interactions,
        meetings.meetings,
        relationships.relationships,
        report.report,
        report.delivery,
    ],
    jobs=[pull, weekly_report],
    schedules=[hourly_pull, *map(_weekly, _owners())],
    resources={"workshop": Workshop()},
    executor=dg.in_process_executor,
    metadata={"settings": settings_problem() or "read"},
)
