"""Learn what is usual in an owner's calendars: links that stand everywhere, guests who never answer, working hours."""

from collections import Counter
from collections.abc import Iterable

from pipelines.rules.meeting_facts import DAY, Habits, Occasion

FEWEST = 4  # entries from which on a share means something
MOSTLY = 0.6
NEVER = 0.04


def habits(
    occasions: Iterable[Occasion],
    answers: Iterable[tuple[str, bool, int, int]],
    hosts: Iterable[tuple[str, bool]],
    own_answers: Iterable[tuple[str, bool]] = (),
) -> Habits:
    """What is usual. `answers` are (calendar, whether the owner invites, guests, guests whose answer it shows) of each entry,
    `hosts` are (calendar, whether the host is a guest) of each entry that another has set up, `own_answers` (calendar,
    whether it shows the owner's answer) of each to which the owner is invited."""
    linked, placed = Counter[str](), Counter[str]()
    listed, own = Counter[str](), Counter[str]()
    hidden, asked = Counter[str](), Counter[str]()
    daytime, met, timed = Counter[str](), Counter[str](), Counter[str]()
    for one in occasions:
        domain = one.organizer.rpartition("@")[2]
        if one.place.text and domain:
            placed[domain] += 1
            linked[domain] += bool(one.place.link or one.place.line)
        weekday, hour = (one.day + 3) % 7, one.local_start % DAY // 3_600
        for calendar in one.calendars:
            if one.owner_organizes and one.size > 1:
                own[calendar] += 1
                listed[calendar] += one.owner_listed
            if not one.all_day:
                timed[calendar] += 1
                daytime[calendar] += weekday < 5 and 7 <= hour < 18
                met[calendar] += one.size > 1
    invited, answered = Counter[tuple[str, bool]](), Counter[tuple[str, bool]]()
    for calendar, mine, guests, said in answers:
        invited[calendar, mine] += guests
        answered[calendar, mine] += said
    silent = {key for key, count in invited.items() if count >= FEWEST and answered[key] <= NEVER * count}
    for calendar, shown in own_answers:
        asked[calendar] += 1
        hidden[calendar] += not shown
    invitations, among = Counter[str](), Counter[str]()
    for calendar, is_guest in hosts:
        invitations[calendar] += 1
        among[calendar] += is_guest
    return Habits(
        _share(linked, placed, MOSTLY),
        frozenset(calendar for calendar, mine in silent if mine),
        frozenset(calendar for calendar, mine in silent if not mine),
        _share(hidden, asked, 1 - NEVER),
        _share(listed, own, MOSTLY),
        _share(among, invitations, MOSTLY),
        _share(daytime, timed, 0.75) & _share(met, timed, 0.3),
    )


def linked_anyhow(occasion: Occasion, habits: Habits) -> bool:
    """Whether its host's invitations have a conference link even where people come: then this one says little."""
    return occasion.organizer.rpartition("@")[2] in habits.linked


def _share(part: Counter[str], whole: Counter[str], least: float) -> frozenset[str]:
    return frozenset(name for name, count in whole.items() if count >= FEWEST and part[name] >= least * count)
