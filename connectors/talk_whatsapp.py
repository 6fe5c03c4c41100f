"""Read a chat that WhatsApp has exported (iOS and Android, in any language), without its text."""

import re
import zoneinfo
from array import array
from collections.abc import Iterable, Iterator
from io import BytesIO

from connectors.records import Chat, Reject
from connectors.streams import Stream, lines
from connectors.talk_days import STAMP, Order, Stamp, micros, order_of, stamp
from connectors.talk_told import BATCH, GROUPS, Own, Told, is_number, owner_among, possible, words

_LONGEST = 2_000  # characters of a line that are looked at: what stands before the text is shorter
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_IOS = re.compile(rf"\[{STAMP.pattern}\]\s?(?P<said>.*)", re.IGNORECASE)
_ANDROID = re.compile(rf"{STAMP.pattern}\s?[-–]\s(?P<said>.*)", re.IGNORECASE)
_NAMED = re.compile(r"~?\s*(?P<who>[^:：]{1,80})[:：](?:\s|$)(?P<text>.*)")
# What the program itself writes into a chat as if one of the two had: on encryption, missed calls, blocking, numbers.
_SYSTEM = re.compile(
    r"end-to-end|ende-zu-ende|bout en bout|extremo a extremo|ponta a ponta|da un capo all|crittografia|eind-tot-eind|"
    r"端到端|端對端|エンドツーエンド|종단간|сквозн|uçtan uca|totalsträckskrypter|szyfrowan|"
    r"missed (?:voice|video|group)|verpasste|appel (?:vocal|vidéo) manqué|llamada (?:de voz )?perdida|videollamada perdida|"
    r"chamada de (?:voz|vídeo) perdida|ligação (?:de voz|de vídeo) perdida|chiamata (?:vocale|video) persa|videochiamata persa|"
    r"gemiste|未接|不在着信|부재중|пропущенн|nieodebran",
    re.IGNORECASE,
)
_FOUNDED = re.compile(
    r"created (?:this )?group|gruppe .*erstellt|a créé (?:le|ce) groupe|cre[óo] (?:el|este) grupo|criou (?:o|este) grupo|"
    r"ha creato (?:il|questo) gruppo|heeft (?:de|deze) groep .*(?:ge|aange)maakt|added you|hat dich hinzugefügt|"
    r"vous a ajouté|te añadió|adicionou você|ti ha aggiunto|heeft (?:je|jou) toegevoegd",
    re.IGNORECASE,
)
_FIRST_NOTICE = re.compile("[:：] ?\u200e")  # iOS begins each chat with a notice on encryption, in any language
_YOU = frozenset(
    {"you", "du", "sie", "vous", "tu", "usted", "voce", "jij", "u", "ty", "вы", "你", "您", "あなた", "나"}
)
_TITLE = re.compile(r"whatsapp.*?(?:\s-\s|\s(?:with|mit|avec|con|com|met|med|с|z|cu)\s)\s*(.+)", re.IGNORECASE)
_NOTICE = re.compile(r"[“”\"„»«]|(?:\S+\s+){5}")
_UNTOLD = (
    "Which of the two is you can't be told: keep the file's own name (“WhatsApp Chat with …”), or write the name that you "
    "have on WhatsApp as `name` in settings.toml."
)
_ENDING = re.compile(r"(?:\s?\(\d+\))?(?:\.txt|\.zip)?(?:#\d+)?!?$", re.IGNORECASE)


def looks_like_whatsapp(head: bytes) -> bool:
    """Whether a file that begins with these bytes is an exported chat: one of its first lines is a dated one in one of
    the two forms, with a writer or the program's first notice."""
    first = [_MARKS.sub("", line) for _, line in zip(range(3), lines(BytesIO(head), _LONGEST), strict=False)]
    return any(_read(line) for line in first) and not any(line.startswith(("From ", "BEGIN:")) for line in first)


def read_whatsapp(stream: Stream, place: str, own: Own) -> Iterator[Told]:
    """Yield the messages in batches, with the time and who wrote, never the text. Holds ten bytes a message.

    Who of the two is the owner is told by the file's name, which ends with the other's, else by the owner's name.
    A message's key is its number in the file.
    """
    packed, writers = array("Q"), array("H")
    names: dict[str, int] = {}
    example: Stamp | None = None
    group = False
    for raw in lines(stream, _LONGEST):
        found = _read(_MARKS.sub("", raw))
        if found is None:
            continue
        written, said = found
        example = example or written
        named = _NAMED.match(said)
        first = example is written and _FIRST_NOTICE.search(raw) is not None
        if named is None or first or _SYSTEM.search(named["text"][:200]):
            group = group or _FOUNDED.search(said) is not None
            continue
        writer = names.setdefault(named["who"].strip(), len(names))
        if writer < 60_000:
            packed.append(_packed(written))
            writers.append(writer)
    if example is None:
        yield Told(rejects=(Reject(place, "", "This is no chat: no line of it has a date and a writer."),))
        return
    several = list(names)
    if len(several) > 2:  # a notice with a colon in it looks like somebody's message, but once
        once = {number for number in range(len(names)) if writers.count(number) == 1}
        several = [name for name, number in names.items() if number not in once or not _NOTICE.search(name)]
    if group or len(several) > 2:
        yield Told(note=GROUPS)
        return
    if not several:
        return
    other, mine = _sides(several, place, own)
    if not other:
        yield Told(rejects=(Reject(place, "", _UNTOLD),))
        return
    directions = {names[name]: "out" if name == mine else "in" for name in several}
    order = order_of(((value >> 31 & 0x3FFF, value >> 45, value >> 17 & 0x3FFF) for value in packed), example)
    yield from _batches(zip(packed, map(directions.get, writers), strict=True), order, other, place, own)


def _read(line: str) -> tuple[Stamp, str] | None:
    """When a line was written, and what it says; None for one that goes on with the text of an earlier one."""
    found = (_IOS if line.startswith("[") else _ANDROID).match(line)
    written = stamp(found) if found else None
    return (written, found["said"]) if found and written else None


def _packed(written: Stamp) -> int:
    clock = written.hour << 12 | written.minute << 6 | written.second
    return (written.b & 0x7F) << 45 | (written.a & 0x3FFF) << 31 | (written.c & 0x3FFF) << 17 | clock


def _sides(names: list[str], place: str, own: Own) -> tuple[str, str]:
    """The other's name, and the one under which the owner writes; both "" where it can't be told."""
    titles = _titles(place)
    titled = _titled(names, titles)
    mine = next((name for name in names if _YOU & words(name) == words(name)), None)
    if mine is None and not titled:
        mine = owner_among(names, own.name)
    if len(names) == 2:
        other = next((name for name in names if name != mine), "") if mine else titled
        return other, next((name for name in names if name != other), "") if other else ""
    if titled:
        return names[0], ""
    told = next((found[1] for title in titles if (found := _TITLE.search(title))), "")
    return (told, names[0]) if told else ("", "")


def _titles(place: str) -> list[str]:
    """The parts of a place that may name the chat, the innermost first: the file, archives, what WhatsApp has named."""
    steps = place.split("/")
    told = [step for step in steps if step == steps[-1] or step.endswith("!") or "whatsapp" in step.lower()]
    return [_ENDING.sub("", step) for step in told[::-1]]


def _titled(names: list[str], titles: list[str]) -> str:
    """The name by which a chat is titled; the longest, since one may be a part of the other; "" for none."""
    for fits in (_in_words, _in_letters):  # some languages write on behind the name
        found = [name for name in names if any(fits(title, name) for title in titles)]
        if found:
            return max(found, key=len)
    return ""


def _in_words(title: str, name: str) -> bool:
    if is_number(name):
        return re.sub(r"\D", "", title).endswith(re.sub(r"\D", "", name))
    return f" {_spelled(name)} " in f" {_spelled(title)} "


def _in_letters(title: str, name: str) -> bool:
    return len(_spelled(name)) > 2 and "whatsapp" in title.lower() and _spelled(name) in _spelled(title)


def _spelled(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _batches(found: Iterable[tuple[int, str | None]], order: Order, other: str, place: str, own: Own) -> Iterator[Told]:
    zone, number = zoneinfo.ZoneInfo(own.zone), is_number(other)
    chats: list[Chat] = []
    for key, (value, direction) in enumerate(found):
        clock = value >> 12 & 0x1F, value >> 6 & 0x3F, value & 0x3F
        written = Stamp(value >> 31 & 0x3FFF, value >> 45, value >> 17 & 0x3FFF, *clock, "", "", False, None)
        at = micros(written, order, zone)
        if at is None or not possible(at) or direction is None:
            continue
        who, name = (other, "") if number else ("", other)
        chats.append(Chat(place, str(key), at, direction, who, name, "whatsapp"))
        if len(chats) >= BATCH:
            yield Told(chats=tuple(chats))
            chats = []
    if chats:
        yield Told(chats=tuple(chats))
