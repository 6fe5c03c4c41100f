"""Measure how fast calendar files are read: `python -m benchmarks.ics_read [--events 5000] [--no-icalendar]`.

It makes a calendar like an export of ten years (single entries, series, exceptions, guests, conference texts), reads it
as the product does, then parses the same bytes with `icalendar` alone, which expands nothing. Then a daily series since
1995 is read for one month, beside a series that begins in that month.
"""

import argparse
import random
import time
from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from connectors.calendar_entries import read_calendar

ZONES = ("Europe/Berlin", "America/New_York", "W. Europe Standard Time", "Asia/Tokyo")
RULES = (
    "FREQ=WEEKLY;BYDAY=TU",
    "FREQ=MONTHLY;BYDAY=2FR",
    "FREQ=WEEKLY;INTERVAL=2",
    "FREQ=DAILY;COUNT=20",
    "FREQ=YEARLY",
)
TEXT = "Agenda\\n1. What was\\n2. What comes\\, and when\\nJoin: https://meet.example.org/abc-defg-hij\\n" * 4
PARTSTATS = ("ACCEPTED", "DECLINED", "TENTATIVE", "NEEDS-ACTION")


def micros(year: int, month: int = 1, day: int = 1) -> int:
    """Midnight UTC in microseconds."""
    return int(datetime(year, month, day, tzinfo=UTC).timestamp()) * 1_000_000


def folded(line: str) -> str:
    """A content line folded after 73 characters."""
    return "\r\n ".join(line[at : at + 73] for at in range(0, len(line), 73))


def entry(number: int, chance: random.Random) -> list[str]:
    """The lines of one VEVENT."""
    start = datetime(2016, 1, 1, 9) + timedelta(days=chance.randrange(3900), minutes=15 * chance.randrange(36))  # noqa: DTZ001
    zone = chance.choice(ZONES)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{number:06x}@example.org",
        f"DTSTAMP:{start:%Y%m%dT%H%M%S}Z",
        f"SUMMARY:Talk about part {number}\\, with guests",
        f"DESCRIPTION:{TEXT if chance.random() < 0.6 else ''}",
        f"LOCATION:{chance.choice(['', 'Room 4', 'Café Central, Main Street 5', 'https://meet.example.org/x'])}",
        f"CREATED:{start - timedelta(days=9):%Y%m%dT%H%M%S}Z",
        f"LAST-MODIFIED:{start - timedelta(days=8):%Y%m%dT%H%M%S}Z",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "SEQUENCE:0",
        "ORGANIZER;CN=Dana Reyes:mailto:dana@example.org",
    ]
    if number % 12 == 0:
        lines += [f"DTSTART;VALUE=DATE:{start:%Y%m%d}", f"DTEND;VALUE=DATE:{start + timedelta(days=2):%Y%m%d}"]
    else:
        end = start + timedelta(hours=1)
        lines += [f"DTSTART;TZID={zone}:{start:%Y%m%dT%H%M%S}", f"DTEND;TZID={zone}:{end:%Y%m%dT%H%M%S}"]
    if number % 10 == 0:
        lines += [f"RRULE:{chance.choice(RULES)}", f"EXDATE;TZID={zone}:{start + timedelta(days=14):%Y%m%dT%H%M%S}"]
    for _ in range(chance.choice([1, 2, 2, 3, 5, 8, 20])):
        guest = chance.randrange(400)
        partstat = chance.choice(PARTSTATS)
        lines.append(
            f'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={partstat};CN="Guest, Number {guest}"'
            f";X-NUM-GUESTS=0:mailto:guest{guest}@example.org"
        )
    return [*lines, "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-P0DT0H10M0S", "END:VALARM", "END:VEVENT"]


def made(events: int) -> bytes:
    """A calendar of so many VEVENTs, the same each time."""
    chance = random.Random(7)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", "X-WR-TIMEZONE:Europe/Berlin"]
    for number in range(events):
        lines += entry(number, chance)
    return "\r\n".join(map(folded, [*lines, "END:VCALENDAR", ""])).encode()


def read(data: bytes, window: tuple[int, int]) -> tuple[float, int, int]:
    """CPU seconds, occurrences, rejects."""
    began = time.process_time()
    found = read_calendar(data, place="bench", window=window, zone="Europe/Berlin")
    return time.process_time() - began, len(found.events), len(found.rejects)


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--events", type=int, default=5000)
    options.add_argument("--no-icalendar", action="store_true", help="leave out the slow comparison")
    chosen = options.parse_args()
    data = made(chosen.events)
    seconds, occurrences, rejects = read(data, (micros(2016), micros(2027)))
    print(f"{chosen.events} VEVENTs, {len(data) / 1e6:.1f} MB, window 2016 to 2026")
    print(
        f"coldcoffee  {seconds:6.2f} s CPU, {chosen.events / seconds:,.0f} VEVENTs/s, "
        f"{occurrences:,} occurrences, {rejects} rejects"
    )
    if not chosen.no_icalendar:
        began = time.process_time()
        parsed = sum(1 for _ in Calendar.from_ical(data).walk("VEVENT"))
        alone = time.process_time() - began
        print(f"icalendar   {alone:6.2f} s CPU, {parsed / alone:,.0f} VEVENTs/s, parsed only, no series expanded")
        print(f"ratio       {alone / seconds:6.1f} x faster than icalendar")
    for since in (1995, 2026):
        series = (
            f"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:daily@example.org\nDTSTART;TZID=Europe/Berlin:{since}0101T090000\n"
            "DURATION:PT30M\nRRULE:FREQ=DAILY\nSUMMARY:Daily\nEND:VEVENT\nEND:VCALENDAR\n"
        ).encode()
        window = (micros(2026, 11), micros(2026, 12))
        rounds = [read(series, window) for _ in range(20)]
        print(
            f"daily since {since}, read for one month: {min(rounds)[0] * 1000:.2f} ms CPU, {rounds[0][1]} occurrences"
        )


if __name__ == "__main__":
    main()
