"""Find a user's collections on a WebDAV server from whatever address the user knows (RFC 6764, RFC 5397)."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from connectors.dav_client import Dav, Refused
from connectors.dav_memory import Home
from connectors.dav_xml import CALDAV, DAV, SERVER, Told, path_of
from connectors.errors import HostSilent, ServerFault, SourceError, SourceMissing
from connectors.web import SentOn
from connectors.web_faults import there

_LISTED = (
    f"{DAV}resourcetype",
    f"{DAV}displayname",
    f"{DAV}supported-report-set",
    f"{CALDAV}supported-calendar-component-set",
)
_TOKENS = (f"{DAV}sync-token", f"{SERVER}getctag")


class Flavour(NamedTuple):
    """What tells calendars from address books: the element that marks a collection, the property that names their home,
    the report and the property for bodies, the well-known address, and words for messages."""

    mark: str
    home: str
    report: str
    data: str
    well_known: str
    one: str
    many: str


class Collection(NamedTuple):
    """One calendar or address book. `path` is its address without escapes; `token` and `ctag` change with its content,
    and are empty where the server has none; `syncs` says that it may answer sync-collection."""

    url: str
    path: str
    name: str
    token: str
    ctag: str
    syncs: bool


def find_homes(dav: Dav, url: str, flavour: Flavour) -> list[Home]:
    """Where the user's collections lie. Raises SourceError."""
    refusal: Refused | None = None
    elsewhere: SourceError | None = None
    for start in dict.fromkeys((url, urljoin(url, f"/.well-known/{flavour.well_known}"), urljoin(url, "/"))):
        try:
            if found := _from(dav, start, flavour):
                return found
        except Refused as error:
            if start == url and urlsplit(url).path != "/" and error.status in (403, 404, 410):
                raise dav.explained(error, f"the {flavour.many}") from error  # the user meant this path, and no other
            refusal = refusal or error
        except (
            SentOn,
            ServerFault,
            HostSilent,
        ) as error:  # a guess may fail in any way, the user's own address may not
            if start == url and not isinstance(error, ServerFault):
                raise
            elsewhere = elsewhere or error
    if elsewhere is not None:
        raise elsewhere
    if refusal is not None and refusal.status == 403:
        raise dav.explained(refusal, f"the {flavour.many}")
    raise SourceMissing(
        f"The server {there(url)} shows no {flavour.many} at this address; check `url` in settings.toml."
    )


def list_collections(dav: Dav, homes: Sequence[Home], flavour: Flavour, *, with_tokens: bool) -> list[Collection]:
    """All collections in these places, as they stand now. Raises Refused, SourceError."""
    found: dict[str, Collection] = {}
    for home in homes:
        answered, url = dav.propfind(home.url, home.depth, _LISTED + (_TOKENS if with_tokens else ()))
        for told in answered.resources:
            if _is_one(told, flavour):
                path = path_of(told.href, url).rstrip("/") + "/"
                found[path] = _collection(told, dav.at(url, told.href), path)
    return list(found.values())


def choose(
    collections: Sequence[Collection], include: Sequence[str], exclude: Sequence[str], where: str, flavour: Flavour
) -> list[Collection]:
    """Those whose name, or the end of whose path, fits the patterns, in any case. Raises SourceMissing for none."""
    chosen = [one for one in collections if (_fits(one, include) or not include) and not _fits(one, exclude)]
    if chosen:
        return chosen
    if not collections:
        raise SourceMissing(f"The server {there(where)} shows no {flavour.many} of this user; check `user` and `url`.")
    names = ", ".join(sorted(one.name for one in collections)[:20])
    raise SourceMissing(f"No {flavour.one} is left to read: there are {names}; correct `include` and `exclude`.")


def _from(dav: Dav, start: str, flavour: Flavour) -> list[Home]:
    """The homes that an address leads to; none if it leads to nothing. Raises Refused, SourceError."""
    asked = (f"{DAV}resourcetype", f"{DAV}current-user-principal", f"{DAV}principal-URL", flavour.home)
    answered, url = dav.propfind(start, 0, asked)
    if not answered.resources:
        return []
    told = answered.resources[0]
    if _is_one(told, flavour):
        return [Home(url, 0)]
    if homes := _hrefs(dav, told, url, flavour.home):
        return homes
    for name in (f"{DAV}current-user-principal", f"{DAV}principal-URL"):
        for principal in _hrefs(dav, told, url, name):
            of_user, at = dav.propfind(principal.url, 0, (flavour.home,))
            for one in of_user.resources:
                if homes := _hrefs(dav, one, at, flavour.home):
                    return homes
            if any(_is_one(one, flavour) for one in dav.propfind(principal.url, 1, _LISTED)[0].resources):
                return [principal]
    if urlsplit(url).path not in ("", "/"):
        members, at = dav.propfind(url, 1, _LISTED)
        if any(_is_one(one, flavour) for one in members.resources):
            return [Home(at, 1)]
    return []


def _hrefs(dav: Dav, told: Told, base: str, name: str) -> list[Home]:
    found = told.properties.get(name)
    hrefs = [] if found is None else [(href.text or "").strip() for href in found.iterfind(f"{DAV}href")]
    return [Home(dav.at(base, href), 1) for href in hrefs if href]


def _is_one(told: Told, flavour: Flavour) -> bool:
    """Whether it is a collection of this flavour, and for calendars one of events: not of tasks alone, nor another's that
    is only subscribed to."""
    kind = told.properties.get(f"{DAV}resourcetype")
    if kind is None or kind.find(flavour.mark) is None or kind.find(f"{SERVER}subscribed") is not None:
        return False
    holds = told.properties.get(f"{CALDAV}supported-calendar-component-set")
    names = [] if holds is None else [(one.get("name") or "").upper() for one in holds]
    return flavour.mark != f"{CALDAV}calendar" or not names or "VEVENT" in names


def _collection(told: Told, url: str, path: str) -> Collection:
    token, ctag = told.text(f"{DAV}sync-token").strip(), told.text(f"{SERVER}getctag").strip()
    reports = told.properties.get(f"{DAV}supported-report-set")
    syncs = bool(token) or reports is None or next(reports.iter(f"{DAV}sync-collection"), None) is not None
    name = " ".join(told.text(f"{DAV}displayname").split())
    return Collection(url, path, name[:200] or path.rstrip("/").rpartition("/")[2], token, ctag, syncs)


def _fits(one: Collection, patterns: Sequence[str]) -> bool:
    names = (one.name.casefold(), one.path.rstrip("/").rpartition("/")[2].casefold())
    return any(fnmatchcase(name, pattern.casefold()) for pattern in patterns for name in names)
