"""Say in one plain sentence why a tie is called what it is called."""

import datetime as dt
from typing import NamedTuple

from pipelines.rules import warmth
from pipelines.rules.cadence import NEVER

AWAY_WORTH_A_WORD = 5  # days
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class Facts(NamedTuple):
    """What a sentence is made of. Days are whole; dates are the owner's; None or 0 where there is nothing to tell.

    `silence` is since the last interaction, `quiet` since the contact last took part, `away` how many of those days the
    owner was away. `usual` is the gap that these two are used to, `steady` whether it is a slow rhythm. `unanswered`
    counts the owner's last mails without an answer; `owed`: the contact wrote last. `touched` counts active days.
    """

    name: str
    state: int
    today: dt.date
    first: dt.date | None = None
    last: dt.date | None = None
    silence: int = 0
    quiet: int = 0
    away: int = 0
    usual: float = 0.0
    steady: bool = False
    unanswered: int = 0
    answered_ever: bool = True
    owed: bool = False
    touched: int = 0
    connected: dt.date | None = None
    upcoming: dt.date | None = None
    cadence: float = 0.0
    snoozed_until: dt.date | None = None
    died: bool = False


def sentence(facts: Facts) -> str:
    """The sentence for a state, with the dates and numbers that it rests on."""
    if facts.died:
        return "This person has died: what passed is kept, and the name is given nowhere."
    if facts.last is None:
        return _nothing(facts)
    if facts.state == warmth.NEW:
        return f"You were first in touch on {_on(facts.first, facts.today)}, {_days(_since(facts.first, facts))} ago."
    if facts.state == warmth.DORMANT:
        return (
            f"Silent for {_long(facts.silence)}, since {_on(facts.last, facts.today)}; "
            f"before that you were in touch on {facts.touched} {'day' if facts.touched == 1 else 'days'}."
        )
    if not facts.answered_ever:
        times = "once" if facts.unanswered == 1 else f"{_number(facts.unanswered)} times"
        return (
            f"You have written {times} since {_on(facts.first, facts.today)}, "
            f"and {facts.name} has never answered{_but(facts)}."
        )
    return f"{_silence(facts)}{_usual(facts)}{_last_word(facts)}{_but(facts)}."


def _nothing(facts: Facts) -> str:
    if facts.connected is None:
        return f"Nothing has passed between you and {facts.name} yet."
    return f"Connected on {_on(facts.connected, facts.today)}; nothing has passed between you since."


def _silence(facts: Facts) -> str:
    away = f", {facts.away} of them while you were away" if facts.away >= AWAY_WORTH_A_WORD else ""
    if facts.unanswered:
        return f"{facts.name} has been silent for {_long(facts.quiet)}{away}"
    if facts.state == warmth.WARM:
        return f"You were last in touch on {_on(facts.last, facts.today)}, {_days(facts.silence)} ago{away}"
    return f"Silent for {_long(facts.silence)}{away}"


def _usual(facts: Facts) -> str:
    if facts.cadence == NEVER:
        return "; you asked not to be reminded"
    if facts.cadence:
        return f"; you want to be in touch {_every(facts.cadence)}"
    if not facts.usual:
        return ""
    on_time = ", so this is on time" if facts.steady and facts.state == warmth.WARM else ""
    return f"; you two are usually in touch {_every(facts.usual)}{on_time}"


def _last_word(facts: Facts) -> str:
    if facts.unanswered == 1:
        return ", and your last mail is not answered"
    if facts.unanswered:
        return f", and your last {_number(facts.unanswered)} mails are not answered"
    if facts.owed:
        return f", and {facts.name} wrote last"
    return ""


def _but(facts: Facts) -> str:
    if facts.upcoming:
        yet = "and" if facts.state == warmth.WARM else "but"
        return f", {yet} you are to meet on {_on(facts.upcoming, facts.today)}"
    if facts.snoozed_until:
        return f", and you want to hear nothing until {_on(facts.snoozed_until, facts.today)}"
    return ""


def _since(day: dt.date | None, facts: Facts) -> int:
    return (facts.today - day).days if day else 0


def _on(day: dt.date | None, today: dt.date) -> str:
    if day is None:
        return "an unknown day"
    return f"{day.day} {day:%B}" if abs((today - day).days) < 300 else f"{day.day} {day:%B %Y}"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _long(days: int) -> str:
    if days < 730:
        return _days(days)
    return f"{days // 365} years"


def _every(days: float) -> str:
    if days < 1.5:
        return "almost daily"
    if days < 45:
        return f"every {round(days)} days"
    if days < 320:
        months = max(round(days / 30.4), 2)
        return f"about every {_number(months)} months"
    return "about once a year" if days < 550 else "every other year or so"


def _number(count: int) -> str:
    return NUMBERS[count] if count < len(NUMBERS) else str(count)
