"""Fit the coefficients of the cold model on the development networks, and print the table for cold_model.py.

usage: python benchmarks/fit_cold.py FILE.csv.gz [FILE …] [--leave-out NAME]

Each file holds `src,dst,t,n_rcpt`: who wrote to whom, unix seconds, number of recipients. Every person is taken as
an owner in turn; at many dates, with three horizons, each tie of three mails or more gives one outcome: silent or
not.

What counts is how an owner's contacts differ from one another, not how networks differ. So each feature's mean over the
owner's contacts of that date stands beside it in the fit (Mundlak, Econometrica 46, 1978) and is then left out; the
base is fitted again without it. Coefficients are shrunk by a ridge. One that comes out with a sign that nobody could
explain is left out, and the rest fitted again.
"""

import argparse
import csv
import gzip
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from pipelines.rules.cold_features import FEATURES, Bools, Events, Floats, Ints, events
from pipelines.rules.cold_model import outcomes

RIDGE = 1e-3
SIGNS = np.array([-1, 1, -1, -1, -1, 1])  # of FEATURES: what makes sense when read aloud
HORIZONS = {"radoslaw": 34.0}  # days; it holds nine months only
MOST_RECIPIENTS = {"list-openbmc": 10}  # past that a post is to the list, not to a person
FEWEST_CONTACTS = 10


class Outcomes(NamedTuple):
    """Rows to fit: features, their means over the same owner and date, the outcome, and the row's weight."""

    raw: Floats
    means: Floats
    silent: Floats
    weight: Floats


class Network(NamedTuple):
    """Both sides' views of every tie: `owner` of each pair, and when each person wrote, in days."""

    name: str
    of: Events
    owner: Ints
    author: Ints
    wrote: Floats
    people: int


def read(file: Path) -> Network:
    """Read one network and number its people and ties."""
    name = file.name.removesuffix(".csv.gz")
    with gzip.open(file, "rt") as lines:
        rows = [
            (row["src"], row["dst"], float(row["t"]))
            for row in csv.DictReader(lines)
            if int(row["n_rcpt"]) <= MOST_RECIPIENTS.get(name, 10**9)
        ]
    numbers = {person: number for number, person in enumerate(sorted({p for row in rows for p in row[:2]}))}
    source = np.array([numbers[row[0]] for row in rows])
    target = np.array([numbers[row[1]] for row in rows])
    day = np.array([row[2] for row in rows]) / 86400
    day -= day.min()
    keys, pair = np.unique(
        np.concatenate((source, target)) * len(numbers) + np.concatenate((target, source)), return_inverse=True
    )
    at = np.concatenate((day, day))
    order = np.lexsort((at, pair))
    return Network(
        name, events(pair[order], at[order], at[order], len(keys)), keys // len(numbers), source, day, len(numbers)
    )


def gathered(network: Network, horizon: float) -> Outcomes:
    """All outcomes of a network at dates a quarter or half of a horizon apart."""
    end = network.of.at.max()
    step = max(horizon / 4, (end - horizon) / 80)
    parts: list[tuple[Floats, Floats, Floats]] = []
    first_met = network.of.at[network.of.first[:-1]]
    for date in np.arange(max(30.0, 0.1 * end), end - horizon, step):
        pair, raw, silent = outcomes(network.of, date, date, date + horizon, horizon)
        met = np.bincount(network.owner[first_met <= date], minlength=network.people)
        recently = (network.wrote <= date) & (network.wrote > date - 30)
        busy = np.bincount(network.author[recently], minlength=network.people) > 0
        owner = network.owner[pair]
        keep = busy[owner] & (met[owner] >= FEWEST_CONTACTS)
        raw, silent, owner = raw[keep], silent[keep], owner[keep]
        if len(silent):
            _, group = np.unique(owner, return_inverse=True)
            count = np.bincount(group)
            means = np.stack([(np.bincount(group, column) / count)[group] for column in raw.T], axis=1)
            parts.append((raw, means, silent))
    raw, means, silent = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Outcomes(raw, means, silent, np.full(len(silent), 1 / len(silent)))


def logistic(rows: Floats, silent: Floats, weight: Floats) -> tuple[Floats, Floats, Floats]:
    """A ridge logistic fit: means, spreads, and coefficients with the base first."""
    mean = np.average(rows, axis=0, weights=weight)
    spread = np.sqrt(np.average((rows - mean) ** 2, axis=0, weights=weight)) + 1e-9
    scaled = np.column_stack((np.ones(len(rows)), (rows - mean) / spread))
    weight = weight / weight.sum()
    ridge = RIDGE * np.eye(scaled.shape[1])
    ridge[0, 0] = 0
    found = np.zeros(scaled.shape[1])
    for _ in range(50):
        said = 1 / (1 + np.exp(-scaled @ found))
        curve = (scaled.T * (weight * said * (1 - said))) @ scaled + ridge
        step = np.linalg.solve(curve, scaled.T @ (weight * (silent - said)) - ridge @ found)
        found = found + step
        if np.abs(step).max() < 1e-8:
            break
    return mean, spread, found


def fit(data: list[Outcomes]) -> tuple[float, Floats, Floats, Floats]:
    """The base, and each feature's mean, spread and coefficient. A feature left out has coefficient 0."""
    raw, means, silent, weight = (np.concatenate(column) for column in zip(*data, strict=True))
    kept: Bools = np.ones(len(FEATURES), bool)
    mean, spread, _ = logistic(raw, silent, weight)
    while True:
        _, _, found = logistic(np.column_stack((raw[:, kept], means[:, kept])), silent, weight)
        weights = np.zeros(len(FEATURES))
        weights[kept] = found[1 : kept.sum() + 1]
        wrong = np.flatnonzero(weights * SIGNS < 0)
        if len(wrong) == 0:
            break
        kept[wrong[np.argmax(np.abs(weights[wrong]))]] = False
    score = ((raw - mean) / spread) @ weights
    base = 0.0
    for _ in range(30):
        said = 1 / (1 + np.exp(-(score + base)))
        base += float((weight * (silent - said)).sum() / (weight * said * (1 - said)).sum())
    return base, mean, spread, weights


def main() -> int:
    """Fit, and print the lines that cold_model.py holds."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("files", nargs="+", type=Path)
    asked.add_argument("--leave-out", default="", help="a network that is not to be used, to see how it fares without")
    given = asked.parse_args()
    data = []
    for network in (read(file) for file in given.files):
        if network.name == given.leave_out:
            continue
        longest = HORIZONS.get(network.name, 90.0)
        data += [gathered(network, longest * share) for share in (1, 0.5, 0.25)]
        print(f"# {network.name}: {sum(len(part.silent) for part in data[-3:])} outcomes")
    base, mean, spread, weights = fit(data)
    print(f"BASE = {base:.4f}\nTERMS = (")
    for name, middle, width, weight in zip(FEATURES, mean, spread, weights, strict=True):
        print(f'    Term("{name}", {middle:.4f}, {width:.4f}, {weight:.4f}),')
    print(")")
    return 0


if __name__ == "__main__":
    sys.exit(main())
