"""Tell whether the past is still the one that was judged, so that a new week costs no more than a week."""

import hashlib

import numpy as np

from pipelines.rules import absence, balance, cold_features, cold_model, history, rhythm, warmth
from pipelines.rules.cold_features import Bools, Ints
from pipelines.steps.ties import DAY, Known

RULES = 1  # raise it when a rule changes in another way than by its numbers: the history is then judged anew


def digest(known: Known, members: Bools, upto: int, spoken: str) -> str:
    """A digest of all that the judgement of these contacts rests on up to a moment (microseconds), of the rules, and of
    the language of their sentences."""
    told = hashlib.sha256(f"{spoken} {_rules()}".encode())
    chosen = np.flatnonzero(members)
    place = np.full(len(members), -1)
    place[chosen] = np.arange(len(chosen))  # new contacts may have moved the others' numbers
    told.update("\n".join(known.contacts[number] for number in chosen).encode())
    ledger = known.ledger
    _add(told, place, ledger.tie, known.micros < upto, known.micros, ledger.outward, ledger.inward, ledger.weight)
    _add(told, place, known.met_by, known.met_ends <= upto, known.met_ends, known.met_shown)
    ahead = known.ahead
    _add(told, place, ahead.tie, ahead.known * DAY <= upto, ahead.known, ahead.starts)
    end = upto / DAY
    for column in known.tie:
        told.update(np.ascontiguousarray(column[chosen]).tobytes())
    told.update(known.wrote[known.wrote < end].tobytes())
    told.update(repr([(start, min(stop, end)) for start, stop in known.clock.away if start < end]).encode())
    return told.hexdigest()


def _add(told: "hashlib._Hash", place: Ints, tie: Ints, past: Bools, *columns: np.ndarray) -> None:
    here = past & (place[tie] >= 0)
    for column in (place[tie], *columns):
        told.update(np.ascontiguousarray(column[here]).tobytes())


def _rules() -> str:
    """All numbers of the rules, by name."""
    numbers = {
        f"{module.__name__}.{name}": value
        for module in (absence, balance, cold_features, cold_model, history, rhythm, warmth)
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, int | float | tuple | np.ndarray)
    }
    return repr((RULES, sorted((name, np.asarray(value, object).tolist()) for name, value in numbers.items())))
