"""Weigh what an entry says of whether two people sat in one room: places, links, rooms, words in its title."""

from pipelines.rules.meeting_facts import INDOORS, Evidence, Habits, Occasion
from pipelines.rules.meeting_habits import linked_anyhow
from pipelines.rules.vocabulary import entries, find

FIRM = {
    "address": 3.6,
    "venue": 3.4,
    "private": 3.4,
    "usual": 2.6,
    "room": 3.0,
    "office": 2.6,
    "map": 3.0,
    "named": 2.2,
}
SHOWN = 60  # characters of a place that a reason quotes


def evidence(occasion: Occasion, habits: Habits, *, only_here: bool) -> list[Evidence]:
    """All that the entry says of where. `only_here`: the link stands in this occurrence, not in the others of its series."""
    place = occasion.place
    found = [*_grounds(occasion, habits), *_line(occasion, habits, only_here=only_here)]
    by_line = place.remote in entries("title.by_line")
    if place.remote and (by_line or not (place.text and place.together)):
        firm = by_line and place.text and (place.link or place.line or place.together)
        found.append(Evidence(f"Its title says “{place.remote}”.", 0.0, -4.8 if firm else -2.6, "title"))
    if place.together and not place.remote:
        bare = not place.text and place.together in entries("title.coffee")  # one has coffee before a screen, too
        found.append(Evidence(f"Its title says “{place.together}”.", 0.0, 0.6 if bare else 2.0, "title"))
    elif not place.remote and (word := find("title.guest", occasion.title)):
        found.append(Evidence(f"Its title says “{word}”.", 0.0, 1.8, "title"))
    if place.virtual and not place.link and not place.line:
        found.append(Evidence(f"Its text says “{place.virtual}”.", 0.0, -2.0, "title"))
    elif place.on_site and not place.text:
        found.append(Evidence(f"Its text says “{place.on_site}”.", 0.0, 1.4, "title"))
    return found


def _grounds(occasion: Occasion, habits: Habits) -> list[Evidence]:
    place, found = occasion.place, []
    if place.text:
        weight = FIRM[place.kind]
        found.append(Evidence(f"Its place is “{place.text[:SHOWN]}”.", 0.0, weight, "place"))
    if occasion.room == "accepted":
        line = 1.8 if linked_anyhow(occasion, habits) else 0.6
        found.append(Evidence("The room was booked.", 0.2, line if place.link or place.line else 1.5, "place"))
    elif occasion.room == "declined":
        found.append(Evidence("The room declined.", 0.0, -0.8, "place"))
    return found


def _line(occasion: Occasion, habits: Habits, *, only_here: bool) -> list[Evidence]:
    place = occasion.place
    if place.line and not place.text:
        what = place.line if place.line.startswith("a ") else f"“{place.line[:SHOWN]}”"
        return [Evidence(f"Its place says {what}.", 0.0, -4.5, "link")]
    name = place.link or place.line
    if not name:
        return []
    if only_here:
        return [Evidence(f"This occurrence alone has a conference link ({name}).", 0.0, -7.5, "link")]
    usual = linked_anyhow(occasion, habits)
    if place.text:
        weight = (0.2 if usual else -0.2) - FIRM[place.kind] if place.kind in INDOORS else -0.4 if usual else -1.2
        if name.startswith("a "):
            return [Evidence("It has a number to dial in beside its place.", 0.0, weight, "link")]
        return [Evidence(f"It has a conference link ({name}) beside its place.", 0.0, weight, "link")]
    if place.hybrid:
        return [Evidence(f"One could come or join by {name}.", 0.0, -1.0, "link")]
    weight = (-0.9 if place.together else -2.4) if usual else -3.4
    return [Evidence(f"It has a conference link ({name}).", 0.0, weight, "link")]
