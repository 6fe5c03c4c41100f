"""Say in one sentence why Google did not answer, and what to do."""

import re
import socket
import ssl
from typing import NamedTuple

import httplib2

from connectors.errors import CertificateWrong, HostSilent, HostUnknown, SignInNeeded, SourceError
from connectors.google_json import inner, read_json, rows, word

QUOTA = frozenset(
    ("rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED")
)
_OFF = frozenset(("accessNotConfigured", "SERVICE_DISABLED"))
_UNGRANTED = frozenset(("insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"))
_KEYS = re.compile(r"\b(?:ya29|1//|GOCSPX-)\S*")  # what tokens begin with: no message repeats one


class Refusal(Exception):
    """An answer of Google's that a repeat would not change. `reasons` are its own words for why."""

    def __init__(self, status: int, reasons: frozenset[str], message: str) -> None:
        super().__init__(message)
        self.status = status
        self.reasons = reasons
        self.message = message


class PauseWanted(SourceError):
    """Google asks for a longer pause than a pull can make; the next pull goes on from where this one stopped."""


class Service(NamedTuple):
    """One of Google's services: how it is called, its API's page in Google's console, and the setting that leaves it out."""

    title: str
    api: str
    setting: str


GMAIL = Service("Gmail", "gmail.googleapis.com", "mail")
CALENDAR = Service("Google Calendar", "calendar-json.googleapis.com", "calendar")
PEOPLE = Service("Google Contacts", "people.googleapis.com", "contacts")


def refusal(status: int, content: bytes) -> Refusal:
    """What an answer with this status says in its body, which may be anything."""
    error = inner(read_json(content) or {}, "error")
    reasons = {word(row, "reason") for row in [*rows(error, "errors"), *rows(error, "details")]}
    return Refusal(status, frozenset({*reasons, word(error, "status")} - {""}), word(error, "message"))


def is_quota(found: Refusal) -> bool:
    """Whether Google asks for a pause."""
    return found.status == 429 or (found.status == 403 and bool(found.reasons & QUOTA))


def refused(found: Refusal, service: Service, source: str) -> SourceError:
    """The error for a refusal of a service to a source."""
    if found.status == 401:
        return SignInNeeded.to(source, "Google no longer accepts the sign-in")
    if found.reasons & _OFF:
        return SourceError(
            f"{service.title} is not switched on for your OAuth client: enable it at "
            f"https://console.cloud.google.com/apis/library/{service.api}, or set {service.setting} = false for the "
            f"source {source} in settings.toml."
        )
    if found.reasons & _UNGRANTED or "insufficient authentication scopes" in found.message:
        return SignInNeeded.to(
            source, f"The sign-in does not include {service.title} (or set {service.setting} = false in settings.toml)"
        )
    said = f" ({_short(found.message)})" if found.message else ""
    return SourceError(
        f"{service.title} refused to be read with status {found.status}{said}: check that this account may use it, or "
        f"set {service.setting} = false for the source {source} in settings.toml."
    )


def unreachable(error: Exception, host: str) -> SourceError:
    """The error for a connection that failed, or an answer that can't be read."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return CertificateWrong(
            f"The certificate of {host} is not valid for this host ({error.verify_message.rstrip('.')}): check the network "
            "that you are in, a login page may be in between."
        )
    if isinstance(error, httplib2.ServerNotFoundError | socket.gaierror):
        return HostUnknown(f"The host {host} is not known: check the network connection.")
    if isinstance(error, TimeoutError):
        return HostSilent(f"{host} did not answer in time; the next pull tries again.")
    return HostSilent(f"{host} refused or dropped the connection; the next pull tries again.")


def _short(text: str) -> str:
    return _KEYS.sub("…", " ".join(text.split()))[:160].rstrip(".")
