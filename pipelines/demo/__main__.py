"""Write a made-up life into a home folder: `python -m pipelines.demo FOLDER [--week 2026-W46]`."""

import argparse
import sys
from pathlib import Path

import tomli_w

from pipelines.demo import files
from pipelines.demo.life import HOME, KEY, OWNER, WORK, ZONE, life
from pipelines.reporting import write_private
from pipelines.steps.moment import week_end

WEEK = "2026-W46"


def main() -> int:
    """Write settings.toml and inbox/ below the folder; returns the exit code."""
    wanted = argparse.ArgumentParser(prog="python -m pipelines.demo", description=__doc__)
    wanted.add_argument("home", type=Path)
    wanted.add_argument("--week", default=WEEK)
    given = wanted.parse_args()
    try:
        ends = week_end(given.week, ZONE)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    files.write(life(ends), given.home / "inbox")
    source = {"files": {"kind": "folder", "path": "inbox"}}
    owner = {"name": OWNER, "addresses": [WORK, HOME], "timezone": ZONE, "source": source}
    write_private(given.home / "settings.toml", tomli_w.dumps({"owner": {KEY: owner}}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
