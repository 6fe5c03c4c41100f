"""Let msal ask its servers as every web source does: within limits, and telling no secret."""

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from time import sleep
from typing import NamedTuple
from urllib.parse import urlencode

from connectors.errors import LoginRefused, SourceError
from connectors.web import Limits, Web
from connectors.web_faults import there

LIMITS = Limits(connect=20.0, read=30.0, whole=90.0, body=1 << 20, tries=3)

logging.getLogger("msal").setLevel(logging.INFO)  # below, it writes what it was told into logs


class Told(NamedTuple):
    """What a sign-in server answered, under the names that msal looks for."""

    status_code: int
    text: str
    headers: Mapping[str, str]

    def raise_for_status(self) -> None:
        """Raise SourceError for an answer that is an error."""
        if self.status_code >= 400:
            raise SourceError(f"The sign-in server failed (HTTP {self.status_code}); try again in some minutes.")


class SignInWeb:
    """Asks sign-in servers, as msal's `http_client`.

    Raises SourceError for what is no answer: connections, certificates, time, pages of a network that wants a log-in.
    """

    def __init__(self, ca_file: Path | None = None, sleep: Callable[[float], None] = sleep) -> None:
        self._web = Web(limits=LIMITS, ca_file=ca_file, sleep=sleep)

    def get(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        **_: object,
    ) -> Told:
        """As msal asks for what a sign-in service is made of."""
        return self._asked("GET", _with(url, params), headers, b"")

    def post(
        self,
        url: str,
        params: Mapping[str, str] | None = None,
        data: Mapping[str, str] | str | None = None,
        headers: Mapping[str, str] | None = None,
        **_: object,
    ) -> Told:
        """As msal asks for tokens."""
        body = data if isinstance(data, str) else urlencode({k: v for k, v in (data or {}).items() if v is not None})
        return self._asked("POST", _with(url, params), {**_FORM, **(headers or {})}, body.encode())

    def close(self) -> None:
        """As msal takes leave."""
        self._web.__exit__(None, None, None)

    def _asked(self, method: str, url: str, headers: Mapping[str, str] | None, body: bytes) -> Told:
        try:
            answer = self._web.ask(method, url, headers=headers, body=body)
        except LoginRefused:  # RFC 6749 5.2: 401 for a client that is not known
            answer = None
        if answer is None:
            raise SourceError(
                f"The sign-in server {there(url)} does not know this client; check `client_id` in settings.toml."
            )
        return Told(answer.status, answer.body.decode("utf-8", "replace"), answer.headers)


_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def _with(url: str, params: Mapping[str, str] | None) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode(params)}" if params else url
