"""Each piece of evidence by itself, and how all of them make a verdict."""

import pytest

from pipelines.rules import (
    meeting_answers,
    meeting_days,
    meeting_learning,
    meeting_rooms,
    meetings,
    places,
    whereabouts,
)
from pipelines.rules.meeting_facts import DAY, Absence, Evidence, Guest, Habits, Names, Occasion
from pipelines.rules.meeting_habits import habits
from pipelines.rules.meeting_learning import Word
from pipelines.rules.meeting_twins import twins

NOON = 20_000 * DAY + 12 * 3_600  # on a Wednesday... the day's number is what matters
USUAL = Habits(*[frozenset[str]()] * 7)
ANN = Guest("ann", "accepted", organizes=False, known_by="address")


def occasion(title: str = "Sync", place: str = "", **changes: "str | int | bool | None") -> Occasion:
    """An hour at noon with one contact, set up and accepted by the owner."""
    made = Occasion(
        key="a/1",
        uid="a",
        starts=NOON,
        ends=NOON + 3_600,
        local_start=NOON,
        local_end=NOON + 3_600,
        all_day=False,
        title=title,
        location=place,
        status="confirmed",
        transparent=False,
        kind="default",
        recurring=False,
        created=NOON - 9 * DAY,
        modified=None,
        calendars=("Work",),
        organizer="dana@example.org",
        abroad=False,
        size=2,
        owner_status="accepted",
        owner_listed=True,
        owner_organizes=True,
        room="",
        place=places.read(title, place, "", ()),
    )
    return made._replace(**changes)  # type: ignore[arg-type]  # a test's own names


def held(found: list[Evidence]) -> float:
    """The log-odds, all together, that they met."""
    return sum(one.held for one in found)


def test_cancelled_declined_and_past() -> None:
    """Each of them makes it no meeting, whatever else speaks for it."""
    place = "Café Nero, 12 High Street"
    for one, guest in (
        (occasion(place=place, status="cancelled"), ANN),
        (occasion(title="Abgesagt: Sync", place=place), ANN),
        (occasion(place=place, owner_status="declined"), ANN),
        (occasion(place=place), ANN._replace(status="declined")),
    ):
        found = meeting_answers.evidence(one, guest, USUAL) + meeting_rooms.evidence(one, USUAL, only_here=False)
        verdict = meetings.judge(one, guest, found, "", NOON + DAY)
        assert (verdict.verdict, verdict.probability < 0.05) == ("did_not_meet", True)


def test_before_its_end_it_is_still_to_come() -> None:
    """A meeting counts when it has ended."""
    assert meetings.judge(occasion(), ANN, [], "", NOON + 1_800).verdict == "upcoming"


def test_nothing_known_is_unknown() -> None:
    """Accepted, without a place, a link or a word: nobody can tell whether in one room."""
    verdict = meetings.judge(occasion(), ANN, meeting_answers.evidence(occasion(), ANN, USUAL), "", NOON + DAY)
    assert (verdict.verdict, verdict.reasons[0].text) == ("unknown", "Nothing says where, or whether, it took place.")


def test_the_strongest_reason_for_the_verdict_comes_first() -> None:
    """Evidence against it stands behind."""
    found = [
        Evidence("They accepted.", 0.8, 0.0, "answer"),
        Evidence("It has a conference link.", 0.0, -1.0, "link"),
        Evidence("Its place is “Café”.", 0.0, 3.4, "place"),
    ]
    verdict = meetings.judge(occasion(), ANN, found, "", NOON + DAY)
    assert verdict.verdict == "met_in_person"
    assert [reason.text for reason in verdict.reasons] == [
        "Its place is “Café”.",
        "They accepted.",
        "It has a conference link.",
    ]


@pytest.mark.parametrize(
    ("changed", "less"),
    [
        (occasion(status="tentative"), True),
        (occasion("Lunch?"), True),
        (occasion("HOLD lunch"), True),
        (occasion(created=NOON + DAY), False),
    ],
)
def test_what_the_entry_itself_says(changed: Occasion, less: bool) -> None:
    """Tentative, a question mark, a hold speak against it; written down afterwards speaks for it."""
    found = held(meeting_answers.evidence(changed, ANN, USUAL))
    usual = held(meeting_answers.evidence(occasion(), ANN, USUAL))
    assert (found < usual) == less
    assert found != usual


def test_two_who_say_perhaps_share_a_doubt() -> None:
    """Both answered “perhaps” to a call: it can't be told, no more than where one of them did."""
    call = occasion(place="https://zoom.us/j/5", owner_status="tentative")
    found = meeting_answers.evidence(call, ANN._replace(status="tentative"), USUAL)
    assert meetings.judge(call, ANN, found, "", NOON + DAY).verdict == "unknown"


def test_a_series_accepted_long_ago_says_nothing_of_a_day_in_bed() -> None:
    """Ill, and the weekly call of many was not held with the owner."""
    ill = Absence("ill", NOON - 12 * 3_600, NOON + 12 * 3_600, "Flu", None, ("Home",), frozenset())
    weekly = occasion(place="https://zoom.us/j/5", recurring=True)
    found = meeting_answers.evidence(weekly, ANN, USUAL) + meeting_days.evidence(weekly, [ill], USUAL)
    assert meetings.judge(weekly, ANN, found, "", NOON + DAY).verdict == "did_not_meet"


def test_a_booked_room_speaks_for_the_room() -> None:
    """Its answer is evidence, either way."""
    rooms = {
        answer: sum(
            one.room for one in meeting_rooms.evidence(occasion(place="Room 4", room=answer), USUAL, only_here=False)
        )
        for answer in ("accepted", "", "declined")
    }
    assert rooms["accepted"] > rooms[""] > rooms["declined"]


def test_a_link_says_little_where_every_invitation_has_one() -> None:
    """Lunch at a restaurant, with the link that this firm's program adds to everything."""
    lunch = occasion("Lunch", "Bistro Paul, 3 Hill Road")._replace(
        place=places.read("Lunch", "Bistro Paul", "https://zoom.us/j/1", ())
    )
    firm = Habits(frozenset({"example.org"}), *[frozenset[str]()] * 6)
    usual, unusual = (
        sum(one.room for one in meeting_rooms.evidence(lunch, known, only_here=False)) for known in (firm, USUAL)
    )
    assert usual > unusual > 0


@pytest.mark.parametrize(
    ("title", "whole", "kind"),
    [
        ("SICK - flu", True, "ill"),
        ("Urlaub", True, "leave"),
        ("年次有給休暇", True, "leave"),
        ("Homeoffice", True, "home"),
        ("Hotel Griffon", True, "trip"),
        ("Flight to Rome", False, "flight"),
        ("HND→FUK", False, "flight"),
        ("ICE 578 nach Hamburg", False, "flight"),
        ("EI 602 Dublin - Amsterdam", False, "flight"),
        ("TP1326 Lisboa-Londres (Ann)", False, "flight"),
        ("Q2 2026 Rome - budget", False, None),
        ("A/L - Kerry", True, "leave"),
        ("Ice cream", False, None),
        ("Ella ill", True, None),
        ("Urlaub Thomas", True, None),
        ("Dentist", False, None),
    ],
)
def test_where_the_owner_is(title: str, whole: bool, kind: str | None) -> None:
    """What an entry without guests says of the owner's day; other people's days are not the owner's."""
    names = frozenset({"ella", "thomas"})
    span = (NOON, NOON + (DAY if whole else 2 * 3_600))
    found = whereabouts.absence(title, "", "default", span, whole, None, ("Work",), Names(names))
    assert (found.kind if found else None) == kind


@pytest.mark.parametrize(
    ("title", "days", "kind"),
    [
        ("Lisbon", 4, "trip"),
        ("Kraków (workshop)", 3, "trip"),
        ("Lisbon", 1, None),
        ("Sofia", 3, None),
        ("Review", 3, None),
    ],
)
def test_days_under_a_town_s_name_are_a_trip(title: str, days: int, kind: str | None) -> None:
    """Who notes a town over several days is there; a single day may be where one works, and a name may be a person's."""
    span = (NOON, NOON + days * DAY)
    found = whereabouts.absence(title, "", "default", span, True, None, ("Work",), Names(frozenset({"sofia"})))
    assert (found.kind if found else None) == kind


def test_two_flights_make_a_trip() -> None:
    """What lies between the flight out and the flight back is spent there; what lies between two trips is not."""
    flights = [
        Absence("flight", NOON + day * DAY, NOON + day * DAY + 7_200, f"Flight {day}", None, (), frozenset())
        for day in (0, 3, 9, 11)
    ]
    trips = [(one.starts - NOON, one.ends - NOON) for one in whereabouts.journeys(flights) if one.kind == "trip"]
    assert trips == [(7_200, 3 * DAY), (9 * DAY + 7_200, 11 * DAY)]


def test_of_two_at_a_time_the_surer_one_was_held() -> None:
    """The weaker one loses most; meetings that only touch don't clash."""
    one, other = occasion(), occasion("Board", uid="b")
    weak, strong = (meeting_days.clash(one, other, *odds) for odds in ((2.0, -1.0), (-1.0, 2.0)))
    assert weak is not None
    assert weak.held < -1
    assert strong is None
    later = other._replace(starts=one.ends, ends=one.ends + 3_600)
    assert meeting_days.clash(one, later, 3.0, 0.0) is None


def test_twins() -> None:
    """The same time under two UIDs is one meeting: the entry that knows more is kept; another day is another meeting."""
    title = ANN._replace(known_by="title", status="")
    rows = [
        (occasion("Dinner Ann", uid="copy", size=1), title),
        (occasion("Dinner", "Bistro Paul"), ANN),
        (occasion("Dinner", uid="next")._replace(starts=NOON + DAY), ANN),
    ]
    assert twins(rows) == {0: 1}


def test_habits_need_some_entries() -> None:
    """Three entries are no habit, four are."""
    linked = occasion("Review", "Room 4")._replace(place=places.read("Review", "Room 4", "https://zoom.us/j/1", ()))
    answers = [("Work", True, 1, 0)]
    assert habits([linked] * 3, answers * 3, []).linked == frozenset()
    found = habits([linked] * 4, answers * 4, [])
    assert [set(one) for one in (found.linked, found.unanswered, found.listed)] == [{"example.org"}, {"Work"}, {"Work"}]


def test_learning_is_cautious() -> None:
    """One correction shifts a little, many shift more, and never beyond a bound."""
    link = (Evidence("It has a conference link.", 0.0, -3.4, "link"),)
    moved = [meeting_learning.shifts([Word("yes", 0.95, 0.05, link)] * count)["link"].room for count in (1, 3, 50)]
    assert 0 < moved[0] < moved[1] < moved[2] <= meeting_learning.MOST
    assert meeting_learning.shifts([Word("remote", 0.95, 0.03, link)])["link"].room < 0.1


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Skiurlaub", "leave"),
        ("Freizeitausgleich", "leave"),
        ("Kind-krank-Tag", "ill"),
        ("Fortbildung Bremen", "trip"),
        ("Kick-off Projekt", None),
        ("Urlaubsplanung", None),
    ],
)
def test_words_for_days_off_are_whole_words(title: str, kind: str | None) -> None:
    """Leave in its many compounds; what only begins or ends like it is none."""
    found = whereabouts.absence(title, "", "default", (NOON, NOON + DAY), True, None, ("Work",), Names())
    assert (found.kind if found else None) == kind


def test_a_journey_home_begins_no_trip() -> None:
    """Between the journey home and the next one out the owner is at home."""
    flights = [
        Absence("flight", NOON + day * DAY, NOON + day * DAY + 7_200, title, None, (), frozenset())
        for day, title in ((0, "Rückflug"), (5, "Flug nach Rom"))
    ]
    assert not [one for one in whereabouts.journeys(flights) if one.kind == "trip"]


def test_an_unnamed_calendar_is_no_private_one() -> None:
    """A file that names no calendar: in working hours, with a guest, leave empties it as it does a calendar of work."""
    at_work = USUAL._replace(working=frozenset({"Work"}))
    guests = occasion("Review")._replace(calendars=(), size=2)
    assert not meeting_days.private(guests, at_work)
    assert meeting_days.private(guests._replace(calendars=("Family",)), at_work)
    assert meeting_days.private(guests._replace(size=1), at_work)


@pytest.mark.parametrize(
    ("title", "kind"),
    [("Vol AF 1234", "flight"), ("Vol Paris-Rome", "flight"), ("Agenda is vol", None), ("Parking lot cleaning", None)],
)
def test_a_flight_in_one_language_is_something_else_in_another(title: str, kind: str | None) -> None:
    """A short word alone makes no journey."""
    found = whereabouts.absence(title, "", "default", (NOON, NOON + 7_200), False, None, ("Work",), Names())
    assert (found.kind if found else None) == kind


def test_the_probability_is_surer_than_its_weights_add_up_to() -> None:
    """It is sharpened around one half, for the number alone: the verdict goes by the weights themselves."""
    told = {number: meetings.stated(number) for number in (0.0, 0.1, 0.5, 0.85, 1.0)}
    assert told == {0.0: 0.0, 0.1: 0.0544, 0.5: 0.5, 0.85: 0.9051, 1.0: 1.0}


@pytest.mark.parametrize(
    ("title", "cancelled", "doubted"),
    [
        ("❌ Lunch Ann", True, False),
        ("×中止 相談", True, False),
        ("[Cancelled] Lunch", True, False),
        ("Lunch (abgesagt)", True, False),
        ("annulé – Café Ann", True, False),
        ("Cancelled orders review", False, False),
        ("(postponed → June) Review", False, True),
        ("【延期】面談", False, True),
        ("Postponed claims: review", False, False),
        ("verschoben auf 17.7.: Kaffee Ann", False, True),
    ],
)
def test_marks_that_people_put_into_titles(title: str, cancelled: bool, doubted: bool) -> None:
    """By hand, before or after the title; the same word within it is what the meeting is about."""
    one = occasion(title, "Café Nero, 12 High Street")
    found = meeting_answers.evidence(one, ANN, USUAL)
    assert (meeting_answers.cancelled(one), any("Its title says" in each.text for each in found)) == (
        cancelled,
        doubted,
    )


def test_a_colleagues_leave_in_the_firms_calendar_is_nobodys_here() -> None:
    """山田 有給 is Yamada's; 夏季 休業 and the owner's own are the owner's."""
    span, owner = (NOON, NOON + DAY), Names(owner=frozenset({"中村"}))
    titles = ("山田 有給", "中村 有給", "夏季 休業", "有給")
    kinds = [whereabouts.absence(title, "", "default", span, True, None, ("Work",), owner) for title in titles]
    assert [one.kind if one else None for one in kinds] == [None, "leave", "leave", "leave"]


def test_a_holiday_on_skis_takes_one_away_from_private_life_too() -> None:
    """On leave at home one has breakfast with a friend; on skis one does not."""
    saturday = (NOON // DAY + 3 + 2) % 7  # so many days after a Monday
    weekend = occasion("Breakfast", "Café Nero, 12 High Street", created=NOON - 300 * DAY)
    weekend = weekend._replace(local_start=NOON + (5 - saturday) * DAY + 2 * DAY)
    assert meeting_days.private(weekend, USUAL)
    said = []
    for title in ("Skiing", "Annual leave"):
        absent = whereabouts.absence(title, "", "default", (NOON - DAY, NOON + 6 * DAY), True, NOON, ("Home",), Names())
        assert absent is not None
        said.append(sum(one.held for one in meeting_days.evidence(weekend, [absent], USUAL)))
    assert said[0] < -4 < said[1]
