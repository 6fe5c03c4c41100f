"""Ask a web server: within limits of time and size, patiently, and never carrying a secret to another host.

Every web source uses this. What it raises is an error of connectors.errors in one sentence that names the host alone: an
address may itself be a secret, and so may a header.
"""

import logging
import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from requests.structures import CaseInsensitiveDict

from connectors.errors import HostSilent, LoginRefused, ServerFault, SourceError
from connectors.web_access import Access
from connectors.web_answers import Answer, safe_again
from connectors.web_connection import BoundedAdapter
from connectors.web_faults import NoAnswer, dropped, explained, failed, may_pass, there, wait_asked

MOST_REDIRECTS = 5
_CHUNK = 1 << 16

# in their lower levels, these write whole addresses into logs
logging.getLogger("urllib3.connectionpool").setLevel(logging.ERROR)
logging.getLogger("urllib3.connection").setLevel(logging.CRITICAL)


class TooLarge(ServerFault):
    """The server sends more than we are ready to hold."""

    retry = False


class SentOn(SourceError):
    """The server sends us on to another host, which is not to get the secret unasked; `to` is where."""

    def __init__(self, sentence: str, to: str) -> None:
        super().__init__(sentence)
        self.to = to


@dataclass(frozen=True)
class Limits:
    """In seconds, how long to wait for a connection, for the next piece of an answer, and for one answer with all its
    tries; the most bytes of an answer; and how often to try."""

    connect: float = 20.0
    read: float = 60.0
    whole: float = 300.0
    body: int = 128 << 20
    tries: int = 4
    first_pause: float = 1.0  # doubled with each try


class _Question(NamedTuple):
    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    most: int


class Web:
    """A connection to web servers. `access` is shown only to the origins of `trusted`, which are addresses on them.

    `sleep`, `chance` (0 to 1) and `clock` (seconds) are arguments so that tests need neither wait nor chance.
    """

    def __init__(
        self,
        *,
        access: Access | None = None,
        trusted: tuple[str, ...] = (),
        limits: Limits = Limits(),
        ca_file: Path | None = None,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.requests = 0  # sent so far, tries and redirects with them
        self._access = access
        self._trusted = {_origin(url) for url in trusted}
        self._limits = limits
        self._sleep = sleep
        self._chance = chance
        self._clock = clock
        self._session = requests.Session()
        self._session.headers["User-Agent"] = "coldcoffee"
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, BoundedAdapter())
        self._verify = None if ca_file is None else str(ca_file)
        if ca_file is not None and not ca_file.is_file():
            raise SourceError(f"There is no file {ca_file}; correct `ca_file` in settings.toml.")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def trust(self, url: str) -> None:
        """Let the server of this address see the access, too."""
        self._trusted.add(_origin(url))

    def trusts(self, url: str) -> bool:
        """Whether the server of this address may see the access."""
        return _origin(url) in self._trusted

    def ask(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        most: int | None = None,
    ) -> Answer:
        """The server's answer, after redirects. Raises SourceError: LoginRefused for 401, HostBusy and ServerFault for 429
        and 5xx that did not pass, HostUnknown, HostSilent, CertificateWrong, SentOn, and TooLarge for an answer of more
        than `most` bytes (else what the limits allow). Any other status is the caller's.

        A repeat must be harmless: what is asked may reach the server more than once.
        """
        until = self._clock() + self._limits.whole
        question = _Question(method, url, headers or {}, body, most or self._limits.body)
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._patiently(question, until)
            target = answer.headers.get("Location", "")
            if answer.status not in (301, 302, 303, 307, 308) or not target:
                return answer
            question = question._replace(url=self._next(question.url, target))
            if answer.status == 303:
                question = question._replace(method="GET", body=b"")
        raise ServerFault(f"The server {there(url)} sends us in a circle; check the address in settings.toml.")

    def _next(self, url: str, target: str) -> str:
        """Where a redirect leads. Raises SentOn, ServerFault."""
        try:
            to = safe_again(url, urljoin(url, target))
            ours, other = urlsplit(url), urlsplit(to)
            known = other.scheme in ("http", "https") and bool(other.hostname) and other.port != 0
        except ValueError:
            known = False
        if not known or (ours.scheme == "https" and other.scheme != "https"):
            raise ServerFault(f"The server {there(url)} sends us on to where no safe connection leads.")
        if self._access is not None and self.trusts(url) and not self.trusts(to):
            upgrade = ours.scheme == "http" and other.scheme == "https" and ours.hostname == other.hostname
            if not upgrade:
                raise SentOn(
                    f"The server {there(url)} sends us on to {there(to)}, which is not given your password unasked; "
                    "if that is right, name that host in settings.toml.",
                    to,
                )
            self.trust(to)
        return to

    def _patiently(self, question: _Question, until: float) -> Answer:
        """Try until there is an answer that another try would not better. Raises SourceError."""
        url = question.url
        access = self._access if self.trusts(url) else None
        told, pause, refused = access.authorization(False) if access else "", self._limits.first_pause, False
        answer: Answer | None = None
        for left in reversed(range(self._limits.tries + 1)):
            answer = self._once(question, told, until)
            if answer is not None and answer.status == 401:
                fresh = access.authorization(True) if access and not refused else told
                if fresh == told:
                    raise _refused(answer, access)
                told, refused = fresh, True
                continue
            if answer is not None and not may_pass(answer.status):
                return answer
            wait = max(wait_asked(answer.headers) if answer else 0.0, pause * (0.5 + self._chance()))
            if left <= 1 or self._clock() + wait >= until:
                break
            self._sleep(wait)
            pause *= 2
        raise dropped(url) if answer is None else failed(answer.status, url)

    def _once(self, question: _Question, authorization: str, until: float) -> Answer | None:
        """One answer, whatever it is; None if the connection was dropped. Raises SourceError."""
        problem: Exception
        url, shown = question.url, {"Authorization": authorization} if authorization else {}
        self.requests += 1
        left = max(until - self._clock(), 0.001)
        try:
            with self._session.request(
                question.method,
                url,
                headers={**question.headers, **shown},
                data=question.body or None,
                auth=_as_it_is,
                verify=self._verify,
                timeout=(min(self._limits.connect, left), min(self._limits.read, left)),
                allow_redirects=False,
                stream=True,
            ) as response:
                read = b"".join(self._pieces(response, question, until))
                return Answer(response.status_code, CaseInsensitiveDict(response.headers), read, url)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            problem = explained(error, url)
        if isinstance(problem, NoAnswer):
            return None
        raise problem  # outside of the handler: the library's error holds the address, and would be kept beside ours

    def _pieces(self, response: requests.Response, question: _Question, until: float) -> Iterator[bytes]:
        """Yield the body piece by piece as it arrives, within the limits. Raises SourceError."""
        size, (_, url, _, _, most) = 0, question
        while piece := response.raw.read1(_CHUNK, decode_content=True):
            size += len(piece)
            if size > most:
                raise TooLarge(f"The server {there(url)} sends more than {most >> 20} MB at once.")
            if self._clock() > until:
                raise HostSilent(f"The server {there(url)} did not answer in time; the next pull tries again.")
            yield piece


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Leaves a request alone: with no `auth` at all, `requests` would look for a password in ~/.netrc and send that."""
    return request


def _refused(answer: Answer, access: Access | None) -> SourceError:
    name, wanted = there(answer.url), answer.headers.get("WWW-Authenticate", "").lower()
    if access is None:
        return LoginRefused(f"The server {name} wants a user and a password; name them in settings.toml.")
    if "digest" in wanted and "basic" not in wanted and "bearer" not in wanted:
        return LoginRefused(
            f"The server {name} takes Digest sign-ins only, which we can't do; switch it to Basic there."
        )
    return access.refused(name)


def _origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or {"http": 80, "https": 443}.get(parts.scheme)
