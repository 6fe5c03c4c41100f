"""Read the items of a JSON file one after the other, whatever the file's size."""

import codecs
import json
from collections.abc import Iterator
from typing import TypeAlias

from connectors.streams import Stream

Path: TypeAlias = tuple[str, ...]

MOST = 8 << 20  # characters of one item
_STEP = 1 << 17
_SPACE = " \t\r\n"
_DECODER = json.JSONDecoder()


class Unreadable(ValueError):
    """The JSON can't be read further; `str()` is a sentence."""


def items(stream: Stream, entered: frozenset[Path]) -> Iterator[tuple[Path, object]]:
    """Yield the path and value of each item, in the file's order. Raises Unreadable.

    Objects and lists are entered, and their values given one by one, where their path is in `entered`: `()` is the
    file's own value, a list's elements are `*`. Everything else is one item. What stands before the first bracket is
    passed over, so that X's `window.YTD.… = [` is read, too.
    """
    text = _Text(stream)
    text.pass_over_beginning()
    yield from _walk(text, (), entered)


class _Text:
    """The file's characters from where reading stands."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("replace").decode
        self._held = ""
        self._at = 0
        self._ended = False

    def pass_over_beginning(self) -> None:
        self._more()
        starts = [at for mark in "[{" if (at := self._held.find(mark)) >= 0]
        if not starts:
            raise Unreadable("This file holds no list and no object.")
        self._at = min(starts)

    def mark(self) -> str:
        """The next character that is no space."""
        while True:
            while self._at < len(self._held):
                if self._held[self._at] not in _SPACE:
                    return self._held[self._at]
                self._at += 1
            if self._ended:
                raise Unreadable("The file breaks off: what stands before was read.")
            self._more()

    def take(self, *marks: str) -> str:
        found = self.mark()
        if found not in marks:
            raise Unreadable("The file is no longer JSON from some place on: what stands before was read.")
        self._at += 1
        return found

    def value(self) -> object:
        """The next value, whole."""
        self.mark()
        while True:
            try:
                found, end = _DECODER.raw_decode(self._held, self._at)
            except RecursionError as error:
                raise Unreadable("The file is nested too deeply: it is not read further.") from error
            except ValueError as error:
                if self._ended:
                    raise Unreadable("The file breaks off or is damaged: what stands before was read.") from error
            else:
                if end < len(self._held) or self._ended:
                    self._at = end
                    value: object = found
                    return value
            if len(self._held) - self._at > MOST:
                raise Unreadable(f"An item is larger than {MOST >> 20} MB, or damaged: the file is not read further.")
            self._more()

    def _more(self) -> None:
        wanted = max(_STEP, len(self._held) - self._at)  # doubled each time: an item is looked through a few times only
        piece = self._stream.read(wanted)
        self._ended = not piece
        self._held = self._held[self._at :] + self._decode(piece, self._ended)
        self._at = 0


def _walk(text: _Text, path: Path, entered: frozenset[Path]) -> Iterator[tuple[Path, object]]:
    opening = text.mark()
    if path not in entered or opening not in "[{":
        yield path, text.value()
        return
    text.take(opening)
    closing = "]" if opening == "[" else "}"
    if text.mark() == closing:
        text.take(closing)
        return
    while True:
        key: object = "*"
        if opening == "{":
            key = text.value()
            text.take(":")
        yield from _walk(text, (*path, str(key)), entered)
        if text.take(",", closing) == closing:
            return


def field(value: object, name: str) -> object:
    """A field of an object; None where there is none."""
    return value.get(name) if isinstance(value, dict) else None


def text_in(value: object, name: str) -> str:
    """A field that is a text; "" where it is none."""
    found = field(value, name)
    return found if isinstance(found, str) else ""


def number_in(value: object, name: str) -> int:
    """A field that is a number, or a text of digits; 0 where it is none."""
    found = field(value, name)
    if isinstance(found, bool):
        return 0
    if isinstance(found, int):
        return found
    if isinstance(found, float) and abs(found) < 1e18:
        return int(found)
    return int(found) if isinstance(found, str) and found.isdecimal() and len(found) < 20 else 0
