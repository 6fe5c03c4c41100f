"""Write the two calendars as Google and Apple export them (RFC 5545), and invitations' answers as mails carry them."""

import datetime as dt
import re

from pipelines.demo.letters import Letter, Party, me
from pipelines.demo.life import OWNER, ZONE, Account, Entry, Guest, Life, When

NAMES = {"work": "Mara (Lindell Light)", "private": "Home"}
PROGRAMS = {
    "work": "-//Google Inc//Google Calendar 70.9054//EN",
    "private": "-//Apple Inc.//macOS 15.1//EN",
}
TIMEZONE = f"""BEGIN:VTIMEZONE
TZID:{ZONE}
X-LIC-LOCATION:{ZONE}
BEGIN:DAYLIGHT
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:GMT+1
DTSTART:19700329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
DTSTART:19701025T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE""".splitlines()
# An entry that no program should write, and some do: one more item that can't be read, and is counted.
BROKEN = ["BEGIN:VEVENT", "UID:broken@calendar.example.org", "SUMMARY:Dentist", "END:VEVENT"]


def calendar(life: Life, which: Account) -> str:
    """One of the calendars."""
    lines = [
        "BEGIN:VCALENDAR", f"PRODID:{PROGRAMS[which]}", "VERSION:2.0", "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{NAMES[which]}", f"X-WR-TIMEZONE:{ZONE}", *TIMEZONE,
    ]  # fmt: skip
    for entry in life.entries:
        if entry.calendar == which:
            lines += _entry(life, entry)
    if which == "private":
        lines += BROKEN
    return _folded([*lines, "END:VCALENDAR"])


def answers(life: Life) -> list[Letter]:
    """The mails that tell what the calendar does not know: a guest's REPLY, an organizer's CANCEL (RFC 5546)."""
    found = []
    for entry in life.entries:
        for name, method in ((entry.declined_by, "REPLY"), (entry.called_off_by, "CANCEL")):
            if name:
                found.append(_answer(life, entry, name, method))
    return found


def _answer(life: Life, entry: Entry, name: str, method: str) -> Letter:
    at = entry.when.at(life.ends) - dt.timedelta(hours=19)
    person = life.person(name)
    word = "Declined" if method == "REPLY" else "Cancelled"
    lines = ["BEGIN:VCALENDAR", "PRODID:-//Example//Mail//EN", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT"]
    lines += [f"UID:{entry.uid}", f"DTSTAMP:{_utc(at)}", "SEQUENCE:1", f"SUMMARY:{_text(entry.title)}"]
    start = entry.when.at(life.ends)
    lines += [f"DTSTART:{_utc(start)}", f"DTEND:{_utc(start + dt.timedelta(minutes=entry.minutes))}"]
    lines.append(_organizer(life, entry))
    if method == "REPLY":
        lines.append(f"ATTENDEE;PARTSTAT=DECLINED;CN={person.label}:mailto:{person.address}")
    else:
        lines += ["STATUS:CANCELLED", f"ATTENDEE;CN={OWNER}:mailto:{me(entry.calendar).address}"]
    text = _folded([*lines, "END:VEVENT", "END:VCALENDAR"])
    sender = Party(person.label, person.address)
    subject = f"{word}: {entry.title}"
    to = (me(entry.calendar),)
    return Letter(at, entry.calendar, sender, to, subject, ("Inbox", "Opened"), calendar=text, method=method)


def _entry(life: Life, entry: Entry) -> list[str]:
    first = entry.when._replace(weeks=entry.when.weeks + entry.since)
    lines = _event(life, entry, first, entry.guests, entry.status)
    if entry.rule:
        dropped = [_local(_back(entry, weeks).at(life.ends)) for weeks in entry.dropped]
        lines[-1:] = [f"RRULE:{entry.rule}", *(f"EXDATE;TZID={ZONE}:{one}" for one in dropped), "END:VEVENT"]
    for weeks in entry.off:
        original = _back(entry, weeks)
        lines += _exception(_event(life, entry, original, entry.guests, "CANCELLED"), original.at(life.ends))
    for weeks, new in entry.moved:
        lines += _exception(_event(life, entry, new, entry.guests, entry.status), _back(entry, weeks).at(life.ends))
    return lines


def _back(entry: Entry, weeks: int) -> When:
    return entry.when._replace(weeks=weeks)


def _exception(lines: list[str], original: dt.datetime) -> list[str]:
    return [*lines[:2], f"RECURRENCE-ID;TZID={ZONE}:{_local(original)}", *lines[2:]]


def _event(life: Life, entry: Entry, when: When, guests: tuple[Guest, ...], status: str) -> list[str]:
    start = when.at(life.ends)
    made = _utc(start - dt.timedelta(days=entry.made))
    lines = ["BEGIN:VEVENT", f"UID:{entry.uid}", f"DTSTAMP:{made}", f"CREATED:{made}", f"LAST-MODIFIED:{made}"]
    if entry.days:
        day = start.date()
        lines += [f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + dt.timedelta(days=entry.days):%Y%m%d}"]
    else:
        end = start + dt.timedelta(minutes=entry.minutes)
        lines += [f"DTSTART;TZID={ZONE}:{_local(start)}", f"DTEND;TZID={ZONE}:{_local(end)}"]
    lines += [f"SUMMARY:{_text(entry.title)}", f"STATUS:{status}", f"TRANSP:{_transparency(entry)}"]
    lines += [f"LOCATION:{_text(entry.place)}"] if entry.place else []
    lines += [f"DESCRIPTION:{_text(entry.notes)}"] if entry.notes else []
    lines += [f"X-GOOGLE-CONFERENCE:{entry.meet}"] if entry.meet else []
    lines += ["X-MICROSOFT-CDO-BUSYSTATUS:OOF"] if entry.away else []
    if guests or entry.extra:
        lines.append(_organizer(life, entry))
        lines.append(_attendee(OWNER, entry.mine, me(entry.calendar).address))
        for guest in guests:
            person = life.person(guest.name)
            lines.append(_attendee(person.label, guest.answer, person.address))
        lines += [_attendee(name, "ACCEPTED", address) for name, address in entry.extra]
        if entry.room:
            lines.append(
                f"ATTENDEE;CUTYPE=RESOURCE;PARTSTAT=ACCEPTED;CN={entry.room}"
                f":mailto:c_{entry.uid.partition('-')[0]}@resource.calendar.example.com"
            )
    return [*lines, "END:VEVENT"]


def _attendee(name: str, answer: str, address: str) -> str:
    return (
        f'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={answer};CN="{name}";X-NUM-GUESTS=0:mailto:{address}'
    )


def _organizer(life: Life, entry: Entry) -> str:
    if entry.organizer:
        person = life.person(entry.organizer)
        return f'ORGANIZER;CN="{person.label}":mailto:{person.address}'
    return f'ORGANIZER;CN="{OWNER}":mailto:{me(entry.calendar).address}'


def _transparency(entry: Entry) -> str:
    return "TRANSPARENT" if entry.free else "OPAQUE"


def _utc(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _local(at: dt.datetime) -> str:
    return f"{at:%Y%m%dT%H%M%S}"


def _text(value: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", value).replace("\n", "\\n")


def _folded(lines: list[str]) -> str:
    """Lines of at most 75 octets (RFC 5545 3.1), never cut inside a letter."""
    out = []
    for line in lines:
        rest = line
        while len(rest.encode()) > 74:
            cut = len(rest.encode()[:74].decode("utf-8", "ignore"))
            out.append(rest[:cut])
            rest = " " + rest[cut:]
        out.append(rest)
    return "\r\n".join([*out, ""])
