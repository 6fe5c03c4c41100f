"""Say of two meetings in different towns whether one can have sat in both."""

import math

from pipelines.rules.meeting_facts import DAY, Evidence, Occasion
from pipelines.rules.towns import Town, town

FARTHEST = DAY  # seconds: with longer between them one gets anywhere
_PLACES = ("address", "venue")  # a room may be called Berlin, too
_ON_RAILS, _IN_THE_AIR, _AIRPORTS = (
    3.5,
    12.0,
    60.0,
)  # km a minute, and minutes on the ground: the fastest that people travel
_EARTH = 6_371.0  # km


def of(occasion: Occasion) -> Town | None:
    """The town of a meeting in one room; None where the place does not tell, or there was a line."""
    place = occasion.place
    if occasion.all_day or place.kind not in _PLACES or place.link or place.line or place.remote:
        return None
    return town(occasion.location)


def minutes(one: Town, other: Town) -> float:
    """The least that a journey takes: by the fastest train, or by air."""
    down = math.radians(other.latitude - one.latitude)
    along = math.radians(other.longitude - one.longitude)
    both = math.cos(math.radians(one.latitude)) * math.cos(math.radians(other.latitude))
    km = 2 * _EARTH * math.asin(math.sqrt(math.sin(down / 2) ** 2 + both * math.sin(along / 2) ** 2))
    return min(km / _ON_RAILS, _AIRPORTS + km / _IN_THE_AIR)


def too_far(one: Occasion, here: Town, other: Occasion, there: Town) -> bool:
    """Whether nobody can be at both: the second begins before one can have come from the first."""
    if here is there:
        return False
    between = max(one.starts, other.starts) - min(one.ends, other.ends)
    return between < 60 * minutes(here, there)


def evidence(other: Occasion, there: Town, *, surer: bool) -> Evidence:
    """What a meeting elsewhere says of one that could not be reached from it; `surer` if this one is the surer."""
    text = f"“{other.title[:40]}” in {there.name.title()} was too far away to be at both."
    return Evidence(text, -0.2, -0.2, "clash") if surer else Evidence(text, -3.2, -1.0, "clash")
