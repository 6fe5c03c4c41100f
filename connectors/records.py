"""The records that every source is translated into.

Times are microseconds since 1970-01-01T00:00 UTC, as whole numbers: a hundred thousand mails are read in seconds, and
they go into Arrow columns as they are. Records are named tuples for the same reason: `zip(*records)` is their columns.

Addresses keep the spelling of their local part; the domain is lower case and IDNA-encoded (A-labels, RFC 5890), so that
`lower(address)` is the key by which two spellings compare.

`place` is where in the source an item lies (a mail folder, a file below the drop folder, a calendar), and `key` is its
natural key there (an IMAP UID, a byte offset, an event key, a card's UID). (source, place, key) is unique in the store,
so a page that is saved twice lands once.
"""

from collections.abc import Iterator
from typing import NamedTuple, Protocol, TypeAlias

Cursor: TypeAlias = str  # opaque JSON: only the connector that wrote it reads it
Micros: TypeAlias = int  # microseconds since the epoch, UTC


class Message(NamedTuple):
    """One copy of a mail, as it lies in one place. Headers only.

    `message_key` tells the same mail in several places: the Message-ID without angle brackets, or, where there is none,
    a key made from date, author, recipients and subject (`made:` and a digest).
    `sent_at` follows the rule of time: the Date header, unless it is missing, unreadable, later than the server's time
    or far from it; then the server's time, and `time_note` says so. None only if neither is known.
    `marks` are facts about the copy that judgement needs; see MARKS.
    `cc_names` runs parallel to `cc_addresses`, `to_names` to `to_addresses`; a missing name is an empty string.
    """

    place: str
    key: str
    message_key: str
    message_id: str | None
    sent_at: Micros | None
    received_at: Micros | None
    time_note: str | None
    subject: str
    sender: str
    sender_name: str
    reply_to: str
    to_addresses: tuple[str, ...]
    to_names: tuple[str, ...]
    cc_addresses: tuple[str, ...]
    cc_names: tuple[str, ...]
    bcc_addresses: tuple[str, ...]
    in_reply_to: str | None
    marks: tuple[str, ...]


MARKS = (
    "sent",  # in a folder of sent mail, or labelled as sent; in a file, a mail that no server has delivered
    "draft",  # in a drafts folder, or labelled as one
    "spam",
    "trash",
    "list",  # List-Id or List-Post
    "bulk",  # List-Unsubscribe, Precedence: bulk or list or junk, Feedback-ID
    "auto",  # Auto-Submitted other than no, X-Auto-Response-Suppress, X-Autoreply, null Return-Path
    "report",  # multipart/report: delivery reports and read receipts
    "away",  # an out-of-office or vacation answer
    "invitation",  # carries text/calendar
    "undisclosed",  # no recipient is named
    "sender_differs",  # Sender names somebody other than From
)


class Attendee(NamedTuple):
    """One guest of an event. `status` is the PARTSTAT in lower case (RFC 5545 3.2.12): accepted, declined, tentative,
    needs-action, delegated; `kind` the CUTYPE: individual, group, resource, room, unknown."""

    address: str
    name: str
    status: str
    kind: str
    optional: bool


FOLLOWING = "following"  # the note of a cancelled occurrence with which all after it are cancelled


class Event(NamedTuple):
    """One occurrence of a calendar entry, or what an invitation mail (iTIP, RFC 5546) says of one.

    `event_key` is the UID, a slash and the occurrence's *original* start in UTC (`uid/2026-03-04T15:00:00Z`).
    All-day entries start and end at midnight of `timezone` and are marked `all_day`; `ends_at` is exclusive.
    `status` is confirmed, tentative or cancelled; an occurrence that EXDATE takes out of its series is given as
    cancelled with `note` `exdate`; a CANCEL of it and of all that follow (RANGE=THISANDFUTURE) has the `note` `following`.
    `method` is None for a calendar's own entry, else REQUEST, REPLY, CANCEL or COUNTER of the mail `message_key`.
    `links` are the conference addresses that have a property of their own (conference data, X-…-CONFERENCE).
    `kind` is default, out_of_office, working_location, focus_time, birthday.
    `description` is shortened to 8,000 characters.
    """

    place: str
    key: str
    event_key: str
    uid: str
    original_start: Micros
    starts_at: Micros
    ends_at: Micros
    all_day: bool
    timezone: str
    title: str
    description: str
    location: str
    status: str
    transparent: bool
    private: bool
    organizer: str
    organizer_name: str
    attendees: tuple[Attendee, ...]
    links: tuple[str, ...]
    categories: tuple[str, ...]
    kind: str
    recurring: bool
    created_at: Micros | None
    modified_at: Micros | None
    calendar: str
    method: str | None
    message_key: str | None
    note: str


class Card(NamedTuple):
    """One entry of an address book, or one connection of a network.

    `emails`, `phones` and `profiles` are as written; `kind` is individual, group or organization; `members` are the
    addresses of a group. `connected_at` is when a network made the connection: never a contact in itself.
    `died_on` is the DEATHDATE (RFC 6474) as written. `form` is vcard, linkedin, google …
    """

    place: str
    key: str
    name: str
    given: str
    family: str
    nicknames: tuple[str, ...]
    organization: str
    title: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    profiles: tuple[str, ...]
    kind: str
    members: tuple[str, ...]
    tags: tuple[str, ...]
    connected_at: Micros | None
    died_on: str | None
    form: str


class Call(NamedTuple):
    """One telephone or video call. `direction` is in, out or missed; `number` as written."""

    place: str
    key: str
    at: Micros
    direction: str
    seconds: int
    number: str
    name: str


class Chat(NamedTuple):
    """One direct message. `direction` is in or out; `who` is the other's address, number or profile, as written."""

    place: str
    key: str
    at: Micros
    direction: str
    who: str
    name: str
    network: str


class Reject(NamedTuple):
    """An item that could not be read: where it lies, and one sentence why."""

    place: str
    key: str
    reason: str


class Page(NamedTuple):
    """What is saved in one transaction: records, rejects, and the cursor *after* them.

    `emptied` are places whose earlier records this page replaces (a changed UIDVALIDITY, a replaced file): they are
    removed before the page's records are saved. `removed` are single items that are gone from the source.
    `total` is how many items the connector expects to read in all in this pull, for a progress bar; 0 if unknown.
    `appends` promises that no message of the page was in an earlier page of this source, unless that place was emptied.
    `note` is a sentence for the owner on something that the source can't show, for the coverage; mostly empty.
    """

    cursor: Cursor
    messages: list[Message] = []  # noqa: RUF012 - a shared default that nobody changes
    events: list[Event] = []  # noqa: RUF012
    cards: list[Card] = []  # noqa: RUF012
    calls: list[Call] = []  # noqa: RUF012
    chats: list[Chat] = []  # noqa: RUF012
    rejects: list[Reject] = []  # noqa: RUF012
    emptied: tuple[str, ...] = ()
    removed: tuple[tuple[str, str], ...] = ()
    total: int = 0
    note: str = ""
    appends: bool = False


class Seen(NamedTuple):
    """What `coldcoffee check` prints of one place in a source."""

    place: str
    items: int
    oldest: Micros | None
    newest: Micros | None


class Connector(Protocol):
    """A kind of source. It reads only, and keeps nothing but what its cursor says."""

    def pull(self, since: Cursor | None) -> Iterator[Page]:
        """Yield what is new since the cursor, in pages of at most some thousand records.

        Raises errors.SourceError. Pages yielded before an error are good and may be saved.
        """
        ...

    def look(self) -> list[Seen]:
        """Connect and say what is there, without reading it. Raises errors.SourceError."""
        ...
