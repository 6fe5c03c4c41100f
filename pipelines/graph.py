"""Run Dagster's jobs in this process, as the command does."""

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import dagster as dg
import filelock

from pipelines import pulling, running
from pipelines.assets.partitions import report_key
from pipelines.definitions import defs
from pipelines.home import Home
from pipelines.private import private_folder
from pipelines.progress import watched
from pipelines.running import Stop
from pipelines.steps.moment import last_whole_week, week_end
from pipelines.store import opened

STOPPED = "Stopped; what was saved so far is kept."
DAGSTER_YAML = """\
# Written by coldcoffee. Nothing is sent anywhere, and one run at a time works on an owner's store.
telemetry:
  enabled: false
nux:
  enabled: false
freshness:
  enabled: true
concurrency:
  runs:
    max_concurrent_runs: 1
"""


@dataclass(frozen=True)
class Done:
    """What a run ended with: the report, and a sentence for each source that could not be read."""

    text: str
    json: str
    problems: tuple[str, ...]


@contextlib.contextmanager
def instance(home: Home) -> Iterator[dg.DagsterInstance]:
    """Dagster's records of this home, in dagster/."""
    prepare(home)
    os.environ["DAGSTER_HOME"] = str(home.dagster)
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "yes")
    try:
        with filelock.FileLock(home.dagster / "opening.lock"):  # two that make its files at once break them
            records = dg.DagsterInstance.get()
            records.get_runs_count()  # opens its files
    except OSError:
        raise
    except Exception as error:  # of Dagster, YAML, SQLAlchemy or Alembic
        raise Stop(
            f"Dagster's records in {home.dagster} can't be used: move that folder away, it is made anew; "
            "only the history of runs and your changes to dagster.yaml are in it.",
            1,
        ) from error
    with records:
        yield records


def prepare(home: Home) -> None:
    """Make the home's folders, private to their owner, and Dagster's settings."""
    private_folder(home.folder)
    private_folder(home.dagster)
    path = home.dagster / "dagster.yaml"
    if not path.exists():
        path.write_text(DAGSTER_YAML, encoding="utf-8")


def asked_week(home: Home, owner: str, week: str | None) -> str:
    """The week to report: as asked, else the last whole one. Raises NoWeek, or Stop for one that has not ended."""
    zone = running.settings(home).owner[owner].timezone
    if week is None:
        return last_whole_week(pulling.now(), zone)
    if week_end(week, zone) > pulling.now():
        raise Stop(
            f"The week {week} has not ended yet: the last whole one is {last_whole_week(pulling.now(), zone)}.", 2
        )
    return week


def run(home: Home, owner: str, week: str | None, *, pull: bool) -> Done:
    """Pull (if asked to), judge, and make the report. Raises Stop with the sentence of the step that failed."""
    week = asked_week(home, owner, week)
    with instance(home) as records:
        skipped = () if pull else ("settings", "sources")
        names = [
            name for name in ("sources", "contacts", "interactions", "meetings", "relationships") if name not in skipped
        ]
        with watched():
            _execute("pull", records, owner, names, {"week": week})
        _execute("weekly_report", records, report_key(owner, week), ["report"], {"week": week})
    with opened(running.snapshot(home, owner), running.PATIENCE, read_only=True) as store:
        kept = next(row for row in store.rows("reports") if row["week"] == week)
        failed = [row for row in store.rows("coverage") if row["last_error"]] if pull else []
    problems = tuple(f"The source “{row['source']}” could not be read: {row['last_error']}" for row in failed)
    return Done(str(kept["text"]), str(kept["json"]), problems)


def send(home: Home, owner: str, week: str | None, *, again: bool) -> str:
    """Deliver the week's report; returns a sentence on what was done."""
    week = asked_week(home, owner, week)
    with instance(home) as records:
        done = _execute("weekly_report", records, report_key(owner, week), ["delivery"], {"week": week, "again": again})
    (event,) = done.asset_materializations_for_node("delivery")
    sent = event.metadata["sent"].value
    if not sent:
        return f"The report of {week} was sent before; “coldcoffee send --again” sends it anew."
    return f"The report of {week} was sent to {sent} recipient{'s' if sent != 1 else ''}."


def _execute(
    job: str, records: dg.DagsterInstance, partition: str, names: list[str], workshop: dict[str, object]
) -> dg.ExecuteInProcessResult:
    done = defs.resolve_job_def(job).execute_in_process(
        instance=records,
        partition_key=partition,
        asset_selection=[dg.AssetKey(name) for name in names],
        run_config={
            "resources": {"workshop": {"config": {"patience": running.PATIENCE, **workshop}}},
            "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
        },
        raise_on_error=False,
    )
    if not done.success:
        raise Stop(_sentence(done), 1)
    return done


def _sentence(done: dg.ExecuteInProcessResult) -> str:
    for event in done.all_events:
        if event.is_step_failure:
            data = event.step_failure_data
            if data.error is not None and data.error.cls_name == "DagsterExecutionInterruptedError":
                return STOPPED
            if data.user_failure_data is not None:
                return data.user_failure_data.description or data.user_failure_data.label or ""
            print(data.error_display_string, file=sys.stderr)  # noqa: T201 - a fault of the program's own
            return f"The step {event.step_key} failed; the run is kept in Dagster (coldcoffee ui)."
    return "The run failed; it is kept in Dagster (coldcoffee ui)."
