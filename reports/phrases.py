"""Recognize a sentence that was written down in English by its form, and say it in the report's language."""

import datetime as dt
import re
from collections.abc import Sequence

from reports.dates import DAY
from reports.languages import Language

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
LEAP = 2000  # any year that has all days
OPTIONAL = "said"  # the place for what a server has said, in brackets after a blank, or nothing


class Phrases:
    """Sentences by their forms, with {places} for what differs. A place called `day` holds a date (`3 November`), one
    called `cause` another of these sentences; `words` are what else is translated where it fills a whole place."""

    def __init__(self, forms: Sequence[str], words: Sequence[str] = ()) -> None:
        self._forms = [(form, _pattern(form)) for form in forms]
        self._words = frozenset(words)

    def said(self, sentence: str, spoken: Language) -> str | None:
        """The sentence in this language, or None if it has no form here."""
        for form, pattern in self._forms:
            found = pattern.fullmatch(sentence)
            if found:
                places = {name: self._value(name, text, spoken) for name, text in found.groupdict().items()}
                return spoken.say(form, **places) if places else spoken.say(form)
        return None

    def _value(self, name: str, text: str, spoken: Language) -> str:
        if name == "day":
            number, _, month = text.partition(" ")
            if month in MONTHS and number.isdigit() and 1 <= int(number) <= 31:
                return spoken.date(dt.date(LEAP, MONTHS.index(month) + 1, int(number)), DAY)
        if name == "cause":
            return self.said(text, spoken) or text
        return spoken.say(text) if text in self._words else text


def _pattern(form: str) -> re.Pattern[str]:
    pieces = re.split(r"{(\w+)}", form)
    told = {OPTIONAL: rf"(?P<{OPTIONAL}>(?: \(.*\))?)"}
    return re.compile(
        "".join(
            told.get(one, f"(?P<{one}>.+?)") if number % 2 else re.escape(one) for number, one in enumerate(pieces)
        ),
        re.DOTALL,
    )
