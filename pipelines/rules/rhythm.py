"""Find the slow rhythm of a tie: the same walk each quarter, the same letter each January."""

import numpy as np

from pipelines.rules.cold_features import Events, Floats

APART = 21.0  # days: what lies closer is one occasion (a plan, a lunch, a thank-you)
SLOWEST_QUICK = 40.0  # days: a quicker rhythm is the model's own ground
REMEMBERED = 6  # occasions back
LOOSE = 1.8  # the longest of the remembered gaps may be this many times the middle one, else there is no rhythm
YEARLY = (320.0, 410.0)  # days: two occasions so far apart are an anniversary
EARLY = 1.2  # of its gap: so long a silence is on time
LATE = 1.6  # of its gap: so long a silence is late and no longer natural


def rhythms(of: Events) -> Floats:
    """The gap between occasions, in days, that each tie had kept by each of its events; 0 where there is no rhythm.

    Nothing later than the event is looked at. Shape: one an event.
    """
    count = len(of.at)
    begins = np.ones(count, bool)
    same = of.pair[1:] == of.pair[:-1]
    begins[1:] = ~same | (np.diff(of.at) > APART)
    starts = np.flatnonzero(begins)
    gaps = np.full(len(starts), np.nan)
    gaps[1:] = np.where(of.pair[starts[1:]] == of.pair[starts[:-1]], np.diff(of.at[starts]), np.nan)
    known = np.full((len(starts), REMEMBERED), np.nan)
    running = gaps
    for back in range(REMEMBERED):
        known[:, back] = running
        running = np.concatenate(([np.nan], running[:-1]))
        running[np.isnan(known[:, back])] = np.nan  # a gap is remembered only if all later ones are this tie's own
    seen = (~np.isnan(known)).sum(axis=1)
    ordered = np.sort(np.where(np.isnan(known), np.inf, known), axis=1)
    rows = np.arange(len(starts))
    middle = (ordered[rows, np.maximum(seen - 1, 0) // 2] + ordered[rows, np.minimum(seen // 2, REMEMBERED - 1)]) / 2
    longest = ordered[rows, np.maximum(seen - 1, 0)]
    regular = (seen >= 2) & (middle >= SLOWEST_QUICK) & (longest <= LOOSE * middle)
    yearly = (seen == 1) & (middle >= YEARLY[0]) & (middle <= YEARLY[1])
    gap: Floats = np.where(regular | yearly, middle, 0.0)
    kept: Floats = gap[np.cumsum(begins) - 1]
    return kept
