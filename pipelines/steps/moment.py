"""The moment a judgement is made for."""

import datetime as dt
import re
import zoneinfo
from dataclasses import dataclass

Counts = dict[str, int]  # what a step tells of itself: a name and a number of rows
FIRST_WEEK = "2000-W01"  # the first that a report can be made of


class NoWeek(ValueError):
    """There is no such week; `str()` is one sentence."""


@dataclass(frozen=True)
class Moment:
    """As of when, and for whom, the steps judge.

    `as_of` is an aware UTC time: nothing later is known. `zone` is the owner's IANA zone. `week` is the ISO week that
    the judgement is for (`2026-W46`); for a report `as_of` is that week's end in the owner's zone.
    """

    as_of: dt.datetime
    zone: str
    owner_name: str
    week: str
    language: str = "en"  # of the sentences: one of reports.languages.LOCALES
    discover: bool = True  # whether an exchange makes a correspondent a contact
    assistants: tuple[tuple[str, str], ...] = ()  # addresses of assistants, each with one of whom they write for


def week_end(week: str, zone: str) -> dt.datetime:
    """The end of an ISO week (`2026-W46`, ISO 8601) in a zone: the next Monday's midnight there, as aware UTC.

    Raises NoWeek for what is no week, and for one before FIRST_WEEK.
    """
    found = re.fullmatch(r"([0-9]{4})-W([0-9]{2})", week)
    if not found:
        raise NoWeek(f"“{week}” is no week: write it as 2026-W46.")
    if week < FIRST_WEEK:
        raise NoWeek(f"The week {week} is too long ago: the first that can be reported is {FIRST_WEEK}.")
    try:
        monday = dt.date.fromisocalendar(int(found[1]), int(found[2]), 1)
    except ValueError as error:
        raise NoWeek(f"“{week}” is no week: that year has no week {int(found[2])}.") from error
    try:
        after = dt.datetime.combine(monday + dt.timedelta(days=7), dt.time(), zoneinfo.ZoneInfo(zone))
        return after.astimezone(dt.UTC)
    except OverflowError as error:
        raise NoWeek(f"The week {week} is too far ahead.") from error


def week_of(moment: dt.datetime, zone: str) -> str:
    """The ISO week that an aware moment lies in, in a zone."""
    return _named(moment.astimezone(zoneinfo.ZoneInfo(zone)).date())


def last_whole_week(now: dt.datetime, zone: str) -> str:
    """The newest ISO week that has ended by an aware moment, in a zone."""
    return _named(now.astimezone(zoneinfo.ZoneInfo(zone)).date() - dt.timedelta(days=7))


def _named(day: dt.date) -> str:
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02d}"
