"""Lay out everybody for the full page: how each tie stands, and what passed last."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from reports.dates import Dates
from reports.facts import Passed, Tie
from reports.speech import LONGEST_NAME, shortened
from reports.wording import Wording

ORDER = ("warm", "new", "cooling", "cold", "dormant", "never")


@dataclass(frozen=True)
class Person:
    """One row of the page's list of everybody. `since` sorts: seconds since 1970 of the last contact, 0 for none."""

    contact_id: str
    name: str
    organization: str
    state: str
    order: int  # of the state, the warmest first
    balance: str
    silence: str
    silence_days: int
    last: str
    since: int
    timeline: Markup


def everybody(ties: Iterable[Tie], passed: Iterable[Passed], dates: Dates, words: Wording) -> tuple[Person, ...]:
    """The living, by name, each with a timeline as list items of HTML, newest first; every value is escaped."""
    lines: dict[str, list[str]] = {}
    for one in passed:
        told = escape(words.passed(one.what, one.direction, one.subject))
        lines.setdefault(one.contact_id, []).append(
            f"<li dir=auto>{escape(dates.full_day(one.occurred_at))} — {told}</li>"
        )
    found = [
        _person(tie, Markup("\n".join(lines.get(tie.contact_id, ()))), dates, words) for tie in ties if not tie.died
    ]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.contact_id)))


def _person(tie: Tie, timeline: Markup, dates: Dates, words: Wording) -> Person:
    last: dt.datetime | None = tie.last_interaction_at
    return Person(
        contact_id=tie.contact_id,
        name=words.name(tie.name),
        organization=shortened(tie.organization, LONGEST_NAME),
        state=words.state(tie.state),
        order=ORDER.index(tie.state),
        balance=words.balance(tie.balance),
        silence=words.days(tie.silence_days) if tie.silence_days is not None else "",
        silence_days=-1 if tie.silence_days is None else tie.silence_days,
        last=dates.full_day(last) if last else "",
        since=int(last.timestamp()) if last else 0,
        timeline=timeline,
    )
