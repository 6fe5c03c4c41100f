"""Issue the answers that a report offers, and record those that the owner has mailed to themselves.

An answer is found among the mail that the owner has sent at the next pull: what only came in was perhaps written by
another in their name. Whatever is repeated is harmless: a mail is dealt with once,
by its Message-ID; a token is used once; a token that nobody issued, or a mail that is not found among sent mail, does
nothing and is looked at again next time: the report may be made again, and the copy that was sent may come later.
"""

import datetime as dt
import urllib.parse
from collections.abc import Callable, Iterable

import pyarrow as pa

from pipelines import keys
from pipelines.home import Home
from pipelines.landing import MOMENT
from pipelines.rules import answers
from pipelines.rules.addresses import box, normal
from pipelines.settings import Owner
from pipelines.store import Store
from reports.answers import Ask
from reports.weekly_report import Offered

# what became of an answer
RECORDED, REPEATED, UNKNOWN, STRANGER, UNSENT = "recorded", "repeated", "unknown", "stranger", "unsent"


def offers(home: Home, owner: Owner, week: str, body: str) -> Callable[[Ask], str]:
    """What makes the link of a button: a mail to the owner's own address with the answer as its subject (RFC 6068)."""
    key = keys.kept(home.answer_key)
    to = urllib.parse.quote(own_address(owner), safe="@")

    def link(ask: Ask) -> str:
        line = answers.subject(ask.action, answers.token(key, owner.key, week, ask))
        return f"mailto:{to}?subject={urllib.parse.quote(line)}&body={urllib.parse.quote(body)}"

    return link


def own_address(owner: Owner) -> str:
    """The address that answers go to: the one of the owner's own that the report goes to, else the first."""
    mine = {_box(address) for address in owner.addresses}
    return next((address for address in owner.report.to if _box(address) in mine), owner.addresses[0])


def _box(address: str) -> str:
    return box(normal(address)).key


def issue(store: Store, home: Home, owner: Owner, week: str, offered: Iterable[Offered]) -> None:
    """Keep what each token of the week's report stands for. The same report issues the same tokens."""
    key = keys.kept(home.answer_key)
    rows = {answers.token(key, owner.key, week, ask): (ask, one) for one in offered for ask in one.asks}
    asks = [ask for ask, _ in rows.values()]
    with store.transaction():
        store.remove("issued", "week", week)
        store.append(
            "issued",
            pa.table(
                {
                    "token": pa.array(list(rows), pa.string()),
                    "week": pa.array([week] * len(rows), pa.string()),
                    "action": pa.array([ask.action for ask in asks], pa.string()),
                    "subject": pa.array([ask.subject for ask in asks], pa.string()),
                    "other": pa.array([ask.other for ask in asks], pa.string()),
                    "people": pa.array([list(one.people) for _, one in rows.values()], pa.list_(pa.string())),
                    "label": pa.array([one.label for _, one in rows.values()], pa.string()),
                }
            ),
        )


def take(store: Store, owner: Owner, now: dt.datetime) -> int:
    """Record the answers among the mails that have landed; returns how many are new corrections."""
    found = store.gather("answers").to_pylist()
    if not found:
        return 0
    done = {str(row["message_key"]): str(row["outcome"]) for row in store.rows("answers")}
    used = {str(row["token"]) for row in store.rows("answers") if row["outcome"] == RECORDED}
    issued = {str(row["token"]): row for row in store.rows("issued")}
    mine = {_box(address) for address in owner.addresses}
    recorded = 0
    for row in found:
        said = answers.said(row["subject"])
        before = done.get(row["message_key"])
        if said is None or before not in (None, UNKNOWN, UNSENT):
            continue
        offer = issued.get(said.token)
        at = row["sent_at"] or now
        if _box(row["sender"]) not in mine:
            outcome = STRANGER
        elif not row["sent"]:
            outcome = UNSENT
        elif said.token in used:
            outcome = REPEATED
        elif offer is None or offer["action"] != said.action:
            outcome = UNKNOWN
        else:
            outcome = RECORDED
        if outcome == before:
            continue
        with store.transaction():
            if outcome == RECORDED and offer is not None:
                ask = Ask(said.action, str(offer["subject"]), str(offer["other"]))
                _correct(store, said.token, answers.word(ask, at), at)
                used.add(said.token)
                recorded += 1
            _note(store, row["message_key"], said, at, outcome)
    return recorded


def _correct(store: Store, token: str, word: answers.Word, at: dt.datetime) -> None:
    columns = {"correction_id": f"mail-{token}", **word._asdict(), "origin": "mail"}
    row = {name: pa.array([text], pa.string()) for name, text in columns.items()}
    store.append("corrections", pa.table({**row, "made_at": pa.array([at], MOMENT)}))


def _note(store: Store, message_key: str, said: answers.Said, at: dt.datetime, outcome: str) -> None:
    store.remove("answers", "message_key", message_key)
    columns = {"message_key": message_key, "action": said.action, "token": said.token, "outcome": outcome}
    row = {name: pa.array([text], pa.string()) for name, text in columns.items()}
    store.append("answers", pa.table({**row, "sent_at": pa.array([at], MOMENT)}))
