"""Choose, order and word what one week's report says."""

import datetime as dt
import zoneinfo
from dataclasses import dataclass

from reports.facts import Covered, Facts, Held, Tie

UTC = zoneinfo.ZoneInfo("UTC")  # a network tells the day of a connection, and no time of day
MOST = 12  # entries of a section; the rest is counted
SPOTLIGHT = 7  # people worth a word on the first screen
NAGGED = 2  # weeks running that a person may stand in the spotlight for the same state
COOLING = "cooling"
QUIET_ENOUGH = 5  # days after which a mail without an answer is an answer owed


@dataclass(frozen=True)
class Entry:
    """One line of a section: who, a sentence, and more of it in small print."""

    name: str
    text: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """A named part of the report; `more` entries are left out."""

    key: str
    title: str
    entries: tuple[Entry, ...]
    more: int = 0


@dataclass(frozen=True)
class Number:
    """A number of the first screen, with last week's beside it."""

    label: str
    now: int
    before: int


@dataclass(frozen=True)
class WeeklyReport:
    """One owner's report of one week, ready to be laid out."""

    owner: str
    week: str
    span: str
    warnings: tuple[str, ...]
    numbers: tuple[Number, ...]
    spotlight: tuple[Entry, ...]
    sections: tuple[Section, ...]
    coverage: tuple[Entry, ...]
    made_at: dt.datetime
    quiet: bool


def weekly(facts: Facts) -> WeeklyReport:
    """The week's report. The dead are named nowhere; nobody stands in the spotlight three weeks running."""
    gone = {tie.contact_id for tie in facts.ties if tie.died}
    living = [tie for tie in facts.ties if not tie.died]
    zone = zoneinfo.ZoneInfo(facts.zone)
    start = facts.ends_at - dt.timedelta(days=7)
    meetings = [one for one in facts.meetings if one.contact_id not in gone]
    past = [one for one in meetings if start <= one.starts_at < facts.ends_at]
    ahead = [one for one in meetings if one.verdict == "upcoming"]
    owed = [one for one in facts.owed if one.contact_id not in gone]

    turned = [tie for tie in living if tie.state == "cold" and tie.earlier_states[:1] not in (("cold",), ())]
    before = [
        tie
        for tie in living
        if len(tie.earlier_states) > 1 and tie.earlier_states[0] == "cold" != tie.earlier_states[1]
    ]
    cooling = sorted((tie for tie in living if tie.state == COOLING), key=_risk)
    met = [one for one in past if one.verdict == "met_in_person"]
    remote = [one for one in past if one.verdict == "met_remotely"]
    other = [one for one in past if one.verdict in ("did_not_meet", "unknown")]
    dormant = sorted((t for t in living if t.state == "dormant"), key=lambda tie: -tie.exchanges)
    never = sorted(
        (tie for tie in living if tie.last_interaction_at is None),
        key=lambda tie: (tie.connected_at is None, -(tie.connected_at or facts.ends_at).timestamp(), tie.name),
    )
    sections = (
        _section("turned_cold", "Turned cold this week", [_tie(tie) for tie in sorted(turned, key=_strength)]),
        _section("about_to_go_cold", "About to go cold", [_tie(tie) for tie in cooling]),
        _section("met_in_person", "Met in person", _held(met, zone)),
        _section("met_remotely", "Met remotely", _held(remote, zone)),
        _section("not_held_or_unknown", "Not held, or nobody can tell", _held(other, zone, with_verdict=True)),
        _section("replies_owed", "Replies you owe", [_owed(one.name, one.subject, one.since, facts) for one in owed]),
        _section("never_followed_up", "Collected, not connected", [_never(tie) for tie in never]),
        _section("dormant_but_proven", "Dormant but proven", [_tie(tie) for tie in dormant]),
        _section("coming_up", "Coming up", _held(sorted(ahead, key=lambda one: one.starts_at), zone)),
        _section(
            "in_spam",
            "In your spam folder",
            [
                Entry(one.name, f"A mail of {_day(one.sent_at, zone)} lies in your spam: “{_short(one.subject)}”.")
                for one in facts.spam
            ],
        ),
    )
    numbers = (
        Number("turned cold", len(turned), len(before)),
        Number("met in person", len({one.contact_id for one in met}), facts.last_week_met),
        Number("replies owed", len(owed), facts.owed_last_week),
    )
    spotlight = _spotlight(turned, cooling)
    return WeeklyReport(
        owner=facts.owner,
        week=facts.week,
        span=f"{_day(start, zone)} – {_day(facts.ends_at - dt.timedelta(hours=12), zone)}",
        warnings=tuple(_warnings(facts, zone)),
        numbers=numbers,
        spotlight=spotlight,
        sections=tuple(section for section in sections if section.entries),
        coverage=tuple(_covered(one, zone) for one in facts.covered),
        made_at=facts.made_at,
        quiet=not any(section.entries for section in sections),
    )


def _risk(tie: Tie) -> float:
    return -(tie.cold_probability or 0.0)


def _strength(tie: Tie) -> float:
    return -float(tie.exchanges)


def _spotlight(turned: list[Tie], cooling: list[Tie]) -> tuple[Entry, ...]:
    fresh = [tie for tie in cooling if tie.earlier_states[:NAGGED] != (COOLING,) * NAGGED]
    return tuple(_tie(tie) for tie in [*sorted(turned, key=_strength), *sorted(fresh, key=_strength)][:SPOTLIGHT])


def _section(key: str, title: str, entries: list[Entry]) -> Section:
    return Section(key, title, tuple(entries[:MOST]), max(len(entries) - MOST, 0))


def _tie(tie: Tie) -> Entry:
    return Entry(tie.name, tie.reason, (tie.organization,) if tie.organization else ())


def _never(tie: Tie) -> Entry:
    if tie.connected_at is None:
        return Entry(tie.name, "On a card, and nothing has passed between you.")
    return Entry(tie.name, f"Connected on {_day(tie.connected_at, UTC)}, and nothing has passed between you.")


def _held(meetings: list[Held], zone: zoneinfo.ZoneInfo, *, with_verdict: bool = False) -> list[Entry]:
    entries = []
    for one in meetings:
        verdict = {"did_not_meet": "did not take place; ", "unknown": "nobody can tell; "}.get(one.verdict, "")
        text = f"{_when(one.starts_at, zone)}: {_short(one.title) or 'no title'}"
        entries.append(
            Entry(
                one.name,
                f"{text} ({(verdict if with_verdict else '')}{one.evidence[0]})" if one.evidence else text,
                one.evidence[1:3],
            )
        )
    return entries


def _owed(name: str, subject: str, since: dt.datetime, facts: Facts) -> Entry:
    days = (facts.ends_at - since).days
    return Entry(name, f"Wrote {days} days ago and waits for your answer: “{_short(subject)}”.")


def _warnings(facts: Facts, zone: zoneinfo.ZoneInfo) -> list[str]:
    lines = []
    for one in facts.covered:
        if one.last_success_at is None:
            lines.append(f"The source “{one.source}” has never been read: silence may be ours.")
        elif one.last_success_at < facts.ends_at:
            lines.append(
                f"The source “{one.source}” was last read on {_day(one.last_success_at, zone)}: "
                "silence since then may be ours."
            )
        elif one.last_error:
            lines.append(f"The source “{one.source}” could not be read at the last try: {one.last_error}")
    return lines


def _covered(one: Covered, zone: zoneinfo.ZoneInfo) -> Entry:
    span = ""
    if one.oldest_item_at and one.newest_item_at:
        span = f", {_day(one.oldest_item_at, zone)} to {_day(one.newest_item_at, zone)}"
    read = f"last read on {_day(one.last_success_at, zone)}" if one.last_success_at else "never read"
    lost = f"; {one.rejects} could not be understood" if one.rejects else ""
    details = tuple(text for text in (one.note, one.last_error or "") if text)
    return Entry(one.source, f"{one.kind}, {read}: {one.items} items{span}{lost}.", details)


def _day(moment: dt.datetime, zone: zoneinfo.ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{local.day} {local:%B %Y}"


def _when(moment: dt.datetime, zone: zoneinfo.ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{local:%A} {local.day} {local:%B}, {local:%H:%M}"


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 80 else plain[:79].rstrip() + "…"
