"""Who a mail is from and to is read however a mail program has written it, and the fast way reads what the slow one does."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.mail_addresses import read_addresses, read_first, read_odd_addresses
from connectors.mail_text import LONGEST_VALUE, decode_raw

ANN = "ann@example.org"


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("ann@example.org", [("", ANN)]),
        ("<ann@example.org>", [("", ANN)]),
        ("Ann Abel <ann@Example.ORG>", [("Ann Abel", ANN)]),
        ('"Abel, Ann" <ann@example.org>, ben@example.org', [("Abel, Ann", ANN), ("", "ben@example.org")]),
        ("Abel, Ann <ann@example.org>", [("Abel, Ann", ANN)]),
        ("\"'Ann Abel'\" <ann@example.org>", [("Ann Abel", ANN)]),
        ("'ann@example.org'", [("", ANN)]),
        ("'ann@example.org, ben@example.org", [("", ANN), ("", "ben@example.org")]),
        ("ann@example.org <ann@example.org>", [("", ANN)]),
        ("\"'ann@example.org'\" <ann@example.org>", [("", ANN)]),
        ("<mailto:ann@example.org>", [("", ANN)]),
        ("ann@example.org (Ann Abel)", [("Ann Abel", ANN)]),
        ("=?utf-8?q?J=C3=BCrgen_B=2E?= <j@bücher.example>", [("Jürgen B.", "j@xn--bcher-kva.example")]),
        ("Jürgen <j@example.org>", [("Jürgen", "j@example.org")]),
        ("Friends: ann@example.org, Ben <ben@example.org>;", [("", ANN), ("Ben", "ben@example.org")]),
        ("undisclosed-recipients:;", []),
        ("ann@example.org, Ben <ben@exam", [("", ANN), ("Ben", "ben@exam")]),
        ("ann@example.org; ben@example.org", [("", ANN), ("", "ben@example.org")]),
        ("Ann", []),
        ("@example.org", []),
        ("", []),
    ],
)
def test_people_are_read_with_their_names(written: str, people: list[tuple[str, str]]) -> None:
    """Quoted, encoded, in groups, with the family name first, with the address in the name's place."""
    addresses, names = read_addresses(written.encode())
    assert list(zip(names, addresses, strict=True)) == people


def test_an_author_without_an_address_has_a_name() -> None:
    """The first one is the author."""
    assert read_first(b'"Ann Abel" <>') == ("", "Ann Abel")
    assert read_first(b"Ann <ann@example.org>, ben@example.org") == (ANN, "Ann")


LOCALS = ["ann", "Ann.Abel", "a..b", "a.", ".a", '"a b"', "o'neil", "a+b", "'ann", "'", "", "ann@", "=?utf-8?q?x?="]
DOMAINS = [
    "example.org",
    "EXAMPLE.org",
    "example.org.",
    ".example",
    "bücher.example",
    "a_b.example",
    "[1.2.3.4]",
    "",
    "..",
]
NAMES = (
    [
        "Ann Abel",
        '"Abel, Ann"',
        "'Ann'",
        "\"'Ann'\"",
        "=?utf-8?q?J=C3=BCrgen?=",
        "Jürgen",
        "Ann  Abel",
        "",
        "Ann A.",
        "日本",
    ]
    + [
        '"Ann (work)"',
        "Ann (work)",
        '"Ann \\"x\\""',
        ANN,
        f'"{ANN}"',
        "Ann & Ben",
        '""',
        '"  "',
        "'",
        "A\tB",
        "Ann\x7f",
    ]
    + ["=?utf-8?b?SsO8cmdlbg==?= Abel", "=?utf-8?q?a=2C_b?=", "=?x?q?", "Abel, Ann"]
)
ADDRESS = st.builds("{}@{}".format, st.sampled_from(LOCALS), st.sampled_from(DOMAINS))
ENTRY = st.one_of(
    ADDRESS,
    st.builds("{}{}<{}>".format, st.sampled_from(NAMES), st.sampled_from(["", " ", "  "]), ADDRESS),
    st.sampled_from(["Group: ann@example.org;", "<>", "", "Ann", "ann@example.org (Ann)", "<@x:ann@example.org>"]),
)
LISTS = st.lists(st.tuples(ENTRY, st.sampled_from([", ", ",", " , ", ";", ", ,", "\t,", " "])), max_size=4)
NOISE = st.text("ab\"<>@,. ()=?:;\\'[]ü\t", max_size=14)


@settings(max_examples=400)
@given(st.one_of(LISTS.map(lambda pairs: "".join(map("".join, pairs))), NOISE))
def test_the_fast_way_reads_what_the_slow_way_reads(written: str) -> None:
    """Ordinary lists are read without the stdlib's parser, entry by entry as they were met before: never otherwise than by
    it, and the second time as the first."""
    value = written.strip().encode()
    read = read_addresses(value)
    assert read == read_odd_addresses(decode_raw(value))
    assert read_addresses(value) == read


def test_a_long_list_is_read_up_to_a_bound() -> None:
    """Of a hundred thousand recipients the first two thousand and more; nobody is lost where the slow way has to read them."""
    many = b", ".join(b"p%d@example.org" % number for number in range(100_000))
    addresses, _ = read_addresses(many)
    assert addresses == tuple(f"p{number}@example.org" for number in range(len(addresses)))
    assert len(addresses) == many[:LONGEST_VALUE].count(b",")
    for between in ("; ", ", ", " , , "):
        odd = between.join(f"Family{number}, Given <p{number}@example.org>" for number in range(1_000))
        addresses, names = read_odd_addresses(odd)
        assert addresses == tuple(f"p{number}@example.org" for number in range(1_000))
        assert set(names) == {f"Family{number}, Given" for number in range(1_000)}
