"""Tell how surely a mail is about a meeting: by its names, its days, and what it speaks of."""

import datetime as dt
from typing import NamedTuple

from pipelines.rules import subjects
from pipelines.rules.meeting_facts import DAY, HOUR, Letter, Occasion
from pipelines.rules.vocabulary import find, plain

EPOCH = dt.date(1970, 1, 1)


class Neighbours(NamedTuple):
    """When the meetings with the same contact before and after this one begin; None if there is none."""

    earlier: int | None
    later: int | None


NOBODY = Neighbours(None, None)


def about(occasion: Occasion, letter: Letter, around: Neighbours) -> float:
    """How surely a mail from before is about this meeting: 0 … 1."""
    if names_it(occasion, letter):
        return 1.0
    days = subjects.dates(letter.subject)
    if days.any:
        return 1.0 if same_day(occasion, letter, days) else 0.0
    if around.earlier is not None and letter.at < around.earlier:
        return 0.0  # another meeting comes first
    gap = occasion.starts - letter.at
    if _same_kind(occasion.title, letter.subject):
        return 0.9 if gap <= 3 * DAY else 0.6
    return 0.9 if gap <= 15 * HOUR else 0.8 if gap <= 30 * HOUR else 0.3 if gap <= 3 * DAY else 0.0


def names_it(occasion: Occasion, letter: Letter) -> bool:
    """Whether a mail has the meeting's title as its subject, or a part of it."""
    title, subject = plain(occasion.title), subjects.core(letter.subject)
    return len(title) >= 4 and (title in subject or (len(subject) >= 8 and subject in title))


def _same_kind(title: str, subject: str) -> bool:
    """Whether a mail speaks of what the entry is: of "lunch", where the entry is called "Lunch Ann"."""
    words = [find("title.together", title), find("title.remote", title)]
    meeting = find("title.with", title)
    words += [meeting] if len(meeting) > 4 or (len(meeting) > 1 and not meeting.isascii()) else []
    told = subjects.core(subject)
    return any(word and word in told for word in words)


def beside_title(occasion: Occasion, subject: str) -> str:
    """A subject without the meeting's title: "Coffee (moved)" is what it is called, and moves nothing."""
    title = occasion.title
    at = subject.casefold().find(title.casefold()) if len(title) >= 4 else -1
    return f"{subject[:at]} {subject[at + len(title) :]}" if at >= 0 else subject


def same_day(occasion: Occasion, letter: Letter, days: subjects.Dates) -> bool:
    """Whether the days that a mail names are that of the meeting."""
    wanted = occasion.day
    if (days.today and letter.day == wanted) or (days.tomorrow and letter.day + 1 == wanted):
        return True
    if days.overmorrow and letter.day + 2 == wanted:
        return True
    if (wanted + 3) % 7 in days.weekdays and 0 <= wanted - letter.day <= 7:
        return True
    return bool(days.dates & dates_of(wanted))


def dates_of(day: int) -> set[tuple[int, int]]:
    """How a subject may name a day: its month and number, or its number alone (month 0)."""
    date = EPOCH + dt.timedelta(days=day)
    return {(date.month, date.day), (0, date.day)}


def is_target(occasion: Occasion, letter: Letter, around: Neighbours, days: subjects.Dates) -> bool:
    """Whether a mail that moves a meeting moves another one to this day: "today: can we push to Thursday?"."""
    if days.today and letter.day != occasion.day:
        return True
    if days.tomorrow and letter.day + 1 != occasion.day:
        next_one = around.later is not None and around.later - occasion.starts <= 36 * HOUR
        # "move it to tomorrow?", of today's
        return next_one or letter.day != occasion.day or letter.at >= occasion.starts
    if days.overmorrow and letter.day + 2 != occasion.day:
        return True
    if letter.at < occasion.original != occasion.starts:
        return True  # it stands where it was moved to
    return around.earlier is not None and letter.at < around.earlier and not names_it(occasion, letter)


def asks_for_another_day(letter: Letter, days: subjects.Dates) -> bool:
    """Whether a mail would rather have another day: "Thursday instead?", "would Thursday suit you better?"."""
    return bool(days.weekdays or days.next_week or days.dates) and bool(subjects.sign("instead", letter.subject))


def of_another(occasion: Occasion, letter: Letter, days: subjects.Dates) -> bool:
    """Whether the days that a mail names lie before the meeting: then it is about another one."""
    gap = occasion.day - letter.day
    return any(0 <= (weekday - (letter.day + 3)) % 7 < gap for weekday in days.weekdays)
