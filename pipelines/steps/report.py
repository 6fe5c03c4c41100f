"""Gather the facts of one week and compose its report."""

import datetime as dt
from typing import NamedTuple, TypeVar

from pipelines.steps.moment import Moment
from pipelines.store import Store
from reports import render
from reports.facts import Covered, Facts, Held, Owed, Spam, Tie
from reports.weekly import WeeklyReport, weekly

Row = TypeVar("Row")


class Composed(NamedTuple):
    """One week's report as a value, and laid out."""

    report: WeeklyReport
    text: str
    html: str
    json: str


def compose(store: Store, moment: Moment, made_at: dt.datetime) -> Composed:
    """Compose the report of the moment's week from the judged tables, which must stand at its end."""
    report = weekly(gather(store, moment, made_at))
    return Composed(report, render.text(report), render.html(report), render.as_json(report))


def gather(store: Store, moment: Moment, made_at: dt.datetime) -> Facts:
    """The facts that the week's report is made of."""
    store.stand_at(moment.as_of, moment.zone)
    meetings = _rows(store, "report_meetings", Held)
    start = moment.as_of - dt.timedelta(days=7)
    met_before = {one.contact_id for one in meetings if one.verdict == "met_in_person" and one.starts_at < start}
    owed = store.gather("report_owed").to_pylist()
    return Facts(
        owner=moment.owner_name,
        week=moment.week,
        zone=moment.zone,
        ends_at=moment.as_of,
        made_at=made_at,
        ties=tuple(_rows(store, "report_ties", Tie)),
        meetings=tuple(meetings),
        last_week_met=len(met_before),
        owed=tuple(_owed(row) for row in owed if row["ago"] == 0),
        owed_last_week=sum(row["ago"] == 1 for row in owed),
        spam=tuple(_rows(store, "report_spam", Spam)),
        covered=tuple(Covered(**row) for row in store.rows("coverage")),  # type: ignore[arg-type]  # the model's columns
    )


def _owed(row: dict[str, object]) -> Owed:
    since = row["since"]
    assert isinstance(since, dt.datetime)  # the model leaves out mails without a time
    return Owed(str(row["contact_id"]), str(row["name"]), str(row["subject"]), since)


def _rows(store: Store, model: str, row: type[Row]) -> list[Row]:
    def value(found: object) -> object:
        return tuple(found) if isinstance(found, list) else found

    return [row(**{name: value(found) for name, found in each.items()}) for each in store.gather(model).to_pylist()]
