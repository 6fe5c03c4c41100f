"""Telephones' logs: Android's backups of calls and messages, and plain tables of calls."""

import datetime as dt
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest

from connectors.records import Call, Chat
from connectors.talk_files import TALK_FILES, talk_kind
from connectors.talk_told import GROUPS, Own, Told

OWN = Own("Dana Reyes", "Europe/Berlin")
AT = 1_772_636_400_000  # milliseconds: 2026-03-04T15:00Z


def read(data: bytes, kind: str) -> Told:
    """All that a file tells; its first bytes must tell its kind."""
    assert talk_kind(data[:8192]) == kind
    parts = list(TALK_FILES[kind].read(BytesIO(data), "file", OWN))
    return Told(
        calls=tuple(one for part in parts for one in part.calls),
        chats=tuple(one for part in parts for one in part.chats),
        rejects=tuple(one for part in parts for one in part.rejects),
        note=next((part.note for part in parts if part.note), ""),
    )


HEAD = b"<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<!--File Created By SMS Backup &amp; Restore-->\n"


def test_androids_calls() -> None:
    """Taken both ways; missed, rejected, blocked and left on the voice mail are missed; a hidden number is nobody's."""
    lines = "".join(
        f'<call number="{number}" duration="{seconds}" date="{AT + kind}" type="{kind}" contact_name="{name}" />\n'
        for number, seconds, kind, name in (
            ("+49 170 1234567", 65, 1, "Ann Example"),
            ("0170 1234567", 0, 2, "(Unknown)"),
            ("01701234567", 30, 3, "Ann &amp; Ben"),
            ("01701234567", 30, 4, "null"),
            ("01701234567", 30, 5, "null"),
            ("01701234567", 30, 7, "null"),
            ("-1", 30, 1, "(Unknown)"),
        )
    )
    told = read(HEAD + f'<calls count="7">{lines}</calls>'.encode(), "android")
    assert told == Told(
        calls=(
            Call("file", "1", (AT + 1) * 1000, "in", 65, "+49 170 1234567", "Ann Example"),
            Call("file", "2", (AT + 2) * 1000, "out", 0, "0170 1234567", ""),
            Call("file", "3", (AT + 3) * 1000, "missed", 0, "01701234567", "Ann & Ben"),
            Call("file", "4", (AT + 4) * 1000, "missed", 0, "01701234567", ""),
            Call("file", "5", (AT + 5) * 1000, "missed", 0, "01701234567", ""),
            Call("file", "6", (AT + 7) * 1000, "in", 30, "01701234567", ""),
        )
    )


def test_androids_messages() -> None:
    """SMS and MMS with direction and no text; drafts and what was never sent are none, and groups count for nobody. The
    app writes emoji as the halves of letters, which XML does not allow."""
    data = (
        HEAD
        + (
            f'<smses count="5"><sms protocol="0" address="+491701234567" date="{AT}" type="1" body="secret &#55357;&#56832;" '
            'contact_name="Ann Ex&#55357;&#56832;ample" />'
            f'<sms address="+491701234567" date="{AT + 1}" type="2" body=\'a "quoted" > text\' contact_name="Ann" />'
            f'<sms address="+491701234567" date="{AT + 2}" type="3" body="draft" contact_name="Ann" />'
            f'<mms date="{AT + 3}" msg_box="1" address="+491701234567" contact_name="Ann"><parts><part ct="image/jpeg" '
            f'data="{"QUJD" * 50_000}" /></parts><addrs><addr address="+491701234567" type="137" /></addrs></mms>'
            f'<mms date="{AT + 4}" msg_box="2" address="+491701234567~+491701234568" contact_name="Ann, Ben" /></smses>'
        ).encode()
    )
    told = read(data, "android")
    assert told == Told(
        chats=(
            Chat("file", "1", AT * 1000, "in", "+491701234567", "Ann Ex??ample", "sms"),
            Chat("file", "2", (AT + 1) * 1000, "out", "+491701234567", "Ann", "sms"),
            Chat("file", "4", (AT + 3) * 1000, "in", "+491701234567", "Ann", "sms"),
        ),
        note=GROUPS,
    )


def test_a_backup_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    """With one row that says so."""
    data = f'<calls count="2"><call number="030123456" duration="5" date="{AT}" type="1" /><call numb'.encode()
    told = read(data, "android")
    assert [call.key for call in told.calls] == ["1"]
    assert len(told.rejects) == 1


def berlin(month: int, day: int, hour: int, minute: int, second: int = 0) -> int:
    """A moment of 2026 in Berlin."""
    moment = dt.datetime(2026, month, day, hour, minute, second, tzinfo=ZoneInfo("Europe/Berlin"))
    return int(moment.timestamp()) * 1_000_000


TABLES = {
    "English": "Date,Time of day,Type,Number,Name,Duration\n"
    "2026-03-04,15:00,Incoming,+49 170 1234567,Ann Example,65\n2026-03-05,9:30 PM,Missed,+49 170 1234567,Ann Example,0\n",
    "German": "Datum;Richtung;Rufnummer;Kontakt;Dauer\n"
    "04.03.2026 15:00;eingehend;+49 170 1234567;Ann Example;0:01:05\n05.03.2026 21:30;verpasst;+49 170 1234567;Ann Example;\n",
    "French": "Date et heure;Type d'appel;Numéro;Contact;Durée\n"
    "04/03/2026 15h00;Appel entrant;+49 170 1234567;Ann Example;1 min 5 s\n"
    "05/03/2026 21h30;Appel manqué;+49 170 1234567;Ann Example;0\n",
    "Spanish": "Fecha y hora;Tipo;Teléfono;Nombre;Duración\n"
    "04/03/2026 15:00;entrante;+49 170 1234567;Ann Example;01:05\n05/03/2026 21:30;perdida;+49 170 1234567;Ann Example;0\n",
    "American": 'Started,Direction,"Phone Number",Name,"Duration (seconds)"\n'
    '"3/4/2026 3:00 PM",in,"+49 170 1234567","Ann Example",65\n"3/5/2026 9:30 PM",no answer,"+49 170 1234567","Ann Example",0\n',
    "with offsets": "timestamp\tdirection\tnumber\tname\tduration\n"
    "2026-03-04T14:00:00Z\tinbound\t+49 170 1234567\tAnn Example\tPT1M5S\n"
    "2026-03-05T22:30:00+02:00\tmissed\t+49 170 1234567\tAnn Example\tPT0S\n",
}


@pytest.mark.parametrize("language", TABLES)
def test_tables_of_calls(language: str) -> None:
    """By the columns' names; times in the owner's zone unless they say otherwise."""
    told = read(TABLES[language].encode(), "calls")
    assert [call._replace(key="") for call in told.calls] == [
        Call("file", "", berlin(3, 4, 15, 0), "in", 65, "+49 170 1234567", "Ann Example"),
        Call("file", "", berlin(3, 5, 21, 30), "missed", 0, "+49 170 1234567", "Ann Example"),
    ]
    assert told.rejects == ()


@pytest.mark.parametrize(
    "data",
    [
        b"Date,Name,Type,Amount\n2026-03-04,Ann,in,5\n",
        b"Date,Number,Text\n2026-03-04,5,Hello\n",
        b"Name,Phone,Email\nAnn,030123456,ann@example.org\n",
        b"First Name,Last Name,Connected On\nAnn,Example,04 Mar 2026\n",
    ],
)
def test_other_tables_are_no_calls(data: bytes) -> None:
    """Payments, notes, address books and connections have some of the columns."""
    assert talk_kind(data) is None


def test_a_bad_row_costs_only_itself() -> None:
    """A row without a time or a number, or with an open quote, is left out with its line."""
    data = (
        "date,direction,number,duration\n2026-03-04 15:00,in,030123456,5\nyesterday,in,030123456,5\n"
        '2026-03-04 16:00,in,,5\n2026-03-04 17:00,"in,030123456,5\n2026-03-04 18:00,in,030123456,5\n'
    )
    told = read(data.encode(), "calls")
    assert [call.key for call in told.calls] == ["2", "6"]
    assert [reject.key for reject in told.rejects] == ["line 3", "line 4", "line 5"]
