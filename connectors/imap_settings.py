"""The keys of a `kind = "imap"` source, and where its access token comes from if it signs in at a provider."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from connectors.consent import Consent, GoogleConsent, MicrosoftConsent
from connectors.context import Context
from connectors.errors import LoginRefused, SignInNeeded, SourceError
from connectors.google_client import read_client, token_name
from connectors.sign_in_microsoft import MicrosoftSignIn

_GOOGLE_SCOPE = "https://mail.google.com/"  # Google has no smaller one for IMAP
_MICROSOFT_SCOPE = "https://outlook.office.com/IMAP.AccessAsUser.All"
_HOSTS = {
    "google": (".gmail.com", ".googlemail.com"),
    "microsoft": (".office365.com", ".outlook.com", ".office365.us", ".outlook.cn"),
}


class Folders(BaseModel):
    """Which folders are read: patterns such as `Archive/*`, in any case; `*` takes in sub-folders."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class Settings(BaseModel):
    """The keys of a `kind = "imap"` source.

    With `auth = "xoauth2"` the access token comes from the sign-in at the `provider`, by the owner's own `client` (Google)
    or `client_id` (Microsoft); or, where `secret` is given, from there.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    host: str = Field(min_length=1)
    port: int | None = Field(default=None, ge=1, le=65_535)
    security: Literal["tls", "starttls", "none"] = "tls"
    user: str = Field(min_length=1)
    secret: str | None = None
    auth: Literal["password", "xoauth2"] = "password"
    provider: Literal["google", "microsoft"] | None = None
    client: str | None = Field(default=None, pattern=r"^(env|file|keyring|command):.")
    client_id: str | None = None
    tenant: str = Field(default="common", pattern=r"^[\w.-]+$")
    authority: str = Field(default="https://login.microsoftonline.com", pattern=r"^https://\S+[^/]$")
    folders: Folders = Folders()
    ca_file: Path | None = None
    timeout: float = Field(default=60.0, gt=0, le=3600)

    @property
    def signs_in_at(self) -> str:
        """The provider whose sign-in gives the access token; "" where none does."""
        if self.auth == "password" or self.secret is not None:
            return ""
        named = (name for name, hosts in _HOSTS.items() if f".{self.host.lower()}".endswith(hosts))
        return self.provider or next(named, "")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.auth == "password" and self.secret is None:
            raise ValueError("lacks “secret”: say where the password lies, or set auth = “xoauth2”")
        if self.auth == "xoauth2" and self.secret is None:
            if not self.signs_in_at:
                raise ValueError("has auth = “xoauth2”: add provider = “google” or “microsoft”")
            needed = {"google": ("client", self.client), "microsoft": ("client_id", self.client_id)}[self.signs_in_at]
            if not needed[1]:
                raise ValueError(f"lacks “{needed[0]}”: add your own OAuth client")
        return self


def consent(settings: Settings, context: Context) -> Consent | None:
    """What the owner is asked to allow; None for a mailbox with a password. Raises SourceError where Google's OAuth client
    can't be had."""
    if settings.signs_in_at == "google":
        client = read_client(context.secret(settings.client or ""), settings.client or "")
        return GoogleConsent(
            token=token_name(context.source),
            client_id=client.client_id,
            client_secret=client.client_secret,
            scopes=(_GOOGLE_SCOPE,),
            user=settings.user,
            authorize_url=client.authorize_url,
            token_url=client.token_url,
        )
    if settings.signs_in_at == "microsoft":
        return MicrosoftConsent(
            token=f"microsoft/{context.source}",
            client_id=settings.client_id or "",
            scopes=(_MICROSOFT_SCOPE,),
            user=settings.user,
            authority=f"{settings.authority}/{settings.tenant}",
            ca_file=settings.ca_file and context.path(settings.ca_file),
        )
    return None


class Renewal(NamedTuple):
    """`token(refused)` gives an access token, another one if the last was refused; `refused` is the error where the server
    does not take that either."""

    token: Callable[[bool], str]
    refused: Callable[[LoginRefused], SourceError]


def renewal(settings: Settings, context: Context) -> Renewal | None:
    """Where the access token comes from; None for a mailbox with a password. Raises SourceError likewise."""
    if settings.auth == "password":
        return None
    reference = settings.secret
    if reference is not None:
        return Renewal(lambda refused: context.secret(reference), lambda error: error)  # noqa: ARG005 - it gives what it has

    def refused(error: LoginRefused) -> SourceError:
        because = f"{str(error).partition(';')[0]}, fresh as it is (IMAP may be switched off for this account)"
        return SignInNeeded.to(context.source, because)

    asked = consent(settings, context)
    if isinstance(asked, MicrosoftConsent):
        return Renewal(MicrosoftSignIn(asked, context.source, context.tokens).access_token, refused)
    from connectors.google_keys import Keys  # noqa: PLC0415 - Google's libraries take half a second to import

    client = read_client(context.secret(settings.client or ""), settings.client or "")
    return Renewal(Keys(client, context.source, context.tokens, settings.timeout).access_token, refused)
