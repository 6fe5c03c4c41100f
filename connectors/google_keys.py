"""Hold the sign-in with Google: what was granted, refreshed when it is due, and kept."""

import datetime as dt
import json
import threading
from collections.abc import MutableMapping

import google_auth_httplib2
import httplib2
from google.auth.exceptions import GoogleAuthError, RefreshError
from google.oauth2.credentials import Credentials

from connectors.errors import SignInNeeded
from connectors.google_client import SCOPES, Client, token_name
from connectors.google_errors import unreachable
from connectors.google_json import read_json, word, words
from connectors.tokens import TokenStore


class Keys:
    """The tokens of one source, as google_auth_httplib2.AuthorizedHttp asks for them. Threads may share it.

    `granted` are the scopes of the consent without their common beginning; none if Google did not tell.
    """

    def __init__(self, client: Client, source: str, tokens: TokenStore, timeout: float) -> None:
        """Load what was kept. Raises SignInNeeded where nothing was."""
        self._source = source
        self._tokens = tokens
        self._timeout = timeout
        self._lock = threading.Lock()
        text = tokens.load(token_name(source))
        told = (read_json(text) if text else None) or {}
        if not (word(told, "token") or word(told, "refresh_token")):
            raise SignInNeeded.to(source, "There is no sign-in with Google yet")
        self._told = told
        self.granted = frozenset(scope.removeprefix(SCOPES) for scope in words(told, "scopes"))
        self._host = client.token_url.partition("://")[2].partition("/")[0]
        self._credentials = Credentials(  # type: ignore[no-untyped-call]
            token=word(told, "token") or None,
            refresh_token=word(told, "refresh_token") or None,
            token_uri=client.token_url,
            client_id=client.client_id,
            client_secret=client.client_secret,
            expiry=_expiry(word(told, "expiry")),
        )

    def access_token(self, refused: bool) -> str:
        """A token that has not run out; another one than before if that was `refused`. Raises SignInNeeded, SourceError."""
        with self._lock:
            if refused or not self._credentials.valid:
                self._refresh()
            return str(self._credentials.token)

    def before_request(self, request: object, method: str, uri: str, headers: MutableMapping[str, str]) -> None:  # noqa: ARG002 - how AuthorizedHttp calls it
        """Put the token into a request's headers."""
        headers["authorization"] = f"Bearer {self.access_token(False)}"

    def refresh(self, request: object) -> None:  # noqa: ARG002 - how AuthorizedHttp calls it
        """Fetch a fresh token and keep it. Raises SignInNeeded where Google gives none, SourceError."""
        self.access_token(True)

    def _refresh(self) -> None:
        http = httplib2.Http(timeout=self._timeout)
        try:
            self._credentials.refresh(google_auth_httplib2.Request(http))  # type: ignore[no-untyped-call]
        except RefreshError as error:
            if error.retryable:
                raise unreachable(error, self._host) from error
            # what Google says there may repeat a token: it is not passed on
            raise SignInNeeded.to(self._source, "Google has ended the sign-in, or refuses your OAuth client") from None
        except (GoogleAuthError, httplib2.HttpLib2Error, OSError) as error:
            raise unreachable(error, self._host) from error
        finally:
            http.close()
        self._keep()

    def _keep(self) -> None:
        fresh = json.loads(self._credentials.to_json())  # type: ignore[no-untyped-call]
        self._told = {
            **self._told,
            **{name: fresh[name] for name in ("token", "refresh_token", "expiry") if name in fresh},
        }
        self._tokens.save(token_name(self._source), json.dumps(self._told))


def _expiry(text: str) -> dt.datetime | None:
    """When the token runs out, as google-auth wants it: naive UTC."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.astimezone(dt.UTC).replace(tzinfo=None) if moment.tzinfo else moment
