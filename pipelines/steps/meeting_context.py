"""Lay out what surrounds each meeting: mails with its guests, the owner's day, other meetings."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipelines.rules import subjects, whereabouts
from pipelines.rules.meeting_facts import DAY, Absence, Evidence, Guest, Letter, Names, Occasion
from pipelines.rules.meeting_mails import BEFORE, SEASON
from pipelines.rules.meeting_topics import Neighbours
from pipelines.rules.people_names import given_names
from pipelines.rules.vocabulary import plain
from pipelines.steps.meeting_guests import Pair, People
from pipelines.steps.occasions import Calendar
from pipelines.store import Store

AWAY_REPLIES = 14 * DAY  # seconds between two out-of-office answers of one absence
RECORDED = 8 * 3_600  # seconds after a meeting in which its recording arrives


def letters(store: Store) -> dict[str, list[Letter]]:
    """All mails with each contact, by time."""
    found: dict[str, list[Letter]] = defaultdict(list)
    table = store.gather("letters_around")
    for contact, *rest in zip(*(column.to_pylist() for column in table.columns), strict=True):
        found[contact].append(Letter(*rest))
    return found


class Days:
    """Where the owner was, by day."""

    def __init__(self, calendar: Calendar, people: People, tellings: "Tellings") -> None:
        names = Names((people.everybody | given_names()) - people.owner, people.owner)
        subscribed = _subscribed(calendar.occasions)
        found = list(tellings.absences)
        for one in calendar.occasions:
            if one.size > 1 or one.status == "cancelled" or (one.calendars and subscribed.issuperset(one.calendars)):
                continue
            absent = whereabouts.absence(
                one.title,
                one.location,
                one.kind,
                (one.starts, one.ends),
                one.all_day,
                one.created,
                one.calendars,
                names,
            )
            found += [absent] if absent else []
        self._others = _others(calendar.occasions, people)
        self._by_day: dict[int, list[Absence]] = defaultdict(list)
        for absent in whereabouts.journeys(found):
            for day in range(absent.starts // DAY, min(absent.ends // DAY, absent.starts // DAY + 400) + 1):
                self._by_day[day].append(absent)

    def over(self, occasion: Occasion) -> list[Absence]:
        """The absences during which a meeting begins."""
        return [one for one in self._by_day.get(occasion.starts // DAY, ()) if one.starts <= occasion.starts < one.ends]

    def of(self, contact: str, occasion: Occasion) -> list[Evidence]:
        """What calendars say of the contact's own absence that day."""
        for one in self._others.get(contact, ()):
            if one.starts <= occasion.starts < one.ends:
                return [Evidence(f"They were away (“{one.title[:40]}”).", -3.0, 0.0, "day")]
        return []


def _others(occasions: Iterable[Occasion], people: People) -> dict[str, list[Occasion]]:
    """Entries of whole days that name one contact as ill or on leave ("Holiday Ben"), as calendars of teams have them."""
    found: dict[str, list[Occasion]] = defaultdict(list)
    for one in occasions:
        if one.all_day and one.size == 1 and one.status != "cancelled":
            words = whereabouts.away(one.title, one.all_day) - people.owner
            named = {each.contact for word in words for each in people.directory.called(word)}
            if len(named) == 1:
                found[named.pop()].append(one)
    return found


def _subscribed(occasions: Iterable[Occasion]) -> set[str]:
    """Calendars of whole days alone: holidays and the like, which say nothing of the owner."""
    whole: dict[str, list[bool]] = defaultdict(list)
    for one in occasions:
        for calendar in one.calendars:
            whole[calendar].append(one.all_day and one.size < 2)
    return {calendar for calendar, days in whole.items() if len(days) >= 5 and all(days)}


class Tellings:
    """What machines wrote: recordings that are ready, and the owner's own out-of-office answers."""

    def __init__(self, store: Store) -> None:
        table = store.gather("tellings")
        self.recordings: list[tuple[int, str]] = []
        self.absences: list[Absence] = []
        for at, subject, from_owner in zip(*(column.to_pylist() for column in table.columns), strict=True):
            if from_owner:
                self._away(at, subject)
            elif subjects.sign("recording", subject):
                self.recordings.append((at, plain(subject)))

    def _away(self, at: int, subject: str) -> None:
        last = self.absences[-1] if self.absences else None
        if last is not None and at - last.ends <= AWAY_REPLIES:
            self.absences[-1] = last._replace(ends=at)
        else:
            self.absences.append(Absence("leave", at, at, subject, at, (), frozenset()))

    def recorded(self, occasion: Occasion, names: frozenset[str]) -> list[Evidence]:
        """Whether a recording that names the meeting, or one of its guests, came soon after its begin."""
        start = bisect_left(self.recordings, (occasion.starts, ""))
        title = plain(occasion.title)
        for at, subject in self.recordings[start:]:
            if at > occasion.ends + RECORDED:
                break
            if (len(title) >= 4 and title in subject) or names & frozenset(subject.split()):
                return [Evidence("Its recording was sent around afterwards.", 3.5, -4.0, "mail")]
        return []


class Around(NamedTuple):
    """The mails near a meeting with its contact, those with its other guests until its end, and its neighbours in time."""

    own: Sequence[Letter]
    others: Sequence[Letter]
    neighbours: Neighbours


class Correspondence:
    """All mails and all meetings of each contact."""

    def __init__(self, mails: dict[str, list[Letter]], pairs: list[Pair], occasions: list[Occasion]) -> None:
        self._mails = mails
        self._times = {contact: [one.at for one in rows] for contact, rows in mails.items()}
        self._guests: dict[int, list[str]] = defaultdict(list)
        self._starts: dict[str, list[int]] = defaultdict(list)
        for number, guest in pairs:
            self._guests[number].append(guest.contact)
            if occasions[number].status != "cancelled" and guest.status != "declined":
                self._starts[guest.contact].append(occasions[number].starts)
        for starts in self._starts.values():
            starts.sort()

    def around(self, number: int, occasion: Occasion, guest: Guest) -> Around:
        """What surrounds a meeting with one contact."""
        own = self._near(guest.contact, occasion, occasion.ends + SEASON)
        others: list[Letter] = []
        guests = self._guests[number]
        if len(guests) > 1:
            for contact in guests:
                if contact != guest.contact:
                    others += self._near(contact, occasion, occasion.ends)
        starts = self._starts.get(guest.contact, [])
        at = bisect_left(starts, occasion.starts)
        after = bisect_right(starts, occasion.starts, at)
        later = starts[after] if after < len(starts) else None
        return Around(own, others, Neighbours(starts[at - 1] if at else None, later))

    def _near(self, contact: str, occasion: Occasion, until: int) -> list[Letter]:
        times = self._times.get(contact)
        if not times:
            return []
        first = bisect_left(times, occasion.starts - BEFORE)
        if first == len(times) or times[first] >= until:
            return []
        return self._mails[contact][first : bisect_left(times, until, first)]
