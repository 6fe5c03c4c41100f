"""Find the logins that a party goes by, and tell which of them are nobody else's by chance."""

import re
from functools import lru_cache

from pipelines.rules import names, scripts
from pipelines.rules.addresses import Box
from pipelines.rules.likeness import nicknames_of
from pipelines.rules.parties import Party


@lru_cache(maxsize=200_000)
def plain(text: str) -> str:
    """Letters and digits only, in Latin."""
    return re.sub(r"[\W_]", "", scripts.latin(text))


@lru_cache(maxsize=400_000)
def _local(known: Box) -> frozenset[str]:
    """What a local part may be as a login: all of it, without digits at its end if it is long, its words sorted if they
    are three or more ("smith.daniel.br", "daniel.smith.br")."""
    if known.role or known.dummy or known.machine or known.login:
        return frozenset()
    login = plain(known.local)
    if len(login) < 4 or names.everyday(login):
        return frozenset()
    found = {login}
    bare = login.rstrip("0123456789")
    if len(bare) >= 8:
        found.add(bare)
    words = re.split(r"[._-]+", known.local)
    if len(words) >= 3:
        found.add("".join(sorted(words)))
    return frozenset(found)


def of(party: Party) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Logins that the party goes by (a name that is one, a forge's user); other local parts of its addresses; and all
    of these with long ones also without a last letter or two, which are added to be unique."""
    if party.logins_found is None:
        strong = frozenset(login for login in party.logins if len(login) >= 4 and not names.everyday(login))
        weak = frozenset(login for known in party.boxes for login in _local(known))
        both = strong | weak
        cut = {
            login[:-letters] for login in both if len(login) >= 11 for letters in (1, 2) if len(login) - letters >= 10
        }
        party.logins_found = strong, weak - strong, both | cut if cut else both
    return party.logins_found


def distinctive(login: str, one: Party, two: Party) -> bool:
    """Whether a login that both go by is nobody's given name by chance: "Ravindra" alone tells nobody apart."""
    written = [_as_login(login, party) for party in (one, two)]
    if len(login) >= 6 and any(letter.isdigit() for letter in login):
        return True
    if len(login) >= 7:
        return any(written)
    return len(login) >= 5 and not nicknames_of(login) and all(written)


def _as_login(login: str, party: Party) -> bool:
    """Whether a forge's user, a name that is not written like a given name, or, without such a name, a local part says it."""
    named = [name for name in party.names if name.login == login]
    if any(name.shown != name.shown.capitalize() for name in named):
        return True
    return any(login == plain(known.login or ("" if named else known.local)) for known in party.boxes)
