"""Tell for every contact and week how the tie stood: its state, its balance, and why."""

import datetime as dt
import zoneinfo

import numpy as np
import pyarrow as pa

from pipelines.rules import history
from pipelines.rules.cold_features import Bools, Ints
from pipelines.rules.cold_model import KNOWN
from pipelines.steps import past_facts, standing, ties
from pipelines.steps.moment import Counts, Moment, week_end, week_of
from pipelines.store import Store
from reports.languages import language

FEWEST_WEEKS, MOST_WEEKS = 105, 520  # two years and the week they lead to; ten years
AT_ONCE = 400_000  # ties × weeks judged in one piece: bounds the memory, whatever the history
LEAD = 60  # weeks before a new one from which it is judged: hysteresis has long forgotten what was before


def rebuild(store: Store, moment: Moment) -> Counts:
    """Make `relationships` for each week up to the moment's. Safe to repeat.

    Where the past is the one that was judged before, only the newest week is judged, to the same result.
    """
    store.stand_at(moment.as_of, moment.zone)
    known = ties.gather(store, moment.as_of)
    weeks = _weeks(known.micros, moment)
    seen = history.past(known.ledger, known.clock)
    everybody = np.arange(len(known.contacts))
    members, since = (None, []) if store.replaying else _stood(store, known, weeks, moment.language)
    if members is None:
        store.write("relationships", _judged(known, seen, weeks, everybody, moment))
    else:
        names, ends = weeks
        store.remove("relationships", "week", names[-1])
        store.remove("relationships", "week", week_of(_moment(ends[0]) - dt.timedelta(days=10), moment.zone))
        lately = (names[-LEAD:], ends[-LEAD:])
        store.append("relationships", _judged(known, seen, lately, everybody[members], moment, since))
        if not members.all():
            store.append("relationships", _judged(known, seen, weeks, everybody[~members], moment))
    if not store.replaying:
        _note(store, known, weeks, moment.language)
    return {"relationships": store.count("relationships")}


def _judged(
    known: ties.Known,
    seen: history.Past,
    weeks: tuple[list[str], Ints],
    some: Ints,
    moment: Moment,
    since: list[str | None] | None = None,
) -> pa.Table:
    """Judge some ties in all of these weeks; see standing.rows."""
    days = weeks[1] / ties.DAY
    weights = history.coefficients(seen.of, known.clock, known.wrote, days)
    step = max(AT_ONCE // len(days), 1)
    place = standing.Place(zoneinfo.ZoneInfo(moment.zone), language(moment.language))
    parts = []
    for start in range(0, max(len(some), 1), step):
        these = some[start : start + step]
        judged = history.view(seen, known.tie, known.ahead, known.clock, days, weights, these)
        carried = None if since is None else since[start : start + step]
        parts.append(standing.rows(known, seen, judged, these, weeks, place, carried))
    return pa.concat_tables(parts)


def _weeks(micros: Ints, moment: Moment) -> tuple[list[str], Ints]:
    """The weeks to judge, oldest first, and their ends in the owner's zone (microseconds). One that is not over yet ends at
    the moment: what has not passed is no silence."""
    first = int(micros.min()) if len(micros) else 0
    span = int((moment.as_of.timestamp() * 1_000_000 - first) / (7 * ties.DAY)) + 1 if len(micros) else 0
    names, ends = [], []
    week, end = moment.week, week_end(moment.week, moment.zone)
    for _ in range(min(max(span, FEWEST_WEEKS), MOST_WEEKS)):
        names.append(week)
        ends.append(int(min(end, moment.as_of).timestamp() * 1_000_000))
        week = week_of(end - dt.timedelta(days=10), moment.zone)
        end = week_end(week, moment.zone)
    return names[::-1], np.array(ends[::-1])


def _moment(micros: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(micros / 1_000_000, dt.UTC)


def _stood(
    store: Store, known: ties.Known, weeks: tuple[list[str], Ints], spoken: str
) -> tuple[Bools | None, list[str | None]]:
    """Which contacts' past has been judged as it still is, and the week in which each one's state of the last but one
    week began. None where everything must be judged anew."""
    names, ends = weeks
    if not (store.has("relationships") and store.has("judged_past")):
        return None, []
    noted = store.rows("judged_past")[0]
    fitting = {names[-2]: noted["upto"], names[-1]: noted["before"]}.get(str(noted["week"]))
    before = store.gather("standing", standing_week=names[-2])
    since = dict(zip(before["contact_id"].to_pylist(), before["state_since_week"].to_pylist(), strict=True))
    members = np.array([contact in since for contact in known.contacts], bool)
    if members.sum() != len(since) or fitting != past_facts.digest(known, members, int(ends[-2]), spoken):
        return None, []
    past = np.bincount(known.ledger.tie[known.micros < ends[-2]], minlength=len(members))
    if (past[~members] >= KNOWN).any():  # their habits bear on the owner's coefficients, and so on everybody's past
        return None, []
    return members, [since[contact] for contact in known.contacts if contact in since]


def _note(store: Store, known: ties.Known, weeks: tuple[list[str], Ints], spoken: str) -> None:
    """Note what was judged: digests of all that was known by the newest week's beginning, and by its end."""
    names, ends = weeks
    all_of_them = np.ones(len(known.contacts), bool)
    before, upto = (past_facts.digest(known, all_of_them, int(end), spoken) for end in ends[-2:])
    store.write("judged_past", pa.table({"week": [names[-1]], "before": [before], "upto": [upto]}))
