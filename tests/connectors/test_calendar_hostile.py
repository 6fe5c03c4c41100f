"""A file made to hurt costs a reject that says why, and its neighbours are read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar as Peer
from icalendar import Event as PeerEvent

from connectors.calendar_lines import parameters_of, properties, text
from tests.connectors.calendar_files import calendar, events, read

GOOD = "UID:good@example.org\nDTSTART:20260304T150000Z\nSUMMARY:Good"
START = "UID:bad@example.org\nDTSTART:20260304T150000Z\n"


def test_a_line_of_fifty_megabytes_is_cut_not_held() -> None:
    """Its entry is read, shortened; so are those around it."""
    found = read(calendar(GOOD, f"{START}DESCRIPTION:{'x' * 50_000_000}\nSUMMARY:Long", GOOD.replace("good", "next")))
    assert ([told.title for told in found.events], found.rejects) == (["Good", "Long", "Good"], [])
    assert max(len(told.description) for told in found.events) == 8_000


def test_an_attachment_of_many_folded_lines_is_passed_over() -> None:
    """Data inside of an entry does not cost the entry."""
    data = "\n ".join(["A" * 74] * 100_000)
    assert [told.uid for told in events(GOOD, f"{START}ATTACH;ENCODING=BASE64;VALUE=BINARY:{data}")] == [
        "bad@example.org",
        "good@example.org",
    ]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("RDATE:" + ",".join(["20260304T150000Z"] * 1_000_000), "lists more dates"),
        ("EXDATE:20260304T150000Z\n" * 100_000, "more lines than any real one"),
        ("BEGIN:VALARM\n" * 60_000 + "END:VALARM\n" * 60_000, "more lines than any real one"),
        ("RRULE:FREQ=MINUTELY;UNTIL=20990101T000000Z;BYMONTH=2;BYMONTHDAY=30", "more than 200,000 steps"),
    ],
)
def test_what_no_real_entry_has_is_rejected(lines: str, says: str) -> None:
    """A million dates, lines without end, alarms in alarms, rules that lead nowhere."""
    found = read(calendar(GOOD, START + lines.strip()))
    assert [told.uid for told in found.events] == ["good@example.org"]
    assert [says in reject.reason for reject in found.rejects] == [True]


@pytest.mark.parametrize(
    "lines",
    [
        START + "ATTENDEE:" + "x" * 200_000,
        START + "ORGANIZER;EMAIL=" + "y." * 100_000 + ":" + "mail to" * 30_000,
        f"UID:bad@example.org\nDTSTART;TZID={'</' * 60}at:20260304T150000",
        f"UID:bad@example.org\nDTSTART;TZID={'a/' * 4_000}b:20260304T150000",
        START + "SUMMARY:" + "! " * 100_000 + "\nLOCATION:" + "12 " * 100_000,
    ],
    ids=["a guest of one word", "a host without an address", "a zone of many steps", "a longer one", "words"],
)
def test_what_is_long_costs_little(lines: str) -> None:
    """A guest's address of hundred thousands of letters, a zone's name with thousands of slashes: the entry is read, and
    neither time nor the stack runs out."""
    found = read(calendar(GOOD, lines))
    assert {told.uid for told in found.events} == {"good@example.org", "bad@example.org"}


def test_entries_nested_without_end_are_each_rejected() -> None:
    """Depth costs no stack."""
    found = read(b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 20_000 + calendar(GOOD))
    assert ([told.uid for told in found.events], len(found.rejects)) == (["good@example.org"], 20_000)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_whatever_raise(noise: bytes) -> None:
    """Any bytes in any entry end in events and rejects."""
    good = calendar(GOOD)
    at = good.index(b"SUMMARY")
    read(noise)
    read(good[:at] + noise + good[at:])


lines = st.lists(
    st.sampled_from(
        [
            "DTSTART;TZID=",
            "DTSTART;VALUE=DATE:",
            "DTEND:",
            "DURATION:",
            "RRULE:FREQ=",
            "RRULE:",
            "RDATE;VALUE=PERIOD:",
            "EXDATE:",
            "RECURRENCE-ID;RANGE=THISANDFUTURE:",
            "ATTENDEE;CN=",
            'ATTENDEE;CN="',
            "GEO:",
            "SEQUENCE:",
        ]
    ).flatmap(lambda name: st.text(max_size=30).map(lambda value: name + value)),
    max_size=6,
)


@settings(max_examples=200, deadline=None)
@given(lines)
def test_no_value_whatever_raises(given_lines: list[str]) -> None:
    """Any text as a date, rule, guest or number ends in events and rejects."""
    read(calendar("\n".join([*given_lines, "UID:u", "DTSTART:20260304T150000Z"])))


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80)
letters = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='"\\')  # it misreads its own backslashes
names = st.text(letters, min_size=1, max_size=40)


@settings(max_examples=200, deadline=None)
@given(words, words, names)
def test_texts_and_parameters_are_read_as_icalendar_reads_them(summary: str, description: str, name: str) -> None:
    """What `icalendar` writes, folded and escaped, is read the same here and there."""
    entry = PeerEvent()
    entry.add("summary", summary)
    entry.add("description", f"{description}\n{summary}")
    entry.add("attendee", "mailto:ann@example.org", parameters={"CN": name})
    peer = Peer()
    peer.add_component(entry)
    written = peer.to_ical()
    ours = properties(written[written.index(b"BEGIN:VEVENT") : written.index(b"END:VCALENDAR")].replace(b"\r\n", b"\n"))
    theirs = Peer.from_ical(written).walk("VEVENT")[0]
    assert text(ours["SUMMARY"][0].value) == str(theirs["SUMMARY"]).strip()
    assert text(ours["DESCRIPTION"][0].value) == str(theirs["DESCRIPTION"]).strip()
    assert parameters_of(ours["ATTENDEE"][0].parameters)["CN"] == str(theirs["ATTENDEE"].params["CN"]).strip()
