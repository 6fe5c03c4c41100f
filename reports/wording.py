"""All words of the report, in one place: titles, sentences, dates and counts in English."""

import datetime as dt
import re
import zoneinfo
from collections.abc import Sequence

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)  # not strftime's: those change with the process's locale
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONGEST_TITLE, LONGEST_NAME = 90, 60  # characters: a mail shows a line or two of it

TITLES = {
    "turned_cold": "Turned cold this week",
    "about_to_go_cold": "About to go cold",
    "met_in_person": "Met in person",
    "met_remotely": "Met remotely",
    "not_held_or_unknown": "Not held, or nobody can tell",
    "replies_owed": "Replies you owe",
    "back_in_touch": "Back in touch",
    "people_news": "News of people",
    "coming_up": "Coming up",
    "never_followed_up": "Collected, not connected",
    "dormant_but_proven": "Dormant but proven",
    "in_spam": "In your spam folder",
    "coverage": "What the sources cover",
}
NUMBERS = {"turned_cold": "turned cold", "met_in_person": "met in person", "replies_owed": "replies owed"}
SPOTLIGHT = "Worth a word this week"
QUIET = "A quiet week: nobody turned cold, nobody waits for your answer, and no meeting is on record."
EVIDENCE = "Why"
YEAR = "The year"
YEAR_STATES = "People by state, week by week"
YEAR_MET = "Whom you met, month by month"
LEGEND = (
    "Each small picture is a year: what you wrote above the line, what they wrote below it, meetings and calls as dots."
)
GRID_LEGEND = "Filled: met in person. Outlined: met remotely only."
A_YEAR_AGO, NOW = "a year ago", "now"
PERSON = "Person"
NO_NAME = "(no name)"
NO_TITLE = "(no title)"
WHOLE = "Every list whole, with the evidence of each verdict, is in report.html."
VERDICTS = {"did_not_meet": "Did not take place", "unknown": "Nobody can tell"}
BALANCES = {"i_write": "mostly you write", "they_write": "mostly they write"}


class Dates:
    """Say moments in the owner's time zone, seen from the end of the week."""

    def __init__(self, zone: str, ends_at: dt.datetime) -> None:
        self._zone = zoneinfo.ZoneInfo(zone)
        self._ends_at = ends_at

    def local(self, moment: dt.datetime) -> dt.datetime:
        """The moment on the owner's clock."""
        return moment.astimezone(self._zone)

    def day(self, moment: dt.datetime) -> str:
        """`3 November`, with the year where it could be mistaken."""
        here = self.local(moment)
        year = "" if abs((self._ends_at - moment).days) < 180 else f" {here.year}"
        return f"{here.day} {MONTHS[here.month - 1]}{year}"

    def month(self, end: dt.datetime) -> str:
        """`2026-11`: the month of the last day before `end`."""
        return f"{self.local(end - dt.timedelta(hours=12)):%Y-%m}"

    def full_day(self, moment: dt.datetime) -> str:
        """`3 November 2026`."""
        here = self.local(moment)
        return f"{here.day} {MONTHS[here.month - 1]} {here.year}"

    def when(self, moment: dt.datetime) -> str:
        """`Tuesday 3 November, 15:00`."""
        here = self.local(moment)
        return f"{DAYS[here.weekday()]} {self.day(moment)}, {here:%H:%M}"

    def span(self, start: dt.datetime, end: dt.datetime) -> str:
        """`9 – 15 November 2026`: a span of whole days, the last of which ends at `end`."""
        first, last = self.local(start), self.local(end - dt.timedelta(hours=12))
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day} – {self.full_day(end - dt.timedelta(hours=12))}"
        year = f" {first.year}" if first.year != last.year else ""
        return f"{first.day} {MONTHS[first.month - 1]}{year} – {self.full_day(end - dt.timedelta(hours=12))}"

    def ago(self, moment: dt.datetime) -> str:
        """`12 days ago`, by the calendar, as seen on the week's last day."""
        days = (self.local(self._ends_at - dt.timedelta(hours=12)).date() - self.local(moment).date()).days
        return f"{count(days, 'day')} ago" if days else "that day"


def count(number: int, word: str) -> str:
    """`1 day`, `12 days`, `1,200 items`."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def shortened(text: str, longest: int) -> str:
    """One line of at most so many characters."""
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"


def name(full: str) -> str:
    """A person's name as a line can hold it."""
    return shortened(full, LONGEST_NAME) or NO_NAME


def names(all_names: Sequence[str]) -> str:
    """`Ana`, `Ana and Bo`, `Ana, Bo, Chen and 4 others`."""
    if len(all_names) > 4:
        return f"{', '.join(all_names[:3])} and {len(all_names) - 3} others"
    if len(all_names) < 2:
        return "".join(all_names)
    return f"{', '.join(all_names[:-1])} and {all_names[-1]}"


def quoted(subject: str) -> str:
    """`“Lunch?”`, or nothing for a mail without a subject."""
    plain = shortened(subject, LONGEST_TITLE)
    return f"“{plain}”" if plain else ""


def last_mail(subject: str, day: str) -> str:
    """The small print under a person: the last mail's subject and day."""
    return f"Last mail: {quoted(subject)}, {day}" if quoted(subject) else f"Last mail on {day}"


def owed(subject: str, day: str, ago: str, again: str, *, chat: bool) -> str:
    """A mail that waits for the owner's answer."""
    what = f": {quoted(subject)}" if quoted(subject) else (" a message" if chat else "")
    more = f", and again on {again}" if again else ""
    return f"Wrote on {day} ({ago}){more}, to you alone, and has no answer yet{what}."


def meeting(title: str, when: str) -> str:
    """One meeting's line."""
    return f"{shortened(title, LONGEST_TITLE) or NO_TITLE}: {when}"


def never(connected: str, source: str) -> str:
    """Someone who was collected and never written to."""
    where = {"linkedin": "Connected on LinkedIn", "google": "In your Google contacts"}.get(source)
    if connected:
        return f"{where or 'Connected'} on {connected}; nothing has passed between you."
    return f"{where or 'In your address book'}; nothing has passed between you."


def back(reason: str, state: str) -> str:
    """Someone who was cold or dormant a week ago and no longer is."""
    return f"Was {state} the week before. {reason}"


def new_address(address: str, known: str, day: str) -> str:
    """A first mail from another organization's domain."""
    return f"Wrote on {day} from {address}, until now from {known}: perhaps a new job."


def in_spam(person: str, subject: str, day: str) -> str:
    """A contact's mail that the owner has likely not seen."""
    of = f"{person}'{'' if person.endswith('s') else 's'}"
    told = f": {quoted(subject)}" if quoted(subject) else ""
    return f"{of} mail of {day} lies in your spam{told}."


def never_read(source: str, error: str) -> str:
    """The first lines of a report on a source that has never been read."""
    return f"{source} has never been read: what looks like silence may be ours.{_told(error)}"


def stale(source: str, day: str, error: str) -> str:
    """The first lines of a report on a source that was last read before the week's end."""
    return f"{source} was last read on {day}: silence since then may be ours.{_told(error)}"


def old_export(source: str, day: str) -> str:
    """The first lines of a report on a source that was read and holds nothing new."""
    return f"{source}: the newest item is of {day}; silence since then may be ours."


def no_source() -> str:
    """The first line of a report on nothing."""
    return "No source is set up: nothing is known of this week. Add one to settings.toml."


def _told(error: str) -> str:
    return f" ({error.rstrip('.')}.)" if error else ""


def source_name(key: str, kind: str) -> str:
    """`Work mail`, `Calendar`, `Files`: a source's key as a sentence begins with it."""
    plain = re.sub(r"[_-]+", " ", key).strip()
    what = {"imap": "mail", "caldav": "calendar", "ical_url": "calendar", "carddav": "contacts"}.get(kind, "")
    named = plain if what in plain.lower() else f"{plain} {what}"
    return named[:1].upper() + named[1:]


def coverage(kind: str, read: str, items: int, span: str, rejects: int) -> str:
    """What one source covers."""
    lost = f" {count(rejects, 'item')} could not be understood." if rejects else ""
    return f"{kind}, {read}; {count(items, 'item')}{span}.{lost}"


def read_on(day: str, *, complete: bool) -> str:
    """When a source was read for this week."""
    return f"read on {day}, after the week's end" if complete else f"last read on {day}"


NEVER_READ = "never read"


def items_span(oldest: str, newest: str) -> str:
    """From when to when a source's items reach."""
    return f" from {oldest} to {newest}" if oldest != newest else f" of {oldest}"


def more(number: int) -> str:
    """What a capped list leaves to the full report."""
    return f"and {number:,} more"


def above(all_names: Sequence[str]) -> str:
    """Who of a list stands on the first screen already."""
    return f"Above: {', '.join(all_names)}."


def resting(number: int) -> str:
    """A list of which nobody's turn it is this week."""
    return f"Nobody new this week; {number} {'is' if number == 1 else 'are'} listed in report.html."


def before(number: int) -> str:
    """Last week's number, beside this week's."""
    return f"the week before: {number}"


def made(day: str) -> str:
    """The footer."""
    return f"Made on {day} by coldcoffee on your own machine, from headers and calendars only."


def year_of(sent: int, received: int, together: int, silent: int) -> str:
    """A person's sparkline in words."""
    told = (
        f"The last 52 weeks: {count(sent, 'mail')} or messages from you, {received:,} from them, "
        f"{count(together, 'meeting')} or calls"
    )
    return f"{told}; nothing for {count(silent, 'week')}." if silent else f"{told}."


def year_line(state: str, first: int, last: int, highest: int) -> str:
    """A year's line in words."""
    return f"{state}: {first:,} a year ago, {last:,} now, at most {highest:,}"


def met_cell(name: str, month: str, in_person: int, remotely: int) -> str:
    """One person's month in words."""
    return f"{name}, {month}: {in_person} in person, {remotely} remotely"
