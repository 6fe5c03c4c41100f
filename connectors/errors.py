"""The errors of a source: each one sentence that says what to do next, and whether a retry helps."""

from typing import Self


class SourceError(Exception):
    """A source could not be read. `str()` of it is one whole sentence for the owner."""

    retry = False


class SourceMissing(SourceError):
    """The folder or file that settings.toml names is not there."""


class HostUnknown(SourceError):
    """The host's name leads nowhere; check its spelling in settings.toml and the network."""

    retry = True


class HostSilent(SourceError):
    """The server refused the connection, dropped it, or did not answer in time."""

    retry = True


class CertificateWrong(SourceError):
    """The server's certificate is not valid for this host."""


class LoginRefused(SourceError):
    """The server refused the user or password; check the secret that settings.toml names."""


class ServerFault(SourceError):
    """The server answered with something that it should not have."""

    retry = True


class SignInNeeded(SourceError):
    """There is no sign-in for this source, or it has ended: sign in again with “coldcoffee check --sign-in SOURCE”."""

    @classmethod
    def to(cls, source: str, because: str = "") -> Self:
        """The error for the source of this name; `because` begins its sentence, if there ever was a sign-in."""
        if not because:
            return cls(f"Nobody has signed in for this source yet: do it with “coldcoffee check --sign-in {source}”.")
        return cls(f"{because}: sign in again with “coldcoffee check --sign-in {source}”.")


class HostBusy(SourceError):
    """The server asks to be left alone for longer than a pull waits; trying again at once would make it worse."""
