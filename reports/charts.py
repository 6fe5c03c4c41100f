"""Draw the report's pictures as inline SVG: a person's year of contact, and a year of warm and cold ties.

Each picture has its content as text in its label. Colours stand in attributes for light pages; the classes named here
are what the page's style sheet recolours in the dark.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from reports.dates import Dates
from reports.facts import Beat, MonthMet, WeekCount
from reports.wording import Wording

WEEKS = 52
STEP, HEIGHT = 4, 32  # pixels of a week; of the picture
TALLEST = 13.0
DOT = 2.8  # radius
LINE_WIDTH, LINE_HEIGHT = 624, 56
MOST_PEOPLE = 24  # of the year's meetings
COLOURS = {"sent": "#8a5a2b", "received": "#2f6f62", "together": "#23201c", "silence": "#e8edf3", "axis": "#cfc6b8"}
STATES = {"warm": "#8a5a2b", "cooling": "#9a7b2f", "cold": "#2f6690"}


class Mark(NamedTuple):
    """One mark of a sparkline: a box, or for `together` a dot that fills it. Pixels."""

    kind: str
    left: float
    top: float
    width: float
    height: float


def marks(beats: Sequence[Beat]) -> list[Mark]:
    """A year of one tie, in the order of drawing: the silence since as a pale field, what the owner wrote above the
    line, what came below it, meetings and calls as dots on it."""
    middle, width = HEIGHT / 2, WEEKS * STEP
    silent = min((beat.ago for beat in beats), default=WEEKS)
    found = [Mark("silence", width - silent * STEP, 0, silent * STEP, HEIGHT)] if silent else []
    found.append(Mark("axis", 0, middle - 0.5, width, 1))
    for beat in sorted(beats, key=lambda beat: -beat.ago):
        left = width - (beat.ago + 1) * STEP
        if beat.sent:
            tall = _tall(beat.sent)
            found.append(Mark("sent", left, middle - 1 - tall, STEP - 1, tall))
        if beat.received:
            found.append(Mark("received", left, middle + 1, STEP - 1, _tall(beat.received)))
        if beat.together:
            found.append(Mark("together", left + STEP / 2 - 0.5 - DOT, middle - DOT, 2 * DOT, 2 * DOT))
    return found


def told(beats: Sequence[Beat], words: Wording) -> str:
    """A sparkline in words."""
    return words.year_of(
        sum(beat.sent for beat in beats),
        sum(beat.received for beat in beats),
        sum(beat.together for beat in beats),
        min((beat.ago for beat in beats), default=WEEKS),
    )


def sparkline(beats: Sequence[Beat], words: Wording) -> Markup:
    """The marks as inline SVG; nothing for a tie without a beat."""
    if not beats:
        return Markup("")
    return _picture(told(beats, words), WEEKS * STEP, HEIGHT, [_drawn(mark) for mark in marks(beats)])


def _tall(number: int) -> float:
    return min(2.5 + 3.0 * math.sqrt(number), TALLEST)


def _drawn(mark: Mark) -> str:
    paint = f'class="c-{mark.kind}" fill="{COLOURS[mark.kind]}"'
    if mark.kind == "together":
        return f'<circle {paint} cx="{mark.left + DOT:g}" cy="{mark.top + DOT:g}" r="{DOT:g}"/>'
    return f'<rect {paint} x="{mark.left:g}" y="{mark.top:.3g}" width="{mark.width:g}" height="{mark.height:.3g}"/>'


def _picture(label: str, width: int, height: int, parts: Sequence[str]) -> Markup:
    # every part is made of numbers and of names in this file; the label is escaped by Markup.format
    return Markup(
        '<svg role="img" aria-label="{}" viewBox="0 0 {} {}" width="{}" height="{}" style="max-width:100%;height:auto">'
    ).format(label, width, height, width, height) + Markup("".join(parts) + "</svg>")


@dataclass(frozen=True)
class Line:
    """One state's number of people over a year: its name, first and last number, and its picture."""

    state: str
    first: int
    last: int
    picture: Markup


def lines(weeks: Sequence[WeekCount], words: Wording) -> tuple[Line, ...]:
    """Warm, cooling and cold over the weeks (oldest first), each on its own scale; none for less than two weeks."""
    if len(weeks) < 2:
        return ()
    return tuple(_line(state, [int(getattr(week, state)) for week in weeks], words) for state in STATES)


def _line(state: str, counts: Sequence[int], words: Wording) -> Line:
    highest = max(*counts, 1)
    across = LINE_WIDTH / (len(counts) - 1)
    points = [
        f"{at * across:.1f},{LINE_HEIGHT - 2 - (LINE_HEIGHT - 6) * count / highest:.1f}"
        for at, count in enumerate(counts)
    ]
    colour = STATES[state]
    parts = [
        f'<polygon class="c-{state}" points="0,{LINE_HEIGHT} {" ".join(points)} {LINE_WIDTH},{LINE_HEIGHT}" '
        f'fill="{colour}" fill-opacity="0.14"/>',
        f'<polyline class="c-{state}-line" points="{" ".join(points)}" fill="none" stroke="{colour}" stroke-width="2"/>',
    ]
    label = words.year_line(state, counts[0], counts[-1], highest)
    return Line(words.state(state), counts[0], counts[-1], _picture(label, LINE_WIDTH, LINE_HEIGHT, parts))


@dataclass(frozen=True)
class MetRow:
    """Whom the owner met in a year: one person's (in person, remotely) for each month."""

    name: str
    months: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class MetGrid:
    """The people met most often in person, by month; `more` is how many people are left out."""

    months: tuple[str, ...]
    rows: tuple[MetRow, ...]
    more: int


def met_grid(met: Sequence[MonthMet], last_month: str, words: Wording, dates: Dates) -> MetGrid:
    """A year of meetings up to a month (`2026-11`): people by how often they were met in person, then remotely."""
    months = _year_up_to(last_month)
    by_person: dict[str, dict[str, MonthMet]] = {}
    for one in met:
        if one.month in months:
            by_person.setdefault(one.contact_id, {})[one.month] = one
    ranked = sorted(
        by_person.values(),
        key=lambda found: (
            -sum(one.in_person for one in found.values()),
            -sum(one.remotely for one in found.values()),
            *((one.name, one.contact_id) for one in list(found.values())[:1]),
        ),
    )
    rows = tuple(
        MetRow(
            name=words.name(next(iter(found.values())).name),
            months=tuple(
                (found[month].in_person, found[month].remotely) if month in found else (0, 0) for month in months
            ),
        )
        for found in ranked[:MOST_PEOPLE]
    )
    return MetGrid(tuple(dates.month_name(month) for month in months), rows, len(ranked) - len(rows))


def _year_up_to(last_month: str) -> list[str]:
    last = int(last_month[:4]) * 12 + int(last_month[5:]) - 1
    return [f"{number // 12}-{number % 12 + 1:02d}" for number in range(last - 11, last + 1)]
