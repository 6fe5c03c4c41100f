"""Turn judged ties into rows of the table `relationships`."""

import datetime as dt
import zoneinfo
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.rules import history, sentences, warmth
from pipelines.rules.balance import BALANCES
from pipelines.rules.cold_features import Bools, Floats, Ints
from pipelines.steps.ties import DAY, SPAN, Known
from reports.languages import Language

TOLD_WEEKS = 105  # a change of state has its sentence for two years
SECOND = 1 / 86_400  # days
GAPS_SHOWN = 12  # last pauses of which “usually” is the middle one
TIME = pa.timestamp("us", tz="UTC")


class Place(NamedTuple):
    """Where the owner is at home: the zone of their days, and the language of their sentences."""

    zone: zoneinfo.ZoneInfo
    spoken: Language


def rows(
    known: Known,
    seen: history.Past,
    judged: history.View,
    some: Ints,
    weeks: tuple[list[str], Ints],
    where: Place,
    since: list[str | None] | None = None,
) -> pa.Table:
    """The rows of some ties. `weeks` are all weeks that were judged: names, and ends in microseconds.

    With `since`, the week in which each tie's state of the last but one week began, only the newest week's rows are
    made.
    """
    names, ends = weeks
    count = len(ends)
    changed = np.ones(judged.state.shape, bool)
    changed[:, 1:] = judged.state[:, 1:] != judged.state[:, :-1]
    before = np.concatenate((np.full((len(some), 1), -1), judged.state[:, :-1]), axis=1)
    began = np.maximum.accumulate(np.where(changed, np.arange(count), 0), axis=1)
    told = changed.copy()
    told[:, 0] = False  # the first week's states are no change
    told[:, :-TOLD_WEEKS] = False
    told[:, -1] = True
    kept = slice(0, count) if since is None else slice(count - 1, count)
    told[:, : kept.start] = False
    stamps = np.append(known.micros, 0)

    def flat(grid: Ints) -> Ints:
        return grid[:, kept].ravel()

    last = flat(judged.last)
    there = last >= 0
    return pa.table(
        {
            "contact_id": _words(np.repeat(some, kept.stop - kept.start), known.contacts),
            "week": _words(np.tile(np.arange(kept.start, kept.stop), len(some)), names),
            "state": _words(flat(judged.state), warmth.STATES),
            "balance": _words(flat(judged.balance), BALANCES),
            "last_interaction_at": _times(stamps[last], there),
            "last_sent_at": _times(stamps[flat(judged.sent)], flat(judged.sent) >= 0),
            "last_received_at": _times(stamps[flat(judged.received)], flat(judged.received) >= 0),
            "last_met_in_person_at": _met(known, some, ends[kept]),
            "silence_days": _maybe(np.floor(judged.silence[:, kept]), there, pa.int32()),
            "cold_probability": _maybe(np.round(judged.probability[:, kept], 4), there, pa.float64()),
            "reason": _reasons(known, seen, judged, some, (ends, told, kept.start), where),
            "previous_state": _words(flat(before), warmth.STATES),
            "state_since_week": (
                _words(flat(began), names) if since is None else _carried(changed[:, -1], names[-1], since)
            ),
        }
    )


def _carried(changed: Bools, week: str, since: list[str | None]) -> pa.Array:
    return pa.array([week if new else old for new, old in zip(changed.tolist(), since, strict=True)], pa.string())


def _words(numbers: Ints, words: tuple[str, ...] | list[str]) -> pa.Array:
    return pa.DictionaryArray.from_arrays(
        pa.array(numbers.astype(np.int32), pa.int32(), mask=numbers < 0), pa.array(words, pa.string())
    )


def _times(micros: Ints, there: Bools) -> pa.Array:
    return pa.array(micros, pa.int64(), mask=~there).cast(TIME)


def _maybe(values: Floats, there: Bools, kind: pa.DataType) -> pa.Array:
    filled: npt.NDArray[np.float64] = np.where(there, values.ravel(), 0.0)
    return pa.array(filled, pa.float64(), mask=~there).cast(kind)


def _met(known: Known, some: Ints, ends: Ints) -> pa.Array:
    """When the owner and each tie last met in person by each week's end."""
    key = known.met_by * SPAN + known.met_ends // 1_000_000
    tie = np.repeat(some, len(ends))
    at = np.searchsorted(key, tie * SPAN + np.tile(ends // 1_000_000, len(some)), "right") - 1
    there = (at >= 0) & (np.append(known.met_by, -1)[at] == tie)
    return _times(np.append(known.met_shown, 0)[at], there)


def _reasons(
    known: Known,
    seen: history.Past,
    judged: history.View,
    some: Ints,
    told: tuple[Ints, Bools, int],
    where: Place,
) -> pa.Array:
    """Sentences for the newest week and where a state changed in the last two years; elsewhere none is composed."""
    ends, here, start = told
    width = len(ends) - start
    said: list[str | None] = [None] * (len(some) * width)
    for row, week in zip(*(found.tolist() for found in np.nonzero(here)), strict=True):
        said[row * width + week - start] = sentences.sentence(
            _facts(known, seen, judged, (row, week, int(some[row])), int(ends[week]), where),
            where.spoken,
        )
    return pa.array(said, pa.string())


def _facts(
    known: Known,
    seen: history.Past,
    judged: history.View,
    place: tuple[int, int, int],
    end: int,
    where: Place,
) -> sentences.Facts:
    row, week, tie = place

    def date(days: float) -> dt.date:
        return dt.datetime.fromtimestamp(days * 86400, where.zone).date()

    now = end / DAY
    today = date(now - SECOND)  # the week's last day
    last, life = int(judged.last[row, week]), int(judged.life[row, week])
    connected = float(known.tie.connected_at[tie])
    until = float(known.tie.snoozed_until[tie])
    common = sentences.Facts(
        name=known.names[tie] or where.spoken.say("this contact"),
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
        away=round(known.absent.away_between(float(seen.of.at[counted]), now)),
        usual=steady or often,
        steady=steady > 0,
        unanswered=last - life if life >= 0 else last - first + 1,
        answered_ever=life >= 0,
        owed=int(judged.received[row, week]) == last,
        touched=until_now - begun,
    )
