"""What Dagster reacts to: files that were dropped, and runs that failed."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import dagster as dg

from connectors.context import path_from
from connectors.errors import SourceMissing
from pipelines import dropping, pulling, telling
from pipelines.dropping import Watched
from pipelines.home import Home, find_home
from pipelines.schedules import PULL
from pipelines.settings import Owner, SettingsError, load

EVERY = 30  # seconds between two looks at a folder


def drop_folders() -> dg.SensorDefinition:
    """Pull when files in a `folder` source have come or changed and lie still: one run for all that came together."""

    @dg.sensor(
        name="dropped_files",
        job_name=PULL,
        minimum_interval_seconds=EVERY,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Starts a pull once dropped files have kept their size and time from one look to the next.",
    )
    def dropped_files(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        home = find_home()
        try:
            owners = load(home.settings).owner
        except SettingsError as error:
            return dg.SkipReason(str(error))
        remembered = {key: Watched(*words) for key, words in json.loads(context.cursor or "{}").items()}
        requests = []
        for key, owner in owners.items():
            now = "".join(dropping.look(folder) for folder in folders(home, owner))
            remembered[key], ready = dropping.settled(remembered.get(key, Watched()), now)
            if ready:
                requests.append(dg.RunRequest(run_key=f"{key}-{now}", partition_key=key, tags={"owner": key}))
        return dg.SensorResult(
            run_requests=requests,
            cursor=json.dumps(remembered),
            skip_reason=None if requests else "Nothing new lies still.",
        )

    return dropped_files


def folders(home: Home, owner: Owner) -> Iterator[Path]:
    """The folders of an owner's `folder` sources."""
    for source in owner.source.values():
        if source.kind == "folder":
            with suppress(SourceMissing):  # the pull itself says so
                yield path_from(home.folder, Path(str(source.options["path"])))


def failures() -> dg.SensorDefinition:
    """Mail the owner one line when a run of theirs has failed, at most once a day."""

    @dg.run_failure_sensor(
        name="failed_runs",
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Mails the owner one line when a run has failed, at most once a day.",
    )
    def failed_runs(context: dg.RunFailureSensorContext) -> Iterator[dg.SkipReason]:
        home, run = find_home(), context.dagster_run
        try:
            owners = load(home.settings).owner
        except SettingsError as error:
            yield dg.SkipReason(str(error))
            return
        key = run.tags.get("owner") or run.tags.get("dagster/partition", "").split("|")[0]
        if key not in owners:
            yield dg.SkipReason("The run was no owner's.")
            return
        yield dg.SkipReason(telling.failure(home, owners[key], run.job_name, sentence(context), pulling.now()))

    return failed_runs


def sentence(context: dg.RunFailureSensorContext) -> str:
    """What the failed step said, or that it failed."""
    for event in context.get_step_failure_events():
        data = event.step_failure_data
        if data.user_failure_data is not None and data.user_failure_data.description:
            return data.user_failure_data.description
    return context.failure_event.message or "The run failed."
