"""What an event of Google Calendar says, as an Event."""

import datetime as dt

import pytest

from connectors.calendar_google import Agenda, NoTime, cancelled, read_event
from connectors.google_json import Json
from connectors.records import Attendee, Event, Micros

AGENDA = Agenda("dana@example.org", "Dana", "Europe/Berlin", "dana@example.org")
SIMPLE: Json = {
    "id": "abc",
    "iCalUID": "abc@google.com",
    "status": "confirmed",
    "summary": "Coffee",
    "start": {"dateTime": "2026-03-04T15:00:00+01:00", "timeZone": "Europe/Berlin"},
    "end": {"dateTime": "2026-03-04T16:00:00+01:00", "timeZone": "Europe/Berlin"},
}


def at(text: str) -> Micros:
    return int(dt.datetime.fromisoformat(text).timestamp()) * 1_000_000


def read(**more: object) -> Event:
    return read_event({**SIMPLE, **more}, AGENDA)


def test_an_occurrence_of_a_series_is_read_whole() -> None:
    """A moved occurrence keeps the key of its original time; guests come with their answers, the owner's own too."""
    event = read(
        id="abc_20260304T140000Z",
        description="Bring <b>books</b><br>and <a href='https://example.org/x'>this</a>",
        location="Kiel-2-Ada (8), Café Central",
        recurringEventId="abc",
        originalStartTime={"dateTime": "2026-03-03T15:00:00+01:00", "timeZone": "Europe/Berlin"},
        organizer={"email": "Anna@EXAMPLE.org", "displayName": "Anna Abel"},
        attendees=[
            {"email": "d.reyes@example.net", "self": True, "responseStatus": "accepted"},
            {"email": "anna@example.org", "displayName": "Anna Abel", "responseStatus": "declined", "organizer": True},
            {"email": "ben@example.org", "responseStatus": "needsAction", "optional": True},
            {
                "email": "x1@resource.calendar.google.com",
                "displayName": "Kiel-2-Ada (8)",
                "resource": True,
                "responseStatus": "accepted",
            },
            {"email": "x2@resource.calendar.google.com", "displayName": "Projector", "resource": True},
            {"email": "team@group.calendar.google.com", "responseStatus": "tentative"},
        ],
        attendeesOmitted=True,
        hangoutLink="https://meet.google.com/aaa",
        conferenceData={
            "entryPoints": [
                {"entryPointType": "video", "uri": "https://meet.google.com/aaa"},
                {"entryPointType": "phone", "uri": "tel:+49-30-555-0100"},
                {"entryPointType": "more", "uri": "https://tel.meet/aaa"},
            ]
        },
        visibility="private",
        transparency="transparent",
        created="2026-02-01T08:00:00.000Z",
        updated="2026-02-02T08:00:00.000Z",
    )
    assert event == Event(
        place="dana@example.org",
        key="abc_20260304T140000Z",
        event_key="abc@google.com/2026-03-03T14:00:00Z",
        uid="abc@google.com",
        original_start=at("2026-03-03T14:00:00+00:00"),
        starts_at=at("2026-03-04T14:00:00+00:00"),
        ends_at=at("2026-03-04T15:00:00+00:00"),
        all_day=False,
        timezone="Europe/Berlin",
        title="Coffee",
        description="Bring books\nand https://example.org/x this",
        location="Kiel-2-Ada (8), Café Central",
        status="confirmed",
        transparent=True,
        private=True,
        organizer="Anna@example.org",
        organizer_name="Anna Abel",
        attendees=(
            Attendee("dana@example.org", "", "accepted", "individual", False),
            Attendee("anna@example.org", "Anna Abel", "declined", "individual", False),
            Attendee("ben@example.org", "", "needs-action", "individual", True),
            Attendee("x1@resource.calendar.google.com", "Kiel-2-Ada (8)", "accepted", "room", False),
            Attendee("x2@resource.calendar.google.com", "Projector", "needs-action", "resource", False),
            Attendee("team@group.calendar.google.com", "", "tentative", "group", False),
        ),
        links=("https://meet.google.com/aaa", "tel:+49-30-555-0100"),
        categories=(),
        kind="default",
        recurring=True,
        created_at=at("2026-02-01T08:00:00+00:00"),
        modified_at=at("2026-02-02T08:00:00+00:00"),
        calendar="Dana",
        method=None,
        message_key=None,
        note="guests left out",
    )


def test_a_whole_day_is_the_calendars() -> None:
    """It begins at midnight where the calendar is at home, and ends at the next one, clocks changed or not."""
    event = read(start={"date": "2026-03-29"}, end={"date": "2026-03-30"})
    assert (event.all_day, event.timezone) == (True, "Europe/Berlin")
    assert (event.starts_at, event.ends_at) == (at("2026-03-28T23:00:00+00:00"), at("2026-03-29T22:00:00+00:00"))
    assert event.event_key == "abc@google.com/2026-03-28T23:00:00Z"


@pytest.mark.parametrize(
    ("more", "kind", "location"),
    [
        ({"eventType": "outOfOffice"}, "out_of_office", ""),
        ({"eventType": "focusTime"}, "focus_time", ""),
        ({"eventType": "birthday"}, "birthday", ""),
        ({"eventType": "fromGmail", "location": "Kiel"}, "default", "Kiel"),
        (
            {"eventType": "workingLocation", "workingLocationProperties": {"type": "homeOffice", "homeOffice": {}}},
            "working_location",
            "home",
        ),
        (
            {
                "eventType": "workingLocation",
                "workingLocationProperties": {"type": "officeLocation", "officeLocation": {"label": "Kiel"}},
            },
            "working_location",
            "Kiel",
        ),
    ],
)
def test_kinds(more: Json, kind: str, location: str) -> None:
    """What Google tells of an entry's kind is kept; where one works is a place."""
    event = read(**more)
    assert (event.kind, event.location) == (kind, location)


def test_the_guest_of_anothers_calendar_is_not_the_owner() -> None:
    """In a colleague's calendar, `self` is the colleague; in the owner's own it is the owner, by whatever address."""
    ben = {"email": "ben@example.org", "self": True}
    told = {**SIMPLE, "organizer": ben, "attendees": [{**ben, "responseStatus": "accepted"}]}
    for own, expected in (("", "ben@example.org"), ("dana@example.org", "dana@example.org")):
        event = read_event(told, AGENDA._replace(own=own))
        assert (event.organizer, [guest.address for guest in event.attendees]) == (expected, [expected])


def test_a_cancelled_occurrence_is_like_its_siblings() -> None:
    """Google tells only which occurrence was taken out of its series; guests and title are the series'."""
    sibling = {
        **SIMPLE,
        "id": "abc_20260304T140000Z",
        "recurringEventId": "abc",
        "originalStartTime": SIMPLE["start"],
        "updated": "2026-02-02T08:00:00.000Z",
        "attendees": [{"email": "anna@example.org", "responseStatus": "accepted"}],
    }
    bare = {
        "id": "abc_20260311T140000Z",
        "status": "cancelled",
        "recurringEventId": "abc",
        "originalStartTime": {"dateTime": "2026-03-11T15:00:00+01:00", "timeZone": "Europe/Berlin"},
    }
    event = cancelled(bare, sibling, AGENDA)
    assert (event.key, event.event_key, event.status, event.note, event.modified_at) == (
        "abc_20260311T140000Z",
        "abc@google.com/2026-03-11T14:00:00Z",
        "cancelled",
        "exdate",
        None,
    )
    assert (event.starts_at, event.ends_at) == (at("2026-03-11T14:00:00+00:00"), at("2026-03-11T15:00:00+00:00"))
    assert event.attendees == (Attendee("anna@example.org", "", "accepted", "individual", False),)


@pytest.mark.parametrize("start", [{}, {"dateTime": "soon"}, {"date": "2026-02-30"}, {"dateTime": 7}])
def test_an_event_without_a_time_is_refused(start: Json) -> None:
    """No time is made up."""
    with pytest.raises(NoTime):
        read(start=start)
