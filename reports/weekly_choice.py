"""Choose whom the mail of one week names: seven on the first screen, and of each list those whose turn it is."""

import datetime as dt
import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reports.facts import Owed, Tie
from reports.weekly_turns import newly_cold, open_at, turned_cold

SPOTLIGHT = 7  # people worth a word on the first screen …
ALIKE = 3  # … of whom at most so many for the same reason, while there are others
CLOSE = 3.0  # how much the strongest tie of all gains over a stranger
JUST_CONNECTED = dt.timedelta(days=28)
SHOWN = 6  # entries of a list in the mail …
REMINDED = 8  # … and of all three lists of those who go, or wait, together
SHOWN_STANDING = 2  # of each list that hardly changes from week to week: so a mail never reminds of twenty at once


@dataclass(frozen=True)
class Week:
    """What the choice of one week rests on: the living as they stood at its end, which of them it may remind of, and
    their mails that had waited too long, oldest first."""

    ends_at: dt.datetime
    ties: Sequence[Tie]
    named: Collection[str]
    waiting: Mapping[str, Sequence[Owed]]


class Occasion(NamedTuple):
    """Somebody worth a word, and for what kind of reason: owed, turned_cold, cooling, cold, dormant or connected."""

    kind: str
    tie: Tie


def strength(tie: Tie) -> float:
    """How strong the tie ever was: what went both ways, and what was done together."""
    return 2 * math.sqrt(tie.sent * tie.received) + 3 * tie.together


def turned(ties: Iterable[Tie], ago: int = 0) -> list[Tie]:
    """Those who turned cold in the week `ago` weeks back, the strongest ties first."""
    found = [tie for tie in ties if turned_cold((tie.state, *tie.earlier_states), ago)]
    return sorted(found, key=lambda tie: (-strength(tie), tie.name, tie.contact_id))


def cooling(ties: Iterable[Tie]) -> list[Tie]:
    """Those about to go cold: the strong and the likely first."""
    found = [tie for tie in ties if tie.state == "cooling"]
    return sorted(found, key=lambda tie: (-strength(tie) * (tie.cold_probability or 0), tie.name, tie.contact_id))


def waits(week: Week) -> list[Tie]:
    """Those who wait for the owner's answer, the longest first."""
    found = [tie for tie in week.ties if week.waiting.get(tie.contact_id)]
    return sorted(found, key=lambda tie: (week.waiting[tie.contact_id][0].since, tie.name, tie.contact_id))


def turn(week: Week, ties: Iterable[Tie], above: Collection[str], most: int = SHOWN_STANDING) -> list[Tie]:
    """Those of a list whom the mail names: whose turn it is, and who are not on the first screen already."""
    return [tie for tie in ties if tie.contact_id in week.named and tie.contact_id not in above][:most]


def reminded(week: Week, above: Collection[str]) -> dict[str, list[Tie]]:
    """Whom the mail names of those who turned cold, are about to, or wait for an answer, by the list's key. The lists
    share REMINDED places by turns, so that none crowds out another."""
    lists = {"turned_cold": turned(week.ties), "about_to_go_cold": cooling(week.ties), "replies_owed": waits(week)}
    may = {key: turn(week, ties, above, SHOWN) for key, ties in lists.items()}
    given = dict.fromkeys(may, 0)
    for place in range(SHOWN):
        for key, ties in may.items():
            if place < len(ties) and sum(given.values()) < REMINDED:
                given[key] += 1
    return {key: ties[: given[key]] for key, ties in may.items()}


def waiting(owed: Mapping[str, Sequence[Owed]], ends_at: dt.datetime, wait: dt.timedelta) -> dict[str, Sequence[Owed]]:
    """Each contact's mails that had waited too long at a moment, oldest first."""
    return {contact: found for contact, mails in owed.items() if (found := open_at(mails, ends_at, wait))}


def spotlight(week: Week) -> list[Occasion]:
    """At most SPOTLIGHT people: the urgent and the close first, and not all for the same reason."""
    may = [tie for tie in week.ties if tie.contact_id in week.named]
    closest = max((strength(tie) for tie in may), default=0.0)
    found = []
    for tie in may:
        urgent = _urgency(week, tie)
        if urgent is not None:
            kind, urgency = urgent
            close = CLOSE * math.log1p(strength(tie)) / math.log1p(closest) if closest else 0.0
            found.append((-(urgency + close), tie.name, tie.contact_id, Occasion(kind, tie)))
    ranked = [occasion for *_, occasion in sorted(found, key=lambda one: one[:3])]
    chosen, kinds = [], Counter[str]()
    for at, occasion in enumerate(ranked):
        kinds[occasion.kind] += 1
        if kinds[occasion.kind] <= ALIKE:
            chosen.append(at)
    chosen = chosen[:SPOTLIGHT]
    taken = set(chosen)
    chosen += [at for at in range(len(ranked)) if at not in taken][: SPOTLIGHT - len(chosen)]
    return [ranked[at] for at in sorted(chosen)]


def _urgency(week: Week, tie: Tie) -> tuple[str, float] | None:
    states = (tie.state, *tie.earlier_states)
    if week.waiting.get(tie.contact_id):
        return "owed", 3.5
    if tie.meets_next_at is not None or (tie.balance == "i_write" and tie.last_received_at is None):
        return None  # they will meet anyhow; or another mail to someone who never answered
    if turned_cold(states, 0):
        return "turned_cold", 4.0
    if tie.state == "cooling":
        return "cooling", 3 * (tie.cold_probability or 0.0)
    if newly_cold(states, 0):
        return "cold", 2.0
    if tie.state == "dormant":
        return "dormant", 1.0
    if tie.last_interaction_at is None and tie.connected_at and week.ends_at - tie.connected_at < JUST_CONNECTED:
        return "connected", 1.5
    return None
