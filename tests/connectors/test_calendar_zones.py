"""A local time means the right instant, whatever a program calls its time zone."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from connectors.calendar_definitions import Zones
from connectors.calendar_lines import Property
from connectors.calendar_zones import alike, known, named
from connectors.records import Micros
from tests.connectors.calendar_files import WINDOW, at, event, shown

ENTRY = "UID:u\nDTSTART;TZID={}:20260704T120000"
BERLIN = """BEGIN:VTIMEZONE
TZID:{}
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""


@pytest.mark.parametrize(
    ("tzid", "zone", "noon"),
    [
        ("America/New_York", "America/New_York", "16:00"),
        ("america/new_york", "America/New_York", "16:00"),
        ("Eastern Standard Time", "America/New_York", "16:00"),
        ("W. Europe Standard Time", "Europe/Berlin", "10:00"),
        ("/mozilla.org/20070129_1/Europe/Paris", "Europe/Paris", "10:00"),
        ("/freeassociation.sourceforge.net/Asia/Tokyo", "Asia/Tokyo", "03:00"),
        ("/citadel.org/20210210_1/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires", "15:00"),
        ('"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"', "Europe/Amsterdam", "10:00"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York", "16:00"),
        ("(GMT-08.00) Pacific Time (US & Canada)", "America/Los_Angeles", "19:00"),
        ("(UTC+05:30) Chennai\\, Kolkata\\, Mumbai\\, New Delhi", "Asia/Kolkata", "06:30"),
        ("tzone://Microsoft/Utc", "UTC", "12:00"),
        ("UTC", "UTC", "12:00"),
        ("GMT+0200", "Etc/GMT-2", "10:00"),
        ("UTC-3", "Etc/GMT+3", "15:00"),
        ("PST", "America/Los_Angeles", "19:00"),
    ],
)
def test_a_zone_is_known_by_any_of_its_names(tzid: str, zone: str, noon: str) -> None:
    """IANA, Windows, what Outlook shows, prefixes of other programs, bare offsets."""
    quoted = tzid if tzid.startswith('"') or not set(tzid) & set(",:\\") else f'"{tzid}"'.replace("\\", "")
    told = event(ENTRY.format(quoted))
    assert (told.timezone, shown(told.starts_at)[11:], told.note) == (zone, noon, "")


@pytest.mark.parametrize("tzid", ["Customized Time Zone", "tzone://Microsoft/Custom", "Mitteleuropäische Zeit", "X"])
def test_a_zone_that_a_file_defines_is_honoured_by_its_rules(tzid: str) -> None:
    """Where nobody knows the name, the VTIMEZONE says summer and winter; the record names a zone that does the same."""
    head = BERLIN.format(tzid)
    summer = event(ENTRY.format(tzid), head=head, zone="America/New_York")
    winter = event(ENTRY.format(tzid).replace("0704", "0104"), head=head, zone="America/New_York")
    assert (shown(summer.starts_at), shown(winter.starts_at)) == ("2026-07-04T10:00", "2026-01-04T11:00")
    assert alike(known("Europe/Berlin") or pytest.fail(), "") == summer.timezone


def test_a_series_in_a_zone_of_the_file_changes_its_clock_as_told() -> None:
    """The rules of a VTIMEZONE hold for each occurrence."""
    odd = BERLIN.format("Odd").replace("BYDAY=-1SU;BYMONTH=3", "BYDAY=1SU;BYMONTH=4")
    told = event("UID:u\nDTSTART;TZID=Odd:20260401T120000", head=odd)
    assert shown(told.starts_at) == "2026-04-01T11:00"


def test_a_zone_named_by_its_place_is_taken_from_there() -> None:
    """X-LIC-LOCATION says which zone an odd TZID is."""
    head = BERLIN.format("Firma").replace("TZID:Firma", "TZID:Firma\nX-LIC-LOCATION:America/Chicago")
    assert event(ENTRY.format("Firma"), head=head).timezone == "America/Chicago"


def test_a_zone_that_nobody_knows_is_the_owners_and_the_event_says_so() -> None:
    """No entry is lost for its zone."""
    told = event(ENTRY.format("Narnia"))
    assert (shown(told.starts_at), told.note) == ("2026-07-04T10:00", "unknown time zone Narnia")


@pytest.mark.parametrize(("told", "starts"), [("America/New_York", "2026-07-04T04:00"), ("UTC", "2026-07-03T22:00")])
def test_floating_days_are_of_the_calendars_zone_unless_that_is_utc(told: str, starts: str) -> None:
    """X-WR-TIMEZONE tells whose day it is; shared calendars say UTC and mean the reader's."""
    day = event("UID:u\nDTSTART;VALUE=DATE:20260704", head=f"X-WR-TIMEZONE:{told}\n")
    assert shown(day.starts_at) == starts


def test_single_entries_in_utc_carry_the_calendars_zone() -> None:
    """Google writes them in UTC; where the meeting was is told by X-WR-TIMEZONE."""
    head = "X-WR-TIMEZONE:America/New_York\n"
    assert event("UID:u\nDTSTART:20260704T120000Z", head=head).timezone == "America/New_York"
    assert event("UID:u\nDTSTART:20260704T120000Z").timezone == "UTC"


def ruled(tzid: str, head: str) -> Zones:
    """Zones of a calendar that defines one."""
    return Zones({"X": [Property("X", "", tzid)]}, [head.encode()], "UTC")


@settings(max_examples=300, deadline=None)
@given(st.integers(WINDOW[0] // 1_800_000_000, WINDOW[1] // 1_800_000_000).map(lambda half: half * 1_800_000_000))
@example(at("2021-10-31T00:00"))  # two in the morning, for the first time and for the second
@example(at("2021-10-31T01:00"))
@example(at("2021-03-28T00:30"))
def test_rules_of_a_file_agree_with_the_zone_they_describe(instant: Micros) -> None:
    """At every half hour, a VTIMEZONE and the IANA zone say the same, both ways."""
    ours, theirs = ruled("Own", BERLIN.format("Own")).get("Own"), named("Europe/Berlin")
    assert theirs is not None
    local = theirs.local(instant)
    assert (ours.local(instant), ours.instant(local)) == (local, theirs.instant(local))
    assert (ours.local(instant).fold, ours.instant(local.replace(fold=0))) == (
        local.fold,
        theirs.instant(local.replace(fold=0)),
    )


def test_a_definition_that_changes_the_clock_all_day_long_is_not_followed() -> None:
    """A hostile zone costs nothing; the entry stands in the owner's zone and says so."""
    head = BERLIN.format("Bomb").replace("FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "FREQ=HOURLY")
    head = head.replace("FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "FREQ=HOURLY")
    told = event(ENTRY.format("Bomb"), head=head)
    assert (told.starts_at, told.note) == (at("2026-07-04T10:00"), "unknown time zone Bomb")
