"""Say in one sentence why a web server could not be asked; no address, header or secret is in it."""

import datetime as dt
import socket
import ssl
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import requests
import urllib3

from connectors.errors import CertificateWrong, HostBusy, HostSilent, HostUnknown, ServerFault, SourceError

_PORTS = {"http": 80, "https": 443}
_FAILED = frozenset({429, 500, 502, 503, 504})  # what a later try may cure; 501, 505 and 507 stay as they are
_NO_ADDRESS = (
    requests.exceptions.InvalidURL,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidSchema,
    urllib3.exceptions.LocationValueError,
)


class NoAnswer(Exception):
    """The connection broke off or was dropped: asking again at once may help."""


def there(url: str) -> str:
    """The server as it is called in messages: its host, and its port where that is not the usual one."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "in settings.toml"
    return host if port in (None, _PORTS.get(parts.scheme)) else f"{host}:{port}"


def explained(error: Exception, url: str) -> SourceError | NoAnswer:
    """The error of a library as an error of the source, or as one that another try may cure."""
    name = there(url)
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return CertificateWrong(
                f"The certificate of {name} is not valid for this host ({cause.verify_message.rstrip('.')}); "
                "check the host in settings.toml, or name the authority's certificate in `ca_file`."
            )
    if any(isinstance(cause, ssl.SSLError) and not isinstance(cause, ssl.SSLEOFError) for cause in causes):
        return ServerFault(f"The server {name} does not speak TLS as it should; check the address in settings.toml.")
    if any(isinstance(cause, requests.exceptions.ProxyError) for cause in causes):
        return HostSilent(f"The proxy on the way to {name} does not let us through; check the network's settings.")
    if any(isinstance(cause, socket.gaierror | UnicodeError) for cause in causes):
        return HostUnknown(f"The host {name} is not known; check its spelling in settings.toml and the network.")
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return HostSilent(f"The server {name} refused the connection; check the address in settings.toml.")
    if any(isinstance(cause, TimeoutError | requests.Timeout | urllib3.exceptions.TimeoutError) for cause in causes):
        return HostSilent(f"The server {name} did not answer in time; the next pull tries again.")
    if any(isinstance(cause, _NO_ADDRESS) for cause in causes):
        return SourceError(f"The address of the server {name} is no web address; correct it in settings.toml.")
    if any(isinstance(cause, urllib3.exceptions.DecodeError) for cause in causes):
        return ServerFault(f"The server {name} gave an answer that can't be unpacked; the next pull tries again.")
    return NoAnswer()


def dropped(url: str) -> SourceError:
    """The error when all tries ended in NoAnswer."""
    return HostSilent(f"The server {there(url)} dropped the connection; the next pull tries again.")


def may_pass(status: int) -> bool:
    """Whether a server that answered with this status may answer better a moment later."""
    return status in _FAILED or 520 <= status <= 529  # what content networks say of a server behind them


def failed(status: int, url: str) -> SourceError:
    """The error when the last try ended with a status that may pass."""
    if status in (429, 503):
        return HostBusy(f"The server {there(url)} takes no more requests just now; the next pull tries again.")
    return ServerFault(f"The server {there(url)} failed (HTTP {status}); the next pull tries again.")


def wait_asked(headers: Mapping[str, str]) -> float:
    """How many seconds a Retry-After header asks to wait (RFC 9110 10.2.3: seconds or a date); 0 if it asks for none.

    A date is taken against the server's own Date, so that clocks that differ do not matter.
    """
    told = headers.get("Retry-After", "").strip()
    if told.isdecimal():
        return float(told[:9])
    at, now = _moment(told), _moment(headers.get("Date", ""))
    return max(0.0, (at - now).total_seconds()) if at and now else 0.0


def _moment(told: str) -> dt.datetime | None:
    try:
        found = parsedate_to_datetime(told)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def _causes(error: BaseException) -> list[BaseException]:
    """The error and all that it wraps: libraries keep it as cause, context, reason or argument."""
    found: list[BaseException] = []
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop()
        if isinstance(one, BaseException) and one not in found:
            found.append(one)
            waiting += [one.__cause__, one.__context__, getattr(one, "reason", None), *one.args]
    return found
