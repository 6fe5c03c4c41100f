"""What a Google source's cursor says: up to where mail, each calendar and the contacts have been read."""

import json
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from connectors.records import Cursor, Micros


class MailMark(NamedTuple):
    """Where Gmail stood. `history` is the id that changes are asked from; `page` is the next page of a listing that was
    broken off, `listed` whether it has come to its end. `since` and `whole` are how it was read: from when, and whether
    with invitations."""

    history: str
    page: str
    listed: bool
    since: Micros
    whole: bool


class AgendaMark(NamedTuple):
    """Where a calendar stood: its sync token, the end of the time that was read, and the checksums of its series' ids."""

    token: str
    until: Micros
    series: list[int]


class PeopleMark(NamedTuple):
    """Where a list of people stood: its sync token, or a digest of it where Google gives none."""

    token: str
    digest: str


VERSION = 1


@dataclass
class Progress:
    """All marks; calendars by their ids, lists of people by their places."""

    mail: MailMark | None = None
    calendars: dict[str, AgendaMark] = field(default_factory=dict)
    people: dict[str, PeopleMark] = field(default_factory=dict)

    @classmethod
    def read(cls, cursor: Cursor | None) -> Self:
        """What an earlier cursor says; nothing for None, or for one of another version."""
        told = json.loads(cursor) if cursor is not None else {}
        if told.get("version") != VERSION:
            return cls()
        return cls(
            MailMark(*told["mail"]) if told["mail"] else None,
            {name: AgendaMark(*mark) for name, mark in told["calendars"].items()},
            {name: PeopleMark(*mark) for name, mark in told["people"].items()},
        )

    def write(self) -> Cursor:
        """The cursor."""
        told = {"version": VERSION, "mail": self.mail, "calendars": self.calendars, "people": self.people}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
