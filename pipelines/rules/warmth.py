"""Decide whether a tie is warm, cooling, cold or asleep at the end of each week."""

from typing import NamedTuple

import numpy as np

from pipelines.rules.cold_features import Bools, Floats, Ints
from pipelines.rules.rhythm import EARLY, LATE

WARM, COOLING, COLD, DORMANT, NEW, NEVER = range(6)
STATES = ("warm", "cooling", "cold", "dormant", "new", "never")

HORIZON = 90.0  # days that the probability of silence looks ahead
NEW_FOR = 30.0  # days
DORMANT_AFTER = 730.0  # days
# The boundaries on the probability of silence, set once on development data (docs/decisions/warmth.md).
COOLING_FROM = 0.35
COLD_FROM = 0.50
MARGIN = 0.05  # a state is left only so far below where it was entered, so that nobody flips every week
JUST, LATELY = 21.0, 45.0  # days since the contact took part: still nothing unusual, and not stopped, for a slow tie
LONG = 2.5  # usual pauses: so long a silence is not usual any more …
TWO_MONTHS, FOUR_MONTHS = 60.0, 120.0  # days: past them a silence may be long, or an end, whatever is usual
HALF_A_YEAR = 180.0  # days on the owner's clock: so long and unusual a silence is an end, too
STOPPED = 5.0  # … and so long a one is an end, whatever the probability
DUE = 1.1  # of the cadence that the owner set: so long a silence is on time
OVERDUE = 1.5  # of it: past that it is cold

FAR = 1e9  # days: never


class Sight(NamedTuple):
    """What is seen of ties at the ends of weeks. Shapes: ties × weeks; days are floats.

    `events` counts the interactions so far; `age` is the time since the first, `silence` since the last, on the
    calendar. `life` is the silence since the contact last took part (wrote, met, spoke), on the owner's clock; FAR
    where they never did: the owner's unanswered mails are no sign of life. `mutual` tells whether both had ever taken
    part or met. `connected` is the time since a network connected the two, FAR where none did. `probability` is the
    model's, `rhythm` the tie's own slow gap, 0 for none; `pause` is its usual
    pause. `cadence` is what the owner set, 0 for none and infinite
    for “never”. `upcoming`: a meeting that one of the two set up or accepted stands ahead; `snoozed`: the owner
    wants to hear nothing now.
    """

    events: Ints
    age: Floats
    silence: Floats
    life: Floats
    mutual: Bools
    connected: Floats
    probability: Floats
    rhythm: Floats
    pause: Floats
    cadence: Floats
    upcoming: Bools
    snoozed: Bools
    dead: Bools


def states(sight: Sight) -> Ints:
    """The state (an index into STATES) of each tie in each week. Weeks must follow one another."""
    level = _leveled(sight.probability)
    going_on = sight.life <= np.clip(LONG * sight.pause, LATELY, FOUR_MONTHS)
    level[(level == COLD) & going_on] = COOLING
    level[sight.life <= np.clip(EARLY * sight.pause, JUST, TWO_MONTHS)] = WARM
    level = np.maximum(level, _by_pause(sight.life / sight.pause))
    level[(sight.life >= HALF_A_YEAR) & (sight.life > LONG * sight.pause)] = COLD
    level[sight.life >= FAR] = COLD
    steady = sight.rhythm > 0
    level[steady & (sight.life <= EARLY * sight.rhythm)] = WARM
    late = steady & (sight.life > EARLY * sight.rhythm) & (sight.life <= LATE * sight.rhythm)
    level[late & (level == COLD)] = COOLING
    kept = (sight.cadence > 0) & ((sight.life < FAR) | np.isinf(sight.cadence))
    level[kept] = _by_cadence(sight.life[kept], sight.cadence[kept])
    level[(sight.silence > DORMANT_AFTER) & sight.mutual] = DORMANT
    spared = (level == COLD) | (level == DORMANT)
    level[(spared & sight.upcoming) | ((level == COLD) & sight.snoozed)] = COOLING
    level[sight.age <= NEW_FOR] = NEW
    nothing = sight.events == 0
    level[nothing] = NEVER
    level[nothing & (sight.connected <= NEW_FOR)] = NEW
    level[sight.dead] = DORMANT
    return level


def _leveled(probability: Floats) -> Ints:
    """Warm, cooling or cold by the probability alone, with hysteresis from week to week."""
    level = np.where(probability >= COLD_FROM, COLD, np.where(probability >= COOLING_FROM, COOLING, WARM))
    for week in range(1, level.shape[1]):
        before, now, said = level[:, week - 1], level[:, week], probability[:, week]
        now[(before == COLD) & (said >= COLD_FROM - MARGIN)] = COLD
        now[(before != WARM) & (now == WARM) & (said >= COOLING_FROM - MARGIN)] = COOLING
    return level


def _by_pause(pauses: Floats) -> Ints:
    """Warm, cooling or cold by how many of their usual pauses a silence has lasted."""
    return np.where(pauses > STOPPED, COLD, np.where(pauses > LONG, COOLING, WARM))


def _by_cadence(silence: Floats, cadence: Floats) -> Ints:
    return np.where(silence <= DUE * cadence, WARM, np.where(silence <= OVERDUE * cadence, COOLING, COLD))
