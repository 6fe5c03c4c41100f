"""Say the reasons of a meeting's verdict, which are written down in English, in the report's language.

A reason is recognized by its form; one that has none here is shown as it was written.
"""

import datetime as dt
import re
from functools import cache

from reports.dates import DAY
from reports.languages import Language, later

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
LEAP = 2000  # any year that has all days
FORMS = (
    later("You said so."),
    later("It is still to come."),
    later("Nothing says where, or whether, it took place."),
    later("It was cancelled."),
    later("It stands in the calendar as tentative."),
    later("Its title ends with a question mark."),
    later("Its title says “{words}”."),
    later("Its text says “{words}”."),
    later("It was written down afterwards, as one does with what took place."),
    later("You declined."),
    later("You answered “perhaps”."),
    later("You never answered the invitation."),
    later("You only arranged it: you are not among its guests."),
    later("You only arranged it: you are not among its guests, and it is shown as free."),
    later("It is shown as free in your calendar."),
    later("They declined."),
    later("They proposed another time, and nothing shows that it was taken."),
    later("They accepted."),
    later("They answered “perhaps”."),
    later("They never answered the invitation."),
    later("It had {number} guests: nothing says that you two spoke."),
    later("They were its host."),
    later("They only set it up for another."),
    later("You were ill that day (“{words}”)."),
    later("You were on the way (“{words}”)."),
    later("You were on leave (“{words}”)."),
    later("You worked from home (“{words}”)."),
    later("You were at the office (“{words}”)."),
    later("You were there that day (“{words}”)."),
    later("You were travelling (“{words}”)."),
    later("You were elsewhere that day (“{words}”)."),
    later("At the same time there was “{words}”."),
    later("You corrected a meeting with {what}."),
    later("You corrected {number} meetings with {what}."),
    later("An out-of-office answer of theirs came around that time."),
    later("Its recording was sent around afterwards."),
    later("They live in another country."),
    later("You wrote on {day}: “{words}”."),
    later("They wrote on {day}: “{words}”."),
    later("Its place is “{words}”."),
    later("Its place says “{words}”."),
    later("The room was booked."),
    later("The room declined."),
    later("This occurrence alone has a conference link ({name})."),
    later("It has a conference link ({name}) beside its place."),
    later("It has a conference link ({name})."),
    later("One could come or join by {name}."),
)
WHATS = (
    later("a conference link"),
    later("such a place"),
    later("such a title"),
    later("such answers"),
    later("such a day"),
)


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    made = []
    for form in FORMS:
        pieces = re.split(r"{(\w+)}", form)
        pattern = "".join(f"(?P<{one}>.+?)" if number % 2 else re.escape(one) for number, one in enumerate(pieces))
        made.append((form, re.compile(pattern, re.DOTALL)))
    return tuple(made)


def said(reason: str, spoken: Language) -> str:
    """The reason in this language."""
    if spoken.code == "en":
        return reason
    for form, pattern in _forms():
        found = pattern.fullmatch(reason)
        if found:
            return spoken.say(form, **{name: _value(name, text, spoken) for name, text in found.groupdict().items()})
    return reason


def _value(name: str, text: str, spoken: Language) -> str:
    if name == "day":
        number, _, month = text.partition(" ")
        if month in MONTHS and number.isdigit() and 1 <= int(number) <= 31:
            return spoken.date(dt.date(LEAP, MONTHS.index(month) + 1, int(number)), DAY)
    return spoken.say(text) if name == "what" and text in WHATS else text
