"""Homes for tests of the real command: a little life in files, and programs that are run on it."""

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import duckdb

from pipelines import store_tables

TOOLS = Path(sys.executable).parent
COMMAND = str(TOOLS / "coldcoffee")
WEEK = "2026-W46"
OWNER = """\
[owner.dana]
name = "Dana Reyes"
addresses = ["dana@example.org"]
timezone = "America/New_York"
"""
FILES = """\
[owner.dana.source.files]
kind = "folder"
path = "inbox"
"""
ANN_AND_BEN = """\
BEGIN:VCARD
VERSION:3.0
FN:Ann Abel
N:Abel;Ann;;;
EMAIL:ann@example.org
TEL:+1 617 555 0142
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Ben Bright
N:Bright;Ben;;;
EMAIL:ben@example.org
END:VCARD
"""
LUNCH = """\
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:lunch@example.org
DTSTART:20261112T170000Z
DTEND:20261112T180000Z
SUMMARY:Lunch with Ann Abel
LOCATION:Blue Door, 12 Main Street
ORGANIZER:mailto:dana@example.org
ATTENDEE;PARTSTAT=ACCEPTED:mailto:dana@example.org
ATTENDEE;PARTSTAT=ACCEPTED:mailto:ann@example.org
END:VEVENT
BEGIN:VEVENT
UID:table@example.org
DTSTART:20261110T170000Z
DTEND:20261110T180000Z
SUMMARY:Round table
LOCATION:Blue Door, 12 Main Street
ORGANIZER:mailto:ben@example.org
ATTENDEE;PARTSTAT=ACCEPTED:mailto:dana@example.org
ATTENDEE;PARTSTAT=ACCEPTED:mailto:ann@example.org
ATTENDEE;PARTSTAT=ACCEPTED:mailto:ben@example.org
END:VEVENT
END:VCALENDAR
"""


def letter(number: int, sender: str = "ann@example.org", to: str = "dana@example.org", subject: str = "") -> str:
    """A mail of a mbox: one a day, back from November 2026."""
    day, month = number % 28 + 1, (number // 28) % 10 + 1
    return (
        f"From {sender} Tue {['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct'][month - 1]} {day} 09:00:00 2026\n"
        f"From: {sender}\nTo: {to}\nSubject: {subject or f'letter {number}'}\n"
        f"Date: {day:02} {['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct'][month - 1]} 2026 09:00:00 +0000\n"
        f"Message-ID: <{number}.{sender}>\n\nHello\n\n"
    )


def made(home: Path, settings: str = OWNER + FILES, files: Mapping[str, str | bytes] | None = None) -> Path:
    """A home with these settings and these files in its inbox."""
    (home / "inbox").mkdir(parents=True, exist_ok=True)
    (home / "settings.toml").write_text(settings, encoding="utf-8")
    given = {"cards.vcf": ANN_AND_BEN, "lunch.ics": LUNCH, "mail.mbox": "".join(map(letter, range(5)))}
    for name, text in (given if files is None else files).items():
        path = home / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return home


def environment(**more: str) -> dict[str, str]:
    """What a program is told: no colours, no home but the one that is named."""
    kept = {name: value for name, value in os.environ.items() if name not in ("COLDCOFFEE_HOME", "DAGSTER_HOME")}
    return {**kept, "NO_COLOR": "1", "DAGSTER_DISABLE_TELEMETRY": "yes", **more}


class Said(NamedTuple):
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


def coldcoffee(home: Path, *words: str, stdin: str = "", **more: str) -> Said:
    """Run the real command as a user does. No traceback is ever let through."""
    done = subprocess.run(
        [COMMAND, "--home", str(home), *words],
        input=stdin,
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert not any(word in done.stdout + done.stderr for word in ("Traceback", "Stack Trace")), done.stderr
    return Said(done.returncode, done.stdout, done.stderr)


def judged(path: Path, without: Iterable[str] = ()) -> dict[str, list[str]]:
    """All tables of a store or a snapshot but those that hold moments of running, each row as text, sorted.

    Contact ids are random at first: they are left out by their names' place.
    """
    moments = {"cursors", "pulls", "reports", "people_anchors", "judged_past", "issued", *without}
    with duckdb.connect(str(path), read_only=True) as db:
        db.execute("set timezone = 'UTC'")
        names = {
            str(key): f"contact of {name}"
            for key, name in db.execute("select contact_id, name from contacts").fetchall()
        }
        tables = [str(row[0]) for row in db.execute("select table_name from duckdb_tables()").fetchall()]
        assert set(tables) >= store_tables.names()
        found = {}
        for table in tables:
            if table not in moments:
                columns = [
                    f'"{row[0]}"'
                    for row in db.execute(
                        "select column_name from duckdb_columns() where table_name = ? and column_name not in "
                        "('last_success_at', 'question_id', 'seen_at')",
                        [table],
                    ).fetchall()
                ]
                rows = db.execute(f'select {", ".join(columns)} from "{table}"').fetchall()
                found[table] = sorted(str(tuple(names.get(str(value), value) for value in row)) for row in rows)
    return found
