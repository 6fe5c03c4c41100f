"""What an owner is asked to allow at a provider, and with which client of theirs."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class GoogleConsent:
    """Consent by a client of the kind "desktop app". `token` names the sign-in in the token store (`google/work`), which
    is kept as google-auth's authorized user, the JSON of `Credentials.to_json()`; `user` is whom the page proposes."""

    token: str
    client_id: str
    client_secret: str = field(repr=False)
    scopes: tuple[str, ...]
    user: str = ""
    authorize_url: str = "https://accounts.google.com/o/oauth2/v2/auth"
    token_url: str = "https://oauth2.googleapis.com/token"


@dataclass(frozen=True)
class MicrosoftConsent:
    """Consent by a public client. `authority` is the sign-in service and the tenant; `token` names the sign-in in the
    token store (`microsoft/work`), which is kept as msal's token cache."""

    token: str
    client_id: str
    scopes: tuple[str, ...]
    user: str = ""
    authority: str = "https://login.microsoftonline.com/common"
    ca_file: Path | None = None


Consent = GoogleConsent | MicrosoftConsent
