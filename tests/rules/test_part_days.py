"""Which hours of a day an entry of the whole day means."""

import pytest

from pipelines.rules import part_days
from pipelines.rules.meeting_facts import HOUR
from pipelines.rules.part_days import MIDNIGHT, NOON


@pytest.mark.parametrize(
    ("title", "hours"),
    [
        ("Urlaub ab 13 Uhr", (13 * HOUR, MIDNIGHT)),
        ("Leave from 1 pm", (13 * HOUR, MIDNIGHT)),
        ("Vacation after 3", (15 * HOUR, MIDNIGHT)),
        ("Congés à partir de 14h30", (14 * HOUR + 1_800, MIDNIGHT)),
        ("Vacaciones hasta las 12", (0, 12 * HOUR)),
        ("Ferie dalle 15", (15 * HOUR, MIDNIGHT)),
        ("Vrij vanaf 12u", (12 * HOUR, MIDNIGHT)),
        ("Wolne od 14", (14 * HOUR, MIDNIGHT)),
        ("13時から休み", (13 * HOUR, MIDNIGHT)),
        ("下午请假", (NOON - HOUR, MIDNIGHT)),
        ("Vormittag frei", (0, NOON)),
        ("Urlaub 13-17 Uhr", (13 * HOUR, 17 * HOUR)),
        ("Half day off", "half"),
    ],
)
def test_the_hours_of_a_leave(title: str, hours: object) -> None:
    """A part of the day, in many languages; of half a day nobody knows which half."""
    assert part_days.hours(title) == hours


@pytest.mark.parametrize(
    "title",
    ["Urlaub", "Holiday until 5 January", "Urlaub bis 21.8.", "Urlaub 3.8.-21.8.", "PTO 8/3-8/21", "Leave 2026-08-03"],
)
def test_dates_are_no_hours(title: str) -> None:
    """What names a date, or nothing, is leave for the whole day."""
    assert part_days.hours(title) is None
