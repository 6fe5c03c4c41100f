"""Tell whether both sides keep a tie up, or one."""

import numpy as np

from pipelines.rules.cold_features import Bools, Floats, Ints

NONE, MUTUAL, I_WRITE, THEY_WRITE = range(4)
BALANCES = ("none", "mutual", "i_write", "they_write")
SPAN = 365.0  # days up to the tie's last interaction
QUARTER = 0.25  # of the other's share: with less, a side does not keep the tie up


def balances(mine: Floats, theirs: Floats) -> Ints:
    """The balance (an index into BALANCES) of what the owner and the contact each gave. Shapes: equal."""
    said = np.full(len(mine), MUTUAL)
    said[theirs < QUARTER * mine] = I_WRITE
    said[mine < QUARTER * theirs] = THEY_WRITE
    said[(mine <= 0) & (theirs <= 0)] = NONE
    return said


def running(key: Floats, span: float, at: Floats, pair: Ints, outward: Bools, inward: Bools, weight: Floats) -> Ints:
    """The balance after each event over the year that it ends. Rows come by pair and time; `key` is pair × span + at.

    Meetings, calls and the like are both outward and inward, and count for both sides.
    """
    since = np.searchsorted(key, pair * span + at - SPAN, "left")
    upto = np.arange(1, len(at) + 1)
    sides = []
    for side in (outward, inward):
        total = np.concatenate((np.zeros(1), np.cumsum(np.where(side, weight, 0.0))))
        sides.append(np.round(total[upto] - total[since], 6))  # sums of floats leave dust
    return balances(sides[0], sides[1])
