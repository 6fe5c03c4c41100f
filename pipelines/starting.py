"""Ask the few questions that a new home needs, and write its settings.toml."""

import re

import tomli_w
import typer

from pipelines import checking
from pipelines.home import Home
from pipelines.private import private_folder, write_private
from pipelines.running import Stop
from pipelines.settings import OWNER_NAME, SettingsError, load

SERVERS = {  # a mail domain's IMAP server, for the providers that most people have
    "fastmail.com": "imap.fastmail.com",
    "gmail.com": "imap.gmail.com",
    "gmx.de": "imap.gmx.net",
    "gmx.net": "imap.gmx.net",
    "googlemail.com": "imap.gmail.com",
    "icloud.com": "imap.mail.me.com",
    "mailbox.org": "imap.mailbox.org",
    "me.com": "imap.mail.me.com",
    "posteo.de": "posteo.de",
    "web.de": "imap.web.de",
    "yahoo.com": "imap.mail.yahoo.com",
}


def init(home: Home) -> None:
    """Ask, write, and check each source. Raises Stop if there are settings already, or on a closed input."""
    if home.settings.exists():
        raise Stop(f"There are settings already: {home.settings}. Edit that file, then run “coldcoffee check”.", 1)
    try:
        answers = _asked()
    except (typer.Abort, EOFError) as error:
        raise Stop("Nothing was written: init asks questions and needs a terminal.", 1) from error
    private_folder(home.folder)
    private_folder(home.inbox)
    write_private(home.settings, tomli_w.dumps(answers))
    try:
        load(home.settings)
    except SettingsError as error:
        home.settings.unlink()
        raise Stop(f"{error} Nothing was written: run “coldcoffee init” again.", 2) from error
    typer.echo(f"Written: {home.settings}. Drop mailboxes, calendars and address books into {home.inbox}.")
    found, failed = checking.check(home, None)
    typer.echo(checking.as_text(found))
    if failed:
        raise Stop("", 3)


def _asked() -> dict[str, object]:
    name = typer.prompt("Your name")
    addresses = typer.prompt("All your own e-mail addresses, separated by commas").replace(",", " ").split()
    zone = typer.prompt("Your time zone, such as Europe/Berlin")
    key = re.sub(r"[^a-z0-9]+", "-", name.lower().split()[0]).strip("-")
    key = key if OWNER_NAME.fullmatch(key) else "me"
    source: dict[str, object] = {"files": {"kind": "folder", "path": "inbox"}}
    if typer.confirm("Read a mailbox by IMAP?", default=True):
        domain = addresses[0].rpartition("@")[2].lower() if addresses else ""
        source["mail"] = {
            "kind": "imap",
            "host": typer.prompt("IMAP server", default=SERVERS.get(domain, f"imap.{domain}")),
            "user": typer.prompt("User", default=addresses[0] if addresses else ""),
            "secret": typer.prompt("Where its password lies (env:NAME, file:PATH, keyring:SERVICE/USER, command:…)"),
        }
    return {"owner": {key: {"name": name, "addresses": addresses, "timezone": zone, "source": source}}}
