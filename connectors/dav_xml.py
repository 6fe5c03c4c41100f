"""Write WebDAV's questions, and read its answers (RFC 4918, RFC 6578)."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

DAV = "{DAV:}"
CALDAV = "{urn:ietf:params:xml:ns:caldav}"
CARDDAV = "{urn:ietf:params:xml:ns:carddav}"
SERVER = "{http://calendarserver.org/ns/}"
_SPACES = (
    'xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:A="urn:ietf:params:xml:ns:carddav" '
    'xmlns:S="http://calendarserver.org/ns/"'
)
_PLAIN = re.compile(
    r"/(?:[A-Za-z0-9_~@-][A-Za-z0-9._~@-]*/)*(?:[A-Za-z0-9_~@-][A-Za-z0-9._~@-]*)?"
)  # a path without escapes, as it is
_PREFIXES = {DAV: "", CALDAV: "C:", CARDDAV: "A:", SERVER: "S:"}


class NotXml(ValueError):
    """The answer is no XML, breaks off, or is made to harm whoever reads it."""


class Told(NamedTuple):
    """What an answer says of one resource: `status` of it as a whole (200 where it has none), and its properties by name,
    those that it has."""

    href: str
    status: int
    properties: Mapping[str, Element]

    def text(self, name: str) -> str:
        """The text of a property, empty where it is missing."""
        found = self.properties.get(name)
        return (found.text or "") if found is not None else ""


class Answered(NamedTuple):
    """A multistatus: what it says of each resource, and the sync-token of the whole, if any."""

    resources: list[Told]
    token: str


def propfind(names: Iterable[str]) -> bytes:
    """The question for these properties."""
    return _document(f"<propfind {_SPACES}><prop>{_elements(names)}</prop></propfind>")


def sync_collection(token: str, limit: int | None, data: str | None) -> bytes:
    """The question for what has changed since the token (all, if it is empty), with at most `limit` results; for the bodies
    too, if `data` is the name of their property."""
    most = f"<limit><nresults>{limit}</nresults></limit>" if limit else ""
    asked = _elements((f"{DAV}getetag", data) if data else (f"{DAV}getetag",))
    return _document(
        f"<sync-collection {_SPACES}><sync-token>{escape(token)}</sync-token><sync-level>1</sync-level>{most}"
        f"<prop>{asked}</prop></sync-collection>"
    )


def multiget(report: str, data: str, hrefs: Iterable[str]) -> bytes:
    """The question for the bodies at these addresses: `report` and `data` are the names of the report and the property."""
    asked = "".join(f"<href>{escape(href)}</href>" for href in hrefs)
    name = _name(report)
    return _document(f"<{name} {_SPACES}><prop><getetag/>{_elements([data])}</prop>{asked}</{name}>")


def read(body: bytes) -> Answered:
    """Read a multistatus. Raises NotXml."""
    root = _root(body)
    if root.tag != f"{DAV}multistatus":
        raise NotXml
    resources = []
    for response in root.iterfind(f"{DAV}response"):
        hrefs = [(href.text or "").strip() for href in response.iterfind(f"{DAV}href")]
        status = response.find(f"{DAV}status")
        found: dict[str, Element] = {}
        for propstat in response.iterfind(f"{DAV}propstat"):
            if _status(propstat.find(f"{DAV}status")) < 300:
                found |= {one.tag: one for prop in propstat.iterfind(f"{DAV}prop") for one in prop}
        resources += [Told(href, 200 if status is None else _status(status), found) for href in hrefs]
    return Answered(resources, (root.findtext(f"{DAV}sync-token") or "").strip())


def conditions(body: bytes) -> frozenset[str]:
    """The conditions that an error's body names (RFC 4918 section 16); none where it is no such body."""
    try:
        root = _root(body)
    except NotXml:
        return frozenset()
    return frozenset(one.tag for one in root) if root.tag == f"{DAV}error" else frozenset()


def path_of(href: str, base: str) -> str:
    """The path of an address without its escapes, so that two spellings of one compare. Empty for no address."""
    if _PLAIN.fullmatch(href):
        return href
    try:
        return unquote(urlsplit(urljoin(base, href)).path)
    except ValueError:
        return ""


def _root(body: bytes) -> Element:
    try:
        root: Element = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise NotXml from error
    return root


def _status(element: Element | None) -> int:
    """The number in `HTTP/1.1 404 Not Found`; 200 where there is none, since some servers leave it out."""
    words = (element.text or "").split() if element is not None else []
    return int(words[1]) if len(words) > 1 and words[1].isdecimal() else 200


def _name(tag: str) -> str:
    space, _, name = tag.rpartition("}")
    return f"{_PREFIXES[space + '}']}{name}"


def _elements(names: Iterable[str]) -> str:
    return "".join(f"<{_name(name)}/>" for name in names)


def _document(text: str) -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?>{text}'.encode()
