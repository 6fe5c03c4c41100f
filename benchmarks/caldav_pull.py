"""Measure pulling a calendar by CalDAV against the bare report of the same server: `python -m benchmarks.caldav_pull`.

The server is a Radicale with a calendar of some thousand entries: single ones with a line of text and a guest or two, or
with `--rich` those of benchmarks/ics_read.py (long texts, six guests on average, a tenth of them series of a hundred
occurrences). The bare report is one sync-collection with all bodies, only received. It is sent once before the clock
runs: at first, Radicale reads each file, which takes minutes and is the same for both.
"""

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

import requests

from benchmarks.ics_read import entry, folded
from benchmarks.radicale import Radicale
from connectors.context import Context
from connectors.records import Page
from connectors.registry import open_source

NOW = 1_795_000_000_000_000  # November 2026
REPORT = (
    '<sync-collection xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><sync-token/><sync-level>1</sync-level>'
    "<prop><getetag/><C:calendar-data/></prop></sync-collection>"
)


def plain(number: int, chance: random.Random) -> list[str]:
    """The lines of a single entry as most are."""
    start = datetime(2024, 1, 1, 9) + timedelta(days=chance.randrange(1_000), minutes=30 * chance.randrange(16))  # noqa: DTZ001
    return [
        "BEGIN:VEVENT",
        f"UID:{number:06x}@example.org",
        f"DTSTAMP:{start:%Y%m%dT%H%M%S}Z",
        f"DTSTART;TZID=Europe/Berlin:{start:%Y%m%dT%H%M%S}",
        f"DTEND;TZID=Europe/Berlin:{start + timedelta(hours=1):%Y%m%dT%H%M%S}",
        f"SUMMARY:Talk about part {number}",
        f"LOCATION:Room {number % 9}",
        "ORGANIZER;CN=Dana Reyes:mailto:dana@example.org",
        *(
            f"ATTENDEE;CN=Guest {guest};PARTSTAT=ACCEPTED:mailto:guest{guest}@example.org"
            for guest in chance.sample(range(300), chance.choice((0, 1, 1, 2, 3)))
        ),
        "END:VEVENT",
    ]


def fill(server: Radicale, events: int, *, rich: bool) -> None:
    """Write a calendar of `events` entries, the same each time."""
    chance = random.Random(7)
    folder = server.collection("dana/work", D_displayname="Work")
    for number in range(events):
        lines = entry(number, chance) if rich else plain(number, chance)
        text = "\r\n".join(map(folded, ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", *lines]))
        (folder / f"{number:06x}.ics").write_text(f"{text}\r\nEND:VCALENDAR\r\n", newline="")


def bare(server: Radicale) -> int:
    """Send the report and receive its answer; its size."""
    answer = requests.request(
        "REPORT",
        f"{server.url}dana/work/",
        data=REPORT,
        headers={"Depth": "0", "Content-Type": "application/xml"},
        auth=("dana", "secret"),
        timeout=3600,
    )
    answer.raise_for_status()
    return len(answer.content)


def pull(server: Radicale, since: str | None = None) -> list[Page]:
    """Pull as the product does, up to the store."""
    context = Context(("dana@example.org",), server.home, lambda reference: reference, NOW, "Europe/Berlin")
    table = {"url": server.url, "user": "dana", "secret": "secret"}
    return list(open_source("caldav", table, context).pull(since))


def timed(action: Callable[[], object]) -> float:
    """Seconds that it takes."""
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--events", type=int, default=5000)
    options.add_argument("--rich", action="store_true", help="long texts, many guests, series")
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Radicale(Path(folder) / "server")
        fill(server, chosen.events, rich=chosen.rich)
        with server:
            print(f"{chosen.events} {'rich' if chosen.rich else 'plain'} entries")
            print(f"the server reads its files  {timed(lambda: bare(server)):7.2f} s (once, before the clock runs)")
            bares, pulls, pages = [], [], pull(server)
            for _ in range(chosen.rounds):
                bares.append(timed(lambda: bare(server)))
                pulls.append(timed(lambda: pull(server)))
            events = sum(len(page.events) for page in pages)
            print(f"bare report                 {median(bares):7.2f} s, {bare(server) / 1e6:.1f} MB")
            print(f"first pull                  {median(pulls):7.2f} s, {events:,} occurrences, {len(pages)} pages")
            print(f"ratio                       {median(pulls) / median(bares):7.2f}")
            before = server.requests()
            seconds = timed(lambda: pull(server, pages[-1].cursor))
            print(f"nothing new                 {seconds:7.2f} s, {server.requests() - before} requests")
            print(f"memory                      {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:7.0f} MB")


if __name__ == "__main__":
    main()
