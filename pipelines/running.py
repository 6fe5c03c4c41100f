"""What the commands share: which owner, which week, and how an error ends the command."""

import os
import re
from collections.abc import Callable
from pathlib import Path

from pipelines import store_faults
from pipelines.home import Home, NoHome
from pipelines.secrets import SecretMissing
from pipelines.settings import Settings, SettingsError, load
from pipelines.steps.moment import NoWeek, week_end
from pipelines.store import StoreError, opened
from reports.delivery import DeliveryError


def _seconds(text: str) -> float:
    return float(text) if re.fullmatch(r"[0-9]{1,5}(\.[0-9]+)?", text) else 30.0


# seconds to wait for another program that works on the store
PATIENCE = _seconds(os.environ.get("COLDCOFFEE_PATIENCE", ""))


class Stop(Exception):
    """The command ends with this sentence (none, if empty) and this exit code."""

    def __init__(self, sentence: str, code: int) -> None:
        super().__init__(sentence)
        self.code = code


def told(error: Exception, home: Home) -> Stop | None:
    """The sentence and the exit code for an error that is not the program's own fault; None for one that is."""
    if isinstance(error, (NoHome, SettingsError, NoWeek)):
        return Stop(str(error), 2)
    if isinstance(error, (StoreError, SecretMissing, DeliveryError)):
        return Stop(str(error), 1)
    return Stop(store_faults.of_system(error, home.folder), 1) if isinstance(error, OSError) else None


def settings(home: Home) -> Settings:
    """The settings of this home. Raises SettingsError."""
    return load(home.settings)


def owners(home: Home, asked: str | None) -> list[str]:
    """The owners that a command is for: the one that was asked for, else all. Raises Stop for an unknown name."""
    known = list(settings(home).owner)
    if asked is None:
        return known
    if asked not in known:
        raise Stop(f"{home.settings} names no owner “{asked}”; there are {', '.join(known)}.", 2)
    return [asked]


def each(home: Home, asked: str | None, work: Callable[[str], None]) -> None:
    """Do the work for each owner that was asked for: one whose work fails does not stop the others.

    Raises Stop at the end if any failed, with all sentences; its code is 3 if no more than sources could not be read.
    """
    keys = owners(home, asked)
    failed: dict[str, Stop] = {}
    for key in keys:
        try:
            work(key)
        except Exception as error:
            stop = error if isinstance(error, Stop) else told(error, home)
            if stop is None:
                raise
            failed[key] = stop
    if failed:
        named = [f"{key}: {stop}" if len(keys) > 1 else str(stop) for key, stop in failed.items() if str(stop)]
        codes = {stop.code for stop in failed.values()}
        raise Stop("\n".join(named), next(code for code in (1, 2, 3) if code in codes))


def one_owner(home: Home, asked: str | None) -> str:
    """The one owner that a correction is for. Raises Stop if there are several and none was named."""
    found = owners(home, asked)
    if len(found) > 1:
        raise Stop(f"There are several owners ({', '.join(found)}): say whose this is with --owner.", 2)
    return found[0]


def snapshot(home: Home, owner: str) -> Path:
    """The owner's snapshot. Raises Stop if there is none yet."""
    path = home.snapshot(owner)
    if not path.exists():
        raise Stop(f"Nothing has been read yet for {owner}: run “coldcoffee run” first.", 1)
    return path


def kept_report(home: Home, owner: str, week: str | None, form: str) -> str:
    """A kept report's text, HTML or JSON. Raises Stop if that week has none, NoWeek for no week."""
    if week is not None:
        week_end(week, settings(home).owner[owner].timezone)
    with opened(snapshot(home, owner), PATIENCE, read_only=True) as store:
        found = [row for row in store.rows("reports") if week is None or row["week"] == week]
    if not found:
        asked = f"--week {week}" if week else ""
        raise Stop(
            f"There is no report of {week or 'any week'} yet: run “coldcoffee run {asked}”.".replace(" ”", "”"), 1
        )
    return str(max(found, key=lambda row: str(row["week"]))[form])
