"""Make, keep and deliver the report of one owner and week."""

import datetime as dt
import json
from functools import partial

import pyarrow as pa

from pipelines import answering, delivering, judging
from pipelines.home import Home
from pipelines.landing import MOMENT
from pipelines.private import private_folder, write_private
from pipelines.settings import Owner
from pipelines.steps import report
from pipelines.steps.report import Composed
from pipelines.store import Store
from reports import weekly_warnings


def make(store: Store, home: Home, owner: Owner, week: str, made_at: dt.datetime) -> Composed:
    """Compose the week's report, keep it in `reports`, and write its files.

    The tables are judged anew where they do not stand at this week's end: in the store if the week is newer than any that
    was made, in memory if it is older. A report that was delivered stays as it was delivered.
    """
    moment = judging.moment_of(owner, week)
    offers = partial(answering.offers, home, owner, week)
    newest = judging.newest_week(store)
    if newest is not None and week < newest:
        with store.replay():
            judging.judge(store, owner, moment)
            composed = report.compose(store, moment, made_at, offers)
        judging.stand(store, owner, judging.moment_of(owner, newest))
    else:
        if week != newest:
            judging.judge(store, owner, moment)
            judging.made(store, moment)
        composed = report.compose(store, moment, made_at, offers)
    if delivered_at(store, week) is None:
        answering.issue(store, home, owner, week, composed.report.offered)
        _keep(store, home, owner, week, made_at, composed)
    return composed


def staler_than(store: Store, owner: Owner, week: str) -> bool:
    """Whether a source was last read before the week's end, so that silence in its last days may be ours."""
    if not store.has("coverage"):
        return True
    moment = judging.moment_of(owner, week)
    store.stand_at(moment.as_of, moment.zone)
    return bool(weekly_warnings.stale(report.covered(store), moment.as_of))


def kept(store: Store, week: str) -> dict[str, object] | None:
    """The week's report as it is kept: week, made_at, html, text, json, mail, delivered_at, mail_text."""
    return next((row for row in store.rows("reports") if row["week"] == week), None)


def delivered_at(store: Store, week: str) -> dt.datetime | None:
    """When the week's report was delivered first, or None."""
    found = kept(store, week)
    value = found["delivered_at"] if found else None
    return value if isinstance(value, dt.datetime) else None


def _keep(store: Store, home: Home, owner: Owner, week: str, made_at: dt.datetime, composed: Composed) -> None:
    row = pa.table(
        {
            "week": pa.array([week], pa.string()),
            "made_at": pa.array([made_at], MOMENT),
            "html": pa.array([composed.html], pa.string()),
            "text": pa.array([composed.text], pa.string()),
            "json": pa.array([composed.json], pa.string()),
            "mail": pa.array([composed.mail], pa.string()),
            "mail_text": pa.array([composed.mail_text], pa.string()),
            "delivered_at": pa.array([None], MOMENT),
        }
    )
    with store.transaction():
        store.remove("reports", "week", week)
        store.append("reports", row)
    folder = private_folder(home.report(owner.key, week))
    for name, text in (("report.html", composed.html), ("report.txt", composed.text), ("report.json", composed.json)):
        write_private(folder / name, text)


def send(store: Store, home: Home, owner: Owner, week: str, at: dt.datetime, *, again: bool = False) -> list[str]:
    """Deliver the week's report to each recipient that has not got it yet (with `again`, to all); returns them.

    A report that does not exist yet is made first. Raises reports.delivery.DeliveryError.
    """
    if kept(store, week) is None:
        make(store, home, owner, week, at)
    found = kept(store, week)
    assert found is not None  # it has just been made
    subject = json.loads(str(found["json"])).get("subject") or f"coldcoffee, {week}"  # none in what older ones made
    text = found["mail_text"] or found["text"]  # those that older ones made have none of its own
    sendable = delivering.Kept(subject, str(text), str(found["mail"]))
    had = {row["recipient"] for row in store.rows("deliveries") if row["week"] == week}
    sent = []
    for recipient in owner.report.to or owner.addresses[:1]:
        if recipient in had and not again:
            continue
        receipt = delivering.deliver(home, owner, week, recipient, sendable, at)
        _note_delivery(store, week, recipient, at, receipt)
        sent.append(recipient)
    return sent


def _note_delivery(store: Store, week: str, recipient: str, at: dt.datetime, receipt: str) -> None:
    row = pa.table(
        {
            "week": pa.array([week], pa.string()),
            "recipient": pa.array([recipient], pa.string()),
            "delivered_at": pa.array([at], MOMENT),
            "receipt": pa.array([receipt], pa.string()),
        }
    )
    with store.transaction():
        store.append("deliveries", row)
        store.mark_delivered(week, at)


def numbers(composed: Composed) -> dict[str, int]:
    """How many people each section of a report names: what is shown where names must not be."""
    sections = json.loads(composed.json).get("sections", {})
    return {name: len(entries) for name, entries in sections.items() if isinstance(entries, list)}
