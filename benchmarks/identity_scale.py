"""Resolve 200,000 names and addresses with 20,000 cards, and say how time and memory grow with their number.

usage: python -m benchmarks.identity_scale [PAIRS …]

People are made up: names of a few thousand syllables, so that families share names as they do; each has one to several
addresses at employers and providers, and some names are common. Each size runs in a process of its own.
"""

import itertools
import random
import resource
import subprocess
import sys
import time

from pipelines.rules import identity
from pipelines.rules.parties import Mention

SIZES = (25_000, 50_000, 100_000, 200_000)
ONSETS = (*"bcdfghjklmnprstvwz", "br", "ch", "dr", "fl", "gr", "kl", "pr", "sch", "st", "tr")
VOWELS = (*"aeiou", "ai", "au", "ei", "ou", "ia")
PROVIDERS = ("gmail.com", "gmx.de", "outlook.com", "yahoo.fr", "qq.com", "libero.it")


def word(chance: random.Random, syllables: int) -> str:
    """A word that sounds like a name."""
    return "".join(chance.choice(ONSETS) + chance.choice(VOWELS) for _ in range(syllables)).capitalize()


def mentions(pairs: int) -> list[Mention]:
    """`pairs` distinct names and addresses, and a tenth as many cards."""
    chance = random.Random(4)  # the same people each time
    given = [word(chance, 2) for _ in range(1_500)]
    family = [word(chance, chance.choice((1, 2, 3))) for _ in range(12_000)]
    firms = [f"{word(chance, 3).lower()}.example" for _ in range(pairs // 40)]
    # the most frequent family name is borne by one in a hundred, the most frequent given name by three, as in Europe
    firsts = list(itertools.accumulate(1 / (rank + 8) for rank in range(len(given))))
    lasts = list(itertools.accumulate(1 / (rank + 14) for rank in range(len(family))))
    made: dict[tuple[str, str], Mention] = {}
    cards: list[Mention] = []
    while len(made) < pairs:
        first, last = chance.choices(given, cum_weights=firsts)[0], chance.choices(family, cum_weights=lasts)[0]
        firm = chance.choice(firms)
        homes = [firm, *chance.sample(PROVIDERS, chance.choice((0, 0, 1, 2)))]
        number = chance.choice(("", "", str(chance.randrange(1_000))))
        forms = (f"{first}.{last}{number}", f"{first[0]}{last}{number}", f"{last}{number or '1'}", f"{first}{number}")
        for home in homes:
            address = f"{chance.choice(forms)}@{home}".lower()
            shown = chance.choice(
                (f"{first} {last}", f"{last}, {first}", f"{first} {chance.choice('ABC')}. {last}", "")
            )
            made[shown, address] = Mention(shown, (address,), seen=chance.randrange(1, 40))
        if len(cards) < pairs // 10 and chance.random() < 0.3:
            cards.append(
                Mention(
                    f"{first} {last}", (address,), organization=firm.split(".")[0], book="book", key=str(len(cards))
                )
            )
    return cards + list(made.values())[:pairs]


def measure(pairs: int) -> None:
    """Resolve once, and print a line."""
    everyone = mentions(pairs)
    began = time.perf_counter()
    people = identity.people(everyone)
    took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    count = len(set(people.person))
    print(f"{pairs:>8} pairs  {took:6.1f} s  {1e6 * took / pairs:5.0f} µs a pair  {peak:5} MB  {count} people")


def main() -> None:
    """Measure the sizes that were asked for, each in its own process."""
    asked = [int(size) for size in sys.argv[1:]] or list(SIZES)
    if len(asked) == 1:
        measure(asked[0])
        return
    for size in asked:
        subprocess.run([sys.executable, "-m", "benchmarks.identity_scale", str(size)], check=True)


if __name__ == "__main__":
    main()
