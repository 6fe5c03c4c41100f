"""Thousands of phrases are found as each of them alone would be."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.rules.finder import Finder

WORD = "[^\\W\\u2e80-\\u9fff\\uac00-\\ud7af\\uff00-\\uffef]"
parts = st.lists(
    st.sampled_from(["a", "ab", "abc", "can't", "(x)", "*", "é", "会議", "zoom", "1", "..", "#b"]),
    min_size=1,
    max_size=4,
)
phrases = parts.map(" ".join).filter(lambda phrase: phrase.strip("*. ") != "" and not phrase.startswith(".."))
texts = st.lists(
    st.sampled_from(["a", "ab", "abcd", "can't", "(x)", "é", "会議", "zoom会議", "1", "#b", ",", "\n"]), max_size=9
)


def alone(phrase: str) -> "re.Pattern[str]":
    """One phrase, written as a pattern."""
    eastern = re.search("[\\u2e80-\\u9fff]", phrase) is not None
    phrase, begins = (phrase.strip("*"), "") if eastern else (phrase.removeprefix("*"), phrase[:1])
    gap = r",?[^\S\n]+(?:\S+[^\S\n]+){0,4}?"
    body = gap.join(re.escape(part).replace(r"\*", r"\w*") for part in phrase.split(" .. "))
    return re.compile(body if eastern else f"{'' if begins == '*' else f'(?<!{WORD})'}{body}(?!{WORD})")


@settings(max_examples=400, deadline=None)
@given(st.lists(phrases, min_size=1, max_size=6), texts.map(" ".join))
def test_the_first_match_is_that_of_some_phrase_alone(found_of: list[str], text: str) -> None:
    """What is found begins where the first of all phrases does; nothing is found where none is."""
    starts = [found.start() for phrase in found_of if (found := alone(phrase).search(text))]
    found = Finder(found_of).search(text)
    assert (found.start() if found else None) == min(starts, default=None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("we can not come", ["can not come"]),
        ("cancelled, and cancelling", ["cancelled", "cancelling"]),
        ("a tea room, the bathroom", ["tea room", "room"]),
        ("not on monday but friday", ["not on monday but friday"]),
        ("zoom会議", ["zoom", "会議"]),
        ("zooms", []),
    ],
)
def test_of_those_that_begin_together_the_longest(text: str, found: list[str]) -> None:
    """Whole words, but for what may go on, and for eastern scripts."""
    finder = Finder(["can", "can not come", "cancel*", "*room", "tea room", "not .. friday", "zoom", "会議"])
    assert [one[0] for one in finder.finditer(text)] == found
    assert finder.sub("-", text).count("-") == len(found)
    assert (finder.match(text) is not None) == (bool(found) and text.startswith(found[0]))
