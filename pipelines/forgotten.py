"""Tell whom the owner had erased, so that a re-sync does not bring them back."""

import hmac
import re
import unicodedata

from connectors.records import Attendee, Card, Event, Message, Page
from pipelines import keys
from pipelines.home import Home
from pipelines.rules import addresses
from pipelines.store import Store
from pipelines.store_erasure import HIDDEN

WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
LONGEST = 5  # words of a name that is looked for in a text


def compared(spelling: str, region: str | None) -> str:
    """What is equal for all spellings of one mailbox, telephone number or profile; numbers are read as in `region`."""
    normal = addresses.normal(spelling)
    if normal:
        return addresses.box(normal).key
    return addresses.profile(spelling) or addresses.phone(spelling, region) or spelling.strip().casefold()


def words_of(name: str) -> str:
    """A name as it is compared: its words in lower case, single spaces between."""
    return " ".join(WORD.findall(unicodedata.normalize("NFC", name).casefold()))


class Forgotten:
    """Tells whom the owner had erased by keyed digests (RFC 2104): the store itself does not hold them any more."""

    def __init__(self, key: bytes, digests: frozenset[str], region: str | None) -> None:
        self._key = key
        self._digests = digests
        self._region = region
        self._beginnings: dict[str, bool] = {}  # words come again and again

    def digest(self, spelling: str) -> str:
        """The digest of an address, a number or a profile."""
        return self._digest("address", compared(spelling, self._region))

    def digests_of_name(self, name: str) -> list[str]:
        """The digests of a name, and of the word that it begins with: by that one texts are searched quickly."""
        words = words_of(name)
        return [self._digest("name", words), self._digest("begins", words.partition(" ")[0])] if words else []

    def __contains__(self, spelling: str) -> bool:
        return bool(self._digests) and bool(spelling) and self.digest(spelling) in self._digests

    def without(self, page: Page) -> Page:
        """The page without the forgotten: their mails, their cards, and their places among others."""
        if not self._digests:
            return page
        return page._replace(
            messages=[mail for one in page.messages if (mail := self._message(one)) is not None],
            events=[event for one in page.events if (event := self._event(one)) is not None],
            cards=[one for one in page.cards if not self._card(one)],
            calls=[one for one in page.calls if not self._talker(one.number, one.name)],
            chats=[one for one in page.chats if not self._talker(one.who, one.name)],
        )

    def without_names(self, text: str) -> str:
        """The text with the names of the forgotten hidden; names of a single word stay, since they are others', too."""
        found = list(WORD.finditer(text))
        for at, first in enumerate(found):
            if not self._begins(words_of(first[0])):
                continue
            for last in found[at + 1 : at + LONGEST][::-1]:
                if self._digest("name", words_of(text[first.start() : last.end()])) in self._digests:
                    return self.without_names(text[: first.start()] + HIDDEN + text[last.end() :])
        return text

    def _begins(self, word: str) -> bool:
        if word not in self._beginnings:
            self._beginnings[word] = self._digest("begins", word) in self._digests
        return self._beginnings[word]

    def _digest(self, kind: str, text: str) -> str:
        return hmac.digest(self._key, f"{kind}\0{text}".encode("utf-8", "replace"), "sha256").hex()

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
            subject=self.without_names(one.subject),
            reply_to="" if one.reply_to in self else one.reply_to,
            to_addresses=tuple(a for a, _ in to),
            to_names=tuple(n for _, n in to),
            cc_addresses=tuple(a for a, _ in cc),
            cc_names=tuple(n for _, n in cc),
            bcc_addresses=bcc,
        )

    def _event(self, one: Event) -> Event | None:
        """None for a meeting with them alone; a group's stays, without their place."""
        if one.organizer in self:
            return None
        guests: tuple[Attendee, ...] = tuple(
            guest for guest in one.attendees if not self._talker(guest.address, guest.name)
        )
        there = {address.lower() for address in (one.organizer, *(guest.address for guest in guests)) if address}
        if len(guests) < len(one.attendees) and len(there) <= 1:
            return None
        title, description = self.without_names(one.title), self.without_names(one.description)
        return one._replace(attendees=guests, title=title, description=description)

    def _card(self, one: Card) -> bool:
        spellings = (*one.emails, *one.phones, *one.profiles)
        if not spellings:
            return self._digest("name", words_of(one.name)) in self._digests
        return any(spelling in self for spelling in spellings)

    def _talker(self, who: str, name: str) -> bool:
        return who in self if who else self._digest("name", words_of(name)) in self._digests


def forgotten(store: Store, home: Home, zone: str) -> Forgotten:
    """Who was forgotten in this store; numbers without a country are read as in the IANA zone's."""
    digests = frozenset(str(row["digest"]) for row in store.rows("forgotten"))
    return Forgotten(key(home), digests, addresses.region(zone))


def key(home: Home) -> bytes:
    """The key of the digests."""
    return keys.kept(home.folder / "forget.key")
