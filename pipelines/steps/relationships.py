"""Tell for every contact and week how the tie stood: its state, its balance, and why."""

import datetime as dt
import zoneinfo
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.rules import history, sentences, warmth
from pipelines.rules.balance import BALANCES
from pipelines.rules.cold_features import Bools, Floats, Ints
from pipelines.steps import ties
from pipelines.steps.moment import Counts, Moment, week_end, week_of
from pipelines.store import Store

DAY = ties.DAY
FEWEST_WEEKS, MOST_WEEKS = 105, 520  # two years and the week they lead to; ten years
AT_ONCE = 400_000  # ties × weeks judged in one piece: bounds the memory, whatever the history
GAPS_SHOWN = 12  # last pauses of which “usually” is the middle one
TIME = pa.timestamp("us", tz="UTC")


def rebuild(store: Store, moment: Moment) -> Counts:
    """Make `relationships` anew for each week up to the moment's. Safe to repeat."""
    store.stand_at(moment.as_of, moment.zone)
    known = ties.gather(store, moment.as_of)
    names, ends = weeks(known.micros, moment)
    days = ends / DAY
    seen = history.past(known.ledger, known.clock)
    weights = history.coefficients(seen.of, known.clock, known.wrote, days)
    step = max(AT_ONCE // len(ends), 1)
    parts = []
    for start in range(0, max(len(known.contacts), 1), step):
        some = np.arange(start, min(start + step, len(known.contacts)))
        judged = history.view(seen, known.tie, known.ahead, known.clock, days, weights, some)
        parts.append(_rows(known, seen, judged, some, names, ends, moment))
    return {"relationships": store.write("relationships", pa.concat_tables(parts))}


def weeks(micros: Ints, moment: Moment) -> tuple[list[str], Ints]:
    """The weeks to judge, oldest first, and their ends in the owner's zone (microseconds)."""
    first = int(micros.min()) if len(micros) else 0
    span = int((moment.as_of.timestamp() * 1_000_000 - first) / (7 * DAY)) + 1 if len(micros) else 0
    names, ends = [], []
    week, end = moment.week, week_end(moment.week, moment.zone)
    for _ in range(min(max(span, FEWEST_WEEKS), MOST_WEEKS)):
        names.append(week)
        ends.append(int(end.timestamp() * 1_000_000))
        week = week_of(end - dt.timedelta(days=10), moment.zone)
        end = week_end(week, moment.zone)
    return names[::-1], np.array(ends[::-1])


def _rows(
    known: ties.Known,
    seen: history.Past,
    judged: history.View,
    some: Ints,
    names: list[str],
    ends: Ints,
    moment: Moment,
) -> pa.Table:
    count = judged.state.shape[1]
    changed = np.ones(judged.state.shape, bool)
    changed[:, 1:] = judged.state[:, 1:] != judged.state[:, :-1]
    since = np.maximum.accumulate(np.where(changed, np.arange(count), 0), axis=1)
    before = np.concatenate((np.full((len(some), 1), -1), judged.state[:, :-1]), axis=1)
    told = changed.copy()
    told[:, 0] = False  # the first week's states are no change
    told[:, :-FEWEST_WEEKS] = False
    told[:, -1] = True
    stamps = np.append(known.micros, 0)
    return pa.table(
        {
            "contact_id": _words(np.repeat(some, count), known.contacts),
            "week": _words(np.tile(np.arange(count), len(some)), names),
            "state": _words(judged.state.ravel(), warmth.STATES),
            "balance": _words(judged.balance.ravel(), BALANCES),
            "last_interaction_at": _times(stamps[judged.last], judged.last >= 0),
            "last_sent_at": _times(stamps[judged.sent], judged.sent >= 0),
            "last_received_at": _times(stamps[judged.received], judged.received >= 0),
            "last_met_in_person_at": _met(known, some, ends),
            "silence_days": _maybe(np.floor(judged.silence), judged.last >= 0, pa.int32()),
            "cold_probability": _maybe(np.round(judged.probability, 4), judged.last >= 0, pa.float64()),
            "reason": _reasons(known, seen, judged, some, ends, told, moment),
            "previous_state": _words(before.ravel(), warmth.STATES),
            "state_since_week": _words(since.ravel(), names),
        }
    )


def _words(numbers: Ints, words: tuple[str, ...] | list[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(
        pa.array(numbers.astype(np.int32), pa.int32(), mask=numbers < 0), pa.array(words, pa.string())
    )


def _times(micros: Ints, there: Bools) -> pa.Array:
    return pa.array(micros.ravel(), pa.int64(), mask=~there.ravel()).cast(TIME)


def _maybe(values: Floats, there: Bools, kind: pa.DataType) -> pa.Array:
    filled: npt.NDArray[np.float64] = np.where(there, values, 0.0).ravel()
    return pa.array(filled, pa.float64(), mask=~there.ravel()).cast(kind)


def _met(known: ties.Known, some: Ints, ends: Ints) -> pa.Array:
    """When the owner and each tie last met in person by each week's end."""
    key = known.met_by * ties.SPAN + known.met_ends // 1_000_000
    asked = np.repeat(some, len(ends)) * ties.SPAN + np.tile(ends // 1_000_000, len(some))
    at = np.searchsorted(key, asked, "right") - 1
    there = at >= 0
    there &= np.append(known.met_by, -1)[at] == np.repeat(some, len(ends))
    return _times(np.append(known.met_shown, 0)[at], there)


def _reasons(
    known: ties.Known,
    seen: history.Past,
    judged: history.View,
    some: Ints,
    ends: Ints,
    told: Bools,
    moment: Moment,
) -> pa.Array:
    """Sentences for the newest week and where a state changed in the last two years; elsewhere none is composed."""
    zone = zoneinfo.ZoneInfo(moment.zone)
    said: list[str | None] = [None] * told.size
    for row, week in zip(*(found.tolist() for found in np.nonzero(told)), strict=True):
        said[row * told.shape[1] + week] = sentences.sentence(
            _facts(known, seen, judged, (row, week, int(some[row])), int(ends[week]), zone)
        )
    return pa.array(said, pa.string())


def _facts(
    known: ties.Known,
    seen: history.Past,
    judged: history.View,
    place: tuple[int, int, int],
    end: int,
    zone: zoneinfo.ZoneInfo,
) -> sentences.Facts:
    row, week, tie = place

    def date(days: float) -> dt.date:
        return dt.datetime.fromtimestamp(days * 86400, zone).date()

    now = end / DAY
    today = date(now - 0.5)  # the week's last day
    last, life = int(judged.last[row, week]), int(judged.life[row, week])
    connected = float(known.tie.connected_at[tie])
    until = float(known.tie.snoozed_until[tie])
    common = sentences.Facts(
        name=known.names[tie] or "this contact",
        state=int(judged.state[row, week]),
        today=today,
        connected=date(connected) if connected < warmth.FAR else None,
        upcoming=date(float(judged.upcoming[row, week])) if np.isfinite(judged.upcoming[row, week]) else None,
        cadence=float(known.tie.cadence[tie]),
        snoozed_until=date(until) if until > now and known.tie.snoozed[tie] <= now else None,
        died=bool(known.tie.died[tie]),
    )
    if last < 0:
        return common
    first = int(seen.of.first[tie])
    counted = life if life >= 0 else last
    begun, until_now = int(seen.of.days[first]), int(seen.of.days[counted + 1])
    active = seen.active[max(until_now - GAPS_SHOWN - 1, begun) : until_now].tolist()
    gaps = sorted(after - before for before, after in pairwise(active))
    steady = float(judged.rhythm[row, week])
    often = gaps[len(gaps) // 2] if len(gaps) >= 2 else 0.0
    if seen.habit.pauses[counted] >= 2:  # they meet on occasions: what lies between the mails of one tells nothing
        often = float(seen.habit.pause[counted])
    return common._replace(
        first=date(float(seen.of.at[first])),
        last=date(float(seen.of.at[last])),
        silence=int(judged.silence[row, week]),
        quiet=int(now - seen.of.at[counted]),
        away=round(known.clock.away_between(float(seen.of.at[counted]), now)),
        usual=steady or often,
        steady=steady > 0,
        unanswered=last - life if life >= 0 else last - first + 1,
        answered_ever=life >= 0,
        owed=int(judged.received[row, week]) == last,
        touched=until_now - begun,
    )
