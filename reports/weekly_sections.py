"""Make the sections of a week's report: who is in them, in what order, and in which words."""

import datetime as dt
import math
from collections.abc import Callable, Collection, Iterable, Sequence

from reports import wording
from reports.facts import Covered, Facts, Held, Owed, Tie
from reports.weekly_report import Entry, Named, Section
from reports.weekly_turns import LIVELY, open_at, turned_cold
from reports.wording import Dates

SHOWN = 8  # entries of a section in the mail
SHOWN_STANDING = 5  # of a list that hardly changes from week to week
WEEK = dt.timedelta(days=7)


def strength(tie: Tie) -> float:
    """How strong the tie ever was: what went both ways, and what was done together."""
    return 2 * math.sqrt(tie.sent * tie.received) + 3 * tie.together


def turned(ties: Iterable[Tie], ago: int = 0) -> list[Tie]:
    """Those who turned cold in the week `ago` weeks back, the strongest ties first."""
    found = [tie for tie in ties if turned_cold((tie.state, *tie.earlier_states), ago)]
    return sorted(found, key=lambda tie: (-strength(tie), tie.name, tie.contact_id))


def met(facts: Facts, ago: int, *verdicts: str) -> list[Held]:
    """The meetings that ended in the week `ago` weeks back and have one of these verdicts; none with the dead."""
    end = facts.ends_at - ago * WEEK
    return [
        one for one in facts.meetings if end - WEEK < one.ends_at <= end and one.verdict in verdicts and not one.died
    ]


def owed_by_contact(facts: Facts) -> dict[str, list[Owed]]:
    """The mails that wait or waited for an answer, by contact; none of the dead's."""
    found: dict[str, list[Owed]] = {}
    for one in facts.owed:
        if not one.died:
            found.setdefault(one.contact_id, []).append(one)
    return found


class Writer:
    """Write entries about people: with their names, dates in the owner's zone, and the sentence of each fact."""

    def __init__(self, facts: Facts, dates: Dates) -> None:
        self._facts = facts
        self._dates = dates

    def tie(self, tie: Tie, text: str | None = None) -> Entry:
        """A person and why; `text` instead of the tie's own reason."""
        details = [wording.shortened(tie.organization, wording.LONGEST_NAME), wording.BALANCES.get(tie.balance, "")]
        told = text or tie.reason
        if tie.last_subject_at is not None and (wording.quoted(tie.last_subject) or told) not in told:
            details.append(wording.last_mail(tie.last_subject, self._dates.day(tie.last_subject_at)))
        return Entry(
            people=(Named(tie.contact_id, tie.name),),
            title=wording.name(tie.name),
            text=told,
            details=tuple(detail for detail in details if detail),
            at=tie.last_interaction_at,
            beats=tie.beats,
        )

    def never(self, tie: Tie) -> Entry:
        """Someone with whom nothing has ever passed."""
        connected = self._dates.full_day(tie.connected_at) if tie.connected_at else ""
        return self.tie(tie, wording.never(connected, tie.collected_from))

    def back(self, tie: Tie) -> Entry:
        """Someone who is no longer cold or dormant."""
        return self.tie(tie, wording.back(tie.reason, tie.earlier_states[0]))

    def owed(self, waiting: Sequence[Owed]) -> str:
        """The sentence on one person's mails that wait, oldest first."""
        first, last = waiting[0], waiting[-1]
        first_day, last_day = self._dates.day(first.since), self._dates.day(last.since)
        return wording.owed(
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
        verdict = wording.VERDICTS.get(first.verdict)
        shared = [reason for reason in first.evidence if all(reason in one.evidence for one in group)]
        own = [
            f"{wording.name(one.name)}: {reason}" for one in group for reason in one.evidence if reason not in shared
        ]
        why = [] if first.verdict == "upcoming" else (shared or own)[:1]
        return Entry(
            people=tuple(Named(one.contact_id, one.name) for one in group),
            title=wording.names([wording.name(one.name) for one in group]),
            text=wording.meeting(first.title, self._dates.when(first.starts_at)),
            details=tuple(f"{verdict}: {_small(reason)}" if verdict else reason for reason in why)
            or ((verdict,) if verdict else ()),
            at=first.starts_at,
            event_key=first.event_key,
            evidence=tuple([*shared, *own] if len(shared) + len(own) > 1 else ()),
        )


def _small(reason: str) -> str:
    first, _, rest = reason.partition(" ")  # a name or an acronym keeps its capitals
    return f"{first.lower()} {rest}" if first in ("The", "You", "Nobody", "A", "It", "No", "This", "There") else reason


def sections(
    facts: Facts, dates: Dates, is_named: Callable[[str], bool], wait: dt.timedelta, above: Collection[str]
) -> tuple[Section, ...]:
    """All sections, empty ones left out. `is_named` tells whether this week's mail may remind of a contact; `above`
    are the contacts on the first screen."""
    write = Writer(facts, dates)
    living = sorted((tie for tie in facts.ties if not tie.died), key=lambda tie: (tie.name, tie.contact_id))
    by_id = {tie.contact_id: tie for tie in living}

    def reminders(key: str, ties: Iterable[Tie], say: Callable[[Tie], Entry], most: int = SHOWN) -> Section:
        pairs = [(tie, say(tie)) for tie in ties]
        shown = [entry for tie, entry in pairs if is_named(tie.contact_id) and tie.contact_id not in above]
        before = tuple(entry for tie, entry in pairs if tie.contact_id in above)
        return Section(key, wording.TITLES[key], tuple(entry for _, entry in pairs), tuple(shown[:most]), before)

    waiting = {
        contact: mails
        for contact, all_mails in owed_by_contact(facts).items()
        if contact in by_id and (mails := open_at(all_mails, facts.ends_at, wait))
    }
    cooling = sorted(
        (t for t in living if t.state == "cooling"), key=lambda t: -strength(t) * (t.cold_probability or 0)
    )
    never = sorted(
        (tie for tie in living if tie.last_interaction_at is None),
        key=lambda tie: -tie.connected_at.timestamp() if tie.connected_at else math.inf,
    )
    dormant = sorted((tie for tie in living if tie.state == "dormant"), key=lambda tie: -strength(tie))
    back = [tie for tie in living if tie.state in LIVELY and tie.earlier_states[:1] in (("cold",), ("dormant",))]
    made = (
        reminders("turned_cold", turned(living), write.tie),
        reminders("about_to_go_cold", cooling, write.tie),
        reminders(
            "replies_owed",
            sorted((by_id[contact] for contact in waiting), key=lambda tie: waiting[tie.contact_id][0].since),
            lambda tie: write.tie(tie, write.owed(waiting[tie.contact_id])),
        ),
        _section("met_in_person", write.meetings(met(facts, 0, "met_in_person"))),
        _section("met_remotely", write.meetings(met(facts, 0, "met_remotely"))),
        _section("not_held_or_unknown", write.meetings(met(facts, 0, "did_not_meet", "unknown"))),
        _section("back_in_touch", [write.back(tie) for tie in back]),
        _section("people_news", _news(facts, dates)),
        _section(
            "coming_up", write.meetings(one for one in facts.meetings if one.verdict == "upcoming" and not one.died)
        ),
        _section("in_spam", _spam(facts, dates)),
        reminders("never_followed_up", never, write.never, SHOWN_STANDING),
        reminders("dormant_but_proven", dormant, write.tie, SHOWN_STANDING),
    )
    return tuple(section for section in made if section.entries)


def _section(key: str, entries: Sequence[Entry]) -> Section:
    return Section(key, wording.TITLES[key], tuple(entries), tuple(entries[:SHOWN]))


def _news(facts: Facts, dates: Dates) -> list[Entry]:
    return [
        Entry(
            (Named(one.contact_id, one.name),),
            wording.name(one.name),
            wording.new_address(one.address, one.known_address, dates.day(one.sent_at)),
            at=one.sent_at,
        )
        for one in facts.new_addresses
    ]


def _spam(facts: Facts, dates: Dates) -> list[Entry]:
    return [
        Entry(
            (Named(one.contact_id, one.name),),
            wording.name(one.name),
            wording.in_spam(wording.name(one.name), one.subject, dates.day(one.sent_at)),
            at=one.sent_at,
        )
        for one in facts.spam
    ]


def coverage(facts: Facts, dates: Dates) -> Section:
    """What each source covers."""
    entries = [_covered(one, facts, dates) for one in facts.covered]
    return Section("coverage", wording.TITLES["coverage"], tuple(entries), tuple(entries))


def _covered(one: Covered, facts: Facts, dates: Dates) -> Entry:
    span = ""
    if one.oldest_item_at and one.newest_item_at:
        span = wording.items_span(dates.full_day(one.oldest_item_at), dates.full_day(one.newest_item_at))
    read = wording.NEVER_READ
    if one.read_at:
        read = wording.read_on(dates.full_day(one.read_at), complete=one.read_at >= facts.ends_at)
    return Entry(
        people=(),
        title=wording.source_name(one.source, one.kind),
        text=wording.coverage(one.kind, read, one.items, span, one.rejects),
        details=tuple(text for text in (one.error or "", one.note) if text),
        at=one.read_at,
    )
