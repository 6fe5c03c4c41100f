"""Meetings of which a calendar leaves out the half: answers that it never shows, links that it adds to everything, copies."""

from pathlib import Path

import pytest

from tests.steps.lives import HELD, LINE, OFF, UNKNOWN, Friend, Life

CAFE = "Café Nero, 12 High Street"
LINK = "Join: https://meet.example.org/abc https://teams.microsoft.com/l/meetup-join/19"


def circle() -> Life:
    """An owner with five contacts."""
    life = Life()
    for name in ("Ann Archer", "Ben Baker", "Cleo Carter", "Dan Dorsey", "Eve Elder"):
        life.friend(name)
    return life


def linked(life: Life) -> Life:
    """Their calendar program adds a link to each entry, also where people come."""
    for day in range(2, 7):
        life.meet(HELD, "Eve Elder", f"Site visit {day}", f"2026-11-0{day} 08:00", f"{day} Mill Lane, Leeds", text=LINK)
    return life


def test_answers_that_came_by_mail_say_nothing_of_those_that_did_not(tmp_path: Path) -> None:
    """Some calendars show no answers at all: that one guest's came by mail does not make the others silent."""
    life = circle()
    for day, one in enumerate(life.friends, 2):
        entry = life.event(f"Review {day}", f"2026-11-0{day} 10:00", {one: "needs-action"}, CAFE, listed=False)
        life.truth[one.name, f"Review {day}"] = HELD
        if day < 5:
            mail = life.mail(one, f"Accepted: Review {day}", "2026-11-01 09:00", marks=("invitation",))
            life.event(
                f"Review {day}", f"2026-11-0{day} 10:00", {one: "accepted"}, CAFE, uid=entry.uid, method="REPLY",
                message_key=mail, listed=False,
            )  # fmt: skip
    assert life.misjudged(tmp_path) == {}


def test_what_was_moved_stands_once(tmp_path: Path) -> None:
    """A saved invitation that was moved since is no second meeting; two entries of one file are two."""
    life = circle()
    moved = life.meet(HELD, "Ann Archer", "Closing", "2026-11-05 10:00", CAFE)
    old = life.event(
        "Closing, old", "2026-11-03 10:00", {life.friends[0]: "accepted"}, CAFE, uid=moved.uid, modified_at=1
    )
    life.events[-1] = old._replace(place="saved.ics", created_at=1)
    assert life.misjudged(tmp_path) == {}
    life.events[-1] = old._replace(place=moved.place, created_at=1)
    life.truth["Ann Archer", "Closing, old"] = HELD
    assert life.misjudged(tmp_path / "..") == {}


def test_who_accepts_after_proposing_another_time_comes(tmp_path: Path) -> None:
    """The last word of a guest counts."""
    life = circle()
    ann = life.friends[0]
    entry = life.event("Planning", "2026-11-04 10:00", {ann: "needs-action"}, CAFE)
    for number, (method, status) in enumerate((("COUNTER", "tentative"), ("REPLY", "accepted")), 1):
        mail = life.mail(ann, f"{method}: Planning", f"2026-11-0{number} 09:00", marks=("invitation",))
        life.event(
            "Planning", "2026-11-04 10:00", {ann: status}, CAFE, uid=entry.uid, method=method, message_key=mail,
            event_key=entry.event_key, original_start=entry.original_start,
        )  # fmt: skip
    life.truth["Ann Archer", "Planning"] = HELD
    assert life.misjudged(tmp_path) == {}


def test_a_link_that_stands_everywhere_takes_nobody_out_of_a_cafe(tmp_path: Path) -> None:
    """Away on a journey, the café was missed whatever link its entry has; a mail that one dials in says otherwise."""
    life = linked(circle())
    life.event("Vienna (fair)", "2026-11-16", days=3)
    life.meet(OFF, "Ann Archer", "Coffee Ann", "2026-11-17 10:00", CAFE, text=LINK, created_at=1)
    life.meet(LINE, "Ben Baker", "Steering group", "2026-11-18 14:00", "Baker & Co., 4 Long Row", text=LINK)
    life.mail("Ben Baker", "Steering group: I'll dial in from Vienna", "2026-11-18 09:00", out=True)
    assert life.misjudged(tmp_path) == {}


def test_a_booked_room_outweighs_a_link_that_stands_everywhere(tmp_path: Path) -> None:
    """The room was booked for those who come; a room that nobody booked leaves it open."""
    life = linked(circle())
    ann, ben, *_ = life.friends
    rooms: dict[Friend | str, str] = {"Room 4 <room4@resource.calendar.google.com>": "accepted"}
    life.event("Committee", "2026-11-10 14:00", {ann: "accepted", **rooms}, "Room 4", text=LINK)
    life.event("Budget", "2026-11-11 14:00", {ben: "accepted"}, "Room 5", text=LINK)
    life.truth |= {("Ann Archer", "Committee"): HELD, ("Ben Baker", "Budget"): UNKNOWN}
    assert life.misjudged(tmp_path) == {}


def test_friends_come_to_see_one_who_is_ill_for_long(tmp_path: Path) -> None:
    """A sick leave of weeks empties the working days, also of what was arranged before, and no weekends."""
    life = circle()
    for day in range(2, 7):
        life.meet(HELD, "Eve Elder", f"Review {day}", f"2026-11-0{day} 10:00", "Board room, 5 High Street")
    life.event("Sick leave", "2026-11-09", days=14)
    life.meet(OFF, "Ann Archer", "Call Ann", "2026-11-12 10:00", text=LINK)
    life.note(HELD, "Ben Baker", "Ben brings cake", "2026-11-14 15:00", calendar="Home")
    assert life.misjudged(tmp_path) == {}


def test_one_doubt_is_not_two(tmp_path: Path) -> None:
    """A title with a question mark, and a guest who says perhaps: nobody can tell."""
    life = circle()
    life.meet(UNKNOWN, "Ann Archer", "Ann A. ?", "2026-11-12 10:00", answer="tentative")
    assert life.misjudged(tmp_path) == {}


def test_a_strangers_invitation_that_lies_was_not_followed(tmp_path: Path) -> None:
    """The owner never answered it, and never wrote a word to whoever sent it."""
    life = circle()
    pushy = life.friend("Percy Pitcher", silent=True)
    for day, one in enumerate(life.friends[:4], 2):
        life.event(f"Sync {day}", f"2026-11-0{day} 10:00", {one: "accepted"}, text=LINK, host=one)
        life.truth[one.name, f"Sync {day}"] = LINE
    life.event("Pitch", "2026-11-12 10:00", {pushy: "accepted"}, text=LINK, host=pushy, mine="needs-action")
    life.truth[pushy.name, "Pitch"] = OFF
    assert life.misjudged(tmp_path) == {}


@pytest.mark.parametrize("asked", ["Can we push today's to Friday?", "Tomorrow I'm in Leeds all day, Thursday at 9?"])
def test_a_question_that_names_two_days_moves_from_one_to_the_other(tmp_path: Path, asked: str) -> None:
    """The meeting's own day, and another: it was not held on the first."""
    life = circle()
    life.meet(OFF, "Ann Archer", "Sync Ann", "2026-11-11 15:00", text=LINK)  # a Wednesday
    life.mail("Ann Archer", asked, "2026-11-11 08:00" if "today" in asked else "2026-11-10 18:00")
    assert life.misjudged(tmp_path) == {}


def test_one_lunch_in_two_calendars_does_not_clash_with_itself(tmp_path: Path) -> None:
    """The invitation names one of a couple, the copy by hand both."""
    life = circle()
    life.friend("Paul Novak")
    life.friend("Tess Novak")
    life.event(
        "Goulash at the Novaks'", "2026-11-14 12:00", {life.called("Paul Novak"): "accepted"}, "7 Mill Lane, Leeds"
    )
    life.event("Goulash Paul and Tess Novak", "2026-11-14 12:00", None, "at theirs", calendar="Home")
    found = {name: one.verdict for (name, _), one in life.judged(tmp_path).items()}
    assert found == {"Paul Novak": HELD, "Tess Novak": HELD}


def test_initials_and_numbers_name_people(tmp_path: Path) -> None:
    """By the initials of a double name, by a number that is on the card; a thing to do is no meeting."""
    life = circle()
    life.friend("Hans-Peter Muster", phone="+49 621 5550172", silent=True)
    life.truth["Hans-Peter Muster", "HP Muster anrufen"] = LINE
    life.event("HP Muster anrufen", "2026-11-10 10:00", None, "0621 555 01 72")
    life.note(None, "Ann Archer", "Call back Ann Archer", "2026-11-11 09:00")
    assert life.misjudged(tmp_path) == {}


def test_with_an_article_before_a_name(tmp_path: Path) -> None:
    """In Portuguese one plays tennis with *the* Ann; in Italian the same letter leads to a town."""
    life = circle()
    life.note(HELD, "Ann Archer", "Tênis com a Ann", "2026-11-14 09:00", "Club, 3 Park Road")
    assert life.misjudged(tmp_path) == {}


def test_somebody_else_comes_in_ones_place(tmp_path: Path) -> None:
    """Whoever is represented was not met, though they do meet at the office."""
    life = circle()
    life.meet(OFF, "Ann Archer", "Visit to the works", "2026-11-12 10:00", CAFE)
    life.mail("Ann Archer", "Tomorrow Carl comes to your office in my place", "2026-11-11 10:00")
    assert life.misjudged(tmp_path) == {}


def test_a_mail_that_names_hour_and_place_says_where(tmp_path: Path) -> None:
    """The entry has no place, the mail of the evening before has."""
    life = circle()
    life.meet(HELD, "Ann Archer", "Catch-up Ann", "2026-11-12 09:00")
    life.mail("Ann Archer", "Tomorrow 9 am, Café Nero", "2026-11-11 18:00")
    assert life.misjudged(tmp_path) == {}


def test_a_time_that_a_guest_proposed_is_agreed_once_the_entry_stands_there(tmp_path: Path) -> None:
    """The proposal came, the owner moved the entry, and nothing more was written."""
    life = circle()
    (_, ben, *_) = life.friends
    mail = life.mail(ben, "New time proposed: Planning", "2026-11-03 09:00", marks=("invitation",))
    moved = life.event("Planning", "2026-11-04 14:00", {ben: "needs-action"}, CAFE, created_at=1, modified_at=1)
    life.event(
        "Planning", "2026-11-04 14:00", {ben: "tentative"}, CAFE, uid=moved.uid, method="COUNTER", message_key=mail
    )
    (row,) = life.judged(tmp_path).values()
    assert "They proposed another time, and nothing shows that it was taken." not in row.reasons


def test_a_hat_that_was_forgotten_is_no_forgotten_meeting(tmp_path: Path) -> None:
    """Whoever left something behind was there; whoever asks where the other is was not met, wherever they sat."""
    life = circle()
    life.meet(HELD, "Ann Archer", "Walk Ann", "2026-11-12 09:00")
    life.mail("Ann Archer", "You forgot your hat in my car", "2026-11-12 20:00")
    life.meet(OFF, "Ben Baker", "Coffee Ben", "2026-11-13 09:00", CAFE)
    life.mail("Ben Baker", "I'm on the terrace, did we miss each other?", "2026-11-13 09:30")
    assert life.misjudged(tmp_path) == {}


def test_a_guest_who_dials_in_does_so_alone(tmp_path: Path) -> None:
    """He tells all that he joins from afar; the others sit in the room that was booked."""
    life = circle()
    ann, ben, *_ = life.friends
    rooms: dict[Friend | str, str] = {"Room 4 <room4@resource.calendar.google.com>": "accepted"}
    life.event("Committee", "2026-11-10 14:00", {ann: "accepted", ben: "accepted", **rooms}, "5 High Street, Leeds")
    life.mail(ben, "Committee today: I'll dial in from Vienna", "2026-11-10 09:00", also=(ann,))
    life.truth |= {("Ann Archer", "Committee"): HELD, ("Ben Baker", "Committee"): LINE}
    assert life.misjudged(tmp_path) == {}


def test_a_meeting_stands_where_a_question_moved_it_to(tmp_path: Path) -> None:
    """“Tomorrow's to Friday?” takes out tomorrow's and leaves Friday's."""
    life = circle()
    life.meet(OFF, "Ann Archer", "Sync Ann", "2026-11-11 15:00", text=LINK)  # a Wednesday
    life.meet(LINE, "Ann Archer", "Sync Ann, moved", "2026-11-13 15:00", text=LINK)
    life.mail("Ann Archer", "Can we move tomorrow's to Friday?", "2026-11-10 18:00")
    assert life.misjudged(tmp_path) == {}


def test_out_of_office_in_another_country_is_a_journey(tmp_path: Path) -> None:
    """One meets people there, and nobody at home; on leave one would meet neither."""
    life = circle()
    life.event("Portugal (Alpha)", "2026-11-16", days=4, kind="out_of_office", created_at=1)
    life.meet(OFF, "Ann Archer", "Coffee Ann", "2026-11-17 10:00", CAFE, created_at=0)
    life.meet(LINE, "Ben Baker", "Call Ben", "2026-11-18 10:00", text=LINK, created_at=0)
    assert life.misjudged(tmp_path) == {}


def test_the_beginning_of_a_given_name_stands_for_it_before_the_family_name(tmp_path: Path) -> None:
    """Maxi Beispiel is Maximiliane, though another contact is Maximilian."""
    life = circle()
    life.friend("Maximiliane Beispiel")
    life.friend("Maximilian Muster")
    life.note(HELD, "Maximiliane Beispiel", "Coffee Maxi Beispiel", "2026-11-14 10:00", CAFE)
    assert life.misjudged(tmp_path) == {}
