"""Walk the owner through a provider's consent, and bring back the sign-in that is to be kept."""

import json
import logging
import os
import sys
import webbrowser
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from connectors.consent import GoogleConsent, MicrosoftConsent
from connectors.errors import HostSilent, SourceError
from connectors.sign_in_microsoft import application, code_of, explained
from connectors.sign_in_web import SignInWeb
from connectors.web_faults import explained as unreachable
from pipelines.loopback import Loopback

if TYPE_CHECKING:
    from google_auth_oauthlib.flow import Flow

PATIENCE = 300.0  # seconds for the owner to read the page, find the telephone, and allow it
_NOT_ALLOWED = "You did not allow it, so nothing was kept: run this again if that was a slip."

for _name in ("requests_oauthlib", "oauthlib"):  # below, they write tokens and codes into logs
    logging.getLogger(_name).setLevel(logging.INFO)


@dataclass(frozen=True)
class Walk:
    """How to talk with the owner: `say` a line, `show` a page (False if there is no browser to show it in), `ask` for a line."""

    say: Callable[[str], None]
    show: Callable[[str], bool] | None
    ask: Callable[[str], str]
    patience: float = PATIENCE


class Consented(NamedTuple):
    """The text to keep, who signed in (\"\" if the provider doesn't tell), and which scopes were not allowed."""

    text: str
    who: str
    missing: tuple[str, ...]


def has_browser(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Whether a browser can be opened where the owner sees it: not over SSH, and not without a desktop."""
    if environment.get("BROWSER"):
        return True
    if environment.get("SSH_CONNECTION"):
        return bool(environment.get("DISPLAY"))
    return platform in ("darwin", "win32") or bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def show(url: str) -> bool:
    """Open a page in the owner's browser."""
    return webbrowser.open(url)


def consented(consent: GoogleConsent | MicrosoftConsent, walk: Walk) -> Consented:
    """Ask for the consent. Raises SourceError where there is none in the end."""
    return at_google(consent, walk) if isinstance(consent, GoogleConsent) else at_microsoft(consent, walk)


def at_google(consent: GoogleConsent, walk: Walk) -> Consented:
    """Google's consent for a desktop app: with PKCE, back to this machine; or, where there is no browser here, by the
    address at which a browser elsewhere has ended. Google's device flow knows no scopes for mail."""
    from google_auth_oauthlib.flow import Flow  # noqa: PLC0415 - slow to import, and only signing in needs it

    client = {
        "client_id": consent.client_id,
        "client_secret": consent.client_secret,
        "auth_uri": consent.authorize_url,
        "token_uri": consent.token_url,
    }
    flow = Flow.from_client_config({"installed": client}, list(consent.scopes), autogenerate_code_verifier=True)
    hint = {"login_hint": consent.user} if consent.user else {}
    with Loopback() as back:
        flow.redirect_uri = f"http://127.0.0.1:{back.port}"
        url, state = flow.authorization_url(access_type="offline", prompt="consent", **hint)
        answer = _by_browser(url, state, back, walk) if walk.show else _by_hand(url, state, walk)
    granted = _google_tokens(flow, answer, consent)
    credentials = flow.credentials
    if not credentials.refresh_token:
        raise SourceError("Google gave no lasting sign-in: check that your OAuth client is of the kind “Desktop app”.")
    told = json.loads(credentials.to_json()) | {"scopes": sorted(granted)}
    missing = tuple(scope for scope in consent.scopes if scope not in granted)
    if len(missing) == len(consent.scopes):
        raise SourceError(_NOT_ALLOWED)
    return Consented(json.dumps(told), "", missing)


def _google_tokens(flow: "Flow", answer: Mapping[str, str], consent: GoogleConsent) -> set[str]:
    """Trade the code for tokens; returns the scopes that were granted, which may be fewer than were asked for."""
    from oauthlib.oauth2.rfc6749.errors import OAuth2Error  # noqa: PLC0415
    from requests import RequestException  # noqa: PLC0415

    problem: SourceError | None = None
    token: Mapping[str, object] = {}
    try:
        token = flow.fetch_token(code=answer["code"], timeout=30)
    except Warning as fewer:  # how oauthlib tells that some boxes were left unticked
        token = flow.oauth2session.token = getattr(fewer, "token", {})
    except OAuth2Error as error:
        reason = f" ({error.error})" if error.error and error.error.replace("_", "").isalnum() else ""
        problem = SourceError(
            f"Google gave no tokens to this client{reason}: check that “client” in settings.toml leads to your OAuth client."
        )
    except (RequestException, OSError, ValueError) as error:
        found = unreachable(error, consent.token_url)
        lost = HostSilent("Google's sign-in server dropped the connection: run this again.")
        problem = found if isinstance(found, SourceError) else lost
    if problem is not None:
        raise problem  # outside of the handler: the library's error may hold what the server said
    scope = token.get("scope")
    if isinstance(scope, str):
        return set(scope.split())
    return {str(one) for one in scope} if isinstance(scope, list) else set(consent.scopes)


def at_microsoft(consent: MicrosoftConsent, walk: Walk) -> Consented:
    """Microsoft's consent for a public client: with PKCE, back to this machine; or by a code that is entered elsewhere."""
    import msal  # noqa: PLC0415 - slow to import, and only signing in needs it

    cache = msal.SerializableTokenCache()
    app = application(consent, cache, SignInWeb(consent.ca_file))
    scopes = list(consent.scopes)
    if walk.show is None:
        device = app.initiate_device_flow(scopes)
        if "user_code" not in device:
            raise explained(device, "")
        walk.say(f"Open {device['verification_uri']} in any browser and enter the code {device['user_code']}.")
        result = app.acquire_token_by_device_flow(device)
    else:
        with Loopback() as back:
            hint = consent.user or None
            to = f"http://localhost:{back.port}"
            flow = app.initiate_auth_code_flow(scopes, redirect_uri=to, login_hint=hint, response_mode="form_post")
            answer = _by_browser(flow["auth_uri"], flow["state"], back, walk)
        result = app.acquire_token_by_auth_code_flow(flow, answer)
    if "access_token" not in result:
        if result.get("error") in ("access_denied", "authorization_declined"):
            raise SourceError(_NOT_ALLOWED)
        if result.get("error") == "expired_token":
            raise SourceError("The code was not entered in time: run this again.")
        raise explained(result, "")
    claims = result.get("id_token_claims") or {}
    return Consented(cache.serialize(), str(claims.get("preferred_username") or ""), ())


def _by_browser(url: str, state: str, back: Loopback, walk: Walk) -> Mapping[str, str]:
    back.expect(state)
    walk.say(f"A page opens in your browser; if none does, open this address:\n{url}")
    if walk.show is not None:
        walk.show(url)
    answer = back.wait(walk.patience)
    if answer is None:
        raise SourceError(f"Nobody answered on the page within {walk.patience / 60:.0f} minutes: run this again.")
    return _allowed(answer)


def _by_hand(url: str, state: str, walk: Walk) -> Mapping[str, str]:
    walk.say(
        f"Open this address in any browser and allow what it lists:\n{url}\n"
        "The browser then ends at an address that begins with http://127.0.0.1, and says that it can't be reached: that is right."
    )
    for _ in range(3):
        pasted = walk.ask("Copy that address out of the browser and paste it here")
        answer = dict(parse_qsl(urlsplit(pasted.strip()).query))
        if answer.get("state") == state and ("code" in answer or "error" in answer):
            return _allowed(answer)
        walk.say("That is not the address of this sign-in: it holds “state=” and “code=”.")
    raise SourceError("The address was none of this sign-in: run this again.")


def _allowed(answer: Mapping[str, str]) -> Mapping[str, str]:
    """The answer, if it allows; of what else the provider says, its code alone is passed on. Raises SourceError."""
    if "code" in answer:
        return answer
    reason = code_of(answer.get("error_description", "")) or answer.get("error", "")
    if answer.get("error") == "access_denied" and not reason.startswith(
        "AADSTS9"
    ):  # those mean: the firm has to allow it
        raise SourceError(_NOT_ALLOWED)
    named = f" ({reason[:60]})" if reason.replace("_", "").isalnum() else ""
    raise SourceError(f"The provider refused{named}: check your OAuth client, then run this again.")
