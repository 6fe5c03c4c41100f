"""Run the scoring programs and fail where a figure falls below what was reached: `python -m benchmarks.ratchet SHARED`."""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

WORLD = {  # the least of each figure of the made-up life
    ("identity", "pair_precision"): 1.0,
    ("identity", "pair_recall"): 0.95,
    ("identity", "known_people_found"): 1.0,
    ("meetings", "accuracy"): 0.97,
    ("meetings", "hard_accuracy"): 0.93,
    ("meetings", "in_person_precision"): 0.97,
    ("meetings", "in_person_recall"): 0.97,
    ("states", "accuracy"): 0.96,
    ("states", "macro"): 0.94,
    ("states", "balance_accuracy"): 0.97,
    ("states", "balance_macro"): 0.95,
    ("interactions", "recall"): 0.98,
    ("interactions", "exclusions_right"): 0.98,
    ("last_in_person", "accuracy"): 0.95,
}
PLACES = {"f1": 0.98, "exact": 0.95}
IDENTITY = {"precision": 0.997, "f1": 0.955}


def _scored(words: list[str], kind: type[dict[str, object]] | type[list[object]]) -> object:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "scores.json"
        subprocess.run([sys.executable, *words, "--json", str(out)], check=True)
        found = json.loads(out.read_text(encoding="utf-8"))
    assert isinstance(found, kind)
    return found


def _places(shared: Path) -> dict[str, float]:
    """The figures of places, which that program only prints."""
    words = [str(shared / "bench/places.py"), "--adapter", "benchmarks.adapters:place"]
    files = [str(one) for one in sorted((shared / "data/places").glob("*.jsonl"))]
    said = subprocess.run([sys.executable, *words, *files], check=True, capture_output=True, text=True).stdout
    f1 = re.search(r"ours .*F1 ([\d.]+)", said)
    exact = re.search(r"exact mode\s+([\d.]+)", said)
    assert f1, said
    assert exact, said
    return {"f1": float(f1[1]), "exact": float(exact[1])}


def main() -> int:
    """Returns 1 and names every figure that has fallen; 0 if none has."""
    shared = Path(sys.argv[1]).resolve()
    fallen = []
    command = str(Path(sys.executable).parent / "coldcoffee")
    world = _scored([str(shared / "bench/world.py"), str(shared / "data/worlds/boston"), "--coldcoffee", command], dict)
    assert isinstance(world, dict)
    for (part, name), least in WORLD.items():
        if world[part][name] < least:
            fallen.append(f"world: {part} {name} is {world[part][name]}, and was {least} or more")
    files = sorted(map(str, (shared / "data/identity").glob("*.csv")))
    identity = _scored([str(shared / "bench/identity.py"), "--adapter", "benchmarks.adapters:resolve", *files], list)
    assert isinstance(identity, list)
    pooled = next(row for row in identity if row["file"] == "all" and row["method"] == "ours")
    for name, least in IDENTITY.items():
        if pooled[name] < least:
            fallen.append(f"identity: {name} is {pooled[name]}, and was {least} or more")
    for name, reached in _places(shared).items():
        if reached < PLACES[name]:
            fallen.append(f"places: {name} is {reached}, and was {PLACES[name]} or more")
    print(*fallen, sep="\n")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
