"""Turn a plain table of calls (CSV), with columns named in any of several languages, into calls."""

import re
import zoneinfo
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from connectors.records import Call, Micros, Reject
from connectors.streams import Stream
from connectors.talk_days import STAMP, Order, Stamp, micros, order_of, stamp
from connectors.talk_tables import Row, Table, fields, looks_like, plain, rows
from connectors.talk_told import BATCH, Own, Told, possible

_COLUMNS = fields(
    {
        "at": "date|time|datetime|date time|date and time|timestamp|start|start time|call date|call time|called at|when"
        "|date of call|started|datum|zeit|uhrzeit|datum uhrzeit|datum und uhrzeit|zeitpunkt|beginn|anrufzeit|heure"
        "|date heure|date et heure|date de l appel|debut|fecha|fecha y hora|fecha hora|inicio|data|data e hora|data hora"
        "|data e ora|data ora|inizio|datum tijd|datum en tijd|tijdstip|begin|data i godzina|data polaczenia|datum tid|tidpunkt",
        "clock": "clock|time of day|hour|hora|ora|tijd|godzina|klockslag",
        "direction": "direction|type|call type|kind|richtung|art|anrufart|typ|anruftyp|sens|type d appel|sentido|tipo"
        "|tipo de llamada|direccion|tipo de chamada|direcao|tipo di chiamata|tipo chiamata|direzione|soort|richting"
        "|kierunek|rodzaj|riktning",
        "number": "number|phone|phone number|telephone|telephone number|caller|caller id|called number|contact number"
        "|nummer|rufnummer|telefonnummer|telefon|numero|numero de telephone|telephone no|telefono|numero de telefono"
        "|telefone|numero de telefone|numero di telefono|telefoonnummer|telefoon|numer|numer telefonu",
        "name": "name|contact|contact name|kontakt|kontaktname|nom|nom du contact|contacto|nombre|nombre del contacto|nome"
        "|contato|nome do contato|contatto|nome contatto|naam|contactpersoon|nazwa|imie i nazwisko|kontaktperson|namn",
        "duration": "duration|length|seconds|duration s|duration sec|duration seconds|duration in seconds|call duration"
        "|talk time|dauer|gesprachsdauer|anrufdauer|dauer s|dauer sekunden|dauer in sekunden|duree|duree s"
        "|duree secondes|duree de l appel|duracion|duracion s|duracion segundos|duracao|duracao s|durata|durata s|duur"
        "|gespreksduur|duur s|czas trwania|langd|samtalslangd",
    }
)
_KINDS = {
    "missed": "missed|miss|not answered|unanswered|no answer|rejected|declined|blocked|busy|voicemail|voice mail"
    "|missed call|verpasst|entgangen|abgelehnt|blockiert|nicht angenommen|verpasster anruf|manque|refuse|bloque|rejete"
    "|appel manque|perdida|llamada perdida|rechazada|bloqueada|perdido|chamada perdida|recusada|persa|chiamata persa"
    "|rifiutata|bloccata|gemist|geweigerd|geblokkeerd|nieodebrane|odrzucone|missat|avvisat|3|5|6",
    "in": "in|incoming|incoming call|inbound|received|answered|eingehend|eingang|angenommen|empfangen|ankommend"
    "|eingehender anruf|entrant|recu|appel entrant|entrante|recibida|llamada entrante|recebida|chamada recebida"
    "|in entrata|ricevuta|ricevute|chiamata in arrivo|inkomend|ontvangen|przychodzace|odebrane|inkommande|1",
    "out": "out|outgoing|outgoing call|outbound|dialed|dialled|made|placed|ausgehend|ausgang|gewahlt|abgehend"
    "|ausgehender anruf|sortant|emis|appel sortant|saliente|realizada|llamada saliente|efetuada|feita|chamada efetuada"
    "|in uscita|effettuata|effettuate|uscente|uitgaand|gebeld|wychodzace|wybrane|utgaende|2",
}
_DIRECTIONS = {word: kind for kind, known in _KINDS.items() for word in known.split("|")}
_LOOKED_AT = 5_000  # rows by which the order of day and month is told


class _Ring(NamedTuple):
    """A row before its time is told: `at` where the row tells it by itself."""

    line: int
    written: Stamp | None
    at: Micros | None
    direction: str
    seconds: int
    number: str
    name: str


def _is_calls(found: set[str]) -> bool:
    """A time, whom, and what only calls have: a table of payments or of notes has dates and names, too."""
    spoken = len(found & {"direction", "duration"})
    return "at" in found and (("number" in found and spoken >= 1) or ("name" in found and spoken == 2))


def looks_like_calls(head: bytes) -> bool:
    """Whether these bytes begin a table of calls."""
    return looks_like(head, _COLUMNS, _is_calls)


def read_calls(stream: Stream, place: str, own: Own) -> Iterator[Told]:
    """Yield the calls in batches. Times without an offset are read in the owner's zone; day and month stand in the order
    that the first 5,000 rows speak for. A key is the row's line."""
    zone = zoneinfo.ZoneInfo(own.zone)
    waiting: list[_Ring] = []
    calls: list[Call] = []
    rejects: list[Reject] = []
    order: Order | None = None
    for table, row in rows(stream, _COLUMNS, _is_calls):
        ring = None if row.problem else _ring(table, row)
        if ring is None:
            reason = row.problem or "The row has no time, or neither number nor name: it is left out."
            rejects.append(Reject(place, f"line {row.line}", reason))
        else:
            waiting.append(ring)
        if len(waiting) + len(rejects) >= (_LOOKED_AT if order is None else BATCH):
            order = order or _order(waiting)
            _tell(waiting, order, zone, place, calls, rejects)
            yield Told(calls=tuple(calls), rejects=tuple(rejects))
            waiting, calls, rejects = [], [], []
    _tell(waiting, order or _order(waiting), zone, place, calls, rejects)
    yield Told(calls=tuple(calls), rejects=tuple(rejects))


def _order(rings: list[_Ring]) -> Order:
    dated = [ring.written for ring in rings if ring.written is not None]
    return order_of(((one.a, one.b, one.c) for one in dated), dated[0]) if dated else "dmy"


def _tell(
    rings: list[_Ring], order: Order, zone: zoneinfo.ZoneInfo, place: str, calls: list[Call], rejects: list[Reject]
) -> None:
    for ring in rings:
        at = ring.at if ring.written is None else micros(ring.written, order, zone)
        if at is None or not possible(at):
            rejects.append(Reject(place, f"line {ring.line}", "The row's time can't be told: it is left out."))
        else:
            direction = ring.direction or ("in" if ring.seconds else "missed")
            seconds = 0 if direction == "missed" else ring.seconds
            calls.append(Call(place, str(ring.line), at, direction, seconds, ring.number, ring.name))


def _ring(table: Table, row: Row) -> _Ring | None:
    number, name = _cell(table, row, "number"), _cell(table, row, "name")
    told = f"{_cell(table, row, 'at')} {_cell(table, row, 'clock')}".strip()
    if not any(map(str.isdigit, number)):
        name, number = name or number, ""
    found = STAMP.search(told)
    written = stamp(found) if found else None
    at = None if written else _counted(told)
    if not (number or name) or (written is None and at is None):
        return None
    direction = _DIRECTIONS.get(plain(_cell(table, row, "direction")), "")
    spoken = _cell(table, row, "duration")
    seconds = _seconds(spoken) if "duration" in table.columns else int(direction in ("in", "out"))
    return _Ring(row.line, written, at, direction, seconds, number, name)


def _counted(told: str) -> Micros | None:
    """A time in seconds or milliseconds since 1970, or in words that only ISO 8601 has."""
    if told.isdecimal() and len(told) in (10, 13):
        return int(told) * (1_000_000 if len(told) == 10 else 1_000)
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        return None
    return int(moment.timestamp()) * 1_000_000 if moment.tzinfo else None


def _seconds(written: str) -> int:
    """A duration: `65`, `1:05`, `0:01:05`, `1 min 5 s`, `PT1M5S`."""
    text = written.strip().lower()
    if re.fullmatch(r"\d{1,7}(?:[.,]\d+)?", text):
        return int(re.split(r"[.,]", text)[0])
    if re.fullmatch(r"\d{1,4}(?::\d{1,2}){1,2}", text):
        total = 0
        for part in text.split(":"):
            total = total * 60 + int(part)
        return total
    units = {"h": 3600, "s": 1}
    return sum(
        int(number) * units.get(unit[0], 60 if unit[0] == "m" else 0)
        for number, unit in re.findall(r"(\d{1,6})\s*([a-zµ]+)", text.removeprefix("pt"))
    )


def _cell(table: Table, row: Row, field: str) -> str:
    at = table.columns.get(field, -1)
    return " ".join(row.cells[at].split()) if 0 <= at < len(row.cells) else ""
