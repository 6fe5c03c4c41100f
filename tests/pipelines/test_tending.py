"""The owner's word on how often to be in touch, and on being left alone: recorded by the command, and wrong words refused."""

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines import tending
from pipelines.home import Home
from pipelines.rules.cadence import is_snooze, of_contact, snoozed_until
from pipelines.running import Stop
from pipelines.store import opened

NOW = dt.datetime(2026, 11, 16, 7, 0, tzinfo=dt.UTC)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home in which one contact is known."""
    made = Home(tmp_path)
    (tmp_path / "store").mkdir()
    with opened(made.store("dana"), 1.0) as store:
        store.write("contacts", pa.table({"contact_id": ["ann"], "name": ["Ann Abel"]}))
        store.write("addresses", pa.table({"contact_id": ["ann"], "kind": ["email"], "address": ["ann@example.org"]}))
    return made


def corrections(home: Home) -> list[tuple[object, ...]]:
    """What was recorded."""
    with opened(home.store("dana"), 1.0) as store:
        return [(row["kind"], row["subject"], row["value"], row["origin"]) for row in store.rows("corrections")]


def test_a_cadence_and_a_snooze_are_records_of_the_owners(home: Home) -> None:
    """The person may be named by a part of the name, or by an address; the last word stands beside the earlier ones."""
    said = [
        tending.cadence(home, "dana", "Ann", "Monthly").text,
        tending.cadence(home, "dana", "ann@example.org", "never").text,
        tending.snooze(home, "dana", "ann", "2999-12-31").text,
        tending.snooze(home, "dana", "ann", "off").text,
    ]
    assert said == [
        "Recorded: Ann Abel: monthly. The next “coldcoffee run” judges by it.",
        "Recorded: Ann Abel: no silence is too long. The next “coldcoffee run” judges by it.",
        "Recorded: nothing of Ann Abel's silence until 31 December 2999.",
        "Recorded: Ann Abel is not snoozed any more.",
    ]
    assert corrections(home) == [
        ("cadence", "ann", "monthly", "command"),
        ("cadence", "ann", "never", "command"),
        ("snooze", "ann", "2999-12-31", "command"),
        ("snooze", "ann", "off", "command"),
    ]


@pytest.mark.parametrize("word", ["sometimes", "", "3w"])
def test_a_word_that_is_no_cadence_is_refused(home: Home, word: str) -> None:
    """Nothing is recorded, and the sentence says what is allowed."""
    with pytest.raises(
        Stop, match="is no cadence: choose weekly, fortnightly, monthly, quarterly, yearly, auto or never"
    ):
        tending.cadence(home, "dana", "Ann", word)
    assert corrections(home) == []


@pytest.mark.parametrize("word", ["soon", "0d", "2001-01-01", "-3w"])
def test_a_snooze_that_is_over_before_it_begins_is_refused(home: Home, word: str) -> None:
    """Nothing is recorded."""
    with pytest.raises(Stop, match="is no time to come"):
        tending.snooze(home, "dana", "Ann", word)
    assert corrections(home) == []


def test_how_long_a_snooze_lasts() -> None:
    """Days, weeks, months and years, or until a date."""
    until = {word: snoozed_until(word, NOW) for word in ("10d", "3w", "3 weeks", "2026-12-01", "off")}
    assert until == {
        "10d": dt.datetime(2026, 11, 26, 7, 0, tzinfo=dt.UTC),
        "3w": dt.datetime(2026, 12, 7, 7, 0, tzinfo=dt.UTC),
        "3 weeks": dt.datetime(2026, 12, 7, 7, 0, tzinfo=dt.UTC),
        "2026-12-01": dt.datetime(2026, 12, 1, tzinfo=dt.UTC),
        "off": NOW,
    }
    assert [is_snooze(word) for word in ("3w", "2026-12-01", "off", "later")] == [True, True, False, False]


def test_the_person_comes_before_the_group_and_the_shortest_group_first() -> None:
    """Of several groups the one to be in touch with most often decides; the owner's word on the person beats all."""
    assert of_contact(None, ["yearly", "monthly", "never"]) == 30.4
    assert of_contact("auto", ["weekly"]) == 0.0
    assert of_contact("quarterly", ["weekly"]) == 91.3
    assert of_contact(None, []) == 0.0
