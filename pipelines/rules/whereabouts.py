"""Read where the owner was from entries without guests: ill, on leave, on a journey, at home or in the office."""

import re
from collections.abc import Iterable

from pipelines.rules import part_days, towns
from pipelines.rules.meeting_facts import DAY, Absence, Absent, Names
from pipelines.rules.vocabulary import find, pattern, plain

LONG = 6 * 3_600  # seconds: an entry as long as this says where the owner is that day
LONGEST_FLIGHT = 20 * 3_600
LONGEST_TRIP = 21 * DAY
_FAMILY = re.compile("^([\u4e00-\u9fff]{1,3})(?:さん|様|君|くん|ちゃん)?[\\s　：:・]+\\S")
CONNECTION = 5 * 3_600  # seconds in which one changes planes
_AIRPORTS = re.compile(  # what stands amid other words may be anything: "Hiring CFO - DUE NOW"
    r"\b[A-Z]{3}\s?(?:→|➔|->|to)\s?[A-Z]{3}\b|\b[A-Z]{2}\s?\d{2,4}\b.*(?:→|➔|->)"
    r"|^[A-Z]{3}\s?[–/-]\s?[A-Z]{3}\b|\b[A-Z]{3}\s?[–/-]\s?[A-Z]{3}\W*$"
)
_NUMBERED = re.compile(r"\b(?:[A-Z]{2}|[A-Z]\d|\d[A-Z])\s?\d{2,4}\b")  # a flight: EI 602
_HEADING = re.compile(r"\s*(?:→|➔|->|–|-|/|➝|>)\s*|\s(?:to|nach|à|a|ad|para|naar|do|vers)\s")
_ASIDE = re.compile(r"\(.*?\)")
_JOURNEY = ("stay", "trip", "flight", "train")
_WORDS: tuple[tuple[Absent, str], ...] = (
    ("ill", "presence.ill"),
    ("leave", "presence.away"),
    ("home", "presence.home"),
    ("trip", "presence.stay"),
    ("trip", "presence.trip"),
    ("trip", "presence.train"),
    ("office", "presence.office"),
)
_WORD = re.compile(r"[^\W\d_]{3,}")


def absence(
    title: str,
    location: str,
    kind: str,
    span: tuple[int, int],
    whole_days: bool,
    created: int | None,
    calendars: tuple[str, ...],
    names: Names,
) -> Absence | None:
    """What an entry without guests says of where the owner is, if anything.

    `span` is its begin and end. `names` tell whose it is: "Ella ill" is Ella's illness.
    """
    length = span[1] - span[0]
    found = _kind(title, location, kind, length, whole_days)
    if found is None:
        return None
    if kind == "default" and (whose(title, found) & names.others or _anothers(title, names.owner)):
        return None
    words = frozenset(_WORD.findall(_without_travel(plain(f"{title} {location}"))))
    part = part_days.hours(title) if found in ("leave", "ill") and whole_days and length <= DAY else None
    if part == "half":
        return None  # of which half nobody knows
    if part is not None:
        span = (span[0] + part[0], span[0] + part[1])
    return Absence(found, *span, title, created, calendars, words)


def _anothers(title: str, owner: frozenset[str]) -> bool:
    """Whether an eastern title begins with somebody's family name, as those of a firm's calendar do: 山田 有給."""
    before = _FAMILY.match(title)
    if not before or before[1] in owner:
        return False
    known = any(find(f"presence.{name}", before[1]) for name in ("away", "ill", "nobody", *_JOURNEY))
    return not known and not towns.is_town(before[1])


def away(title: str, whole_days: bool) -> frozenset[str]:
    """Plain words that may name who is ill or on leave by an entry of whole days; empty if nobody is."""
    if whole_days and (find("presence.away", title) or find("presence.ill", title)):
        return whose(title, "leave")
    return frozenset()


def whose(title: str, kind: Absent) -> frozenset[str]:
    """The words of a title that may name whose absence it is; what follows the word of a journey is where it goes."""
    text = plain(title)
    if kind in ("trip", "flight") and not _town(title):  # "Sofia" may be a friend who stays
        starts = [found.start() for name in _JOURNEY if (found := pattern(f"presence.{name}").search(text))]
        text = text[: min(starts, default=0)]
    return frozenset(_WORD.findall(text))


def _without_travel(text: str) -> str:
    for name in (*_JOURNEY, "away", "ill"):
        text = pattern(f"presence.{name}").sub(" ", text)
    return text


def _kind(title: str, location: str, kind: str, length: int, whole_days: bool) -> Absent | None:
    if kind == "working_location":
        return "home" if find("presence.home", f"{title} {location}") else "office"
    if kind not in ("default", "out_of_office"):
        return None
    if not whole_days and length <= LONGEST_FLIGHT and _journey(title):
        return "flight"
    if kind == "out_of_office":
        return _out_of_office(title)
    if not whole_days and length < LONG:
        return "leave" if _only_leave(title) else None
    for absent, words in _WORDS:
        said = find(words, title)
        if said and (absent not in ("home", "office") or len(said) * 2 > len(plain(title))):
            return absent
    if not whole_days or length <= DAY:
        return None
    if find("presence.tour", title):
        return "leave"
    if find("title.together", title) or find("title.none", title):
        return None
    return "trip" if location or _town(title) else None


def _town(title: str) -> bool:
    """Whether a title is a town, perhaps with what is done there: "Lisbon (fair)"."""
    return towns.is_town(_ASIDE.sub(" ", title).strip())


def _out_of_office(title: str) -> Absent | None:
    """What an entry that shows the owner as out of office means: at work elsewhere, or not at work."""
    if find("presence.ill", title):
        return "ill"
    if find("presence.away", title):
        return "leave"
    if _town(title) or any(find(f"presence.{name}", title) for name in ("stay", "trip", "train", "flight")):
        return "trip"
    return None if find("title.together", title) else "leave"


def _only_leave(title: str) -> bool:
    """Whether a title of a few hours says nothing but that the owner is off then: "Leave from 1 pm", no planning of one."""
    return bool(find("presence.away", title)) and not _WORD.search(
        part_days.without(pattern("presence.away").sub(" ", plain(title)))
    )


def _journey(title: str) -> bool:
    """Whether a title is that of a flight or a train; a short word alone ("ICE") needs its number."""
    train = find("presence.train", title)
    number = any(letter.isdigit() for letter in title)
    flight = find("presence.flight", title)
    flies = bool(flight) and (number or len(flight) > 3 or plain(title).startswith(flight))  # "vol" is "full" in Dutch
    return bool(flies or _AIRPORTS.search(title) or (train and (number or len(train) > 4)) or _between_towns(title))


def _between_towns(title: str) -> bool:
    """Whether a title is a flight's number and two towns: "EI 602 Dublin - Amsterdam"."""
    numbered = _NUMBERED.search(title)
    ends = _HEADING.split(_NUMBERED.sub(" ", _ASIDE.sub(" ", title)).strip(" :,-–|")) if numbered else []
    return len(ends) == 2 and all(towns.is_town(end) for end in ends)


def journeys(absences: Iterable[Absence]) -> list[Absence]:
    """The owner's absences, with trips cut where a flight begins or ends them, and a trip between two flights."""
    found = sorted(absences, key=lambda one: (one.starts, one.ends))
    flights = _whole([one for one in found if one.kind == "flight"])
    cut = [_cut(one, flights) if one.kind == "trip" else one for one in found]
    out: Absence | None = None
    for one in flights:
        if out is not None and one.starts - out.ends <= LONGEST_TRIP:
            if not _covered(cut, out.ends, one.starts):
                cut.append(out._replace(kind="trip", starts=out.ends, ends=one.starts))
            out = None  # the next one sets out anew
        else:
            out = None if find("presence.return", one.title) else one
    return cut


def _whole(flights: list[Absence]) -> list[Absence]:
    """Flights with what they connect to as one."""
    joined: list[Absence] = []
    for one in flights:
        if joined and one.starts - joined[-1].ends <= CONNECTION:
            joined[-1] = joined[-1]._replace(ends=max(one.ends, joined[-1].ends), words=joined[-1].words | one.words)
        else:
            joined.append(one)
    return joined


def _cut(trip: Absence, flights: list[Absence]) -> Absence:
    first = [one.starts for one in flights if trip.starts <= one.starts < trip.starts + DAY]
    last = [
        one.ends
        for one in flights
        if trip.ends - DAY <= one.starts < trip.ends + DAY and one.starts > trip.starts + DAY
    ]
    return trip._replace(starts=min(first, default=trip.starts), ends=max(last, default=trip.ends))


def _covered(absences: list[Absence], starts: int, ends: int) -> bool:
    middle = (starts + ends) // 2
    return any(one.kind in ("trip", "leave") and one.starts <= middle < one.ends for one in absences)
