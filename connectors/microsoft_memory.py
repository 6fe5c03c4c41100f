"""What a Microsoft source's cursor says: the link to the changes of each folder, calendar and address book."""

import json

from connectors.records import Cursor

_VERSION = 1


class Memory:
    """`links` by place; `places` are those by the server's own ids, which stay when a calendar is renamed; `roles` what
    a mail folder is for, by its id."""

    def __init__(self, cursor: Cursor | None) -> None:
        told = json.loads(cursor) if cursor else {}
        known = told if told.get("version") == _VERSION else {}  # another's cursor: all is read again, nothing doubles
        self.links: dict[str, str] = known.get("links", {})
        self.places: dict[str, str] = known.get("places", {})
        self.roles: dict[str, str] | None = known.get("roles")

    def place(self, found: str, name: str) -> str:
        """The place of something with an id: its name, or one like it where two have the same."""
        if found not in self.places:
            taken, number, place = set(self.places.values()), 1, name
            while place in taken:
                number += 1
                place = f"{name} ({number})"
            self.places[found] = place
        return self.places[found]

    def cursor(self) -> Cursor:
        """All of it as a cursor."""
        told = {"version": _VERSION, "links": self.links, "places": self.places, "roles": self.roles}
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
