"""docs/report.md tells of everything that a report holds."""

import json

from reports import render
from reports.answers import BUTTONS
from reports.languages import LOCALES
from reports.weekly import weekly
from reports.wording import NUMBERS, TITLES
from tests.reports.catalogues import REPORTS
from tests.reports.people import FULL

TOLD = (REPORTS.parent / "docs" / "report.md").read_text(encoding="utf-8")


def test_every_section_number_and_button_is_told() -> None:
    """By the words on screen, and by its key."""
    assert [key for key, title in TITLES.items() if f"| {title} | `{key}` |" not in TOLD] == []
    assert [key for key, label in NUMBERS.items() if f"| {label} |" not in TOLD] == []
    assert [action for action, label in BUTTONS.items() if f"| {label} | `{action}` |" not in TOLD] == []
    assert [code for code in LOCALES if f'"{code}"' not in TOLD] == []


def test_every_key_of_the_json_is_told() -> None:
    """The keys are a promise."""
    found = json.loads(render.as_json(weekly(FULL)))
    keys = {*found, *found["year"], *found["spotlight"][0], *found["spotlight"][0]["people"][0]}
    assert [key for key in sorted(keys) if f"`{key}`" not in TOLD] == []
