"""Choose how a contact is shown: the best name, employer and title of those that cards and mails give."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipelines.rules import names, scripts
from pipelines.rules.names import Name

_FORMS = {"vcard": 0, "google": 0, "linkedin": 2}  # the owner's own card comes first
_SYSTEM_TAGS = frozenset(["mycontacts", "contacts", "imported", "starred", "all contacts", "unfiled"])


class Portrait(NamedTuple):
    """What one card, or what mails and calendars, say of a person. `seen` is how often a mail named them so, `noted` is
    greater for what a card has said only lately."""

    form: str
    name: str
    organization: str = ""
    title: str = ""
    seen: int = 0
    noted: int = 0


def best_name(portraits: Iterable[Portrait]) -> str:
    """The name to show: of the owner's card, if it is a whole one; then of other cards; then the most seen."""
    rated = [
        (_worth(name), _FORMS.get(one.form, 1) if one.form else 3, -one.seen, -len(name.words), one.name)
        for one in portraits
        if (name := names.read(one.name)).shown
    ]
    return tidy(min(rated)[-1]) if rated else ""


def _worth(name: Name) -> int:
    if name.kind == "person":
        return 1 if any(len(word) == 1 for word in (name.words[0], name.words[-1])) and not name.eastern else 0
    return {"single": 2, "office": 3, "joint": 4}.get(name.kind, 5)


def tidy(text: str) -> str:
    """A name as one would write it: "Thornton, Gregory (Boston)" turned round, shouting and whispering lowered."""
    shown = names.in_order(text)
    if " " in shown and not scripts.foreign(shown) and (shown.isupper() or shown.islower()):
        shown = re.sub(r"[^\W\d_]+", lambda found: found[0].capitalize(), shown)
    return shown


def best_work(portraits: Sequence[Portrait]) -> tuple[str, str]:
    """Organization and title, of one card: the owner's, then a network's; of several, what was noted last."""
    working = [one for one in portraits if one.organization or one.title]
    if not working:
        return "", ""
    best = min(
        working,
        key=lambda one: (_FORMS.get(one.form, 1), not one.organization, -one.noted, one.organization, one.title),
    )
    title = best.title or next(
        (one.title for one in working if one.organization == best.organization and one.title), ""
    )
    return best.organization, title


def tags(given: Iterable[str]) -> list[str]:
    """The tags that somebody set, without those that address books set by themselves."""
    return sorted({tag for tag in given if tag.strip() and tag.strip().lower() not in _SYSTEM_TAGS})


def company_card(name: str, given: str, family: str, organization: str) -> bool:
    """Whether a card that does not say so is a firm's: its only name is the organization's."""
    return bool(organization) and not given and not family and scripts.latin(name) == scripts.latin(organization)


def dead(name: Name, titles: Iterable[str]) -> bool:
    """Whether titles that speak of mourning tell that this person has died. A "service for" may be a car's, and a
    memorial may be one that they only speak at, so words that can mean something else need a second title beside them."""
    naming = [title for title in titles if mourned(title, name)]
    return any(not _UNCLEAR.search(scripts.latin(title)) for title in naming) or len(naming) > 1


_UNCLEAR = re.compile(
    r"service for|hommage|memorial (?:lecture|prize|award|day|talk|lunch|dinner|fund)|tribute|condolence|beileid"
)


def mourned(title: str, name: Name) -> bool:
    """Whether a title that speaks of a memorial names this person as the dead: the full name, and not as somebody's
    relative or as one who comes along."""
    if name.kind != "person" or (len(name.words) < 2 and not name.eastern):
        return False
    plain = " ".join(re.findall(r"[\w'’]+", scripts.latin(title.replace("’s", "'s").replace("'s", " POSSESSED"))))
    full = "".join(name.words) if name.eastern else " ".join(name.words)
    found = re.search(
        rf"(\w*)\s?\b{re.escape(full)}\b\s?(\w*)" if not name.eastern else rf"()({re.escape(full)})",
        plain.replace(" ", "") if name.eastern else plain,
    )
    if not found:
        return False
    if name.eastern:
        return True
    return found[1] not in _COMPANIONS and found[2] not in _RELATIVES


_COMPANIONS = frozenset(
    [
        "with",
        "w",
        "by",
        "from",
        "and",
        "mit",
        "mutter",
        "vater",
        "bei",
        "avec",
        "con",
        "com",
        "met",
        "z",
        "i",
        "to",
        "an",
        "s",
    ]
)
_RELATIVES = frozenset(["possessed", "and", "und", "family", "familie"])
