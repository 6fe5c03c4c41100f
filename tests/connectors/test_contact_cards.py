"""An address book of any age and program becomes cards; junk costs only itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.contact_cards import looks_like_cards, read_card_batches, read_cards
from connectors.records import Card


def book(*cards: str, version: str = "3.0") -> bytes:
    """An address book of cards, each given by its lines."""
    return (
        "".join(f"BEGIN:VCARD\nVERSION:{version}\n{card.strip()}\nEND:VCARD\n" for card in cards)
        .replace("\n", "\r\n")
        .encode()
    )


def card(lines: str, version: str = "3.0") -> Card:
    """The only card of a book, which must be readable to the last line."""
    found = read_cards(book(lines, version=version), "book.vcf")
    assert found.rejects == []
    (only,) = found.cards
    return only


def test_a_card_is_read_whole() -> None:
    """Every field of the record is filled from the card that tells it."""
    told = card(
        "UID:urn:uuid:1\nFN:Dr. Ann B. Ode\nN:Ode;Ann;B.;Dr.;\nNICKNAME:Annie,Anka\nORG:Example\\, Inc.;Sales\n"
        "TITLE:Head of Sales\nEMAIL;TYPE=WORK:Ann@Example.org\nEMAIL:ann@home.example.org\nTEL;TYPE=CELL:+1 555 0100\n"
        "URL:https://ann.example.org\nCATEGORIES:friends,climbing\nX-MAIDENNAME:Orr\nDEATHDATE:20250102\nBDAY:1980-01-01",
        version="4.0",
    )
    assert told == Card(
        place="book.vcf",
        key="urn:uuid:1",
        name="Dr. Ann B. Ode",
        given="Ann",
        family="Ode",
        nicknames=("Annie", "Anka", "Ann Orr"),
        organization="Example, Inc.",
        title="Head of Sales",
        emails=("Ann@example.org", "ann@home.example.org"),
        phones=("+1 555 0100",),
        profiles=("https://ann.example.org",),
        kind="individual",
        members=(),
        tags=("friends", "climbing"),
        connected_at=None,
        died_on="20250102",
        form="vcard",
    )


def test_an_old_telephones_card_is_read() -> None:
    """vCard 2.1: quoted-printable over soft breaks, a charset, types without TYPE=."""
    told = card(
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:P=C3=A9rez-Qui=\n=C3=B1ones;Yola=\nnda;;;\n"
        "FN;CHARSET=ISO-8859-1;QUOTED-PRINTABLE:Yolanda P=E9rez\nTEL;CELL;PREF:+15550163\n"
        "EMAIL;INTERNET;HOME:y@example.org\nTEL;FAX;WORK:+15550164",
        version="2.1",
    )
    assert (told.name, told.given, told.family) == ("Yolanda Pérez", "Yolanda", "Pérez-Quiñones")
    assert (told.phones, told.emails) == (("+15550163",), ("y@example.org",))


@pytest.mark.parametrize(
    ("lines", "phones"),
    [
        ("TEL;VALUE=uri;TYPE=cell:tel:+1-555-0100", ("+1-555-0100",)),
        ('TEL;VALUE=uri;TYPE="work,voice":tel:+1-555-0100;ext=12', ("+1-555-0100 x12",)),
        ("item1.TEL:+1 555 0100\nitem1.X-ABLabel:_$!<Mobile>!$_", ("+1 555 0100",)),
        ("TEL:+1 555 0100\nTEL;TYPE=HOME:+1 555 0100", ("+1 555 0100",)),
        ("TEL:none", ()),
        ("TEL;TYPE=FAX:+1 555 0100", ()),
    ],
)
def test_telephone_numbers_are_read_as_written(lines: str, phones: tuple[str, ...]) -> None:
    """URIs, groups and types in any form; no faxes, nothing without a digit, each once."""
    assert card(f"FN:Ann\n{lines}", version="4.0").phones == phones


@pytest.mark.parametrize(
    ("lines", "emails"),
    [
        ("item1.EMAIL;type=INTERNET:ann@example.org", ("ann@example.org",)),
        ('EMAIL;TYPE="work,home";PREF=1:ann@example.org', ("ann@example.org",)),
        ("EMAIL:mailto:ann@example.org", ("ann@example.org",)),
        ("EMAIL:Ann Ode <ann@example.org>", ("ann@example.org",)),
        ("EMAIL;TYPE=X400:S=Ode;O=Example", ()),
        ("EMAIL:ann@bücher.example.org", ("ann@xn--bcher-kva.example.org",)),
    ],
)
def test_mail_addresses_are_found(lines: str, emails: tuple[str, ...]) -> None:
    """In groups, with types in quotes, as URIs or with a name; what is no address is none."""
    assert card(f"FN:Ann\n{lines}").emails == emails


@pytest.mark.parametrize(
    ("lines", "profiles"),
    [
        ("URL:https://ann.example.org", ("https://ann.example.org",)),
        ("X-SOCIALPROFILE;type=linkedin:https://www.linkedin.com/in/ann", ("https://www.linkedin.com/in/ann",)),
        ("X-SOCIALPROFILE;type=twitter;x-user=ann:x-apple:ann", ("ann",)),
        ("SOCIALPROFILE;SERVICE-TYPE=Mastodon:https://social.example.org/@ann", ("https://social.example.org/@ann",)),
        ("IMPP;X-SERVICE-TYPE=Skype:skype:ann", ("skype:ann",)),
        ("X-SKYPE:ann", ("skype:ann",)),
        ("X-TWITTER:@ann", ("https://twitter.com/ann",)),
    ],
)
def test_profiles_are_gathered(lines: str, profiles: tuple[str, ...]) -> None:
    """Sites, networks and messengers, from whatever property a program has for them."""
    assert card(f"FN:Ann\n{lines}").profiles == profiles


@pytest.mark.parametrize(
    ("lines", "name", "kind"),
    [
        ("N:Ode;Ann;;;", "Ann Ode", "individual"),
        ("FN:\nN:Ode;Ann;B.;;", "Ann B. Ode", "individual"),
        ("NICKNAME:Annie\nEMAIL:ann@example.org", "Annie", "individual"),
        ("ORG:Example Inc.", "Example Inc.", "organization"),
        ("FN:Example Inc.\nORG:Example Inc.\nX-ABShowAs:COMPANY", "Example Inc.", "organization"),
        ("FN:ann@example.org\nEMAIL:ann@example.org", "", "individual"),
        ("EMAIL:ann@example.org", "", "individual"),
        ("FN;ALTID=1;LANGUAGE=en:Ann\nFN;ALTID=1;LANGUAGE=ja:アン", "Ann", "individual"),
        ("KIND:org\nFN:Example Inc.", "Example Inc.", "organization"),
    ],
)
def test_a_name_is_found_or_none_is_made_up(lines: str, name: str, kind: str) -> None:
    """FN, else the parts of N, else a nickname, else the firm; an address is no name."""
    told = card(lines)
    assert (told.name, told.kind) == (name, kind)


def test_a_group_names_its_members_by_their_addresses() -> None:
    """Those named by UID are looked up in the same book, wherever they stand."""
    group = "UID:g\nKIND:group\nFN:Climbers\nMEMBER:mailto:bo@example.org\nMEMBER:urn:uuid:1\nMEMBER:urn:uuid:9"
    found = read_cards(book(group, "UID:urn:uuid:1\nFN:Ann\nEMAIL:ann@example.org", version="4.0"), "book.vcf")
    assert [(told.name, told.kind, told.members) for told in found.cards] == [
        ("Ann", "individual", ()),
        ("Climbers", "group", ("bo@example.org", "ann@example.org")),
    ]


def test_a_junk_line_costs_only_itself() -> None:
    """The card is kept and the line is rejected."""
    found = read_cards(book("FN:Ann\n%%% junk\nEMAIL:ann@example.org", "FN:Bo"), "book.vcf")
    assert [(told.name, told.emails) for told in found.cards] == [("Ann", ("ann@example.org",)), ("Bo", ())]
    assert [reject.reason for reject in found.rejects] == [
        "line 3 of this card is no property; the rest of it was read"
    ]


def test_a_card_that_names_nobody_costs_only_itself() -> None:
    """A card without name, address, number or profile is rejected; the next is read."""
    found = read_cards(book("NOTE:nothing", "FN:Bo"), "book.vcf")
    assert [told.name for told in found.cards] == ["Bo"]
    assert [reject.reason for reject in found.rejects] == [
        "the card names nobody: it has no name, address, number or profile"
    ]


def test_a_card_without_its_end_does_not_swallow_the_next() -> None:
    """Both are read, and the lost end is told."""
    found = read_cards(book("FN:Ann", "FN:Bo").replace(b"END:VCARD\r\n", b"", 1), "book.vcf")
    assert ([told.name for told in found.cards], len(found.rejects)) == (["Ann", "Bo"], 1)


def test_a_card_inside_of_a_card_is_passed_over() -> None:
    """An agent's card (vCard 2.1) is not the person's."""
    told = card("FN:Ann\nAGENT:\nBEGIN:VCARD\nFN:Bo\nEND:VCARD\nEMAIL:ann@example.org", version="2.1")
    assert (told.name, told.emails) == ("Ann", ("ann@example.org",))


def test_a_picture_is_passed_over() -> None:
    """Fifty megabytes in one line, in folded lines, or in old unfolded ones change nothing."""
    pictures = (
        "PHOTO;ENCODING=b;TYPE=JPEG:" + "A" * 50_000_000,
        "PHOTO;ENCODING=b:" + "\n ".join(["A" * 74] * 50_000),
        "PHOTO;ENCODING=BASE64:\n" + "\n".join(["A" * 72] * 5_000) + "\n",
    )
    for picture in pictures:
        assert card(f"FN:Ann\n{picture}\nEMAIL:ann@example.org").emails == ("ann@example.org",)


@pytest.mark.parametrize(
    "data",
    [
        book("FN:José").replace(b"\r\n", b"\n"),
        book("FN:José").replace(b"\r\n", b"\r"),
        b"\xef\xbb\xbf" + book("FN:José"),
        book("FN:José").decode().encode("utf-16"),
        book("FN:José").decode().encode("cp1252"),
        book("FN:José").replace(b"FN:J", b"F\r\n N:\r\n\tJ"),
        book("FN:José").lower().replace(b"jos", b"Jos"),
    ],
    ids=["LF", "CR", "BOM", "UTF-16", "Windows-1252", "folds", "lower case"],
)
def test_bytes_come_in_many_dresses(data: bytes) -> None:
    """Line ends, folds, byte order marks, charsets and case change nothing."""
    assert looks_like_cards(data)
    assert [told.name for told in read_cards(data, "book.vcf").cards] == ["José"]


def test_cards_without_uid_have_keys_that_stay() -> None:
    """Read again the key is the same; the same card twice has two keys."""
    first, second = (read_cards(book("FN:Ann", "FN:Ann"), "book.vcf").cards for _ in range(2))
    assert [told.key for told in first] == [told.key for told in second]
    assert len({told.key for told in first}) == 2


def test_batches_hold_together_what_one_reading_gives() -> None:
    """A thousand cards at a time, and nothing is lost between."""
    data = book(*(f"FN:Person {number}" for number in range(2_500)))
    batches = [len(batch.cards) for batch in read_card_batches(data, "book.vcf")]
    assert batches == [1_000, 1_000, 500]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_whatever_raise(noise: bytes) -> None:
    """Any bytes end in cards and rejects."""
    read_cards(noise, "book.vcf")
    read_cards(b"BEGIN:VCARD\nFN:Ann\n" + noise + b"\nEND:VCARD", "book.vcf")


names = st.sampled_from(
    ["N", "FN;ENCODING=b", "FN;CHARSET=", "TEL;X", "EMAIL", "N;QUOTED-PRINTABLE", "MEMBER", 'URL;A="']
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(names, st.text(max_size=30)), max_size=6))
def test_no_value_whatever_raises(pairs: list[tuple[str, str]]) -> None:
    """Any text in any property ends in cards and rejects."""
    read_cards(book("\n".join(f"{name}:{value}" for name, value in pairs)), "book.vcf")
