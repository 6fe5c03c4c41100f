"""Say whether an invitation's words mean one room, a line between two, both, or neither."""

import functools
import re
from typing import Literal, NamedTuple

from pipelines.rules import links, place_fields, place_phrases
from pipelines.rules.place_fields import Kind, Located
from pipelines.rules.place_words import without
from pipelines.rules.vocabulary import entries, find, mentions, plain

Mode = Literal["in_person", "online", "hybrid", "unclear"]

MOST_TEXT = 3_000  # characters of a description that are looked at: what matters stands first
_FIRST = 300  # of these the ones that tell what kind of gathering it is
_DASH = re.compile(r"\s[–—-]\s|,\s")
_SHORT = 4  # words
_AT = re.compile(r"(?:^|\s)@\s?(\S.*)$|\b(?:at|chez|beim|bei|bij|presso)\s+((?-i:[^\W\d_a-z])\S.*)$", re.IGNORECASE)
_TELLING = (
    "place.virtual",
    "place.in_person",
    "place.hybrid",
    "place.streamed",
    "place.no_line",
    "place.only_line",
    "place.held_in",
    "place.gathers",
    "place.form",
    "place.webinar",
    "place.conference",
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


@functools.lru_cache(maxsize=65536)
def read(title: str, location: str, description: str, addresses: tuple[str, ...]) -> Place:
    """Read an invitation; `addresses` are the links that have a property of their own. Cached over what repeats."""
    if find("title.remote", title) and find("title.no_remote", title):
        title = without("title.no_remote", title)  # “Zoom in on sales”, “call for papers”
    located = place_fields.located(location)
    if not located.text and not located.line:
        located = _in_title(title, located)
    if not located.text and not located.line:
        located = _labelled(description[:MOST_TEXT], located)
    told = links.without_links(description[:MOST_TEXT])
    some = any(text and mentions(_TELLING, text) for text in (title, location, told))  # most invitations have none
    if some and find("place.no_line", f"{title}\n{told}"):
        title, told = without("place.no_line", title), without("place.no_line", told)
    words = f"{title}\n{location}\n{told}"
    spoken = f"{title}\n{told}"
    link = links.conference((*addresses, description)) if addresses or description else ""
    if located.text and not some and link in ("youtube.com", "youtu.be"):
        link = ""  # nothing says that it is shown while it happens
    if located.kind == "named" and link and _is_providers(located.text, link):
        located = Located(line=located.text)
    virtual = (find("place.virtual", spoken) or place_phrases.way(spoken)) if some else ""
    remote = find("title.remote", title) or ("a telephone number" if links.phone(title) else "")
    moved = find("place.only_line", spoken) if some and (located.text or not virtual) else ""
    on_line = virtual or moved or remote or link or located.line or located.kind == "room"
    hybrid = find("place.hybrid", words) if some and on_line else ""
    dial_in = place_phrases.dial_in(told) if located.text or not virtual else ""
    if located.text:
        if not hybrid and (some or remote or find("place.online", title)):
            located = _moved(title, told, located, moved, some=some)
        located = located if located.line else located._replace(line=dial_in)
        if virtual and located.text and not hybrid and not link:
            hybrid = place_phrases.may_join(told)
    elif some and not virtual and not moved:
        virtual = place_phrases.form(told[:_FIRST])
    gathered = place_phrases.gathers_at(told) if some and not located.text else ""
    ground = "" if located.text else gathered or _on_ground(told, some=some)
    if ground and virtual in entries("place.form") and not remote and not place_phrases.form(told[:_FIRST]):
        virtual = ""  # a thing that one finds or does “online”
    on_site = ground or ("" if located.text else _on_site(spoken, some=some))
    if not (located.text or located.line or link or virtual or moved or dial_in or on_site):
        on_site = place_phrases.stands_at(told)
    streamed = find("place.streamed", words) if some and (located.text or on_site) else ""
    if gathered and not located.line and not hybrid:
        hybrid = place_phrases.gathers_at(told, named=True) if link or streamed else ""
    return Place(
        *located,
        link=link,
        together=find("title.together", title),
        remote=remote,
        virtual=virtual or moved or dial_in,
        on_site=on_site,
        hybrid=hybrid,
        streamed=streamed,
    )


def _on_site(spoken: str, *, some: bool) -> str:
    """The words that say that people come; “not in person” is none of them."""
    said = find("place.in_person", spoken) if some else ""
    return find("place.in_person", without("place.only_line", spoken)) if said else ""


def _on_ground(told: str, *, some: bool) -> str:
    return (place_phrases.held_in(told) if some else "") or place_phrases.address_in(told)


def _moved(title: str, told: str, located: Located, moved: str, *, some: bool) -> Located:
    """The place, unless title or text say that all is on a line: then it had been the place, or is its organizers'."""
    apart = place_phrases.set_apart(title)
    if some and not apart and not moved and located.kind != "room":
        moved = place_phrases.titled(title) or place_phrases.form(told[:_FIRST]) or place_phrases.happens_on(told)
    if not (apart or moved) or _on_site(f"{title}\n{told}", some=some):
        return located
    if apart:
        only = apart in entries("place.online") or find("place.only_line", apart)
        both = located.kind == "room" and not only  # “Weekly (Zoom)”, in a room
        return located._replace(line=apart) if both else Located(line=apart)
    here = place_phrases.gathers_at(told, named=True) or _on_ground(told, some=some)
    return located if here else Located(line=moved)


def _is_providers(text: str, host: str) -> bool:
    """Whether a place is but the name of the provider that the link leads to: "Gather", and app.gather.town."""
    letters = re.sub(r"[\W_]", "", plain(text))
    return len(letters) >= 4 and letters in links.provider(host).replace("-", "")


def _in_title(title: str, located: Located) -> Located:
    found = _AT.search(links.without_links(title))
    if not found:
        last = _DASH.split(title)[-1].strip()
        if last != title.strip() and len(last.split()) <= _SHORT and find("place.venue", last):
            said = place_fields.located(last)  # “Lunch Ann – Café Nero”
            return said if said.text else located
        return located
    said = place_fields.located((found[1] or found[2]).strip())
    return said if said.text or said.line else located


def _labelled(description: str, located: Located) -> Located:
    said = (place_fields.located(text) for text in place_phrases.labelled(description))
    return next((one for one in said if one.text or one.line), located)


def mode(place: Place) -> Mode:
    """What the invitation as a whole says."""
    line = bool(place.line or place.link)
    if place.text:
        beside = line or place.streamed or (place.hybrid and (place.virtual or place.remote or place.kind == "room"))
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
