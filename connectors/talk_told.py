"""What readers of calls and chats are told of the owner, and what they tell of a file."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from connectors.records import Call, Card, Chat, Micros, Reject

BATCH = 2_000  # records
_SINCE, _UNTIL = 631_152_000_000_000, 4_102_444_800_000_000  # 1990 to 2100: no call or message is of another time
_NUMBER = re.compile(r"\+?[\d\s()./-]{6,25}")


@dataclass(frozen=True)
class Own:
    """The owner, as far as files know them: the name in settings.toml, the IANA zone in which telephones write times,
    and the owner's account numbers on networks, as archives tell them."""

    name: str
    zone: str
    accounts: frozenset[str] = frozenset()


class Told(NamedTuple):
    """A part of what a file holds. `note` is a sentence on what counts for nobody; `account` is an account number of
    the owner's."""

    cards: tuple[Card, ...] = ()
    calls: tuple[Call, ...] = ()
    chats: tuple[Chat, ...] = ()
    rejects: tuple[Reject, ...] = ()
    note: str = ""
    account: str = ""


GROUPS = "Chats of more than two people were passed over: what is said to many counts for nobody."


def possible(at: Micros) -> bool:
    """Whether a call or a message can be of this time."""
    return _SINCE < at < _UNTIL


def is_number(text: str) -> bool:
    """Whether a text is a telephone number and not a name."""
    return _NUMBER.fullmatch(text.strip()) is not None and sum(map(str.isdigit, text)) >= 6


def words(name: str) -> frozenset[str]:
    """The words of a name in lower case and without accents; of a number its last nine digits."""
    if is_number(name):
        return frozenset({re.sub(r"\D", "", name)[-9:]})
    letters = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return frozenset(re.findall(r"\w+", bare))


def owner_among(names: Iterable[str], owner: str) -> str | None:
    """Which of the names is the owner's: the one that has the same words, else the only one of which all words are the
    owner's or the other way round ("Dana" of Dana Reyes); None where that is none, or several."""
    own = words(owner)
    each = [(name, words(name)) for name in dict.fromkeys(names)]
    same = [name for name, said in each if said == own]
    near = [name for name, said in each if said and own and (said <= own or own <= said)]
    found = same or near
    return found[0] if len(found) == 1 else None
