"""When Dagster pulls and reports by itself, and what it does about weeks that it missed."""

import datetime as dt
import zoneinfo
from pathlib import Path

import dagster as dg
import pyarrow as pa
import pytest

from pipelines import schedules
from pipelines.settings import Owner, Report
from pipelines.store import opened

BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
MONDAY = dt.datetime(2026, 11, 16, 7, 0, tzinfo=BERLIN)


def owner(time: str = "07:00") -> Owner:
    """An owner in Berlin."""
    return Owner(
        key="dana",
        name="Dana Reyes",
        addresses=("dana@example.org",),
        timezone="Europe/Berlin",
        source={},
        report=Report(weekday="monday", time=time),
    )


def asked(due: dt.datetime, now: dt.datetime) -> dg.RunRequest | str:
    """What the weekly schedule asks for at a tick that is looked at now: a run, or why there is none."""
    found = schedules.asked(owner(), due, now)
    return found if isinstance(found, dg.RunRequest) else str(found.skip_message)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home."""
    monkeypatch.setenv("COLDCOFFEE_HOME", str(tmp_path))
    return tmp_path


def test_the_week_that_has_ended_is_reported_and_stale_sources_hold_it_back() -> None:
    """On Monday morning last week's report is asked for; it pulls first, and is not sent while sources are stale."""
    run = asked(MONDAY, MONDAY)
    assert isinstance(run, dg.RunRequest)
    assert (run.run_key, run.partition_key) == ("dana|2026-W46|first", "dana|2026-W46-1")
    assert run.run_config == {"resources": {"workshop": {"config": {"pull_first": True, "hold_back": True}}}}


def test_what_was_held_back_is_sent_two_hours_later(home: Path) -> None:
    """The second tick sends the report with its warning, unless the first one did."""
    second = MONDAY + dt.timedelta(hours=2)
    run = asked(second, second)
    assert isinstance(run, dg.RunRequest)
    assert run.run_key == "dana|2026-W46|second"
    assert run.run_config == {"resources": {"workshop": {"config": {"pull_first": True, "hold_back": False}}}}
    (home / "store").mkdir()
    with opened(home / "store" / "dana.duckdb", 1.0) as store:
        row = {"week": "2026-W46", "recipient": "dana@example.org", "delivered_at": MONDAY, "receipt": "outbox"}
        store.append("deliveries", pa.Table.from_pylist([row]))
        store.publish(home / "snapshot" / "dana.duckdb")
    assert asked(second, second) == "The report of 2026-W46 was delivered."


def test_of_several_missed_weeks_the_newest_is_made_up() -> None:
    """A machine that slept for five weeks mails one report."""
    woke = dt.datetime(2026, 11, 18, 9, 30, tzinfo=BERLIN)
    weeks = [MONDAY - dt.timedelta(weeks=ago) for ago in range(4, -1, -1)]
    runs = [found for due in weeks if isinstance(found := asked(due, woke), dg.RunRequest)]
    assert [run.partition_key for run in runs] == ["dana|2026-W46-1"]


def test_an_hour_that_was_missed_is_not_made_up() -> None:
    """The next pull brings what a missed one would have brought."""
    due = dt.datetime(2026, 11, 16, 7, 0, tzinfo=dt.UTC)
    schedule = schedules.hourly(lambda: due + dt.timedelta(hours=3))
    done = schedule.evaluate_tick(dg.build_schedule_context(scheduled_execution_time=due))
    assert (done.run_requests, done.skip_message) == (
        [],
        "This hour was missed; a later pull brings what it would have brought.",
    )


@pytest.mark.parametrize(
    ("time", "cron"), [("07:00", ["0 7 * * 1", "0 9 * * 1"]), ("23:15", ["15 23 * * 1", "15 1 * * 2"])]
)
def test_both_ticks_are_in_the_owners_time_zone(time: str, cron: list[str]) -> None:
    """The second tick may fall on the next day."""
    schedule = schedules.weekly(owner(time))
    assert (schedule.cron_schedule, schedule.execution_timezone) == (cron, "Europe/Berlin")


@pytest.mark.parametrize("day", [dt.date(2026, 3, 30), dt.date(2026, 10, 26), dt.date(2026, 7, 6)])
def test_a_tick_is_told_apart_across_changes_of_clocks(day: dt.date) -> None:
    """Weeks with 23 or 25 hours in their Sunday begin at the owner's hour all the same."""
    at = dt.datetime.combine(day, dt.time(7), BERLIN)
    later = dt.datetime.combine(day, dt.time(9), BERLIN)
    assert not schedules.is_second(owner(), at.astimezone(dt.UTC))
    assert schedules.is_second(owner(), later.astimezone(dt.UTC))
