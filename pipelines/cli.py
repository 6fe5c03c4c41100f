"""The command `coldcoffee`."""

import json as jsons
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from pipelines import running
from pipelines.home import Home, find_home
from pipelines.running import Stop

app = typer.Typer(
    name="coldcoffee",
    help="Who has gone cold, and whom did you really meet in person?",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)

Owner = Annotated[str | None, typer.Option("--owner", help="The owner's name in settings.toml, if there are several.")]
Week = Annotated[str | None, typer.Option("--week", help="An ISO week such as 2026-W46; default: the last whole week.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

_home: list[Home] = []


@app.callback()
def everywhere(
    home: Annotated[
        Path | None,
        typer.Option("--home", envvar="COLDCOFFEE_HOME", help="The folder that holds everything of one installation."),
    ] = None,
) -> None:
    """Who has gone cold, and whom did you really meet in person?"""
    _home[:] = [find_home(home)]
    os.environ["COLDCOFFEE_HOME"] = str(_home[0].folder)  # what Dagster's own processes are told


@app.command()
def init() -> None:
    """Ask a few questions, write settings.toml, and check each source."""
    from pipelines import starting

    starting.init(_home[0])


@app.command()
def check(owner: Owner = None, json: AsJson = False) -> None:
    """Connect to each source and say what it sees, or what to do."""
    from pipelines import checking

    seen, problems = checking.check(_home[0], owner)
    typer.echo(jsons.dumps(seen, ensure_ascii=False, indent=1) if json else checking.as_text(seen))
    if problems:
        raise Stop("", 3)


@app.command()
def run(
    week: Week = None,
    no_pull: Annotated[bool, typer.Option("--no-pull", help="Judge what is there already.")] = False,
    owner: Owner = None,
    json: AsJson = False,
) -> None:
    """Pull, judge, and make the report of the last whole week."""
    from pipelines import graph

    done = [graph.run(_home[0], key, week, pull=not no_pull) for key in running.owners(_home[0], owner)]
    for one in done:
        typer.echo(one.json if json else one.text)
    for one in done:
        for line in one.problems:
            typer.echo(line, err=True)
    if any(one.problems for one in done):
        raise Stop("", 3)


@app.command()
def report(
    week: Week = None,
    form: Annotated[str, typer.Option("--format", help="text, html or json.")] = "text",
    owner: Owner = None,
) -> None:
    """Print a report that was made."""
    if form not in ("text", "html", "json"):
        raise Stop(f"--format {form} is unknown: choose text, html or json.", 2)
    for key in running.owners(_home[0], owner):
        typer.echo(running.kept_report(_home[0], key, week, form))


@app.command()
def send(
    week: Week = None,
    again: Annotated[bool, typer.Option("--again", help="Send it although it was sent before.")] = False,
    owner: Owner = None,
) -> None:
    """Deliver a report once a week and recipient."""
    from pipelines import graph

    for key in running.owners(_home[0], owner):
        typer.echo(graph.send(_home[0], key, week, again=again))


@app.command()
def explain(who: str, owner: Owner = None, json: AsJson = False) -> None:
    """One person: timeline, silence, state, each meeting's verdict and evidence, and why."""
    from pipelines import explaining

    for key in running.owners(_home[0], owner):
        found = explaining.explain(_home[0], key, who)
        typer.echo(jsons.dumps(found.facts, ensure_ascii=False, indent=1, default=str) if json else found.text)


@app.command()
def met(meeting: str, answer: str, owner: Owner = None) -> None:
    """Say whether a meeting took place: yes (in person), no, or remote."""
    from pipelines import correcting

    typer.echo(correcting.met(_home[0], running.one_owner(_home[0], owner), meeting, answer))


@app.command()
def log(
    who: str,
    what: str,
    at: Annotated[str | None, typer.Option("--at", help="When, such as 2026-11-20 or 2026-11-20T15:00.")] = None,
    owner: Owner = None,
) -> None:
    """Add a call, a meeting (met) or a message that no source knows of."""
    from pipelines import correcting

    typer.echo(correcting.log(_home[0], running.one_owner(_home[0], owner), who, what, at))


@app.command()
def ignore(address: str, owner: Owner = None) -> None:
    """Never take this address for a person."""
    from pipelines import correcting

    typer.echo(correcting.ignore(_home[0], running.one_owner(_home[0], owner), address))


@app.command()
def forget(who: str, owner: Owner = None) -> None:
    """Erase a person from the store, the snapshot, the reports and the outbox."""
    from pipelines import forgetting

    typer.echo(forgetting.forget(_home[0], running.one_owner(_home[0], owner), who))


@app.command()
def ui(
    port: Annotated[int, typer.Option("--port", help="The port on 127.0.0.1.")] = 3000,
) -> None:
    """Start Dagster's webserver and daemon for this home, schedules on."""
    from pipelines import serving

    raise typer.Exit(serving.serve(_home[0], port))


def main() -> None:
    """Run the command. A mistake of the user's or of a server's is one sentence on standard error, never a traceback."""
    os.umask(0o077)
    try:
        app()
    except Stop as stop:
        if str(stop):
            typer.echo(str(stop), err=True)
        sys.exit(stop.code)
    except KeyboardInterrupt:
        typer.echo("Stopped; what was saved so far is kept.", err=True)
        sys.exit(1)
    except Exception as error:
        code = running.exit_code(error)
        if code is None:
            raise
        typer.echo(str(error), err=True)
        sys.exit(code)
