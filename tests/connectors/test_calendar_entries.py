"""What a calendar says of an entry reaches the record, whole, and a broken entry costs only itself."""

import pytest

from connectors.calendar_details import Details
from connectors.calendar_entries import looks_like_calendar, read_batches
from connectors.records import Attendee, Event
from tests.connectors.calendar_files import WINDOW, at, calendar, event, events, read, shown

PLAIN = "UID:plain@example.org\nDTSTART:20260304T150000Z\nDTEND:20260304T160000Z\nSUMMARY:Coffee"


def test_an_entry_is_read_whole() -> None:
    """Every field of the record is filled from the entry that tells it."""
    told = event(
        "UID:abc@example.org\nDTSTART;TZID=America/New_York:20260304T100000\nDTEND;TZID=America/New_York:20260304T113000\n"
        "SUMMARY:Lunch\\, with Ann\nDESCRIPTION:See you\\nthere\\; or not\nLOCATION:Café Central\\, Main St 5\n"
        "STATUS:TENTATIVE\nTRANSP:OPAQUE\nCLASS:PRIVATE\nORGANIZER;CN=Dana Reyes:mailto:dana@Example.ORG\n"
        "ATTENDEE;CN=Ann Ode;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;CUTYPE=INDIVIDUAL:mailto:Ann@example.org\n"
        "CATEGORIES:food,friends\nX-GOOGLE-CONFERENCE:https://meet.example.org/abc\n"
        "CREATED:20260201T080000Z\nLAST-MODIFIED:20260202T080000Z\nDTSTAMP:20261122T141507Z",
        head="X-WR-CALNAME:Work\n",
    )
    assert told == Event(
        place="test.ics",
        key="abc@example.org/2026-03-04T15:00:00Z",
        event_key="abc@example.org/2026-03-04T15:00:00Z",
        uid="abc@example.org",
        original_start=at("2026-03-04T15:00"),
        starts_at=at("2026-03-04T15:00"),
        ends_at=at("2026-03-04T16:30"),
        all_day=False,
        timezone="America/New_York",
        title="Lunch, with Ann",
        description="See you\nthere; or not",
        location="Café Central, Main St 5",
        status="tentative",
        transparent=False,
        private=True,
        organizer="dana@example.org",
        organizer_name="Dana Reyes",
        attendees=(Attendee("Ann@example.org", "Ann Ode", "accepted", "individual", False),),
        links=("https://meet.example.org/abc",),
        categories=("food", "friends"),
        kind="default",
        recurring=False,
        created_at=at("2026-02-01T08:00"),
        modified_at=at("2026-02-02T08:00"),
        calendar="Work",
        method=None,
        message_key=None,
        note="",
    )


@pytest.mark.parametrize(
    ("lines", "starts", "ends", "all_day"),
    [
        ("DTSTART;VALUE=DATE:20260304", "2026-03-03T23:00", "2026-03-04T23:00", True),
        ("DTSTART:20260304", "2026-03-03T23:00", "2026-03-04T23:00", True),
        ("DTSTART;VALUE=DATE:20260304\nDTEND;VALUE=DATE:20260304", "2026-03-03T23:00", "2026-03-04T23:00", True),
        ("DTSTART;VALUE=DATE:20260304\nDTEND;VALUE=DATE:20260306", "2026-03-03T23:00", "2026-03-05T23:00", True),
        ("DTSTART;VALUE=DATE:20260328\nDURATION:P2D", "2026-03-27T23:00", "2026-03-29T22:00", True),
        ("DTSTART:20260304T150000Z", "2026-03-04T15:00", "2026-03-04T15:00", False),
        ("DTSTART:20260304T150000Z\nDURATION:PT1H30M", "2026-03-04T15:00", "2026-03-04T16:30", False),
        ("DTSTART;TZID=Europe/Berlin:20260328T120000\nDURATION:P1D", "2026-03-28T11:00", "2026-03-29T10:00", False),
        ("DTSTART;TZID=Europe/Berlin:20260328T120000\nDURATION:PT24H", "2026-03-28T11:00", "2026-03-29T11:00", False),
        ("DTSTART:20260304T150000\nDTEND:20260304T160000", "2026-03-04T14:00", "2026-03-04T15:00", False),
        ("DTSTART:20260304T150000Z\nDTEND:20260304T140000Z", "2026-03-04T15:00", "2026-03-04T15:00", False),
        (
            "DTSTART;TZID=Europe/Berlin:20260304T150000\nDTEND:20260304T150000Z",
            "2026-03-04T14:00",
            "2026-03-04T15:00",
            False,
        ),
        ("DTSTART:2026-03-04T15:00:00Z\nDTEND:20260304T1530Z", "2026-03-04T15:00", "2026-03-04T15:30", False),
        ("DTSTART:20260304T240000Z", "2026-03-05T00:00", "2026-03-05T00:00", False),
        (
            "DTSTART;TZID=Europe/Berlin:20260304T000000\nDTEND;TZID=Europe/Berlin:20260305T000000\n"
            "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
            "2026-03-03T23:00",
            "2026-03-04T23:00",
            True,
        ),
    ],
)
def test_start_and_end_are_told_in_many_ways(lines: str, starts: str, ends: str, all_day: bool) -> None:
    """Dates, durations, missing ends and ends before the start all give a span; days follow the clock, hours do not."""
    told = event(f"UID:u\n{lines}")
    assert (shown(told.starts_at), shown(told.ends_at), told.all_day) == (starts, ends, all_day)


def test_a_broken_entry_costs_only_itself() -> None:
    """One entry without a start and one that breaks off are rejected with their reasons; the others are read."""
    broken = "UID:broken@example.org\nDTSTART:someday\nSUMMARY:?"
    data = calendar(PLAIN, broken, PLAIN.replace("plain", "after")).replace(
        b"END:VCALENDAR", b"BEGIN:VEVENT\r\nUID:cut@example.org\r\nEND:VCALENDAR"
    )
    found = read(data)
    assert sorted(told.uid for told in found.events) == ["after@example.org", "plain@example.org"]
    assert sorted(reject.reason for reject in found.rejects) == [
        "an entry is left out: 'someday' is no date or time",
        "the entry breaks off: it has no END:VEVENT",
    ]


def test_an_entry_without_its_end_does_not_swallow_the_next() -> None:
    """A missing END:VEVENT is noticed where the next entry begins."""
    data = calendar(PLAIN, PLAIN.replace("plain", "next")).replace(b"END:VEVENT\r\n", b"", 1)
    found = read(data)
    assert ([told.uid for told in found.events], len(found.rejects)) == (["next@example.org"], 1)


def test_a_truncated_file_gives_all_that_is_whole() -> None:
    """An export that broke off in the middle of an entry loses that entry alone."""
    data = calendar(PLAIN, PLAIN.replace("plain", "cut"))
    found = read(data[: data.rindex(b"SUMMARY")])
    assert [told.uid for told in found.events] == ["plain@example.org"]
    assert [reject.reason for reject in found.rejects] == ["the file breaks off within this entry"]


@pytest.mark.parametrize(
    "data",
    [
        calendar(PLAIN).replace(b"\r\n", b"\n"),
        calendar(PLAIN).replace(b"\r\n", b"\r"),
        calendar(PLAIN).replace(b"\r\n", b"\r\r\n"),
        b"\xef\xbb\xbf" + calendar(PLAIN),
        calendar(PLAIN).decode().encode("utf-16"),
        b"\r\n\r\n" + calendar(PLAIN),
        calendar(PLAIN).replace(b"UID:pl", b"UID:p\r\n l").replace(b"DTSTART", b"D\r\n\tTSTART"),
        calendar(PLAIN).replace(b"BEGIN", b"begin").replace(b"SUMMARY", b"Summary"),
        calendar(PLAIN) + calendar(PLAIN),
    ],
    ids=["LF", "CR", "CRCRLF", "BOM", "UTF-16", "blank lines", "folds", "lower case", "twice"],
)
def test_bytes_come_in_many_dresses(data: bytes) -> None:
    """Line ends, folds, byte order marks and case change nothing; an entry given twice is one."""
    assert looks_like_calendar(data)
    found = {(told.event_key, told.title) for told in read(data).events}
    assert found == {("plain@example.org/2026-03-04T15:00:00Z", "Coffee")}


def test_a_fold_inside_a_character_is_undone() -> None:
    """Programs that fold by bytes do not harm an accent."""
    data = calendar("UID:u\nDTSTART:20260304T150000Z\nSUMMARY:Café").replace("é".encode(), b"\xc3\r\n \xa9")
    assert [told.title for told in read(data).events] == ["Café"]


def test_latin_1_is_read_where_utf_8_was_promised() -> None:
    """Old programs' accents survive."""
    data = calendar("UID:u\nDTSTART:20260304T150000Z\nSUMMARY:Café").replace("é".encode(), b"\xe9")
    assert [told.title for told in read(data).events] == ["Café"]


def test_a_text_that_was_broken_without_folding_is_put_together() -> None:
    """Raw line breaks in a description belong to it."""
    told = event("UID:u\nDTSTART:20260304T150000Z\nDESCRIPTION:Hello\nJoin: https://meet.example.org/x\nSUMMARY:Talk")
    assert (told.description, told.title) == ("Hello\nJoin: https://meet.example.org/x", "Talk")


def test_alarms_tasks_and_journals_are_no_entries() -> None:
    """Only VEVENTs count, and an alarm's words do not become the entry's."""
    data = calendar(f"{PLAIN}\nBEGIN:VALARM\nDESCRIPTION:Wake up\nSUMMARY:Alarm\nEND:VALARM").replace(
        b"END:VCALENDAR", b"BEGIN:VTODO\r\nUID:t\r\nDTSTART:20260304T150000Z\r\nEND:VTODO\r\nEND:VCALENDAR"
    )
    assert [(told.title, told.description) for told in read(data).events] == [("Coffee", "")]


def test_an_entry_without_uid_gets_the_same_made_one_each_time() -> None:
    """A repeat lands on the same key."""
    keys = {event("DTSTART:20260304T150000Z\nSUMMARY:Coffee").event_key for _ in range(2)}
    assert len(keys) == 1 and keys.pop().startswith("made:")


def test_of_two_revisions_in_one_file_the_newer_counts() -> None:
    """A higher SEQUENCE replaces the entry, also where it moved it."""
    told = event(f"{PLAIN}\nSEQUENCE:2", PLAIN.replace("20260304", "20260301") + "\nSEQUENCE:1")
    assert shown(told.starts_at) == "2026-03-04T15:00"


def test_different_entries_under_one_uid_are_kept() -> None:
    """Some programs give all entries the same UID; what differs in time is not the same."""
    assert len(events("UID:1\nDTSTART:20260304T150000Z", "UID:1\nDTSTART:20260305T150000Z")) == 2


def test_batches_hold_together_what_one_reading_gives() -> None:
    """Reading in batches gives the same events, some thousands at a time."""
    data = calendar(*(f"UID:{number}\nDTSTART:20250101T080000Z\nRRULE:FREQ=DAILY;COUNT=700" for number in range(7)))
    batches = list(read_batches(data, place="test.ics", window=WINDOW, zone="Europe/Berlin"))
    assert len(batches) > 1
    assert [told for batch in batches for told in batch.events] == read(data).events


def test_what_is_no_calendar_says_so() -> None:
    """A file of another kind is one reject, not a crash."""
    assert [reject.reason for reject in read(b"Hello").rejects] == ["this is no calendar: it has no BEGIN:VCALENDAR"]
    assert not looks_like_calendar(b"BEGIN:VCARD")


@pytest.mark.parametrize(
    "written", ["2026-03-04T15:00:09Z", "20260304t150009z", " 20260304T150009Z", "20260304T150009.0Z"]
)
def test_a_time_in_an_odd_form_is_the_same_time(written: str) -> None:
    """Nearly all times are written in one form, which is read fast; the others mean no less."""
    plain, odd = (event(f"UID:u\nDTSTART:{value}") for value in ("20260304T150009Z", written))
    assert odd == plain
    assert plain.starts_at == at("2026-03-04T15:00:09")


def test_an_event_has_the_words_of_its_entry_in_their_order() -> None:
    """The occurrences of a series share what is read of its entry, as one run of fields."""
    shared = Details._fields[: Details._fields.index("kind") + 1]
    begins = Event._fields.index("title")
    assert Event._fields[begins : begins + len(shared)] == shared
