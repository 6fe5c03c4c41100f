"""The graph that Dagster loads: assets, checks, jobs, schedules and sensors."""

import dagster as dg

from pipelines import schedules, sensors
from pipelines.assets import contacts, interactions, meetings, relationships, report, sources
from pipelines.assets.partitions import OWNERS, REPORTS, settings_problem
from pipelines.assets.start import start
from pipelines.home import find_home
from pipelines.resources import Workshop
from pipelines.settings import Owner, SettingsError, load

pull = dg.define_asset_job(
    schedules.PULL,
    selection=dg.AssetSelection.groups("pull", "judge"),
    partitions_def=OWNERS,
    description="Pull every source of one owner and judge everything anew.",
)
weekly_report = dg.define_asset_job(
    schedules.WEEKLY,
    selection=dg.AssetSelection.groups("report"),
    partitions_def=REPORTS,
    description="Make the report of one owner and week, and deliver it once.",
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
    schedules=[schedules.hourly(), *(schedules.weekly(owner) for owner in _owners())],
    sensors=[sensors.drop_folders(), sensors.failures()],
    resources={"workshop": Workshop()},
    executor=dg.in_process_executor,
    metadata={"settings": settings_problem() or "read"},
)
