"""Find what the running text or the title of an invitation says of where, apart from its place field."""

import functools
import re

from pipelines.rules import links
from pipelines.rules.place_words import substance, without
from pipelines.rules.vocabulary import entries, find, pattern, plain, providers

_IN_ADDRESS = re.compile(
    r"\b\d{1,5},? [A-ZÀ-Ž][\w'’.-]*(?: [A-ZÀ-Ž][\w'’.-]+){0,3} (?:St|Street|Ave|Avenue|Rd|Road|Blvd|Sq|Square|Lane|Ln|Way|Place|Pl|Drive|Dr)\b"
    r"|\b\d{1,4}(?: bis| ter)?,? (?:rue|avenue|boulevard|place|quai) |\b[A-ZÀ-Ž][\wß-]+(?:straße|strasse|str\.|platz|allee|weg|gasse) \d"
)
_IN_ADDRESS_TOO = re.compile(
    r"\b(?:Calle|C/|Carrera|Cra\.?|Avenida|Avda\.?|Av\.?|Paseo|Plaza|Rua|R\.|Praça|Travessa|Via|Viale|Piazza|Corso|ul\.|al\.|pl\.)\s?"
    r"[A-ZÀ-Ž\d][^\n,;]{1,40}?,?\s(?:#\s?|nº\s?|n\.\s?)?\d{1,5}\b|\b[A-ZÀ-Ž]\w+(?:straat|laan|weg|plein|gracht|kade|gade|gatan|vägen|katu) \d{1,4}\b"
    r"|\b[A-Z][\w.]{1,30},? [A-Z]{2} \d{5}\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"  # Albany, NY 12207; EC4R 3AB
    r"|[都道府県][^\n]{0,8}[区市町村][^\n]{0,16}\d|[市区區][^\n]{0,10}[路街道][^\n]{0,6}\d+\s?[号號弄]"
)
_BRACKETED = re.compile(r"[\[(（【［]([^\])）】］]+)[\])）】］]")  # [virtual] Meetup
_PARTED = re.compile(r"\s?[:：|]\s|[：]|\s[-–—/•·]\s")  # Meetup – online
_ON_A_LINE = ("place.online", "place.provider", "place.webinar")
_GROUND = ("place.venue", "place.room", "place.office")
_VIRTUAL = ("virtual ", "virtuelle", "virtuele ", "virtuell")
_SHORT = 40  # characters of a part of a title that says no more than that
_NEAR = 70  # characters after “we meet in the …” in which the place is named
_SENTENCE = re.compile(r"[.!?;](?:\s|$)|[。！？]")
_DIGIT = re.compile(r"\d")
_LABELLED = re.compile(r"^\W{0,3}([^\W\d][^\n:：]{1,24}?)\s?[:：][^\S\n]*\n?[^\S\n]*(\S[^\n]{0,160})", re.MULTILINE)
_CODE = re.compile(
    r"\b(?:pin|passcode|access code|konferenz-?id|conference id|code d'accès|código|codice|暗証番号|会议号)\b\W*\d",
    re.IGNORECASE,
)


def _mentions(names: tuple[str, ...], text: str) -> bool:
    """Whether a word of any of these lists stands in a short text; without compiling them once more, as one."""
    return any(find(name, text) for name in names)


def dial_in(text: str) -> str:
    """A telephone number with a code: that of a conference."""
    return "a dial-in number" if _CODE.search(text) and links.phone(text) else ""


def address_in(text: str) -> str:
    """An address in the shape of some country, in running text."""
    found = _DIGIT.search(text) and (_IN_ADDRESS.search(text) or _IN_ADDRESS_TOO.search(text))
    return found[0] if found else ""


def held_in(text: str) -> str:
    """The name of a place after words like “takes place in”."""
    spelled = plain(text)
    flat = " ".join(text.split()).replace("ß", "ss")  # as plain() spells it
    if len(spelled) != len(flat):
        return ""
    for found in pattern("place.held_in").finditer(spelled):
        if len(found[0].split()) > 4 and not any(letter.isdigit() for letter in found[0]):
            continue  # "join us on 3 May at", but not "join us on a tour in"
        name = flat[found.end() :].lstrip().split(",")[0].split(".")[0]
        if name[:1].isupper() and not find("title.remote", " ".join(name.split()[:3])):
            return found[0]
    return ""


def gathers_at(text: str, *, named: bool = False) -> str:
    """The words that people gather by, like “we meet at the”; `named`: a room, a house or an office has to stand beside."""
    spelled = plain(text)
    for found in pattern("place.gathers").finditer(spelled):
        eastern = found[0][0] > "\u2e80"  # there the place comes before its verb
        if eastern:
            beside = _SENTENCE.split(spelled[max(0, found.start() - _NEAR) : found.start()])[-1]
        else:
            beside = _SENTENCE.split(spelled[found.end() : found.end() + _NEAR])[0].strip()
        if _mentions(_ON_A_LINE, beside) or find("place.form", beside):
            continue
        if _mentions(_GROUND, beside) or not (named or eastern or _is_time(beside)):
            return found[0]
    return ""


def _is_time(text: str) -> bool:
    """Whether a phrase tells when rather than where: “Monday”, “9 o'clock”, “next week”."""
    return not text[:1].isalpha() or pattern("place.times").match(text) is not None


def stands_at(text: str) -> str:
    """The room, house or office that a text begins with: “On the steps of the town hall”."""
    start = _SENTENCE.split(plain(text[:_NEAR]))[0]
    for found in pattern("place.at").finditer(start):
        beside = start[found.start() :]
        if _mentions(_GROUND, beside) and not _mentions(_ON_A_LINE, beside):
            return found[0]
    return ""


def ways(text: str) -> list[tuple[str, int]]:
    """Words like “on Zoom” and “per Teams”, and where in the plain text each begins."""
    spelled, found = plain(text), []
    for name in pattern("place.conference").finditer(spelled):
        before = spelled[: name.start()].rstrip().rpartition(" ")[2].lstrip("([")
        if before in entries("place.by") and (before, name[0]) != ("in", "teams"):  # people work in teams
            found.append((f"{before} {name[0]}", name.start()))
    return found


def way(text: str) -> str:
    """The first words like “on Zoom”."""
    found = ways(text)
    return found[0][0] if found else ""


def happens_on(text: str) -> str:
    """The words that say that a meeting takes place on a conference, and not that one may also join by it."""
    spelled = plain(text)
    for way, at in ways(text):
        sentence = _SENTENCE.split(spelled[:at])[-1] + _SENTENCE.split(spelled[at:])[0]
        if find("place.happens", sentence) and not find("place.may", sentence):
            return way
    return ""


def may_join(text: str) -> str:
    """The words for a line in a sentence that says that one may take it, too."""
    for line in text.split("\n"):
        for sentence in _SENTENCE.split(line):
            if not find("place.may", sentence):
                continue
            if on := way(sentence):
                return on
            said = find("place.virtual", sentence)
            weak = " " not in said and said in entries("place.form")  # one may also bid or look “online”
            if said and not weak and not find("place.asked", sentence):
                return said
    return ""


def set_apart(title: str) -> str:
    """The words for a line that a title has in brackets, before a colon or after a dash; within it, they may be the topic."""
    for said in _BRACKETED.findall(title):
        if plain(said) in _said_alone() or _only_line(said, _ON_A_LINE):
            return plain(said)
    parts = [part.strip() for part in _PARTED.split(_BRACKETED.sub("", title))]
    for said in (parts[0], parts[-1]) if len(parts) > 1 else ():
        if _only_line(said, ("place.online", "place.webinar")):
            return plain(said)
    return ""


@functools.cache
def _said_alone() -> frozenset[str]:
    """What says in brackets that one only calls: “(digital)”, “(phone)”; but “(intro call)” tells of what it is about."""
    return entries("title.remote") | entries("place.phone") | frozenset(providers("alone"))


def _only_line(text: str, names: tuple[str, ...]) -> bool:
    if plain(text) in entries("place.online"):
        return True
    return len(text) <= _SHORT and _mentions(names, text) and not substance(without("place.webinar", text))


def titled(title: str) -> str:
    """What a title says of a gathering on a line: “Webinar”, “Online meeting”, “Virtual open day”, “Choir on Zoom”."""
    if said := find("place.webinar", title):
        return said
    if on := way(title):
        return on
    bare = without("place.topic", title)
    spelled = plain(bare)
    if spelled.startswith(_VIRTUAL) and " " in spelled:
        return spelled.split()[0]
    for part in _PARTED.split(bare):
        for found in pattern("place.form").finditer(last := plain(part).rstrip(" !?.…")):
            if found.end() == len(last) and find("place.gathering", last[: found.start()]):
                return found[0]
    return form(bare)


def form(text: str) -> str:
    """The name of a gathering on a line: “online meeting”, “réunion en ligne”, “オンライン説明会”."""
    spelled = plain(text)
    for found in pattern("place.form").finditer(spelled):
        after = spelled[found.end() :].lstrip(" -")
        if named := pattern("place.gathering").match(after):
            return f"{found[0]} {named[0]}"
        before = spelled[: found.start()].rstrip().rpartition(" ")[2]
        if before in entries("place.gathering"):
            return f"{before} {found[0]}"
    return ""


def labelled(description: str) -> list[str]:
    """What lines of the text like “Where: …” say, in their order."""
    found = _LABELLED.finditer(description)
    return [line[2].strip() for line in found if plain(line[1]) in entries("place.label")]
