"""Draw the report's pictures as inline SVG: a person's year of contact, and a year of warm and cold ties.

Each picture has its content as text in its label. Colours stand in attributes for light pages; the classes named here
are what the page's style sheet recolours in the dark.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reports.dates import Dates
from reports.facts import Beat, MonthMet, WeekCount
from reports.wording import Wording

WEEKS = 52
STEP, HEIGHT = 4, 32  # pixels of a week; of the picture
TALLEST = 13.0
LINE_WIDTH, LINE_HEIGHT = 624, 56
MOST_PEOPLE = 24  # of the year's meetings
COLOURS = {"sent": "#8a5a2b", "received": "#2f6f62", "together": "#23201c", "silence": "#e8edf3", "axis": "#cfc6b8"}
STATES = {"warm": "#8a5a2b", "cooling": "#9a7b2f", "cold": "#2f6690"}


def sparkline(beats: Sequence[Beat], words: Wording) -> Markup:
    """A year of one tie: what the owner wrote above the line, what came below it, meetings and calls as dots on it,
    and the silence since as a pale field."""
    if not beats:
        return Markup("")
    middle = HEIGHT / 2
    silent = min(beat.ago for beat in beats)
    width = WEEKS * STEP
    parts = []
    if silent:
        parts.append(_box("silence", width - silent * STEP, 0, silent * STEP, HEIGHT))
    parts.append(_box("axis", 0, middle - 0.5, width, 1))
    for beat in sorted(beats, key=lambda beat: -beat.ago):
        left = width - (beat.ago + 1) * STEP
        if beat.sent:
            tall = _tall(beat.sent)
            parts.append(_box("sent", left, middle - 1 - tall, STEP - 1, tall))
        if beat.received:
            parts.append(_box("received", left, middle + 1, STEP - 1, _tall(beat.received)))
        if beat.together:
            parts.append(
                f'<circle class="c-together" cx="{left + STEP / 2 - 0.5:g}" cy="{middle:g}" r="2.8" fill="{COLOURS["together"]}"/>'
            )
    label = words.year_of(
        sum(beat.sent for beat in beats),
        sum(beat.received for beat in beats),
        sum(beat.together for beat in beats),
        silent,
    )
    return _picture(label, width, HEIGHT, parts)


def _tall(number: int) -> float:
    return min(2.5 + 3.0 * math.sqrt(number), TALLEST)


def _box(kind: str, left: float, top: float, width: float, height: float) -> str:
    return (
        f'<rect class="c-{kind}" x="{left:g}" y="{top:.3g}" width="{width:g}" height="{height:.3g}" '
        f'fill="{COLOURS[kind]}"/>'
    )


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
