"""Read settings.toml into typed settings, or say in one sentence which key of which table is wrong."""

import difflib
import re
import tomllib
import zoneinfo
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from connectors.registry import KINDS
from pipelines import secrets

Model = TypeVar("Model", bound=BaseModel)
OWNER_NAME = re.compile(r"[a-z0-9_-]+")
CadenceWord = Literal["weekly", "fortnightly", "monthly", "quarterly", "yearly", "never"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class SettingsError(Exception):
    """The settings can't be used; `str()` is one sentence that names the key, the file and what is allowed."""


def _zone(name: str) -> str:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("is no time zone: write an IANA name such as “Europe/Berlin”") from error
    return name


def _clock(text: str) -> str:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        raise ValueError("is no time of day: write it as “07:00”")
    return text


def _reference(text: str) -> str:
    if not secrets.is_reference(text):
        raise ValueError(f"must not hold the secret itself: say where it lies, as {secrets.FORMS}")
    return text


def _address(text: str) -> str:
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", text):
        raise ValueError("is no e-mail address")
    return text


def _tokens(text: str) -> str:
    if text not in ("keyring", "files") and not re.fullmatch(r"keyring:\w+(\.\w+)+", text):
        raise ValueError("must be “keyring”, “files” or “keyring:” and the name of a keyring's class")
    return text


Zone = Annotated[str, AfterValidator(_zone)]
Secret = Annotated[str, AfterValidator(_reference)]
Address = Annotated[str, AfterValidator(_address)]
Tokens = Annotated[str, AfterValidator(_tokens)]


class Strict(BaseModel):
    """A table of settings.toml: unknown keys are errors, and nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Smtp(Strict):
    """The server that mails the report. `security` is tls (port 465), starttls (port 587) or none (port 25)."""

    host: str
    port: int | None = Field(default=None, ge=1, le=65535)
    security: Literal["tls", "starttls", "none"] = "starttls"
    user: str | None = None
    secret: Secret | None = None


class Gmail(Strict):
    """The account that mails the report by Gmail's own API: `client` leads to the owner's OAuth client."""

    user: Address
    client: Secret
    root: str | None = Field(default=None, pattern=r"^https?://\S+$")
    timeout: float = Field(default=60.0, gt=0, le=3600)


class Report(Strict):
    """When the weekly report is made, in the owner's time zone, and how it is delivered."""

    weekday: Weekday = "monday"
    time: Annotated[str, AfterValidator(_clock)] = "07:00"
    to: tuple[Address, ...] = ()
    sender: Address | None = None
    deliver: Literal["outbox", "smtp", "gmail"] = "outbox"
    language: Literal["en", "de"] = "en"
    smtp: Smtp | None = None
    gmail: Gmail | None = None


class Cadence(Strict):
    """How often to be in touch with the contacts of a tag, or of an organization, unless the owner says otherwise of
    one person."""

    tags: dict[str, CadenceWord] = {}
    organizations: dict[str, CadenceWord] = {}


class Source(Strict):
    """One source: its kind, and that kind's own settings, checked by the connector's model."""

    kind: str
    options: dict[str, object]


class Owner(Strict):
    """One owner. `key` is the name in the table's heading; `addresses` are all of the owner's own; `tokens` is where
    sign-ins are kept: the system's keyring, one of its classes by name, or files in the home. `discover`: an exchange
    makes a correspondent a contact. `assistants`: addresses of assistants, each with that of whom they write for."""

    key: str
    name: str
    addresses: tuple[Address, ...] = Field(min_length=1)
    timezone: Zone
    source: dict[str, Source]
    report: Report = Report()
    cadence: Cadence = Cadence()
    discover: bool = True
    assistants: dict[Address, Address] = {}
    tokens: Tokens = "keyring"


class Settings(Strict):
    """All owners of one installation, by their names."""

    owner: dict[str, Owner]


class _OwnerTable(Strict):
    name: str
    addresses: tuple[Address, ...] = Field(min_length=1)
    timezone: Zone
    source: dict[str, dict[str, object]] = {}
    report: Report = Report()
    cadence: Cadence = Cadence()
    discover: bool = True
    assistants: dict[Address, Address] = {}
    tokens: Tokens = "keyring"


def load(path: Path) -> Settings:
    """Read and check the file. Raises SettingsError."""
    try:
        with path.open("rb") as file:
            found = tomllib.load(file)
    except FileNotFoundError as error:
        raise SettingsError(f"There are no settings yet at {path}: run “coldcoffee init”.") from error
    except OSError as error:
        raise SettingsError(f"{path} can't be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path} is not UTF-8 text: save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is no valid TOML: {error}.") from error
    return _checked(found, path)


def _checked(found: dict[str, object], path: Path) -> Settings:
    for key in found:
        if key != "owner":
            raise SettingsError(_unknown(path, "", key, ["owner"]))
    tables = found.get("owner")
    if not isinstance(tables, dict) or not tables:
        raise SettingsError(f"{path} names no owner: add a table [owner.NAME] with name, addresses and timezone.")
    return Settings(owner={str(key): _owner(str(key), table, path) for key, table in tables.items()})


def _owner(key: str, table: object, path: Path) -> Owner:
    if not OWNER_NAME.fullmatch(key):
        raise SettingsError(f"{path}: the owner's name “{key}” may hold only a–z, 0–9, _ and -: it names files.")
    where = f"owner.{key}"
    checked = _validated(_OwnerTable, table, where, path)
    sources = {name: _source(f"{where}.source.{name}", options, path) for name, options in checked.source.items()}
    report = checked.report
    _check_delivery(report, where, path)
    if report.deliver == "gmail" and "report" in sources:
        raise SettingsError(
            f"{path}: no source can be called “report” beside deliver = “gmail”, whose sign-in has this name: "
            f"rename [{where}.source.report]."
        )
    return Owner(
        key=key,
        name=checked.name,
        addresses=checked.addresses,
        timezone=checked.timezone,
        source=sources,
        report=report,
        cadence=checked.cadence,
        discover=checked.discover,
        assistants=checked.assistants,
        tokens=checked.tokens,
    )


def _check_delivery(report: Report, where: str, path: Path) -> None:
    """Mailing needs a table that says how, and somebody to mail to. Raises SettingsError."""
    tables = {"smtp": report.smtp, "gmail": report.gmail}
    way = report.deliver
    if way in tables and tables[way] is None:
        raise SettingsError(
            f"{path}: [{where}.report] has deliver = “{way}” and no table [{where}.report.{way}]: add one."
        )
    if way in tables and not report.to:
        raise SettingsError(f"{path}: [{where}.report] has deliver = “{way}” and names nobody in “to”: add an address.")


def _source(where: str, options: dict[str, object], path: Path) -> Source:
    kind = options.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        given = f"kind = “{kind}”, which is none" if kind else "no kind"
        raise SettingsError(f"{path}: [{where}] has {given}; allowed are {', '.join(sorted(KINDS))}.")
    rest = {name: value for name, value in options.items() if name != "kind"}
    secret = rest.get("secret")
    if isinstance(secret, str) and not secrets.is_reference(secret):
        raise SettingsError(
            f"{path}: “secret” in [{where}] must not hold the secret itself: say where it lies, as {secrets.FORMS}."
        )
    _validated(KINDS[kind].settings, rest, where, path)
    return Source(kind=kind, options=rest)


def _validated(model: type[Model], table: object, where: str, path: Path) -> Model:
    try:
        return model.model_validate(table)
    except ValidationError as error:
        found = error.errors(include_input=False)
        # a misspelt key is also a missing one: the spelling is what helps
        first = next((one for one in found if one["type"] == "extra_forbidden"), found[0])
    at = [str(part) for part in first["loc"]]
    if not at:  # said of the table as a whole
        raise SettingsError(f"{path}: [{where}] {_lower(first['msg'].removeprefix('Value error, '))}.")
    inner = ".".join([where, *at[:-1]])
    key = at[-1]
    if first["type"] == "extra_forbidden":
        raise SettingsError(_unknown(path, inner, key, _allowed(model, at[:-1])))
    if first["type"] == "missing":
        raise SettingsError(f"{path}: [{inner}] lacks “{key}”: add it.")
    message = first["msg"].removeprefix("Value error, ")
    inner_key = f"“{at[-2]}” (entry {int(key) + 1})" if key.isdigit() and len(at) > 1 else f"“{key}”"
    table_name = ".".join([where, *at[:-2]]) if key.isdigit() else inner
    raise SettingsError(f"{path}: {inner_key} in [{table_name}] {_lower(message)}.")


def _lower(message: str) -> str:
    return f"is wrong: {message[0].lower()}{message[1:]}" if message[0].isupper() else message


def _allowed(model: type[BaseModel], inner: list[str]) -> list[str]:
    for name in inner:
        field = model.model_fields.get(name)
        found = [kind for kind in _models(field.annotation)] if field else []
        if not found:
            return []
        model = found[0]
    return sorted(model.model_fields)


def _models(annotation: object) -> list[type[BaseModel]]:
    parts = [annotation, *getattr(annotation, "__args__", ())]
    return [part for part in parts if isinstance(part, type) and issubclass(part, BaseModel)]


def _unknown(path: Path, where: str, key: str, allowed: list[str]) -> str:
    near = difflib.get_close_matches(key, allowed, 1)
    hint = f" (did you mean “{near[0]}”?)" if near else ""
    place = f"[{where}]" if where else "the file"
    return f"{path}: {place} has an unknown key “{key}”{hint}; allowed are {', '.join(allowed)}."
