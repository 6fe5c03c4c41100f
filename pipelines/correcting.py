"""Record the owner's word: what was met, what no source knows of, and who is nobody."""

import datetime as dt
import json
import re
import uuid
import zoneinfo
from typing import NamedTuple

import pyarrow as pa

from pipelines import finding, locking, pulling, running
from pipelines.home import Home
from pipelines.landing import MOMENT
from pipelines.running import PATIENCE, Stop
from pipelines.store import Store, opened

CHANNELS = {"call": "call", "met": "meeting", "message": "message"}


class Recorded(NamedTuple):
    """A correction as it was recorded: a sentence for a terminal, and its row for JSON."""

    text: str
    facts: dict[str, str]


def met(home: Home, owner: str, meeting: str, answer: str) -> Recorded:
    """Record whether a meeting took place. `meeting` is an event_key, or a part of one that fits one meeting only."""
    if answer not in ("yes", "no", "remote"):
        raise Stop(f"“{answer}” is no answer: say yes (in person), no, or remote.", 2)
    with locking.held(home.lock(owner), "coldcoffee met", PATIENCE), opened(home.store(owner), PATIENCE) as store:
        found = finding.meeting(store, meeting)
        row = record(store, "met", found.event_key, answer)
        store.publish(home.snapshot(owner))
    said = f"Recorded: “{found.title}” of {found.day}: {answer}. The next “coldcoffee run” counts it so."
    return Recorded(said, row)


def log(home: Home, owner: str, who: str, what: str, at: str | None) -> Recorded:
    """Record a call, a meeting or a message with a contact."""
    if what not in CHANNELS:
        raise Stop(f"“{what}” can't be logged: choose call, met or message.", 2)
    moment = _moment(at, running.settings(home).owner[owner].timezone)
    with locking.held(home.lock(owner), "coldcoffee log", PATIENCE), opened(home.store(owner), PATIENCE) as store:
        contact = finding.contact(store, who)
        value = json.dumps({"channel": CHANNELS[what], "at": moment.isoformat()})
        row = record(store, "log", contact.contact_id, value)
        store.publish(home.snapshot(owner))
    said = f"Recorded: {what} with {contact.name}, {moment:%Y-%m-%d %H:%M} UTC. The next “coldcoffee run” counts it."
    return Recorded(said, row)


def ignore(home: Home, owner: str, address: str) -> Recorded:
    """Record that an address is nobody's."""
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", address):
        raise Stop(f"“{address}” is no e-mail address.", 2)
    with locking.held(home.lock(owner), "coldcoffee ignore", PATIENCE), opened(home.store(owner), PATIENCE) as store:
        row = record(store, "ignore", address.lower(), "")
        store.publish(home.snapshot(owner))
    return Recorded(f"Recorded: {address.lower()} is no contact. The next “coldcoffee run” leaves it out.", row)


def _moment(text: str | None, zone: str) -> dt.datetime:
    if text is None:
        return pulling.now()
    try:
        found = dt.datetime.fromisoformat(text)
        if found.tzinfo is None:
            found = found.replace(tzinfo=zoneinfo.ZoneInfo(zone))
        found = found.astimezone(dt.UTC)
    except (ValueError, OverflowError) as error:
        raise Stop(f"“{text}” is no time: write it as 2026-11-20 or 2026-11-20T15:00.", 2) from error
    if found > pulling.now():
        raise Stop(f"{text} lies in the future: only what has happened can be logged.", 2)
    return found


def record(store: Store, kind: str, subject: str, value: str) -> dict[str, str]:
    """Keep one word of the owner; returns its row."""
    at = pulling.now()
    words = {"correction_id": uuid.uuid4().hex, "kind": kind, "subject": subject, "value": value, "origin": "command"}
    row = {name: pa.array([text], pa.string()) for name, text in words.items()}
    store.append("corrections", pa.table({**row, "made_at": pa.array([at], MOMENT)}))
    return {**words, "made_at": at.isoformat()}
