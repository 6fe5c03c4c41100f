"""Lay all copies of each mail together."""

from pipelines.steps.moment import Counts, Moment
from pipelines.store import Store


def rebuild(store: Store, moment: Moment) -> Counts:
    """Make the table `mails`: one row for each distinct mail sent before the moment. A repeat makes it anew."""
    store.stand_at(moment.as_of, moment.zone)
    return {"mails": store.build("mails")}
