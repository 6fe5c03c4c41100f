"""Write a made-up life as the files that real programs export."""

import csv
import datetime as dt
import hashlib
import io
import zoneinfo
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from pipelines.demo.life import BY_NAME, HOME, OWNER, WORK, ZONE, Life, Meeting, Person

TOPICS = ("The offer", "Next steps", "A question", "Notes from today", "An idea", "Timing", "The draft", "A favour")


def _id(*parts: object) -> str:
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:20]


def _mail(sender: Address, to: Address, subject: str, at: dt.datetime, **headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = to
    mail["Subject"] = subject
    mail["Date"] = at
    mail["Message-ID"] = f"<{_id(sender, to, at)}@{sender.domain}>"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    return mail


def _person(person: Person) -> Address:
    return Address(person.name, addr_spec=person.address)


def correspondence(life: Life) -> list[tuple[EmailMessage, str]]:
    """Every mail between the owner and the people of the story, with the Gmail labels it bears."""
    owner = Address(OWNER, addr_spec=WORK)
    found = []
    for person in life.people:
        for number, days in enumerate(person.mails):
            hours = 9 + int(_id(person.name, number)[:4], 16) % 9
            at = life.ends - dt.timedelta(days=abs(days) + 1) + dt.timedelta(hours=hours)
            topic = TOPICS[int(_id(person.name, number // 4)[:4], 16) % len(TOPICS)]
            sent = days < 0
            pair = (owner, _person(person)) if sent else (_person(person), owner)
            mail = _mail(*pair, topic if number % 4 == 0 else f"Re: {topic}", at)
            mail.set_content("(made up)")
            found.append((mail, "Sent" if sent else "Inbox,Important"))
    return found


def noise(life: Life) -> list[tuple[EmailMessage, str]]:
    """What a mailbox is full of and no relationship: newsletters, automatic mail, and a contact's mail in the spam."""
    owner = Address(OWNER, addr_spec=WORK)
    found = []
    for name, address in life.newsletters:
        for day in range(730, 0, -2):
            at = life.ends - dt.timedelta(days=day) + dt.timedelta(hours=6)
            sender = Address(name, addr_spec=address)
            mail = _mail(sender, owner, f"{name}, number {730 - day}", at, List_Unsubscribe=f"<mailto:{address}>")
            mail["List-Id"] = f"{name} <list.{sender.domain}>"
            mail.set_content("(made up)")
            found.append((mail, "Inbox,Category Promotions"))
    for day in range(720, 0, -6):
        at = life.ends - dt.timedelta(days=day) + dt.timedelta(hours=3)
        sender = Address("Build robot", addr_spec="no-reply@builds.example.net")
        mail = _mail(sender, owner, "Nightly build passed", at, Auto_Submitted="auto-generated")
        mail.set_content("(made up)")
        found.append((mail, "Inbox"))
    spam = _mail(_person(BY_NAME["Clara Weidmann"]), owner, "We are moving", life.ends - dt.timedelta(days=16))
    spam.set_content("(made up)")
    return [*found, (spam, "Spam")]


def answers(life: Life) -> list[tuple[EmailMessage, str]]:
    """Replies to invitations that were given by mail alone (iTIP REPLY, RFC 5546 3.2.3)."""
    found = []
    for meeting in life.meetings:
        if not meeting.declined_by_mail:
            continue
        person = BY_NAME[meeting.declined_by_mail]
        at = starts(life, meeting) - dt.timedelta(hours=20)
        mail = _mail(_person(person), Address(OWNER, addr_spec=WORK), f"Declined: {meeting.title}", at)
        mail.set_content("(made up)")
        lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//Mail//EN", "METHOD:REPLY", "BEGIN:VEVENT",
            f"UID:{_uid(meeting)}", f"DTSTART:{_utc(starts(life, meeting))}", f"DTSTAMP:{_utc(at)}",
            f"ORGANIZER:mailto:{WORK}", f"ATTENDEE;PARTSTAT=DECLINED;CN={person.name}:mailto:{person.address}",
            f"SUMMARY:Declined: {meeting.title}", "END:VEVENT", "END:VCALENDAR", "",
        ]  # fmt: skip
        mail.add_alternative("\r\n".join(lines), subtype="calendar", params={"method": "REPLY"})
        found.append((mail, "Inbox"))
    return found


def takeout(mails: list[tuple[EmailMessage, str]]) -> bytes:
    """An mbox as Google Takeout writes it: labels in a header, the time of arrival in the From line."""
    out = io.BytesIO()
    for mail, labels in mails:
        at = mail["Date"].datetime.astimezone(dt.UTC)
        out.write(f"From {int(_id(mail['Message-ID'])[:12], 16)}@xxx {at:%a %b %d %H:%M:%S +0000 %Y}\n".encode())
        out.write(f"X-Gmail-Labels: {labels}\n".encode())
        if "Sent" not in labels:
            host = f"mx.{mail['From'].addresses[0].domain}"
            arrived = format_datetime(at + dt.timedelta(seconds=4))
            out.write(f"Received: from {host} by mx.example.org with ESMTPS; {arrived}\n".encode())
        out.write(mail.as_bytes().replace(b"\nFrom ", b"\n>From "))
        out.write(b"\n")
    return out.getvalue()


def starts(life: Life, meeting: Meeting) -> dt.datetime:
    """When a meeting (or the first of its series) starts, aware, in the owner's zone."""
    zone = zoneinfo.ZoneInfo(ZONE)
    day = (life.ends.astimezone(zone) - dt.timedelta(days=meeting.day)).date()
    return dt.datetime.combine(day, dt.time(meeting.hour), zone)


def _uid(meeting: Meeting) -> str:
    return f"{_id(meeting.title, meeting.day)}@calendar.example.org"


def _utc(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def calendar(life: Life, *, private: bool) -> str:
    """The work calendar or the private one as iCalendar (RFC 5545)."""
    mine = HOME if private else WORK
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//Calendar//EN", f"X-WR-CALNAME:{mine}"]
    for meeting in life.meetings:
        if meeting.private != private:
            continue
        at = starts(life, meeting)
        made = min(at, life.ends) - dt.timedelta(days=9)
        lines += [
            "BEGIN:VEVENT", f"UID:{_uid(meeting)}", f"DTSTAMP:{_utc(made)}", f"CREATED:{_utc(made)}",
            f"DTSTART;TZID={ZONE}:{at:%Y%m%dT%H%M%S}", f"DTEND;TZID={ZONE}:{at + dt.timedelta(hours=1):%Y%m%dT%H%M%S}",
            f"SUMMARY:{_text(meeting.title)}", f"STATUS:{meeting.status}", f"ORGANIZER;CN={OWNER}:mailto:{mine}",
            f"ATTENDEE;CN={OWNER};PARTSTAT={meeting.owner_answer}:mailto:{mine}",
        ]  # fmt: skip
        if meeting.location:
            lines.append(f"LOCATION:{_text(meeting.location)}")
        if meeting.description:
            lines.append(f"DESCRIPTION:{_text(meeting.description)}")
        if meeting.repeat:
            lines.append(f"RRULE:FREQ={meeting.repeat}")
        for day in meeting.except_days:
            gone = at.replace(tzinfo=None) + dt.timedelta(days=meeting.day - meeting.day % 7 - day + meeting.day % 7)
            lines.append(f"EXDATE;TZID={ZONE}:{gone:%Y%m%dT%H%M%S}")
        answered = (*meeting.answers, *("ACCEPTED",) * (len(meeting.guests) - len(meeting.answers)))
        for name, answer in zip(meeting.guests, answered, strict=True):
            lines.append(f"ATTENDEE;CN={name};PARTSTAT={answer}:mailto:{BY_NAME[name].address}")
        lines.append("END:VEVENT")
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


def _text(value: str) -> str:
    return value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def cards(life: Life) -> str:
    """The address book as vCard 3.0 (RFC 2426)."""
    lines = []
    for person in life.people:
        if not person.card or person.connected is not None:
            continue
        given, _, family = person.name.partition(" ")
        lines += [
            "BEGIN:VCARD",
            "VERSION:3.0",
            f"UID:{_id(person.name)}",
            f"FN:{person.name}",
            f"N:{family};{given};;;",
        ]
        lines += [f"EMAIL;TYPE=INTERNET:{person.address}"]
        lines += [f"ORG:{_text(person.organization)}"] if person.organization else []
        lines.append("END:VCARD")
    return "\r\n".join([*lines, ""])


def connections(life: Life) -> str:
    """LinkedIn's Connections.csv, with its preamble."""
    out = io.StringIO()
    out.write('Notes:\n"When exporting your connection data, some addresses may be missing."\n\n')
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"])
    for person in life.people:
        if person.connected is None:
            continue
        given, _, family = person.name.partition(" ")
        day = life.ends - dt.timedelta(days=person.connected)
        url = f"https://www.linkedin.com/in/{given}-{family}".lower()
        table.writerow([given, family, url, "", person.organization, "Partner", f"{day:%d %b %Y}"])
    return out.getvalue()


def write(life: Life, inbox: Path) -> None:
    """Write all files into a folder."""
    inbox.mkdir(parents=True, exist_ok=True)
    mails = sorted([*correspondence(life), *noise(life), *answers(life)], key=lambda one: one[0]["Date"].datetime)
    (inbox / "All mail Including Spam and Trash.mbox").write_bytes(takeout(mails))
    (inbox / "work.ics").write_text(calendar(life, private=False), encoding="utf-8", newline="")
    (inbox / "private.ics").write_text(calendar(life, private=True), encoding="utf-8", newline="")
    (inbox / "contacts.vcf").write_text(cards(life), encoding="utf-8", newline="")
    (inbox / "Connections.csv").write_text(connections(life), encoding="utf-8-sig", newline="")
