"""Contacts: made of cards, mails and calendars, the same whatever comes later, and numbered for ever."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.records import Page
from tests.steps.community import ME, Community, card, exchange, mail


@pytest.fixture
def dana(tmp_path: Path) -> Iterator[Community]:
    """Dana's store, still empty."""
    made = Community(tmp_path / "dana.duckdb")
    yield made
    made.store.close()


def test_cards_of_one_person_become_one_contact(dana: Community) -> None:
    """What two sources say is merged, the owner's card first; the sources are kept."""
    dana.read(
        Page("", cards=[card("1", "Ann Lee", "ann@example.org", phones=("+1 617 555 0142",), organization="Alpha")]),
        source="book",
    )
    dana.read(
        Page(
            "",
            cards=[
                card(
                    "9",
                    "Ann M. Lee",
                    "ann@example.org",
                    "ann.lee@post.example",
                    form="linkedin",
                    organization="Beta",
                    title="Head",
                )
            ],
        ),
        source="network",
    )
    assert dana.groups() == [["+16175550142", "ann.lee@post.example", "ann@example.org"]]
    (row,) = dana.store.rows("contacts")
    assert (row["name"], row["organization"], row["first_source"]) == ("Ann Lee", "Alpha", "book")
    said = {
        (str(one["name"]), str(one["organization"]), str(one["source"])) for one in dana.store.rows("contact_cards")
    }
    assert said == {("Ann Lee", "Alpha", "book"), ("Ann M. Lee", "Beta", "network")}


def test_importing_again_changes_nothing(dana: Community) -> None:
    """The same cards and mails once more give the same rows."""
    page = Page(
        "", cards=[card("1", "Ann Lee", "ann@example.org")], messages=exchange("a", "Ben Quist", "ben@quist.example")
    )
    first = dana.read(page)
    tables = ("contacts", "addresses", "correspondents", "people_anchors", "match_questions", "contact_cards")
    before = {table: first.store.rows(table) for table in tables}
    after = dana.read(page)
    assert {table: after.store.rows(table) for table in tables} == before


def test_a_couple_with_one_address_stays_two(dana: Community) -> None:
    """However often the tables are made anew: the address that both have is no earlier match."""
    page = Page(
        "",
        cards=[
            card("1", "Kaori Nakamura", "home@nakamura.example"),
            card("2", "Takuya Nakamura", "home@nakamura.example"),
        ],
    )
    before = dana.read(page).column("contacts", "name", "contact_id")
    assert len(before) == 2
    for _ in range(2):
        assert dana.rebuild().column("contacts", "name", "contact_id") == before


def test_later_mail_never_renumbers_or_divides(dana: Community) -> None:
    """Whoever was one contact stays one under the same number, in whatever order mail comes."""
    steps = [
        exchange(str(number), "Olga Quist", address)
        for number, address in enumerate(
            ("olga@quist.example", "olga.quist@post.example", "oquist@gamma.example", "info@quist.example")
        )
    ]
    dana.read(Page("", cards=[card("1", "Olga Quist", "olga@quist.example")]))
    number = dana.id_of("olga@quist.example")
    held: set[str] = set()
    for step in steps:
        dana.read(Page("", messages=step))
        assert held <= dana.people()[number]
        held = dana.people()[number]
    # a namesake comes along: what was known of Olga stays with Olga
    dana.read(Page("", cards=[card("2", "Olga Quist", "olga@delta.example", organization="Delta")]))
    assert held <= dana.people()[number]
    assert dana.id_of("olga@delta.example") != number


def test_the_order_of_arrival_is_nothing(tmp_path: Path) -> None:
    """The same cards and mails in any order make the same people with the same numbers."""
    cards = [
        card("1", "Ann Lee", "ann@example.org"),
        card("2", "Ann Lee", "lee@delta.example", organization="Delta"),
        card("3", "Ben Quist", "ben@quist.example"),
    ]
    letters = [one for number, (name, address) in enumerate(
        (("Ann Lee", "ann@example.org"), ("Lee, Ann", "ann.lee@post.example"), ("Benjamin Quist", "bquist@quist.example"), ("Quist", "ben@quist.example"))
    ) for one in exchange(str(number), name, address)]  # fmt: skip
    found = []
    for seed in range(4):
        chance = random.Random(seed)
        chance.shuffle(cards)
        chance.shuffle(letters)
        made = Community(tmp_path / f"{seed}.duckdb").read(Page("", cards=list(cards), messages=list(letters)))
        found.append(made.people())
        made.store.close()
    assert all(one == found[0] for one in found)


def test_who_is_no_contact_and_why(dana: Community) -> None:
    """An exchange makes a contact; an address alone doesn't."""
    dana.read(
        Page(
            "",
            messages=[
                *exchange("a", "Ann Lee", "ann@example.org"),
                mail("b", "stranger@example.org", ME, "Sam Stranger"),
                mail("c", ME, "silent@example.org", to_name="Silas Silent"),
                mail("d", "news@shop.example", ME, "Shop", marks=("list", "bulk")),
                *exchange("e", "Support", "support@shop.example"),
            ],
        )
    )
    assert dana.groups() == [["ann@example.org"]]
    assert dana.column("correspondents", "address", "reason") == {
        "stranger@example.org": "They wrote to you, and you never answered.",
        "silent@example.org": "You wrote to them, and they never answered.",
        "news@shop.example": "Only lists, newsletters or automatic mail came from it.",
        "support@shop.example": "It is the address of an office, not of a person.",
    }


def test_a_dozen_on_one_address_are_no_contact(dana: Community) -> None:
    """A dummy address that many share is nobody's, and makes nobody one."""
    names = ("Ann Lee", "Boris Klein", "Chen Wu", "Dora Stern", "Egon Falk")
    letters = [one for number, name in enumerate(names) for one in exchange(str(number), name, "none@none")]
    dana.read(Page("", cards=[card("1", "Ann Lee", "ann@example.org")], messages=letters))
    assert dana.groups() == [["ann@example.org"]]
    assert dana.column("correspondents", "address", "reason") == {"none@none": "The address leads nowhere."}


def test_the_owners_card_names_a_contact_first(dana: Community) -> None:
    """Before what a network or a mail calls them."""
    dana.read(
        Page(
            "",
            cards=[
                card("1", "Liz Example", "liz@example.org"),
                card("2", "Elizabeth Q. Example", "liz@example.org", form="linkedin"),
            ],
            messages=exchange("a", "EXAMPLE, Elizabeth (Alpha)", "liz@example.org"),
        )
    )
    assert list(dana.column("contacts", "contact_id", "name").values()) == ["Liz Example"]


def test_discovery_can_be_switched_off(dana: Community) -> None:
    """Then only cards and the owner's word make contacts, and each correspondent's reason says so."""
    letters = [*exchange("a", "Ann Lee", "ann@example.org"), *exchange("b", "Ben Quist", "ben@quist.example")]
    dana.read(Page("", cards=[card("1", "Ann Lee", "ann@example.org")], messages=letters))
    assert dana.groups() == [["ann@example.org"], ["ben@quist.example"]]
    dana.rebuild(discover=False)
    assert dana.groups() == [["ann@example.org"]]
    assert dana.column("correspondents", "address", "reason") == {
        "ben@quist.example": "New contacts are not added by themselves: that is switched off in settings.toml."
    }


def test_an_assistants_mail_is_theirs_and_the_bosses_by_half(dana: Community) -> None:
    """Once the owner has said for whom they write; before, it is the assistant's alone."""
    boss, helper = "carla@alpha.example", "petra@alpha.example"
    people = [card("1", "Carla Bosworth", boss), card("2", "Petra Hilfer", helper)]
    letters = [
        mail("a", helper, ME, "Petra Hilfer"),
        mail("b", ME, helper),
        mail("c", ME, boss, to_addresses=(boss, helper), to_names=("", "")),
    ]
    dana.read(Page("", cards=people, messages=letters))
    assert dana.weights() == {
        ("Petra Hilfer", "a"): 1.0,
        ("Petra Hilfer", "b"): 1.0,
        ("Carla Bosworth", "c"): 0.75,
        ("Petra Hilfer", "c"): 0.75,
    }
    dana.rebuild(assistants=((helper, boss),))
    assert dana.weights() == {
        ("Petra Hilfer", "a"): 0.5,
        ("Carla Bosworth", "a"): 0.5,
        ("Petra Hilfer", "b"): 0.5,
        ("Carla Bosworth", "b"): 0.5,
        ("Carla Bosworth", "c"): 0.75,
        ("Petra Hilfer", "c"): 0.375,
    }
