"""Gather the facts of one week and compose its report."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple, TypeVar

from pipelines.rules import addresses, cadence
from pipelines.steps import work_news
from pipelines.steps.moment import Moment
from pipelines.store import Store
from reports import render, weekly_returns
from reports.answers import Ask
from reports.facts import (
    Answered,
    Beat,
    Covered,
    Earlier,
    Facts,
    Held,
    MonthMet,
    NewAddress,
    Owed,
    Passed,
    Question,
    Spam,
    Tie,
    WeekCount,
)
from reports.weekly import weekly
from reports.weekly_report import WeeklyReport
from reports.weekly_turns import week_ends
from reports.wording import words

Row = TypeVar("Row")
Offers = Callable[[str], Callable[[Ask], str]]


class Composed(NamedTuple):
    """One week's report as a value, and laid out: `html` is the full page, `mail` the short one that is sent, with
    `mail_text` as its plain part. `faults` says which of its numbers are not those of the tables."""

    report: WeeklyReport
    text: str
    html: str
    json: str
    mail: str
    mail_text: str
    faults: tuple[str, ...]


def compose(store: Store, moment: Moment, made_at: dt.datetime, offers: Offers) -> Composed:
    """Compose the report of the moment's week from the judged tables, which must stand at its end.

    `offers` makes, of the text of an answer's mail, what makes the links of the buttons.
    """
    report = weekly(gather(store, moment, made_at))
    link = offers(words(report.language).to_send())
    sent = render.mailed(report, link)
    faults = _faults(store, report)
    text = render.text(sent.report)
    return Composed(sent.report, text, render.html(report), render.as_json(report), sent.page, sent.text, faults)


def _faults(store: Store, report: WeeklyReport) -> tuple[str, ...]:
    """The numbers of a report that differ from what the judged tables say."""
    counted = store.gather("report_sums").to_pylist()[0]
    return tuple(
        f"{number.key} of {report.week} is {number.now} in the report and {counted[number.key]} in the tables"
        for number in report.numbers
        if counted.get(number.key, number.now) != number.now
    )


def gather(store: Store, moment: Moment, made_at: dt.datetime) -> Facts:
    """The facts that the week's report is made of."""
    store.stand_at(moment.as_of, moment.zone)
    return Facts(
        owner=moment.owner_name,
        week=moment.week,
        zone=moment.zone,
        ends_at=moment.as_of,
        made_at=made_at,
        language=moment.language,
        ties=_ties(store, moment),
        meetings=_rows(store, "report_meetings", Held),
        owed=_rows(store, "report_replies", Owed),
        answers_within=tuple(store.gather("report_pace")["days"].to_pylist()),
        earlier=_rows(store, "report_earlier", Earlier),
        running_since=store.gather("report_since")["running_since"][0].as_py(),
        spam=_rows(store, "report_spam", Spam),
        news=work_news.news(store),
        new_addresses=_new_addresses(_rows(store, "report_news", NewAddress)),
        answers=_rows(store, "report_answers", Answered),
        questions=_rows(store, "report_questions", Question),
        covered=covered(store),
        passed=_rows(store, "report_passed", Passed),
        year_weeks=_rows(store, "report_weeks", WeekCount)[::-1],
        year_met=_rows(store, "report_months", MonthMet),
    )


def _ties(store: Store, moment: Moment) -> tuple[Tie, ...]:
    """All ties, those marked of whom the owner wanted to hear nothing at that moment, or at the end of a week before."""
    ends = week_ends(moment.as_of, moment.zone)[: weekly_returns.WEEKS + 1]
    hushed: dict[str, list[tuple[dt.datetime, dt.datetime]]] = {}
    for row in sorted(store.read("corrections").to_pylist(), key=lambda row: (row["made_at"], row["correction_id"])):
        if row["kind"] == "snooze" and row["made_at"] < moment.as_of:
            until = cadence.snoozed_until(row["value"] or "", row["made_at"])
            hushed.setdefault(row["subject"], []).append((row["made_at"], until))

    def at(contact_id: str, end: dt.datetime) -> bool:
        said = [until for made_at, until in hushed[contact_id] if made_at < end]
        return bool(said) and said[-1] > end

    return tuple(
        replace(
            tie,
            snoozed=at(tie.contact_id, ends[0]),
            snoozed_before=tuple(ago for ago, end in enumerate(ends) if ago and at(tie.contact_id, end)),
        )
        if tie.contact_id in hushed
        else tie
        for tie in _rows(store, "report_ties", Tie)
    )


def _new_addresses(found: tuple[NewAddress, ...]) -> tuple[NewAddress, ...]:
    """The first of each contact's: from one employer's domain to another's. A mail provider's tells nothing."""
    kept: dict[str, NewAddress] = {}
    for one in found:
        if not any(addresses.box(address).freemail for address in (one.address, one.known_address)):
            kept.setdefault(one.contact_id, one)
    return tuple(kept.values())


def covered(store: Store) -> tuple[Covered, ...]:
    """What the sources cover, as the report of the moment at which the store stands knows it."""
    return _rows(store, "report_sources", Covered)


def _rows(store: Store, model: str, row: type[Row]) -> tuple[Row, ...]:
    """A model's rows as frozen values: its columns are the value's fields, whole columns at a time."""
    table = store.gather(model)
    columns = [_column(name, table[name].to_pylist()) for name in table.column_names]
    return tuple(row(**dict(zip(table.column_names, values, strict=True))) for values in zip(*columns, strict=True))


def _column(name: str, values: list[object]) -> list[object]:
    if name == "beats":
        return [tuple(Beat(**beat) for beat in one) if isinstance(one, list) else one for one in values]
    return [tuple(one) if isinstance(one, list) else one for one in values]
