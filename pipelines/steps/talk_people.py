"""Find the people whom the owner knows from calls and messages alone."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from pipelines.rules import addresses, likeness, names
from pipelines.rules.names import Name
from pipelines.rules.parties import Mention
from pipelines.rules.talkers import Talkers
from pipelines.store import Store


class Talked(NamedTuple):
    """Somebody in calls and messages: a key that stays, a whole name, the source, and what is known of them by kind and
    compared form, as it was written."""

    key: str
    name: str
    source: str
    spellings: dict[tuple[str, str], str]


def unknown(store: Store, mentions: Iterable[Mention], region: str | None, owner: Name) -> list[Talked]:
    """Those who spoke and were spoken to, by a whole name that nobody in `mentions` bears, from where nobody of them
    speaks. A first name or a number alone would double people whose numbers the owner has not written down."""
    rows = store.gather("talked").to_pylist()
    known = _known(mentions if rows else (), region)
    found: dict[tuple[str, ...], list[dict[str, str]]] = defaultdict(list)
    passed: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        name = names.read(row["name"])
        if name.kind != "person" or likeness.likeness(name, owner) == likeness.SAME:
            continue
        if known.named(row["name"]) or known.is_known(row["who"]):
            continue
        key = tuple(sorted(name.words))
        found[key].append(row)
        passed[key][0] += row["spoke"]
        passed[key][1] += row["heard"]
    return [_talked(key, found[key], region) for key in sorted(found) if min(passed[key]) > 0]


def _known(mentions: Iterable[Mention], region: str | None) -> Talkers:
    held: list[tuple[str, str, str]] = []
    called: list[tuple[str, str]] = []
    for number, mention in enumerate(mentions):
        who = str(number)
        held += [(who, "email", one) for one in mention.addresses]
        held += [(who, "phone", one) for one in mention.phones]
        held += [(who, "profile", one) for one in mention.profiles]
        called += [(who, one) for one in (mention.name, *mention.other_names) if one]
    return Talkers(held, called, region)


def _talked(key: tuple[str, ...], rows: list[dict[str, str]], region: str | None) -> Talked:
    spellings: dict[tuple[str, str], str] = {}
    for row in rows:
        who = row["who"]
        for kind, compared in (
            ("email", addresses.normal(who) if "@" in who else ""),
            ("profile", addresses.profile(who)),
            ("phone", addresses.phone(who, region)),
        ):
            if compared:
                spellings.setdefault((kind, compared), who)
                break
    return Talked(f"talk:{' '.join(key)}", rows[0]["name"], rows[0]["source"], spellings)
