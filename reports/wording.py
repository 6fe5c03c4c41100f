"""All words of the report, in one place: its titles and sentences, in the owner's language."""

import re
import unicodedata
from collections.abc import Sequence

from reports.answers import BUTTONS
from reports.languages import Language, language, later
from reports.weekly_report import Returns

LONGEST_TITLE, LONGEST_NAME, LONGEST_SENTENCE = 90, 60, 320  # characters: a mail shows some lines of it

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
VERDICTS = {"did_not_meet": later("Did not take place"), "unknown": later("Nobody can tell")}
BALANCES = {"i_write": later("mostly you write"), "they_write": later("mostly they write")}
PASSED = {
    ("email", "out"): later("you wrote"),
    ("email", "in"): later("they wrote"),
    ("email", "both"): later("mail"),
    ("message", "out"): later("a message from you"),
    ("message", "in"): later("a message from them"),
    ("message", "both"): later("messages"),
    ("call", "out"): later("you called, in vain"),
    ("call", "in"): later("they called, in vain"),
    ("call", "both"): later("a call"),
    ("met_in_person", "both"): later("met in person"),
    ("met_remotely", "both"): later("met remotely"),
    ("did_not_meet", "both"): later("did not take place"),
    ("unknown", "both"): later("nobody can tell"),
}
SOURCES = {
    "imap": later("mail"),
    "caldav": later("calendar"),
    "ical_url": later("calendar"),
    "carddav": later("contacts"),
}
NETWORKS = {"linkedin": "LinkedIn", "facebook": "Facebook", "instagram": "Instagram", "xing": "XING", "x": "X"}
NAMED = {  # as what an earlier report named somebody
    "turned_cold": later("as turned cold"),
    "cooling": later("as about to go cold"),
    "cold": later("as cold"),
    "dormant": later("as dormant but proven"),
    "connected": later("as collected, not connected"),
    "owed": later("as waiting for your answer"),
}
SIGNS = {  # how somebody came back
    ("email", "out"): later("You wrote on {day}"),
    ("email", "in"): later("They wrote on {day}"),
    ("message", "out"): later("You wrote on {day}"),
    ("message", "in"): later("They wrote on {day}"),
    ("call", "both"): later("You spoke on {day}"),
    ("met_in_person", "both"): later("You met on {day}"),
    ("met_remotely", "both"): later("You met remotely on {day}"),
}
ANY_SIGN = later("You were in touch on {day}")
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


class Wording:
    """The report's words in one language."""

    def __init__(self, spoken: Language) -> None:
        self.language = spoken
        self.say = spoken.say
        self.many = spoken.many
        self.number = spoken.number

    def title(self, key: str) -> str:
        """A section's title."""
        return self.say(TITLES[key])

    def label(self, key: str) -> str:
        """What one of the three numbers counts."""
        return self.say(NUMBERS[key])

    def verdict(self, verdict: str) -> str:
        """What is said before the reason of a verdict; nothing where the section says it."""
        return self.say(VERDICTS[verdict]) if verdict in VERDICTS else ""

    def balance(self, balance: str) -> str:
        """Who writes, if it is mostly one of the two."""
        return self.say(BALANCES[balance]) if balance in BALANCES else ""

    def state(self, state: str) -> str:
        """A state's name."""
        return self.say(STATES[state])

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

    def last_mail(self, subject: str, day: str) -> str:
        """The small print under a person: the last mail's subject and day."""
        quoted = self.quoted(subject)
        if quoted:
            return self.say("Last mail: {subject}, {day}", subject=quoted, day=day)
        return self.say("Last mail on {day}", day=day)

    def owed(self, subject: str, day: str, ago: str, again: str, *, chat: bool) -> str:
        """A mail that waits for the owner's answer."""
        when = self.say("{day} ({ago})", day=day, ago=ago)
        if again:
            when = self.say("{when}, and again on {day}", when=when, day=again)
        quoted = self.quoted(subject)
        if quoted:
            return self.say("Wrote on {when}, to you alone, and has no answer yet: {what}.", when=when, what=quoted)
        if chat:
            return self.say("Wrote on {when}, to you alone, and has no answer yet: a message.", when=when)
        return self.say("Wrote on {when}, to you alone, and has no answer yet.", when=when)

    def passed(self, what: str, direction: str, subject: str) -> str:
        """One line of a timeline: a mail, call or message, or a meeting with its verdict."""
        told = self.say(PASSED[(what, direction)] if (what, direction) in PASSED else PASSED[(what, "both")])
        quoted = self.quoted(subject)
        return self.say("{what}: {title}", what=told, title=quoted) if quoted else told

    def days(self, number: int) -> str:
        """`12 days`."""
        return self.many(number, "{n} day", "{n} days")

    def meeting(self, title: str, when: str) -> str:
        """One meeting's line."""
        named = isolated(shortened(title, LONGEST_TITLE)) or self.say("(no title)")
        return self.say("{title}: {when}", title=named, when=when)

    def never(self, connected: str, source: str) -> str:
        """Someone who was collected and never written to."""
        if connected and source == "linkedin":
            return self.say("Connected on LinkedIn on {day}; nothing has passed between you.", day=connected)
        if connected:
            return self.say("Connected on {day}; nothing has passed between you.", day=connected)
        if source == "google":
            return self.say("In your Google contacts; nothing has passed between you.")
        return self.say("In your address book; nothing has passed between you.")

    def back(self, reason: str, state: str) -> str:
        """Someone who was cold or dormant a week ago and no longer is."""
        return self.say("Was {state} the week before. {reason}", state=self.state(state), reason=reason)

    def passed_on(self, what: str, direction: str, day: str) -> str:
        """How a sentence begins that tells what brought two together again."""
        return self.say(SIGNS.get((what, direction), ANY_SIGN), day=day)

    def came_back_after(self, name: str, told: str, kind: str, days: int) -> str:
        """Somebody who came back so many days after the week of the report that named them."""
        named = {"told": told, "name": isolated(name), "kind": self.say(NAMED[kind])}
        if days < 7:
            return self.say("{told}, within a week of this report's naming {name} {kind}.", **named)
        return self.many(
            days // 7,
            "{told}, {n} week after this report named {name} {kind}.",
            "{told}, {n} weeks after this report named {name} {kind}.",
            **named,
        )

    def returns(self, told: Returns) -> str:
        """Whether the report does any good."""
        return self.many(
            told.named,
            "Of {n} person whom the mails of the last {weeks} weeks named as silent, {back} came back.",
            "Of {n} people whom the mails of the last {weeks} weeks named as silent, {back} came back.",
            weeks=self.number(told.weeks),
            back=self.number(told.back),
        )

    def new_address(self, address: str, known: str, day: str) -> str:
        """A first mail from another organization's domain."""
        return self.say(
            "Wrote on {day} from {address}, until now from {known}: perhaps a new job.",
            day=day,
            address=address,
            known=known,
        )

    def new_employer(self, after: str, before: str) -> str:
        """A card names another organization."""
        after, before = shortened(after, LONGEST_NAME), shortened(before, LONGEST_NAME)
        return self.say(
            "Now at {after}, until now at {before}, by their card: congratulate?", after=after, before=before
        )

    def new_title(self, after: str, before: str) -> str:
        """A card names another title."""
        after, before = shortened(after, LONGEST_NAME), shortened(before, LONGEST_NAME)
        return self.say("Now {after}, until now {before}, by their card: congratulate?", after=after, before=before)

    def automatic(self, kind: str, subject: str, day: str) -> str:
        """An automatic answer that says that somebody has left, or has a new address."""
        if kind == "left":
            return self.say(
                "Has left, says an automatic answer of {day}: {subject}.", day=day, subject=self.quoted(subject)
            )
        return self.say(
            "Has a new address, says an automatic answer of {day}: {subject}.", day=day, subject=self.quoted(subject)
        )

    def noticed(self, kind: str, network: str, subject: str, day: str) -> str:
        """A network's notice of a new job, an anniversary at work or a birthday."""
        given = {"network": NETWORKS.get(network, network), "day": day, "subject": self.quoted(subject)}
        if kind == "job":
            return self.say("Has a new job, says a notice of {network} of {day}: {subject}.", **given)
        if kind == "anniversary":
            return self.say("Has an anniversary at work, says a notice of {network} of {day}: {subject}.", **given)
        return self.say("Has a birthday, says a notice of {network} of {day}: {subject}.", **given)

    def came_back(self, address: str, day: str) -> str:
        """A mail of the owner's that could not be delivered."""
        return self.say(
            "Your mail to {address} came back on {day}: the address may be out of use.", address=address, day=day
        )

    def in_spam(self, person: str, subject: str, day: str) -> str:
        """A contact's mail that the owner has likely not seen."""
        if self.quoted(subject):
            return self.say(
                "A mail of {day} from {person} lies in your spam: {subject}.",
                person=isolated(person),
                day=day,
                subject=self.quoted(subject),
            )
        return self.say("A mail of {day} from {person} lies in your spam.", person=isolated(person), day=day)

    # what the owner answers

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

    # what the sources cover

    def never_read(self, source: str, error: str) -> str:
        """The first lines of a report on a source that has never been read."""
        told = self.say("{source} has never been read: what looks like silence may be ours.", source=source)
        return told + _told(error)

    def stale(self, source: str, day: str, error: str) -> str:
        """The first lines of a report on a source that was last read before the week's end."""
        told = self.say("{source} was last read on {day}: silence since then may be ours.", source=source, day=day)
        return told + _told(error)

    def old_export(self, source: str, day: str) -> str:
        """The first lines of a report on a source that was read and holds nothing new."""
        return self.say(
            "{source}: the newest item is of {day}; silence since then may be ours.", source=source, day=day
        )

    def nothing_in_it(self, source: str) -> str:
        """The first lines of a report on a mailbox that was read without finding anything."""
        return self.say(
            "{source} was read, and nothing was found in it: what looks like silence may be ours.", source=source
        )

    def no_source(self) -> str:
        """The first line of a report on nothing."""
        return self.say("No source is set up: nothing is known of this week. Add one to settings.toml.")

    def source_name(self, key: str, kind: str) -> str:
        """`Work mail`, `Calendar`, `Files`: a source's key as a sentence begins with it."""
        plain = re.sub(r"[_-]+", " ", key).strip()
        what = SOURCES.get(kind, "")
        told = {what, self.say(what).lower()} if what else set()
        named = plain if any(word in plain.lower() for word in told) or not what else f"{plain} {self.say(what)}"
        return named[:1].upper() + named[1:]

    def coverage(self, kind: str, read: str, items: int, span: tuple[str, str] | None, rejects: int) -> str:
        """What one source covers; `span` are the days of its oldest and newest items."""
        told = self.many(items, "{kind}, {read}; {n} item", "{kind}, {read}; {n} items", kind=kind, read=read)
        if span and span[0] != span[1]:
            told = self.say("{items} from {first} to {last}", items=told, first=span[0], last=span[1])
        elif span:
            told = self.say("{items} of {day}", items=told, day=span[0])
        if not rejects:
            return f"{told}."
        lost = self.many(rejects, "{n} item could not be understood.", "{n} items could not be understood.")
        return f"{told}. {lost}"

    def read_on(self, day: str, *, complete: bool) -> str:
        """When a source was read for this week; `day` is empty for never."""
        if not day:
            return self.say("never read")
        return (
            self.say("read on {day}, after the week's end", day=day)
            if complete
            else self.say("last read on {day}", day=day)
        )

    # what holds a page together

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

    # the one line on a run that failed

    def failed(self) -> str:
        """The subject of that mail."""
        return self.say("coldcoffee could not do its work")

    def failed_at(self, job: str, why: str) -> str:
        """Its line."""
        return self.say("coldcoffee could not do its work ({job}): {why}", job=job, why=why)

    def failed_once(self) -> str:
        """What stands below it in plain text."""
        return self.say("“coldcoffee ui” shows the run. No other mail about this is sent today.")

    # pictures in words

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


def _told(error: str) -> str:
    return f" ({error.rstrip('.')}.)" if error else ""


def words(code: str) -> Wording:
    """The words of the language of this code."""
    return Wording(language(code))
