"""What a connector is told about the owner and the moment when it is opened."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from connectors.records import Micros


@dataclass(frozen=True)
class Context:
    """`owner_addresses` are all of the owner's own, `home` is the folder that relative paths start from, `now` is the
    pull's moment, `timezone` the owner's IANA zone. `secret` resolves a reference such as `env:WORK_PASSWORD` and
    raises errors.SourceError where it leads nowhere."""

    owner_addresses: tuple[str, ...]
    home: Path
    secret: Callable[[str], str]
    now: Micros
    timezone: str
