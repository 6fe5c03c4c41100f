"""Turn a person in Google's contacts into a Card."""

from collections.abc import Iterable, Mapping

from connectors.calendar_people import address_of
from connectors.google_json import Json, flag, inner, rows, word
from connectors.records import Card

FIELDS = "names,nicknames,emailAddresses,phoneNumbers,organizations,urls,imClients,memberships,metadata"
OTHER_FIELDS = "names,emailAddresses,phoneNumbers,metadata"
_FAXES = ("homeFax", "workFax", "otherFax", "pager")


def read_person(person: Json, place: str, groups: Mapping[str, str], form: str = "google") -> Card | None:
    """Read one person as the People API gives it; None if nothing on it says whose it is.

    Its key is the resource name; `groups` are the names of contact groups by theirs.
    """
    named = _best(person, "names")
    firm = _current(person)
    emails = _each(_email(word(row, "value")) for row in rows(person, "emailAddresses"))
    phones = _each(word(row, "value") for row in rows(person, "phoneNumbers") if word(row, "type") not in _FAXES)
    profiles = _each(
        [*(word(row, "value") for row in rows(person, "urls")), *map(_chat_name, rows(person, "imClients"))]
    )
    name = _line(word(named, "displayName")) or _line(f"{word(named, 'givenName')} {word(named, 'familyName')}")
    nicknames = _nicknames(person, word(named, "givenName"))
    organization = _line(word(firm, "name"))
    kind = "individual"
    if not name and organization and not nicknames:
        name, kind = organization, "organization"
    elif name.lower() in (email.lower() for email in emails):
        name = ""
    name = name or (nicknames[0] if nicknames else "")
    if not (name or emails or phones or profiles):
        return None
    return Card(
        place=place,
        key=word(person, "resourceName"),
        name=name,
        given=_line(word(named, "givenName")),
        family=_line(word(named, "familyName")),
        nicknames=nicknames,
        organization=organization,
        title=_line(word(firm, "title")),
        emails=emails,
        phones=phones,
        profiles=profiles,
        kind=kind,
        members=(),
        tags=_each(
            groups.get(word(row, "contactGroupMembership", "contactGroupResourceName"), "")
            for row in rows(person, "memberships")
        ),
        connected_at=None,
        died_on=None,
        form=form,
    )


def is_gone(person: Json) -> bool:
    """Whether this tells only that the person was deleted."""
    return flag(person, "metadata", "deleted")


def former_names(person: Json) -> list[str]:
    """The resource names that the person had before it was merged with others."""
    found = inner(person, "metadata").get("previousResourceNames")
    return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []


def _best(person: Json, field: str) -> Json:
    """The entry that the owner's own contact gives; a public profile may say something else."""
    found = rows(person, field)
    own = [row for row in found if word(row, "metadata", "source", "type") == "CONTACT"]
    return next(iter([*own, *found]), {})


def _current(person: Json) -> Json:
    found = rows(person, "organizations")
    return next(iter([*(row for row in found if flag(row, "current")), *found]), {})


def _nicknames(person: Json, given: str) -> tuple[str, ...]:
    maiden = {"MAIDEN_NAME"}
    return _each(
        _line(f"{given} {word(row, 'value')}" if word(row, "type") in maiden else word(row, "value"))
        for row in rows(person, "nicknames")
    )


def _chat_name(row: Json) -> str:
    protocol = word(row, "protocol")
    name = word(row, "username").strip()
    return f"{protocol.lower()}:{name}" if protocol and name else name


def _email(value: str) -> str:
    address = address_of(value)
    return address if "@" in address else ""


def _line(text: str) -> str:
    return " ".join(text.split())


def _each(values: Iterable[str]) -> tuple[str, ...]:
    """Those that say something, each once."""
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))
