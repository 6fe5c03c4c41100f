"""Which kinds of source there are: the word in settings.toml, its settings, and what opens it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from connectors import caldav, carddav, folder, google, ical_url, imap, microsoft
from connectors.consent import Consent
from connectors.context import Context
from connectors.records import Connector

S = TypeVar("S", bound=BaseModel)


class Kind(NamedTuple):
    """One kind of source: `settings` tells its keys (for checks and docs), `open` makes a connector of the table in
    settings.toml without its `kind` key, `consent` tells what its owner has to allow at the provider; None for a source
    without such a sign-in. Both raise pydantic.ValidationError for a missing, misspelt or wrong key.
    """

    settings: type[BaseModel]
    open: Callable[[Mapping[str, object], Context], Connector]
    consent: Callable[[Mapping[str, object], Context], Consent | None]


def _no_consent(settings: BaseModel, context: Context) -> None:
    """Most kinds of source sign in nowhere."""


def _kind(
    settings: type[S],
    opener: Callable[[S, Context], Connector],
    consent: Callable[[S, Context], Consent | None] = _no_consent,
) -> Kind:
    return Kind(
        settings,
        lambda table, context: opener(settings.model_validate(dict(table)), context),
        lambda table, context: consent(settings.model_validate(dict(table)), context),
    )


KINDS: dict[str, Kind] = {
    "caldav": _kind(caldav.Settings, caldav.open),
    "carddav": _kind(carddav.Settings, carddav.open),
    "folder": _kind(folder.Settings, folder.open),
    "google": _kind(google.Settings, google.open, google.consent),
    "ical_url": _kind(ical_url.Settings, ical_url.open),
    "imap": _kind(imap.Settings, imap.open, imap.consent),
    "microsoft": _kind(microsoft.Settings, microsoft.open, microsoft.consent),
}


def open_source(kind: str, settings: Mapping[str, object], context: Context) -> Connector:
    """Open a source of `kind` (a key of KINDS) with its table of settings.toml, without the `kind` key."""
    return KINDS[kind].open(settings, context)
