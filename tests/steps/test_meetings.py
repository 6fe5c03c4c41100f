"""Meetings, judged from calendars and mails in a real store: who was there, whether it happened, whether in one room."""

from pathlib import Path

from tests.steps.lives import HELD, LINE, OFF, UNKNOWN, Friend, Life

CAFE = "Café Nero, 12 High Street"


def circle() -> Life:
    """An owner with five contacts."""
    life = Life()
    for name in ("Ann Archer", "Ben Baker", "Cleo Carter", "Dan Dorsey", "Eve Elder"):
        life.friend(name)
    return life


def verdicts(life: Life, folder: Path) -> dict[tuple[str, str], str]:
    """Each verdict by name and title."""
    return {key: one.verdict for key, one in life.judged(folder).items()}


def test_a_calendar_that_never_shows_answers_is_believed(tmp_path: Path) -> None:
    """Where no guest ever answers, having no answer says little; where others do, it is a doubt."""
    life = circle()
    for day, one in enumerate(life.friends, 2):
        life.event(f"Review {day}", f"2026-11-0{day} 10:00", {one: "needs-action"}, "Room 4.12", listed=False)
        life.truth[one.name, f"Review {day}"] = HELD
    assert life.misjudged(tmp_path) == {}


def test_no_answer_among_answers_is_a_doubt(tmp_path: Path) -> None:
    """Three answered and one did not: whether that one came, nobody can tell."""
    life = circle()
    ann, ben, cleo, *_ = life.friends
    life.event(
        "Workshop",
        "2026-11-05 10:00",
        {ann: "accepted", ben: "needs-action", cleo: "declined"},
        "Hotel Post, Hauptstr. 1",
    )
    assert verdicts(life, tmp_path) == {
        ("Ann Archer", "Workshop"): HELD,
        ("Ben Baker", "Workshop"): UNKNOWN,
        ("Cleo Carter", "Workshop"): OFF,
    }


def test_a_crowd_is_no_personal_meeting(tmp_path: Path) -> None:
    """Of thirty guests nobody was met for certain, but the one who writes that it was great to meet."""
    life = circle()
    ann, ben, *_ = life.friends
    crowd: dict[Friend | str, str] = {f"Guest {number} <g{number}@crowd.example>": "accepted" for number in range(30)}
    life.event(
        "Open evening", "2026-11-04 18:00", {ann: "accepted", ben: "accepted", **crowd}, "Main hall, 5 High Street"
    )
    life.mail(ben, "Great to meet you yesterday", "2026-11-05 09:00")
    assert verdicts(life, tmp_path) == {("Ann Archer", "Open evening"): UNKNOWN, ("Ben Baker", "Open evening"): HELD}


def test_a_mail_calls_off_only_what_it_is_about(tmp_path: Path) -> None:
    """Another day, another person, a subscription, a missed call: none of them calls a coffee off."""
    life = circle()
    ann, *_ = life.friends
    life.meet(HELD, "Ann Archer", "One", "2026-11-03 10:00", CAFE)
    life.mail(ann, "Cancel my subscription to the magazine?", "2026-11-01 10:00")
    life.meet(HELD, "Ann Archer", "Two", "2026-11-05 10:00", CAFE)
    life.mail(ann, "Friday: have to cancel", "2026-11-04 18:00")
    life.meet(OFF, "Ann Archer", "Three", "2026-11-06 10:00", CAFE)
    life.meet(HELD, "Ann Archer", "Four", "2026-11-10 10:00", CAFE)
    life.mail(ann, "Tonight's dinner with Ben is cancelled", "2026-11-10 08:00")
    life.meet(HELD, "Ann Archer", "Five", "2026-11-12 10:00", CAFE)
    life.mail(ann, "Sorry I missed your call", "2026-11-12 13:00")
    life.meet(HELD, "Ann Archer", "Six", "2026-11-24 10:00", CAFE)
    life.mail(ann, "Conference in May cancelled", "2026-11-20 10:00")
    assert life.misjudged(tmp_path) == {}


def test_what_was_moved_was_met_on_the_new_day(tmp_path: Path) -> None:
    """A mail moves Tuesday's coffee to Thursday; Thursday's entry, made after it, is held."""
    life = circle()
    life.meet(OFF, "Ann Archer", "Coffee Ann", "2026-11-17 10:00", CAFE)
    life.mail("Ann Archer", "Can we do Thursday instead?", "2026-11-16 16:00", out=True)
    life.mail("Ann Archer", "Re: Can we do Thursday instead?", "2026-11-16 17:00")
    life.meet(
        HELD, "Ann Archer", "Coffee Ann (new)", "2026-11-19 10:00", CAFE, created_at=life.micros("2026-11-16 17:30")
    )
    assert life.misjudged(tmp_path) == {}


def test_an_occurrence_that_was_moved_is_held_where_it_stands(tmp_path: Path) -> None:
    """The mail that moved it out of its series does not move it again."""
    life = circle()
    life.meet(
        LINE,
        "Ann Archer",
        "Sync Ann",
        "2026-11-17 11:00",
        "https://zoom.us/j/123456789",
        recurring=True,
        event_key="weekly@calendar.example/2026-11-16T08:30:00Z",
    )
    life.mail("Ann Archer", "Can we push our sync to tomorrow at 11?", "2026-11-16 08:00")
    assert life.misjudged(tmp_path) == {}


def test_whoever_would_rather_have_another_day_is_not_met_on_this_one(tmp_path: Path) -> None:
    """Another day beside a word like “better”, on the eve; another day alone may be of another meeting."""
    life = circle()
    life.meet(OFF, "Ann Archer", "Coffee Ann", "2026-11-17 10:00", CAFE)
    life.mail("Ann Archer", "Mieux vendredi ?", "2026-11-16 15:00")
    life.meet(HELD, "Ben Baker", "Coffee Ben", "2026-11-17 12:00", CAFE)
    life.mail("Ben Baker", "Contract by Friday?", "2026-11-16 15:00")
    assert life.misjudged(tmp_path) == {}


def test_who_waits_or_has_forgotten_was_not_met(tmp_path: Path) -> None:
    """They sat there for half an hour; it had gone clean out of the owner's head."""
    life = circle()
    life.meet(OFF, "Ann Archer", "Coffee Ann", "2026-11-17 10:00", CAFE)
    life.mail("Ann Archer", "Llevo media hora en el café, ¿estás bien?", "2026-11-17 10:35")
    life.meet(OFF, "Ben Baker", "Coffee Ben", "2026-11-18 10:00", CAFE)
    life.mail("Ben Baker", "Qué horror, se me ha pasado por completo", "2026-11-18 13:00", out=True)
    assert life.misjudged(tmp_path) == {}


def test_a_mail_of_lunch_is_about_the_lunch(tmp_path: Path) -> None:
    """Two days before, without a day: what the entry is called tells what the mail is about; another thing it is not."""
    life = circle()
    life.meet(OFF, "Ann Archer", "Lunch Ann", "2026-11-18 12:00", CAFE)
    life.mail("Ann Archer", "Need to postpone our lunch", "2026-11-16 11:00")
    life.meet(HELD, "Ben Baker", "Lunch Ben", "2026-11-18 12:00", CAFE)
    life.mail("Ben Baker", "Need to postpone the workshop", "2026-11-16 11:00")
    life.truth["Ben Baker", "Lunch Ben"] = HELD
    assert {key: one.verdict for key, one in life.judged(tmp_path).items()}["Ann Archer", "Lunch Ann"] == OFF


def test_a_switch_by_mail_counts_the_last_word(tmp_path: Path) -> None:
    """From a café to the phone, and from the phone back to the café."""
    life = circle()
    life.meet(LINE, "Ann Archer", "Coffee Ann", "2026-11-17 10:00", CAFE)
    life.mail("Ann Archer", "Pouring: shall we do it by phone instead?", "2026-11-17 08:00")
    life.meet(HELD, "Ben Baker", "Sync Ben", "2026-11-18 10:00", "https://zoom.us/j/123456789")
    life.mail("Ben Baker", "Zoom today or in person?", "2026-11-18 07:30")
    life.mail("Ben Baker", "Let's meet in person instead of Zoom today", "2026-11-18 08:00", out=True)
    assert life.misjudged(tmp_path) == {}


def test_declined_by_mail_alone_is_declined(tmp_path: Path) -> None:
    """The calendar still shows a yes; the later answer in the mail is a no."""
    life = circle()
    life.meet(OFF, "Ann Archer", "Lunch at Paul's", "2026-11-17 12:00", CAFE)
    life.mail("Ann Archer", "Declined: Lunch at Paul's @ Tue 17 Nov 2026", "2026-11-16 09:00", marks=("invitation",))
    assert life.misjudged(tmp_path) == {}


def test_a_counterproposal_is_no_yes(tmp_path: Path) -> None:
    """Whoever proposes another time has not agreed to this one."""
    life = circle()
    (_, ben, *_) = life.friends
    planned = life.event("Planning", "2026-11-04 10:00", {ben: "needs-action"}, "Room 2")
    mail = life.mail(ben, "New time proposed: Planning", "2026-11-03 09:00", marks=("invitation",))
    life.event(
        "Planning",
        "2026-11-04 14:00",
        {ben: "tentative"},
        "Room 2",
        uid=planned.uid,
        method="COUNTER",
        message_key=mail,
        event_key=planned.event_key,
        original_start=planned.original_start,
    )
    (row,) = life.judged(tmp_path).values()
    assert row.verdict == UNKNOWN
    assert row.reasons[0] == "They proposed another time, and nothing shows that it was taken."


def test_a_meeting_entered_twice_is_one(tmp_path: Path) -> None:
    """The invitation and a copy by hand in the private calendar are one dinner; the one with guests is kept."""
    life = circle()
    life.meet(HELD, "Ann Archer", "Dinner with Ann", "2026-11-03 19:00", "Bistro Paul")
    life.event("Ann - dinner", "2026-11-03 19:00", None, "Bistro", calendar="Home")
    assert life.misjudged(tmp_path) == {}


def test_one_sits_in_one_meeting_at_a_time(tmp_path: Path) -> None:
    """Of two meetings at the same time, the one that was never answered was not held."""
    life = circle()
    life.meet(HELD, "Ann Archer", "Board", "2026-11-06 10:00", "Board room, 5 High Street")
    life.meet(OFF, "Ben Baker", "Sync Ben", "2026-11-06 10:15", "Room 9", "needs-action")
    assert life.misjudged(tmp_path) == {}


def test_leave_empties_work_and_not_private_life(tmp_path: Path) -> None:
    """On leave one meets no colleague, but a friend in the evening, and whom one asked during the leave."""
    life = circle()
    life.event("Annual leave", "2026-11-09", days=5)
    for day in range(2, 6):  # the calendar is one of working days with guests
        life.meet(HELD, "Ben Baker", f"Review {day}", f"2026-11-0{day} 10:00", "Room 1, 5 High Street")
    life.meet(OFF, "Ben Baker", "Weekly", "2026-11-10 10:00", "Room 1, 5 High Street", recurring=True)
    life.note(HELD, "Ann Archer", "Dinner with Ann", "2026-11-10 19:00", "Bistro Paul", calendar="Home")
    life.meet(HELD, "Cleo Carter", "Walk", "2026-11-12 14:00", "City park", created_at=life.micros("2026-11-11 09:00"))
    assert life.misjudged(tmp_path) == {}


def test_a_flight_cuts_a_trip(tmp_path: Path) -> None:
    """Coffee before the flight out is met, the weekly coffee during the trip is not, a lunch there is."""
    life = circle()
    life.event("Hotel Sacher, Vienna", "2026-11-10", place="Philharmonikerstr. 4, Vienna", days=3)
    life.event("Flight to Vienna OS230", "2026-11-10 11:00", place="Berlin BER", minutes=80)
    life.event("Flight to Berlin OS229", "2026-11-12 18:00", place="Vienna VIE", minutes=80)
    life.meet(HELD, "Ann Archer", "Coffee before flight", "2026-11-10 08:00", CAFE)
    life.meet(OFF, "Ben Baker", "Weekly coffee", "2026-11-11 08:00", CAFE, recurring=True)
    life.meet(HELD, "Cleo Carter", "Lunch", "2026-11-11 12:00", "Café Central, Herrengasse 14, Vienna")
    assert life.misjudged(tmp_path) == {}


def test_somebody_elses_absence_is_not_the_owners(tmp_path: Path) -> None:
    """“Ben on leave” in a team's calendar says that Ben was away; Ann was met all the same."""
    life = circle()
    life.event("Ben on leave", "2026-11-10", days=3, calendar="Team")
    life.meet(UNKNOWN, "Ben Baker", "Sync Ben", "2026-11-11 10:00", "Room 9")
    life.meet(HELD, "Ann Archer", "Sync Ann", "2026-11-11 14:00", "Room 9")
    assert life.misjudged(tmp_path) == {}


def test_a_recording_tells_that_a_call_was_held(tmp_path: Path) -> None:
    """Neither place nor link, but the recording of it arrived."""
    life = circle()
    ann, *_ = life.friends
    life.meet(LINE, "Ann Archer", "Ann sync", "2026-11-11 14:00")
    life.mail(
        ann._replace(address="no-reply@conference.example"),
        'Cloud recording of "Ann sync" is now available',
        "2026-11-11 15:20",
    )
    assert life.misjudged(tmp_path) == {}


def test_a_link_in_one_occurrence_alone_moves_it_to_the_screen(tmp_path: Path) -> None:
    """Every month at the restaurant, and in the storm by a link that only this month has."""
    life = circle()
    (ann, *_) = life.friends
    for day in ("02", "09", "16", "23"):
        storm = day == "16"
        text = "Storm! Today at https://whereby.com/table" if storm else ""
        life.event(
            f"Table {day}",
            f"2026-11-{day} 12:00",
            {ann: "accepted"},
            "Trattoria Roma",
            uid="table",
            text=text,
            recurring=True,
        )
        life.truth["Ann Archer", f"Table {day}"] = LINE if storm else HELD
    assert life.misjudged(tmp_path) == {}


def test_a_dinner_over_midnight_was_held(tmp_path: Path) -> None:
    """It begins on one day and ends on the next; it is met when it has ended."""
    life = circle()
    life.meet(HELD, "Cleo Carter", "Late dinner", "2026-11-28 22:00", "Trattoria Roma")
    life.end = "2026-11-28 22:30"
    assert verdicts(life, tmp_path) == {("Cleo Carter", "Late dinner"): "upcoming"}


def test_an_entry_made_later_for_later_is_not_known(tmp_path: Path) -> None:
    """As of a moment, an entry that was made after it for a day after it does not exist."""
    life = circle()
    life.end = "2026-11-10"
    life.meet(None, "Ann Archer", "Lunch", "2026-11-20 12:00", CAFE, created_at=life.micros("2026-11-15 10:00"))
    assert life.misjudged(tmp_path) == {}
