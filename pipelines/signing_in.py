"""Sign in for a source, or for sending reports, and keep the sign-in where settings.toml says."""

import typer

from connectors.errors import SourceError
from connectors.registry import KINDS
from pipelines import consenting, delivering, pulling, running
from pipelines.consenting import Walk
from pipelines.home import Home
from pipelines.running import Stop
from pipelines.settings import Owner


def sign_in(home: Home, asked: str | None, name: str, *, browser: bool) -> str | None:
    """Walk through the consent for the source of this name, or for sending reports where the name is `report`; returns the
    source's owner, None for reports. Raises Stop where there is no sign-in in the end."""
    walk = Walk(_say, consenting.show if browser else None, lambda question: str(typer.prompt(question, err=True)))
    owner = _owner(home, asked, name)
    source = owner.source.get(name)
    context = pulling.context_of(home, owner, name, pulling.now())
    try:
        consent = KINDS[source.kind].consent(source.options, context) if source else delivering.consent(owner)
        if consent is None:
            kind = f": its kind is “{source.kind}”" if source else ""
            raise Stop(f"The source {name} needs no sign-in{kind}.", 2)
        context.tokens.load(consent.token)  # where nothing can be kept, that is said before anybody signs in
        found = consenting.consented(consent, walk)
        context.tokens.save(consent.token, found.text)
    except SourceError as error:
        raise Stop(str(error), 1) from error
    _say(f"Signed in as {found.who}." if found.who else "Signed in.")
    if found.who and consent.user and found.who.lower() != consent.user.lower():
        _say(f"settings.toml names {consent.user} there: sign in again if this was the wrong account.")
    for scope in found.missing:
        right = scope.rstrip("/").rpartition("/")[2]
        _say(f"Not allowed: {right}. Sign in again and tick its box, or leave it out in settings.toml.")
    return owner.key if source else None


def _owner(home: Home, asked: str | None, name: str) -> Owner:
    known = running.settings(home).owner
    names = {key: _names(known[key]) for key in running.owners(home, asked)}
    having = [key for key, found in names.items() if name in found]
    if not having:
        there = sorted({one for found in names.values() for one in found})
        raise Stop(f"{home.settings} names no source “{name}”; there are {', '.join(there) or 'none'}.", 2)
    if len(having) > 1:
        raise Stop(f"Several owners have a source {name}: say whose this is with --owner.", 2)
    return known[having[0]]


def _names(owner: Owner) -> list[str]:
    """What can be signed in for: the sources, and reports that go out by Gmail."""
    return [*owner.source, *([delivering.SIGN_IN] if owner.report.deliver == "gmail" else [])]


def _say(line: str) -> None:
    typer.echo(line, err=True)
