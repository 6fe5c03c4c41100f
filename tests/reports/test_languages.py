"""The report speaks each of its languages whole."""

import re
from dataclasses import replace

import pytest
from babel.messages.pofile import read_po

from reports import evidence, render
from reports.languages import LOCALES, language
from reports.weekly import weekly
from tests.reports.catalogues import REPORTS, Text, in_code
from tests.reports.people import END, FULL, NOTHING, READ, held, owed, tie

OTHERS = sorted(set(LOCALES) - {"en"})


def catalogue(code: str) -> dict[Text, Text]:
    """A language's texts by the English ones."""
    with (REPORTS / "locale" / f"{code}.po").open("rb") as file:
        found = read_po(file, locale=code)
    assert not any(one.fuzzy for one in found if one.id)
    assert not found.obsolete
    return {_forms(one.id): _forms(one.string) for one in found if one.id}


def _forms(text: str | list[str] | tuple[str, ...] | None) -> Text:
    return text if isinstance(text, str) else tuple(text or ())


@pytest.mark.parametrize("code", OTHERS)
def test_every_text_is_translated(code: str) -> None:
    """A new text without its translation is an error, and so is a translation of what is no longer said."""
    found = catalogue(code)
    assert set(found) == in_code()
    assert [text for text, said in found.items() if not all(said if isinstance(said, tuple) else (said,))] == []


@pytest.mark.parametrize("code", OTHERS)
def test_translations_name_the_same_places(code: str) -> None:
    """A translation that forgets {day} would lose the day; one that invents a place would end the report."""
    wrong = []
    for text, said in catalogue(code).items():
        forms = (text,) if isinstance(text, str) else text
        spoken = (said,) if isinstance(said, str) else said
        for number, form in enumerate(spoken):
            english = forms[0] if number == 0 else forms[-1]  # a language may have more forms for many
            if set(re.findall(r"{(\w+)}", form)) != set(re.findall(r"{(\w+)}", english)):
                wrong.append(form)
    assert wrong == []


def test_a_german_report() -> None:
    """Titles, sentences, dates, numbers and plurals are German."""
    facts = replace(
        NOTHING,
        language="de",
        ties=(tie("Ana", "warm"), tie("Bo", "warm")),
        meetings=(held("Bo", "met_remotely", END.replace(day=10), "Anruf", evidence=()),),
        owed=(owed("Ana", END.replace(day=6), subject="Kommst du?"),),
        covered=(READ,),
    )
    assert render.text(weekly(facts)) == (
        "coldcoffee · Dana Reyes\n"
        "9. – 15. November 2026 · 2026-W46\n"
        "\n"
        "  0 kalt geworden         Woche davor: 0\n"
        "  0 persönlich getroffen  Woche davor: 0\n"
        "  1 Antworten geschuldet  Woche davor: 0\n"
        "\n"
        "Ein Wort wert in dieser Woche\n"
        "─────────────────────────────\n"
        "  Ana — Hat am 6. November (vor 9 Tagen) an dich allein geschrieben und noch\n"
        "    keine Antwort: „Kommst du?“.\n"
        "      Letzte Mail: „Lunch?“, 2. September\n"
        "\n"
        "Antworten, die du schuldest\n"
        "───────────────────────────\n"
        "  Oben: Ana.\n"
        "\n"
        "Aus der Ferne getroffen\n"
        "───────────────────────\n"
        "  Bo — Anruf: Dienstag, 10. November, 00:00 Uhr\n"
        "\n"
        "Was die Quellen abdecken\n"
        "────────────────────────\n"
        "  Work Mail — imap, gelesen am 16. November 2026, nach dem Ende der Woche;\n"
        "    12.345 Einträge vom 7. Januar 2019 bis 15. November 2026.\n"
        "\n"
        "Am 16. November 2026 von coldcoffee auf deinem eigenen Rechner gemacht, nur\n"
        "aus Kopfzeilen und Kalendern.\n"
    )


def test_the_reasons_of_verdicts_are_german() -> None:
    """Places, titles and subjects stay as they are, dates are said anew, and what is not known stays English."""
    said = [
        evidence.said(reason, language("de"))
        for reason in (
            "Its place is “Café “Luna”, 12 Main Street”.",
            "They wrote on 3 November: “Re: Lunch”.",
            "You corrected 3 meetings with such a place.",
            "It has a conference link (meet.example.org) beside its place.",
            "The moon was full.",
        )
    ]
    assert said == [
        "Der Ort ist „Café “Luna”, 12 Main Street“.",
        "Die andere Seite schrieb am 3. November: „Re: Lunch“.",
        "Du hast 3 Treffen mit so einem Ort berichtigt.",
        "Es hat neben dem Ort einen Konferenzlink (meet.example.org).",
        "The moon was full.",
    ]


@pytest.mark.parametrize("code", OTHERS)
def test_pages_name_their_language(code: str) -> None:
    """So that a browser hyphenates, translates and reads them aloud rightly; no text is left in English."""
    english, other = weekly(FULL), weekly(replace(FULL, language=code))
    for page in (render.html(other), render.mail(other)):
        assert f'<html lang="{code}">' in page
    for section, same in zip(english.sections, other.sections, strict=True):
        assert section.key == same.key
        assert section.title != same.title
