"""Word the report: its titles, numbers, answers and pictures, beside its people and sources."""

from collections.abc import Sequence

from reports.answers import BUTTONS
from reports.languages import language, later
from reports.speech import isolated
from reports.wording_coverage import CoverageWording
from reports.wording_people import PeopleWording

TITLES = {
    "turned_cold": later("Turned cold this week"),
    "about_to_go_cold": later("About to go cold"),
    "met_in_person": later("Met in person"),
    "met_remotely": later("Met remotely"),
    "not_held_or_unknown": later("Not held, or nobody can tell"),
    "replies_owed": later("Replies you owe"),
    "back_in_touch": later("Back in touch"),
    "people_news": later("News of people"),
    "coming_up": later("Coming up"),
    "never_followed_up": later("Collected, not connected"),
    "dormant_but_proven": later("Dormant but proven"),
    "in_spam": later("In your spam folder"),
    "same_person": later("Is this one person?"),
    "your_answers": later("What you answered"),
    "coverage": later("What the sources cover"),
}
NUMBERS = {
    "turned_cold": later("turned cold"),
    "met_in_person": later("met in person"),
    "replies_owed": later("replies owed"),
}


class Wording(PeopleWording, CoverageWording):
    """The report's words in one language."""

    def title(self, key: str) -> str:
        """A section's title."""
        return self.say(TITLES[key])

    def label(self, key: str) -> str:
        """What one of the three numbers counts."""
        return self.say(NUMBERS[key])

    def button(self, action: str) -> str:
        """The words on a button of the mail."""
        return self.say(BUTTONS[action])

    def to_send(self) -> str:
        """The text of an answer's mail: its subject says all."""
        return self.say("Just send this.")

    def to_answer(self, address: str, example: str) -> str:
        """How to answer where there are no buttons."""
        return self.say(
            "To answer, send yourself ({address}) a mail whose subject is “coldcoffee” and what stands behind a “>”, for "
            "example “{example}”.",
            address=address,
            example=example,
        )

    def one_person(self, one: str, other: str) -> str:
        """The question whether two are one."""
        return self.say("{one} and {other}", one=isolated(one), other=isolated(other))

    def answered(self, action: str, outcome: str, day: str) -> str:
        """What became of an answer."""
        what = self.button(action)
        if outcome == "recorded":
            return self.say("You answered on {day}: “{what}”. It is recorded.", day=day, what=what)
        if outcome == "repeated":
            return self.say("You answered on {day}: “{what}”, once more; it was recorded before.", day=day, what=what)
        if outcome == "stranger":
            return self.say(
                "A mail of {day} answers “{what}” and comes from none of your addresses: nothing was changed.",
                day=day,
                what=what,
            )
        if outcome == "unsent":
            return self.say(
                "A mail of {day} answers “{what}” and is not among the mail that you have sent: nothing was changed.",
                day=day,
                what=what,
            )
        return self.say(
            "A mail of {day} answers “{what}” with a code that no report has given: nothing was changed.",
            day=day,
            what=what,
        )

    def more(self, number: int) -> str:
        """What a capped list leaves to the full report."""
        return self.many(number, "and {n} more", "and {n} more")

    def above(self, all_names: Sequence[str]) -> str:
        """Who of a list stands on the first screen already."""
        return self.say("Above: {names}.", names=", ".join(map(isolated, all_names)))

    def resting(self, number: int) -> str:
        """A list of which nobody's turn it is this week."""
        return self.many(
            number,
            "Nobody new this week; {n} is listed in report.html.",
            "Nobody new this week; {n} are listed in report.html.",
        )

    def subject(self, span: str, numbers: Sequence[tuple[int, str]], *, stale: bool) -> str:
        """The mail's subject: the week, and its three numbers."""
        told = ", ".join(f"{self.number(number)} {label}" for number, label in numbers)
        if stale:
            return self.say("{span}, incomplete: {numbers}", span=span, numbers=told)
        return self.say("{span}: {numbers}", span=span, numbers=told)

    def before(self, number: int) -> str:
        """Last week's number, beside this week's."""
        return self.say("the week before: {n}", n=self.number(number))

    def made(self, day: str) -> str:
        """The footer."""
        return self.say("Made on {day} by coldcoffee on your own machine, from headers and calendars only.", day=day)

    def quiet(self) -> str:
        """A week with nothing to say."""
        return self.say("A quiet week: nobody turned cold, nobody waits for your answer, and no meeting is on record.")

    def failed(self) -> str:
        """The subject of that mail."""
        return self.say("coldcoffee could not do its work")

    def failed_at(self, job: str, why: str) -> str:
        """Its line."""
        return self.say("coldcoffee could not do its work ({job}): {why}", job=job, why=why)

    def failed_once(self) -> str:
        """What stands below it in plain text."""
        return self.say("“coldcoffee ui” shows the run. No other mail about this is sent today.")

    def year_of(self, sent: int, received: int, together: int, silent: int) -> str:
        """A person's sparkline in words."""
        told = self.say(
            "The last 52 weeks: {sent} from you, {received} from them, {together}",
            sent=self.many(sent, "{n} mail or message", "{n} mails or messages"),
            received=self.number(received),
            together=self.many(together, "{n} meeting or call", "{n} meetings or calls"),
        )
        if not silent:
            return f"{told}."
        return self.many(silent, "{told}; nothing for {n} week.", "{told}; nothing for {n} weeks.", told=told)

    def year_line(self, state: str, first: int, last: int, highest: int) -> str:
        """A year's line in words."""
        return self.say(
            "{state}: {first} a year ago, {last} now, at most {highest}",
            state=self.state(state),
            first=self.number(first),
            last=self.number(last),
            highest=self.number(highest),
        )

    def met_cell(self, name: str, month: str, in_person: int, remotely: int) -> str:
        """One person's month in words."""
        return self.say(
            "{name}, {month}: {in_person} in person, {remotely} remotely",
            name=name,
            month=month,
            in_person=self.number(in_person),
            remotely=self.number(remotely),
        )


def words(code: str) -> Wording:
    """The words of the language of this code."""
    return Wording(language(code))
