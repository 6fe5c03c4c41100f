"""Ask the owner which matches are right, and keep every word on who is who so that it can be taken back."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from pipelines import correcting, finding, locking, matching
from pipelines.correcting import Recorded
from pipelines.home import Home
from pipelines.matching import Question
from pipelines.rules import rulings
from pipelines.running import PATIENCE, Stop
from pipelines.steps.contacts import said
from pipelines.store import Store, opened

NEXT = "The next “coldcoffee run” counts it so."
ANSWERS = {"y": "yes", "yes": "yes", "n": "no", "no": "no", "s": "skip", "skip": "skip"}


class End(NamedTuple):
    """One of two who may be one person: how a correction names them, and how a sentence does."""

    anchor: str
    name: str


@contextmanager
def _writing(home: Home, owner: str, command: str) -> Iterator[Store]:
    with locking.held(home.lock(owner), command, PATIENCE), opened(home.store(owner), PATIENCE) as store:
        yield store
        store.publish(home.snapshot(owner))


def open_questions(home: Home, owner: str) -> list[Question]:
    """What waits for the owner's word, the most valuable first."""
    with opened(home.store(owner), PATIENCE) as store:
        return matching.questions(store)


def listed(found: list[Question]) -> str:
    """The questions as a list, with what to type to answer each."""
    if not found:
        return "Nothing to review: every match is sure, or was answered."
    return "\n\n".join(f"{one.question_id}\n{one.text}" for one in found) + (
        "\n\nAnswer with “coldcoffee review NUMBER yes|no|skip”."
    )


def answer(home: Home, owner: str, question_id: str, word: str) -> Recorded:
    """Record yes (one person), no (two), or skip (not asked again) for a question. The same again changes nothing."""
    if word.lower() not in ANSWERS:
        raise Stop(f"“{word}” is no answer: say yes (one person), no (two people), or skip.", 2)
    with _writing(home, owner, "coldcoffee review") as store:
        found = [one for one in matching.questions(store) if one.question_id == question_id]
        if not found:
            raise Stop(f"No open question is called “{question_id}”: “coldcoffee review” lists them.", 1)
        return _answered(store, found[0], ANSWERS[word.lower()])


def _answered(store: Store, question: Question, word: str) -> Recorded:
    mine, theirs = _end(store, question.left.key), _end(store, question.right.key)
    if word == "skip":
        row = correcting.record(store, "skip", question.question_id, "")
        return Recorded("Skipped: it is not asked again.", row)
    if word == "yes":
        return _merged(store, mine, theirs)
    row = correcting.record(store, "split", theirs.anchor, mine.anchor)
    return Recorded(f"Recorded: {mine.name} and {theirs.name} are two people. {NEXT}", row)


def merge(home: Home, owner: str, one: str, two: str) -> Recorded:
    """Record that two contacts, or a contact and an address, are one person."""
    with _writing(home, owner, "coldcoffee merge") as store:
        mine, theirs = _end(store, one), _end(store, two)
        if mine.anchor == theirs.anchor or (_contact_of(store, mine) or "1") == (_contact_of(store, theirs) or "2"):
            raise Stop(f"“{one}” and “{two}” are one person already.", 1)
        return _merged(store, mine, theirs)


def _merged(store: Store, mine: End, theirs: End) -> Recorded:
    with store.transaction():
        _take_back_splits(store, mine, theirs)
        row = correcting.record(store, "merge", mine.anchor, theirs.anchor)
    return Recorded(f"Recorded: {mine.name} and {theirs.name} are one person. {NEXT}", row)


def split(home: Home, owner: str, address: str) -> Recorded:
    """Record that an address is not that of the contact who has it, nor of anybody else's."""
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", address):
        raise Stop(f"“{address}” is no e-mail address.", 2)
    with _writing(home, owner, "coldcoffee split") as store:
        end = _end(store, address)
        row = correcting.record(store, "split", end.anchor.removeprefix("email:"), "")
    return Recorded(
        f"Recorded: {address} belongs to nobody else. The next “coldcoffee run” takes it away from them.", row
    )


def undo(home: Home, owner: str) -> Recorded:
    """Take back the owner's last word on who is who that was not taken back yet."""
    with _writing(home, owner, "coldcoffee review") as store:
        words = [one for one in rulings.standing(said(store)) if one.kind in rulings.WORDS]
        if not words:
            raise Stop("There is nothing to take back.", 1)
        last = words[-1]
        with store.transaction():
            if last.kind == "merge":
                matching.divide(store, last)
            row = correcting.record(store, "undo", last.correction_id, "")
    told = {"skip": "a question was skipped"}.get(
        last.kind, " ".join(filter(None, [last.kind, _shown(last.subject), _shown(last.value)]))
    )
    return Recorded(f"Taken back: {told}. The next “coldcoffee run” forgets it.", row)


def _shown(anchor: str) -> str:
    return anchor.removeprefix("email:")


def _take_back_splits(store: Store, mine: End, theirs: End) -> None:
    """A merge is the last word on two people, whatever was said of their addresses before."""
    one, two = matching.anchors_with(store, mine.anchor), matching.anchors_with(store, theirs.anchor)
    for word in rulings.standing(said(store)):
        ends = rulings.anchor(word.subject), rulings.anchor(word.value)
        between = (ends[0] in one and ends[1] in two) or (ends[0] in two and ends[1] in one)
        off = not word.value and ends[0] in one | two
        if word.kind == "split" and (between or off):
            correcting.record(store, "undo", word.correction_id, "")


def _end(store: Store, who: str) -> End:
    """How a correction names a contact or an address for ever, whatever the contact's number will be."""
    address = rulings.anchor(who)
    if address.startswith("email:"):
        known = matching.everybody(store)
        if address not in known:
            raise Stop(f"“{who}” was seen in no mail, calendar or card.", 1)
        return End(address, known[address] or who)
    contact = finding.contact(store, who)
    return End(matching.lasting(store, contact.contact_id), contact.name)


def _contact_of(store: Store, end: End) -> str | None:
    return next((str(row["contact_id"]) for row in store.rows("people_anchors") if row["anchor"] == end.anchor), None)


def ask(
    questions: list[Question], home: Home, owner: str, read: Callable[[str], str], show: Callable[[str], None]
) -> None:
    """Ask one question after the other at a terminal; “q” ends it."""
    for number, one in enumerate(questions, 1):
        show(f"{number} of {len(questions)}\n{one.text}")
        word = read("One person? [y]es, [n]o, [s]kip, [q]uit: ").strip().lower()
        while word not in ANSWERS and word not in ("q", "quit", ""):
            word = read("Please answer y, n, s or q: ").strip().lower()
        if word not in ANSWERS:
            return
        show(answer(home, owner, one.question_id, word).text + "\n")
