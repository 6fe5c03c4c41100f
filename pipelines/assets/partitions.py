"""Name the partitions: owners, and weeks of owners' reports."""

import re

import dagster as dg

from pipelines.home import find_home
from pipelines.settings import SettingsError, load
from pipelines.steps.moment import FIRST_WEEK


def owner_keys() -> list[str]:
    """The owners that settings.toml names; none where there are no settings that can be used."""
    try:
        return list(load(find_home().settings).owner)
    except SettingsError:
        return []


def settings_problem() -> str:
    """Why the settings can't be used, in one sentence; empty where they can."""
    try:
        load(find_home().settings)
    except SettingsError as error:
        return str(error)
    return ""


def source_tags() -> dict[str, str]:
    """A tag for each source that settings.toml names, with its kind, to find on Dagster's page what reads it."""
    try:
        owners = load(find_home().settings).owner.values()
    except SettingsError:
        return {}
    return {
        f"source/{re.sub(r'[^A-Za-z0-9_.-]', '-', name)[:63]}": source.kind
        for owner in owners
        for name, source in owner.source.items()
    }


OWNERS = dg.StaticPartitionsDefinition(owner_keys())
# The week partitions are only names: a zone ahead of all others ends each first; a week's bounds are the owner's.
WEEKS = dg.WeeklyPartitionsDefinition(
    start_date=f"{FIRST_WEEK}-1", timezone="Pacific/Kiritimati", day_offset=1, fmt="%G-W%V-%u"
)
TEAMS = [f"team:{key}" for key in owner_keys()]  # Dagster's word for who an asset belongs to
REPORTS = dg.MultiPartitionsDefinition({"owner": OWNERS, "week": WEEKS})


def report_key(owner: str, week: str) -> dg.MultiPartitionKey:
    """The partition of one owner's report: `report_key("dana", "2026-W46")`."""
    return dg.MultiPartitionKey({"owner": owner, "week": f"{week}-1"})


def reports_of(context: dg.AssetExecutionContext) -> list[tuple[str, str]]:
    """The (owner, ISO week) pairs that a run is for; a backfill in one run has several."""
    pairs = []
    for key in context.partition_keys:
        owner, week = key.split("|")  # Dagster joins the dimensions in the order of their names
        pairs.append((owner, week.rsplit("-", 1)[0]))
    return pairs


def is_backfill(context: dg.AssetExecutionContext) -> bool:
    """Whether many partitions are being made in one go, from the page or from a program."""
    return "dagster/backfill" in context.run.tags
