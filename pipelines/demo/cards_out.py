"""Write the people as three address books (vCard 3.0, 4.0 and an old telephone's 2.1) and a network's list."""

import csv
import datetime as dt
import io
import quopri

from pipelines.demo.letters import digest
from pipelines.demo.life import Life, Person

PREAMBLE = (
    'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing. '
    'You will only see email addresses for connections who have allowed them."\n\n'
)


def google(life: Life) -> str:
    """Google's book: vCard 3.0 (RFC 2426)."""
    lines = []
    for person in _in(life, "google"):
        given, family = _names(person)
        lines += ["BEGIN:VCARD", "VERSION:3.0", f"FN:{person.label}", f"N:{_text(family)};{_text(given)};;;"]
        lines.append(f"EMAIL;TYPE=INTERNET;TYPE=WORK:{person.address}")
        lines += [f"item1.EMAIL;TYPE=INTERNET:{person.second_address}"] if person.second_address else []
        lines += [f"TEL;TYPE=CELL:{person.phone}"] if person.phone else []
        lines += [f"ORG:{_text(person.organization)}"] if person.organization else []
        lines += [f"TITLE:{_text(person.title)}"] if person.title else []
        lines += ["CATEGORIES:myContacts", "END:VCARD"]
    return "\r\n".join([*lines, ""])


def fastmail(life: Life) -> str:
    """The private book: vCard 4.0 (RFC 6350), with a date of death (RFC 6474), a group, and a line that is no property."""
    lines = []
    for person in _in(life, "fastmail"):
        given, family = _names(person)
        lines += ["BEGIN:VCARD", "VERSION:4.0", f"UID:urn:uuid:{_uuid(person)}", "KIND:individual"]
        lines += [f"FN:{person.label}", f"N:{_text(family)};{_text(given)};;;"]
        lines.append(f"EMAIL;PREF=1:{person.address}")
        lines += [f"TEL;VALUE=uri;TYPE=cell:tel:{person.phone.replace(' ', '-')}"] if person.phone else []
        lines += [f"ORG:{_text(person.organization)}"] if person.organization else []
        lines += [f"DEATHDATE:{person.died}"] if person.died else []
        lines += ["END:VCARD"]
    members = [f"MEMBER:urn:uuid:{_uuid(person)}" for person in _in(life, "fastmail")]
    lines += [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:group",
        "FN:Friends",
        *members,
        "this line is no property",
        "END:VCARD",
    ]
    return "\r\n".join([*lines, ""])


def phone(life: Life) -> str:
    """An old telephone's book: vCard 2.1, quoted-printable, and mostly a number."""
    lines = []
    for person in _in(life, "phone"):
        given, family = _names(person)
        lines += ["BEGIN:VCARD", "VERSION:2.1"]
        lines.append(f"N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{_quoted(f'{family};{given};;;')}")
        lines.append(f"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{_quoted(person.label)}")
        lines.append(f"TEL;CELL:{person.phone}")
        lines += [f"EMAIL;INTERNET:{person.address}"] if person.address else []
        lines.append("END:VCARD")
    return "\r\n".join([*lines, ""])


def network(life: Life) -> str:
    """LinkedIn's Connections.csv, with the notes before the table; hardly anybody lets the address be seen."""
    out = io.StringIO()
    out.write(PREAMBLE)
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"])
    for person in sorted(_in(life, "network"), key=lambda one: one.connected):
        given, family = _names(person)
        day = life.ends.date() - dt.timedelta(days=person.connected)
        slug = (
            f"{given}-{family}-{digest(person.name)[:6]}".lower().encode("ascii", "ignore").decode().replace(" ", "-")
        )
        url = f"https://www.linkedin.com/in/{slug}"
        visible = person.address if person.name == "Hugo Brandt" else ""
        table.writerow([given, family, url, visible, person.organization, person.title, f"{day:%d %b %Y}"])
    return out.getvalue()


def _in(life: Life, book: str) -> list[Person]:
    return [person for person in life.people if book in person.books]


def _names(person: Person) -> tuple[str, str]:
    given, _, family = person.label.partition(" ")
    return given, family


def _uuid(person: Person) -> str:
    found = digest(person.name).ljust(32, "0")
    return f"{found[:8]}-{found[8:12]}-{found[12:16]}-{found[16:20]}-{found[20:32]}"


def _quoted(text: str) -> str:
    return quopri.encodestring(text.encode(), quotetabs=False).decode("ascii").replace("=\n", "")


def _text(value: str) -> str:
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
