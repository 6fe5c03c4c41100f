"""Connect to each source and say what it sees, or what to do."""

import datetime as dt

from connectors.errors import SourceError
from connectors.registry import open_source
from pipelines import pulling, running
from pipelines.home import Home

Seen = dict[str, object]


def check(home: Home, owner: str | None, only: str | None = None) -> tuple[list[Seen], int]:
    """What each source (or the one named `only`) sees: owner, source, kind, error, and places with items, oldest, newest. And how many failed."""
    found: list[Seen] = []
    failed = 0
    known = running.settings(home).owner
    for key in running.owners(home, owner):
        for name, source in known[key].source.items():
            if only not in (None, name):
                continue
            context = pulling.context_of(home, known[key], name, pulling.now())
            places: list[Seen] = []
            error: str | None = None
            try:
                for place in open_source(source.kind, source.options, context).look():
                    span = {"oldest": _day(place.oldest), "newest": _day(place.newest)}
                    places.append({"place": place.place, "items": place.items, **span})
            except SourceError as problem:
                error = str(problem)
                failed += 1
            found.append({"owner": key, "source": name, "kind": source.kind, "error": error, "places": places})
    return found, failed


def _day(micros: int | None) -> str | None:
    if micros is None:
        return None
    return (dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=micros)).date().isoformat()


def as_text(found: list[Seen]) -> str:
    """The same as lines for a terminal."""
    lines = []
    for one in found:
        lines.append(f"{one['owner']}: {one['source']} ({one['kind']})")
        if one["error"]:
            lines.append(f"  {one['error']}")
        places = one["places"]
        assert isinstance(places, list)
        for place in places:
            span = f", {place['oldest']} to {place['newest']}" if place["oldest"] else ""
            lines.append(f"  {place['place']}: {place['items']} items{span}")
        if not places and not one["error"]:
            lines.append("  nothing to read yet")
    return "\n".join(lines) or "No source is set up yet: add one to settings.toml."
