"""The owner's word on who is who: asked once, kept, followed at the next rebuild, and taken back without a trace."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from connectors.records import Page
from pipelines import correcting, reviewing
from pipelines.home import Home
from pipelines.matching import Question
from pipelines.running import Stop
from tests.steps.community import Community, card, exchange

OWNER = "dana"
JAMES, SMITH = "james@alpha.example", "jsmith@beta.example"
OLGA, QUIST = "olga@quist.example", "olga.quist@post.example"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """James Smith, a common name, also writes from an address that is on no card; Olga from hers and a private one."""
    made = Home(tmp_path)
    made.store(OWNER).parent.mkdir()
    with community(made) as dana:
        dana.read(
            Page(
                "",
                cards=[card("1", "James Smith", JAMES), card("2", "Olga Quist", OLGA)],
                messages=[
                    *exchange("a", "James Smith", SMITH),
                    *exchange("b", "Olga Quist", OLGA),
                    *exchange("c", "Olga Quist", QUIST),
                ],
            )
        )
    return made


@contextmanager
def community(home: Home) -> Iterator[Community]:
    """The store, opened for the time of the block as a run opens it."""
    made = Community(home.store(OWNER))
    yield made
    made.store.close()


def rebuilt(home: Home) -> dict[str, set[str]]:
    """The contacts after the next run."""
    with community(home) as dana:
        return dana.rebuild().people()


def groups(people: dict[str, set[str]]) -> list[list[str]]:
    """The contacts' addresses."""
    return sorted(sorted(group) for group in people.values())


def questions(home: Home) -> list[Question]:
    """The open questions."""
    return reviewing.open_questions(home, OWNER)


def test_a_question_is_asked_once_and_followed(home: Home) -> None:
    """Yes merges at the next run, and the question never comes back."""
    (asked,) = questions(home)
    assert {asked.left.name, asked.right.name} == {"James Smith"}
    reviewing.answer(home, OWNER, asked.question_id, "yes")
    assert questions(home) == []
    assert groups(rebuilt(home)) == [[JAMES, SMITH], [QUIST, OLGA]]
    assert groups(rebuilt(home)) == [[JAMES, SMITH], [QUIST, OLGA]]
    assert questions(home) == []


def test_no_is_kept_and_a_skipped_question_is_not_asked_again(home: Home) -> None:
    """Until the word is taken back."""
    (asked,) = questions(home)
    reviewing.answer(home, OWNER, asked.question_id, "s")
    assert questions(home) == []
    reviewing.undo(home, OWNER)
    assert questions(home) == [asked]
    reviewing.answer(home, OWNER, asked.question_id, "no")
    assert groups(rebuilt(home)) == [[JAMES], [SMITH], [QUIST, OLGA]]
    assert questions(home) == []


@pytest.mark.parametrize("by_number", [False, True])
def test_a_merge_is_taken_back_whole(home: Home, by_number: bool) -> None:
    """Everybody has the number and the addresses of before, and the question is open again; also when the merge came
    by contact_ids, as an answer to a report does."""
    before = rebuilt(home)
    asked = questions(home)
    if by_number:
        one, two = (next(key for key, group in before.items() if address in group) for address in (JAMES, SMITH))
        with community(home) as dana:
            correcting.record(dana.store, "merge", one, two)
    else:
        reviewing.merge(home, OWNER, JAMES, SMITH)
    for _ in range(3):
        assert groups(rebuilt(home)) == [[JAMES, SMITH], [QUIST, OLGA]]
    reviewing.undo(home, OWNER)
    assert (rebuilt(home), questions(home)) == (before, asked)


def test_a_merge_of_a_stranger_is_taken_back(tmp_path: Path) -> None:
    """An address that was no contact's before is none's after."""
    home = Home(tmp_path)
    home.store(OWNER).parent.mkdir()
    with community(home) as dana:
        letters = exchange("a", "", "bluebird77@post.example")[:1]
        dana.read(Page("", cards=[card("1", "Ann Lee", "ann@example.org")], messages=letters))
    reviewing.merge(home, OWNER, "Ann Lee", "bluebird77@post.example")
    assert groups(rebuilt(home)) == [["ann@example.org", "bluebird77@post.example"]]
    reviewing.undo(home, OWNER)
    assert groups(rebuilt(home)) == [["ann@example.org"]]


def test_two_cards_that_speak_against_it_stay_merged(tmp_path: Path) -> None:
    """The owner's word wins over two cards of one book, run after run."""
    home = Home(tmp_path)
    home.store(OWNER).parent.mkdir()
    one, two = "ann@alpha.example", "ann@beta.example"
    with community(home) as dana:
        dana.read(
            Page(
                "",
                cards=[card("1", "Ann Lee", one, organization="Alpha"), card("2", "Ann Lee", two, organization="Beta")],
            )
        )
        ids = [dana.id_of(one), dana.id_of(two)]
        correcting.record(dana.store, "merge", *ids)
    for _ in range(3):
        assert groups(rebuilt(home)) == [[one, two]]


def test_an_address_that_is_split_off_stands_alone_until_it_is_merged(home: Home) -> None:
    """Split takes it from whoever has it, and asks nothing; a later merge is the last word."""
    reviewing.split(home, OWNER, QUIST)
    assert groups(rebuilt(home)) == [[JAMES], [SMITH], [QUIST], [OLGA]]
    assert [one for one in questions(home) if "Olga" in one.text] == []
    reviewing.merge(home, OWNER, OLGA, QUIST)
    assert groups(rebuilt(home)) == [[JAMES], [SMITH], [QUIST, OLGA]]


def test_an_ignored_address_comes_back(home: Home) -> None:
    """`review --undo` takes back the last word, whichever it was."""
    correcting.ignore(home, OWNER, SMITH)
    assert groups(rebuilt(home)) == [[JAMES], [QUIST, OLGA]]
    reviewing.undo(home, OWNER)
    assert groups(rebuilt(home)) == [[JAMES], [SMITH], [QUIST, OLGA]]


def test_what_was_said_of_a_merged_contact_counts_for_both(home: Home) -> None:
    """A number that a merge gives up still means that person."""
    before = rebuilt(home)
    reviewing.merge(home, OWNER, JAMES, SMITH)
    after = rebuilt(home)
    (gone,) = before.keys() - after.keys()
    with community(home) as dana:
        assert dana.column("former_ids", "former", "contact_id") == {
            gone: next(key for key, group in after.items() if JAMES in group)
        }


def test_the_most_valuable_question_comes_first(home: Home) -> None:
    """A match that would show a made-up cold friend goes before one between two who are well known."""
    with community(home) as dana:
        dana.read(
            Page(
                "",
                cards=[card("3", "Mary Brown", "mary@gamma.example"), card("4", "John Jones", "john@delta.example")],
                messages=[
                    *exchange("d", "Mary Brown", "mbrown@post.example"),
                    *exchange("e", "John Jones", "john@delta.example"),
                    *exchange("f", "John Jones", "jjones@post.example"),
                ],
            )
        )
    assert [one.left.name for one in questions(home)][-1] == "John Jones"


def test_questions_are_asked_one_by_one(home: Home) -> None:
    """At a terminal; a wrong key asks again, q ends."""
    replies = iter(["what", "y"])
    shown: list[str] = []
    read: Callable[[str], str] = lambda _: next(replies)  # noqa: E731
    reviewing.ask(questions(home), home, OWNER, read, shown.append)
    assert shown[-1].startswith("Recorded: James Smith and James Smith are one person.")
    assert reviewing.listed(questions(home)) == "Nothing to review: every match is sure, or was answered."


@pytest.mark.parametrize(
    ("words", "sentence", "code"),
    [
        (("answer", "nonsense", "yes"), "No open question is called “nonsense”", 1),
        (("answer", "nonsense", "perhaps"), "“perhaps” is no answer", 2),
        (("merge", "Olga Quist", "nobody@example.org"), "was seen in no mail, calendar or card", 1),
        (("merge", OLGA, QUIST), "are one person already", 1),
        (("split", "Olga"), "is no e-mail address", 2),
        (("undo",), "There is nothing to take back", 1),
    ],
)
def test_what_can_not_be_done_is_said(home: Home, words: tuple[str, ...], sentence: str, code: int) -> None:
    """In a sentence, with the code of wrong usage or of failure."""
    command = {"answer": reviewing.answer, "merge": reviewing.merge, "split": reviewing.split, "undo": reviewing.undo}
    with pytest.raises(Stop, match=sentence) as stopped:
        command[words[0]](home, OWNER, *words[1:])  # type: ignore[operator]  # each with its own words
    assert stopped.value.code == code
