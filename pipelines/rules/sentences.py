"""Say in one plain sentence why a tie is called what it is called."""

import datetime as dt
from typing import NamedTuple

from pipelines.rules import warmth
from pipelines.rules.cadence import NEVER
from reports.dates import DAY, FULL_DAY
from reports.languages import Language, later

AWAY_WORTH_A_WORD = 5  # days
MANY_DAYS, YEAR = 730, 365  # so long a silence is told in years
NUMBERS = (
    *(later("no"), later("one"), later("two"), later("three"), later("four"), later("five"), later("six")),
    *(later("seven"), later("eight"), later("nine"), later("ten")),
)


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


def sentence(facts: Facts, spoken: Language) -> str:
    """The sentence for a state, with the dates and numbers that it rests on, in the owner's language."""
    if facts.died:
        return spoken.say("This person has died: what passed is kept, and the name is given nowhere.")
    if facts.last is None:
        return _nothing(facts, spoken)
    if facts.state == warmth.NEW:
        days = _since(facts.first, facts)
        day = _on(facts.first, facts, spoken)
        return spoken.many(
            days,
            "You were first in touch on {day}, {n} day ago.",
            "You were first in touch on {day}, {n} days ago.",
            day=day,
        )
    if facts.state == warmth.DORMANT:
        return spoken.many(
            facts.touched,
            "{silent}, since {day}; before that you were in touch on {n} day.",
            "{silent}, since {day}; before that you were in touch on {n} days.",
            silent=_long_silence(facts, spoken),
            day=_on(facts.last, facts, spoken),
        )
    if not facts.answered_ever:
        return _never_answered(facts, spoken)
    clauses = (_silence(facts, spoken), _usual(facts, spoken), _last_word(facts, spoken), _but(facts, spoken))
    return f"{''.join(clauses)}."


def _nothing(facts: Facts, spoken: Language) -> str:
    if facts.connected is None:
        return spoken.say("Nothing has passed between you and {name} yet.", name=facts.name)
    day = _on(facts.connected, facts, spoken)
    return spoken.say("Connected on {day}; nothing has passed between you since.", day=day)


def _never_answered(facts: Facts, spoken: Language) -> str:
    told = {"day": _on(facts.first, facts, spoken), "name": facts.name, "but": _but(facts, spoken)}
    if facts.unanswered == 1:
        return spoken.say("You have written once since {day}, and {name} has never answered{but}.", **told)
    times = _number(facts.unanswered, spoken)
    return spoken.say(
        "You have written {times} times since {day}, and {name} has never answered{but}.", times=times, **told
    )


def _silence(facts: Facts, spoken: Language) -> str:
    away = ""
    if facts.away >= AWAY_WORTH_A_WORD:
        away = spoken.many(facts.away, ", {n} of them while you were away", ", {n} of them while you were away")
    if facts.unanswered:
        years = facts.quiet // YEAR
        if facts.quiet < MANY_DAYS:
            told = spoken.many(
                facts.quiet,
                "{name} has been silent for {n} day",
                "{name} has been silent for {n} days",
                name=facts.name,
            )
        else:
            told = spoken.many(
                years, "{name} has been silent for {n} year", "{name} has been silent for {n} years", name=facts.name
            )
        return told + away
    if facts.state == warmth.WARM:
        told = spoken.many(
            facts.silence,
            "You were last in touch on {day}, {n} day ago",
            "You were last in touch on {day}, {n} days ago",
            day=_on(facts.last, facts, spoken),
        )
        return told + away
    return _long_silence(facts, spoken) + away


def _long_silence(facts: Facts, spoken: Language) -> str:
    if facts.silence < MANY_DAYS:
        return spoken.many(facts.silence, "Silent for {n} day", "Silent for {n} days")
    return spoken.many(facts.silence // YEAR, "Silent for {n} year", "Silent for {n} years")


def _usual(facts: Facts, spoken: Language) -> str:
    if facts.cadence == NEVER:
        return spoken.say("; you asked not to be reminded")
    if facts.cadence:
        return spoken.say("; you want to be in touch {often}", often=_every(facts.cadence, spoken))
    if not facts.usual:
        return ""
    often = _every(facts.usual, spoken)
    if facts.steady and facts.state == warmth.WARM:
        return spoken.say("; you two are usually in touch {often}, so this is on time", often=often)
    return spoken.say("; you two are usually in touch {often}", often=often)


def _last_word(facts: Facts, spoken: Language) -> str:
    if facts.unanswered == 1:
        return spoken.say(", and your last mail is not answered")
    if facts.unanswered:
        number = _number(facts.unanswered, spoken)
        return spoken.say(", and your last {number} mails are not answered", number=number)
    if facts.owed:
        return spoken.say(", and {name} wrote last", name=facts.name)
    return ""


def _but(facts: Facts, spoken: Language) -> str:
    if facts.upcoming:
        day = _on(facts.upcoming, facts, spoken)
        if facts.state == warmth.WARM:
            return spoken.say(", and you are to meet on {day}", day=day)
        return spoken.say(", but you are to meet on {day}", day=day)
    if facts.snoozed_until:
        day = _on(facts.snoozed_until, facts, spoken)
        return spoken.say(", and you want to hear nothing until {day}", day=day)
    return ""


def _since(day: dt.date | None, facts: Facts) -> int:
    return (facts.today - day).days if day else 0


def _on(day: dt.date | None, facts: Facts, spoken: Language) -> str:
    if day is None:
        return spoken.say("an unknown day")
    return spoken.date(day, DAY if abs((facts.today - day).days) < 300 else FULL_DAY)


def _every(days: float, spoken: Language) -> str:
    if days < 1.5:
        return spoken.say("almost daily")
    if days < 45:
        return spoken.many(round(days), "every day", "every {n} days")
    if days < 320:
        return spoken.say("about every {number} months", number=_number(max(round(days / 30.4), 2), spoken))
    return spoken.say("about once a year") if days < 550 else spoken.say("every other year or so")


def _number(count: int, spoken: Language) -> str:
    return spoken.say(NUMBERS[count]) if count < len(NUMBERS) else spoken.number(count)
