"""What a connector is told about the owner and the moment when it is opened."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from connectors.errors import SourceMissing
from connectors.records import Micros
from connectors.tokens import Remembered, TokenStore


@dataclass(frozen=True)
class Context:
    """`owner_addresses` are all of the owner's own, `home` is the folder that relative paths start from, `now` is the
    pull's moment, `timezone` the owner's IANA zone. `secret` resolves a reference such as `env:WORK_PASSWORD` and
    raises errors.SourceError where it leads nowhere. `source` is the source's name in settings.toml, and `tokens` keeps
    the sign-ins of the owner's sources. `owner_name` is the owner's name as people write it."""

    owner_addresses: tuple[str, ...]
    home: Path
    secret: Callable[[str], str]
    now: Micros
    timezone: str
    source: str = "source"
    tokens: TokenStore = field(default_factory=Remembered)
    owner_name: str = ""

    def path(self, told: Path) -> Path:
        """Where a path in settings.toml leads. Raises SourceMissing."""
        return path_from(self.home, told)


def path_from(home: Path, told: Path) -> Path:
    """Where a path in settings.toml leads: a relative one starts from `home`, `~` is the user's own folder. Raises
    SourceMissing."""
    try:
        return home / told.expanduser()
    except RuntimeError as error:
        raise SourceMissing(
            f"The path {told} begins with a user who is not known here: correct it in settings.toml."
        ) from error
