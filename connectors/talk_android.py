"""Turn the backups of Android's "SMS Backup & Restore" (calls and messages, XML) into calls and chats."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from connectors.records import Call, Chat, Reject
from connectors.streams import Stream
from connectors.talk_told import BATCH, GROUPS, Own, Told, possible

_ROOT = re.compile(rb"<(smses|calls)[\s>]")
_MISSED = frozenset({"3", "4", "5", "6"})  # missed, left on the voice mail, rejected, blocked
_DIRECTIONS = {"1": "in", "2": "out", "7": "in"}  # 7: answered on another device
_UNKNOWN = frozenset({"(unknown)", "unknown", "null", "-1", "-2", "(unbekannt)"})
_LONGEST = 4_096  # bytes of one attribute that are kept: pictures are attributes, too
_LONGEST_ELEMENT = 1 << 20  # bytes, when long attributes are cut
_DEEPEST = 50  # levels
_PIECE = 1 << 16
_MARKS = (b"<", b">", b'"', b"'", b"&")
_RUN = re.compile(rb"[^<>\"'&]{%d,}" % (_LONGEST + 1))
_LETTER = re.compile(rb"&#(\d{1,9}|[xX][0-9a-fA-F]{1,8});")


def looks_like_android(head: bytes) -> bool:
    """Whether these bytes begin such a backup."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return start.startswith(b"<") and _ROOT.search(head) is not None


def read_android(stream: Stream, place: str, own: Own) -> Iterator[Told]:  # noqa: ARG001 - as all readers
    """Yield the calls and messages in batches, never their text. Messages to several are passed over.

    A file with a document type, and with it any entity, is refused.
    """
    calls: list[Call] = []
    chats: list[Chat] = []
    rejects: list[Reject] = []
    note, number = "", 0
    try:
        opened: list[Element] = []
        for event, element in iterparse(_Shortened(stream), events=("start", "end"), forbid_dtd=True):
            if event == "start":
                opened.append(element)
                if len(opened) > _DEEPEST:
                    raise ParseError("nested too deeply")
                continue
            opened.pop()
            if opened:
                del opened[-1][:]  # what is read is not held
            if element.tag not in ("call", "sms", "mms"):
                continue
            number += 1
            key = str(number)
            if "~" in element.get("address", ""):
                note = GROUPS
            elif element.tag == "call":
                calls += _call(element, place, key)
            else:
                chats += _chat(element, place, key)
            if len(calls) + len(chats) >= BATCH:
                yield Told(calls=tuple(calls), chats=tuple(chats), note=note)
                calls, chats = [], []
    except DefusedXmlException:
        rejects.append(Reject(place, "", "This file declares entities of its own, as no backup does: it is not read."))
    except ParseError as error:
        reason = f"The backup breaks off or is damaged ({error}): what stands before was read."
        rejects.append(Reject(place, "", reason))
    yield Told(calls=tuple(calls), chats=tuple(chats), rejects=tuple(rejects), note=note)


def _call(element: Element, place: str, key: str) -> list[Call]:
    at, kind = _at(element), element.get("type", "")
    direction = "missed" if kind in _MISSED else _DIRECTIONS.get(kind, "")
    who, name = _known(element.get("number", "")), _known(element.get("contact_name", ""))
    if not possible(at) or not direction or not (who or name):
        return []
    seconds = 0 if direction == "missed" else _whole(element.get("duration", ""))
    return [Call(place, key, at, direction, seconds, who, name)]


def _chat(element: Element, place: str, key: str) -> list[Chat]:
    kind = element.get("type", "") if element.tag == "sms" else element.get("msg_box", "")
    at, direction = _at(element), {"1": "in", "2": "out"}.get(kind, "")  # others: drafts, and what was never sent
    who, name = _known(element.get("address", "")), _known(element.get("contact_name", ""))
    if not possible(at) or not direction or not (who or name):
        return []
    return [Chat(place, key, at, direction, who, name, "sms")]


def _at(element: Element) -> int:
    return _whole(element.get("date", "")) * 1_000


def _whole(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 17 else 0


def _known(written: str) -> str:
    return "" if written.strip().lower() in _UNKNOWN else written.strip()


class _Shortened:
    """The backup's bytes with only the beginning of each long attribute, and without the halves of letters that the app
    writes for emoji, which are not allowed in XML. Raises ParseError for an element that is long all the same."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._held = b""  # from the last mark of XML's on
        self._since = 0  # bytes given since an element began

    def read(self, size: int = -1) -> bytes:  # noqa: ARG002 - pieces are as long as they come
        """The next bytes; b"" only at the end."""
        while piece := self._stream.read(_PIECE):
            joined = self._held + piece
            last = max(joined.rfind(mark) for mark in _MARKS)
            self._held = joined[max(last, 0) :][: _LONGEST + 1]
            if last > 0:
                return self._given(joined[:last])
        rest, self._held = self._held, b""
        return self._given(rest)

    def _given(self, piece: bytes) -> bytes:
        piece = _RUN.sub(lambda found: found[0][:_LONGEST], piece)
        begins = piece.rfind(b"<")
        self._since = self._since + len(piece) if begins < 0 else len(piece) - begins
        if self._since > _LONGEST_ELEMENT:
            raise ParseError("an element is larger than 1 MB")
        return _LETTER.sub(_allowed, piece) if b"&#" in piece else piece


def _allowed(found: "re.Match[bytes]") -> bytes:
    """A letter by its number, or a question mark for a number that is no letter (XML 1.0, 2.2)."""
    digits = found[1]
    number = int(digits[1:], 16) if digits[:1] in b"xX" else int(digits)
    allowed = (
        number in (9, 10, 13) or 32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number < 0x110000
    )
    return found[0] if allowed else b"?"
