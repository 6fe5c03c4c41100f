"""Tell what the sources cover: when each was last read, and what span of time its items lie in."""

from pipelines.steps.moment import Counts, Moment
from pipelines.store import Store


def rebuild(store: Store, moment: Moment) -> Counts:  # noqa: ARG001 - the models read the moment
    """Make the table `coverage` anew, one row for each source that settings.toml names."""
    return {"sources": store.build("coverage")}
