"""Find the contacts that the title of an entry without guests names, and rather find nobody than the wrong one."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from pipelines.rules import links, scripts, subjects
from pipelines.rules.meeting_facts import DAY, Letter, Occasion
from pipelines.rules.people_names import Directory, Person, given_names
from pipelines.rules.vocabulary import entries, find, plain

Letters = Callable[[str], Sequence[Letter]]  # all mails with a contact, by time

KNOWN = 730  # days: whom one has not written to for longer is not called by a given name alone
LATELY = 14  # days around an entry in which a bare name at its beginning needs a mail
LATER = 180  # days after an entry that a mail may be of: mails that are kept often begin later than calendars
NEAR = 5  # days around an entry in which a mail tells two people of one name apart
_TOKEN = re.compile(r"\b[wcm]/|[^\W\d_]+(?:['’‑-][^\W\d_]+)*\.?|<>|[-–—/:|@()（）,;+&]|\d+(?:[:.-]\d+)*")
_POSSESSIVE = re.compile(r"['’]s?$|['’]s\b")
_MARK = re.compile(r"^(?:<>|[-–—/:|@()（）,;+&])$")
_EASTERN = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]+")
_HOUSEHOLD = 4  # people of one name who may be meant by "the Novaks"
_BEGINNING = 3  # letters of a given name that stand for all of it before the family name: Maxi of Maximiliane
_INITIALS = 3  # letters of a given name's initials
_ALONE = 4  # words that a title has at most in which a name at its beginning is a cue in itself


class _Word(NamedTuple):
    text: str  # as written
    word: str  # plain Latin, without possessive
    plain: str
    via: bool  # the words before it say that this is no guest
    bracketed: bool
    at: int  # its number in the title


def named(occasion: Occasion, directory: Directory, letters: Letters, owner: frozenset[str]) -> list[str]:
    """The contacts that the title names as those who are met. `owner` are the owner's own names, plain."""
    title = occasion.title
    if not _is_meeting(occasion):
        return []
    found: list[str] = []
    if scripts.eastern(title):
        found += _eastern(occasion, directory, letters)
    words = _words(title)
    used: set[int] = set()
    for one in words:
        if one.at in used or one.via or one.word in owner or len(one.word) < 2 or not one.text[:1].isupper():
            continue
        people, span, household = _candidates(one, words, directory)
        whole = span > 1
        if not people or (one.bracketed and not whole) or not (whole or _cue(occasion, one, words)):
            continue
        if not whole and not _fits(one, words, people):
            continue
        used |= set(range(one.at, one.at + span))
        strong = whole or _after_with(one, words) or _says_how(occasion)
        if household:
            chosen = [each.contact for each in people]
        else:
            beside = [each for other in words if other.at != one.at for each in directory.by_given.get(other.word, ())]
            chosen = _chosen(people, beside, occasion, letters, whole=whole, strong=strong)
        found += [each for each in chosen if each not in found]
    return found


def _is_meeting(occasion: Occasion) -> bool:
    title = occasion.title
    if not title or find("title.memorial", title):
        return False
    if find("title.to_call", title) and not (occasion.place.line or occasion.place.link):
        return False  # a thing to do, of which nobody knows whether it was done
    if find("title.none", title) and not (find("title.together", title) and not _starts_with_task(title)):
        return False
    return not (find("title.public", title) and not find("title.together", title))


def _starts_with_task(title: str) -> bool:
    found, together = find("title.none", title), find("title.together", title)
    begins = bool(found) and plain(title).startswith(found)
    return begins and not (together.startswith(found) and plain(title).startswith(together))  # "birthday dinner"


def _words(title: str) -> list[_Word]:
    found: list[_Word] = []
    via, depth = False, 0
    with_words, via_words = entries("title.with"), entries("title.via")
    parts = _TOKEN.findall(title)
    for number, part in enumerate(parts):
        spelled = plain(part)
        if part in "(（":
            depth += 1
        elif part in ")）":
            depth = max(0, depth - 1)
        if _MARK.match(part) or spelled in with_words:
            via = False
        elif spelled in via_words or (number and f"{plain(parts[number - 1])} {spelled}" in via_words):
            via = True
        word = scripts.latin(_POSSESSIVE.sub("", part)).strip(".")
        found.append(_Word(part, word, spelled, via, depth > 0, number))
    return found


def _candidates(one: _Word, words: list[_Word], directory: Directory) -> tuple[list[Person], int, bool]:
    """Those whom a word may mean, how many words name them, and whether it means all of them."""
    after = words[one.at + 1] if one.at + 1 < len(words) else None
    if after is not None and not _MARK.match(after.text):
        for span in (3, 2):  # a particle or second name may stand between
            last = words[one.at + span - 1] if one.at + span - 1 < len(words) else None
            if last is not None and last.text[:1].isupper():
                people = directory.whole(one.word, last.word)
                if not people and len(one.word) >= _BEGINNING:
                    people = directory.beginning(one.word, last.word)
                if people:
                    return people, span, False
        initial = after.word if len(after.word) == 1 and after.text[:1].isupper() else ""
        initials = one.text.replace(".", "") if len(one.text.replace(".", "")) <= _INITIALS else ""
        if initials.isupper() and not scripts.eastern(initials):  # "HP Miller" is Hans-Peter
            people = [
                each
                for each in directory.by_family.get(after.word, ())
                if any(name.startswith(initials[0].lower()) for name in each.givens)
            ]
            if people:
                return people, 2, False
        if initial:
            people = [
                each
                for each in directory.by_given.get(one.word, ())
                if any(name.startswith(initial) for name in each.families)
            ]
            return people, 2, False
    household = _household(one, words, directory)
    if household:
        return household, 1, True
    people = [*directory.by_given.get(one.word, ())]
    people += [each for each in directory.by_family.get(one.word, ()) if each not in people]
    # whose own name it is, rather than who may be called so
    return [each for each in people if one.word in each.firsts] or people, 1, False


def _household(one: _Word, words: list[_Word], directory: Directory) -> list[Person]:
    before = words[one.at - 1].plain if one.at else ""
    plural = one.word.endswith("s") and not one.text.endswith(("'s", "’s"))
    for name in ([one.word[:-1]] if plural else []) + ([one.word] if before in entries("title.family") else []):
        people = directory.by_family.get(name, [])
        if people and not directory.by_given.get(one.word):
            return _under_one_roof(people)
    return []


def _under_one_roof(people: list[Person]) -> list[Person]:
    """Of all who bear a family name those who share an address, or else all, unless they are many or namesakes."""
    sharing = [one for one in people if any(one.lives_with(other) for other in people)]
    alike = any(one.givens & other.givens for one in people for other in people if one.contact < other.contact)
    return sharing or ([] if alike or len(people) > _HOUSEHOLD else people)


def _cue(occasion: Occasion, one: _Word, words: list[_Word]) -> bool:
    """Whether the title speaks of being with whom it names."""
    title = occasion.title
    if (
        find("title.guest", title)
        or find("title.together", title)
        or find("title.remote", title)
        or _after_with(one, words)
    ):
        return True
    if any(word.plain in entries("title.with") for word in words):
        return True
    beside = [words[at].text for at in (one.at - 1, one.at + 1) if 0 <= at < len(words)]
    if any(_MARK.match(text) for text in beside):
        return True
    names = [word for word in words if word.word and not _MARK.match(word.text)]
    return one.at == 0 and len(names) <= _ALONE


def _says_how(occasion: Occasion) -> bool:
    """Whether the entry says how or where one meets, so that a bare given name in it is a person's and no topic's."""
    place, title = occasion.place, occasion.title
    says = place.together or place.remote or place.text or place.line
    return bool(says or find("title.guest", title) or find("place.venue", title))


def _fits(one: _Word, words: list[_Word], people: list[Person]) -> bool:
    """Whether a single word stands where a name stands: not "in May"; a family name, which may be a noun, not just anywhere."""
    before = words[one.at - 1].plain.rstrip(".") if one.at else ""
    pair = f"{words[one.at - 2].plain} {before}" if one.at > 1 else ""
    with_article = one.at > 1 and words[one.at - 2].plain in entries("title.with")  # "com a Ana", which is not "a Roma"
    if before in entries("title.where") and not with_article and not _POSSESSIVE.search(_last_of_pair(one, words).text):
        return False
    if any(one.word in each.givens for each in people) or not before or _MARK.match(before):
        return True
    ready = (
        bool(entries("title.with") & {before, pair})
        or before in entries("title.courtesy")
        or before in entries("title.family")
    )
    return ready or bool(find("title.together", before) or find("title.remote", before))


def _last_of_pair(one: _Word, words: list[_Word]) -> _Word:
    """The name at the end of "Ann and Ben's", which bears the possessive of both."""
    joined = one.at + 2 < len(words) and words[one.at + 1].plain in ("and", "&")
    return words[one.at + 2] if joined else one


def _after_with(one: _Word, words: list[_Word]) -> bool:
    before = [word.plain for word in words[max(0, one.at - 2) : one.at]]
    return any(word in entries("title.with") for word in (*before, " ".join(before)))


def _chosen(
    people: list[Person], beside: list[Person], occasion: Occasion, letters: Letters, *, whole: bool, strong: bool
) -> list[str]:
    """Whom a name means. `beside` are those whom the title's other words may mean: "Ann and Ben" are the couple."""
    couple = [one for one in people if any(one.lives_with(other) for other in beside)]
    if len(couple) == 1:
        return [couple[0].contact]
    if len(people) > 1 and all(one.lives_with(other) for one in people for other in people if one != other):
        return [one.contact for one in people]
    if len(people) > 1:
        one = _told_apart(people, occasion, letters)
        return [one.contact] if one else []
    (one,) = people
    whole = whole or _has_number(one, occasion.location)
    before, after = (KNOWN, LATER) if whole or strong else (LATELY, LATELY)
    return [one.contact] if whole or _wrote(letters(one.contact), occasion, before, after) else []


def _wrote(mails: Sequence[Letter], occasion: Occasion, before: int, after: int) -> bool:
    return any(occasion.starts - before * DAY <= one.at <= occasion.ends + after * DAY for one in mails)


def _has_number(one: Person, number: str) -> bool:
    """Whether a number, however it is written, is one of theirs."""
    digits = re.sub(r"\D", "", number)
    return len(digits) >= 7 and any(phone.endswith(digits[-9:]) for phone in one.phones)


def _told_apart(people: list[Person], occasion: Occasion, letters: Letters) -> Person | None:
    """The one of several people of a name whose number, firm, mails, or mere acquaintance show that they are meant."""
    said = f"{occasion.title} {occasion.location}"
    number = occasion.location if re.search(r"\d", occasion.location) else links.phone(occasion.title)
    words = frozenset(re.findall(r"[^\W\d_]{4,}", scripts.latin(said)))
    for fits in (
        [one for one in people if _has_number(one, number)],
        # "Ann Lee Photography" is no sign
        [one for one in people if (one.organization & words) - one.givens - one.families],
    ):
        if len(fits) == 1:
            return fits[0]
    points = [_points(letters(one.contact), occasion, words) for one in people]
    best = max(points)
    if best >= 2 and points.count(best) == 1:
        return people[points.index(best)]
    known = [one for one in people if _wrote(letters(one.contact), occasion, KNOWN, LATELY)]
    return known[0] if len(known) == 1 else None


def _points(mails: Sequence[Letter], occasion: Occasion, words: frozenset[str]) -> int:
    best = 0
    for one in mails:
        if not occasion.starts - NEAR * DAY <= one.at <= occasion.ends + NEAR * DAY:
            continue
        days = subjects.dates(one.subject)
        shared = words & frozenset(re.findall(r"[^\W\d_]{4,}", scripts.latin(one.subject)))
        day = (days.today and one.day == occasion.day) or (days.tomorrow and one.day + 1 == occasion.day)
        day = day or (occasion.day + 3) % 7 in days.weekdays
        met = one.at >= occasion.ends and bool(
            subjects.sign("met", one.subject) or subjects.sign("talked", one.subject)
        )
        best = max(best, 1 + len(shared - given_names()) + 2 * bool(day) + 2 * met)
    return best


def _eastern(occasion: Occasion, directory: Directory, letters: Letters) -> list[str]:
    title = "".join(occasion.title.split())
    alone = set(_EASTERN.findall(occasion.title)) if _says_how(occasion) else set()  # "ラン みほ"
    found: list[str] = []
    called: list[tuple[list[Person], bool]] = []
    for table, whole in ((directory.by_whole, True), (directory.by_family, False), (directory.by_given, False)):
        for name, people in table.items():
            if not scripts.eastern(name) or (at := title.find(name)) < 0:
                continue
            after, before = title[at + len(name) :], title[:at]
            if table is directory.by_family and after.startswith(tuple(entries("title.family"))):
                found += [one.contact for one in _under_one_roof(people) if one.contact not in found]
                continue
            polite = any(after.startswith(word) for word in entries("title.honorific"))
            stands = len(name) > 1 and (name in alone or _joined(before, after))
            if not whole and not polite and not stands:
                continue
            rest = re.sub(rf"^(?:{'|'.join(entries('title.honorific'))})", "", after)
            if any(rest.startswith(word) or before.endswith(word) for word in entries("title.via")):
                continue
            called.append((people, whole))
    for people, whole in called:
        if not any(one.contact in found for one in people):
            beside = [one for others, _ in called if others is not people for one in others]
            found += _chosen(people, beside, occasion, letters, whole=whole, strong=True)
    return found


def _joined(before: str, after: str) -> bool:
    """Whether a word for "with" stands beside a name."""
    return after.startswith(("と", "・")) or before.endswith(("和", "与", "與", "跟", "同", "约", "約", "见", "見"))
