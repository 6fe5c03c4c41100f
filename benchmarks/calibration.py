"""Print how often meetings of each given probability really happened in person.

usage: python -m benchmarks.calibration WORLD [WORLD …]

A world is a folder with inbox/ and truth.json, as the scoring programs have them. Each is run as any user would run it;
the table pools all of them. The last column is how far a bin of 20 meetings or more is off.
"""

import datetime as dt
import itertools
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import tomli_w

from pipelines.store import Store

BOUNDS = (0.0, 0.05, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 1.0)
HELD = ("met_in_person", "met_remotely", "did_not_meet")  # only of these is it known what happened
FEWEST = 20
Pair = tuple[float, bool]  # the probability given, and whether they met in person


def pairs(world: Path, home: Path) -> list[Pair]:
    """Run a world, and set each meeting's probability beside what is true of it."""
    truth = json.loads((world / "truth.json").read_text(encoding="utf-8"))
    owner = truth["owner"]
    settings = {
        "name": owner["name"],
        "addresses": owner["addresses"],
        "timezone": owner["timezone"],
        "source": {"files": {"kind": "folder", "path": str((world / "inbox").resolve())}},
    }
    home.mkdir(parents=True, exist_ok=True)
    (home / "settings.toml").write_text(tomli_w.dumps({"owner": {"me": settings}}), encoding="utf-8")
    command = [str(Path(sys.executable).parent / "coldcoffee"), "--home", str(home), "run", "--week", truth["week"]]
    subprocess.run(command, check=True, capture_output=True)
    store = Store(home / "snapshot" / "me.duckdb", read_only=True)
    given = {
        (str(row["contact_id"]), row["starts_at"]): float(str(row["probability"])) for row in store.rows("meetings")
    }
    contact = {str(row["address"]): str(row["contact_id"]) for row in store.rows("addresses")}
    named = {str(row["name"]): str(row["contact_id"]) for row in store.rows("contacts")}
    store.close()
    people = {
        one["id"]: next(
            (contact[mail.lower()] for mail in one["emails"] if mail.lower() in contact), named.get(one["name"], "")
        )
        for one in truth["people"]
    }
    found = []
    for one in truth["meetings"]:
        probability = given.get((people[one["person"]], dt.datetime.fromisoformat(one["starts_at"])))
        if one["verdict"] in HELD and probability is not None:
            found.append((probability, one["verdict"] == "met_in_person"))
    return found


def table(found: list[Pair]) -> str:
    """The reliability table, as Markdown."""
    lines = ["| probability given | meetings | mean | happened in person | off by |", "|---|---|---|---|---|"]
    for low, high in itertools.pairwise(BOUNDS):
        inside = [one for one in found if low <= one[0] < high or one[0] == high == 1.0]
        if inside:
            mean = sum(given for given, _ in inside) / len(inside)
            happened = sum(true for _, true in inside) / len(inside)
            off = f"{abs(mean - happened):.2f}" if len(inside) >= FEWEST else "–"
            lines.append(f"| {low:.2f} – {high:.2f} | {len(inside)} | {mean:.2f} | {happened:.2f} | {off} |")
    brier = sum((given - true) ** 2 for given, true in found) / len(found)
    return "\n".join([*lines, "", f"Brier score: {brier:.3f}, {len(found)} meetings."])


def main() -> None:
    """Run every world that is named, and print the table."""
    found: list[Pair] = []
    for number, world in enumerate(sys.argv[1:]):
        with tempfile.TemporaryDirectory() as folder:
            found += pairs(Path(world), Path(folder) / str(number))
    print(table(found))


if __name__ == "__main__":
    main()
