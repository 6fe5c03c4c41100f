"""A store with cards and mails of made-up people, and what the contacts step makes of it."""

import dataclasses
import datetime as dt
from pathlib import Path

import pyarrow as pa

from connectors.records import Card, Message, Page
from pipelines.steps import contacts, interactions, mails, occurrences
from pipelines.steps.moment import Moment
from pipelines.store import Store

AS_OF = dt.datetime(2026, 11, 16, 5, tzinfo=dt.UTC)
MOMENT = Moment(AS_OF, "America/New_York", "Dana Reyes", "2026-W46")
ME = "dana@example.org"


def card(key: str, name: str, *emails: str, **more: object) -> Card:
    """A card of the owner's book."""
    return Card(
        "book", key, name, "", "", (), "", "", emails, (), (), "individual", (), (), None, None, "vcard"
    )._replace(
        **more  # type: ignore[arg-type]  # fields by name
    )


def mail(
    key: str, sender: str, to: str, name: str = "", to_name: str = "", answers: str | None = None, **more: object
) -> Message:
    """A personal mail of 3 November 2026."""
    at = int(dt.datetime(2026, 11, 3, 12, tzinfo=dt.UTC).timestamp() * 1_000_000)
    made = Message(
        place="INBOX", key=key, message_key=key, message_id=key, sent_at=at, received_at=at, time_note=None, subject="Hello",
        sender=sender, sender_name=name, reply_to="", to_addresses=(to,), to_names=(to_name,), cc_addresses=(), cc_names=(),
        bcc_addresses=(), in_reply_to=answers, marks=(),
    )  # fmt: skip
    return made._replace(**more)  # type: ignore[arg-type]  # fields by name


def exchange(key: str, name: str, address: str) -> list[Message]:
    """A mail of the owner's and its answer."""
    return [mail(f"{key}.1", ME, address, "Dana Reyes", name), mail(f"{key}.2", address, ME, name, answers=f"{key}.1")]


class Community:
    """The store of Dana's, and its contacts after each rebuild."""

    def __init__(self, path: Path) -> None:
        self.store = Store(path)
        self.store.write("own_addresses", pa.table({"address": [ME]}))

    def read(self, *pages: Page, source: str = "files") -> "Community":
        """Save pages and make the tables anew."""
        for number, page in enumerate(pages):
            self.store.save(source, page._replace(cursor=str(number)), AS_OF)
        return self.rebuild()

    def rebuild(self, *, discover: bool = True, assistants: tuple[tuple[str, str], ...] = ()) -> "Community":
        """Make the tables anew."""
        moment = dataclasses.replace(MOMENT, discover=discover, assistants=assistants)
        for step in (mails, occurrences, contacts, interactions):
            step.rebuild(self.store, moment)
        return self

    def weights(self) -> dict[tuple[str, str], float]:
        """The weight of each mail with each contact, by name and reference."""
        names = self.column("contacts", "contact_id", "name")
        rows = self.store.rows("interactions")
        return {(names[str(row["contact_id"])], str(row["reference"])): float(str(row["weight"])) for row in rows}

    def people(self) -> dict[str, set[str]]:
        """The addresses, numbers and profiles of each contact_id."""
        found: dict[str, set[str]] = {str(row["contact_id"]): set() for row in self.store.rows("contacts")}
        for row in self.store.rows("addresses"):
            found[str(row["contact_id"])].add(str(row["address"]))
        return found

    def groups(self) -> list[list[str]]:
        """The contacts' addresses, without their ids."""
        return sorted(sorted(group) for group in self.people().values())

    def id_of(self, address: str) -> str:
        """Whose address it is."""
        (found,) = [key for key, group in self.people().items() if address in group]
        return found

    def column(self, table: str, key: str, value: str) -> dict[str, str]:
        """Two columns of a table."""
        return {str(row[key]): str(row[value]) for row in self.store.rows(table)}
