"""When Dagster pulls and reports by itself: every hour, and once a week in each owner's time zone."""

import datetime as dt
import zoneinfo
from collections.abc import Iterator

import dagster as dg

from pipelines import pulling
from pipelines.assets.partitions import OWNERS, report_key
from pipelines.home import find_home
from pipelines.pulling import Clock
from pipelines.settings import Owner
from pipelines.steps.moment import last_whole_week
from pipelines.store import Store

PULL, WEEKLY = "pull", "weekly_report"  # the jobs' names
HOUR = dt.timedelta(hours=1)
HELD_FOR = 2  # hours that a report on stale sources is held back before it is sent with its warning
DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")  # as cron counts them


def hourly(clock: Clock = pulling.now) -> dg.ScheduleDefinition:
    """Pull every hour, one run an owner. An hour that was missed is not made up: the next pull brings all of it."""

    def request(context: dg.ScheduleEvaluationContext) -> Iterator[dg.RunRequest | dg.SkipReason]:
        due = context.scheduled_execution_time
        if clock() - due >= HOUR:
            yield dg.SkipReason("This hour was missed; a later pull brings what it would have brought.")
            return
        for key in OWNERS.get_partition_keys():
            yield dg.RunRequest(run_key=f"{key}-{due.isoformat()}", partition_key=key, tags={"owner": key})

    return dg.ScheduleDefinition(
        name="hourly_pull",
        job_name=PULL,
        cron_schedule="0 * * * *",
        execution_fn=request,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Every hour, one run an owner.",
    )


def weekly(owner: Owner) -> dg.ScheduleDefinition:
    """Report once a week, in the owner's time zone and across its changes of clocks; see `asked`."""

    def request(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
        return asked(owner, context.scheduled_execution_time, pulling.now())

    return dg.ScheduleDefinition(
        name=f"weekly_report_{owner.key.replace('-', '_')}",
        job_name=WEEKLY,
        cron_schedule=[_cron(owner, 0), _cron(owner, HELD_FOR)],
        execution_timezone=owner.timezone,
        execution_fn=request,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description=f"The report of {owner.key}, each {owner.report.weekday} at {owner.report.time}, {owner.timezone}.",
    )


def asked(owner: Owner, due: dt.datetime, now: dt.datetime) -> dg.RunRequest | dg.SkipReason:
    """The run that a weekly tick asks for when it is looked at now, or why it asks for none. Times are aware.

    Each week has two ticks. At the first, a report whose sources could not be read since the week's end is made and held
    back; at the second it is sent with its warning. Of several weeks that were missed, the newest alone is made up.
    """
    week = last_whole_week(due.astimezone(dt.UTC), owner.timezone)
    if week != last_whole_week(now.astimezone(dt.UTC), owner.timezone):
        return dg.SkipReason(f"{week} was missed, and a newer week has ended since: that one is reported.")
    at_second = is_second(owner, due)
    if at_second and was_delivered(owner.key, week):
        return dg.SkipReason(f"The report of {week} was delivered.")
    return dg.RunRequest(
        run_key=f"{owner.key}|{week}|{'second' if at_second else 'first'}",
        partition_key=report_key(owner.key, week),
        tags={"owner": owner.key},
        run_config={"resources": {"workshop": {"config": {"pull_first": True, "hold_back": not at_second}}}},
    )


def is_second(owner: Owner, due: dt.datetime) -> bool:
    """Whether a tick is the week's second: closer to its time of day than to the first's."""
    hour, minute = map(int, owner.report.time.split(":"))
    local = due.astimezone(zoneinfo.ZoneInfo(owner.timezone))
    since = ((local.hour - hour) * 60 + local.minute - minute) % (24 * 60)
    return since >= HELD_FOR * 60 // 2 and since < 24 * 60 - HELD_FOR * 60 // 2


def was_delivered(owner: str, week: str) -> bool:
    """Whether somebody has got the week's report."""
    path = find_home().snapshot(owner)
    if not path.exists():
        return False
    store = Store(path, read_only=True)
    try:
        return any(row["week"] == week for row in store.rows("deliveries"))
    finally:
        store.close()


def _cron(owner: Owner, later: int) -> str:
    hour, minute = map(int, owner.report.time.split(":"))
    days, hour = divmod(hour + later, 24)
    day = (DAYS.index(owner.report.weekday) + days) % 7
    return f"{minute} {hour} * * {day}"
