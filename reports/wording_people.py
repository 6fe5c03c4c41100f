"""Word what is told of people: what passed, who waits, who came back, what is new with them."""

from reports.languages import later
from reports.speech import LONGEST_NAME, LONGEST_TITLE, Speech, isolated, shortened
from reports.weekly_report import Returns

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


class PeopleWording(Speech):
    """Sentences on people."""

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

    def last_mail(self, subject: str, day: str) -> str:
        """The small print under a person: the last mail's subject and day."""
        quoted = self.quoted(subject)
        if quoted:
            return self.say("Last mail: {subject}, {day}", subject=quoted, day=day)
        return self.say("Last mail on {day}", day=day)

    def passed(self, what: str, direction: str, subject: str) -> str:
        """One line of a timeline: a mail, call or message, or a meeting with its verdict."""
        told = self.say(PASSED[(what, direction)] if (what, direction) in PASSED else PASSED[(what, "both")])
        quoted = self.quoted(subject)
        return self.say("{what}: {title}", what=told, title=quoted) if quoted else told

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

    def balance(self, balance: str) -> str:
        """Who writes, if it is mostly one of the two."""
        return self.say(BALANCES[balance]) if balance in BALANCES else ""

    def verdict(self, verdict: str) -> str:
        """What is said before the reason of a verdict; nothing where the section says it."""
        return self.say(VERDICTS[verdict]) if verdict in VERDICTS else ""
