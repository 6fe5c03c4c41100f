"""Where everything of one installation lies."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs


@dataclass(frozen=True)
class Home:
    """The home folder and the paths in it."""

    folder: Path

    @property
    def settings(self) -> Path:
        return self.folder / "settings.toml"

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    @property
    def dagster(self) -> Path:
        return self.folder / "dagster"

    @property
    def outbox(self) -> Path:
        return self.folder / "outbox"

    @property
    def answer_key(self) -> Path:
        return self.folder / "answer.key"

    def store(self, owner: str) -> Path:
        return self.folder / "store" / f"{owner}.duckdb"

    def lock(self, owner: str) -> Path:
        return self.folder / "store" / f"{owner}.lock"

    def snapshot(self, owner: str) -> Path:
        return self.folder / "snapshot" / f"{owner}.duckdb"

    def tokens(self, owner: str) -> Path:
        return self.folder / "tokens" / owner

    def report(self, owner: str, week: str) -> Path:
        return self.folder / "reports" / owner / week


class NoHome(Exception):
    """What was given is no path to a folder; `str()` is one sentence."""


def find_home(given: Path | None = None) -> Home:
    """The home that was given, else COLDCOFFEE_HOME, else the platform's data folder. Raises NoHome."""
    named = given or os.environ.get("COLDCOFFEE_HOME")
    folder = Path(named) if named else Path(platformdirs.user_data_dir("coldcoffee", appauthor=False))
    try:
        return Home(folder.expanduser().resolve())
    except (OSError, RuntimeError, ValueError) as error:  # of no user, links in a circle, a NUL in it
        raise NoHome(f"{folder} leads to no folder: name another with --home.") from error
