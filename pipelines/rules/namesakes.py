"""Say how easily two people of one name are met, among all names that are known here and in whole countries."""

from collections import Counter
from collections.abc import Iterable

from pipelines.rules import names
from pipelines.rules.likeness import canonical
from pipelines.rules.names import Name

EASILY = 0.02  # namesakes to be expected; above it, two addresses of one name are too often two people
FEW = 2  # others who share a half of the name: fewer are chance


class Namesakes:
    """How often given and family names are borne. Each full name counts once, however many addresses bear it."""

    def __init__(self, known: Iterable[Name]) -> None:
        pairs = {
            (canonical(name.words[0]), canonical(name.words[-1]))
            for name in known
            if name.kind == "person" and not name.eastern
        }
        self._given = Counter(given for given, _ in pairs)
        self._family = Counter(family for _, family in pairs)
        self._all = max(len(pairs), 1)

    def easily(self, name: Name) -> bool:
        """Whether a second person of this name is easily met: if given and family name were drawn by chance, as many
        as the product of their frequencies would bear it."""
        if names.common(name):
            return True
        if name.eastern or len(name.bare) != 2 or any(len(word) == 1 for word in name.words):
            return False  # an initial or a middle name more makes it a rarer name
        given = self._given[canonical(name.words[0])] - 1
        family = self._family[canonical(name.words[-1])] - 1
        return min(given, family) >= FEW and given * family > EASILY * self._all

    def bear(self, word: str) -> bool:
        """Whether a word is a given or family name in somebody's full name."""
        found = canonical(word)
        return found in self._given or found in self._family
