"""Get access tokens of a sign-in at Microsoft, anew whenever one has run out or was refused."""

import re
from typing import TYPE_CHECKING, Protocol

from connectors.consent import MicrosoftConsent
from connectors.errors import HostSilent, ServerFault, SignInNeeded, SourceError
from connectors.sign_in_web import SignInWeb
from connectors.tokens import TokenStore

if TYPE_CHECKING:
    import msal

_CODE = re.compile(r"AADSTS\d+")
_ENDED = frozenset({"invalid_grant", "interaction_required", "consent_required", "login_required"})
_CLIENT = frozenset({"invalid_client", "unauthorized_client", "invalid_request"})


class Refusal(Protocol):
    """What msal gives in place of a token: the server's `error`, `error_description` and so on."""

    def get(self, key: str, default: str = "", /) -> object: ...


def application(consent: MicrosoftConsent, cache: "msal.TokenCache", web: SignInWeb) -> "msal.PublicClientApplication":
    """msal's view of the client. Asks the sign-in service what it is made of. Raises SourceError."""
    import msal  # noqa: PLC0415 - slow to import, and only this kind of sign-in needs it

    try:
        return msal.PublicClientApplication(
            consent.client_id,
            authority=consent.authority,
            token_cache=cache,
            http_client=web,
            instance_discovery=False,  # it would ask the world-wide cloud about every other one
        )
    except (ValueError, KeyError) as error:
        raise SourceError(
            f"There is no sign-in service at {consent.authority}; check `tenant` and `authority` in settings.toml."
        ) from error


def code_of(description: str) -> str:
    """Microsoft's code for an error (`AADSTS65004`) in its description, "" where there is none."""
    found = _CODE.search(description)
    return found[0] if found else ""


def explained(refusal: Refusal, source: str) -> SourceError:
    """What the service said, as an error of the source: its code alone, since the rest may name people."""
    error = str(refusal.get("error"))
    found = code_of(str(refusal.get("error_description")))
    code = f" ({found})" if found else ""
    if error in _ENDED:
        return SignInNeeded.to(source, f"Microsoft's sign-in of this source has ended or was withdrawn{code}")
    if error in _CLIENT:
        return SourceError(
            f"Microsoft does not accept this client{code}; check `client_id` and `tenant` in settings.toml."
        )
    if error in ("temporarily_unavailable", "server_error"):
        return HostSilent(f"Microsoft's sign-in service is out of order{code}; the next pull tries again.")
    return ServerFault(f"Microsoft's sign-in service gave no token{code}; the next pull tries again.")


class MicrosoftSignIn:
    """The sign-in of one source, as `coldcoffee check --sign-in` kept it. `web` is what the tests are answered by."""

    def __init__(
        self, consent: MicrosoftConsent, source: str, tokens: TokenStore, web: SignInWeb | None = None
    ) -> None:
        self._consent = consent
        self._source = source
        self._tokens = tokens
        self._web = web or SignInWeb(consent.ca_file)
        self._application: msal.PublicClientApplication | None = None

    def access_token(self, refused: bool) -> str:
        """A token that has not run out; another one than before if that was `refused`. Raises SignInNeeded, and
        SourceError where Microsoft can't be asked."""
        app = self._application = self._application or self._kept()
        accounts = app.get_accounts()
        if not accounts:
            raise SignInNeeded.to(self._source, "The sign-in that is kept for this source is of another client")
        found = app.acquire_token_silent_with_error(list(self._consent.scopes), accounts[0], force_refresh=refused)
        if app.token_cache.has_state_changed:
            self._tokens.save(self._consent.token, app.token_cache.serialize())
        if found is None:
            raise SignInNeeded.to(self._source, "The sign-in that is kept for this source does not reach for this")
        if "access_token" not in found:
            raise explained(found, self._source)
        return str(found["access_token"])

    def _kept(self) -> "msal.PublicClientApplication":
        import msal  # noqa: PLC0415

        text = self._tokens.load(self._consent.token)
        if text is None:
            raise SignInNeeded.to(self._source)
        cache = msal.SerializableTokenCache()
        try:
            cache.deserialize(text)
        except (ValueError, TypeError, AttributeError):
            text = None
        if text is None:  # outside of the handler: the error would keep the text beside ours
            raise SignInNeeded.to(self._source, "The sign-in that is kept for this source can't be read")
        return application(self._consent, cache, self._web)
