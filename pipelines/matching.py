"""Lay out the open questions on who is who, and find what a contact is known by for ever."""

import math
from typing import NamedTuple

import pyarrow as pa

from pipelines.rules import rulings
from pipelines.rules.rulings import Said
from pipelines.running import Stop
from pipelines.steps.contacts import said
from pipelines.store import Store


class Side(NamedTuple):
    """One of two who may be one person. `key` is a contact_id or an address; `passed` counts mails and meetings."""

    key: str
    name: str
    organization: str
    addresses: list[str]
    passed: int

    @property
    def text(self) -> str:
        """One line on this side."""
        at = f", {self.organization}" if self.organization else ""
        where = f" <{', '.join(self.addresses)}>" if self.addresses else ""
        count = "nothing has passed" if not self.passed else f"{self.passed} mails and meetings"
        return f"{self.name or 'no name'}{at}{where}: {count}"


class Question(NamedTuple):
    """Whether two are one person; `value` says how much the answer would change."""

    question_id: str
    left: Side
    right: Side
    probability: float
    value: float
    evidence: str

    @property
    def text(self) -> str:
        """The question as it is shown."""
        return f"  {self.left.text}\n  {self.right.text}\n  {self.evidence} ({round(100 * self.probability)} %)"

    def facts(self) -> dict[str, object]:
        """The question for JSON."""
        sides = {"left": self.left._asdict(), "right": self.right._asdict()}
        return {**self._asdict(), **sides}


def questions(store: Store) -> list[Question]:
    """What waits for the owner's word, the most valuable first. Raises Stop before the first run."""
    if not store.has("match_questions"):
        raise Stop("Nothing has been read yet: run “coldcoffee run” first.", 1)
    closed = _closed(said(store))
    sides = _Sides(store)
    found = []
    for row in store.rows("match_questions"):
        left, right = str(row["left_contact"]), str(row["right_contact"] or row["right_address"])
        ends = sides.anchors(left), sides.anchors(right)
        if row["question_id"] in closed or any(
            (one in ends[0] and two in ends[1]) or (one in ends[1] and two in ends[0]) for one, two in _pairs(closed)
        ):
            continue
        mine, theirs = sides.side(left), sides.side(right)
        probability = float(str(row["probability"]))
        value = probability * math.log2(2 + mine.passed + theirs.passed)
        # one side is silent: if both are one, a cold friend was made up
        value *= 2 if bool(mine.passed) != bool(theirs.passed) else 1
        found.append(
            Question(str(row["question_id"]), mine, theirs, probability, round(value, 3), str(row["evidence"]))
        )
    return sorted(found, key=lambda one: (-one.value, one.question_id))


def _closed(words: list[Said]) -> frozenset[str | tuple[str, str]]:
    """Questions that were skipped, and pairs of anchors that were merged or split, since the last run too."""
    standing = rulings.standing(words)
    skipped = {one.subject for one in standing if one.kind == "skip"}
    pairs = {
        (rulings.anchor(one.subject), rulings.anchor(one.value))
        for one in standing
        if one.kind in ("merge", "split") and one.value
    }
    return frozenset(skipped | pairs)


def _pairs(closed: frozenset[str | tuple[str, str]]) -> list[tuple[str, str]]:
    return [one for one in closed if isinstance(one, tuple)]


class _Sides:
    """What is known of contacts and correspondents, read once."""

    def __init__(self, store: Store) -> None:
        self._contacts = {str(row["contact_id"]): row for row in store.rows("contacts")}
        self._correspondents = {str(row["address"]): row for row in store.rows("correspondents")}
        self._addresses: dict[str, list[str]] = {}
        self._anchors: dict[str, set[str]] = {}
        self._passed: dict[str, int] = {}
        for row in store.rows("addresses"):
            self._addresses.setdefault(str(row["contact_id"]), []).append(str(row["spelling"]))
        for row in store.rows("people_anchors"):
            self._anchors.setdefault(str(row["contact_id"]), set()).add(str(row["anchor"]))
        for row in store.rows("interactions") if store.has("interactions") else ():
            if row["exclusion"] is None:
                contact = str(row["contact_id"])
                self._passed[contact] = self._passed.get(contact, 0) + 1

    def anchors(self, key: str) -> set[str]:
        """The anchors of a contact, or that of an address."""
        return self._anchors.get(key, set()) | {rulings.anchor(key)}

    def side(self, key: str) -> Side:
        """What is shown of a contact or an address."""
        contact = self._contacts.get(key)
        if contact is not None:
            organization = str(contact["organization"] or "")
            return Side(
                key, str(contact["name"]), organization, sorted(self._addresses.get(key, ())), self._passed.get(key, 0)
            )
        row = self._correspondents.get(key, {})
        passed = sum(int(str(row.get(name) or 0)) for name in ("sent", "received", "meetings"))
        return Side(key, str(row.get("name") or ""), "", [key], passed)


def everybody(store: Store) -> dict[str, str]:
    """The name of whoever has it, by anchor, for each address that is known."""
    names = {str(row["contact_id"]): str(row["name"]) for row in store.rows("contacts")}
    found = {f"email:{row['address']}": str(row["name"]) for row in store.rows("correspondents")}
    found |= {
        f"email:{row['address']}": names.get(str(row["contact_id"]), "")
        for row in store.rows("addresses")
        if row["kind"] == "email"
    }
    return found


def lasting(store: Store, contact_id: str) -> str:
    """The anchor that tells a contact best: an address of theirs alone, else a profile or a card."""
    mine = [row for row in store.rows("addresses") if row["contact_id"] == contact_id and row["kind"] == "email"]
    best = sorted((str(row["rule"]) == "shared", -float(str(row["probability"])), str(row["address"])) for row in mine)
    if best and not best[0][0]:
        return f"email:{best[0][2]}"
    others = {str(row["anchor"]) for row in store.rows("people_anchors") if row["contact_id"] == contact_id}
    found = sorted(others, key=lambda one: (one.startswith("email:"), not one.startswith("profile:"), one))
    if not found:
        raise Stop("Nothing is known of this contact that lasts: run “coldcoffee run” first.", 1)
    return found[0]


def anchors_with(store: Store, anchor: str) -> set[str]:
    """All anchors of the contact that has this one."""
    rows = store.rows("people_anchors")
    contact = next((row["contact_id"] for row in rows if row["anchor"] == anchor), None)
    return {str(row["anchor"]) for row in rows if row["contact_id"] == contact} | {anchor}


def divide(store: Store, merge: Said) -> None:
    """Let a contact that a merge has taken up stand for what it stood for before; an address that was no contact's is
    nobody's again."""
    ends = [rulings.anchor(merge.subject), rulings.anchor(merge.value)]
    rows = [(str(row["anchor"]), str(row["contact_id"])) for row in store.rows("people_anchors")]
    retired = [(str(row["anchor"]), str(row["contact_id"])) for row in store.rows("retired_anchors")]
    used = {contact for _, contact in rows}
    gone = {contact for anchor, contact in retired if contact not in used and (anchor in ends or contact in ends)}
    back = dict(pair for pair in retired if pair[1] in gone)
    if not back:
        back = {ends[1]: ""}
    kept = [(anchor, back.get(anchor, contact)) for anchor, contact in rows]
    kept = [(anchor, contact) for anchor, contact in kept if contact]
    store.write(
        "people_anchors",
        pa.table(
            {
                "contact_id": pa.array([contact for _, contact in kept], pa.string()),
                "anchor": pa.array([anchor for anchor, _ in kept], pa.string()),
            }
        ),
    )
