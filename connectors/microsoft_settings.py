"""The keys of a `kind = "microsoft"` source, and what its owner has to allow."""

from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from connectors.consent import MicrosoftConsent
from connectors.context import Context

Part = Literal["mail", "calendar", "contacts"]
SCOPES: dict[Part, str] = {"mail": "Mail.ReadBasic", "calendar": "Calendars.Read", "contacts": "Contacts.Read"}
_WHOLE_MAIL = "Mail.Read"


def _address(told: str) -> str:
    found = urlsplit(told if "://" in told else f"https://{told}")
    if found.scheme not in ("http", "https") or not found.hostname:
        raise ValueError("is no web address")
    if found.scheme == "http" and found.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise ValueError("must begin with https: a token goes there")
    return f"{found.scheme}://{found.netloc}{found.path}".rstrip("/")


Address = Annotated[str, AfterValidator(_address)]


class Names(BaseModel):
    """Which folders or calendars are read: patterns such as `Archive/*`, in any case; `*` takes in sub-folders."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def choose(self, name: str, usual: bool = True) -> bool:
        """Whether the one of this name is read; `usual` is whether it is where nothing is said."""
        wanted = _fits(name, self.include) if self.include else usual
        return wanted and not _fits(name, self.exclude)


class Settings(BaseModel):
    """The keys of a `kind = "microsoft"` source. National clouds have another `host` and `authority`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    client_id: str = Field(min_length=1)
    tenant: str = Field(default="common", pattern=r"^[\w.-]+$")
    user: str = ""
    read: tuple[Part, ...] = Field(default=("mail", "calendar", "contacts"), min_length=1)
    mail_scope: Literal["basic", "read"] = "basic"
    folders: Names = Names()
    calendars: Names = Names()
    host: Address = "https://graph.microsoft.com"
    authority: Address = "https://login.microsoftonline.com"
    ca_file: Path | None = None
    timeout: float = Field(default=60.0, gt=0, le=3600)


def consent(settings: Settings, context: Context) -> MicrosoftConsent:
    """What the owner is asked to allow: to read what the settings name, and nothing else."""
    wanted = {**SCOPES, "mail": SCOPES["mail"] if settings.mail_scope == "basic" else _WHOLE_MAIL}
    return MicrosoftConsent(
        token=f"microsoft/{context.source}",
        client_id=settings.client_id,
        scopes=tuple(f"{settings.host}/{wanted[part]}" for part in settings.read),
        user=settings.user,
        authority=f"{settings.authority}/{settings.tenant}",
        ca_file=settings.ca_file and context.path(settings.ca_file),
    )


def _fits(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name.casefold(), pattern.casefold()) for pattern in patterns)
