"""Take values out of Google's JSON answers, whatever they hold."""

import json
import re
from collections.abc import Mapping
from typing import TypeAlias

Json: TypeAlias = Mapping[str, object]
NOTHING: Json = {}
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")  # JSON can hold them, and no store takes them


def read_json(data: bytes | str) -> Json | None:
    """The object that a text is, if it is one."""
    try:
        told = json.loads(data)
    except ValueError:
        return None
    return told if isinstance(told, dict) else None


def inner(value: Json, *path: str) -> Json:
    """The object at a path; an empty one where there is none."""
    for name in path:
        found = value.get(name)
        value = found if isinstance(found, dict) else NOTHING
    return value


def word(value: Json, *path: str) -> str:
    """The text or number at a path as text; "" where there is none."""
    found = inner(value, *path[:-1]).get(path[-1])
    return _NO_TEXT.sub("", found) if isinstance(found, str) else str(found) if type(found) in (int, float) else ""


def flag(value: Json, *path: str) -> bool:
    """Whether there is a true at a path."""
    return inner(value, *path[:-1]).get(path[-1]) is True


def rows(value: Json, *path: str) -> list[Json]:
    """The objects in the list at a path; none where there is no list."""
    found = inner(value, *path[:-1]).get(path[-1])
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def words(value: Json, *path: str) -> list[str]:
    """The texts in the list at a path."""
    found = inner(value, *path[:-1]).get(path[-1])
    return [_NO_TEXT.sub("", text) for text in found if isinstance(text, str)] if isinstance(found, list) else []


def number(value: Json, *path: str) -> int | None:
    """The whole number at a path, which Google often writes as text."""
    found = word(value, *path)
    return int(found) if found.lstrip("-").isdecimal() and len(found) <= 18 else None
