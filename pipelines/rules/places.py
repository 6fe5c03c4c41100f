"""Say whether an invitation's words mean one room, a line between two, both, or neither."""

import functools
import re
from typing import Literal, NamedTuple

from pipelines.rules import links, place_phrases
from pipelines.rules.vocabulary import entries, find, mentions, pattern, plain, providers

Mode = Literal["in_person", "online", "hybrid", "unclear"]
Kind = Literal["address", "venue", "room", "office", "private", "usual", "named", "map", ""]

MOST_TEXT = 3_000  # characters of a description that are looked at: what matters stands first
_NAMES_A_PLACE = ("place.street", "place.venue", "place.room", "place.office", "place.private", "place.usual")
_AT = re.compile(r"(?:^|\s)@\s?(\S.*)$|\b(?:at|chez|beim|bei|bij|presso)\s+((?-i:[^\W\d_a-z])\S.*)$", re.IGNORECASE)
_POSTCODE = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]{2} \d{5}(?:-\d{4})?\b|\b(?:[A-Z]{1,2}-)?\d{4,6},? [A-ZÀ-Ž][\w'’-]+"
    r"|\b\d{4} ?[A-Z]{2}\b|\b\d{2}-\d{3}\b|〒?\d{3}-\d{4}|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b|\b\d{5}-\d{3}\b"
)
_ROOM_CODE = re.compile(r"^(?=.*\d)(?=.*[A-Za-z])[A-Z][\w.]*(?:[-/ ][\w().\[\]]+){1,5}$")
_NUMBERED = re.compile(r"\d+\s?[A-Za-z]?\b|\d")
_HOUSE = re.compile(
    r"\b[A-ZÀ-Ž][\w'’-]{4,} \d{1,3}\s?[A-Za-z]?(?:/\d+)?[,;] ?[A-ZÀ-Ž][^\W\d]{2,}"
)  # Gołębia 24, Kraków
_CJK_ADDRESS = re.compile("[都道府県省市区區县縣路街丁目号號楼樓层層室階].*\\d|\\d.*[丁目番号號楼樓层層室階弄]")
_CJK_TOWN = re.compile("[都道府県省市区區县縣路街町]|丁目")
_CHANNEL = re.compile(r"(?:^|[\s(,])(#[^\W\d_][\w-]{2,}(?::[\w.-]+)?)")  # of a chat; numbers of houses have digits
_JOINING = ("place.online", "title.remote", "place.phone", "place.filler", "place.undecided")
_TELLING = (
    "place.virtual",
    "place.in_person",
    "place.hybrid",
    "place.streamed",
    "place.no_line",
    "place.only_line",
    "place.held_in",
)
_BRACKETED = re.compile(r"\s*\([^)]*\)?\s*")
_NAME = re.compile(r"(?:\s[A-ZÀ-Ž][^\W\d_]+){0,4}")
_BETWEEN = re.compile(r"[/,;|&]")
_PLUS = re.compile(r"[^\W\d_]\s?[+＋]\s?[^\W\d_]")
_CODES = re.compile(
    r"\b(?:id|pin|code|passcode|password|pw|kennwort)\b\W*\w*|[\d\s#*,;:.()\[\]/|+–—_-]+", re.IGNORECASE
)


class Place(NamedTuple):
    """What the words of an invitation say of where.

    `text` is the place on the ground, as written, of this `kind`; both are empty if none is named. `line` is what the
    place field says instead or besides: a conference's host, "a telephone number", a word like "online". `undecided`
    is the word that leaves the place open. `link` is the host of a conference link anywhere else in the invitation.
    `together` and `remote` are such words in the title; `virtual`, `on_site` and `hybrid` such phrases in its text;
    `streamed` says that what happens there is shown elsewhere, too.
    """

    text: str
    kind: Kind
    line: str
    undecided: str
    link: str
    together: str
    remote: str
    virtual: str
    on_site: str
    hybrid: str
    streamed: str = ""


class _Located(NamedTuple):
    text: str = ""
    kind: Kind = ""
    line: str = ""
    undecided: str = ""


@functools.lru_cache(maxsize=65536)
def read(title: str, location: str, description: str, addresses: tuple[str, ...]) -> Place:
    """Read an invitation; `addresses` are the links that have a property of their own. Cached over what repeats."""
    located = _located(location)
    if not located.text and not located.line:
        located = _in_title(title, located)
    if not located.text and not located.line:
        located = _labelled(description[:MOST_TEXT], located)
    told = links.without_links(description[:MOST_TEXT])
    some = mentions(_TELLING, f"{title}\n{location}\n{told}")  # most invitations have none: one search tells
    if some and find("place.no_line", told):
        told = _without("place.no_line", told)
    words = f"{title}\n{location}\n{told}"
    spoken = f"{title}\n{told}"
    link = links.conference((*addresses, description))
    if located.text and not some and link in ("youtube.com", "youtu.be"):
        link = ""  # nothing says that it is shown while it happens
    if located.kind == "named" and link and _is_providers(located.text, link):
        located = _Located(line=located.text)
    virtual = find("place.virtual", spoken) if some else ""
    on_site = (find("place.in_person", spoken) if some else "") or place_phrases.address_in(told)
    on_site = on_site or (place_phrases.held_in(told) if some else "")
    hybrid = find("place.hybrid", words) if some else ""
    moved = find("place.only_line", spoken) if some else ""
    moved = moved or (place_phrases.set_apart(title) if located.kind == "named" else "")
    if moved and located.text and not on_site and not hybrid:
        located = _Located(line=moved)  # what had been its place, or its organizers'
    return Place(
        *located,
        link=link,
        together=find("title.together", title),
        remote=find("title.remote", title) or ("a telephone number" if links.phone(title) else ""),
        virtual=virtual or place_phrases.dial_in(told),
        on_site=on_site,
        hybrid=hybrid,
        streamed=find("place.streamed", words) if some and located.text else "",
    )


def _is_providers(text: str, host: str) -> bool:
    """Whether a place is but the name of the provider that the link leads to: "Gather", and app.gather.town."""
    letters = re.sub(r"[\W_]", "", plain(text))
    return len(letters) >= 4 and letters in links.provider(host).replace("-", "")


def _in_title(title: str, located: _Located) -> _Located:
    found = _AT.search(links.without_links(title))
    if not found:
        return located
    said = _located((found[1] or found[2]).strip())
    return said if said.text or said.line else located


def _labelled(description: str, located: _Located) -> _Located:
    said = (_located(text) for text in place_phrases.labelled(description))
    return next((one for one in said if one.text or one.line), located)


@functools.lru_cache(maxsize=65536)
def _located(location: str) -> _Located:
    """What a place field says."""
    bare = " ".join(links.without_links(location).split()).strip(" ,;:|/-–—()<>")
    found = links.links_in(location, alone="/" in location and not _substance(bare))
    conference = next((one.name for one in found if one.leads == "conference"), "")
    mapped = any(one.leads == "map" for one in found)
    if plain(bare).rstrip(" .!") in entries("place.undecided") or bare.endswith("?"):
        return _Located(line=conference, undecided="" if conference else bare)
    number = links.phone(bare)
    rest = bare.replace(number, " ") if number else bare
    said = conference
    if not said and mentions(_JOINING, rest):
        said = find("place.online", rest) or find("title.remote", rest) or find("place.phone", rest)
    whole = plain(_BRACKETED.sub("", bare))
    if whole in providers("alone"):
        return _Located(line=said or whole)
    said = said or (channel[1] if (channel := _CHANNEL.search(bare)) else "")
    said = said or next((plain(part) for part in re.split("[/+|]", bare) if plain(part) in providers("alone")), "")
    digits = sum(letter.isdigit() for letter in number)
    dialled = number.startswith(("+", "00")) or "," in number or digits >= 10  # and no postal code
    if said and not conference and _is_address(bare) and _in_a_name(bare, said):
        return _Located(bare, "address")
    said = said or ("a telephone number" if number and not _is_address(rest if dialled else bare) else "")
    if said:
        return _beside(bare, _substance(rest), said)
    kind = _kind(bare)
    if kind != "room" and not _substance(bare):
        return _Located(kind="map", text="the place on the map") if mapped else _Located(undecided=bare)
    return _Located(bare, kind or "named")


def _in_a_name(text: str, word: str) -> bool:
    """Whether a word for a line only begins a longer name: “Zoom Close”, “Webex Tower”."""
    after = re.split(rf"(?<!\w){re.escape(word)}(?!\w)", text, maxsplit=1, flags=re.IGNORECASE)[1:]
    for name in _NAME.match(after[0] if after else "")[0].split():  # type: ignore[index]  # it also matches nothing
        if plain(name) in entries("place.filler") or plain(name) in entries("place.room"):
            return False
        if not find("title.remote", name):
            return True
    return False


def _beside(bare: str, rest: str, said: str) -> _Located:
    """A place field that says how to join, and perhaps a place on the ground, too: `rest`, if anything is left of it."""
    alone = len(bare.split()) == 2 and plain(rest) in entries("place.office")  # "Zoom studio"
    alone = alone or (plain(rest) in entries("place.room") and not _BETWEEN.search(bare))  # a virtual room is none
    if not rest or alone:
        return _Located(line=said)
    kind = _kind(rest) or ("address" if _HOUSE.search(bare) else "")
    if kind == "room" and re.search(r"\d{4}", rest) and not find("place.room", rest):
        kind = ""  # the number of a meeting
    several = len(rest.split()) > 1
    added = _PLUS.search(bare) or f"& {said}" in plain(bare) or find("place.streamed", bare)
    either = bool(find("place.hybrid", bare) or (several and added))
    if not either and (kind == "private" or (kind == "usual" and not _BETWEEN.search(bare))):
        return _Located(line=said)  # from home, that is; or the usual line
    if kind not in ("", "named"):
        return _Located(bare, kind, said)
    return _Located(bare, "named", said) if either else _Located(line=said)


def _is_address(text: str) -> bool:
    return bool(_POSTCODE.search(text) or find("place.street", text))


def _substance(text: str) -> str:
    """What is left of a place field without the words that only say how to join."""
    rest = text
    if mentions(_JOINING, text):
        for name in _JOINING:
            rest = _without(name, rest)
    rest = rest.strip(" ,;:|/+＋–—-()")
    return rest if len(re.sub(r"[\W\d_]", "", _CODES.sub("", rest))) >= 2 else ""


def _without(name: str, text: str) -> str:
    """The text without the words of a list; its capitals stay, for they tell the number of a room."""
    spelled = plain(text)
    if len(spelled) != len(text):
        return pattern(name).sub(" ", spelled).strip()
    for found in reversed(list(pattern(name).finditer(spelled))):
        if text[found.end() :].startswith(("室", "厅", "廳")):
            continue  # 会議 is a meeting, 会議室 a room
        text = f"{text[: found.start()]} {text[found.end() :]}"
    return " ".join(text.split())


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
    for name, kind in (("place.room", "room"), ("place.venue", "venue"), ("place.office", "office")):
        if find(name, text):
            return kind  # type: ignore[return-value]  # each is a Kind
    if find("place.private", text):
        return "private"
    if _ROOM_CODE.match(text) and len(text) <= 40:
        return "room"
    return "address" if find("place.street", text) or _HOUSE.search(text) else ""


def mode(place: Place) -> Mode:
    """What the invitation as a whole says."""
    line = bool(place.line or place.link)
    if place.text:
        beside = line or place.streamed or (place.hybrid and (place.virtual or place.kind == "room"))
        return "hybrid" if beside else "in_person"
    if line or place.remote:
        return "hybrid" if place.hybrid and not place.line else "online"
    if place.hybrid and place.virtual:
        return "hybrid"
    if place.on_site and not place.virtual:
        return "in_person"
    if place.virtual:
        return "online"
    return "in_person" if place.together else "unclear"
