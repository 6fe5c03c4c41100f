"""What an IMAP source's cursor says: up to where each folder has been read."""

import json
from dataclasses import dataclass, field
from typing import NamedTuple, Self

from connectors.imap_folders import Status
from connectors.records import Cursor


class Mark(NamedTuple):
    """Where a folder stood: its UIDVALIDITY, the first UID that is not read yet, HIGHESTMODSEQ where it is offered."""

    validity: int
    next_uid: int
    modseq: int | None

    def unchanged(self, status: Status | None) -> bool:
        """Whether the server's status shows that no mail has come since: the folder need not be opened."""
        if status is None or status.validity is None or status.validity != self.validity:
            return False
        if status.modseq is not None and status.modseq == self.modseq:
            return True
        return status.next_uid is not None and status.next_uid == self.next_uid


@dataclass
class Progress:
    """The folders' marks by name; folders that have gone keep theirs, in case they come back."""

    folders: dict[str, Mark] = field(default_factory=dict)

    @classmethod
    def read(cls, cursor: Cursor | None) -> Self:
        """What an earlier cursor says; nothing for None."""
        if cursor is None:
            return cls()
        return cls({name: Mark(*mark) for name, mark in json.loads(cursor)["folders"].items()})

    def write(self) -> Cursor:
        """The cursor."""
        return json.dumps({"folders": self.folders}, ensure_ascii=False, separators=(",", ":"))
