"""Get access tokens of a sign-in at Google, anew whenever one has run out or was refused."""

import json
from typing import TYPE_CHECKING

from connectors.consent import GoogleConsent
from connectors.errors import HostSilent, SignInNeeded, SourceError
from connectors.sign_in_web import SignInWeb
from connectors.tokens import TokenStore

if TYPE_CHECKING:
    from google.auth.exceptions import RefreshError
    from google.oauth2.credentials import Credentials


class GoogleSignIn:
    """The sign-in of one source, as `coldcoffee check --sign-in` kept it. `web` is what the tests are answered by."""

    def __init__(self, consent: GoogleConsent, source: str, tokens: TokenStore, web: SignInWeb | None = None) -> None:
        self._consent = consent
        self._source = source
        self._tokens = tokens
        self._web = web or SignInWeb()
        self._credentials: Credentials | None = None

    def access_token(self, refused: bool) -> str:
        """A token that has not run out; another one than before if that was `refused`. Raises SignInNeeded, and
        SourceError where Google can't be asked."""
        credentials = self._credentials = self._credentials or self._kept()
        if refused or not credentials.valid:
            self._refresh(credentials)
        return str(credentials.token)

    def _kept(self) -> "Credentials":
        text = self._tokens.load(self._consent.token)
        if text is None:
            raise SignInNeeded.to(self._source)
        from google.oauth2.credentials import Credentials  # noqa: PLC0415 - slow to import, and few sources need it

        credentials: Credentials | None
        try:
            credentials = Credentials.from_authorized_user_info(json.loads(text))  # type: ignore[no-untyped-call]
        except (ValueError, TypeError, KeyError, AttributeError):
            credentials = None
        if credentials is None:
            raise SignInNeeded.to(self._source, "The sign-in that is kept for this source can't be read")
        if credentials.client_id != self._consent.client_id:
            raise SignInNeeded.to(self._source, "The sign-in that is kept for this source is of another client")
        return credentials

    def _refresh(self, credentials: "Credentials") -> None:
        from google.auth.exceptions import GoogleAuthError, RefreshError  # noqa: PLC0415 - likewise

        problem: SourceError
        try:
            credentials.refresh(self._web)  # type: ignore[no-untyped-call]
            return
        except RefreshError as error:
            problem = self._refused(error)
        except GoogleAuthError:
            problem = HostSilent(
                "Google's sign-in server gave an answer that can't be read; the next pull tries again."
            )
        raise problem  # outside of the handler: the library's error may hold what the server said, tokens included

    def _refused(self, error: "RefreshError") -> SourceError:
        said = next((arg.get("error") for arg in error.args if isinstance(arg, dict)), None)
        if said in ("invalid_client", "unauthorized_client", "deleted_client"):
            return SourceError(
                "Google does not know this client; check `client_id` and `client_secret` in settings.toml."
            )
        if said in ("invalid_grant", "invalid_rapt", "invalid_scope") or not error.retryable:
            return SignInNeeded.to(self._source, "Google's sign-in of this source has ended or was withdrawn")
        return HostSilent("Google's sign-in server is out of order; the next pull tries again.")
