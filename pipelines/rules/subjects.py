"""Read the subject of a mail for what it says of a meeting: called off, moved, late, thanks, and of which day."""

import functools
import itertools
import re
from typing import NamedTuple

import babel.dates

from pipelines.rules.vocabulary import any_of, entries, find, pattern, plain, searchable, weekdays

_PREFIX = re.compile(
    r"^(?:\s*(?:re|fwd?|aw|wg|antw|sv|vs|odp|pd|rép|ref|tr|rv|res|enc|rif|r|i|doorst|回复|回覆|答复|转发|轉寄|返信|転送)\s*(?:\[\d+\])?\s*[::]\s*)+",
    re.IGNORECASE,
)
_IN = frozenset(("in", "im", "en", "em", "w", "last", "letzten", "this", "di", "a"))  # words before a month
_CONCERNING = (
    "title.remote",
    "subject.cancel",
    "subject.all_off",
    "subject.move",
    "subject.late",
    "subject.see_you",
    "subject.to_remote",
    "subject.to_place",
    "subject.met",
    "subject.talked",
    "subject.held",
    "subject.missed",
    "subject.waited",
    "subject.stand_in",
    "subject.next_week",
    "subject.sorry",
    "subject.not",
    "subject.thanks",
    "subject.glad",
    "subject.left",
    "presence.ill",
    "subject.instead",
)
_LOCALES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl")
_WIDE_DATE = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号號]")
_DOTTED_DATE = re.compile(r"(?<![\d.:/])(\d{1,2})\.\s?(\d{1,2})\.(?!\d\d?:)|(?<![\d./:])(\d{1,2})/(\d{1,2})(?![\d/])")
_DAY_OF_MONTH = re.compile(
    r"\b(?:the |den |am |le |el |il |dia |op )?(\d{1,2})(?:st|nd|rd|th)\b|\b(?:am|den)\s(\d{1,2})\.(?!\d)"
)

_HOUR = re.compile(r"(?<![\d.:/])(?:[01]?\d|2[0-3])\s?(?:[:.h]\s?[0-5]\d|h\b|uhr\b|[ap]\.?m\b|時|点|點)(?![.:/]?\d)")
_BARE_HOURS = (  # "3 instead of 2?", and nothing else
    r"(?<![\d.:/])(?:[01]?\d|2[0-3])(?: uhr| uur)? {} (?:um |at |om |o )?(?:[01]?\d|2[0-3])(?: uhr| uur)?(?:\W*$|[?,])"
)


class Dates(NamedTuple):
    """The days that a subject names, relative to the day it was written on."""

    today: bool
    tomorrow: bool
    yesterday: bool
    weekdays: frozenset[int]  # Monday is 0
    next_week: bool
    dates: frozenset[tuple[int, int]]  # (month, day of the month); month 0 where none is named
    months: frozenset[int]  # months that are named without a day: "in May"
    overmorrow: bool  # the day after tomorrow, for which many languages have a word

    @property
    def any(self) -> bool:
        """Whether it names a day at all."""
        return bool(self.today or self.tomorrow or self.overmorrow or self.yesterday or self.weekdays or self.dates)


@functools.lru_cache(maxsize=65536)
def core(subject: str) -> str:
    """The plain subject without the marks of answers."""
    return plain(_PREFIX.sub("", subject))


@functools.lru_cache(maxsize=262144)
def sign(name: str, subject: str) -> str:
    """The words of a list (`subject.<name>`) that a subject has, or nothing."""
    return find(f"subject.{name}", subject)


@functools.lru_cache(maxsize=262144)
def speaks(subject: str) -> bool:
    """Whether a subject has any word that may concern a meeting: most have none, and are told by one search."""
    if any_of(_CONCERNING).search(searchable(subject)):
        return True
    days = dates(subject)
    # "I'm in Leeds tomorrow, Thursday at 9?"; "tomorrow 9 am, Café Nero"
    return bool((asks(subject) and days.weekdays) or (days.any and names_hour(subject)))


def names_hour(subject: str) -> bool:
    """Whether a subject names one time of day."""
    return len(_HOUR.findall(plain(subject))) == 1


def asks(subject: str) -> bool:
    """Whether a subject is a question."""
    return subject.rstrip(" !)").endswith(("?", "？"))


def begins(name: str, subject: str) -> int:
    """Where in a subject the first words of a list begin; beyond its end if there are none."""
    starts = [
        found.start() for line in searchable(subject).split("\n") if (found := pattern(f"subject.{name}").search(line))
    ]
    return min(starts, default=len(subject) + 1_000)


def answer(subject: str) -> tuple[str, str]:
    """What a calendar program put before a title ("Declined: Lunch"): yes, no, perhaps or cancelled, and the title."""
    before, colon, title = core(subject).replace(":", ":").partition(":")
    if not colon:
        return "", ""
    word = before.strip(" *[]【】")
    kind = next((name for name in ("yes", "no", "perhaps", "cancelled") if word in entries(f"answer.{name}")), "")
    return (kind, title.strip()) if kind else ("", "")


@functools.lru_cache(maxsize=65536)
def dates(subject: str) -> Dates:
    """The days that a subject names."""
    text = searchable(_PREFIX.sub("", subject))
    today = pattern("subject.today").search(text)
    rest = pattern("subject.today").sub(" ", text)  # "heute morgen" names no tomorrow, nor does "esta mañana"
    overmorrow = pattern("subject.overmorrow").search(rest)
    rest = pattern("subject.overmorrow").sub(" ", rest)  # "pasado mañana" names no tomorrow
    named = frozenset(number for number, day in enumerate(weekdays()) if day.search(rest))
    return Dates(
        bool(today),
        bool(pattern("subject.tomorrow").search(rest)),
        bool(pattern("subject.yesterday").search(rest)),
        named,
        bool(pattern("subject.next_week").search(rest)),
        _dates(plain(subject)),
        _whole_months(plain(subject)),
        bool(overmorrow),
    )


@functools.lru_cache(maxsize=65536)
def another_hour(subject: str) -> bool:
    """Whether a subject puts one time of day in the place of another: "tomorrow at 4 pm instead of 10 am?", "11 instead of 10?"."""
    instead = sign("instead", subject)
    if not instead:
        return False
    text = plain(subject)
    return len(_HOUR.findall(text)) > 1 or bool(re.search(_BARE_HOURS.format(re.escape(instead)), text))


def _dates(text: str) -> frozenset[tuple[int, int]]:
    if not any(letter.isdigit() for letter in text):
        return frozenset()
    found = {(int(month), int(day)) for month, day in _WIDE_DATE.findall(text)}
    for day, month, first, second in _DOTTED_DATE.findall(text):
        found |= {(int(month), int(day))} if day else {(int(first), int(second)), (int(second), int(first))}
    months, names = _months()
    for match in months.finditer(text):
        month = names[match["name"]]
        before, after = match["before"], match["after"]
        found |= {(month, int(day)) for day in (before, after) if day}
    if not found:
        found = {(0, int(one or other)) for one, other in _DAY_OF_MONTH.findall(text)}
    return frozenset((month, day) for month, day in found if 0 <= month <= 12 and 1 <= day <= 31)


def _whole_months(text: str) -> frozenset[int]:
    _, names = _months()
    words = text.split()
    named = {
        names[after.strip(".,!?")]
        for before, after in itertools.pairwise(words)
        if before in _IN and after.strip(".,!?") in names
    }
    return frozenset(
        named | {int(month) for month in re.findall(r"(\d{1,2})\s*月(?!\s*\d)", text) if 1 <= int(month) <= 12}
    )


@functools.cache
def _months() -> "tuple[re.Pattern[str], dict[str, int]]":
    names: dict[str, int] = {}
    for locale in _LOCALES:
        for width in ("wide", "abbreviated"):
            for number, name in babel.dates.get_month_names(width, locale=locale).items():
                names.setdefault(plain(name).rstrip("."), number)
    names["sept"] = 9
    either = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return (
        re.compile(
            rf"(?:\b(?P<before>\d{{1,2}})(?:\.|st|nd|rd|th|er|º)?\s(?:de |of )?)?\b(?P<name>{either})\b\.?(?:\s(?P<after>\d{{1,2}})\b(?!:))?"
        ),
        names,
    )
