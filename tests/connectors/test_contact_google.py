"""What a person in Google's contacts says, as a Card."""

from connectors.contact_google import former_names, is_gone, read_person
from connectors.records import Card

GROUPS = {"contactGroups/1": "Clients", "contactGroups/myContacts": "myContacts"}
OWN = {"primary": True, "source": {"type": "CONTACT"}}


def test_a_person_is_read_whole() -> None:
    """Names, addresses, numbers, profiles, the firm of today, and the labels that the owner gave."""
    person = {
        "resourceName": "people/c1",
        "names": [
            {"displayName": "A. A.", "metadata": {"source": {"type": "PROFILE"}}},
            {"displayName": "Anna Abel", "givenName": "Anna", "familyName": "Abel", "metadata": OWN},
        ],
        "nicknames": [{"value": "Anni"}, {"value": "Berg", "type": "MAIDEN_NAME"}],
        "emailAddresses": [{"value": "anna@EXAMPLE.org"}, {"value": "anna@example.org"}, {"value": "no address"}],
        "phoneNumbers": [{"value": "+49 30 555-0100"}, {"value": "+49 30 555-0199", "type": "workFax"}],
        "organizations": [{"name": "Old Ltd"}, {"name": "Abel Ltd", "title": "Founder", "current": True}],
        "urls": [{"value": "https://example.org/anna"}],
        "imClients": [{"username": "anna.abel", "protocol": "SKYPE"}],
        "memberships": [
            {"contactGroupMembership": {"contactGroupResourceName": "contactGroups/1"}},
            {"contactGroupMembership": {"contactGroupResourceName": "contactGroups/unknown"}},
        ],
    }
    assert read_person(person, "contacts", GROUPS) == Card(
        place="contacts",
        key="people/c1",
        name="Anna Abel",
        given="Anna",
        family="Abel",
        nicknames=("Anni", "Anna Berg"),
        organization="Abel Ltd",
        title="Founder",
        emails=("anna@example.org",),
        phones=("+49 30 555-0100",),
        profiles=("https://example.org/anna", "skype:anna.abel"),
        kind="individual",
        members=(),
        tags=("Clients",),
        connected_at=None,
        died_on=None,
        form="google",
    )


def test_a_card_of_a_firm_is_a_firms() -> None:
    """With no person named, it is not taken for one."""
    card = read_person({"resourceName": "people/c2", "organizations": [{"name": "Abel Ltd"}]}, "contacts", {})
    assert card is not None
    assert (card.name, card.kind) == ("Abel Ltd", "organization")


def test_whatever_stands_there_it_does_not_fail() -> None:
    """Nobody named is no card, and odd JSON is nobody."""
    assert read_person({"resourceName": "people/c3"}, "contacts", {}) is None
    assert read_person({"names": "x", "emailAddresses": [1], "memberships": [{}]}, "contacts", {}) is None


def test_what_no_text_may_hold_is_left_out() -> None:
    """JSON can hold halves of characters and zeros; the store could not."""
    card = read_person({"resourceName": "people/c4", "names": [{"displayName": "An\ud800na\x00 Abel"}]}, "contacts", {})
    assert card is not None and card.name == "Anna Abel"


def test_deleted_and_merged() -> None:
    """A deletion is told as such; of a merge, which names there were before."""
    assert is_gone({"resourceName": "people/c1", "metadata": {"deleted": True}})
    assert former_names({"metadata": {"previousResourceNames": ["people/c7", 8]}}) == ["people/c7"]
