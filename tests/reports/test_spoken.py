"""Whatever the rules and the sources can say is said in each language of the report."""

import ast
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from connectors import errors
from reports import evidence, troubles
from reports.languages import LOCALES, Language, language
from tests.reports.spoken import ANYTHING, sentences

ROOT = Path(__file__).parent.parent.parent
JUDGES = (*sorted((ROOT / "pipelines" / "rules").glob("*.py")), *sorted((ROOT / "pipelines" / "steps").glob("*.py")))
SOURCES = (*sorted((ROOT / "connectors").glob("*.py")), ROOT / "pipelines" / "secrets.py")
ERRORS = tuple(name for name, one in vars(errors).items() if isinstance(one, type) and issubclass(one, Exception))
OTHERS = [language(code) for code in LOCALES if code != "en"]


def made(paths: Iterable[Path], callees: Sequence[str], argument: int = 0) -> list[str]:
    """What these calls can say, but for what is handed through from elsewhere."""
    found = {text for path in paths for text in sentences(path, callees, argument)}
    assert found, "the code has changed so that its sentences are not found any more"
    return sorted(text for text in found if text != ANYTHING)


@pytest.mark.parametrize("spoken", OTHERS, ids=lambda spoken: spoken.code)
def test_every_reason_of_a_verdict_is_said_in_each_language(spoken: Language) -> None:
    """A new reason without its translation is an error."""
    assert [text for text in made(JUDGES, ("Evidence", "Reason")) if evidence.said(text, spoken) == text] == []


@pytest.mark.parametrize("spoken", OTHERS, ids=lambda spoken: spoken.code)
def test_every_rule_by_which_two_may_be_one_is_said_in_each_language(spoken: Language) -> None:
    """A question names the rule that asks it."""
    rules = [*made(JUDGES, ("Link",), 2), *made(JUDGES, ("by_keys",))]
    asked = {rule: f"Ana and Bo may be one person: {rule}." for rule in rules}
    assert len(asked) > 10
    assert [rule for rule, text in asked.items() if f": {rule}." in evidence.matched(text, spoken)] == []


@pytest.mark.parametrize("spoken", OTHERS, ids=lambda spoken: spoken.code)
def test_every_error_of_a_source_is_said_in_each_language(spoken: Language) -> None:
    """What happened and what to do; a sentence that only a server has written stays as it is."""
    said = made(SOURCES, (*ERRORS, "SecretMissing", "Withheld"))
    said += [f"{text}: sign in again with “coldcoffee check --sign-in work”." for text in made(SOURCES, ("to",), 1)]
    unsafe = made([ROOT / "pipelines" / "keyrings.py"], ("Unsafe",))
    assert [text for text in [*said, *unsafe] if troubles.said(text, spoken) == text] == []


@pytest.mark.parametrize("spoken", OTHERS, ids=lambda spoken: spoken.code)
def test_every_note_of_a_source_is_said_in_each_language(spoken: Language) -> None:
    """What becomes the note of a page stands under the source's coverage."""
    constants, used = dict[str, str](), set[str]()
    for node in (node for path in SOURCES for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name | ast.Attribute):
            target = node.targets[0].id if isinstance(node.targets[0], ast.Name) else node.targets[0].attr
            if isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
                constants[target] = node.value.value
            elif target in ("note", "_note"):
                used |= names(node.value)
        elif isinstance(node, ast.keyword) and node.arg == "note":
            used |= names(node.value)
    notes = [constants[name] for name in used & constants.keys() if constants[name].endswith(".")]
    assert len(notes) >= 3, "the code has changed so that its notes are not found any more"
    assert [text for text in notes if troubles.said(text, spoken) == text] == []


def names(node: ast.expr) -> set[str]:
    """The names of constants in an expression."""
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and one.id.isupper()}


def test_an_error_of_a_part_is_told_with_its_cause() -> None:
    """A calendar that breaks off names the server's failure."""
    told = (
        "The calendar “Work” could not be read to its end: The server example.org did not answer in time; "
        "the next pull tries again."
    )
    assert troubles.said(told, language("de")) == (
        "Nicht bis zum Ende gelesen (Kalender „Work“): Der Server example.org hat nicht rechtzeitig geantwortet; "
        "das nächste Abrufen versucht es wieder."
    )


def test_what_a_server_said_stays_as_it_is() -> None:
    """In its brackets, between words that are translated."""
    told = "The server example.org dropped the connection (come back: later; please); the next pull tries again."
    assert troubles.said(told, language("de")) == (
        "Der Server example.org hat die Verbindung abgebrochen (come back: later; please); "
        "das nächste Abrufen versucht es wieder."
    )
    assert troubles.said("The moon was full.", language("de")) == "The moon was full."
