"""An entry's words, links, status and kind are read from wherever its program puts them."""

import pytest

from tests.connectors.calendar_files import at, calendar, event, events, read

START = "UID:u@example.org\nDTSTART:20260304T150000Z\nDTSTAMP:20260301T080000Z\n"
DAY = "UID:u@example.org\nDTSTART;VALUE=DATE:20260304\n"


@pytest.mark.parametrize(
    ("method", "mailed", "told", "status"),
    [
        ("REQUEST", True, "REQUEST", "confirmed"),
        ("REPLY", True, "REPLY", "confirmed"),
        ("COUNTER", True, "COUNTER", "confirmed"),
        ("CANCEL", True, "CANCEL", "cancelled"),
        ("PUBLISH", True, None, "confirmed"),
        ("request", False, None, "confirmed"),
        ("CANCEL", False, None, "cancelled"),
        ("REPLY", False, "REPLY", "confirmed"),
        ("PUBLISH", False, None, "confirmed"),
    ],
)
def test_the_method_is_of_mails(method: str, mailed: bool, told: str | None, status: str) -> None:
    """A saved invitation is a calendar's own entry; an answer never is; CANCEL cancels."""
    found = event(START, head=f"METHOD:{method}\n", message_key="m@example.org" if mailed else None)
    assert (found.method, found.status, found.message_key) == (told, status, "m@example.org" if mailed else None)


def test_a_mailed_entry_takes_its_time_of_writing_from_its_stamp() -> None:
    """DTSTAMP is when the mail was made; in an export it is only when the export was."""
    mailed = event(START, head="METHOD:REPLY\n", message_key="m@example.org")
    assert (mailed.created_at, mailed.modified_at) == (at("2026-03-01T08:00"), at("2026-03-01T08:00"))
    assert mailed.key == "m@example.org/u@example.org/2026-03-04T15:00:00Z"
    assert event(START).created_at is None


def test_an_answer_that_names_no_time_is_kept() -> None:
    """A REPLY or CANCEL may leave DTSTART out (RFC 5546); it speaks of its UID."""
    found = event(START.replace("DTSTART:20260304T150000Z\n", ""), head="METHOD:REPLY\n", message_key="m@example.org")
    assert (found.uid, found.starts_at) == ("u@example.org", at("2026-03-01T08:00"))


def test_what_only_asks_for_news_gives_no_event() -> None:
    """REFRESH and DECLINECOUNTER say nothing of what is to happen."""
    for method in ("REFRESH", "DECLINECOUNTER"):
        assert read(calendar(START, head=f"METHOD:{method}\n"), message_key="m@example.org") == ([], [])


@pytest.mark.parametrize(
    ("lines", "kind", "transparent"),
    [
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF", "out_of_office", False),
        ("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE", "working_location", False),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE", "default", True),
        ("X-MICROSOFT-CDO-BUSYSTATUS:BUSY", "default", False),
        ("TRANSP:TRANSPARENT", "default", True),
        ("X-GOOGLE-EVENTTYPE:focusTime", "focus_time", False),
        ("X-GOOGLE-EVENTTYPE:outOfOffice", "out_of_office", False),
        ("X-GOOGLE-EVENT-TYPE:WORKING_LOCATION", "working_location", False),
        ("X-EXAMPLE-BIRTHDAY:1980", "birthday", False),
        ("SUMMARY:Annas Geburtstag", "birthday", False),
        ("SUMMARY:Cumpleaños de Ana", "birthday", False),
        ("CATEGORIES:Birthday", "birthday", False),
        ("SUMMARY:Planning day", "default", False),
    ],
)
def test_days_that_are_no_meetings_are_told(lines: str, kind: str, transparent: bool) -> None:
    """Leave, working places, focus time and birthdays, as Google, Outlook and others mark them."""
    found = event(DAY + lines)
    assert (found.kind, found.transparent) == (kind, transparent)


def test_a_birthday_calendar_holds_birthdays() -> None:
    """Its name says so for all of its days."""
    assert event(f"{DAY}SUMMARY:Ann Ode", head="X-WR-CALNAME:Birthdays\n").kind == "birthday"


def test_a_party_with_guests_is_a_meeting() -> None:
    """The word alone makes no birthday of an hour, nor leave of a visit out of the office."""
    guests = "ATTENDEE:mailto:ann@example.org\nATTENDEE:mailto:bo@example.org\n"
    found = event(f"{START}{guests}SUMMARY:Birthday drinks\nX-MICROSOFT-CDO-BUSYSTATUS:OOF")
    assert found.kind == "default"


@pytest.mark.parametrize(
    "line",
    [
        "X-GOOGLE-CONFERENCE:https://meet.example.org/a",
        "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://meet.example.org/a",
        "X-MICROSOFT-ONLINEMEETINGCONFLINK:https://meet.example.org/a",
        "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK:https://meet.example.org/a",
        "CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=Join:https://meet.example.org/a",
        "URL:https://meet.example.org/a",
        "URL:https://meet.example.org/a\nCONFERENCE:https://meet.example.org/a",
    ],
)
def test_conference_links_have_properties_of_their_own(line: str) -> None:
    """Each link once, whichever program wrote it."""
    assert event(START + line).links == ("https://meet.example.org/a",)


def test_a_conference_by_telephone_is_a_link_too() -> None:
    """RFC 7986 allows tel:."""
    assert event(f"{START}CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+1-555-0100").links == ("tel:+1-555-0100",)


def test_apples_place_is_read_where_location_is_missing() -> None:
    """The structured location gives the words, and its coordinates are noted."""
    found = event(
        f'{START}X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-ADDRESS="Main St 5, Springfield";X-TITLE="Café Central"'
        ":geo:42.1,-71.2\nX-APPLE-TRAVEL-DURATION;VALUE=DURATION:PT30M"
    )
    assert (found.location, found.note) == ("Café Central\nMain St 5, Springfield", "geo:42.1,-71.2; travel:PT30M")


def test_coordinates_are_noted() -> None:
    """GEO speaks of a real place."""
    assert event(f"{START}GEO:42.1;-71.2").note == "geo:42.1,-71.2"


def test_an_html_description_stands_in_for_a_missing_one() -> None:
    """Its words and links, without its marks; and only where there is no plain one."""
    html = 'X-ALT-DESC;FMTTYPE=text/html:<html><style>p{}</style><p>Hi\\, <a href="https://meet.example.org/a">join</a></p>'
    assert event(START + html).description == "Hi, https://meet.example.org/a join"
    assert event(f"{START}DESCRIPTION:Plain\n{html}").description == "Plain"


def test_a_link_in_angle_brackets_is_no_mark() -> None:
    """Outlook writes “Join<https://…>” in its plain texts; beside real marks it stays, too."""
    html = "X-ALT-DESC;FMTTYPE=text/html:<p>Join<https://meet.example.org/a></p><b>now</b>"
    assert event(START + html).description == "Join<https://meet.example.org/a>\nnow"


def test_a_long_description_is_shortened() -> None:
    """Eight thousand characters are enough to judge by."""
    assert len(event(f"{START}DESCRIPTION:{'x' * 100_000}").description) == 8_000


@pytest.mark.parametrize(("written", "created"), [("00001231T000000Z", None), ("16010101T000000Z", None), ("x", None)])
def test_a_time_of_making_that_says_nothing_is_none(written: str, created: None) -> None:
    """Unknown is None, never 1601."""
    assert event(f"{START}CREATED:{written}").created_at is created


def test_categories_are_gathered() -> None:
    """From several lines, each once, commas inside of one kept."""
    (found,) = events(f"{START}CATEGORIES:work,food\\, drink\nCATEGORIES:work")
    assert found.categories == ("work", "food, drink")
