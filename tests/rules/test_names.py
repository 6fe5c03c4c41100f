"""Names as they are read: whose they are, in which order, and what of them is no name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.rules.likeness import FAMILY, GIVEN, LIKE, OTHER, SAME, likeness
from pipelines.rules.names import read
from pipelines.rules.namesakes import Namesakes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ann Lee", ("ann", "lee")),
        ("Lee, Ann", ("ann", "lee")),
        ("LEE Ann", ("ann", "lee")),
        ("Lee, Ann (ALPHA)", ("ann", "lee")),
        ("'Ann Lee'", ("ann", "lee")),
        ("Dr. med. Ann Lee, MBA", ("ann", "lee")),
        ("Ann Lee via Alpha", ("ann", "lee")),
        ("JosÃ© Núñez", ("jose", "nunez")),
        ("Иван Петров", ("ivan", "petrov")),
        ("José Ortega y Gasset", ("jose", "ortega", "y", "gasset")),
    ],
)
def test_a_full_name(text: str, words: tuple[str, ...]) -> None:
    """Given name first, plain Latin letters, without titles, degrees, brackets and broken letters."""
    found = read(text)
    assert (found.kind, found.words) == ("person", words)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ann", "single"), ("annlee", "single"), ("CloseChoice", "single"), ("Ann & Bob Lee", "joint"), ("Office of Ann Lee", "joint"),
        ("Bob Ray on behalf of Ann Lee", "joint"), ("Support", "office"), ("Alpha Team", "office"), ("ann@example.org", "none"), ("unknown", "none"),
        ("root", "none"), ("", "none"), ("?", "none"), ("undisclosed-recipients", "none"),
    ],
)  # fmt: skip
def test_what_is_no_one_persons_full_name(text: str, kind: str) -> None:
    """A given name or a login, a couple, an office, nobody."""
    assert read(text).kind == kind


@pytest.mark.parametrize(
    ("one", "two", "level"),
    [
        ("Ann Lee", "Lee Ann", SAME),
        ("Ann M. Lee", "Ann Lee", SAME),
        ("Müller Hans", "Hans Mueller", SAME),
        ("Serhiy Ivanenko", "Сергій Іваненко", SAME),
        ("Robert Zellweg", "Bob Zellweg", LIKE),
        ("R. Zellweg", "Robert Zellweg", LIKE),
        ("Robert Zellweg", "Robert Zellwegg", LIKE),
        ("Ann Zellweg", "Ann Mayer", GIVEN),
        ("Martin Zellweg", "Martina Zellweg", FAMILY),
        ("Ann Zellweg", "Boris Zellweg", FAMILY),
        ("Ann Zellweg", "Boris Klein", OTHER),
        ("John Lee Jr.", "John Lee III", OTHER),
        ("王小明", "王小红", OTHER),
    ],
)
def test_how_alike_names_are(one: str, two: str, level: int) -> None:
    """In either order of the two."""
    assert (likeness(read(one), read(two)), likeness(read(two), read(one))) == (level, level)


def test_a_name_is_common_by_lists_and_by_who_is_known() -> None:
    """Where many here bear the given name and many the family name, a second of both is easily met."""
    given, family = ["Ava", "Bea", "Cleo", "Dina", "Elva"], ["Orrin", "Pell", "Quist", "Roon", "Stamm"]
    village = [f"{first} {last}" for first in given for last in family if (first, last) != ("Ava", "Orrin")]
    known = Namesakes(read(name) for name in (*village, "Zora Zellweg", "Ava Orrin"))
    told = {name: known.easily(read(name)) for name in ("Ava Orrin", "Zora Zellweg", "James Smith", "James Q. Smith")}
    assert told == {"Ava Orrin": True, "Zora Zellweg": False, "James Smith": True, "James Q. Smith": False}


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    """Reading never fails, and a name is as alike to itself as can be."""
    found = read(text)
    assert found.kind in ("person", "single", "joint", "office", "none")
    if found.kind == "person":
        assert likeness(found, found) == SAME
