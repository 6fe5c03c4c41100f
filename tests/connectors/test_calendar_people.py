"""Guests are who they are, answered as they did, and rooms are no people."""

import pytest

from connectors.records import Attendee
from tests.connectors.calendar_files import event

START = "UID:u\nDTSTART:20260304T150000Z\n"


def guest(line: str) -> Attendee:
    """The only guest of an entry."""
    (only,) = event(f"{START}ATTENDEE{line}").attendees
    return only


@pytest.mark.parametrize(
    ("line", "address", "name"),
    [
        (";CN=Ann Ode:mailto:ann@example.org", "ann@example.org", "Ann Ode"),
        (":MAILTO:Ann@EXAMPLE.org", "Ann@example.org", ""),
        (":ann@example.org", "ann@example.org", ""),
        (';CN="Ode, Ann: the first":mailto:ann@example.org', "ann@example.org", "Ode, Ann: the first"),
        (";CN=Ode: Ann:mailto:ann@example.org", "ann@example.org", "Ode"),
        (";CN=Ode\\, Ann:mailto:ann@example.org", "ann@example.org", "Ode, Ann"),
        (";CN=Ann ^'Anna^' Ode:mailto:ann@example.org", "ann@example.org", 'Ann "Anna" Ode'),
        (";CN='Ann Ode':mailto:ann@example.org", "ann@example.org", "Ann Ode"),
        (";CN=ann@example.org:mailto:ann@example.org", "ann@example.org", ""),
        (";CN=Ann:mailto:Ann Ode <ann@example.org>", "ann@example.org", "Ann"),
        (":mailto:ann%40example.org", "ann@example.org", ""),
        (":mailto:ann@bücher.example.org", "ann@xn--bcher-kva.example.org", ""),
        (";CN=Ann;EMAIL=ann@example.org:urn:uuid:1", "ann@example.org", "Ann"),
        (";CN=Ann;EMAIL=ann@example.org:/principals/1/", "ann@example.org", "Ann"),
        (";CN=Ann:/o=Firm/ou=Site/cn=Recipients/cn=ann", "/o=Firm/ou=Site/cn=Recipients/cn=ann", "Ann"),
        (";CN=Ann:MAILTO:/O=FIRM/OU=SITE/CN=ANN", "/O=FIRM/OU=SITE/CN=ANN", "Ann"),
        (";CN=Ann:urn:uuid:1", "urn:uuid:1", "Ann"),
        (";CN=Ann:invalid:nomail", "", "Ann"),
        (';CN=Ann;SENT-BY="mailto:bo@example.org":mailto:ann@example.org', "ann@example.org", "Ann"),
        (';CN="Ann "A" Ode":mailto:ann@example.org', "ann@example.org", "Ann A Ode"),
        (";CN=Ann Ode;X-NUM-GUESTS=0;RSVP=TRUE:mailto:ann@example.org", "ann@example.org", "Ann Ode"),
    ],
)
def test_a_guest_is_named_in_many_ways(line: str, address: str, name: str) -> None:
    """Schemes in any case, quotes, escapes, Exchange and URN addresses: a mail address is found where there is one."""
    told = guest(line)
    assert (told.address, told.name) == (address, name)


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        (";PARTSTAT=ACCEPTED", "accepted"),
        (";PARTSTAT=declined", "declined"),
        (";PARTSTAT=TENTATIVE", "tentative"),
        (";PARTSTAT=DELEGATED", "delegated"),
        (";PARTSTAT=NEEDS-ACTION", "needs-action"),
        (";PARTSTAT=X-MAYBE", "needs-action"),
        ("", "needs-action"),
    ],
)
def test_an_answer_is_one_of_five(parameters: str, status: str) -> None:
    """What is no known answer is none yet (RFC 5545 3.2.12)."""
    assert guest(f"{parameters}:mailto:ann@example.org").status == status


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (":mailto:ann@example.org", "individual"),
        (";CUTYPE=ROOM:mailto:room@example.org", "room"),
        (";CUTYPE=RESOURCE:mailto:beamer@example.org", "resource"),
        (";CUTYPE=X-TEAM:mailto:team@example.org", "unknown"),
        (";ROLE=NON-PARTICIPANT:mailto:room@example.org", "room"),
        (";CUTYPE=INDIVIDUAL;ROLE=NON-PARTICIPANT:mailto:bo@example.org", "individual"),
        (";CUTYPE=INDIVIDUAL:mailto:c_1@resource.calendar.google.com", "resource"),
        (":mailto:c_1@group.calendar.google.com", "group"),
    ],
)
def test_rooms_and_groups_are_told_from_people(line: str, kind: str) -> None:
    """By what is said, else by the address or by taking no part."""
    assert guest(line).kind == kind


def test_a_guest_listed_twice_is_one_with_the_clearer_answer() -> None:
    """An acceptance beats a silence of the same person."""
    told = event(
        f"{START}ATTENDEE;PARTSTAT=ACCEPTED:mailto:ann@example.org\nATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:Ann@example.org"
    )
    assert [one.status for one in told.attendees] == ["accepted"]


def test_optional_guests_are_marked() -> None:
    """Who need not come is told."""
    assert guest(";ROLE=OPT-PARTICIPANT:mailto:ann@example.org").optional


def test_the_organizer_is_read_like_a_guest() -> None:
    """With the address that the EMAIL parameter gives where the value has none."""
    told = event(f"{START}ORGANIZER;CN=Dana Reyes;EMAIL=dana@example.org:/1234/principal/")
    assert (told.organizer, told.organizer_name) == ("dana@example.org", "Dana Reyes")
