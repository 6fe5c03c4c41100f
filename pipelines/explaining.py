"""Explain one person: what passed, how silent it is, each meeting's verdict and evidence, and why."""

import dataclasses
import datetime as dt
import zoneinfo
from typing import NamedTuple

from pipelines import finding, judging, pulling, running
from pipelines.home import Home
from pipelines.steps.moment import week_of
from pipelines.store import Store, opened

MOST = 40  # lines of a timeline that are printed
STRONGEST = 3  # reasons of a verdict that are printed; the JSON has all


class Explained(NamedTuple):
    """An explanation as text for a terminal, and as facts for JSON."""

    text: str
    facts: dict[str, object]


def explain(home: Home, owner: str, who: str) -> Explained:
    """Judge as of now, beside the store, and tell everything about one contact. Raises Stop for nobody or several."""
    settings = running.settings(home).owner[owner]
    now = pulling.now()
    moment = judging.moment_of(settings, week_of(now, settings.timezone))
    moment = dataclasses.replace(moment, as_of=now)
    with opened(running.snapshot(home, owner), running.PATIENCE, read_only=True) as store, store.replay():
        judging.judge(store, settings, moment)
        found = finding.contact(store, who)
        return _told(store, found, settings.timezone)


def _told(store: Store, found: finding.Contact, zone: str) -> Explained:
    def mine(table: str, order: str) -> list[dict[str, object]]:
        rows = [row for row in store.rows(table) if row["contact_id"] == found.contact_id]
        return sorted(rows, key=lambda row: str(row[order]), reverse=True)

    card = mine("contacts", "name")[0]
    states, addresses = mine("relationships", "week"), mine("addresses", "address")
    met, ledger = mine("meetings", "starts_at"), mine("interactions", "occurred_at")
    place = zoneinfo.ZoneInfo(zone)
    lines = [found.name + (f", {card['organization']}" if card["organization"] else ""), ""]
    lines += [f"  {row['kind']}: {row['address']}" for row in addresses]
    if states:
        now = states[0]
        lines += ["", f"{now['state']}, {str(now['balance']).replace('_', ' ')}. {now['reason']}"]
    lines += ["", "Meetings" if met else "No meetings."]
    for row in met[:MOST]:
        lines.append(f"  {_at(row['starts_at'], place)}  {str(row['verdict']).replace('_', ' ')}: {row['title']}")
        evidence = row["evidence"]
        assert isinstance(evidence, list)
        lines += [f"      {one['reason']} ({one['weight']:+.1f})" for one in evidence[:STRONGEST]]
        lines.append(f"      key: {row['event_key']}")
    lines += ["", "Timeline" if ledger else "Nothing passed between you."]
    for row in ledger[:MOST]:
        why = f"  (counts for nothing: {row['exclusion']})" if row.get("exclusion") else ""
        arrow = {"out": "→", "in": "←", "both": "↔"}[str(row["direction"])]
        lines.append(f"  {_at(row['occurred_at'], place)}  {arrow} {row['channel']}  {row.get('subject') or ''}{why}")
    if len(ledger) > MOST:
        lines.append(f"  and {len(ledger) - MOST} older")
    facts: dict[str, object] = {
        "contact": card,
        "addresses": addresses,
        "state": states[0] if states else None,
        "meetings": met,
        "interactions": ledger,
    }
    return Explained("\n".join(lines), facts)


def _at(value: object, zone: zoneinfo.ZoneInfo) -> str:
    return f"{value.astimezone(zone):%Y-%m-%d %H:%M}" if isinstance(value, dt.datetime) else "unknown time     "
