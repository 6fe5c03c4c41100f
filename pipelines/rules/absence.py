"""Keep the owner's clock: time in which the owner wrote to nobody, or was out of office, is nobody's silence."""

import numpy as np

from pipelines.rules.cold_features import Bools, Floats

USUAL = 0.9  # of the owner's pauses lie below it: what is an ordinary pause
TIMES = 2.0  # ordinary pauses that pass before a pause is an absence
SHORTEST = 7.0  # days: nobody is absent over a long weekend
YEAR = 365.0
FEWEST = 12  # pauses in a year: who writes more rarely has no pauses that mean anything


class Clock:
    """The owner's clock against the calendar. It stands still while the owner is away, and never runs back.

    It stops as soon as a pause is longer than usual, not at the pause's beginning: so at each moment it depends on
    nothing that came later.
    """

    def __init__(self, away: list[tuple[float, float]]) -> None:
        starts = np.array([start for start, _ in away], float)
        ends = np.array([end for _, end in away], float)
        self.away = away
        self._calendar = np.column_stack((starts, ends)).ravel()
        gone = np.concatenate((np.zeros(1), np.cumsum(ends - starts)))
        self._gone = np.column_stack((gone[:-1], gone[1:])).ravel()

    def read(self, days: Floats) -> Floats:
        """The owner's clock at these days of the calendar."""
        if len(self._calendar) == 0:
            return days
        shown: Floats = days - np.interp(days, self._calendar, self._gone)
        return shown

    def away_between(self, start: float, end: float) -> float:
        """How many days the clock stood still between two days of the calendar."""
        shown = self.read(np.array([start, end]))
        return float((end - start) - (shown[1] - shown[0]))


def clock(wrote: Floats, out_of_office: list[tuple[float, float]], now: float) -> Clock:
    """The owner's clock until `now`, from the days on which the owner wrote to anybody and what the calendar says.

    `wrote` is sorted and has one value a day; `out_of_office` are first day and end of each entry. All are days.
    """
    days = wrote[wrote <= now]
    pauses = np.diff(np.append(days, now))
    away = [(start, min(end, now)) for start, end in out_of_office if start < now and end - start >= 1]
    for at in np.flatnonzero(pauses > SHORTEST):
        lately: Bools = (days[: at + 1] > days[at] - YEAR) & (np.arange(at + 1) > 0)
        usual = np.diff(days[: at + 1], prepend=days[0])[lately]
        if len(usual) < FEWEST:
            continue
        patience = max(SHORTEST, TIMES * float(np.quantile(usual, USUAL)))
        if pauses[at] > patience:
            away.append((float(days[at]) + patience, float(days[at] + pauses[at])))
    return Clock(_joined(away))


def _joined(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
