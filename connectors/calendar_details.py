"""Read what an entry says of itself apart from its times and guests: words, status, links, and what kind it is."""

import re
from html import unescape
from typing import NamedTuple

from connectors.calendar_definitions import Zones
from connectors.calendar_lines import Entry, Property, first, parameters_of, text, texts
from connectors.calendar_people import attendees, organizer
from connectors.calendar_values import Unreadable, moment
from connectors.records import Attendee, Micros

MAX_TEXT = 8_000  # characters of a description
_EARLIEST = 315_532_800_000_000  # 1980, in microseconds: what is older is some program's way to say nothing

_HREF = re.compile(r"<a\b[^<>]{0,500}?\bhref\s{0,3}=\s{0,3}[\"']?([^\"'\s<>]+)[^<>]{0,500}>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/li|/h\d)\b[^<>]{0,300}>", re.IGNORECASE)
_UNSEEN = re.compile(r"<(style|script|head)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<(?!https?://)[^<>]{0,1000}>")  # Outlook writes links in plain text as “Join<https://…>”
_URL = re.compile(r"(?:https?|tel|sip|sips|msteams|zoommtg|facetime|xmpp):\S+", re.IGNORECASE)
_CONFERENCES = (
    "X-GOOGLE-CONFERENCE",
    "X-GOOGLE-HANGOUT",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGCONFLINK",
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
    "X-MICROSOFT-ONLINEMEETINGINFORMATION",
    "X-MICROSOFT-LYNC-ONLINEMEETINGCONFLINK",
    "X-MICROSOFT-LYNC-ONLINEMEETINGEXTERNALLINK",
    "X-ZOOM-JOIN-URL",
    "X-ONLINE-MEETING-URL",
    "X-CONFERENCE-URL",
    "CONFERENCE",
    "URL",
)
_KINDS = {
    "outofoffice": "out_of_office",
    "workinglocation": "working_location",
    "workingelsewhere": "working_location",
    "focustime": "focus_time",
    "birthday": "birthday",
    "oof": "out_of_office",
}
_BIRTHDAY = re.compile(
    r"\b(?:birthdays?|b-?day|geburtstage?n?|anniversaires?|cumplea[ñn]os|compleann[oi]|anivers[áa]rios?"
    r"|(?:ge)?boortedag|verjaardag(?:en)?|f[öo]delsedag(?:ar)?|f[øo]dselsdage?r?|syntym[äa]p[äa]iv[äa]t?|urodziny"
    r"|narozeniny)\b|дн[ия] рождения|день рождения|生日|誕生日|생일",
    re.IGNORECASE,
)


class Details(NamedTuple):
    """The fields of an Event that all occurrences of one entry share; see records.Event."""

    title: str
    description: str
    location: str
    status: str
    transparent: bool
    private: bool
    organizer: str
    organizer_name: str
    attendees: tuple[Attendee, ...]
    links: tuple[str, ...]
    categories: tuple[str, ...]
    kind: str
    created_at: Micros | None
    modified_at: Micros | None
    note: str


def details(entry: Entry, zones: Zones, *, calendar: str, all_day: bool, mailed: bool) -> Details:
    """Read an entry. `mailed` entries take their time of change from DTSTAMP, which exports set to their own time."""
    busy = first(entry, "X-MICROSOFT-CDO-BUSYSTATUS").strip().upper()
    title = " ".join(text(first(entry, "SUMMARY")[:4_000]).split())
    categories = tuple(dict.fromkeys(part for line in entry.get("CATEGORIES", ()) for part in texts(line.value)))
    guests = attendees(entry.get("ATTENDEE", []))
    host, host_name = organizer(entry.get("ORGANIZER", []))
    created = _stamp(entry, "CREATED", zones)
    modified = _stamp(entry, "LAST-MODIFIED", zones)
    if mailed:
        stamped = _stamp(entry, "DTSTAMP", zones)
        created, modified = created or stamped, modified or stamped
    status = first(entry, "STATUS").strip().lower().replace("canceled", "cancelled")
    status = status or busy.lower()  # Outlook's exports have no STATUS, and show as tentative what one has not accepted
    return Details(
        title,
        _description(entry),
        _location(entry),
        status if status in ("tentative", "cancelled") else "confirmed",
        first(entry, "TRANSP").strip().upper() == "TRANSPARENT" or busy == "FREE",
        first(entry, "CLASS").strip().upper() in ("PRIVATE", "CONFIDENTIAL"),
        host,
        host_name,
        guests,
        _links(entry),
        categories,
        _kind(entry, busy, len(guests), (calendar, title, *categories) if all_day else ()),
        created,
        modified,
        _note(entry, zones),
    )


def _stamp(entry: Entry, name: str, zones: Zones) -> Micros | None:
    value = first(entry, name)
    if not value:
        return None
    try:
        instant = moment(value, zones.utc, zones).instant
    except Unreadable:
        return None
    return instant if instant >= _EARLIEST else None


def _description(entry: Entry) -> str:
    told = text(first(entry, "DESCRIPTION")[: 2 * MAX_TEXT])
    if not told:
        told = plain(text((first(entry, "X-ALT-DESC") or first(entry, "STYLED-DESCRIPTION"))[: 4 * MAX_TEXT]))
    return told[:MAX_TEXT]


def plain(html: str) -> str:
    """The words of an HTML description, the addresses of its links kept."""
    if "<" not in html:
        return unescape(html)
    html = _BREAK.sub("\n", _HREF.sub(r" \1 ", _UNSEEN.sub(" ", html)))
    lines = (" ".join(line.split()) for line in unescape(_TAG.sub("", html)).split("\n"))
    return "\n".join(line for line in lines if line)


def _location(entry: Entry) -> str:
    told = text(first(entry, "LOCATION")[:8_000])
    if told or "X-APPLE-STRUCTURED-LOCATION" not in entry:
        return told
    parameters = parameters_of(entry["X-APPLE-STRUCTURED-LOCATION"][0].parameters)
    parts = (parameters.get("X-TITLE", ""), parameters.get("X-ADDRESS", ""))
    return text("\\n".join(dict.fromkeys(part for part in parts if part)))


def _links(entry: Entry) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in _CONFERENCES:
        for line in entry.get(name, ()):
            for link in _URL.findall(text(line.value[:4_000])):
                found[link.rstrip(">)\"'")] = None
    return tuple(found)


def _kind(entry: Entry, busy: str, guests: int, words: tuple[str, ...]) -> str:
    for name in entry:
        if name.startswith("X-"):
            if name.endswith(("EVENTTYPE", "EVENT-TYPE")):
                told = re.sub(r"[^a-z]", "", first(entry, name).lower())
                if told in _KINDS:
                    return _KINDS[told]
            elif "BIRTHDAY" in name or "ANNIVERSARY" in name:
                return "birthday"
    return kind_of(busy, guests, words)


def kind_of(busy: str, guests: int, words: tuple[str, ...]) -> str:
    """What kind an entry is by Outlook's busy status (in upper case), and by the words that name a whole day."""
    if busy in ("OOF", "WORKINGELSEWHERE") and guests < 2:  # with guests it is a meeting out of the office
        return _KINDS[busy.lower()]
    return "birthday" if guests < 2 and is_birthday(words) else "default"


def is_birthday(words: tuple[str, ...]) -> bool:
    """Whether a title, category or calendar's name speaks of a birthday."""
    return any(_BIRTHDAY.search(word) for word in words)


def _note(entry: Entry, zones: Zones) -> str:
    """What else speaks of a real place, or against the entry's time: `geo:…`, `travel:…`, an unknown zone."""
    parts = []
    place = first(entry, "X-APPLE-STRUCTURED-LOCATION") or first(entry, "GEO").replace(";", ",").replace("\\", "")
    if place:
        parts.append(place.strip() if place.lower().startswith("geo:") else f"geo:{place.strip()}")
    if travel := _travel(entry.get("X-APPLE-TRAVEL-DURATION", [])):
        parts.append(f"travel:{travel}")
    if zones.unknown and "DTSTART" in entry:
        tzid = parameters_of(entry["DTSTART"][0].parameters).get("TZID", "")
        if tzid in zones.unknown:
            parts.append(f"unknown time zone {tzid[:60]}")
    return "; ".join(parts)[:300]


def _travel(lines: list[Property]) -> str:
    return lines[0].value.strip()[:20] if lines else ""
