"""Ask the few questions that a new home needs, and write its settings.toml."""

import re
import unicodedata

import tomli_w
import typer

from pipelines import checking, consenting, keyrings, questions, signing_in
from pipelines.accounts import Accounts
from pipelines.home import Home
from pipelines.private import private_folder, write_private
from pipelines.running import Stop
from pipelines.settings import SettingsError, load


def init(home: Home) -> None:
    """Ask, write, sign in, and check each source. Raises Stop if there are settings already, or on a closed input."""
    if home.settings.exists():
        raise Stop(f"There are settings already: {home.settings}. Edit that file, then run “coldcoffee check”.", 1)
    accounts = Accounts(home)
    try:
        settings = _asked(accounts)
    except (typer.Abort, EOFError) as error:
        raise Stop("Nothing was written: init asks questions and needs a terminal.", 1) from error
    private_folder(home.folder)
    private_folder(home.inbox)
    write_private(home.settings, tomli_w.dumps(settings))
    try:
        load(home.settings)
    except SettingsError as error:
        home.settings.unlink()
        raise Stop(f"{error} Nothing was written: run “coldcoffee init” again.", 2) from error
    typer.echo(f"Written: {home.settings}. Drop mailboxes, calendars and address books into {home.inbox}.")
    _sign_in(home, accounts.signing_in)
    found, failed = checking.check(home, None)
    typer.echo(checking.as_text(found))
    if failed:
        raise Stop("", 3)


def _asked(accounts: Accounts) -> dict[str, object]:
    name = questions.ask("Your name", check=questions.something)
    told = questions.ask("All your own e-mail addresses, separated by commas", check=questions.addresses)
    addresses = told.split()
    here = questions.system_zone()
    zone = questions.ask("Your time zone" + ("" if here else ", such as Europe/Berlin"), here, questions.zone)
    source: dict[str, object] = {"files": {"kind": "folder", "path": "inbox"}}
    for address in addresses:
        source |= accounts.ask(address, taken=source)
    owner: dict[str, object] = {"name": name, "addresses": addresses, "timezone": zone}
    if accounts.signing_in and keyrings.safe() is None:
        typer.echo("This machine has no keyring that is safe: sign-ins are kept in files that only you may read.")
        owner["tokens"] = "files"
    return {"owner": {_key(name): {**owner, "source": source}}}


def _key(name: str) -> str:
    """A name for files, made of the owner's first name."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    found = re.search(r"[a-z0-9][a-z0-9_-]*", plain.lower())
    return found[0] if found else "me"


def _sign_in(home: Home, sources: list[str]) -> None:
    """Walk through each sign-in; what does not come about can be made up for later."""
    for source in sources:
        if questions.agree(f"Sign in for {source} now?"):
            try:
                signing_in.sign_in(home, None, source, browser=consenting.has_browser())
                continue
            except Stop as stop:
                typer.echo(str(stop))
        typer.echo(f"Sign in for it later with “coldcoffee check --sign-in {source}”.")
