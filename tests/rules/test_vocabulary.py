"""Word lists: the same in each of ten languages, of places alone in five more, and found as a reader would."""

import importlib.resources
import tomllib

import pytest

from pipelines.rules import vocabulary


def lists() -> dict[str, set[str]]:
    """The names of all lists, by language."""
    found = {}
    for file in importlib.resources.files("pipelines.rules").joinpath("words").iterdir():
        if file.name.startswith("meetings."):
            parsed = tomllib.loads(file.read_text("utf-8"))
            found[file.name.split(".")[1]] = {f"{part}.{name}" for part, words in parsed.items() for name in words}
    return found


def test_each_language_has_the_same_lists() -> None:
    """A contributor adds words, never a list that the others lack."""
    found = lists()
    assert len(found) == 10
    assert {language: names ^ found["en"] for language, names in found.items() if names != found["en"]} == {}


def test_languages_of_places_alone_have_no_other_lists() -> None:
    """Whose words for mails nobody has gathered yet may still say where people meet."""
    folder = importlib.resources.files("pipelines.rules").joinpath("words")
    found = {
        file.name: {
            f"{part}.{name}" for part, words in tomllib.loads(file.read_text("utf-8")).items() for name in words
        }
        for file in folder.iterdir()
        if file.name.startswith("places.")
    }
    assert sorted(found) == [f"places.{language}.toml" for language in ("cs", "da", "fi", "no", "sv")]
    assert {file: names - lists()["en"] for file, names in found.items() if names - lists()["en"]} == {}


def test_seven_days_in_each_language() -> None:
    """Monday is the first, everywhere."""
    days = vocabulary.weekdays()
    named = ("monday", "Montag", "lundi", "lunes", "月曜日", "周一")
    assert [next(number for number, day in enumerate(days) if day.search(name.lower())) for name in named] == [0] * 6


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("title.together", "Mittagessen mit Jonas", "mittagessen"),
        ("title.together", "DÉJEUNER Sophie", "déjeuner"),
        ("title.remote", "Telefonat Graf", "telefonat"),
        ("subject.cancel", "Muss leider absagen", "absagen"),
        ("subject.late", "Running a bit late", "running a bit late"),
        ("presence.ill", "SICK - flu", "sick"),
        ("title.together", "Lunchbox order", ""),
        ("title.remote", "田中様 Zoomミーティング", "zoom"),
        ("title.remote", "ＺＯＯＭ会議", "zoom"),
        ("subject.missed", "Désolée de t'avoir ratée ce matin", "ratée"),
    ],
)
def test_words_are_found_whole_and_in_any_case(name: str, text: str, word: str) -> None:
    """Neither case nor, in long words, accents matter; a part of another word is none, though a word of other letters may
    follow without a space."""
    assert vocabulary.find(name, text) == word


def test_phrases_may_refer_to_other_lists() -> None:
    """“{remote} instead” stands for Zoom instead, a call instead, and so on."""
    assert all(vocabulary.find("subject.to_remote", f"{way} instead?") for way in ("Zoom", "phone", "Teams call"))
