"""Judge everything that the store holds as of the end of a week, in the order in which the steps build on one another."""

import datetime as dt

import pyarrow as pa

from connectors.cycles import uncollected
from pipelines.landing import MOMENT
from pipelines.settings import Owner
from pipelines.steps import contacts, coverage, interactions, mails, meetings, occurrences, relationships
from pipelines.steps.moment import Counts, Moment, last_whole_week, week_end
from pipelines.store import Store

ORDER = ("contacts", "interactions", "meetings", "relationships")


def moment_of(owner: Owner, week: str) -> Moment:
    """The end of the week in the owner's zone. Raises NoWeek."""
    return Moment(
        week_end(week, owner.timezone),
        owner.timezone,
        owner.name,
        week,
        owner.report.language,
        owner.discover,
        tuple(sorted(owner.assistants.items())),
    )


def newest_week(store: Store) -> str | None:
    """The newest week that was made; the store's judged tables stand as of its end."""
    rows = store.rows("newest_week")
    return str(rows[0]["week"]) if rows else None


def week_to_make(store: Store, owner: Owner, asked: str | None, at: dt.datetime) -> str:
    """The week that was asked for, else the last whole week, or the newest that was made if that is later."""
    return asked or max(last_whole_week(at, owner.timezone), newest_week(store) or "")


def stand(store: Store, owner: Owner, moment: Moment) -> None:
    """Make the store's models see what was known at the moment, and what the settings say of the owner: which addresses
    are the owner's own, and how often to be in touch with whom."""
    store.stand_at(moment.as_of, moment.zone)
    scopes = {"tag": owner.cadence.tags, "organization": owner.cadence.organizations}
    said = [(scope, name, word) for scope, words in scopes.items() for name, word in words.items()]
    columns = zip(("scope", "name", "cadence"), zip(*said, strict=True) if said else ((), (), ()), strict=True)
    store.write("set_cadences", pa.table({name: pa.array(values, pa.string()) for name, values in columns}))
    store.write("own_addresses", pa.table({"address": pa.array([a.lower() for a in owner.addresses], pa.string())}))


@uncollected()
def step(store: Store, name: str, moment: Moment) -> Counts:
    """Make one step's tables anew. `name` is one of ORDER."""
    if name == "contacts":
        return mails.rebuild(store, moment) | occurrences.rebuild(store, moment) | contacts.rebuild(store, moment)
    if name == "interactions":
        return interactions.rebuild(store, moment) | coverage.rebuild(store, moment)
    if name == "meetings":
        return meetings.rebuild(store, moment)
    return relationships.rebuild(store, moment)


def judge(store: Store, owner: Owner, moment: Moment) -> Counts:
    """All steps, in order."""
    stand(store, owner, moment)
    counts: Counts = {}
    for name in ORDER:
        counts |= step(store, name, moment)
    return counts


def made(store: Store, moment: Moment) -> None:
    """Note that the judged tables stand as of this week."""
    store.write(
        "newest_week",
        pa.table({"week": pa.array([moment.week], pa.string()), "as_of": pa.array([moment.as_of], MOMENT)}),
    )
