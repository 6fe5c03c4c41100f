"""Ask at the terminal, and ask again where an answer can't be used."""

import difflib
import os
import re
import zoneinfo
from collections.abc import Callable, Sequence
from pathlib import Path

import typer

ADDRESS = re.compile(r"[^@\s<>,]+@[^@\s<>,]+\.[^@\s<>,]+")
_LOCALTIME = Path("/etc/localtime")


class Unusable(ValueError):
    """An answer that can't be used; `str()` is a sentence that says why."""


def ask(question: str, default: str = "", check: Callable[[str], str] = str, *, hidden: bool = False) -> str:
    """The answer as `check` returns it; where that raises Unusable, its sentence is said and the question asked again.

    An empty answer is `default`. Raises typer.Abort at the end of the input.
    """
    while True:
        told = str(typer.prompt(question, default=default, show_default=bool(default), hide_input=hidden))
        try:
            return check(told.strip())
        except Unusable as slip:
            typer.echo(f"  {slip}")


def choose(question: str, answers: Sequence[str]) -> int:
    """The place of the chosen answer in the list."""
    typer.echo(question)
    for number, answer in enumerate(answers, 1):
        typer.echo(f"  {number}  {answer}")

    def check(told: str) -> str:
        if not told.isdecimal() or not 1 <= int(told) <= len(answers):
            raise Unusable(f"Choose a number from 1 to {len(answers)}.")
        return told

    return int(ask("Which", "1", check)) - 1


def agree(question: str, default: bool = True) -> bool:
    """Whether the owner says yes."""
    return bool(typer.confirm(question, default=default))


def something(told: str) -> str:
    """Any answer but none."""
    if not told:
        raise Unusable("Something is needed here.")
    return told


def addresses(told: str) -> str:
    """Mail addresses, separated by commas or blanks; returned with one blank between them."""
    found = told.replace(",", " ").replace(";", " ").split()
    wrong = next((one for one in found if not ADDRESS.fullmatch(one)), None)
    if wrong is not None or not found:
        raise Unusable(f"“{wrong or told}” is no e-mail address: write it as dana@example.org.")
    return " ".join(dict.fromkeys(found))


def zone(told: str) -> str:
    """The name of a time zone, in any spelling of it."""
    known = {name.lower(): name for name in zoneinfo.available_timezones()}
    wanted = told.lower().replace(" ", "_")
    if wanted in known:
        return known[wanted]
    cities = sorted(name for name in known if name.rpartition("/")[2] == wanted)
    if len(cities) == 1:
        return known[cities[0]]
    near = cities or difflib.get_close_matches(wanted, known, 3)
    hint = f"did you mean {' or '.join(known[name] for name in near)}?" if near else "write it as Europe/Berlin."
    raise Unusable(f"“{told}” is no time zone: {hint}")


def system_zone(environment: str | None = os.environ.get("TZ"), localtime: Path = _LOCALTIME) -> str:
    """The name of this machine's time zone; "" where it doesn't tell."""
    linked = str(localtime.resolve()) if localtime.is_symlink() else ""
    for told in ((environment or "").lstrip(":"), linked.rpartition("/zoneinfo/")[2]):
        if told and told in zoneinfo.available_timezones():
            return told
    return ""
