"""What a subject says to coldcoffee, and what a token is."""

import base64
import datetime as dt

import pytest

from pipelines.rules import answers
from pipelines.rules.answers import Said, Word
from reports.answers import Ask

TOKEN = "7F3KABCDEFGHIJ23"
AT = dt.datetime(2026, 11, 16, 23, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "before",
    ["", "Re: ", "RE: ", "AW: ", "Re: AW: ", "Re[2]: ", "Fwd: ", "[EXT] ", "SV: ", "Antw: ", "回复：", "re : ", "  "],
)
def test_prefixes_of_mail_programs_change_nothing(before: str) -> None:
    """Whoever answers the report's answer, or whose mail program adds a word, is understood."""
    assert answers.said(f"{before}coldcoffee met-yes {TOKEN}") == Said("met-yes", TOKEN)


@pytest.mark.parametrize("said", [f"ColdCoffee MET-YES {TOKEN.lower()}", f"coldcoffee\tmet-yes  {TOKEN} "])
def test_case_and_spaces_change_nothing(said: str) -> None:
    """A subject that was folded on its way has other spaces."""
    assert answers.said(said) == Said("met-yes", TOKEN)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "coldcoffee",
        "coldcoffee met-yes",
        f"coldcoffee met-maybe {TOKEN}",
        f"coldcoffee met-yes {TOKEN[:-1]}",
        f"coldcoffee met-yes {TOKEN}A",
        f"coldcoffee met-yes {TOKEN} and more",
        f"Let us have a coldcoffee met-yes {TOKEN}",
        f"coldcoffee met-yes {TOKEN[:-1]}1",
    ],
)
def test_other_subjects_say_nothing(said: str) -> None:
    """A mail about cold coffee is a mail."""
    assert answers.said(said) is None


def test_a_token_is_eighty_bits_of_everything_it_stands_for() -> None:
    """Another owner, week, action, item or key has another token, and no two parts can be shifted into each other."""
    ask = Ask("met-yes", "a@example.org/2026-11-12T15:00:00Z")
    tokens = {
        answers.token(key, owner, week, one)
        for key in (b"k" * 32, b"l" * 32)
        for owner in ("dana", "bo")
        for week in ("2026-W46", "2026-W47")
        for one in (ask, ask._replace(action="met-no"), ask._replace(subject="b"), Ask("met-yes", "a", "b"))
    }
    assert len(tokens) == 32
    assert {len(base64.b32decode(one)) * 8 for one in tokens} == {80}
    assert answers.token(b"k" * 32, "dana", "2026-W46", ask) == answers.token(b"k" * 32, "dana", "2026-W46", ask)


def test_each_answer_is_a_correction() -> None:
    """The kinds are those that the commands record."""
    key = "a@example.org/2026-11-12T15:00:00Z"
    assert [
        answers.word(ask, AT)
        for ask in (
            Ask("met-yes", key),
            Ask("met-remote", key),
            Ask("met-no", key),
            Ask("called", "c1"),
            Ask("snooze", "c1"),
            Ask("not-a-person", "c1"),
            Ask("same-person", "c1", "c2"),
            Ask("two-people", "c1", "c2"),
        )
    ] == [
        Word("met", key, "yes"),
        Word("met", key, "remote"),
        Word("met", key, "no"),
        Word("log", "c1", '{"channel": "call", "at": "2026-11-16T23:30:00+00:00"}'),
        Word("snooze", "c1", "2026-12-16"),
        Word("not_a_person", "c1", ""),
        Word("merge", "c1", "c2"),
        Word("split", "c1", "c2"),
    ]
