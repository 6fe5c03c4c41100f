"""Sign in for one source, and keep the sign-in where settings.toml says."""

import typer

from connectors.consent import Consent
from connectors.context import Context
from connectors.errors import SourceError
from connectors.registry import KINDS
from pipelines import consenting, delivering, pulling, running
from pipelines.consenting import Walk
from pipelines.home import Home
from pipelines.running import Stop
from pipelines.settings import Owner


def sign_in(home: Home, asked: str | None, source: str, *, browser: bool) -> str:
    """Walk through the consent for the source of this name, or for sending reports by Gmail; returns its owner. Raises Stop
    where there is none."""
    owner = _owner(home, asked, source)
    context = pulling.context_of(home, owner, source, pulling.now())
    walk = Walk(_say, consenting.show if browser else None, lambda question: str(typer.prompt(question, err=True)))
    try:
        consent = _consent(owner, source, context)
        context.tokens.load(consent.token)  # where nothing can be kept, that is said before anybody signs in
        found = consenting.consented(consent, walk)
        context.tokens.save(consent.token, found.text)
    except SourceError as error:
        raise Stop(str(error), 1) from error
    who = f" as {found.who}" if found.who else ""
    _say(f"Signed in{who}.")
    if found.who and consent.user and found.who.lower() != consent.user.lower():
        _say(f"settings.toml names {consent.user} for this source: sign in again if that was the wrong account.")
    for scope in found.missing:
        _say(
            f"Not allowed: {scope.rpartition('/')[2] or scope}. Sign in again and tick its box, or leave it out in settings.toml."
        )
    return owner.key


def _consent(owner: Owner, source: str, context: Context) -> Consent:
    table = owner.source.get(source)
    if table is None:
        sending = delivering.consent(owner)
        assert sending is not None  # _owner has looked
        return sending
    found = KINDS[table.kind].consent(table.options, context)
    if found is None:
        raise Stop(f"The source {source} needs no sign-in: its kind is “{table.kind}”.", 2)
    return found


def _owner(home: Home, asked: str | None, source: str) -> Owner:
    known = running.settings(home).owner
    owners = [known[key] for key in running.owners(home, asked)]
    sending = [owner for owner in owners if source == delivering.SIGN_IN and owner.report.deliver == "gmail"]
    having = [owner for owner in owners if source in owner.source or owner in sending]
    if not having:
        names = sorted({name for owner in owners for name in owner.source})
        raise Stop(f"{home.settings} names no source “{source}”; there are {', '.join(names) or 'none'}.", 2)
    if len(having) > 1:
        raise Stop(f"Several owners have a source {source}: say whose this is with --owner.", 2)
    return having[0]


def _say(line: str) -> None:
    typer.echo(line, err=True)
