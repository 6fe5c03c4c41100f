"""LinkedIn's list of connections is read in its languages, row by row; a date is no contact but a date."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.contact_connections import day_of, looks_like_connections, read_connections
from connectors.records import Card, Reject

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\r\n"
NOTES = 'Notes:\n"When exporting your connection data, you may notice that some addresses are missing."\n\n'
ROW = 'Ann,Ode,https://www.linkedin.com/in/ann,ann@example.org,"Example, Inc.",CEO,06 Nov 2026\r\n'
DAY = int(datetime(2026, 11, 6, tzinfo=UTC).timestamp()) * 1_000_000


def read(data: bytes | str) -> tuple[list[Card], list[Reject]]:
    """All batches together."""
    batches = list(read_connections(data.encode() if isinstance(data, str) else data, "Connections.csv"))
    return [card for batch in batches for card in batch.cards], [one for batch in batches for one in batch.rejects]


def test_a_row_is_read_whole() -> None:
    """Notes before the header are passed over; the day of connection is midnight UTC."""
    assert read(NOTES + HEADER + ROW) == (
        [
            Card(
                place="Connections.csv",
                key="https://www.linkedin.com/in/ann",
                name="Ann Ode",
                given="Ann",
                family="Ode",
                nicknames=(),
                organization="Example, Inc.",
                title="CEO",
                emails=("ann@example.org",),
                phones=(),
                profiles=("https://www.linkedin.com/in/ann",),
                kind="individual",
                members=(),
                tags=(),
                connected_at=DAY,
                died_on=None,
                form="linkedin",
            )
        ],
        [],
    )


@pytest.mark.parametrize(
    "header",
    [
        "Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Vernetzt am",
        "Prénom,Nom,URL,Adresse e-mail,Entreprise,Poste,Connecté le",
        "Nombre,Apellidos,URL,Dirección de correo electrónico,Empresa,Cargo,Conectado el",
        "Nome,Sobrenome,URL,Endereço de e-mail,Empresa,Cargo,Conectado em",
        "Nome,Cognome,URL,Indirizzo e-mail,Azienda,Posizione,Collegato in data",
        "Voornaam,Achternaam,URL,E-mailadres,Bedrijf,Functie,Verbonden op",
        "first name,LAST NAME,Url,Email address,company,position,connected on",
    ],
)
def test_headers_are_known_in_several_languages(header: str) -> None:
    """The columns mean the same whatever language the export is in."""
    data = f"{header}\r\n{ROW}"
    assert looks_like_connections(data.encode())
    assert read(data) == read(HEADER + ROW)


def test_columns_stand_in_any_order() -> None:
    """Their names say what they are, also with columns that nobody knows between."""
    data = "Connected On;Shoe Size;Email Address;Last Name;First Name\n06 Nov 2026;44;ann@example.org;Ode;Ann\n"
    ((card,), rejects) = read(data)
    assert (card.name, card.emails, card.connected_at, rejects) == ("Ann Ode", ("ann@example.org",), DAY, [])


@pytest.mark.parametrize(
    "written",
    [
        "06 Nov 2026",
        "6 nov. 2026",
        "2026-11-06",
        "06.11.2026",
        "6. November 2026",
        "6 novembre 2026",
        "6 de novembro de 2026",
        "6 de nov. de 2026",
        "6 noviembre 2026",
        "06-Nov-26",
        "Nov 6, 2026",
        "11/6/26, 4:12 PM",
        "6-11-2026",
        "2026/11/06",
        "2026年11月6日",
    ],
)
def test_a_day_is_written_in_many_ways(written: str) -> None:
    """Languages, orders and marks; always midnight UTC of that day."""
    assert day_of(written) == DAY


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("1 März 2026", 3),
        ("1 Mrz 2026", 3),
        ("1 août 2026", 8),
        ("1 ago. 2026", 8),
        ("1 mei 2026", 5),
        ("1 mrt. 2026", 3),
        ("1 out 2026", 10),
        ("1 dic 2026", 12),
        ("1 set 2026", 9),
        ("1 gen 2026", 1),
        ("1 févr. 2026", 2),
        ("1 ene 2026", 1),
    ],
)
def test_months_are_known_in_several_languages(written: str, month: int) -> None:
    """By their names and their short names."""
    assert day_of(written) == int(datetime(2026, month, 1, tzinfo=UTC).timestamp()) * 1_000_000


@pytest.mark.parametrize("written", ["", "soon", "31 Feb 2026", "99/99/9999", "6 Brumaire 2026"])
def test_an_unreadable_day_is_none(written: str) -> None:
    """Never a made-up date; the row is kept."""
    assert day_of(written) is None


@pytest.mark.parametrize(
    ("row", "name", "emails", "profiles"),
    [
        ("Ann,Ode,https://example.org/ann,,,,06 Nov 2026", "Ann Ode", (), ("https://example.org/ann",)),
        (",,https://example.org/ann,,,,06 Nov 2026", "", (), ("https://example.org/ann",)),
        (",,,ann@example.org,,,06 Nov 2026", "", ("ann@example.org",), ()),
        ("Ann,,,,,,", "Ann", (), ()),
        ("Ann", "Ann", (), ()),
        ('Ann "the 2nd,Ode', 'Ann "the 2nd Ode', (), ()),
        ("Ann,Ode,,not an address,,,06 Nov 2026", "Ann Ode", (), ()),
    ],
)
def test_rows_may_lack_nearly_everything(
    row: str, name: str, emails: tuple[str, ...], profiles: tuple[str, ...]
) -> None:
    """One of name, address and profile is enough."""
    ((card,), rejects) = read(f"{HEADER}{row}\r\n")
    assert (card.name, card.emails, card.profiles, rejects) == (name, emails, profiles, [])


def test_a_row_that_names_nobody_is_rejected_alone() -> None:
    """An account that is gone leaves an empty row; blank lines are nothing."""
    cards, rejects = read(f"{HEADER},,,,,,06 Nov 2026\r\n\r\n{ROW}")
    assert [card.name for card in cards] == ["Ann Ode"]
    assert [(one.key, one.reason) for one in rejects] == [
        ("line 2", "the row names nobody: no name, address or profile")
    ]


def test_a_quotation_mark_left_open_costs_one_row() -> None:
    """The rows after it are read."""
    cards, rejects = read(f'{HEADER}Bo,"Open,,,,,\r\n{ROW}' + ROW.replace("Ann", "Cy").replace("in/ann", "in/cy") * 20)
    assert ([card.name for card in cards], [one.key for one in rejects]) == (["Ann Ode", "Cy Ode"], ["line 2"])


def test_a_cell_may_run_over_lines() -> None:
    """A quoted line break belongs to its cell."""
    ((card,), rejects) = read(HEADER + ROW.replace("Example, Inc.", "Example,\r\nInc."))
    assert (card.organization, rejects) == ("Example, Inc.", [])


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + (NOTES + HEADER + ROW).encode(),
        (HEADER + ROW).encode("utf-16"),
        (HEADER + ROW).replace("\r\n", "\n").encode(),
        (HEADER + ROW).replace("\r\n", "\r").encode(),
    ],
    ids=["BOM", "UTF-16", "LF", "CR"],
)
def test_bytes_come_in_many_dresses(data: bytes) -> None:
    """Byte order marks and line ends change nothing."""
    assert looks_like_connections(data)
    assert [card.name for card in read(data)[0]] == ["Ann Ode"]


def test_windows_letters_are_read() -> None:
    """A file saved anew by a spreadsheet keeps its accents."""
    assert read((HEADER + ROW.replace("Ann", "José")).encode("cp1252"))[0][0].name == "José Ode"


def test_a_huge_line_is_one_reject() -> None:
    """The rows around it are read."""
    cards, rejects = read(f"{HEADER}{ROW}Bo,{'x' * 5_000_000}\r\n" + ROW.replace("in/ann", "in/cy"))
    assert (len(cards), [one.reason for one in rejects]) == (2, ["the row is longer than any person's"])


def test_many_rows_come_in_batches() -> None:
    """Two thousand at a time."""
    rows = "".join(ROW.replace("in/ann", f"in/{number}") for number in range(4_500))
    batches = [len(batch.cards) for batch in read_connections((HEADER + rows).encode(), "Connections.csv")]
    assert batches == [2_000, 2_000, 500]


@pytest.mark.parametrize("head", [b"", b"Name,Phone\nAnn,5\n", b"Date,Amount,First Name\n1,2,3\n", b"BEGIN:VCARD"])
def test_another_table_is_no_list_of_connections(head: bytes) -> None:
    """It is known by the column that says since when, beside who."""
    assert not looks_like_connections(head)
    assert [one.reason for one in read(head)[1]] == [
        "this is no list of connections: it has no column for the date of connection"
    ]


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_whatever_raise(noise: bytes) -> None:
    """Any bytes end in cards and rejects."""
    read(noise)
    read(HEADER.encode() + noise)
