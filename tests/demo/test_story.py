"""The ordinary pipeline, run on the demo's files, comes to what the story says really was."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from pipelines.demo.__main__ import WEEK, write
from pipelines.demo.agenda import ENTRIES
from pipelines.demo.life import KEY, ZONE, Life, Person
from pipelines.demo.people import LADDER, PEOPLE
from pipelines.home import Home
from pipelines.steps.moment import week_end
from pipelines.store import Store

LIFE = Life(week_end(WEEK, ZONE), PEOPLE, ENTRIES)
SECTIONS = {
    "turned_cold",
    "about_to_go_cold",
    "replies_owed",
    "met_in_person",
    "met_remotely",
    "not_held_or_unknown",
    "coming_up",
    "in_spam",
    "never_followed_up",
    "dormant_but_proven",
}


class Told(NamedTuple):
    """What a run on the story ended with."""

    home: Home
    printed: str
    tables: dict[str, list[dict[str, object]]]

    def contact(self, person: Person) -> str:
        """The contact_id of a person of the story: by address, or by the name on a card without one."""
        known = {str(row["address"]): str(row["contact_id"]) for row in self.tables["addresses"]}
        names = {str(row["name"]): str(row["contact_id"]) for row in self.tables["contacts"]}
        return known.get(person.address) or names[person.label]

    def standing(self, person: Person) -> dict[str, object]:
        """The person's row at the end of the week."""
        key = self.contact(person)
        return next(row for row in self.tables["relationships"] if row["contact_id"] == key and row["week"] == WEEK)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """One run of the command on the story."""
    home = Home(tmp_path_factory.mktemp("demo"))
    write(LIFE, home.folder)
    done = subprocess.run(
        [sys.executable, "-c", "from pipelines.cli import main; main()", "run", "--week", WEEK],
        env={**os.environ, "COLDCOFFEE_HOME": str(home.folder), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    store = Store(home.snapshot(KEY), read_only=True)
    names = ("contacts", "addresses", "meetings", "relationships", "correspondents", "interactions", "rejects")
    tables = {name: store.rows(name) for name in names}
    store.close()
    yield Told(home, done.stdout, tables)


def report(told: Told, form: str) -> str:
    """The report's file in one form."""
    return (told.home.report(KEY, WEEK) / f"report.{form}").read_text(encoding="utf-8")


def test_everybody_stands_where_the_story_says(told: Told) -> None:
    """Warm, cold, dormant, new, never: each person of the story comes out as what they are."""
    found = {one.name: str(told.standing(one)["state"]) for one in PEOPLE if one.expect.states}
    assert {name: state for name, state in found.items() if state not in expected(name)} == {}


def expected(name: str) -> tuple[str, ...]:
    """The states that the story allows a person."""
    return LIFE.person(name).expect.states


def test_who_writes_and_who_answers_is_told(told: Told) -> None:
    """Ten unanswered mails are no warm tie, and somebody who keeps writing is not cold."""
    wanted = {one.name: one.expect.balance for one in PEOPLE if one.expect.balance}
    assert {name: told.standing(LIFE.person(name))["balance"] for name in wanted} == wanted


def test_each_meeting_comes_out_as_it_was(told: Told) -> None:
    """Places, links, answers by calendar and by mail, cancelled and moved occurrences: each verdict is the story's."""
    verdicts = {(row["contact_id"], row["starts_at"]): row["verdict"] for row in told.tables["meetings"]}
    wanted = {}
    found = {}
    for entry in ENTRIES:
        for guest in entry.guests:
            at = entry.when.at(LIFE.ends)
            key = f"{guest.name}: {entry.title}"
            wanted[key] = guest.verdict
            found[key] = verdicts.get((told.contact(LIFE.person(guest.name)), at), "")
    assert found == wanted


def test_a_series_goes_on_without_its_exceptions(told: Told) -> None:
    """Of a weekly series, the cancelled and the deleted dates were not met, nor the two of the owner's leave; all others were."""
    petra = told.contact(LIFE.person("Petra Novotná"))
    mine = [row["verdict"] for row in told.tables["meetings"] if row["contact_id"] == petra]
    assert mine.count("did_not_meet") == 6
    assert mine.count("met_remotely") == 47


def test_a_moved_occurrence_was_met_when_it_took_place(told: Told) -> None:
    """An occurrence moved from Tuesday to Thursday is one meeting, on Thursday."""
    entry = next(one for one in ENTRIES if one.moved)
    ((weeks, new),) = entry.moved
    eleni = told.contact(LIFE.person(entry.guests[0].name))
    held = [row["starts_at"] for row in told.tables["meetings"] if row["contact_id"] == eleni]
    assert new.at(LIFE.ends) in held
    assert entry.when._replace(weeks=weeks).at(LIFE.ends) not in held


def test_every_section_of_the_report_has_something_to_say(told: Told) -> None:
    """The demo shows the whole report, coverage too, and prints it."""
    made = json.loads(report(told, "json"))
    assert {key for key, entries in made["sections"].items() if entries} == SECTIONS
    assert made["coverage"]
    assert report(told, "txt").strip() in told.printed


def test_silences_of_growing_length_run_from_warm_to_cold(told: Told) -> None:
    """The shortest silence is warm, the longest cold, and on the way one is about to go cold."""
    states = [told.standing(one)["state"] for one in LADDER]
    assert (states[0], states[-1]) == ("warm", "cold")
    assert set(states) == {"warm", "cooling", "cold"}


def test_two_people_of_one_name_stay_two(told: Told) -> None:
    """The curator is warm and the accountant is cold, though both are called Ciara Nolan."""
    one, other = (LIFE.person(f"Ciara Nolan ({what})") for what in ("curator", "accountant"))
    assert told.contact(one) != told.contact(other)


def test_one_person_of_two_addresses_is_one(told: Told) -> None:
    """What comes from a second address on the same card is the same person's."""
    known = {str(row["address"]): row["contact_id"] for row in told.tables["addresses"]}
    for person in PEOPLE:
        if person.second_address:
            assert known[person.address] == known[person.second_address]


def test_the_dead_are_left_in_peace(told: Told) -> None:
    """Somebody whose card tells that she has died is named nowhere in the report."""
    (dead,) = (one for one in PEOPLE if one.died)
    assert dead.name not in report(told, "txt") + report(told, "html")


def test_what_was_written_down_later_is_not_known_to_the_week(told: Told) -> None:
    """A mail and a calendar entry from after the week change nothing in its report."""
    assert told.standing(LIFE.person("Clara Weidmann"))["state"] == "cold"
    assert "Clara: new office" not in report(told, "txt")


def test_strangers_and_machines_are_no_contacts(told: Told) -> None:
    """Newsletters, robots and a seller whom nobody answered stay correspondents, each with the reason."""
    reasons = {str(row["address"]): str(row["reason"]) for row in told.tables["correspondents"]}
    for address in ("brad@leadrocket.example.com", "noreply@bluebank.example.com", "news@museum-monday.example.org"):
        assert reasons[address].endswith(".")


def test_what_cannot_be_read_is_counted(told: Told) -> None:
    """A calendar entry without a start and a line on a card that is none are left out, and said to be."""
    assert sorted(str(row["place"]) for row in told.tables["rejects"]) == ["Home.ics", "friends.vcf"]
