"""Read what a network's notice says of a person: that they wrote, that they are connected now, that they have news.

The words lie in words/notices.toml, by language. A notice is no mail between two people; what it tells of is a message,
a connection, or news. A like, a look at a profile, a post or an invitation tells of nothing that passed between the two.
"""

import functools
import importlib.resources
import re
import tomllib
import unicodedata
from typing import NamedTuple

from pipelines.rules import names

KINDS = ("message", "connected", "job", "anniversary", "birthday")
NEWS = ("job", "anniversary", "birthday")

_NAME = r"(?P<name>[^\W\d_][^!?:;\"“”„»«|]{1,60}?)(?:\s\(@\w{1,30}\))?"
_AND = re.compile(r"\s*,\s*|\s+(?:and|und|et|y|e|en|og|och|&)\s+", re.IGNORECASE)
_LONGEST = 300  # characters of a subject that are looked at
_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'"})


class Notice(NamedTuple):
    """What a notice says: of which network it is, one of KINDS, and of whom; several where it names several."""

    network: str
    kind: str
    people: tuple[str, ...]


def domains() -> list[str]:
    """The domains from which, or from below which, networks write."""
    return sorted(domain for listed in _words()["networks"].values() for domain in listed)


def read(sender: str, sender_name: str, subject: str) -> Notice | None:
    """What a mail from this address (lower case) says; None if it is no network's notice, or of nothing that counts.

    The address's domain must be the network's own: a name in it, or in the author's name, proves nothing.
    """
    local, _, domain = sender.rpartition("@")
    network = next((one for one, known in _words()["networks"].items() if _is_below(domain, known)), None)
    if network is None:
        return None
    text = " ".join(unicodedata.normalize("NFC", subject[:_LONGEST]).translate(_QUOTES).split())
    folded = text.casefold()
    for kind in KINDS:
        for word, pattern in _templates(kind):
            if word in folded and (found := pattern.fullmatch(text)):
                return Notice(network, kind, _people(found["name"]))
    member = _member(sender_name)
    passed_on = local.partition("+")[0] in _words()["passed_on"].get(network, ())
    unnamed = any(word in folded and pattern.fullmatch(text) for word, pattern in _templates("unnamed_message"))
    if member and (passed_on or unnamed):
        return Notice(network, "message", (member,))
    return None


def _is_below(domain: str, known: list[str]) -> bool:
    return any(domain == one or domain.endswith(f".{one}") for one in known)


def _people(told: str) -> tuple[str, ...]:
    """The name as it stands, and if it is several, each: "José Ortega y Gasset" may be one or two."""
    each = [one for one in _AND.split(told) if one]
    return (told, *each) if len(each) > 1 else (told,)


def _member(sender_name: str) -> str:
    """The member in whose name a network writes ("Ann Example via LinkedIn"); "" where it writes in its own."""
    return sender_name.strip() if names.read(sender_name).kind == "person" else ""


@functools.cache
def _words() -> dict[str, dict[str, list[str]]]:
    file = importlib.resources.files("pipelines.rules").joinpath("words", "notices.toml")
    found: dict[str, dict[str, list[str]]] = tomllib.loads(file.read_text("utf-8"))
    return found


@functools.cache
def _templates(kind: str) -> tuple[tuple[str, "re.Pattern[str]"], ...]:
    """The templates of a kind in all languages: each its longest word, which is looked for first, and its pattern."""
    listed = [words.get(kind, []) for key, words in _words().items() if key not in ("networks", "passed_on")]
    return tuple(
        (
            max(re.findall(r"\w+", re.sub(r"\[[^\]]*\]|\{name\}", " ", template)), key=len, default="").casefold(),
            re.compile(rf"[^\w#]*{_written(template)}\W*", re.IGNORECASE),
        )
        for templates in listed
        for template in templates
    )


def _written(template: str) -> str:
    """A template as a regular expression: what it says of words, numbers and what follows."""
    text, open_end = (template[:-3], True) if template.endswith(" ..") else (template, False)
    pattern = ""
    for part in re.split(r"(\[[^\]]*\]|\{name\}|#| )", text):
        if part == "{name}":
            pattern += _NAME
        elif part == "#":
            pattern += r"\d+"
        elif part == " ":
            pattern += r"\s+"
        elif part.startswith("["):
            choices = [r"\s+".join(_numbered(word) for word in one.split(" ")) for one in part[1:-1].split("|")]
            pattern += f"(?:{'|'.join(choices)})"
        else:
            pattern += re.escape(part)
    return pattern + (r"(?:\W.*)?" if open_end else "")


def _numbered(word: str) -> str:
    return re.escape(word).replace(r"\#", r"\d+")
