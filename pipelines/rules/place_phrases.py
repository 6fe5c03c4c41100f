"""Find what the running text or the title of an invitation says of where, apart from its place field."""

import re

from pipelines.rules import links
from pipelines.rules.vocabulary import entries, find, pattern, plain

_IN_ADDRESS = re.compile(
    r"\b\d{1,5},? [A-ZÀ-Ž][\w'’.-]+(?: [A-ZÀ-Ž][\w'’.-]+){0,3} (?:St|Street|Ave|Avenue|Rd|Road|Blvd|Sq|Square|Lane|Ln|Way|Place|Pl|Drive|Dr)\b"
    r"|\b\d{1,4}(?: bis| ter)?,? (?:rue|avenue|boulevard|place|quai) |\b[A-ZÀ-Ž][\wß-]+(?:straße|strasse|str\.|platz|allee|weg|gasse) \d"
)
_IN_ADDRESS_TOO = re.compile(
    r"\b(?:Calle|C/|Carrera|Cra\.?|Avenida|Avda\.?|Av\.?|Paseo|Plaza|Rua|R\.|Praça|Travessa|Via|Viale|Piazza|Corso|ul\.|al\.|pl\.)\s?"
    r"[A-ZÀ-Ž\d][^\n,;]{1,40}?,?\s(?:#\s?|nº\s?|n\.\s?)?\d{1,5}\b|\b[A-ZÀ-Ž]\w+(?:straat|laan|weg|plein|gracht|kade|gade|gatan|vägen|katu) \d{1,4}\b"
    r"|\b[A-Z][\w.]{1,30},? [A-Z]{2} \d{5}\b|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"  # Albany, NY 12207; EC4R 3AB
    r"|[都道府県][^\n]{0,8}[区市町村][^\n]{0,16}\d|[市区區][^\n]{0,10}[路街道][^\n]{0,6}\d+\s?[号號弄]"
)
_SET_APART = re.compile(
    r"[\[(]([^\])]+)[\])]|\s[-–—|]\s?([\w-]+)\s*$|^([\w-]+):\s"
)  # [virtual] Meetup, Meetup – online
_LABELLED = re.compile(r"^\W{0,3}([^\W\d][^\n:：]{1,24}?)\s?[:：][^\S\n]*\n?[^\S\n]*(\S[^\n]{0,160})", re.MULTILINE)
_CODE = re.compile(
    r"\b(?:pin|passcode|access code|konferenz-?id|conference id|code d'accès|código|codice|暗証番号|会议号)\b\W*\d",
    re.IGNORECASE,
)


def dial_in(text: str) -> str:
    """A telephone number with a code: that of a conference."""
    return "a dial-in number" if _CODE.search(text) and links.phone(text) else ""


def address_in(text: str) -> str:
    """An address in the shape of some country, in running text."""
    found = _IN_ADDRESS.search(text) or _IN_ADDRESS_TOO.search(text)
    return found[0] if found else ""


def held_in(text: str) -> str:
    """The name of a place after words like “takes place in”."""
    spelled = plain(text)
    flat = " ".join(text.split())
    if len(spelled) != len(flat):
        return ""
    for found in pattern("place.held_in").finditer(spelled):
        if len(found[0].split()) > 4 and not any(letter.isdigit() for letter in found[0]):
            continue  # "join us on 3 May at", but not "join us on a tour in"
        name = flat[found.end() :].lstrip().split(",")[0].split(".")[0]
        if name[:1].isupper() and not find("title.remote", " ".join(name.split()[:3])):
            return found[0]
    return ""


def set_apart(title: str) -> str:
    """The word for a line that a title has in brackets, before a colon or after a dash; within it, it may be the topic."""
    for found in _SET_APART.finditer(title):
        said = plain(found[1] or found[2] or found[3])
        if said in entries("place.online"):
            return said
    return ""


def labelled(description: str) -> list[str]:
    """What lines of the text like “Where: …” say, in their order."""
    found = _LABELLED.finditer(description)
    return [line[2].strip() for line in found if plain(line[1]) in entries("place.label")]
