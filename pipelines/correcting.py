"""Record the owner's word: what was met, what no source knows of, and who is nobody."""

import datetime as dt
import json
import re
import uuid
import zoneinfo

import pyarrow as pa

from pipelines import finding, locking, pulling, running
from pipelines.home import Home
from pipelines.landing import MOMENT
from pipelines.running import PATIENCE, Stop
from pipelines.store import Store, opened

CHANNELS = {"call": "call", "met": "meeting", "message": "message"}


def met(home: Home, owner: str, meeting: str, answer: str) -> str:
    """Record whether a meeting took place. `meeting` is an event_key, or a part of one that fits one meeting only."""
    if answer not in ("yes", "no", "remote"):
        raise Stop(f"“{answer}” is no answer: say yes (in person), no, or remote.", 2)
    with locking.held(home.lock(owner), "coldcoffee met", PATIENCE), opened(home.store(owner), PATIENCE) as store:
        found = finding.meeting(store, meeting)
        _record(store, "met", found.event_key, answer)
        store.publish(home.snapshot(owner))
    return f"Recorded: “{found.title}” of {found.day}: {answer}. The next “coldcoffee run” counts it so."


def log(home: Home, owner: str, who: str, what: str, at: str | None) -> str:
    """Record a call, a meeting or a message with a contact."""
    if what not in CHANNELS:
        raise Stop(f"“{what}” can't be logged: choose call, met or message.", 2)
    moment = _moment(at, running.settings(home).owner[owner].timezone)
    with locking.held(home.lock(owner), "coldcoffee log", PATIENCE), opened(home.store(owner), PATIENCE) as store:
        contact = finding.contact(store, who)
        value = json.dumps({"channel": CHANNELS[what], "at": moment.isoformat()})
        _record(store, "log", contact.contact_id, value)
        store.publish(home.snapshot(owner))
    return f"Recorded: {what} with {contact.name}, {moment:%Y-%m-%d %H:%M} UTC. The next “coldcoffee run” counts it."


def ignore(home: Home, owner: str, address: str) -> str:
    """Record that an address is nobody's."""
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", address):
        raise Stop(f"“{address}” is no e-mail address.", 2)
    with locking.held(home.lock(owner), "coldcoffee ignore", PATIENCE), opened(home.store(owner), PATIENCE) as store:
        _record(store, "ignore", address.lower(), "")
        store.publish(home.snapshot(owner))
    return f"Recorded: {address.lower()} is no contact. The next “coldcoffee run” leaves it out."


def _moment(text: str | None, zone: str) -> dt.datetime:
    if text is None:
        return pulling.now()
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise Stop(f"“{text}” is no time: write it as 2026-11-20 or 2026-11-20T15:00.", 2) from error
    if found.tzinfo is None:
        found = found.replace(tzinfo=zoneinfo.ZoneInfo(zone))
    found = found.astimezone(dt.UTC)
    if found > pulling.now():
        raise Stop(f"{text} lies in the future: only what has happened can be logged.", 2)
    return found


def _record(store: Store, kind: str, subject: str, value: str) -> None:
    columns = {"correction_id": uuid.uuid4().hex, "kind": kind, "subject": subject, "value": value, "origin": "command"}
    row = {name: pa.array([text], pa.string()) for name, text in columns.items()}
    store.append("corrections", pa.table({**row, "made_at": pa.array([pulling.now()], MOMENT)}))
