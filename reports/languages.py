"""Speak a language: texts from gettext catalogues, dates and numbers by babel.

English is what stands in the code; each other language is one file, locale/CODE.po, compiled when it is first used.
"""

import datetime as dt
import importlib.resources
import io
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations

import babel
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LOCALES = {"en": "en_GB", "de": "de_DE"}  # a language's code in settings.toml, and whose dates and numbers it uses


def later(text: str) -> str:
    """Mark a text that stands in a table for the catalogues; it is translated when it is said."""
    return text


class Language:
    """One language: `say` and `many` give its texts, the rest its dates and numbers."""

    def __init__(self, code: str) -> None:
        self.code = code
        self._locale = babel.Locale.parse(LOCALES[code])
        self._texts = _catalogue(code)
        self._dates: dict[tuple[dt.date, str], str] = {}

    def say(self, text: str, /, **values: str | int) -> str:
        """The text in this language, with its named places filled in."""
        found = self._texts.gettext(text)
        return found.format(**values) if values else found

    def many(self, number: int, one: str, more: str, /, **values: str | int) -> str:
        """The text for one or for more (as many forms as the language has); {n} is the number as it is written."""
        return self._texts.ngettext(one, more, number).format(n=self.number(number), **values)

    def number(self, number: int) -> str:
        """`12,345` in English, `12.345` in German."""
        if 0 <= number < 1000:  # nothing to group; babel takes its time
            return str(number)
        return str(format_decimal(number, locale=self._locale))

    def date(self, day: dt.date, pattern: str) -> str:
        """A date by a CLDR pattern (`d MMMM`, UTS 35), as the catalogue turns it."""
        day = dt.date(day.year, day.month, day.day)  # a page of thousands of lines names few days
        if (day, pattern) not in self._dates:
            self._dates[day, pattern] = str(format_date(day, self._texts.gettext(pattern), locale=self._locale))
        return self._dates[day, pattern]


def _catalogue(code: str) -> NullTranslations:
    if code == "en":
        return NullTranslations()
    source = importlib.resources.files("reports").joinpath("locale", f"{code}.po").read_bytes()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source), locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)


@lru_cache
def language(code: str) -> Language:
    """The language of this code, one of LOCALES."""
    return Language(code)
