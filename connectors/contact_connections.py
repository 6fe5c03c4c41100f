"""Turn LinkedIn's Connections.csv, in any of its languages, into cards."""

import csv
import re
import unicodedata
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from io import BytesIO, TextIOWrapper
from typing import NamedTuple

from babel.dates import get_month_names

from connectors.records import Card, Micros, Reject

BATCH = 2_000  # rows
MAX_ROW = 100_000  # characters; a longer row is no person
_PREAMBLE = 50  # lines before the header: LinkedIn's notes are three
_ROW_LINES = 5  # lines that one row may run over: more means a quote that nobody closed
_LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "nb", "pl")

_COLUMNS = {
    "first": "first name|vorname|prenom|nombre|nome|voornaam|fornamn|fornavn|imie",
    "last": "last name|nachname|nom|nom de famille|apellidos?|sobrenome|apelido|cognome|achternaam|efternamn|efternavn"
    "|etternavn|nazwisko",
    "url": "url|profile url|profil url|url du profil|url del perfil|url do perfil|url del profilo|profiel url",
    "email": "email|e mail|email address|e mail address|e mail adresse|emailadresse|adresse e mail|adresse email|correo"
    "|correo electronico|direccion de correo electronico|direccion de email|endereco de e mail|endereco de email"
    "|indirizzo e mail|indirizzo email|e mailadres|emailadres|e postadress|e postadresse|adres e mail",
    "company": "company|unternehmen|firma|entreprise|societe|empresa|azienda|societa|bedrijf|foretag|virksomhed"
    "|bedrift",
    "position": "position|poste|fonction|intitule de poste|cargo|puesto|posizione|qualifica|ruolo|funcao|functie"
    "|stilling|stanowisko|befattning",
    "connected": "connected on|vernetzt am|verbunden am|verknupft am|kontakt seit|connecte le|connectee le"
    "|relation depuis"
    "|en relation depuis|date de connexion|conectado el|conectado en|fecha de conexion|conectado desde|conectado em"
    "|data de conexao|conexao em|collegato il|collegato in data|data collegamento|collegato dal|verbonden op"
    "|connectie sinds|gekoppeld op|kontakter sedan|ansluten den|forbundet den|data nawiazania kontaktu",
}
_FIELDS = {
    word: field
    for field, words in _COLUMNS.items()
    for word in words.replace("apellidos?", "apellido|apellidos").split("|")
}


class Connections(NamedTuple):
    """What was read: the connections as cards, and the rows that could not be read."""

    cards: list[Card]
    rejects: list[Reject]


class _Header(NamedTuple):
    columns: dict[str, int]
    delimiter: str


def looks_like_connections(head: bytes) -> bool:
    """Whether a file that begins with these bytes is LinkedIn's list of connections, notes before it or not."""
    lines = _decoded(head[:16_384])
    return any(_header(line) for _, line in zip(range(_PREAMBLE), lines, strict=False))


def read_connections(data: bytes, place: str) -> Iterator[Connections]:
    """Yield the rows in batches, in the memory of one batch; never raises for what the data holds.

    `connected_at` is midnight UTC of the day. A row without any name is kept if it has an address or a profile.
    """
    lines: deque[str] = deque()  # put back by `_row`
    source = _decoded(data)
    header, number = None, 0
    for line in source:
        number += 1
        if header := _header(line):
            break
        if number >= _PREAMBLE:
            break
    if header is None:
        yield Connections(
            [], [Reject(place, "", "this is no list of connections: it has no column for the date of connection")]
        )
        return
    cards: dict[str, Card] = {}
    rejects: list[Reject] = []
    while True:
        row, used, reason = _row(lines, source, header.delimiter)
        if not used:
            break
        number += used
        if reason:
            rejects.append(Reject(place, f"line {number}", reason))
        elif row and any(row):
            card = _card(row, header.columns, place)
            if card is None:
                rejects.append(Reject(place, f"line {number}", "the row names nobody: no name, address or profile"))
            else:
                cards[card.key] = card
        if len(cards) + len(rejects) >= BATCH:
            yield Connections(list(cards.values()), rejects)
            cards, rejects = {}, []
    if cards or rejects:
        yield Connections(list(cards.values()), rejects)


def _decoded(data: bytes) -> Iterator[str]:
    """The lines, decoded as they are asked for; what is no UTF-8 is read as Windows wrote it."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield from TextIOWrapper(BytesIO(data), encoding="utf-16", errors="replace", newline=None)
        return
    stream = BytesIO(data[3:] if data[:3] == b"\xef\xbb\xbf" else data)
    one_line = b"\n" not in data[:65_536]
    if one_line and b"\r" in data[:65_536]:
        stream = BytesIO(data.replace(b"\r", b"\n"))
    while raw := stream.readline(MAX_ROW):
        if not raw.endswith(b"\n"):  # an endless line: what is beyond its beginning is not read
            while (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
                pass
        try:
            yield raw.decode().rstrip("\r\n")
        except UnicodeDecodeError:
            yield raw.decode("cp1252", "replace").rstrip("\r\n")


def _plain(words: str) -> str:
    """Lower case, without accents and marks."""
    letters = unicodedata.normalize("NFKD", words.strip().lower())
    return " ".join(re.sub(r"[^\w\s]|_", " ", "".join(x for x in letters if not unicodedata.combining(x))).split())


def _header(line: str) -> _Header | None:
    """The columns of a line, if it is the header: who, and since when."""
    for delimiter in ",;\t":
        if delimiter in line and len(line) < 2_000:
            names = _cells(line, delimiter)
            columns: dict[str, int] = {}
            for place, name in enumerate(names):
                if field := _FIELDS.get(_plain(name)):
                    columns.setdefault(field, place)
            if "connected" in columns and columns.keys() & {"first", "last", "url", "email"}:
                return _Header(columns, delimiter)
    return None


def _cells(row: str, delimiter: str) -> list[str]:
    """The cells of one row, which may hold line breaks inside of quotes."""
    return next(csv.reader([row.replace("\r", " ")], delimiter=delimiter), [])


def _row(lines: deque[str], source: Iterator[str], delimiter: str) -> tuple[list[str], int, str]:
    """The next row, the lines that it used, and why it can't be read. No lines: there are no more."""
    taken: list[str] = []
    quotes = 0
    while len(taken) < _ROW_LINES:
        line = lines.popleft() if lines else next(source, None)
        if line is None:
            break
        taken.append(line)
        quotes += line.count('"')
        if quotes % 2 == 0 or (len(taken) == 1 and not _opens(line, delimiter)):
            break
    if not taken:
        return [], 0, ""
    if sum(map(len, taken)) >= MAX_ROW:
        lines.extendleft(reversed(taken[1:]))
        return [], 1, "the row is longer than any person's"
    if quotes % 2 == 0 or not _opens(taken[0], delimiter):
        with suppress(csv.Error):  # a line break outside of quotes, because those before it do not pair
            return _cells("\n".join(taken), delimiter), len(taken), ""
    lines.extendleft(reversed(taken[1:]))  # only the line with the open quote is lost
    return [], 1, "the row has a quotation mark that is not closed"


def _opens(line: str, delimiter: str) -> bool:
    """Whether a cell begins with a quotation mark; elsewhere it is a mark like any other."""
    return line.startswith('"') or f'{delimiter}"' in line


def _card(row: list[str], columns: dict[str, int], place: str) -> Card | None:
    def cell(field: str) -> str:
        at = columns.get(field, -1)
        return " ".join(row[at].split()) if 0 <= at < len(row) else ""

    given, family, url, email = cell("first"), cell("last"), cell("url"), cell("email")
    if not (given or family or url or email):
        return None
    company, position, connected = cell("company"), cell("position"), cell("connected")
    key = url or f"made:{sha256(chr(10).join((given, family, email, connected)).encode()).hexdigest()[:32]}"
    return Card(
        place=place,
        key=key,
        name=f"{given} {family}".strip(),
        given=given,
        family=family,
        nicknames=(),
        organization=company,
        title=position,
        emails=(email,) if "@" in email else (),
        phones=(),
        profiles=(url,) if url else (),
        kind="individual",
        members=(),
        tags=(),
        connected_at=day_of(connected),
        died_on=None,
        form="linkedin",
    )


@cache
def _months() -> dict[str, int]:
    """The number of a month by its names and short names in the languages of the export."""
    found: dict[str, int] = {}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    plain = _plain(name)
                    found.setdefault(plain, number)
                    found.setdefault(plain[:3], number)
    return found | {"mrz": 3, "sept": 9}


_WORDED = re.compile(r"(\d{1,2})(?:\.|\s+de|\s+di|er)?[\s-]+([^\W\d]+)\.?,?(?:\s+de|\s+del)?[\s-]+(\d{4}|\d{2})\b")
_MONTH_FIRST = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2}),?\s+(\d{4})\b")
_ISO = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})[.-](\d{1,2})[.-](\d{4}|\d{2})\b")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b")


def day_of(written: str) -> Micros | None:
    """Midnight UTC of a day as the export writes it; None if it can't be told."""
    low = written.strip().lower()
    if match := _ISO.match(low):
        year, month, day = map(int, match.groups())
    elif match := _WORDED.match(low):
        day, year = int(match[1]), int(match[3])
        month = _months().get(_plain(match[2])) or _months().get(_plain(match[2])[:3], 0)
    elif match := _MONTH_FIRST.match(low):
        day, year = int(match[2]), int(match[3])
        month = _months().get(_plain(match[1])) or _months().get(_plain(match[1])[:3], 0)
    elif match := _DOTTED.match(low):
        day, month, year = map(int, match.groups())
    elif match := _SLASHED.match(low):  # old exports, American; a day above 12 says otherwise
        month, day, year = map(int, match.groups())
        if month > 12:
            month, day = day, month
    else:
        return None
    try:
        return int(datetime(year + 2000 if year < 100 else year, month, day, tzinfo=UTC).timestamp()) * 1_000_000
    except (ValueError, OverflowError):
        return None
