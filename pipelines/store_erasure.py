"""Say in SQL what is to be deleted where one person is to be erased from what has landed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

HIDDEN = "…"  # stands where a name stood in a text that is about others, too
OUTSIDE = r"[^\pL\pN]"  # of words; \b knows ASCII only in RE2


@dataclass(frozen=True)
class Person:
    """Who is erased: the contact's id, all spellings of their addresses, numbers and profiles as they landed, their
    names, and a regular expression that finds either in a text: see `pattern`."""

    contact_id: str
    spellings: tuple[str, ...]
    names: tuple[str, ...]
    pattern: str

    def values(self, statement: str) -> dict[str, object]:
        """The values of those parameters that a statement has."""
        known: dict[str, object] = {
            "id": self.contact_id,
            "who": list(self.spellings),
            "names": list(self.names),
            "pattern": self.pattern,
            "hidden": rf"\1{HIDDEN}\2",
        }
        return {name: known[name] for name in set(re.findall(r"\$(\w+)", statement))}


def pattern(spellings: Iterable[str], names: Iterable[str], outside: str = OUTSIDE) -> str:
    """A regular expression for any of these in a text, with what stands before and behind as its two groups.

    A name counts from two words on: "Ann" is others' name, too. `outside` is a class of the characters between words, in
    the dialect of whoever searches (RE2 for DuckDB).
    """
    told = {re.escape(one) for one in spellings if len(one) > 3}
    for name in names:
        words = [re.escape(word) for word in re.findall(r"[^\s,]+", name)]
        if len(words) > 1:
            told |= {r"\s+".join(words), rf"{words[-1]},\s*" + r"\s+".join(words[:-1])}
    return rf"(^|{outside})(?:{'|'.join(sorted(told, key=len, reverse=True))})($|{outside})" if told else "$.^"


def statements() -> list[str]:
    """What is executed, in order. Parameters are named as in Person.values.

    A meeting with this person alone goes; among others, their place does. A text that names them is kept without the
    name.
    """
    others = "list_filter(attendees, lambda one: not list_contains($who, one.address))"
    there = f"list_append(list_transform({others}, lambda one: lower(one.address)), lower(organizer))"
    return [
        "update landed_messages set in_reply_to = null "
        "where in_reply_to in (select message_key from landed_messages where list_contains($who, sender))",
        "delete from landed_messages where list_contains($who, sender)",
        *(_without(field) for field in ("to", "cc")),
        "update landed_messages set bcc_addresses = list_filter(bcc_addresses, lambda one: not list_contains($who, one)) "
        "where list_has_any(bcc_addresses, $who)",
        "update landed_messages set reply_to = '' where list_contains($who, reply_to)",
        "delete from landed_events where list_contains($who, organizer)",
        f"delete from landed_events where len({others}) < len(attendees) "
        f"and len(list_distinct(list_filter({there}, lambda one: one <> ''))) <= 1",
        f"update landed_events set attendees = {others} where len({others}) < len(attendees)",
        "delete from card_work where (source, key) in (select (source, key) from landed_cards "
        "where list_has_any(list_concat(emails, phones, profiles), $who) or list_contains($names, name))",
        "delete from landed_cards where list_has_any(list_concat(emails, phones, profiles), $who) "
        "or (list_contains($names, name) and len(emails) + len(phones) + len(profiles) = 0)",
        "delete from landed_calls where list_contains($who, number) or (number = '' and list_contains($names, name))",
        "delete from landed_chats where list_contains($who, who) or (who = '' and list_contains($names, name))",
        *(
            f"update {table} set {column} = regexp_replace({column}, $pattern, $hidden, 'gi') "
            f"where regexp_matches({column}, $pattern, 'i')"
            for table, column in (
                ("landed_messages", "subject"),
                ("landed_messages", "sender_name"),
                ("landed_events", "title"),
                ("landed_events", "description"),
                ("landed_events", "location"),
                ("landed_events", "organizer_name"),
                ("rejects", "reason"),
            )
        ),
        "delete from corrections where subject = $id or list_contains($who, subject) "
        "or regexp_matches(value, $pattern, 'i') or regexp_matches(subject, $pattern, 'i')",
        "delete from assistants where contact_id = $id or list_contains($who, address)",
        "delete from retired_anchors where contact_id = $id "
        "or anchor in (select anchor from people_anchors where contact_id = $id)",
        "delete from people_anchors where contact_id = $id",
        "delete from issued where list_contains(people, $id) or subject = $id or other = $id "
        "or list_contains($names, label) or regexp_matches(label, $pattern, 'i')",
    ]


def _without(field: str) -> str:
    return (
        f"update landed_messages set "
        f"{field}_names = list_filter({field}_names, lambda one, number: not list_contains($who, {field}_addresses[number])), "
        f"{field}_addresses = list_filter({field}_addresses, lambda one: not list_contains($who, one)) "
        f"where list_has_any({field}_addresses, $who)"
    )
