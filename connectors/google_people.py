"""Read Google's contacts, and if it is wished the addresses that Google noted by itself."""

import json
from collections.abc import Iterator
from hashlib import sha256

from connectors.contact_google import FIELDS, OTHER_FIELDS, former_names, is_gone, read_person
from connectors.google_cursor import PeopleMark, Progress
from connectors.google_errors import Refusal
from connectors.google_json import Json, number, rows, word
from connectors.google_services import Methods
from connectors.google_wire import Wire
from connectors.records import Card, Page, Seen

PLACE = "contacts"
OTHER_PLACE = "other contacts"
PAGE = 1_000  # people, the most that Google lists at a time
_LIST = "nextPageToken,nextSyncToken,{}"


class People:
    """The contacts of one account, for one pull. `others`: also those whom Google noted because of a mail."""

    def __init__(self, wire: Wire, others: bool, progress: Progress) -> None:
        self._wire = wire
        self._others = others
        self._progress = progress
        self._service = wire.api("people", "v1").methods
        self._groups: dict[str, str] | None = None

    def pages(self) -> Iterator[Page]:
        """Yield who is new, changed or deleted. Raises Refusal, SourceError."""
        yield from self._people(PLACE)
        if self._others:
            yield from self._people(OTHER_PLACE)
        elif self._progress.people.pop(OTHER_PLACE, None) is not None:
            yield Page(self._progress.write(), emptied=(OTHER_PLACE,))

    def look(self) -> list[Seen]:
        """How many contacts there are. Raises Refusal, SourceError."""
        connections = self._service.people().connections()
        told = self._wire.call(
            connections.list(
                resourceName="people/me", personFields="names", pageSize=1, fields="totalPeople,totalItems"
            )
        )
        return [Seen(PLACE, number(told, "totalItems") or number(told, "totalPeople") or 0, None, None)]

    def _people(self, place: str) -> Iterator[Page]:
        mark = self._progress.people.get(place)
        if mark is not None and mark.token:
            try:
                people, token = self._list(place, mark.token)
            except Refusal as found:
                if not _has_run_out(found):
                    raise
            else:
                yield from self._changed(place, people, token or mark.token)
                return
        people, token = self._list(place, "")
        digest = "" if token else sha256(json.dumps(people, sort_keys=True).encode()).hexdigest()[:32]
        if mark is not None and digest and digest == mark.digest:
            return
        cards = self._cards(place, people)
        self._progress.people[place] = PeopleMark(token, digest)
        emptied = (place,) if mark is not None else ()
        yield Page(self._progress.write(), cards=cards, emptied=emptied)

    def _changed(self, place: str, people: list[Json], token: str) -> Iterator[Page]:
        self._progress.people[place] = PeopleMark(token, "")
        gone = [word(person, "resourceName") for person in people if is_gone(person)]
        there = [person for person in people if not is_gone(person)]
        for person in there:
            gone += former_names(person)
        cards = self._cards(place, there)
        kept = {card.key for card in cards}
        gone += [key for person in there if (key := word(person, "resourceName")) not in kept]
        if cards or gone:
            yield Page(self._progress.write(), cards=cards, removed=tuple((place, key) for key in gone))

    def _list(self, place: str, since: str) -> tuple[list[Json], str]:
        """All people, or those who have changed since; and the sync token after them."""
        people: list[Json] = []
        token = ""
        while True:
            more = {"pageToken": token} if token else {}
            if since:
                more["syncToken"] = since
            told = self._wire.call(self._request(place, more))
            people += rows(told, "connections" if place == PLACE else "otherContacts")
            token = word(told, "nextPageToken")
            if not token:
                return people, word(told, "nextSyncToken")

    def _request(self, place: str, more: dict[str, str]) -> Methods:
        if place == PLACE:
            return (
                self._service.people()
                .connections()
                .list(
                    resourceName="people/me",
                    personFields=FIELDS,
                    pageSize=PAGE,
                    requestSyncToken=True,
                    fields=_LIST.format("connections"),
                    **more,
                )
            )
        return self._service.otherContacts().list(
            readMask=OTHER_FIELDS, pageSize=PAGE, requestSyncToken=True, fields=_LIST.format("otherContacts"), **more
        )

    def _cards(self, place: str, people: list[Json]) -> list[Card]:
        groups = self._named_groups() if place == PLACE and any("memberships" in person for person in people) else {}
        form = "google" if place == PLACE else "google_other"
        cards = (read_person(person, place, groups, form) for person in people)
        return list({card.key: card for card in cards if card is not None}.values())

    def _named_groups(self) -> dict[str, str]:
        """The names of contact groups by their resource names, fetched when they are first needed."""
        if self._groups is None:
            self._groups = {}
            token = ""
            while True:
                more = {"pageToken": token} if token else {}
                groups = self._service.contactGroups()
                told = self._wire.call(groups.list(pageSize=PAGE, groupFields="name", **more))
                for group in rows(told, "contactGroups"):
                    self._groups[word(group, "resourceName")] = word(group, "name")
                token = word(told, "nextPageToken")
                if not token:
                    break
        return self._groups


def _has_run_out(found: Refusal) -> bool:
    """Whether Google no longer takes a sync token; it says so in several ways."""
    return found.status == 410 or (
        found.status == 400 and ("EXPIRED_SYNC_TOKEN" in found.reasons or "sync token" in found.message.lower())
    )
