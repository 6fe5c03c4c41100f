"""Tell whom the owner had erased, so that a re-sync does not bring them back."""

import hmac

from connectors.records import Card, Chat, Event, Message, Page
from pipelines import keys
from pipelines.home import Home
from pipelines.store import Store


class Forgotten:
    """Tells addresses that were forgotten by keyed digests (RFC 2104): the store itself does not hold them any more."""

    def __init__(self, key: bytes, digests: frozenset[str]) -> None:
        self._key = key
        self._digests = digests

    def digest(self, address: str) -> str:
        return hmac.digest(self._key, address.strip().lower().encode(), "sha256").hex()

    def __contains__(self, address: str) -> bool:
        return bool(self._digests) and bool(address) and self.digest(address) in self._digests

    def without(self, page: Page) -> Page:
        """The page without the forgotten: their mails, their cards, and their places among others."""
        if not self._digests:
            return page
        return page._replace(
            messages=[kept for one in page.messages if (kept := self._message(one)) is not None],
            events=[self._event(one) for one in page.events if one.organizer not in self],
            cards=[one for one in page.cards if not self._card(one)],
            calls=[one for one in page.calls if one.number not in self],
            chats=[one for one in page.chats if not self._chat(one)],
        )

    def _message(self, one: Message) -> Message | None:
        if one.sender in self:
            return None
        to = [(a, n) for a, n in zip(one.to_addresses, one.to_names, strict=True) if a not in self]
        cc = [(a, n) for a, n in zip(one.cc_addresses, one.cc_names, strict=True) if a not in self]
        bcc = tuple(address for address in one.bcc_addresses if address not in self)
        before = len(one.to_addresses) + len(one.cc_addresses) + len(one.bcc_addresses)
        if before and not (to or cc or bcc):
            return None
        return one._replace(
            to_addresses=tuple(a for a, _ in to),
            to_names=tuple(n for _, n in to),
            cc_addresses=tuple(a for a, _ in cc),
            cc_names=tuple(n for _, n in cc),
            bcc_addresses=bcc,
        )

    def _event(self, one: Event) -> Event:
        return one._replace(attendees=tuple(guest for guest in one.attendees if guest.address not in self))

    def _card(self, one: Card) -> bool:
        return any(address in self for address in (*one.emails, *one.phones, *one.profiles))

    def _chat(self, one: Chat) -> bool:
        return one.who in self


def forgotten(store: Store, home: Home) -> Forgotten:
    """Who was forgotten in this store."""
    digests = frozenset(str(row["digest"]) for row in store.rows("forgotten"))
    return Forgotten(key(home), digests)


def key(home: Home) -> bytes:
    """The key of the digests."""
    return keys.kept(home.folder / "forget.key")
