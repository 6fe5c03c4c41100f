"""Each occurrence of a series stands for itself, with what was changed in it and taken out of it."""

import pytest

from tests.connectors.calendar_files import at, calendar, event, events, read, shown

WEEKLY = (
    "UID:s@example.org\nDTSTART;TZID=Europe/Berlin:20260303T090000\nDTEND;TZID=Europe/Berlin:20260303T100000\n"
    "SUMMARY:Jour fixe"
)


def starts(*entries: str) -> list[str]:
    """The starts that are not cancelled."""
    return [shown(told.starts_at) for told in events(*entries) if told.status != "cancelled"]


def test_a_series_keeps_its_clock_over_the_change_of_summer_time() -> None:
    """Nine o'clock stays nine o'clock."""
    assert starts(f"{WEEKLY}\nRRULE:FREQ=WEEKLY;COUNT=5") == [
        "2026-03-03T08:00",
        "2026-03-10T08:00",
        "2026-03-17T08:00",
        "2026-03-24T08:00",
        "2026-03-31T07:00",
    ]


@pytest.mark.parametrize(
    "excluded",
    [
        "EXDATE;TZID=Europe/Berlin:20260310T090000",
        "EXDATE:20260310T080000Z",
        "EXDATE:20260310T090000",
        "EXDATE;VALUE=DATE:20260310",
        "EXDATE;TZID=Europe/Berlin:20270101T090000,20260310T090000",
        "EXRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=2;UNTIL=20260310T090000",
    ],
)
def test_what_is_taken_out_of_a_series_is_given_as_cancelled(excluded: str) -> None:
    """EXDATE, however it is written, leaves a trace: the occurrence is cancelled and says why."""
    found = events(f"{WEEKLY}\nRRULE:FREQ=WEEKLY;COUNT=3\n{excluded}")
    noted = {shown(told.starts_at): (told.status, told.note) for told in found}
    assert noted["2026-03-10T08:00"] == ("cancelled", "exdate")
    assert noted["2026-03-17T08:00"] == ("confirmed", "")


def test_a_moved_occurrence_keeps_the_key_of_its_original_start() -> None:
    """The exception replaces the occurrence at its RECURRENCE-ID and stands at its new time."""
    moved = (
        "UID:s@example.org\nRECURRENCE-ID;TZID=Europe/Berlin:20260310T090000\nDTSTART;TZID=Europe/Berlin:20260311T150000\n"
        "DTEND;TZID=Europe/Berlin:20260311T153000\nSUMMARY:Moved"
    )
    found = events(moved, f"{WEEKLY}\nRRULE:FREQ=WEEKLY;COUNT=3")
    assert [(told.event_key, shown(told.starts_at), told.title, told.recurring) for told in found] == [
        ("s@example.org/2026-03-03T08:00:00Z", "2026-03-03T08:00", "Jour fixe", True),
        ("s@example.org/2026-03-10T08:00:00Z", "2026-03-11T14:00", "Moved", True),
        ("s@example.org/2026-03-17T08:00:00Z", "2026-03-17T08:00", "Jour fixe", True),
    ]


@pytest.mark.parametrize("written", [":20260310T080000Z", ";VALUE=DATE:20260310", ":20260310T090000"])
def test_an_exception_is_matched_by_its_instant(written: str) -> None:
    """UTC, a bare date or a time without zone name the same occurrence."""
    moved = f"UID:s@example.org\nRECURRENCE-ID{written}\nDTSTART;TZID=Europe/Berlin:20260311T090000\nSUMMARY:Moved"
    found = events(f"{WEEKLY}\nRRULE:FREQ=WEEKLY;COUNT=2", moved)
    assert [(told.title, shown(told.original_start)) for told in found] == [
        ("Jour fixe", "2026-03-03T08:00"),
        ("Moved", "2026-03-10T08:00"),
    ]


def test_an_exception_wins_over_an_exdate_at_its_instant() -> None:
    """Outlook writes both; the meeting took place as the exception says."""
    moved = "UID:s@example.org\nRECURRENCE-ID:20260310T080000Z\nDTSTART:20260310T100000Z\nSUMMARY:Moved"
    found = events(f"{WEEKLY}\nRRULE:FREQ=WEEKLY;COUNT=2\nEXDATE:20260310T080000Z", moved)
    assert [(told.title, told.status) for told in found] == [("Jour fixe", "confirmed"), ("Moved", "confirmed")]


def test_a_cancelled_occurrence_of_a_series_is_cancelled_alone() -> None:
    """STATUS:CANCELLED in an exception is of that one."""
    gone = "UID:s@example.org\nRECURRENCE-ID:20260310T080000Z\nDTSTART:20260310T080000Z\nSTATUS:CANCELLED"
    assert starts(f"{WEEKLY}\nRRULE:FREQ=WEEKLY;COUNT=3", gone) == ["2026-03-03T08:00", "2026-03-17T08:00"]


def test_this_and_future_changes_all_that_follow() -> None:
    """RANGE=THISANDFUTURE moves the rest of the series by the clock, and an exception of its own still stands."""
    later = (
        "UID:s@example.org\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20260310T090000\n"
        "DTSTART;TZID=Europe/Berlin:20260311T110000\nDTEND;TZID=Europe/Berlin:20260311T120000\nSUMMARY:Wednesdays"
    )
    gone = "UID:s@example.org\nRECURRENCE-ID:20260317T080000Z\nDTSTART:20260317T080000Z\nSTATUS:CANCELLED"
    found = events(f"{WEEKLY}\nRRULE:FREQ=WEEKLY;COUNT=5", later, gone)
    assert [(shown(told.original_start), shown(told.starts_at), told.status) for told in found] == [
        ("2026-03-03T08:00", "2026-03-03T08:00", "confirmed"),
        ("2026-03-10T08:00", "2026-03-11T10:00", "confirmed"),
        ("2026-03-17T08:00", "2026-03-17T08:00", "cancelled"),
        ("2026-03-24T08:00", "2026-03-25T10:00", "confirmed"),
        ("2026-03-31T07:00", "2026-04-01T09:00", "confirmed"),
    ]


def test_an_exception_without_its_series_stands_alone() -> None:
    """An invitation to one occurrence is read though nobody knows the series."""
    told = event("UID:s@example.org\nRECURRENCE-ID:20260310T080000Z\nDTSTART:20260310T100000Z")
    assert (told.event_key, told.recurring) == ("s@example.org/2026-03-10T08:00:00Z", True)


@pytest.mark.parametrize(
    ("rule", "last"),
    [
        ("UNTIL=20260317", "2026-03-17T08:00"),
        ("UNTIL=20260317T080000Z", "2026-03-17T08:00"),
        ("UNTIL=20260317T075959Z", "2026-03-10T08:00"),
        ("UNTIL=20260317T090000", "2026-03-17T08:00"),
        ("COUNT=3", "2026-03-17T08:00"),
    ],
)
def test_a_series_ends_where_it_says(rule: str, last: str) -> None:
    """UNTIL as a date, in local time or in UTC, and COUNT."""
    assert starts(f"{WEEKLY}\nRRULE:FREQ=WEEKLY;{rule}")[-1] == last


@pytest.mark.parametrize("until", ["20260305", "20260305T235959Z", "20260304T230000Z", "20260305T000000Z"])
def test_a_series_of_days_ends_on_its_last_day(until: str) -> None:
    """However UNTIL is written, the last day is in and the next is not."""
    found = events(f"UID:d\nDTSTART;VALUE=DATE:20260303\nRRULE:FREQ=DAILY;UNTIL={until}")
    assert [shown(told.starts_at) for told in found] == ["2026-03-02T23:00", "2026-03-03T23:00", "2026-03-04T23:00"]


def test_dates_can_be_added_one_by_one() -> None:
    """RDATE adds occurrences, as times and as periods with an end of their own."""
    found = events(
        f"{WEEKLY}\nRDATE:20260305T100000Z\nRDATE;VALUE=PERIOD:20260306T100000Z/PT2H,20260307T100000Z/20260307T103000Z"
    )
    assert [(shown(told.starts_at), shown(told.ends_at)) for told in found] == [
        ("2026-03-03T08:00", "2026-03-03T09:00"),
        ("2026-03-05T10:00", "2026-03-05T11:00"),
        ("2026-03-06T10:00", "2026-03-06T12:00"),
        ("2026-03-07T10:00", "2026-03-07T10:30"),
    ]


def test_only_series_are_bounded_by_the_window() -> None:
    """A series gives what touches the window; what stands in the file by itself is given wherever it lies."""
    data = calendar(
        "UID:s\nDTSTART:19950101T230000Z\nDURATION:PT2H\nRRULE:FREQ=DAILY", "UID:old\nDTSTART:19990101T100000Z"
    )
    found = read(data, window=(at("2026-03-02T00:00"), at("2026-03-03T00:00"))).events
    assert [(told.uid, shown(told.starts_at)) for told in found] == [
        ("s", "2026-03-01T23:00"),
        ("s", "2026-03-02T23:00"),
        ("old", "1999-01-01T10:00"),
    ]


def test_a_time_that_the_clock_skips_keeps_the_offset_before_it() -> None:
    """Half past two on the day of the change is an hour later by the new clock (RFC 5545 3.3.5)."""
    assert shown(event("UID:u\nDTSTART;TZID=Europe/Berlin:20260329T023000").starts_at) == "2026-03-29T01:30"


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("RRULE:FREQ=SECONDLY", "repeats without end"),
        ("RRULE:FREQ=DAILY;INTERVAL=0", "INTERVAL=0"),
        ("RRULE:FREQ=HOURLY", "more than 20,000 occurrences"),
        ("RRULE:FREQ=DAILY;COUNT=x", "unreadable COUNT"),
        ("RRULE:FREQ=DAILY;UNTIL=soon", "UNTIL 'SOON' is no date or time"),
        ("RDATE:" + ",".join(["20260301T100000Z"] * 10_000), "more dates than any real one"),
        ("RRULE:FREQ=DAILY\n" * 11, "more than 10 rules"),
    ],
)
def test_a_series_that_must_not_be_followed_is_rejected_alone(lines: str, says: str) -> None:
    """A hostile or broken series is one reject that says why; its neighbours are read."""
    found = read(calendar(f"UID:bad\nDTSTART:20200101T100000Z\n{lines.strip()}", WEEKLY))
    assert [told.uid for told in found.events] == ["s@example.org"]
    assert [says in reject.reason for reject in found.rejects] == [True]


def test_a_mail_that_cancels_the_rest_of_a_series_says_so() -> None:
    """RANGE=THISANDFUTURE in a CANCEL: the mail holds one occurrence, and means those after it as well."""
    entry = (
        "UID:s@example.org\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260310T090000Z\nDTSTART:20260310T090000Z\nSEQUENCE:1"
    )
    for method, note in (("CANCEL", "following"), ("REQUEST", "")):
        (told,) = events(entry, head=f"METHOD:{method}\n", message_key="m1")
        assert (told.note, told.recurring) == (note, True)
