"""Find what two people are used to: how long they pause, and whether their pauses make a rhythm."""

from typing import NamedTuple

import numpy as np

from pipelines.rules.cold_features import Events, Floats, Ints

APART = 21.0  # days: what lies closer is one occasion (a plan, a lunch, a thank-you)
REMEMBERED = 6  # pauses back, for what is usual
REGULAR = 3  # periods from occasion to occasion back, for a rhythm …
ALIKE, ALIKE_TWO = 1.4, 1.15  # … the longest of which is at most this many times the shortest: of three, of two
STEADY = 60.0  # days without a pause: then older pauses tell nothing any more
QUICK, SLOW = 40.0, 410.0  # days: a quicker rhythm is the model's own ground, a slower one is none
YEARLY = 320.0  # days: two occasions so far apart are an anniversary, as far as one can tell yet
EARLY = 1.2  # of its gap: so long a silence is on time
LATE = 1.6  # of its gap: so long a silence is late, and no longer natural


class Habit(NamedTuple):
    """After each event: the tie's rhythm in days, 0 for none; its usual pause, at least APART; how many it knows of."""

    rhythm: Floats
    pause: Floats
    pauses: Ints


def habits(of: Events) -> Habit:
    """The habit that each tie had shown by each of its events; nothing later is looked at. Shape: one an event."""
    begins = np.ones(len(of.at), bool)
    begins[1:] = (of.pair[1:] != of.pair[:-1]) | (np.diff(of.at) > APART)
    starts = np.flatnonzero(begins)
    occasion = np.cumsum(begins) - 1
    before = np.maximum(starts - 1, 0)
    follows = (of.pair[starts] == of.pair[before]) & (starts > 0)
    periods = _remembered(np.where(follows, of.at[starts] - of.at[starts[occasion[before]]], np.nan), REGULAR)
    # on the owner's clock: half a year of the owner's leave is no pause that the two are used to
    silences = _remembered(np.where(follows, of.clock[starts] - of.clock[before], np.nan), REMEMBERED)
    steady = of.at - of.at[starts][occasion] >= STEADY
    usual = _middle(silences)[occasion]
    return Habit(
        rhythm=np.where(steady, 0.0, _rhythm(periods)[occasion]),
        pause=np.where(steady | np.isnan(usual), APART, np.maximum(usual, APART)),
        pauses=np.where(steady, 0, (~np.isnan(silences)).sum(axis=1)[occasion]),
    )


def _remembered(latest: Floats, count: int) -> Floats:
    """The latest value at each occasion and those at the occasions before it. Shape: len(latest) × count."""
    rows = np.full((len(latest), count), np.nan)
    for back in range(count):
        rows[:, back] = latest
        latest = np.where(np.isnan(latest), np.nan, np.append(np.nan, latest)[:-1])
    return rows


def _rhythm(pauses: Floats) -> Floats:
    known = (~np.isnan(pauses)).sum(axis=1)
    longest = np.where(np.isnan(pauses), -np.inf, pauses).max(axis=1, initial=-np.inf)
    shortest = np.where(np.isnan(pauses), np.inf, pauses).min(axis=1, initial=np.inf)
    alike = np.where(known == REGULAR, ALIKE, ALIKE_TWO)
    middle = _middle(pauses)
    steady = (known >= 2) & (middle >= QUICK) & (longest <= alike * shortest)
    steady |= (known == 1) & (middle >= YEARLY)
    found: Floats = np.where(steady & (middle <= SLOW), middle, 0.0)
    return found


def _middle(rows: Floats) -> Floats:
    """The median of each row's numbers; not a number where it has none."""
    known = (~np.isnan(rows)).sum(axis=1)
    ordered = np.sort(rows, axis=1)  # what is no number comes last
    row = np.arange(len(rows))
    low, high = np.maximum(known - 1, 0) // 2, np.minimum(known // 2, rows.shape[1] - 1)
    middle: Floats = (ordered[row, low] + ordered[row, high]) / 2
    return middle
