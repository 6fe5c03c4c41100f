"""Tell which contact a call or a message was with, by number, address or profile, else by a name that only one bears."""

from collections import defaultdict
from collections.abc import Iterable

from pipelines.rules import addresses, names

_FEWEST = 7  # digits of a number that tell anybody: shorter ones are services
_TAIL = 9  # digits by which a number without its country is known


class Talkers:
    """All contacts, as calls and messages know them.

    `held` are the contacts' addresses: contact, kind (`email`, `phone`, `profile`) and compared form; `called` their
    names: contact and name, several where they have several. Numbers without a country are read as in `region`.
    """

    def __init__(
        self, held: Iterable[tuple[str, str, str]], called: Iterable[tuple[str, str]], region: str | None
    ) -> None:
        self._region = region
        self._holders: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._named: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._words: dict[str, set[str]] = defaultdict(set)
        for contact, kind, address in held:
            self._holders[kind, address.lower()].add(contact)
            if kind == "phone":
                self._holders["tail", _tail(address)].add(contact)
        for contact, name in called:
            words = _words(name)
            if words:
                self._named[words].add(contact)
            for word in words:
                self._words[word].add(contact)

    def contact(self, who: str, name: str) -> str | None:
        """The contact, or None where nobody is known or several may be meant.

        An address that several share is the one's among them who bears the name. A name decides by itself only where
        exactly one contact bears it, whole; a single word only where it is in nobody else's name.
        """
        holders = self._by_address(who)
        if len(holders) == 1:
            return next(iter(holders))
        namesakes = self.named(name)
        if holders:
            namesakes = namesakes & holders
        return next(iter(namesakes)) if len(namesakes) == 1 else None

    def is_known(self, who: str) -> bool:
        """Whether a number, address or profile is anybody's."""
        return bool(self._by_address(who))

    def named(self, name: str) -> set[str]:
        """Who bears a name, whole; if it is a single word, also all of whose name it is a part."""
        words = _words(name)
        bearers = self._named.get(words, set())
        return self._words.get(words[0], set()) if bearers and len(words) == 1 else bearers

    def only(self, name: str) -> str | None:
        """The one contact that bears a full name, of two words or more; None where none or several do."""
        found = self.named(name) if len(_words(name)) > 1 else set()
        return next(iter(found)) if len(found) == 1 else None

    def _by_address(self, who: str) -> set[str]:
        if not who:
            return set()
        if "@" in who:
            return self._holders.get(("email", addresses.normal(who)), set())
        if profile := addresses.profile(who):
            return self._holders.get(("profile", profile), set())
        if sum(map(str.isdigit, who)) < _FEWEST:
            return set()
        known = self._holders.get(("phone", addresses.phone(who, self._region)), set())
        if known or who.strip().startswith(("+", "00")):
            return known
        return self._holders.get(("tail", _tail(who)), set())  # written without its country, which is another one


def _tail(number: str) -> str:
    return "".join(filter(str.isdigit, number))[-_TAIL:]


def _words(name: str) -> tuple[str, ...]:
    """A name's words in Latin letters, in an order that is the same for "Ann Example" and "Example, Ann"."""
    read = names.read(name)
    return tuple(sorted(read.words)) if read.kind in ("person", "single") else ()
