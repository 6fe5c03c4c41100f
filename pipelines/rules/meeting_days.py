"""Weigh where the owner was that day: ill, on leave, travelling, at home, or in another meeting."""

import re
from collections.abc import Iterable

from pipelines.rules import towns
from pipelines.rules.meeting_facts import DAY, INDOORS, MOST_PEOPLE, Absence, Evidence, Habits, Occasion
from pipelines.rules.meeting_habits import linked_anyhow
from pipelines.rules.vocabulary import find, plain

BRIEF = 3 * DAY  # an illness as long as this empties days, a longer one a calendar
_BY_LINE = -0.5  # log-odds that all else speaks at most against what was agreed to have by line
EVENING, MORNING = 18, 7  # hours between which people work
_WORD = re.compile(r"[^\W\d_]{3,}")


def evidence(
    occasion: Occasion, absences: Iterable[Absence], habits: Habits, *, by_line: bool = False
) -> list[Evidence]:
    """What the owner's day says of a meeting; `absences` are those that overlap it. `by_line`: the two agreed to have it
    by telephone or screen, which one can from anywhere."""
    found: dict[str, Evidence] = {}
    for one in absences:
        if one.kind == "flight" and plain(one.title) == plain(occasion.title):
            continue  # a journey together
        said = _weighed(occasion, one, habits)
        if said is not None and by_line and one.kind in ("ill", "trip", "flight"):
            said = said._replace(held=max(said.held, _BY_LINE), room=min(said.room, 0.0))
        if said is not None:
            found.setdefault(one.kind, said)
    return list(found.values())


def _weighed(occasion: Occasion, absent: Absence, habits: Habits) -> Evidence | None:
    place = occasion.place
    planned = occasion.created is not None and absent.created is not None and occasion.created > absent.created
    planned = planned and not occasion.recurring
    since = planned and occasion.created is not None and occasion.created > absent.starts - DAY
    told = _titled(absent)
    if absent.kind == "ill":
        long = absent.ends - absent.starts > BRIEF
        visits = place.kind == "private" or bool(find("title.guest", occasion.title))
        if (long and since) or (private(occasion, habits) and (long or visits)):
            return None  # friends come to see one who is ill for weeks
        # who accepted a series long ago said nothing of this day
        weight = -5.4 if long else -4.2 if place.text or occasion.recurring else -3.4
        return Evidence(f"You were ill that day {told}.", weight, 0.0, "day")
    if absent.kind == "flight":
        if planned:
            return None
        line = not place.text and bool(place.link or place.line or place.remote)
        return Evidence(f"You were on the way {told}.", -1.5 if line else -4.5, 0.0, "day")
    if absent.kind == "leave":
        if since:
            return None
        if private(occasion, habits):
            return _on_trip(occasion, absent, habits, planned=planned) if _journey_away(absent) else None
        return Evidence(f"You were on leave {told}.", -5.4, 0.0, "day")
    if absent.kind == "trip":
        return _on_trip(occasion, absent, habits, planned=planned)
    indoors = place.text and place.kind in (*INDOORS, "")
    if absent.kind == "home":
        return Evidence(f"You worked from home {told}.", 0.0, -3.0, "day") if indoors else None
    return Evidence(f"You were at the office {told}.", 0.0, 0.5, "day") if indoors else None


def _journey_away(absent: Absence) -> bool:
    """Whether a leave is one on which one is elsewhere: "Skiing", "Holiday Tuscany"."""
    days = absent.ends - absent.starts > BRIEF
    return days and bool(find("presence.tour", absent.title) or any(towns.is_town(word) for word in absent.words))


def _titled(absent: Absence) -> str:
    return f"(“{absent.title[:40]}”)"


def _on_trip(occasion: Occasion, trip: Absence, habits: Habits, *, planned: bool) -> Evidence | None:
    place, told = occasion.place, _titled(trip)
    here = bool(trip.words & frozenset(_WORD.findall(plain(f"{occasion.title} {occasion.location}"))))
    if planned and not here and towns.elsewhere(trip.words, occasion.location):
        return None  # before or after the journey, as whoever planned it knew
    if here or planned:
        return Evidence(f"You were there that day {told}.", 0.0, 1.5, "day") if place.text else None
    only_there = place.together or (place.text and place.kind not in INDOORS)  # nobody dials in to a café
    if place.text and occasion.abroad:
        return None  # perhaps where the journey led
    if (place.link or place.line) and not (only_there and linked_anyhow(occasion, habits)):
        return Evidence(f"You were travelling {told}.", 0.0, -3.5, "day") if place.text else None
    if place.text or place.together:
        return Evidence(f"You were elsewhere that day {told}.", -5.2, 0.0, "day")
    return Evidence(f"You were travelling {told}.", -0.5, -1.5, "day")


def private(occasion: Occasion, habits: Habits) -> bool:
    """Whether a meeting belongs to private life, which a leave from work does not empty."""
    weekday, hour = (occasion.day + 3) % 7, occasion.local_start % DAY // 3_600
    late = EVENING + bool(habits.working.intersection(occasion.calendars))  # who works late has it among work
    if weekday >= 5 or hour >= late or hour < MORNING:
        return True
    if not habits.working or not occasion.calendars:
        return occasion.size < 2
    return not habits.working.intersection(occasion.calendars)


def clash(occasion: Occasion, other: Occasion, other_held: float, held: float) -> Evidence | None:
    """What another meeting at the same time says: one can't sit in both, and rather sat in the surer one.

    `held` and `other_held` are the log-odds that they took place.
    """
    both = min(occasion.ends, other.ends) - max(occasion.starts, other.starts)
    if both * 2 < min(occasion.ends - occasion.starts, other.ends - other.starts) or both <= 0:
        return None
    if other_held < 0 or occasion.all_day or other.all_day or occasion.size > MOST_PEOPLE:
        return None  # of a crowd nobody can tell, anyhow
    weight = -2.0 if other_held > held + 0.5 else -0.8 if other_held > held - 0.5 else -0.2
    return Evidence(f"At the same time there was “{other.title[:40]}”.", weight, 0.0, "clash")
