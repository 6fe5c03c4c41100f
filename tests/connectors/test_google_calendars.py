"""What the Google connector promises of calendars and contacts."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from connectors.errors import SourceError
from connectors.google_cursor import Progress
from connectors.records import Page
from tests.google_script import Reply, Script
from tests.google_world import USER, Account, Seed, server, signed_in, source

COFFEE: Seed = {
    "summary": "Coffee",
    "start": "2026-03-04T15:00:00+01:00",
    "end": "2026-03-04T16:00:00+01:00",
    "attendees": [{"email": "anna@example.org", "responseStatus": "accepted"}],
    "location": "Café Central",
}
WEEKLY: Seed = {
    "summary": "Weekly",
    "start": "2026-10-20T09:00:00+02:00",
    "end": "2026-10-20T09:30:00+02:00",
    "timeZone": "Europe/Berlin",
    "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3"],
    "attendees": [{"email": "anna@example.org"}],
}
ANNA: Seed = {"name": "Anna Abel", "email": "anna@example.org", "organization": "Abel Ltd", "title": "Founder"}
BEN: Seed = {"name": "Ben Berg", "email": "ben@example.org"}
LIST = "/calendar/v3/users/me/calendarList"
EVENTS = "/calendar/v3/calendars/c1/events"
PEOPLE = "/v1/people/me/connections"


@pytest.fixture
def script() -> Iterator[Script]:
    with Script() as running:
        yield running


def pull(known: Account, cursor: str | None = None, /, **settings: object) -> list[Page]:
    """All pages of a pull without mail."""
    return list(source(known.root, signed_in(known.token), mail=False, **settings).pull(cursor))


def scripted(script: Script, cursor: str | None = None, /, **settings: object) -> list[Page]:
    """All pages of a pull from the script, of calendars alone unless the settings say otherwise."""
    asked = {"mail": False, "contacts": False, **settings}
    return list(source(script.root, signed_in("word"), **asked).pull(cursor))


def entry(key: str, **more: object) -> dict[str, object]:
    """A calendar in the list of calendars."""
    return {"id": key, "summary": key, "timeZone": "Europe/Berlin", "selected": True, "accessRole": "owner", **more}


def event(key: str, day: int, **more: object) -> dict[str, object]:
    """An event in March 2026, in the afternoon."""
    return {
        "id": key,
        "iCalUID": f"{key.partition('_')[0]}@google.com",
        "status": "confirmed",
        "summary": f"event {key}",
        "start": {"dateTime": f"2026-03-{day:02d}T14:00:00Z"},
        "end": {"dateTime": f"2026-03-{day:02d}T15:00:00Z"},
        **more,
    }


def occurrence(series: str, day: int, **more: object) -> dict[str, object]:
    """An occurrence of a series."""
    start = {"dateTime": f"2026-03-{day:02d}T14:00:00Z"}
    key = f"{series}_202603{day:02d}T140000Z"
    return event(key, day, recurringEventId=series, originalStartTime=start, **more)


def bare(series: str, day: int) -> dict[str, object]:
    """All that Google tells of an occurrence that was taken out of its series."""
    whole = occurrence(series, day, status="cancelled")
    return {name: whole[name] for name in ("id", "status", "recurringEventId", "originalStartTime")}


def titles(pages: list[Page]) -> dict[str, str]:
    """The events' states by key."""
    return {event.key: event.status for page in pages for event in page.events}


def test_a_calendar_is_read_with_its_series_expanded() -> None:
    """Each occurrence is one for itself, at its time by the clock, across the change of the clocks."""
    pages = pull(server().account([], [COFFEE, WEEKLY], []), contacts=False)
    found = {event.event_key.partition("/")[2]: event.title for page in pages for event in page.events}
    assert found == {
        "2026-03-04T14:00:00Z": "Coffee",
        "2026-10-20T07:00:00Z": "Weekly",
        "2026-10-27T08:00:00Z": "Weekly",
        "2026-11-03T08:00:00Z": "Weekly",
    }
    [coffee] = [event for page in pages for event in page.events if event.title == "Coffee"]
    assert [(guest.address, guest.status) for guest in coffee.attendees] == [
        (USER, "accepted"),
        ("anna@example.org", "accepted"),
    ]


def test_a_second_pull_asks_little_and_brings_nothing() -> None:
    """Where nothing has happened, one call for each list says so."""
    known = server().account([], [COFFEE], [ANNA])
    cursor = pull(known)[-1].cursor
    before = known.calls()
    again = pull(known, cursor)
    assert [page._replace(cursor="") for page in again] == [Page("")]
    assert known.calls() - before == 3


def test_new_and_deleted_events_arrive() -> None:
    """An event made since is read; one deleted since is taken out."""
    known = server().account([], [COFFEE], [])
    first = pull(known, contacts=False)
    [key] = titles(first)
    made = known.calendar(
        "POST",
        "/calendars/primary/events",
        {
            "summary": "Lunch",
            "start": {"dateTime": "2026-11-24T12:00:00Z"},
            "end": {"dateTime": "2026-11-24T13:00:00Z"},
        },
    )
    known.calendar("DELETE", f"/calendars/primary/events/{key}")
    second = pull(known, first[-1].cursor, contacts=False)
    assert titles(second) == {str(made["id"]): "confirmed"}
    assert [gone for page in second for gone in page.removed] == [(USER, key)]


def test_a_token_that_ran_out_means_the_whole_calendar_once() -> None:
    """Google says 410: the calendar is read anew, and replaces what was read of it."""
    known = server().account([], [COFFEE, WEEKLY], [])
    first = pull(known, contacts=False)
    progress = Progress.read(first[-1].cursor)
    progress.calendars[USER] = progress.calendars[USER]._replace(token="CPDnonsense")
    [again, last] = pull(known, progress.write(), contacts=False)
    assert (again.emptied, titles([again])) == ((USER,), titles(first))
    assert last.events == []


def test_contacts_come_with_who_was_deleted() -> None:
    """Without a sync token, the list as a whole replaces the one before, if it is another."""
    known = server().account([], [], [ANNA, BEN])
    first = pull(known, calendar=False)
    cards = {card.name: card for page in first for card in page.cards}
    assert sorted(cards) == ["Anna Abel", "Ben Berg"]
    assert (cards["Anna Abel"].organization, cards["Anna Abel"].title) == ("Abel Ltd", "Founder")
    known.people("DELETE", f"/{cards['Ben Berg'].key}:deleteContact")
    [page, _] = pull(known, first[-1].cursor, calendar=False)
    assert (page.emptied, [card.name for card in page.cards]) == (("contacts",), ["Anna Abel"])


def test_addresses_that_google_noted_are_taken_only_if_wished() -> None:
    """Nobody becomes a contact for having been written to, unless the owner says so; taken back, they go."""
    mails: list[Seed] = [
        {"from": "Cleo <cleo@example.net>", "to": [USER], "subject": "x", "date": "2026-03-04T09:00:00Z"}
    ]
    known = server().account(mails, [], [ANNA])
    first = pull(known, calendar=False, other_contacts=True)
    assert {(card.place, card.form, card.emails) for page in first for card in page.cards} == {
        ("contacts", "google", ("anna@example.org",)),
        ("other contacts", "google_other", ("cleo@example.net",)),
    }
    [second, _] = pull(known, first[-1].cursor, calendar=False)
    assert (second.emptied, second.cards) == (("other contacts",), [])


def test_cancelled_occurrences_change_the_past(script: Script) -> None:
    """What was an event is told as cancelled, in full; what is gone without a trace is removed."""
    script.on(LIST, {"items": [entry("c1")]})
    script.on(
        EVENTS,
        {"items": [occurrence("weekly", 3), occurrence("weekly", 10), event("lunch", 5)], "nextSyncToken": "t1"},
        {"items": [bare("weekly", 10), {"id": "lunch", "status": "cancelled"}], "nextSyncToken": "t2"},
        {"items": [], "nextSyncToken": "t3"},
    )
    script.on(f"{EVENTS}/weekly", event("weekly", 3))
    first = scripted(script)
    second = scripted(script, first[-1].cursor)
    third = scripted(script, second[-1].cursor)
    assert titles(first) == dict.fromkeys(["weekly_20260303T140000Z", "weekly_20260310T140000Z", "lunch"], "confirmed")
    assert titles(second) == {"weekly_20260310T140000Z": "cancelled"}
    [gone] = [event for page in second for event in page.events]
    assert (gone.title, gone.event_key) == ("event weekly", "weekly@google.com/2026-03-10T14:00:00Z")
    assert [key for page in second for key in page.removed] == [("c1", "lunch")]
    assert [page._replace(cursor="") for page in third] == [Page("")]
    assert [asked.query.get("syncToken") for asked in script.asked if asked.path == EVENTS] == [None, "t1", "t2"]


def test_a_deleted_series_takes_all_its_occurrences_along(script: Script) -> None:
    """Their keys are their own, so the calendar is read anew."""
    script.on(LIST, {"items": [entry("c1")]})
    script.on(
        EVENTS,
        {"items": [occurrence("weekly", 3), event("lunch", 5)], "nextSyncToken": "t1"},
        {"items": [{"id": "weekly", "status": "cancelled"}], "nextSyncToken": "t2"},
        {"items": [event("lunch", 5)], "nextSyncToken": "t3"},
    )
    first = scripted(script)
    second = scripted(script, first[-1].cursor)
    assert [(page.emptied, titles([page])) for page in second] == [(("c1",), {"lunch": "confirmed"}), ((), {})]


def test_which_calendars_are_read(script: Script) -> None:
    """The owner's own and groups' that are shown, not holidays nor other people's; or those that are named; one that is
    gone is emptied."""
    group = "c2@group.calendar.google.com"
    others = [
        entry("hidden", selected=False),
        entry("de.german#holiday@group.v.calendar.google.com"),
        entry("busy@group.calendar.google.com", accessRole="freeBusyReader"),
        entry("ben@example.org", accessRole="writer"),
        entry(group, summary="Team", accessRole="reader"),
        entry(USER.upper(), accessRole="reader"),
    ]
    script.on(LIST, {"items": [entry("c1", primary=True, selected=False), *others]})
    for place in ("c1", group, "hidden", "ben@example.org", USER.upper()):
        away = event(f"{place} away", 4, eventType="outOfOffice")
        told = {"items": [event(place, 3), away], "nextSyncToken": "t"}
        script.on(f"/calendar/v3/calendars/{quote(place, safe='')}/events", told)
    shown = scripted(script)
    # who is away in a group's or another's calendar is not the owner
    assert sorted(titles(shown)) == [USER.upper(), f"{USER.upper()} away", "c1", "c1 away", group]
    named = scripted(script, shown[-1].cursor, calendars=["team", "hidden", "ben@example.org"])
    assert sorted(page.emptied for page in named if page.emptied) == [(USER.upper(),), ("c1",)]
    assert sorted(titles(named)) == ["ben@example.org", group, "hidden"]
    with pytest.raises(SourceError, match="There is no calendar “Choir” in this Google account"):
        scripted(script, calendars=["Choir", "primary"])


def test_people_who_changed_and_were_deleted_or_merged(script: Script) -> None:
    """With a sync token only they are asked for; when it has run out, all are."""
    person = {"resourceName": "people/c1", "names": [{"displayName": "Anna Abel"}]}
    merged = {**person, "metadata": {"previousResourceNames": ["people/c9"]}}
    deleted = {"resourceName": "people/c2", "metadata": {"deleted": True}}
    expired = {"error": {"code": 400, "message": "Sync token is expired.", "status": "FAILED_PRECONDITION"}}
    script.on(
        PEOPLE,
        {"connections": [person], "nextPageToken": "p"},
        {"connections": [{**person, "resourceName": "people/c2"}], "nextSyncToken": "t1"},
        {"connections": [merged, deleted], "nextSyncToken": "t2"},
        {"nextSyncToken": "t3"},
        Reply(expired, 400),
        {"connections": [person], "nextSyncToken": "t4"},
    )
    settings = {"calendar": False, "contacts": True}
    first = scripted(script, **settings)
    assert [card.key for page in first for card in page.cards] == ["people/c1", "people/c2"]
    second = scripted(script, first[-1].cursor, **settings)
    assert [card.key for page in second for card in page.cards] == ["people/c1"]
    assert [key for page in second for key in page.removed] == [("contacts", "people/c2"), ("contacts", "people/c9")]
    third = scripted(script, second[-1].cursor, **settings)
    assert [page._replace(cursor="") for page in third] == [Page("")]
    [fourth, _] = scripted(script, third[-1].cursor, **settings)
    assert (fourth.emptied, [card.key for card in fourth.cards]) == (("contacts",), ["people/c1"])
    assert [asked.query.get("syncToken") for asked in script.asked] == [None, None, "t1", "t2", "t3", None]
