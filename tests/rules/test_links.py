"""What a web address or a number leads to."""

import pytest

from pipelines.rules import links


@pytest.mark.parametrize(
    "text",
    [
        "https://us02web.zoom.us/j/123456789?pwd=x",
        "Join: https://teams.microsoft.com/l/meetup-join/19%3ameeting_x",
        "https://meet.google.com/abc-defg-hij",
        "https://firma.webex.com/meet/anna",
        "https://bbb.schule.example/b/abc-def-ghi",
        "https://meet.jit.si/room",
        "https://visio.mairie.example/salle",
        "https://stream.example.org/town-hall",
        "https://konferenz.verein.example/Vorstand",
    ],
)
def test_conferences(text: str) -> None:
    """Of large providers, and of a firm's own server by what it is called."""
    assert links.conference((text,)) != ""


@pytest.mark.parametrize(
    "text",
    [
        "https://docs.example.org/agenda",
        "https://maps.google.com/?q=1",
        "https://www.example.org/about",
        "https://zoom.us/rec/share/abc",
        "https://conference.example.org/2024/",
        "https://conf.example.org/schedule",
        "https://video.example.org",
        "https://konferenz.example.org/2024/",
        "no address at all",
    ],
)
def test_what_is_no_conference(text: str) -> None:
    """A document, a map, a page."""
    assert links.conference((text,)) == ""


def test_a_telephone_number_and_what_is_none() -> None:
    """Numbers as they are written in several countries; dates and short numbers are none."""
    found = {
        text: bool(links.phone(text))
        for text in ("+49 (0)30 555-0101", "617.555.0187", "03-5550-0123", "2026-11-03", "Room 12")
    }
    assert found == {
        "+49 (0)30 555-0101": True,
        "617.555.0187": True,
        "03-5550-0123": True,
        "2026-11-03": False,
        "Room 12": False,
    }


def test_what_is_left_without_links() -> None:
    """The place beside a link."""
    assert links.without_links("Room 3 https://zoom.us/j/1").strip() == "Room 3"
