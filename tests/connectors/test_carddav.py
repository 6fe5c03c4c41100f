"""What the CardDAV connector promises beyond the contract, against a real Radicale."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from connectors.records import Card, Page
from tests.connectors.contract import keep, told
from tests.connectors.contracts.carddav import GROUP, CardDavWorld, card, world


@pytest.fixture
def there(tmp_path: Path) -> Iterator[CardDavWorld]:
    with world(tmp_path) as made:
        yield made


def put(there: CardDavWorld, name: str, text: str | None) -> None:
    """Put a card into the first book, or with None delete it."""
    url = f"{there.server.url}dana/people/{name}.vcf"
    with requests.Session() as session:
        session.auth = ("dana", "secret")
        if text is None:
            session.delete(url).raise_for_status()
        else:
            session.put(url, text.encode(), headers={"Content-Type": "text/vcard"}).raise_for_status()


def members(pages: list[Page]) -> dict[str, tuple[str, ...]]:
    return {one.name: one.members for page in pages for one in page.cards if one.kind == "group"}


def test_a_card_is_read_whole(there: CardDavWorld) -> None:
    """A card's place is its book, its key its name there: a changed UID or a second card of the same UID harms nothing."""
    found = keep(there.open().pull(None)).records["Card", "/dana/clients/", "1.vcf"]
    assert found == Card(
        place="/dana/clients/",
        key="1.vcf",
        name="Person 1",
        given="Person",
        family="1",
        nicknames=(),
        organization="",
        title="",
        emails=("p1@example.org",),
        phones=(),
        profiles=(),
        kind="individual",
        members=(),
        tags=(),
        connected_at=None,
        died_on=None,
        form="vcard",
    )


def test_a_group_knows_its_members_whatever_changes(there: CardDavWorld) -> None:
    """Members are named by UID: their addresses are followed when a member, the group, or any other card changes."""
    pages = list(there.open().pull(None))
    assert members(pages) == {"Choir": ("p2@example.org", "p3@example.org")}
    put(there, "3", card(3).replace("p3@", "renamed@"))
    pages += there.open().pull(pages[-1].cursor)
    assert members(pages) == {"Choir": ("p2@example.org", "renamed@example.org")}
    put(there, "group", GROUP.replace("MEMBER:urn:uuid:2", "MEMBER:urn:uuid:5"))
    pages += there.open().pull(pages[-1].cursor)
    assert members(pages) == {"Choir": ("p5@example.org", "renamed@example.org")}
    put(there, "group", None)
    pages += there.open().pull(pages[-1].cursor)
    assert keep(pages) == keep(there.open().pull(None))
    assert not any(one.kind == "group" for one in keep(pages).records.values() if isinstance(one, Card))


def test_the_first_group_in_a_book_finds_its_members(there: CardDavWorld) -> None:
    """A group that comes to a book that was read before knows the cards that were there."""
    put(there, "group", None)
    pages = list(there.open().pull(None))
    put(there, "group", GROUP)
    pages += there.open().pull(pages[-1].cursor)
    assert members(pages) == {"Choir": ("p2@example.org", "p3@example.org")}
    assert keep(pages) == keep(there.open().pull(None))


def test_a_book_without_groups_tells_only_what_changed(there: CardDavWorld) -> None:
    """One changed card is one record, and one that no longer says whose it is leaves a reject in its place."""
    put(there, "group", None)
    pages = list(there.open().pull(None))
    put(there, "3", card(3, "TEL:+49 30 1234567\r\n"))
    news = list(there.open().pull(pages[-1].cursor))
    assert [one.phones for page in news for one in page.cards] == [("+49 30 1234567",)]
    pages += news
    put(there, "4", "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:4\r\nFN:\r\nN:;;;;\r\nEND:VCARD\r\n")
    pages += there.open().pull(pages[-1].cursor)
    assert ("Card", "/dana/people/", "4.vcf") not in keep(pages).records
    assert keep(pages).rejects["/dana/people/", "4.vcf"].startswith("the card names nobody")
    put(there, "4", card(4))
    pages += there.open().pull(pages[-1].cursor)
    assert keep(pages) == keep(there.open().pull(None))
    assert sum(map(told, there.open().pull(pages[-1].cursor))) == 0


def test_books_are_chosen_by_name(there: CardDavWorld) -> None:
    """A book that is no longer chosen is emptied."""
    pages = list(there.open().pull(None))
    news = list(there.opened("secret", books={"include": ["people"]}).pull(pages[-1].cursor))
    assert {place for _, place, _ in keep(news, keep(pages)).records} == {"/dana/people/"}
