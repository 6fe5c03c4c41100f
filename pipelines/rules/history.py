"""Look at many ties at the ends of many weeks at once."""

from typing import NamedTuple

import numpy as np

from pipelines.rules import balance, warmth
from pipelines.rules.absence import Clock
from pipelines.rules.cold_features import SPAN, Bools, Events, Floats, Ints, events, features, passed
from pipelines.rules.cold_model import LOOKS, SHIPPED, adapted, outcomes, probability
from pipelines.rules.rhythm import APART, Habit, habits

QUARTER = 13  # weeks: how long the coefficients adapted to the owner's past stand
WEEK = 7.0
AHEAD = 60.0  # days: a meeting further off does not keep a tie warm


class Ledger(NamedTuple):
    """What passed, by tie (0 … ties-1) and then by time (days). `outward` and `inward` are both true for a meeting."""

    tie: Ints
    at: Floats
    outward: Bools
    inward: Bools
    weight: Floats
    ties: int


class Tie(NamedTuple):
    """What is said of each tie; days, FAR or 0 as in warmth.Sight. `snoozed` are first and last day."""

    connected_at: Floats
    died: Bools
    cadence: Floats
    snoozed: Floats
    snoozed_until: Floats


class Ahead(NamedTuple):
    """Meetings that were agreed to, past and coming: the tie, since when it was known, and its start; days."""

    tie: Ints
    known: Floats
    starts: Floats


class Past(NamedTuple):
    """The running facts of a ledger: one value an event and one more, which stands for no event (index -1).

    `active` are the active days of all ties in their order: `of.days` numbers them.
    """

    of: Events
    active: Floats
    at: Floats
    clock: Floats
    life: Ints
    sent: Ints
    received: Ints
    mutual: Bools
    balance: Ints
    habit: Habit


class View(NamedTuple):
    """What is told of ties × weeks: states, balances and the indices (into the ledger, -1 for none) they rest on.

    `last` is the last interaction, `life` the last in which the contact took part, `sent` and `received` the last that
    only the owner or only the contact had a part in. `life_days` is the silence on the owner's clock since `life`.
    """

    state: Ints
    balance: Ints
    last: Ints
    life: Ints
    sent: Ints
    received: Ints
    silence: Floats
    life_days: Floats
    probability: Floats
    rhythm: Floats
    upcoming: Floats


def past(ledger: Ledger, clock: Clock) -> Past:
    """Sum up a ledger once, for all weeks."""
    of = events(ledger.tie, ledger.at, clock.read(ledger.at), ledger.ties)
    first = of.first[ledger.tie]
    number = np.arange(len(ledger.tie))

    def latest(here: Bools) -> Ints:
        found: Ints = np.maximum.accumulate(np.where(here, number, -1)) if len(number) else number
        return np.append(np.where(found < first, -1, found), -1)

    mine, theirs = latest(ledger.outward), latest(ledger.inward)
    habit = habits(of)
    kept = balance.running(of.key, SPAN, ledger.at, ledger.tie, ledger.outward, ledger.inward, ledger.weight)
    return Past(
        of=of,
        active=np.floor(of.at[np.diff(of.days) > 0]),
        at=np.append(of.at, -warmth.FAR),
        clock=np.append(of.clock, -warmth.FAR),
        life=theirs,
        sent=latest(ledger.outward & ~ledger.inward),
        received=latest(ledger.inward & ~ledger.outward),
        mutual=(mine >= 0) & (theirs >= 0),  # ever
        balance=np.append(kept, balance.NONE),
        habit=Habit(np.append(habit.rhythm, 0.0), np.append(habit.pause, APART), np.append(habit.pauses, 0)),
    )


def coefficients(of: Events, clock: Clock, wrote: Floats, weeks: Floats) -> Floats:
    """The model's coefficients for each week, adapted at fixed quarters to what was then past. Shape: weeks × terms."""
    quarter = np.floor(weeks / (QUARTER * WEEK))
    found = np.tile(SHIPPED, (len(weeks), 1))
    begun = of.at.min(initial=np.inf)
    for each in np.unique(quarter):
        now = each * QUARTER * WEEK
        raws: list[Floats] = []
        silents: list[Floats] = []
        for look in range(LOOKS):
            then = now - warmth.HORIZON * (1 + look / 2)
            if then <= begun:
                break
            if not ((wrote < then) & (wrote >= then - 30)).any():
                continue
            shown = float(clock.read(np.array([then]))[0])
            _, raw, silent = outcomes(of, then, shown, then + warmth.HORIZON, warmth.HORIZON)
            raws.append(raw)
            silents.append(silent)
        if raws:
            found[quarter == each] = adapted(np.concatenate(raws), np.concatenate(silents))
    return found


def view(seen: Past, tie: Tie, ahead: Ahead, clock: Clock, weeks: Floats, weights: Floats, ties: Ints) -> View:
    """Judge some ties (their numbers, in order) at the ends of all weeks (days). Shapes: len(ties) × len(weeks)."""
    shape = (len(ties), len(weeks))
    pair = np.repeat(ties, len(weeks))
    at = np.tile(weeks, len(ties))
    shown = np.tile(clock.read(weeks), len(ties))
    after = passed(seen.of, pair, at)
    first = seen.of.first[pair]
    last = np.where(after > first, after - 1, -1)
    life = seen.life[last]
    counted = np.where(life >= 0, life, last)  # unanswered mails after the last sign of life are none themselves
    said = np.full(len(pair), np.nan)
    there = np.flatnonzero(last >= 0)
    said[there] = probability(
        features(seen.of, pair[there], shown[there], counted[there] + 1, warmth.HORIZON),
        weights[there % len(weeks)],
    )
    upcoming = _upcoming(ahead, weeks, ties)

    def grid(column: Floats) -> Floats:
        return column.reshape(shape)

    each = tie.connected_at[ties][:, None]
    sight = warmth.Sight(
        events=(after - first).reshape(shape),
        age=grid(np.where(last >= 0, at - seen.at[np.where(last >= 0, first, -1)], warmth.FAR)),
        silence=grid(np.minimum(at - seen.at[last], warmth.FAR)),
        life=grid(np.where(life >= 0, np.maximum(shown - seen.clock[life], 0), warmth.FAR)),
        mutual=seen.mutual[last].reshape(shape),
        connected=np.where(weeks[None, :] >= each, weeks[None, :] - each, warmth.FAR),
        probability=grid(said),
        rhythm=grid(seen.habit.rhythm[counted]),
        pause=grid(seen.habit.pause[counted]),
        cadence=np.broadcast_to(tie.cadence[ties][:, None], shape),
        upcoming=np.isfinite(upcoming),
        snoozed=(weeks[None, :] >= tie.snoozed[ties][:, None]) & (weeks[None, :] < tie.snoozed_until[ties][:, None]),
        dead=np.broadcast_to(tie.died[ties][:, None], shape),
    )
    return View(
        state=warmth.states(sight),
        balance=seen.balance[last].reshape(shape),
        last=last.reshape(shape),
        life=life.reshape(shape),
        sent=seen.sent[last].reshape(shape),
        received=seen.received[last].reshape(shape),
        silence=sight.silence,
        life_days=sight.life,
        probability=sight.probability,
        rhythm=sight.rhythm,
        upcoming=upcoming,
    )


def _upcoming(ahead: Ahead, weeks: Floats, ties: Ints) -> Floats:
    """The start of the next agreed meeting within AHEAD of each week's end, infinite for none. Shape: ties × weeks."""
    found = np.full((len(ties), len(weeks)), np.inf)
    asked = np.flatnonzero(np.isin(ahead.tie, ties))
    for tie, known, starts in zip(ahead.tie[asked], ahead.known[asked], ahead.starts[asked], strict=True):
        here = (weeks >= known) & (weeks <= starts) & (starts - weeks <= AHEAD)
        row = found[np.searchsorted(ties, tie)]
        row[here] = np.minimum(row[here], starts)
    return found
