"""Make the sections of a week's report: who is in them, in what order, and in which words."""

import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from reports import answers, evidence, troubles, weekly_choice
from reports.dates import Dates
from reports.facts import Answered, Covered, Facts, Held, NewAddress, News, Owed, Question, Spam, Tie
from reports.speech import LONGEST_NAME, LONGEST_SENTENCE, LONGEST_TITLE, isolated, shortened
from reports.weekly_choice import SHOWN, Week, strength
from reports.weekly_report import Entry, Named, Section
from reports.weekly_returns import Back, Naming, came_back
from reports.weekly_turns import has_slot, week_ends, week_number
from reports.wording import Wording

ASKED = 6  # people of a meeting up to which one answer can stand for all of them
QUESTIONS = 2  # whether two are one: so many a week


def met(facts: Facts, ago: int, *verdicts: str) -> list[Held]:
    """The meetings that ended in the week `ago` weeks back and have one of these verdicts; none with the dead."""
    end, start = week_ends(facts.ends_at, facts.zone)[ago : ago + 2]
    return [one for one in facts.meetings if start < one.ends_at <= end and one.verdict in verdicts and not one.died]


def owed_by_contact(facts: Facts) -> dict[str, list[Owed]]:
    """The mails that wait or waited for an answer, by contact; none of the dead's."""
    found: dict[str, list[Owed]] = {}
    for one in facts.owed:
        if not one.died:
            found.setdefault(one.contact_id, []).append(one)
    return found


class Writer:
    """Write entries about people: with their names, dates in the owner's zone, and the sentence of each fact."""

    def __init__(self, facts: Facts, dates: Dates, words: Wording) -> None:
        self._facts = facts
        self._dates = dates
        self._words = words

    def tie(self, tie: Tie, text: str | None = None) -> Entry:
        """A person and why; `text` instead of the tie's own reason."""
        details = [shortened(tie.organization, LONGEST_NAME), self._words.balance(tie.balance)]
        told = text or shortened(tie.reason, LONGEST_SENTENCE)
        if tie.last_subject_at is not None and (self._words.quoted(tie.last_subject) or told) not in told:
            details.append(self._words.last_mail(tie.last_subject, self._dates.day(tie.last_subject_at)))
        return Entry(
            people=(Named(tie.contact_id, tie.name),),
            title=self._words.name(tie.name),
            text=told,
            details=tuple(detail for detail in details if detail),
            at=tie.last_interaction_at,
            beats=tie.beats,
            asks=answers.of_person(tie.contact_id, stranger=tie.last_interaction_at is None),
        )

    def never(self, tie: Tie) -> Entry:
        """Someone with whom nothing has ever passed."""
        connected = self._dates.full_day(tie.connected_at) if tie.connected_at else ""
        return self.tie(tie, self._words.never(connected, tie.collected_from))

    def back(self, tie: Tie, back: Back) -> Entry:
        """Someone who is no longer cold or dormant, or whom an earlier report has brought back."""
        if back.naming is None or back.sign is None:
            return self.tie(tie, self._words.back(tie.reason, tie.earlier_states[0]))
        sign, naming = back.sign, back.naming
        told = self._words.came_back_after(
            self._words.name(tie.name),
            self._words.passed_on(sign.what, sign.direction, self._dates.day(sign.occurred_at)),
            naming.kind,
            max((sign.occurred_at - naming.ends_at).days, 0),
        )
        return self.tie(tie, told)

    def owed(self, waiting: Sequence[Owed]) -> str:
        """The sentence on one person's mails that wait, oldest first."""
        first, last = waiting[0], waiting[-1]
        first_day, last_day = self._dates.day(first.since), self._dates.day(last.since)
        return self._words.owed(
            last.subject,
            first_day,
            self._dates.ago(first.since),
            last_day if last_day != first_day else "",
            chat=last.channel != "email",
        )

    def meetings(self, found: Iterable[Held]) -> list[Entry]:
        """One entry for each meeting, with all its people of one verdict; in order of time."""
        groups: dict[tuple[str, str], list[Held]] = {}
        for one in sorted(found, key=lambda one: (one.starts_at, one.event_key, one.name, one.contact_id)):
            groups.setdefault((one.event_key, one.verdict), []).append(one)
        return [self._meeting(group) for group in groups.values()]

    def _meeting(self, group: list[Held]) -> Entry:
        first = group[0]
        verdict = self._words.verdict(first.verdict)
        shared = [self._say(reason) for reason in first.evidence if all(reason in one.evidence for one in group)]
        own = [
            f"{isolated(self._words.name(one.name))}: {told}"
            for one in group
            for reason in one.evidence
            if (told := self._say(reason)) not in shared
        ]
        why = [] if first.verdict == "upcoming" else (shared or own)[:1]
        return Entry(
            people=tuple(Named(one.contact_id, one.name) for one in group),
            title=self._words.names([self._words.name(one.name) for one in group]),
            text=self._words.meeting(first.title, self._dates.when(first.starts_at)),
            details=tuple(
                shortened(f"{verdict}: {_small(reason)}" if verdict else reason, LONGEST_SENTENCE) for reason in why
            )
            or ((verdict,) if verdict else ()),
            at=first.starts_at,
            event_key=first.event_key,
            evidence=tuple([*shared, *own] if len(shared) + len(own) > 1 else ()),
            asks=answers.of_meeting(first.event_key, first.verdict) if first.size <= ASKED else (),
        )

    def _say(self, reason: str) -> str:
        return evidence.said(reason, self._words.language)

    def news(self, one: NewAddress) -> Entry:
        """Someone who writes from another organization's domain."""
        told = self._words.new_address(one.address, one.known_address, self._dates.day(one.sent_at))
        return Entry((Named(one.contact_id, one.name),), self._words.name(one.name), told, at=one.sent_at)

    def work(self, one: News) -> Entry:
        """Someone of whom there is news."""
        day = self._dates.day(one.at)
        if one.kind == "employer":
            told = self._words.new_employer(one.after, one.before)
        elif one.kind == "title":
            told = self._words.new_title(one.after, one.before)
        elif one.kind == "returned":
            told = self._words.came_back(one.address, day)
        elif one.kind in ("job", "anniversary", "birthday"):
            told = self._words.noticed(one.kind, one.source, one.subject, day)
        else:
            told = self._words.automatic(one.kind, one.subject, day)
        return Entry((Named(one.contact_id, one.name),), self._words.name(one.name), told, at=one.at)

    def spam(self, one: Spam) -> Entry:
        """Someone whose mail the owner has likely not seen."""
        name = self._words.name(one.name)
        told = self._words.in_spam(name, one.subject, self._dates.day(one.sent_at))
        return Entry((Named(one.contact_id, one.name),), name, told, at=one.sent_at)

    def question(self, one: Question) -> Entry:
        """Two who may be one."""
        people = (Named(one.contact_id, one.name), Named(one.other_id, one.other_name))
        told = self._words.one_person(*(self._words.name(person.name) for person in people))
        return Entry(
            people,
            told,
            evidence.matched(one.evidence, self._words.language),
            asks=answers.of_two(one.contact_id, one.other_id),
        )

    def answer(self, one: Answered) -> Entry:
        """An answer of the owner's, and what became of it."""
        told = self._words.answered(one.action, one.outcome, self._dates.day(one.sent_at))
        return Entry((), shortened(one.label, LONGEST_TITLE) or "coldcoffee", told, at=one.sent_at)

    def source(self, one: Covered) -> Entry:
        """What one source covers."""
        span = None
        if one.oldest_item_at and one.newest_item_at:
            span = (self._dates.full_day(one.oldest_item_at), self._dates.full_day(one.newest_item_at))
        day = self._dates.full_day(one.read_at) if one.read_at else ""
        read = self._words.read_on(day, complete=one.read_at is not None and one.read_at >= self._facts.ends_at)
        return Entry(
            people=(),
            title=self._words.source_name(one.source, one.kind),
            text=self._words.coverage(one.kind, read, one.items, span, one.rejects),
            details=tuple(troubles.said(text, self._words.language) for text in (one.error, one.note) if text),
            at=one.read_at,
        )

    def title(self, key: str) -> str:
        """A section's title."""
        return self._words.title(key)

    def section(self, key: str, entries: Sequence[Entry], most: int = SHOWN) -> Section:
        """A section of which the mail shows the first entries."""
        return Section(key, self.title(key), tuple(entries), tuple(entries[:most]))


def _small(reason: str) -> str:
    first, _, rest = reason.partition(" ")  # a name or an acronym keeps its capitals
    return f"{first.lower()} {rest}" if first in ("The", "You", "Nobody", "A", "It", "No", "This", "There") else reason


def sections(
    facts: Facts, write: Writer, week: Week, above: Collection[str], past: Mapping[str, Sequence[Naming]]
) -> tuple[Section, ...]:
    """All sections, empty ones left out. `above` are the contacts on the first screen; `past` tells whom earlier weeks
    named."""
    living = sorted(week.ties, key=lambda tie: (tie.name, tie.contact_id))
    number = week_number(facts.week)

    def reminders(key: str, ties: Sequence[Tie], say: Callable[[Tie], Entry], chosen: Sequence[Tie]) -> Section:
        entries = {tie.contact_id: say(tie) for tie in ties}
        before = tuple(entry for contact, entry in entries.items() if contact in above)
        return Section(
            key, write.title(key), tuple(entries.values()), tuple(entries[tie.contact_id] for tie in chosen), before
        )

    chosen = weekly_choice.reminded(week, above)
    never = sorted(
        (tie for tie in living if tie.last_interaction_at is None),
        key=lambda tie: -tie.connected_at.timestamp() if tie.connected_at else math.inf,
    )
    dormant = sorted((tie for tie in living if tie.state == "dormant"), key=lambda tie: -strength(tie))
    back = came_back((tie for tie in living if not tie.snoozed), facts, past)
    made = (
        reminders("turned_cold", weekly_choice.turned(living), write.tie, chosen["turned_cold"]),
        reminders("about_to_go_cold", weekly_choice.cooling(living), write.tie, chosen["about_to_go_cold"]),
        reminders(
            "replies_owed",
            weekly_choice.waits(week),
            lambda tie: write.tie(tie, write.owed(week.waiting[tie.contact_id])),
            chosen["replies_owed"],
        ),
        write.section("met_in_person", write.meetings(met(facts, 0, "met_in_person"))),
        write.section("met_remotely", write.meetings(met(facts, 0, "met_remotely"))),
        write.section(
            "not_held_or_unknown",
            [  # what matters and the owner alone can tell comes first
                *write.meetings(one for one in met(facts, 0, "unknown") if one.asks),
                *write.meetings(one for one in met(facts, 0, "did_not_meet", "unknown") if not one.asks),
            ],
        ),
        write.section("back_in_touch", [write.back(*one) for one in back]),
        write.section(
            "people_news",
            [*(write.work(one) for one in facts.news), *(write.news(one) for one in facts.new_addresses)],
        ),
        write.section(
            "coming_up", write.meetings(one for one in facts.meetings if one.verdict == "upcoming" and not one.died)
        ),
        write.section("your_answers", [write.answer(one) for one in facts.answers]),
        write.section("in_spam", [write.spam(one) for one in facts.spam]),
        write.section(
            "same_person",
            [write.question(one) for one in facts.questions if has_slot(one.question_id, number)],
            QUESTIONS,
        ),
        reminders("never_followed_up", never, write.never, weekly_choice.turn(week, never, above)),
        reminders("dormant_but_proven", dormant, write.tie, weekly_choice.turn(week, dormant, above)),
    )
    return tuple(section for section in made if section.entries)


def coverage(facts: Facts, write: Writer) -> Section:
    """What each source covers."""
    return write.section("coverage", [write.source(one) for one in facts.covered], len(facts.covered))
