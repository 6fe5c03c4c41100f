"""Who is who: one person by several addresses, different people by one name, and addresses that many share."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.rules import identity
from pipelines.rules.addresses import normal
from pipelines.rules.identity import People, Words
from pipelines.rules.parties import Mention


def seen(name: str, address: str, times: int = 1) -> Mention:
    """A name and an address as they stand in mail."""
    found = normal(address)
    return Mention(name, (found,) if found else (), seen=times)


def card(
    key: str,
    name: str,
    *emails: str,
    phones: tuple[str, ...] = (),
    profiles: tuple[str, ...] = (),
    firm: str = "",
    book: str = "book",
) -> Mention:
    """A card of an address book."""
    return Mention(name, emails, phones, profiles, firm, book, key)


def one(*mentions: Mention) -> bool:
    """Whether all are one person."""
    return len(set(identity.people(mentions).person)) == 1


def each(*mentions: Mention) -> bool:
    """Whether all are different people."""
    return len(set(identity.people(mentions).person)) == len(mentions)


@pytest.mark.parametrize(
    "pairs",
    [
        (("Ann Zellweg", "ann@example.org"), ("Zellweg, Ann", "ann@elsewhere.example")),
        (("Ann Zellweg", "ann@example.org"), ("ZELLWEG Ann", "az@elsewhere.example")),
        (("Ann Zellweg", "ann@example.org"), ("Zellweg, Ann (ALPHA)", "az@elsewhere.example")),
        (("Ann Zellweg", "ann@example.org"), ("Dr. Ann Zellweg, PhD", "az@elsewhere.example")),
        (("Ann Zellweg", "ann@example.org"), ("Ann M. Zellweg", "az@elsewhere.example")),
        (("Ann Zellweg", "ann@example.org"), ("Ann Zellweg via Alpha", "az@elsewhere.example")),
        (("Jürgen Groß", "jg@example.org"), ("Juergen Gross", "jg@elsewhere.example")),
        (("Łukasz Źrebiec", "lz@example.org"), ("Lukasz Zrebiec", "lukasz@elsewhere.example")),
        (("José Quintanar", "jq@example.org"), ("JosÃ© Quintanar", "jose@elsewhere.example")),
        (("Сергей Лебедевский", "sl@example.org"), ("Sergey Lebedevskiy", "sergey@elsewhere.example")),
        (("Γιώργος Παππαδής", "gp@example.org"), ("Giorgos Pappadis", "giorgos@elsewhere.example")),
        (("王小明", "wang@example.org"), ("王小明", "xm@elsewhere.example")),
        (("傅立业 (Chris Fu)", "fu@example.org"), ("Chris Fu", "fu@example.org")),
        (("Ann Zellweg", "ann@alpha.example"), ("Annie Zellweg", "ann.zellweg@beta.alpha.example")),
        (("Ann Zellweg", "ann.zellweg@example.org"), ("", "Ann.Zellweg+news@Example.ORG")),
        (("Ann Zellweg", "annzellweg@gmail.com"), ("", "ann.zell.weg@googlemail.com")),
        (("Ann Zellweg", "ann@bücher.example"), ("", "ANN@xn--bcher-kva.example")),
        (("Ann Zellweg", "ann@example.org"), ("Ann Mayer", "ann@example.org")),
        (("Ann Zellweg", "1234+annzellweg@users.noreply.github.com"), ("Ann Zellweg", "ann@example.org")),
        (("annzellweg", "annzellweg@laptop.local"), ("Ann Zellweg", "ann@example.org")),
        (("CORP\\annzellweg", "annzellweg@corp.example"), ("Ann Zellweg", "ann@example.org")),
        (("Jeff", "jeffzellweg@post.example"), ("Jeffrey Zellweg", "jeffrey@example.org")),
    ],
)  # fmt: skip
def test_one_person_by_two_addresses(pairs: tuple[tuple[str, str], tuple[str, str]]) -> None:
    """In another order, spelling, script or letter case, by a nickname, after a wedding, from a machine or a forge."""
    assert one(*(seen(*pair) for pair in pairs))


@pytest.mark.parametrize(
    "pairs",
    [
        (("James Smith", "james@alpha.example"), ("James Smith", "jsmith@beta.example")),
        (("Thomas Müller", "thomas@alpha.example"), ("Thomas Mueller", "tm@beta.example")),
        (("Wei Zhang", "wei@alpha.example"), ("Zhang Wei", "zw@beta.example")),
        (("John Zellweg Jr.", "john@alpha.example"), ("John Zellweg Sr.", "john@beta.example")),
        (("Martin Zellweg", "zellweg@alpha.example"), ("Martina Zellweg", "martina@beta.example")),
        (("A. Zellweg", "a@alpha.example"), ("Anna Zellweg", "anna@beta.example"), ("Anton Zellweg", "anton@gamma.example")),
        (("Konstantin", "konstantin@alpha.example"), ("Konstantin", "konstantin@beta.example")),
        (("", "info@alpha.example"), ("", "info@beta.example")),
        (("", "alejandro@alpha.example"), ("", "alejandro@beta.example")),
        (("root", "root@alpha"), ("root", "root@beta")),
        (("Ubuntu", "ubuntu@ip-10-0-0-1"), ("Ubuntu", "ubuntu@ip-10-0-0-2")),
        (("Your Name", "you@example.com"), ("Your Name", "your@email.example")),
        (("", ""), ("", "")),
        (("root", ""), ("root", "")),
        (("John Zellweg", "john.zellweg@alpha.example"), ("John Zellweg", "john.zellweg2@alpha.example")),
        (("John A. Zellweg", "jzellweg@alpha.example"), ("John B. Zellweg", "jbzellweg@alpha.example")),
        (("R. Gupta", "rgupta@alpha.example"), ("Rohan Gupta", "rgupta@beta.example")),
        (("Chen Zhang", "czhang@alpha.example"), ("Chen Zhang", "chen.zhang@beta.example")),
        (("Jaehyun Oh", "jhoh@alpha.example"), ("Jaehyun Oh", "oh@beta.example")),
    ],
)  # fmt: skip
def test_different_people_stay_apart(pairs: tuple[tuple[str, str], ...]) -> None:
    """By a common name, a given name, an initial that fits two, an office, a machine, or nothing at all."""
    assert each(*(seen(*pair) for pair in pairs))


CROWD = (
    "Ann Zellweg",
    "Boris Klein",
    "Cleo Wurm",
    "Dora Stern",
    "Egon Falk",
    "Fatima Zahra",
    "Gino Rossi",
    "Hana Sato",
)


@pytest.mark.parametrize(
    "address",
    ["none@none", "root@localhost", "", "info@alpha.example", "devel@project.example", "(no author)@c0ffee-1234", "x@y", "devnull@localhost",
     "git@git.local", "a.b@corp.example"],
)  # fmt: skip
def test_a_crowd_on_one_address_is_a_crowd(address: str) -> None:
    """However the address looks: as many people as names, with an empty name beside them, and with addresses of their
    own elsewhere, which each of them keeps."""
    assert each(*(seen(name, address) for name in (*CROWD, "")))
    own = [seen(name, f"{name.split()[0].lower()}@home.example") for name in CROWD]
    found = identity.people([*own, *(seen(name, address) for name in CROWD)]).person
    assert len(set(found[: len(CROWD)])) == len(CROWD)
    assert found[: len(CROWD)] == found[len(CROWD) :]


def test_a_middle_initial_tells_two_of_one_name_apart() -> None:
    """John A. and John B. are two, also where one of them leaves his initial out now and then."""
    found = identity.people(
        [
            seen("John A. Zellweg", "jzellweg@alpha.example"),
            seen("John Zellweg", "jzellweg@alpha.example"),
            seen("John B. Zellweg", "jbzellweg@alpha.example"),
        ]
    ).person
    assert (found[0] == found[1], found[1] != found[2]) == (True, True)


def test_two_who_share_an_address_and_have_their_own_are_two() -> None:
    """Where nothing says whose it is."""
    mentions = [seen("Ann Zellweg", "desk@alpha.example"), seen("Boris Klein", "desk@alpha.example"), seen("Ann Zellweg", "ann@home.example"), seen("Boris Klein", "boris@home.example")]  # fmt: skip
    found = identity.people(mentions).person
    assert (found[0] == found[2], found[1] == found[3], found[0] != found[1]) == (True, True, True)


def test_an_assistant_is_not_the_boss() -> None:
    """Who writes from the assistant's address in the boss's name makes no boss of the assistant."""
    mentions = [
        seen("Carla Bosworth", "carla@alpha.example", 9),
        seen("Petra Hilfer", "petra@alpha.example", 9),
        seen("Petra Hilfer on behalf of Carla Bosworth", "petra@alpha.example"),
        seen("Carla Bosworth", "petra@alpha.example"),
        seen("Office of Carla Bosworth", "petra@alpha.example"),
    ]
    found = identity.people(mentions)
    assert found.person[0] != found.person[1]
    assert {box.address for box in found.parties[found.person[0]].boxes} == {"carla@alpha.example"}


def test_a_couple_is_two() -> None:
    """A family's address is nobody's alone; each has their own."""
    mentions = [seen("Martin Zellweg", "zellweg@home.example"), seen("Martina Zellweg", "zellweg@home.example"), seen("Martin Zellweg", "martin@alpha.example")]  # fmt: skip
    found = identity.people(mentions)
    assert (found.person[0] == found.person[2], found.person[0] == found.person[1]) == (True, False)


def test_numbers_and_profiles_join_cards() -> None:
    """A telephone number or a profile page, unless the names speak against it: a family's number."""
    phone, page = ("+16175550142",), ("linkedin.com/in/annz",)
    assert one(
        card("1", "Ann Zellweg", "ann@example.org", phones=phone), card("2", "A. Zellweg", phones=phone, book="other")
    )
    assert one(
        card("1", "Ann Zellweg", profiles=page), card("2", "Ann Mayer", "am@example.org", profiles=page, book="other")
    )
    assert each(card("1", "Ann Zellweg", phones=phone), card("2", "Boris Zellweg", phones=phone, book="other"))


def test_two_cards_of_one_book_are_two_people() -> None:
    """The owner has made two; unless one repeats the other."""
    assert each(
        card("1", "Ann Zellweg", "ann@alpha.example", firm="Alpha"),
        card("2", "Ann Zellweg", "ann@beta.example", firm="Beta"),
    )
    assert one(
        card("1", "Ann Zellweg", "ann@alpha.example"), card("2", "Ann Zellweg", "ann@alpha.example", "az@beta.example")
    )


def test_a_match_that_is_not_sure_is_a_question() -> None:
    """Merged silently is only what is sure; each match keeps its rule and its probability."""
    asked = identity.people(
        [card("1", "James Smith", "james@alpha.example"), seen("James Smith", "js@beta.example")]
    ).asked
    assert [(link.rule, link.probability) for link in asked] == [("name", 0.85)]
    found = identity.people([card("1", "Ann Zellweg", "ann@example.org"), seen("Zellweg, Ann", "az@elsewhere.example")])
    assert (found.how, found.asked) == ({1: ("name", 0.97)}, [])


def test_the_owners_word_wins() -> None:
    """Over every rule, in both directions."""
    ann, boris, other = (
        seen("Ann Zellweg", "ann@example.org"),
        seen("Boris Klein", "boris@example.org"),
        seen("Ann Zellweg", "az@example.com"),
    )
    assert identity.people([ann, boris], Words(together=[(0, 1)])).person == [0, 0]
    assert len(set(identity.people([ann, other], Words(apart=[(0, 1)])).person)) == 2
    assert len(set(identity.people([ann, other], Words(alone=frozenset(["az@example.com"]))).person)) == 2


def test_an_earlier_match_of_two_names_is_asked_and_not_repeated() -> None:
    """Two cards with one address and two given names: even if they were one contact once, they are two people."""
    cards = [
        Mention("Kaori Nakamura", ("home@nakamura.example",), book="b", key="1"),
        Mention("Takuya Nakamura", ("home@nakamura.example",), book="b", key="2"),
    ]
    found = identity.people(cards, Words(earlier={"card:1": "abc", "card:2": "abc"}))
    assert len(set(found.person)) == 2
    assert [link.rule for link in found.asked] == ["earlier match"]


def test_who_was_one_stays_one() -> None:
    """An earlier match holds, whatever else is learned."""
    earlier = {"email:james@alpha.example": "abc", "email:js@beta.example": "abc"}
    mentions = [seen("James Smith", "james@alpha.example"), seen("James Smith", "js@beta.example")]
    assert len(set(identity.people(mentions, Words(earlier=earlier)).person)) == 1


NAMES = (
    "Ann Zellweg",
    "Zellweg, Ann",
    "A. Zellweg",
    "Ann",
    "annz",
    "Boris Klein",
    "James Smith",
    "Jim Smith",
    "smithj",
    "",
    "Info",
    "王小明",
    "Anna Zellweg",
)
ADDRESSES = (
    "ann@example.org",
    "ann.zellweg@alpha.example",
    "annz@users.noreply.github.com",
    "boris@example.org",
    "info@alpha.example",
    "none@none",
    "",
    "js@alpha.example",
    "smithj@beta.example",
    "jsmith@alpha.example",
    "annz@laptop.local",
)
MENTIONS = st.lists(
    st.builds(seen, st.sampled_from(NAMES), st.sampled_from(ADDRESSES), st.integers(1, 3)), max_size=14, unique=True
)


def groups(mentions: list[Mention], found: People) -> set[frozenset[Mention]]:
    """The mentions of each person."""
    people: dict[int, set[Mention]] = {}
    for mention, person in zip(mentions, found.person, strict=True):
        people.setdefault(person, set()).add(mention)
    return {frozenset(group) for group in people.values()}


@settings(deadline=None, max_examples=200)
@given(MENTIONS, st.randoms(use_true_random=False))
def test_the_order_of_mentions_is_nothing(mentions: list[Mention], chance: random.Random) -> None:
    """The same mentions in any order are the same people, asked the same questions."""
    first = identity.people(mentions)
    shuffled = list(mentions)
    chance.shuffle(shuffled)
    second = identity.people(shuffled)
    assert groups(mentions, first) == groups(shuffled, second)
    assert len(first.asked) == len(second.asked)
