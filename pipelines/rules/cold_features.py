"""Count what passed between two people, as of any moments, for the model of going cold.

All times are days as floats, on the owner's clock (see absence.py): a day on which the owner was away does not
count. What is counted are *active* days, days on which anything passed: five mails in an afternoon are one sign of
life.
"""

from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]

FEATURES = (
    "active days so far",
    "age of the tie",
    "active days in the last horizon",
    "active days in the last four horizons",
    "active days in the last eight horizons",
    "silence beside the usual gap",
)
SPAN = 1e6  # days: longer than any history, so that one sorted key holds (pair, time)
PRIOR_GAPS = 2  # usual gaps that a tie is lent before it has shown its own
PRIOR_SHARE = 1 / 12  # of the horizon: what a lent gap lasts


class Events(NamedTuple):
    """What passed, one row an event, by pair and then by time, with sums that run along each pair.

    `at` is the calendar's day and `clock` the owner's. `key` and `clock_key` are both with the pair, for searching.
    `first` is the index of each pair's first event, and one past the last pair's end. `days`, `gaps` and `log_gaps`
    have one value more than there are events: the sums before each event; a gap lies between two active days.
    """

    pair: Ints
    at: Floats
    clock: Floats
    key: Floats
    clock_key: Floats
    first: Ints
    days: Floats
    gaps: Floats
    log_gaps: Floats


def events(pair: Ints, at: Floats, clock: Floats, pairs: int) -> Events:
    """Number what passed. Rows must come by pair (0 … pairs-1) and then by time; `at` and `clock` are days."""
    begins = np.ones(len(pair), bool)
    begins[1:] = pair[1:] != pair[:-1]
    active = begins.copy()
    active[1:] |= np.floor(at[1:]) != np.floor(at[:-1])
    where = np.flatnonzero(active)
    apart = np.zeros(len(pair))
    apart[where[1:]] = np.maximum(np.diff(np.floor(clock[where])), 1)
    apart[begins] = 0
    return Events(
        pair=pair,
        at=at,
        clock=clock,
        key=pair * SPAN + at,
        clock_key=pair * SPAN + clock,
        first=np.searchsorted(pair, np.arange(pairs + 1)),
        days=_running(active),
        gaps=_running(apart > 0),
        log_gaps=_running(np.log(np.maximum(apart, 1))),
    )


def _running(values: Floats | Bools) -> Floats:
    return np.concatenate((np.zeros(1), np.cumsum(values, dtype=np.float64)))


def passed(of: Events, pair: Ints, at: Floats) -> Ints:
    """For each (pair, moment) the index after its last event before the moment, on the calendar."""
    return np.searchsorted(of.key, pair * SPAN + at, "left")


def features(of: Events, pair: Ints, clock: Floats, after: Ints, horizon: float) -> Floats:
    """The features of each (pair, moment), in the order of FEATURES. Shape: len(pair) × 6.

    `clock` is the moment on the owner's clock, `after` the index after the last event that counts; each pair must have
    one. Windows and ages are counted in horizons, so that a network in which a month is long and one in which it is
    short are told by the same coefficients.
    """
    first = of.first[pair]
    silence = np.maximum(clock - of.clock[after - 1], 0)
    gap = (of.log_gaps[after] - of.log_gaps[first] + PRIOR_GAPS * np.log(horizon * PRIOR_SHARE)) / (
        of.gaps[after] - of.gaps[first] + PRIOR_GAPS
    )
    columns = [
        np.log1p(of.days[after] - of.days[first]),
        np.log1p(np.maximum(clock - of.clock[first], 0) * 10 / horizon),
    ]
    for horizons in (1, 4, 8):
        since = np.searchsorted(of.clock_key, pair * SPAN + clock - horizons * horizon, "right")
        columns.append(np.log1p(of.days[after] - of.days[np.clip(since, first, after)]))
    columns.append(np.log(silence + 1) - gap)
    return np.stack(columns, axis=1)
