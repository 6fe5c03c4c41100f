"""Lay everything together that calendars and invitation mails tell of each event occurrence."""

from pipelines.steps.moment import Counts, Moment
from pipelines.store import Store


def rebuild(store: Store, moment: Moment) -> Counts:
    """Make `occurrences` and the public table `events` anew as of the moment."""
    store.stand_at(moment.as_of, moment.zone)
    return {"occurrences": store.build("occurrences"), "events": store.build("events")}
