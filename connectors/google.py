"""What a `kind = "google"` source needs to be told, and which rights its sign-in asks for."""

import datetime as dt
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from connectors.consent import GoogleConsent
from connectors.context import Context
from connectors.google_client import SCOPES, read_client, token_name

if TYPE_CHECKING:
    from connectors.google_account import GoogleConnector

_REFERENCE = re.compile(r"(?:env|file|keyring|command):.+", re.DOTALL)


def _reference(text: str) -> str:
    if not _REFERENCE.fullmatch(text):
        raise ValueError("must say where your OAuth client's JSON file lies, as “file:PATH”")
    return text


class Settings(BaseModel):
    """The keys of a `kind = "google"` source."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    user: str = Field(min_length=3)
    client: Annotated[str, AfterValidator(_reference)]
    mail: bool = True
    mail_scope: Literal["readonly", "metadata"] = "readonly"
    calendar: bool = True
    calendars: tuple[str, ...] = ()
    contacts: bool = True
    other_contacts: bool = False
    since: dt.date | None = None
    root: str | None = Field(default=None, pattern=r"^https?://\S+$")
    timeout: float = Field(default=60.0, gt=0, le=3600)


def consent(settings: Settings, context: Context) -> GoogleConsent:
    """What the owner is asked to allow: to read what the settings ask for, and no more. Raises SourceError where the
    OAuth client can't be had."""
    wanted = {
        f"gmail.{settings.mail_scope}": settings.mail,
        "calendar.events.readonly": settings.calendar,
        "calendar.calendarlist.readonly": settings.calendar,
        "contacts.readonly": settings.contacts,
        "contacts.other.readonly": settings.contacts and settings.other_contacts,
    }
    scopes = tuple(SCOPES + scope for scope, is_wanted in wanted.items() if is_wanted)
    return _consent(settings.user, settings.client, context.source, context.secret, scopes, settings.root)


def consent_to_send(user: str, client: str, name: str, secret: Callable[[str], str], root: str | None) -> GoogleConsent:
    """What the owner is asked to allow so that reports can be sent: sending, and nothing else. `client` is the reference to
    the OAuth client, `name` that under which the sign-in is kept. Raises SourceError."""
    return _consent(user, client, name, secret, (f"{SCOPES}gmail.send",), root)


def _consent(
    user: str, client: str, name: str, secret: Callable[[str], str], scopes: tuple[str, ...], root: str | None
) -> GoogleConsent:
    known = read_client(secret(client), client, root)
    return GoogleConsent(
        token=token_name(name),
        client_id=known.client_id,
        client_secret=known.client_secret,
        scopes=scopes,
        user=user,
        authorize_url=known.authorize_url,
        token_url=known.token_url,
    )


def open(settings: Settings, context: Context) -> "GoogleConnector":
    """Open the account that the settings name. Raises SourceError where the OAuth client can't be had."""
    from connectors.google_account import GoogleConnector  # noqa: PLC0415 - Google's libraries take half a second to import

    client = read_client(context.secret(settings.client), settings.client, settings.root)
    return GoogleConnector(settings, client, context)
