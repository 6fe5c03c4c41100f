"""What a `kind = "google"` source needs to be told, and which rights its sign-in asks for."""

import datetime as dt
import re
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from connectors.context import Context

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


def scopes(settings: Settings) -> tuple[str, ...]:
    """The scopes that a sign-in asks for, without their common beginning (google_keys.SCOPES): what is read, no more."""
    wanted = {
        f"gmail.{settings.mail_scope}": settings.mail,
        "calendar.events.readonly": settings.calendar,
        "calendar.calendarlist.readonly": settings.calendar,
        "contacts.readonly": settings.contacts,
        "contacts.other.readonly": settings.contacts and settings.other_contacts,
    }
    return tuple(scope for scope, is_wanted in wanted.items() if is_wanted)


def open(settings: Settings, context: Context) -> "GoogleConnector":
    """Open the account that the settings name. Raises SourceError where the OAuth client can't be had."""
    from connectors.google_account import GoogleConnector  # noqa: PLC0415 - Google's libraries take half a second to import
    from connectors.google_keys import read_client  # noqa: PLC0415

    return GoogleConnector(settings, read_client(context.secret(settings.client), settings.client), context)
