"""Speak in the owner's language of what all sentences are made of: people, subjects, days, states."""

import unicodedata
from collections.abc import Sequence

from reports.languages import Language, later

LONGEST_TITLE, LONGEST_NAME, LONGEST_SENTENCE = 90, 60, 320  # characters: a mail shows some lines of it

STATES = {
    "warm": later("warm"),
    "cooling": later("cooling"),
    "cold": later("cold"),
    "dormant": later("dormant"),
    "new": later("new"),
    "never": later("never in touch"),
}
_TURNS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))  # marks that turn the direction of writing


def isolated(text: str) -> str:
    """Text that is written from right to left, set apart from the sentence around it (UAX 9, first strong isolate)."""
    if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text):
        return f"\u2068{text}\u2069"
    return text


def shortened(text: str, longest: int) -> str:
    """One line of at most so many characters; a mark of the text's own can't turn the line's direction."""
    plain = " ".join(text.translate(_TURNS).split())
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"


class Speech:
    """The words of one language."""

    def __init__(self, spoken: Language) -> None:
        self.language = spoken
        self.say = spoken.say
        self.many = spoken.many
        self.number = spoken.number

    def name(self, full: str) -> str:
        """A person's name as a line can hold it."""
        return shortened(full, LONGEST_NAME) or self.say("(no name)")

    def names(self, all_names: Sequence[str]) -> str:
        """`Ana`, `Ana and Bo`, `Ana, Bo, Chen and 4 others`."""
        if len(all_names) < 2:
            return "".join(all_names)
        all_names = [isolated(one) for one in all_names]
        if len(all_names) > 4:
            left = len(all_names) - 3
            named = ", ".join(all_names[:3])
            return self.many(left, "{names} and {n} other", "{names} and {n} others", names=named)
        return self.say("{names} and {last}", names=", ".join(all_names[:-1]), last=all_names[-1])

    def quoted(self, subject: str) -> str:
        """`“Lunch?”`, or nothing for a mail without a subject."""
        plain = shortened(subject, LONGEST_TITLE)
        return self.say("“{text}”", text=isolated(plain)) if plain else ""

    def days(self, number: int) -> str:
        """`12 days`."""
        return self.many(number, "{n} day", "{n} days")

    def state(self, state: str) -> str:
        """A state's name."""
        return self.say(STATES[state])
