"""Why a tie is called what it is called, in the owner's language."""

import datetime as dt
from dataclasses import dataclass

import pytest

from pipelines.rules import sentences, warmth
from pipelines.rules.sentences import Facts
from reports.languages import language

TODAY = dt.date(2026, 11, 15)
ANA = Facts(
    "Ana",
    warmth.COLD,
    TODAY,
    first=dt.date(2024, 3, 1),
    last=dt.date(2026, 7, 17),
    silence=121,
    quiet=121,
    touched=38,
)


@dataclass(frozen=True)
class Told:
    """What is said of some facts in each language."""

    facts: Facts
    en: str
    de: str


TOLD = [
    Told(
        ANA._replace(usual=10.0, unanswered=1, away=14),
        "Ana has been silent for 121 days, 14 of them while you were away; you two are usually in touch every 10 days, "
        "and your last mail is not answered.",
        "Ana ist seit 121 Tagen still, davon 14 in deiner Abwesenheit; sonst seid ihr alle 10 Tage in Kontakt, "
        "und deine letzte Mail ist unbeantwortet.",
    ),
    Told(
        ANA._replace(state=warmth.WARM, silence=1, last=dt.date(2026, 11, 14), usual=61.0, steady=True, owed=True),
        "You were last in touch on 14 November, 1 day ago; you two are usually in touch about every two months, "
        "so this is on time, and Ana wrote last.",
        "Zuletzt in Kontakt wart ihr am 14. November, vor 1 Tag; sonst seid ihr etwa alle zwei Monate in Kontakt, "
        "es ist also noch früh genug, und Ana hat zuletzt geschrieben.",
    ),
    Told(
        ANA._replace(state=warmth.DORMANT, silence=1100, last=dt.date(2023, 11, 10)),
        "Silent for 3 years, since 10 November 2023; before that you were in touch on 38 days.",
        "Seit 3 Jahren still, seit dem 10. November 2023; davor wart ihr an 38 Tagen in Kontakt.",
    ),
    Told(
        ANA._replace(answered_ever=False, unanswered=3, upcoming=dt.date(2026, 11, 20)),
        "You have written three times since 1 March 2024, and Ana has never answered, but you are to meet on 20 November.",
        "Du hast seit dem 1. März 2024 drei Mal geschrieben, und Ana hat nie geantwortet, aber ihr trefft euch am "
        "20. November.",
    ),
    Told(
        Facts("Ana {x}", warmth.NEVER, TODAY),
        "Nothing has passed between you and Ana {x} yet.",
        "Zwischen dir und Ana {x} ging noch nichts hin und her.",
    ),
]


@pytest.mark.parametrize("told", TOLD, ids=[one.en[:40] for one in TOLD])
def test_a_sentence_says_why_in_each_language(told: Told) -> None:
    """With its dates, numbers and plurals; a name is a name, whatever signs it holds."""
    said = {code: sentences.sentence(told.facts, language(code)) for code in ("en", "de")}
    assert said == {"en": told.en, "de": told.de}
