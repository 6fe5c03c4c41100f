"""Tell how probable it is that, left alone, nothing more passes between two people within a horizon.

A logistic model of six countable things (cold_features.py). Its coefficients were fitted by benchmarks/fit_cold.py
on three development networks, with shrinkage, by what differs inside one person's contacts; docs/decisions/warmth.md
has the comparison. Where an owner's own past is long enough, the coefficients move a little towards it, never with
anything that was not known at the moment.
"""

import datetime as dt
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from pipelines.rules.cold_features import FEATURES, Bools, Events, Floats, Ints, events, features, passed

DAY = 86_400_000_000  # microseconds


class Term(NamedTuple):
    """One line of the model: a feature's mean and spread on the development networks, and what one spread adds to
    the log-odds of silence."""

    name: str
    mean: float
    spread: float
    weight: float


# Written by benchmarks/fit_cold.py. Read aloud: the more active days two people have had, long ago and lately, the less
# probable is silence; the older the tie in which they lie, and the longer this silence beside their usual gap, the
# more.
BASE = 0.7367
TERMS = (
    Term("active days so far", 2.1511, 0.9420, -0.5042),
    Term("age of the tie", 4.1930, 1.0029, 0.2270),
    Term("active days in the last horizon", 0.6261, 0.8005, -0.1527),
    Term("active days in the last four horizons", 1.3786, 1.0308, -0.2189),
    Term("active days in the last eight horizons", 1.7706, 1.0111, -0.2675),
    Term("silence beside the usual gap", 1.6811, 1.5779, 0.5517),
)
SHIPPED: Floats = np.array([BASE, *(term.weight for term in TERMS)])
MEANS: Floats = np.array([term.mean for term in TERMS])
SPREADS: Floats = np.array([term.spread for term in TERMS])

# How firmly the shipped values are held against an owner's own past, in past outcomes (log-odds, per squared spread).
FIRMNESS: Floats = np.array([1.0, *([20.0] * len(TERMS))])
LOOKS = 8  # how many past moments an owner's own outcomes are taken at, half a horizon apart …
OVERLAP = 0.5  # … so that each outcome is seen twice, and counts half
FEWEST = 10  # outcomes: with fewer nothing is learnt from them
KNOWN = 3  # events: a tie with fewer has no habit to learn from
RECENT = 365.0  # days: nor has one that was over before


def standardized(raw: Floats) -> Floats:
    """Features in spreads from their means, with a leading one for the base."""
    return np.column_stack((np.ones(len(raw)), (raw - MEANS) / SPREADS))


def probability(raw: Floats, weights: Floats = SHIPPED) -> Floats:
    """The probability of silence for rows of features. `weights` is one row of coefficients, or one for each row."""
    said: Floats = 1 / (1 + np.exp(-(standardized(raw) * weights).sum(axis=1)))
    return said


def adapted(raw: Floats, silent: Floats) -> Floats:
    """The coefficients after seeing an owner's own past outcomes: a penalized fit that starts from what is shipped."""
    weights = SHIPPED
    if len(silent) < FEWEST:
        return weights
    rows = standardized(raw)
    for _ in range(4):  # Newton's steps: the penalty keeps them short, and four are enough
        said = 1 / (1 + np.exp(-(rows @ weights)))
        slope = rows.T @ (OVERLAP * (silent - said)) - FIRMNESS * (weights - SHIPPED)
        curve = (rows.T * (OVERLAP * said * (1 - said))) @ rows + np.diag(FIRMNESS)
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def outcomes(of: Events, at: float, clock: float, until: float, horizon: float) -> tuple[Ints, Floats, Floats]:
    """Which pairs had a habit by `at` (a day; `clock` on the owner's clock), their features, and whether they then were
    silent until `until`. Nothing after `until` is looked at."""
    pair = np.arange(len(of.first) - 1)
    moment = np.full(len(pair), at)
    after = passed(of, pair, moment)
    habit: Bools = after - of.first[:-1] >= KNOWN
    habit &= at - of.at[np.maximum(after - 1, 0)] <= RECENT
    pair, after = pair[habit], after[habit]
    silent = passed(of, pair, np.full(len(pair), until)) == after
    return pair, features(of, pair, np.full(len(pair), clock), after, horizon), silent.astype(float)


def cold_probability(interactions: pa.Table, as_of: dt.datetime, horizon_days: float) -> pa.Table:
    """The probability that nothing more passes within the horizon, for each (owner, contact) that had anything by then.

    `interactions`: owner, contact, occurred_at (timestamp[us, UTC]), direction (out or in), recipients. Result: owner,
    contact, probability. Each owner is judged by the shipped coefficients and that owner's own past alone.
    """
    micros = interactions["occurred_at"].cast(pa.int64()).to_numpy()
    now = (int(as_of.timestamp() * 1_000_000) + 1_000_000) / DAY
    owner_codes, owners = _coded(interactions["owner"])
    contact_codes, contacts = _coded(interactions["contact"])
    keys, pair = np.unique(owner_codes * len(contacts) + contact_codes, return_inverse=True)
    at = micros / DAY
    order = np.lexsort((at, pair))
    all_events = events(pair[order], at[order], at[order], len(keys))
    wrote = np.array(interactions["direction"].to_pylist()) == "out"
    raw = features(all_events, np.arange(len(keys)), np.full(len(keys), now), all_events.first[1:], horizon_days)
    weights = _adapted_each(
        all_events, keys // len(contacts), (owner_codes[wrote], at[wrote]), len(owners), now, horizon_days
    )
    return pa.table(
        {
            "owner": pa.array(owners[keys // len(contacts)].tolist(), pa.string()),
            "contact": pa.array(contacts[keys % len(contacts)].tolist(), pa.string()),
            "probability": probability(raw, weights[keys // len(contacts)]),
        }
    )


def _coded(names: pa.ChunkedArray) -> tuple[Ints, "np.ndarray[tuple[int], np.dtype[np.object_]]"]:
    coded = names.combine_chunks().dictionary_encode()
    return coded.indices.to_numpy().astype(np.int64), np.array(coded.dictionary.to_pylist(), object)


def _adapted_each(
    of: Events, owner: Ints, wrote: tuple[Ints, Floats], owners: int, now: float, horizon: float
) -> Floats:
    """Each owner's coefficients, from the outcomes of that owner's own past. Shape: owners × coefficients."""
    author, at = wrote
    seen: list[tuple[Ints, Floats, Floats]] = []
    for look in range(LOOKS):
        then = now - horizon - look * horizon / 2
        if then <= of.at.min(initial=np.inf):
            break
        pair, raw, silent = outcomes(of, then, then, then + horizon, horizon)
        there = np.bincount(author[(at < then) & (at >= then - 30)], minlength=owners) > 0
        here = there[owner[pair]]  # who wrote to nobody in the month before was away, and tells nothing
        seen.append((owner[pair][here], raw[here], silent[here]))
    weights = np.tile(SHIPPED, (owners, 1))
    if not seen:
        return weights
    whose, raw, silent = (np.concatenate(column) for column in zip(*seen, strict=True))
    order = np.argsort(whose, kind="stable")
    bounds = np.searchsorted(whose[order], np.arange(owners + 1))
    for each in range(owners):
        rows = order[bounds[each] : bounds[each + 1]]
        weights[each] = adapted(raw[rows], silent[rows])
    return weights


assert tuple(term.name for term in TERMS) == FEATURES  # the table and the features stand in one order
