"""Ask what is to be read of one address, and make its sources."""

from collections.abc import Mapping
from pathlib import Path

import typer

from connectors.errors import SourceError
from pipelines import keyrings, questions, secrets
from pipelines.home import Home
from pipelines.private import private_folder, write_private
from pipelines.providers import GOOGLE, MICROSOFT, Provider, provider_of

Table = dict[str, object]
_PLACES = ("Google Workspace or Gmail", "Microsoft 365 or Outlook.com", "another server, by IMAP", "don't read it")


class Accounts:
    """Makes sources of answers. `signing_in` are the names of those that have to be signed in for."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self.signing_in: list[str] = []

    def ask(self, address: str, taken: Mapping[str, object]) -> dict[str, object]:
        """The sources of one address by their names, none of which is among `taken`. Raises typer.Abort."""
        provider = provider_of(address)
        if provider is None:
            domain = address.rpartition("@")[2]
            chosen = questions.choose(f"Where is the mail of {domain}?", _PLACES)
            if chosen == 3:
                return {}
            provider = (GOOGLE, MICROSOFT, Provider(domain, (), host=f"imap.{domain}"))[chosen]
        elif not questions.agree(f"Read {address} at {provider.name}?"):
            return {}
        if provider.kind == "google":
            return self._google(address, taken)
        if provider.kind == "microsoft":
            return self._microsoft(address, taken)
        return self._servers(address, provider, taken)

    def _google(self, address: str, taken: Mapping[str, object]) -> dict[str, object]:
        typer.echo(
            "Google lets a program read mail only with an OAuth client of your own: docs/sources-google.md shows how."
        )
        name = _free("google", taken)
        path = questions.ask("Its JSON file", "~/google-client.json", questions.something)
        _close(Path(path).expanduser())
        self.signing_in.append(name)
        return {name: {"kind": "google", "user": address, "client": f"file:{path}"}}

    def _microsoft(self, address: str, taken: Mapping[str, object]) -> dict[str, object]:
        typer.echo(
            "Microsoft lets a program read mail only with a client of your own: docs/sources-microsoft.md shows how."
        )
        told = questions.ask("Its application (client) ID; leave it empty to do this later")
        if not told:
            typer.echo(f"{address} is left out for now: docs/sources-microsoft.md shows what to add to settings.toml.")
            return {}
        name = _free("microsoft", taken)
        self.signing_in.append(name)
        return {name: {"kind": "microsoft", "user": address, "client_id": told}}

    def _servers(self, address: str, provider: Provider, taken: Mapping[str, object]) -> dict[str, object]:
        """Mail by IMAP, and calendars and contacts where the provider has them."""
        if provider.hint:
            typer.echo(provider.hint)
        host = questions.ask("IMAP server", provider.host, questions.something)
        user = questions.ask("User", address, questions.something)
        secret = self._secret(user)
        found: dict[str, object] = {}
        found[_free("mail", taken)] = {"kind": "imap", "host": host, "user": user, "secret": secret}
        if provider.caldav and questions.agree(f"Read the calendars and contacts at {provider.name}, too?"):
            for kind, url in (("caldav", provider.caldav), ("carddav", provider.carddav)):
                name = _free("calendar" if kind == "caldav" else "contacts", taken)
                found[name] = {"kind": kind, "url": url, "user": user, "secret": secret}
        return found

    def _secret(self, user: str) -> str:
        """Where the password lies: where the owner says, or where it is put, which is the keyring if there is one."""
        keyring = keyrings.safe()
        kept = "the system's keyring" if keyring else "a file that only you may read, since this machine has no keyring"
        typer.echo(f"The password is kept in {kept}. If it lies somewhere else, say where: {secrets.FORMS}.")
        told = questions.ask(f"Password of {user}", check=questions.something, hidden=True)
        if secrets.is_reference(told):
            return told
        if keyring is not None:
            try:
                keyring.set_password("coldcoffee", user, told)
                return f"keyring:coldcoffee/{user}"
            except keyrings.errors():
                typer.echo("The keyring does not take it: it is kept in a file that only you may read.")
        path = private_folder(self._home.folder / "secrets") / user.replace("/", "_")
        write_private(path, told)
        return f"file:{path}"


def _free(name: str, taken: Mapping[str, object]) -> str:
    """The name, or with a number where it is taken."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def _close(path: Path) -> None:
    """See to it that nobody else may read the client's file."""
    try:
        secrets.fetch(f"file:{path}")
    except SourceError as error:
        typer.echo(f"  {error}")
        if path.is_file() and questions.agree(f"Close {path} to others now?"):
            path.chmod(0o600)
