"""The command `coldcoffee`."""

import json as jsons
import os
import sys
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from pipelines import running
from pipelines.home import Home, find_home
from pipelines.running import Stop

if TYPE_CHECKING:
    from pipelines.correcting import Recorded

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


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"coldcoffee {metadata.version('coldcoffee')}")
        raise typer.Exit


@app.callback()
def everywhere(
    home: Annotated[
        Path | None,
        typer.Option("--home", envvar="COLDCOFFEE_HOME", help="The folder that holds everything of one installation."),
    ] = None,
    version: Annotated[  # noqa: ARG001 - its callback does it
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
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
def check(
    owner: Owner = None,
    sign_in: Annotated[
        str | None,
        typer.Option("--sign-in", metavar="SOURCE", help="Sign in at Google or Microsoft for this source first."),
    ] = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Sign in with a browser on another machine.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Connect to each source and say what it sees, or what to do."""
    from pipelines import checking

    if sign_in is not None:
        from pipelines import consenting, signing_in

        owner = signing_in.sign_in(_home[0], owner, sign_in, browser=consenting.has_browser() and not no_browser)
        if owner is None:  # for sending reports: there is nothing to look at
            return
    seen, problems = checking.check(_home[0], owner, sign_in)
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

    printed: list[object] = []

    def one(key: str) -> None:
        done = graph.run(_home[0], key, week, pull=not no_pull)
        if json:
            printed.append(jsons.loads(done.json))
        else:
            typer.echo(done.text)
        if done.problems:
            raise Stop("\n".join(done.problems), 3)

    _each(owner, one, printed)


@app.command()
def report(
    week: Week = None,
    form: Annotated[str, typer.Option("--format", help="text, html or json.")] = "text",
    owner: Owner = None,
) -> None:
    """Print a report that was made."""
    if form not in ("text", "html", "json"):
        raise Stop(f"--format {form} is unknown: choose text, html or json.", 2)
    running.each(_home[0], owner, lambda key: typer.echo(running.kept_report(_home[0], key, week, form)))


@app.command()
def send(
    week: Week = None,
    again: Annotated[bool, typer.Option("--again", help="Send it although it was sent before.")] = False,
    owner: Owner = None,
) -> None:
    """Deliver a report once a week and recipient."""
    from pipelines import graph

    running.each(_home[0], owner, lambda key: typer.echo(graph.send(_home[0], key, week, again=again)))


@app.command()
def explain(who: str, owner: Owner = None, json: AsJson = False) -> None:
    """One person: timeline, silence, state, each meeting's verdict and evidence, and why."""
    from pipelines import explaining

    printed: list[object] = []

    def one(key: str) -> None:
        found = explaining.explain(_home[0], key, who)
        if json:
            printed.append(found.facts)
        else:
            typer.echo(found.text)

    _each(owner, one, printed)


@app.command()
def met(meeting: str, answer: str, owner: Owner = None, json: AsJson = False) -> None:
    """Say whether a meeting took place: yes (in person), no, or remote."""
    from pipelines import correcting

    _print(correcting.met(_home[0], running.one_owner(_home[0], owner), meeting, answer), json)


@app.command()
def log(
    who: str,
    what: str,
    at: Annotated[str | None, typer.Option("--at", help="When, such as 2026-11-20 or 2026-11-20T15:00.")] = None,
    owner: Owner = None,
    json: AsJson = False,
) -> None:
    """Add a call, a meeting (met) or a message that no source knows of."""
    from pipelines import correcting

    _print(correcting.log(_home[0], running.one_owner(_home[0], owner), who, what, at), json)


@app.command()
def ignore(address: str, owner: Owner = None, json: AsJson = False) -> None:
    """Never take this address for a person."""
    from pipelines import correcting

    _print(correcting.ignore(_home[0], running.one_owner(_home[0], owner), address), json)


@app.command()
def cadence(who: str, how_often: str, owner: Owner = None, json: AsJson = False) -> None:
    """Say how often to be in touch: weekly, fortnightly, monthly, quarterly, yearly, auto or never."""
    from pipelines import tending

    _print(tending.cadence(_home[0], running.one_owner(_home[0], owner), who, how_often), json)


@app.command()
def snooze(who: str, how_long: str, owner: Owner = None, json: AsJson = False) -> None:
    """Hear nothing of a contact's silence for a while: 10d, 3w, 2m, 1y, until a date, or off to end it."""
    from pipelines import tending

    _print(tending.snooze(_home[0], running.one_owner(_home[0], owner), who, how_long), json)


@app.command()
def review(
    question: Annotated[str | None, typer.Argument(help="A question's number, to answer it here.")] = None,
    answer: Annotated[str | None, typer.Argument(help="yes (one person), no (two people), or skip.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take back your last word on who is who.")] = False,
    owner: Owner = None,
    json: AsJson = False,
) -> None:
    """Answer which matches are right, one by one; without a terminal, list them."""
    from pipelines import reviewing

    key = running.one_owner(_home[0], owner)
    if undo:
        _print(reviewing.undo(_home[0], key), json)
    elif question is not None:
        _print(reviewing.answer(_home[0], key, question, answer or ""), json)
    else:
        found = reviewing.open_questions(_home[0], key)
        if json:
            _print_json([one.facts() for one in found])
        elif found and sys.stdin.isatty() and sys.stdout.isatty():
            reviewing.ask(found, _home[0], key, input, typer.echo)
        else:
            typer.echo(reviewing.listed(found))


@app.command()
def merge(one: str, two: str, owner: Owner = None, json: AsJson = False) -> None:
    """Say that two contacts, or a contact and an address, are one person."""
    from pipelines import reviewing

    _print(reviewing.merge(_home[0], running.one_owner(_home[0], owner), one, two), json)


@app.command()
def split(address: str, owner: Owner = None, json: AsJson = False) -> None:
    """Say that an address is not that of the contact who has it."""
    from pipelines import reviewing

    _print(reviewing.split(_home[0], running.one_owner(_home[0], owner), address), json)


@app.command()
def forget(who: str, owner: Owner = None) -> None:
    """Erase a person from the store, the snapshot, the reports and the outbox."""
    from pipelines import forgetting

    typer.echo(forgetting.forget(_home[0], running.one_owner(_home[0], owner), who))


@app.command()
def ui(
    port: Annotated[int, typer.Option("--port", min=1, max=65_535, help="The port on 127.0.0.1.")] = 3000,
    install: Annotated[
        bool, typer.Option("--install", help="Have systemd run it for good: write a user unit and start it.")
    ] = False,
) -> None:
    """Start Dagster's webserver and daemon for this home, schedules on."""
    from pipelines import serving

    if install:
        from pipelines import installing

        typer.echo(installing.install(_home[0], port))
        return

    raise typer.Exit(serving.serve(_home[0], port))


def _each(owner: str | None, work: Callable[[str], None], printed: Sequence[object]) -> None:
    """Do the work for each owner, then print what it has gathered as JSON: of several owners, a list."""
    several = len(running.owners(_home[0], owner)) > 1
    try:
        running.each(_home[0], owner, work)
    finally:
        if printed:
            _print_json(list(printed) if several else printed[0])


def _print_json(value: object) -> None:
    typer.echo(jsons.dumps(value, ensure_ascii=False, indent=1, default=str))


def _print(recorded: "Recorded", json: bool) -> None:
    if json:
        _print_json(recorded.facts)
    else:
        typer.echo(recorded.text)


def main() -> None:
    """Run the command. A mistake of the user's or of a server's is one sentence on standard error, never a traceback."""
    os.umask(0o077)
    try:
        app()
    except Stop as told:
        _end(told)
    except KeyboardInterrupt:
        _end(Stop("Stopped; what was saved so far is kept.", 1))
    except Exception as error:
        stop = running.told(error, _home[0] if _home else Home(Path()))
        if stop is None:
            raise
        _end(stop)


def _end(stop: Stop) -> NoReturn:
    if str(stop):
        typer.echo(str(stop), err=True)
    sys.exit(stop.code)


if __name__ == "__main__":
    main()
