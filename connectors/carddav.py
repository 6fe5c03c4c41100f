"""Read the address books of a CardDAV account (RFC 6352): iCloud, Fastmail, Nextcloud, Radicale and others."""

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from connectors.contact_cards import bare_uid, read_cards
from connectors.context import Context
from connectors.dav_discovery import Collection, Flavour
from connectors.dav_memory import Body, Known, News
from connectors.dav_source import Account, Choice, DavSource, client_of
from connectors.dav_xml import CARDDAV
from connectors.records import Card, Page, Reject

BOOKS = Flavour(
    mark=f"{CARDDAV}addressbook",
    home=f"{CARDDAV}addressbook-home-set",
    report=f"{CARDDAV}addressbook-multiget",
    data=f"{CARDDAV}address-data",
    well_known="carddav",
    one="address book",
    many="address books",
)
Emails: TypeAlias = Mapping[str, tuple[str, ...]]  # of cards, by UID
_GROUP = re.compile(rb"^(?:X-ADDRESSBOOKSERVER-)?KIND[^:\n]*:[ \t]*group\b", re.IGNORECASE | re.MULTILINE)


class Settings(Account):
    """The keys of a `kind = "carddav"` source."""

    books: Choice = Choice()


class BookReader:
    """Makes cards. The place of a card is its book, its key its name there.

    A group names its members by UID and is given with their addresses: so groups come last, a book that has some is read
    whole when anything in it has changed, and the reading of a whole book that broke off begins again.
    """

    flavour = BOOKS

    def prepare(self, known: Known) -> None:
        """What was read of a book before it broke off would be missing in its groups."""
        if known.anew:
            known.distrust()

    def pages(self, collection: Collection, news: Iterator[News], known: Known) -> Iterator[Page]:
        """One page for each piece of news that says something; the groups are on the last."""
        groups: dict[str, Body] = {}
        emails: dict[str, tuple[str, ...]] = {}
        for piece in news:
            held = [body for body in piece.bodies if _GROUP.search(body.data)]
            touched = held or piece.anew or (known.groups and (piece.bodies or piece.gone))
            if touched and known.items and not known.anew:
                known.distrust()
                return
            groups |= {body.name: body for body in held}
            removed = tuple((collection.path, name) for name in known.take(piece))
            rejects = [Reject(collection.path, lost.name, lost.reason) for lost in piece.lost]
            cards: list[Card] = []
            for body in piece.bodies:
                if body not in held:
                    self._read(body, collection, {}, emails, cards, rejects)
            if piece.complete:
                known.groups = list(groups)
                for body in groups.values():
                    self._read(body, collection, emails, {}, cards, rejects)
            if removed or cards or rejects:
                yield Page("", cards=cards, rejects=rejects, removed=removed)

    def places(self, path: str, known: Known) -> tuple[str, ...]:  # noqa: ARG002 - a calendar needs it
        """A book is one place."""
        return (path,)

    def _read(
        self,
        body: Body,
        collection: Collection,
        members: Emails,
        emails: dict[str, tuple[str, ...]],
        cards: list[Card],
        rejects: list[Reject],
    ) -> None:
        """Add an entry's cards (but for mistakes, it is one) and their mail addresses, or why it has none."""
        found = read_cards(body.data, collection.path, members)
        for number, card in enumerate(found.cards, 1):
            emails[bare_uid(card.key)] = card.emails
            cards.append(card._replace(key=body.name if number == 1 else f"{body.name}#{number}"))
        if found.rejects:
            more = f" ({len(found.rejects)} times)" if len(found.rejects) > 1 else ""
            rejects.append(Reject(collection.path, body.name, f"{found.rejects[0].reason}{more}"))


def open(settings: Settings, context: Context) -> DavSource:
    """Open the account that the settings name. Raises SourceError where the secret can't be had."""
    return DavSource(client_of(settings, context), settings.url, settings.books, BookReader())
