"""Where a source's sign-in is kept between pulls: what a connector may ask of it."""

from typing import Protocol


class TokenStore(Protocol):
    """One owner's tokens. Names tell the provider and the source (`google/work`); a text is JSON."""

    def load(self, name: str) -> str | None:
        """What was saved under this name; None if nothing was. Raises errors.SourceError where it can't be read."""
        ...

    def save(self, name: str, text: str) -> None:
        """Keep this text in place of what was there, whole or not at all. Raises errors.SourceError."""
        ...


class Remembered:
    """Tokens for as long as the process lives."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def load(self, name: str) -> str | None:
        """What was saved under this name."""
        return self._texts.get(name)

    def save(self, name: str, text: str) -> None:
        """Keep this text."""
        self._texts[name] = text
