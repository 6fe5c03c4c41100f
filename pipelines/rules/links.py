"""Tell what a web address or a number in an invitation leads to: a conference, a map, a telephone, or neither."""

import functools
import re
from typing import Literal, NamedTuple

from pipelines.rules.vocabulary import providers

Leads = Literal["conference", "map", "neutral", "elsewhere"]

URL = re.compile(r"(?:https?://|\bwww\.|\b(?:msteams|zoommtg|facetime|sip|sips):)[^\s<>\"'）」]+", re.IGNORECASE)
_BARE_HOST = re.compile(
    r"(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|us|org|net|io|co|me|de|fr|eu|app|gov|cn|jp|tv|ai|dev|gg|live|chat|uk|ca|es|it|nl|pl|pt|br|ch|at|be|edu|info)/[^\s<>\"']+",
    re.IGNORECASE,
)
# A firm's or school's own server goes by what it does: meet.example.org, bbb.example.edu.
_OWN_SERVER = re.compile(
    r"^https?://(?:[\w-]+\.)?(?:meet|meetpad|jitsi|bbb\w*|webconf|visio\w*|conf|conference|konferen[sz]\w*|video|videoconf\w*|videokonf\w*|stream|vc|webinars?|meetings?|zoom|talk|scalelite|greenlight)\d*\.[\w.-]+\.\w",
    re.IGNORECASE,
)
_PATH = re.compile(
    r"/(?:webinars?|meetup-join|bbb|b/[a-z0-9]{3}-|videocall|video-call|wc/join|j/\d{6})(?:[/?#-]|$)", re.IGNORECASE
)
_JOIN = re.compile(
    r"/(?:join|meet|meeting|call|room|rooms|live|stream|studio|webinar\w*)(?:[/?#-]|$)|webinar|virtual|online",
    re.IGNORECASE,
)
# At least seven digits with usual separators, and perhaps an access code; alone in its text but for a few words.
PHONE = re.compile(
    r"(?<![\w/.-])(?:\+|00)?\(?\d[\d\s().\u2011/-]{5,18}\d(?:\s?(?:,+|x|ext\.?|;)\s?\d{1,12}#?)*#?(?![\w/-])"
)

# A talk's recording is no line; and conference.example.org/2014 is the site of a conference that people went to.
_NO_LINE = re.compile(
    r"zoom\.us/(?:rec|download|test)\b|/recordings?/|^https?://(?:video|stream)\.[\w.-]+/?$"
    r"|^https?://(?:conf|conference|konferen[sz]\w*)\.[\w.-]+(?:/?$|/[\w-]*(?:19|20)\d\d\b|/(?:schedule|program|tickets?|speakers|register|venue|cfp))"
)


class Link(NamedTuple):
    """One address found in a text, and what it leads to; `name` is its host."""

    leads: Leads
    name: str


@functools.cache
def _hosts(name: str) -> "re.Pattern[str]":
    whole = sorted((re.escape(host) for host in providers(name) if not host.startswith("/")), key=len, reverse=True)
    return re.compile(rf"(?:^|[/.@:])({'|'.join(whole)})(?=[/:?#.]|$)")


@functools.lru_cache(maxsize=65536)
def link(url: str, alone: bool) -> Link:
    """What an address leads to. `alone`: it is the whole place of an event, so that a path like /join says enough."""
    lower = url.lower().rstrip(".,;)]")
    where = lower.split("?", 1)[0]
    host = re.sub(r"^\w+://", "", where).split("/", 1)[0].removeprefix("www.")
    if _NO_LINE.search(where):
        return Link("elsewhere", host)
    if _hosts("maps").search(where):
        return Link("map", host)
    if _hosts("hosts").search(where) or lower.startswith(("msteams:", "zoommtg:", "facetime:", "sip")):
        return Link("conference", host)
    if _hosts("neutral").search(where):
        return Link("neutral", host)
    if _OWN_SERVER.search(where) or _PATH.search(where) or (alone and _JOIN.search(where)):
        return Link("conference", host)
    return Link("elsewhere", host)


def links_in(text: str, *, alone: bool = False) -> list[Link]:
    """All addresses in a text."""
    return [link(url, alone) for url in _parted(text)[0]]


def conference(texts: tuple[str, ...]) -> str:
    """The host of the first conference link in these texts; empty if there is none."""
    return next((one.name for text in texts for one in links_in(text) if one.leads == "conference"), "")


@functools.lru_cache(maxsize=65536)
def provider(host: str) -> str:
    """The domain of a host that is a known conference provider's ("gather.town" of app.gather.town); empty for any other."""
    return ".".join(host.split(".")[-2:]) if _hosts("hosts").search(host) else ""


def without_links(text: str) -> str:
    """The text with its addresses taken out."""
    return _parted(text)[1]


@functools.lru_cache(maxsize=1024)
def _parted(text: str) -> tuple[tuple[str, ...], str]:
    """The addresses in a text, and the text without them; kept, for one invitation is asked for both."""
    if "/" not in text and ":" not in text and "www." not in text.lower():
        return (), text
    found = URL.findall(text)
    rest = URL.sub(" ", text) if found else text
    hosts = _BARE_HOST.findall(rest) if "/" in rest else []
    return (*found, *hosts), _BARE_HOST.sub(" ", rest) if hosts else rest


def phone(text: str) -> str:
    """The telephone number in a text; empty if there is none."""
    for found in PHONE.finditer(text):
        digits = sum(letter.isdigit() for letter in found[0].split(",")[0])
        if 7 <= digits <= 15 and not re.fullmatch(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}", found[0].strip()):
            return found[0].strip()
    return ""
