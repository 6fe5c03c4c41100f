"""Meetings that were called off, answered or cut short by other means than the calendar's own word."""

from pathlib import Path

import pytest

from tests.steps.lives import HELD, LINE, OFF, UNKNOWN, Life

ROOM = "Room 4.12"
JITSI = "https://meet.jit.si/weekly"


def circle() -> Life:
    """An owner with three contacts."""
    life = Life()
    for name in ("Ann Archer", "Ben Baker", "Cleo Carter"):
        life.friend(name)
    return life


def by_day(life: Life, folder: Path) -> dict[str, str]:
    """The verdicts by the day of each meeting."""
    return {str(row["starts_at"])[:10]: str(row["verdict"]) for row in life.rows(folder)}


@pytest.mark.parametrize("told", ["as one entry", "as a series"])
def test_a_series_that_is_cancelled_by_mail_ends_there(tmp_path: Path, told: str) -> None:
    """A CANCEL that names no occurrence takes out what is to come, not what was held, nor what was made anew later."""
    life = circle()
    ann = life.friends[0]
    days = ("2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23")
    mail = life.mail(ann, "Cancelled: weekly call", "2026-11-11 09:00", marks=("invitation",))
    for day in days:
        changed = life.micros("2026-11-20 09:00") if day == "2026-11-23" else life.micros("2026-10-01 09:00")
        life.event(
            "Weekly call", f"{day} 10:00", {ann: "accepted"}, JITSI, uid="s@example.org", host=ann, recurring=True,
            modified_at=changed,
        )  # fmt: skip
    for day in days if told == "as a series" else days[:1]:
        life.event(
            "Weekly call", f"{day} 10:00", {ann: "accepted"}, JITSI, uid="s@example.org", host=ann,
            recurring=told == "as a series", status="cancelled", method="CANCEL", message_key=mail,
        )  # fmt: skip
    assert by_day(life, tmp_path) == dict(zip(days, (LINE, LINE, OFF, LINE), strict=True))


def test_an_occurrence_that_is_cancelled_by_mail_is_cancelled_alone(tmp_path: Path) -> None:
    """A CANCEL of one occurrence leaves the others."""
    life = circle()
    ann = life.friends[0]
    mail = life.mail(ann, "Cancelled: weekly", "2026-11-08 09:00", marks=("invitation",))
    for day in ("2026-11-02", "2026-11-09", "2026-11-16"):
        life.event("Weekly", f"{day} 10:00", {ann: "accepted"}, ROOM, uid="s@example.org", host=ann, recurring=True)
    life.event(
        "Weekly", "2026-11-09 10:00", {ann: "accepted"}, ROOM, uid="s@example.org", host=ann, recurring=True,
        status="cancelled", method="CANCEL", message_key=mail,
    )  # fmt: skip
    assert by_day(life, tmp_path) == {"2026-11-02": HELD, "2026-11-09": OFF, "2026-11-16": HELD}


def test_a_cancellation_of_the_rest_leaves_what_was_before(tmp_path: Path) -> None:
    """A CANCEL of an occurrence and all that follow takes out these, and none before."""
    life = circle()
    ann = life.friends[0]
    mail = life.mail(ann, "Cancelled: weekly", "2026-11-03 09:00", marks=("invitation",))
    days = ("2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23")
    for day in days:
        life.event(
            "Weekly", f"{day} 10:00", {ann: "accepted"}, ROOM, uid="s@example.org", host=ann, recurring=True,
            modified_at=life.micros("2026-10-01 09:00"),
        )  # fmt: skip
    life.event(
        "Weekly", "2026-11-16 10:00", {ann: "accepted"}, ROOM, uid="s@example.org", host=ann, recurring=True,
        status="cancelled", method="CANCEL", message_key=mail, note="following",
    )  # fmt: skip
    assert by_day(life, tmp_path) == dict(zip(days, (HELD, HELD, OFF, OFF), strict=True))


def test_a_yes_in_a_subject_is_an_answer(tmp_path: Path) -> None:
    """Where the calendar shows no answer, but a program's mail says "Accepted", that is one."""
    life = circle()
    life.meet(HELD, "Ann Archer", "Budget review", "2026-11-05 10:00", ROOM, answer="needs-action")
    life.mail("Ann Archer", "Zugesagt: Budget review", "2026-11-01 10:00", marks=("invitation",))
    life.meet(UNKNOWN, "Ben Baker", "Site plan", "2026-11-06 10:00", ROOM, answer="needs-action")
    life.meet(HELD, "Cleo Carter", "Hiring", "2026-11-07 10:00", ROOM)
    assert life.misjudged(tmp_path) == {}


def test_half_a_day_off_touches_half_the_day(tmp_path: Path) -> None:
    """Leave from one o'clock, as an entry of hours or of the day, empties the afternoon alone."""
    life = circle()
    made = life.micros("2026-09-01 10:00")
    life.event("Leave from 1 pm", "2026-11-05", days=1)
    life.event("Urlaub", "2026-11-12 13:00", minutes=240)
    life.event("Holiday planning with the travel agency", "2026-11-19 13:00", minutes=240)
    for day, afternoon in (("05", OFF), ("12", OFF), ("19", HELD)):
        life.meet(HELD, "Ann Archer", f"Morning {day}", f"2026-11-{day} 10:00", ROOM, created_at=made)
        life.meet(afternoon, "Ben Baker", f"Afternoon {day}", f"2026-11-{day} 15:00", ROOM, created_at=made)
    assert life.misjudged(tmp_path) == {}


def test_nobody_is_in_two_towns_at_once(tmp_path: Path) -> None:
    """Of two meetings in one room each, too far apart, the surer one was held, and of the other nobody can tell."""
    life = circle()
    life.meet(HELD, "Ann Archer", "Lunch", "2026-11-05 12:00", "Gasthaus Post, Tal 5, 80331 München")
    life.mail("Ann Archer", "Thanks for lunch", "2026-11-05 15:00")
    life.meet(UNKNOWN, "Ben Baker", "Site visit", "2026-11-05 13:15", "Hafenstr. 5, 20457 Hamburg")
    life.meet(HELD, "Cleo Carter", "Dinner", "2026-11-05 19:00", "Hafenstr. 9, 20457 Hamburg")
    assert life.misjudged(tmp_path) == {}


def test_a_business_trip_is_no_leave(tmp_path: Path) -> None:
    """Shown as out of office: on a trip calls go on and people are met there; on leave neither."""
    life = circle()
    life.event("Business trip Hamburg", "2026-11-03", days=3, kind="out_of_office")
    life.meet(LINE, "Ann Archer", "Status", "2026-11-04 10:00", JITSI)
    life.meet(HELD, "Ben Baker", "Review", "2026-11-04 14:00", "Hafenstr. 5, 20457 Hamburg")
    life.meet(
        OFF,
        "Cleo Carter",
        "Workshop",
        "2026-11-04 16:00",
        "Tal 5, 80331 München",
        created_at=life.micros("2026-09-01 09:00"),
    )
    assert life.misjudged(tmp_path) == {}


def test_a_lunch_out_of_the_office_is_a_lunch(tmp_path: Path) -> None:
    """An appointment with somebody may be shown as out of office, too: it is a meeting, and no leave."""
    life = circle()
    life.truth["Ann Archer", "Lunch with Ann"] = HELD
    life.event("Lunch with Ann", "2026-11-05 12:00", place="Bistro Paul, Hill Road 3", kind="out_of_office")
    life.event("Leave with Ben", "2026-11-06", days=1, kind="out_of_office")
    assert life.misjudged(tmp_path) == {}


def test_a_host_who_calls_off_for_all_calls_off_for_each(tmp_path: Path) -> None:
    """That the meeting itself is off, told to several, holds for all; that one can't come holds for that one."""
    life = circle()
    ann, ben, cleo = life.friends
    for title, day in (("Round table", "05"), ("Book circle", "12")):
        life.event(
            title, f"2026-11-{day} 18:00", {ann: "accepted", ben: "accepted", cleo: "accepted"}, "Gasthaus Post, Tal 5"
        )
    life.mail(ann, "Round table heute entfällt", "2026-11-05 09:00", also=(ben, cleo))
    life.mail(ben, "Book circle heute ohne mich", "2026-11-12 09:00", also=(ann, cleo))
    life.truth = {(name, "Round table"): OFF for name in ("Ann Archer", "Ben Baker", "Cleo Carter")}
    life.truth |= {
        ("Ann Archer", "Book circle"): HELD,
        ("Ben Baker", "Book circle"): OFF,
        ("Cleo Carter", "Book circle"): HELD,
    }
    assert life.misjudged(tmp_path) == {}
