"""Say the reasons of judgements, which are written down in English, in the report's language.

A reason is recognized by its form; one that has none here is shown as it was written.
"""

from reports.languages import Language, later
from reports.phrases import Phrases

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
    later("You never wrote to them, either."),
    later("This calendar never tells who answered."),
    later("They were away (“{words}”)."),
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
    later("“{words}” in {place} was too far away to be at both."),
    later("You corrected a meeting with {what}."),
    later("You corrected {number} meetings with {what}."),
    later("An out-of-office answer of theirs came around that time."),
    later("Its recording was sent around afterwards."),
    later("They live in another country."),
    later("You wrote on {day}: “{words}”."),
    later("They wrote on {day}: “{words}”."),
    later("Its place is “{words}”."),
    later("Its place says “{words}”."),
    later("Its place says {what}."),
    later("The room was booked."),
    later("The room declined."),
    later("This occurrence alone has a conference link ({name})."),
    later("It has a conference link ({name}) beside its place."),
    later("It has a number to dial in beside its place."),
    later("It has a conference link ({name})."),
    later("One could come or join by {name}."),
)
WHATS = (
    later("a conference link"),
    later("such a place"),
    later("such a title"),
    later("such answers"),
    later("such a day"),
    later("a telephone number"),
    later("a dial-in number"),
)


RULES = (  # by which two may be one
    later("telephone number"),
    later("profile"),
    later("earlier match"),
    later("address"),
    later("name"),
    later("similar name"),
    later("name and organization"),
    later("similar name and organization"),
    later("name and nearly the same address"),
    later("name, and the name that it became"),
    later("name, and a family name more"),
    later("name, and an address that is nobody's only one"),
    later("login"),
    later("name written as a login"),
    later("initial and family name as a login"),
    later("similar name and the same local part"),
    later("your word"),
)
_REASONS = Phrases(FORMS, WHATS)
_MATCHES = Phrases((later("{one} and {two} may be one person: {rule}."),), RULES)


def said(reason: str, spoken: Language) -> str:
    """The reason of a verdict in this language."""
    return reason if spoken.code == "en" else _REASONS.said(reason, spoken) or reason


def matched(evidence: str, spoken: Language) -> str:
    """What speaks for two being one, in this language."""
    return evidence if spoken.code == "en" else _MATCHES.said(evidence, spoken) or evidence
