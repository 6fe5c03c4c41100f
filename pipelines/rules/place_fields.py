"""Read the place field of an invitation: a place on the ground, a line, both, or neither."""

import functools
import re
from typing import Literal, NamedTuple

from pipelines.rules import links
from pipelines.rules.place_words import JOINING, ROOM_NUMBER, substance
from pipelines.rules.towns import town
from pipelines.rules.vocabulary import entries, find, mentions, pattern, plain, providers

Kind = Literal["address", "venue", "room", "office", "private", "usual", "named", "map", ""]

_POSTCODE = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]{2} \d{5}(?:-\d{4})?\b|\b(?:[A-Z]{1,2}-)?\d{4,6},? [A-ZÀ-Ž][\w'’-]+"
    r"|\b\d{4} ?[A-Z]{2}\b|\b\d{2}-\d{3}\b|〒?\d{3}-\d{4}|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b|\b\d{5}-\d{3}\b"
)
_ROOM_CODE = re.compile(r"^(?=.*\d)(?=.*[A-Za-z])[A-Z][\w.]*(?:[-/ ][\w().\[\]]+){1,5}$")
_EQUIPMENT = re.compile(r"(\(\d{1,3}\)) ?\[[^\]]*\]")  # of a room for so many: NYC-9-Bronx (12) [VC, Phone]
_NUMBERED = re.compile(r"\d+\s?[A-Za-z]?\b|\d")
_HOUSE = re.compile(
    r"\b[A-ZÀ-Ž][\w'’-]{4,} \d{1,3}\s?[A-Za-z]?(?:/\d+)?[,;] ?[A-ZÀ-Ž][^\W\d]{2,}"
)  # Gołębia 24, Kraków
_CJK_ADDRESS = re.compile("[都道府県省市区區县縣路街丁目号號楼樓层層室階].*\\d|\\d.*[丁目番号號楼樓层層室階弄]")
_CJK_TOWN = re.compile("[都道府県省市区區县縣路街町]|丁目")
_CHANNEL = re.compile(r"(?:^|[\s(,])(#[^\W\d_][\w-]{2,}(?::[\w.-]+)?)")  # of a chat; numbers of houses have digits
_BRACKETED = re.compile(r"\s*\([^)]*\)?\s*|\s@\w\S*")
_NAME = re.compile(r"(?:\s[A-ZÀ-Ž][^\W\d_]+){0,4}")
_TELEPHONE = ("tel.", "tel:", "tel", "tél.", "tél:", "tél :", "telefon", "phone")
_NOTE = re.compile(r"\s*\([^)]*(?:\)|$)")
_ASIDE = ("place.asked", "place.no_line")
_OR = re.compile(r"\b(?:or|oder|ou|of|lub|albo|bądź|eller|tai|nebo|oppure|或|または)\b", re.IGNORECASE)
_AND = re.compile(r"[/,;|&+＋]|\b(?:and|und|et|y|e|en|oraz|i|och|og|ja|sekä|a)\b", re.IGNORECASE)
_PLUS = re.compile(r"\w\s?[+＋]\s?[^\W\d_]")


class Located(NamedTuple):
    """What a place field says: the same fields as a Place has."""

    text: str = ""
    kind: Kind = ""
    line: str = ""
    undecided: str = ""


@functools.lru_cache(maxsize=65536)
def located(location: str) -> Located:
    """Read a place field. Cached over what repeats."""
    if ";" in location and (listed := _listed(location)):
        return listed
    bare = " ".join(links.without_links(location).split()).strip(" ,;:|/-–—()<>")
    bare = _EQUIPMENT.sub(r"\1", bare) if "[" in bare else bare
    if "(" in bare:
        bare = _NOTE.sub(lambda note: "" if any(find(name, note[0]) for name in _ASIDE) else note[0], bare)
    found = links.links_in(location, alone="/" in location and not substance(bare))
    conference = next((one.name for one in found if one.leads == "conference"), "")
    mapped = any(one.leads == "map" for one in found)
    if _is_undecided(plain(bare).rstrip(" .!")) or bare.endswith("?"):
        return Located(line=conference, undecided="" if conference else bare)
    number = links.phone(bare)
    rest = bare.replace(number, " ") if number else bare
    said = conference
    if not said and mentions(JOINING, rest):
        said = find("place.online", rest) or find("title.remote", rest) or find("place.phone", rest)
    whole = plain(_BRACKETED.sub("", bare))
    if whole in providers("alone"):
        return Located(line=said or whole)
    channel = _CHANNEL.search(bare)
    said = said or (channel[1] if channel else "")
    rest = rest.replace(channel[1], " ") if channel else rest
    said = said or next((plain(part) for part in re.split("[/+|]", bare) if plain(part) in providers("alone")), "")
    digits = sum(letter.isdigit() for letter in number)
    coded = ROOM_NUMBER.match(bare) if number and " " not in number and digits <= 8 else None
    dialled = number.startswith(("+", "00")) or "," in number or digits >= 10  # and no postal code
    if said and not conference and _is_address(bare) and _in_a_name(bare, said):
        return Located(bare, "address")
    if number and ((coded and number in coded[0]) or (not dialled and find("place.room", rest))):
        number, rest = "", bare  # but the room's
    said = said or ("a telephone number" if number and not _is_address(rest if dialled else bare) else "")
    if said:
        return _beside(bare, substance(rest), said)
    kind = _kind(bare)
    if kind != "room" and not substance(bare):
        return Located(kind="map", text="the place on the map") if mapped else Located(undecided=bare)
    return Located(bare, kind or "named")


def _listed(location: str) -> Located | None:
    """A list of places, as Outlook writes it, of which some are lines: “Room 4; Microsoft Teams Meeting” is both."""
    parts = [located(part.strip()) for part in location.split(";") if part.strip()]
    lines = [one for one in parts if one.line and not one.text]
    rooms = [one for one in parts if one.text]
    if not lines or not rooms:
        return None
    (first, *others) = rooms
    text = "; ".join((first.text, *(one.text for one in others)))
    return Located(text, first.kind, lines[0].line)


def _is_undecided(text: str) -> bool:
    """Whether a place is left open: “to be announced”, “Ort: folgt”, “場所は未定”."""
    if text in entries("place.undecided"):
        return True
    label = pattern("place.label").match(text)
    return bool(label) and text[label.end() :].strip(" :：は-–") in entries("place.undecided")  # type: ignore[union-attr]  # bool() told


def _in_a_name(text: str, word: str) -> bool:
    """Whether a word for a line only begins a longer name: “Zoom Close”, “Webex Tower”."""
    after = re.split(rf"(?<!\w){re.escape(word)}(?!\w)", text, maxsplit=1, flags=re.IGNORECASE)[1:]
    for name in _NAME.match(after[0] if after else "")[0].split():  # type: ignore[index]  # it also matches nothing
        if plain(name) in entries("place.filler") or plain(name) in entries("place.room"):
            return False
        if not find("title.remote", name):
            return True
    return False


def _beside(bare: str, rest: str, said: str) -> Located:
    """A place field that says how to join, and perhaps a place on the ground, too: `rest`, if anything is left of it."""
    alone = len(bare.split()) == 2 and plain(rest) in entries("place.office")  # "Zoom studio"
    alone = alone or (plain(rest) in entries("place.room") and not _is_list(bare))  # a virtual room is none
    if not rest or alone:
        return Located(line=said)
    kind = _kind(rest) or ("address" if _HOUSE.search(bare) else "")
    after = plain(bare).rpartition(said)[2].strip()
    if kind == "room" and after in entries("place.room") and not _is_list(bare):
        return Located(line=said)  # "our Zoom room"
    if kind in ("venue", "address", "office") and (said == "a telephone number" or said in _TELEPHONE):
        return Located(bare, kind)  # whose number it is
    if kind == "room" and re.search(r"\d{4}", rest) and not find("place.room", rest):
        kind = ""  # the number of a meeting
    several = len(rest.split()) > 1
    added = _PLUS.search(bare) or f"& {said}" in plain(bare) or find("place.streamed", bare)
    other = _OR.search(bare) and rest[:1].isupper()
    either = bool(find("place.hybrid", bare) or other or (several and added))
    if not either and (kind == "private" or (kind == "usual" and not _is_list(bare))):
        return Located(line=said)  # from home, that is; or the usual line
    if kind not in ("", "named"):
        return Located(bare, kind, said)
    return Located(bare, "named", said) if either else Located(line=said)


def _is_list(text: str) -> bool:
    """Whether a place field has several things, as “Auditorium and live stream”, and not one, as “Zoom room”."""
    return bool(_AND.search(text) or _OR.search(text))


def _is_address(text: str) -> bool:
    return bool(_POSTCODE.search(text) or find("place.street", text))


def _kind(text: str) -> Kind:
    if find("place.usual", text):
        return "usual"
    if find("place.private", text) and plain(text) in entries("place.private"):
        return "private"
    numbered = bool(_NUMBERED.search(text))
    if _CJK_ADDRESS.search(text) and not _CJK_TOWN.search(text) and find("place.room", text):
        return "room"
    if _POSTCODE.search(text) or (numbered and find("place.street", text)) or _CJK_ADDRESS.search(text):
        return "address"
    code = ROOM_NUMBER.match(text)
    if code and code.end() < len(text) and re.search(r"[.-]\d", code[0]) and "," not in text:
        return "room"  # M-3.14 Lakeside
    room = find("place.room", text)
    if room and room in entries("place.floor") and find("place.venue", text):
        return "venue"  # a café on the second floor
    for name, kind in (("place.room", "room"), ("place.venue", "venue"), ("place.office", "office")):
        if find(name, text):
            return kind  # type: ignore[return-value]  # each is a Kind
    if find("place.private", text):
        return "private"
    if (_ROOM_CODE.match(text) and len(text) <= 40) or ROOM_NUMBER.fullmatch(text):
        return "room"
    street = find("place.street", text) or _HOUSE.search(text)
    return "address" if street or ("," in text and town(text)) else ""
