"""Weigh what the two wrote to each other shortly before and after a meeting, by subject and timing."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from pipelines.rules import gists, subjects
from pipelines.rules.meeting_facts import DAY, HOUR, Evidence, Guest, Letter, Occasion
from pipelines.rules.meeting_switches import GUESSED, SURELY, Sign, switched_by, told
from pipelines.rules.meeting_topics import (
    EPOCH,
    NOBODY,
    Neighbours,
    about,
    asks_for_another_day,
    beside_title,
    dates_of,
    is_target,
    names_it,
    of_another,
    same_day,
)
from pipelines.rules.vocabulary import find, plain

BEFORE, AFTER = 7 * DAY, 10 * DAY  # how far around a meeting mails are looked at
SEASON = 75 * DAY  # how long after it a mail may look back on a month


class Named(NamedTuple):
    """Names of people, plain: of everybody known, and of those who take part in this meeting."""

    everybody: frozenset[str]
    here: frozenset[str]


OFF = {"cancel": Sign(-5.5, 0.0), "move": Sign(-4.8, 0.0)}
ON = {"late": Sign(1.8, 0.0), "see_you": Sign(0.8, 0.0)}
THEN = {"met": Sign(4.5, 4.5), "talked": Sign(4.0, -5.0), "held": Sign(3.0, 0.0)}
GIST = {"off": -4.8, "doubt": -2.9}  # log-odds that they met, by the kinds of words before it
NOT_THEN = {"missed": Sign(-6.0, 0.0), "waited": Sign(-4.0, 0.0)}


def evidence(
    occasion: Occasion, guest: Guest, own: Iterable[Letter], others: Iterable[Letter], around: Neighbours, names: Named
) -> list[Evidence]:
    """What mails say. `own` are those with this contact; `others` those between the owner and the other guests.

    A mail that calls off and names somebody who takes no part is about another meeting.
    """
    found: list[Evidence] = []
    for letter in own:
        if letter.away:
            found += _away(occasion, letter)
        elif not letter.calendar and subjects.speaks(letter.subject):
            found += _around(occasion, letter, around, names)
    found += _answered(occasion, guest, own)
    for letter in others:
        if not letter.away and not letter.calendar and subjects.speaks(letter.subject):
            found += _of_all(occasion, letter, names)
    found = _strongest(found)
    if any(one.held <= OFF["move"].held for one in found):
        found = [one for one in found if one.held < THEN["held"].held or one.room]  # minutes may be of anything
    return [one for one in found if one.held or one.room]


def _around(occasion: Occasion, letter: Letter, around: Neighbours, names: Named) -> list[Evidence]:
    if letter.at < occasion.ends and letter.at >= occasion.starts - BEFORE:
        share = about(occasion, letter, around)
        found = _before(occasion, letter, share, around, names)
        if letter.at >= occasion.starts:
            after = _after(occasion, letter, 1.0)
            if any(one.held <= NOT_THEN["waited"].held for one in after):
                return after  # "I'm on the terrace, did we miss each other?"
            found += after
        return found
    if occasion.ends <= letter.at <= occasion.ends + AFTER and (
        around.later is None or letter.at < around.later + HOUR
    ):
        return _after(occasion, letter, _fresh(occasion, letter))
    if letter.at > occasion.ends and subjects.sign("missed", letter.subject):
        date = EPOCH + dt.timedelta(days=occasion.day)
        later = EPOCH + dt.timedelta(seconds=around.later or 0)
        last = around.later is None or around.later > letter.at or later.month != date.month
        if last and letter.at <= occasion.ends + SEASON and date.month in subjects.dates(letter.subject).months:
            return [Evidence(told(letter), NOT_THEN["missed"].held * 0.6, 0.0, "mail")]
    return []


def _before(occasion: Occasion, letter: Letter, share: float, around: Neighbours, names: Named) -> list[Evidence]:
    found = []
    subject = beside_title(occasion, letter.subject)
    days = subjects.dates(letter.subject)
    close = occasion.starts - letter.at <= 36 * HOUR
    late = subjects.sign("late", subject)
    off = next((name for name in OFF if (said := subjects.sign(name, subject)) and said not in late), "")
    elsewhen = _elsewhen(occasion, letter, days) or _from_day_to_day(occasion, letter, days)
    off = off or ("move" if subjects.another_hour(subject) or elsewhen else "")
    made = occasion.created if not occasion.recurring or (occasion.created or 0) <= occasion.starts else None
    if made is not None and made > letter.at and not names_it(occasion, letter):
        off, share = "", 0.0  # the entry was made because of it, or later
    switched = switched_by(occasion, letter, share)
    if not off and not switched and not late and share >= SURELY:
        gist = gists.before(subject)
        if gist and not subjects.sign("other_thing", subject) and not _about_another(subject, names):
            return [Evidence(told(letter), GIST[gist] * share, 0.0, "mail")]
    if share and subjects.sign("stand_in", subject):
        return [Evidence(told(letter), OFF["cancel"].held * share, 0.0, "mail")]  # somebody else comes
    if off and switched and (not days.any or same_day(occasion, letter, days)):
        off = ""  # "ill, Zoom instead?": they do meet
    if (off == "move" and is_target(occasion, letter, around, days)) or _to_this_day(occasion, letter, days):
        off = ""
    same_week = (letter.day + 3) // 7 == (occasion.day + 3) // 7
    if not off and days.next_week and share == 1.0 and days.any and same_week:
        off = "move"
    if off == "move" and share == 0.0 and close and days.any and not of_another(occasion, letter, days):
        share = 0.9  # "can we do Thursday?", written on the eve of a meeting on Wednesday
    taken = off == "move" and occasion.modified is not None and occasion.modified > letter.at and not occasion.recurring
    if off and not days.any and not names_it(occasion, letter) and subjects.sign("other_thing", subject):
        off = ""  # an order, a deadline, a contract
    if off and share and not _about_another(subject, names):
        weight = OFF[off].held * share * (0.3 if taken else 1.0)
        found.append(Evidence(told(letter), weight, 0.0, "mail"))
        return found
    if late and -HOUR <= occasion.starts - letter.at <= 3 * HOUR:
        spot = 4.0 if subjects.sign("spot", subject) and not find("title.remote", subject) else 0.0
        found.append(Evidence(told(letter), ON["late"].held, spot or 0.6 * bool(occasion.place.text), "mail"))
    elif subjects.sign("see_you", subject) and share:
        found.append(Evidence(told(letter), ON["see_you"].held * share, 0.0, "mail"))
    elif subjects.sign("see_you", subject) and days.next_week and not days.any and same_week:
        found.append(Evidence(told(letter), -2.0, 0.0, "mail"))
    if share == 1.0 and not switched and same_day(occasion, letter, days) and subjects.names_hour(subject):
        found = [Evidence(told(letter), ON["see_you"].held, _where(occasion, subject, names), "mail")]
    return found + switched


def _where(occasion: Occasion, subject: str, names: Named) -> float:
    """The log-odds of a room by a mail that fixes an hour: "tomorrow at 9, Café Nero"."""
    here = occasion.place
    if here.text or here.link or here.line or here.remote or find("title.remote", subject):
        return 0.0
    words = [plain(word.strip(".,;:!?()'’")) for word in subject.split()[1:] if word[:1].isupper()]
    named = [word for word in words if len(word) > 2 and word not in names.everybody]
    return 2.4 if find("place.venue", subject) or named else 0.0


def _elsewhen(occasion: Occasion, letter: Letter, days: subjects.Dates) -> bool:
    return asks_for_another_day(letter, days) and not same_day(occasion, letter, days)


def _from_day_to_day(occasion: Occasion, letter: Letter, days: subjects.Dates) -> bool:
    """Whether a question names the meeting's day and another one: "today to Friday?"."""
    wanted = (occasion.day + 3) % 7
    today = days.today and letter.day == occasion.day
    tomorrow = days.tomorrow and letter.day + 1 == occasion.day
    others = days.weekdays - {wanted}
    named = today or tomorrow or (wanted in days.weekdays and 0 <= occasion.day - letter.day < 7)
    return bool(named and (others or days.next_week) and subjects.asks(letter.subject))


def _to_this_day(occasion: Occasion, letter: Letter, days: subjects.Dates) -> bool:
    """Whether a mail moves what was on another day to the meeting's: "tomorrow's to Friday?", of Friday's."""
    other = (days.today and letter.day != occasion.day) or (days.tomorrow and letter.day + 1 != occasion.day)
    return bool(other and (occasion.day + 3) % 7 in days.weekdays and 0 < occasion.day - letter.day < 7)


def _after(occasion: Occasion, letter: Letter, share: float) -> list[Evidence]:
    subject = letter.subject
    days = subjects.dates(subject)
    if days.yesterday and letter.day - 1 not in range(occasion.day, occasion.last_day + 1):
        return []
    if days.today and not days.tomorrow and letter.day not in range(occasion.day, occasion.last_day + 2):
        return []
    left = subjects.sign("left", subject) and not subjects.sign("sorry", subject)  # a hat was forgotten, not a meeting
    if subjects.sign("missed", subject) and not subjects.sign("other_missed", subject) and not left:
        return [Evidence(told(letter), NOT_THEN["missed"].held * max(share, 0.6), 0.0, "mail")]
    if subjects.sign("waited", subject) and letter.at <= occasion.ends + DAY:
        return [Evidence(told(letter), NOT_THEN["waited"].held, 0.0, "mail")]
    if letter.at < (occasion.starts + occasion.ends) // 2 or _of_another_day(occasion, days):
        return []
    talked, met = subjects.sign("talked", subject), subjects.sign("met", subject)
    if met and find("title.remote", subject):
        met, talked = "", talked or met  # "so good to see you, on a screen at least"
    if met or talked:
        sign = THEN["met" if met else "talked"]
        return [Evidence(told(letter), sign.held * share, sign.room * share, "mail")]
    gist, phrase = gists.after(subject), subjects.sign("held", subject)
    if gist == "missed":
        return [Evidence(told(letter), NOT_THEN["missed"].held * max(share, 0.6) * GUESSED, 0.0, "mail")]
    if gist or phrase:
        sign = THEN[gist or "held"]
        weight = share * (1.0 if phrase and gist in ("", "held") else GUESSED)
        return [Evidence(told(letter), sign.held * weight, sign.room * weight, "mail")]
    return []


def _of_another_day(occasion: Occasion, days: subjects.Dates) -> bool:
    """Whether a mail from afterwards names a day on which this meeting was not: "our call on Friday"."""
    held = range(occasion.day, occasion.last_day + 1)
    if days.weekdays and not any((day + 3) % 7 in days.weekdays for day in held):
        return True
    dates = {date for day in held for date in dates_of(day)}
    return bool(days.dates and not days.dates & dates) or (days.tomorrow and not days.today and not days.yesterday)


def _fresh(occasion: Occasion, letter: Letter) -> float:
    gap = letter.at - occasion.ends
    return 1.0 if gap <= 40 * HOUR else 0.7 if gap <= 4 * DAY else 0.35


def _of_all(occasion: Occasion, letter: Letter, names: Named) -> list[Evidence]:
    """What holds for each guest: the owner's own absence, another way to meet that one told to all, and that it is off."""
    if not occasion.starts - BEFORE <= letter.at < occasion.ends:
        return []
    share = about(occasion, letter, NOBODY)
    found = []
    own = letter.from_owner or not subjects.sign("i_join", letter.subject)  # a guest who dials in does so alone
    if own and (letter.shared or (letter.from_owner and names_it(occasion, letter))):
        found += [one._replace(held=0.0) for one in switched_by(occasion, letter, share)]
    if letter.from_owner or subjects.core(letter.subject).startswith(plain(occasion.title)):
        found += [one for one in _before(occasion, letter, share, NOBODY, names) if one.held < -2 and letter.from_owner]
    if letter.shared and not letter.from_owner and share >= SURELY and not _about_another(letter.subject, names):
        subject = beside_title(occasion, letter.subject)
        if subjects.sign("all_off", subject) and not subjects.sign("other_thing", subject):
            found.append(Evidence(told(letter), OFF["move"].held * share, 0.0, "mail"))
    return found


def _answered(occasion: Occasion, guest: Guest, own: Iterable[Letter]) -> list[Evidence]:
    """The last answer of a calendar program whose calendar part is lost: "Declined: Lunch"."""
    title = plain(occasion.title)
    last: tuple[str, Letter] | None = None
    for letter in own:
        if not occasion.starts - 60 * DAY <= letter.at <= occasion.ends or letter.at < (occasion.created or 0) - DAY:
            continue
        kind, answered = subjects.answer(letter.subject)
        if kind and title and answered.startswith(title):
            last = kind, letter
    if last is None or guest.status in ("declined", "tentative"):
        return []
    if last[0] == "yes":
        unanswered = guest.status in ("needs-action", "delegated")
        return [Evidence(told(last[1]), 2.5, 0.0, "answer")] if unanswered and not last[1].from_owner else []
    if last[0] == "perhaps":
        return [Evidence(told(last[1]), -1.8, 0.0, "answer")] if guest.status != "accepted" else []
    return [Evidence(told(last[1]), -2.5 if occasion.recurring else -6.0, 0.0, "answer")]


def _away(occasion: Occasion, letter: Letter) -> list[Evidence]:
    if letter.from_owner or abs(letter.at - occasion.starts) > 20 * HOUR:
        return []
    return [Evidence("An out-of-office answer of theirs came around that time.", -3.0, 0.0, "mail")]


def _about_another(subject: str, names: Named) -> bool:
    words = [plain(word.strip(".,;:!?()'’\"")) for word in subject.split()[1:] if word[:1].isupper()]
    return any(word in names.everybody and word not in names.here for word in words)


def _strongest(found: list[Evidence]) -> list[Evidence]:
    """A thread says the same in each of its mails: of each kind of word the strongest counts, the first of equals.
    Of several words on how to meet the last one holds."""
    best: dict[tuple[str, bool, bool], Evidence] = {}
    for one in found:
        key = ("switch", False, False) if one.group == "switch" else (one.group, one.held < 0, one.room < 0)
        before = best.get(key)
        if before is None or one.group == "switch" or abs(one.held + one.room) > abs(before.held + before.room):
            best[key] = one
    return list(best.values())
