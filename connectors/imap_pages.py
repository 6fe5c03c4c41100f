"""Read the new mails of one open folder in windows of UIDs, several on their way at a time."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from connectors.imap_fetch import Fetched
from connectors.imap_parts import LARGEST_PART, Invitation, Part, calendar_part, decoded, part_body
from connectors.imap_wire import Arrived, Wire, succeeded
from connectors.mail_fields import HEADER_FIELDS
from connectors.records import MARKS, Message, Reject

WINDOW = 4000  # UIDs a FETCH; one page each, and the store takes large pages faster
IN_FLIGHT = 6  # windows: structures and bodies wait behind the next headers, and the server must never wait for us
LONGEST_SET = 4000  # characters of UIDs in a command; RFC 7162 asks servers for 8,192 a line
HEADERS = b"UID FETCH %b (UID FLAGS INTERNALDATE BODY.PEEK[HEADER.FIELDS (" + " ".join(HEADER_FIELDS).encode() + b")])"

ReadMail = Callable[[Fetched], tuple[Message, bool] | Reject | None]


@dataclass
class Window:
    """The UIDs from `first` to `last`, what has been read of them (mails by UID), and how many commands are still to be
    answered."""

    first: int
    last: int
    messages: dict[int, Message] = field(default_factory=dict)
    invitations: list[Invitation] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    suspects: list[int] = field(default_factory=list)  # UIDs of mails that may hold an invitation
    parts: dict[int, Part] = field(default_factory=dict)  # by UID
    waiting: int = 0


class _Asked(NamedTuple):
    """A command that was sent for the UIDs of a window from `first` to `last`, and what it asked for."""

    window: Window
    wanted: Literal["headers", "structures", "bodies"]
    first: int = 0
    last: int = 0


def spans(first: int, last: int, count: int) -> Iterator[tuple[int, int]] | None:
    """The windows from `first` to `last`, or None where `count` mails lie so sparsely among these UIDs that asking for
    the UIDs first is cheaper."""
    if last - first + 1 > max(WINDOW, 2 * count):
        return None
    return ((start, min(start + WINDOW - 1, last)) for start in range(first, last + 1, WINDOW))


def spans_of(uids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The windows around these UIDs, in order, each with as many mails as a window holds."""
    return ((uids[at], uids[min(at + WINDOW, len(uids)) - 1]) for at in range(0, len(uids), WINDOW))


def uid_sets(uids: Iterable[int]) -> Iterator[bytes]:
    """Ascending UIDs as sequence sets (`3:5,9`), each short enough for a command line."""
    pieces: list[bytes] = []
    length = 0
    start = end = -1
    for uid in [*uids, -1]:
        if uid == end + 1 and start >= 0:
            end = uid
            continue
        if start >= 0:
            pieces.append(b"%d" % start if start == end else b"%d:%d" % (start, end))
            length += len(pieces[-1]) + 1
        if pieces and (uid < 0 or length > LONGEST_SET):
            yield b",".join(pieces)
            pieces, length = [], 0
        start = end = uid


class Reader:
    """Reads the folder that is open on `wire`. `read_mail` makes a record of a mail, and says whether
    it may hold a calendar part (None: the mail is left out)."""

    def __init__(self, wire: Wire, place: str, read_mail: ReadMail) -> None:
        self._wire = wire
        self._place = place
        self._read_mail = read_mail
        self._asked: dict[bytes, _Asked] = {}
        self._open: deque[Window] = deque()

    def windows(self, bounds: Iterator[tuple[int, int]]) -> Iterator[Window]:
        """Read the windows in order, each whole before it is given. Raises what Wire raises.

        What the server refuses is asked for again in halves, down to the one mail it can't give: that is a reject.
        """
        more = True
        while more or self._open:
            while more and len(self._open) < IN_FLIGHT:
                bound = next(bounds, None)
                if bound is None:
                    more = False
                else:
                    self._open.append(Window(*bound))
                    self._ask_headers(self._open[-1], *bound)
            while self._open and not self._open[0].waiting:
                yield self._open.popleft()
            if self._open and self._open[0].waiting:
                self._take(self._wire.read())

    def _take(self, arrived: Arrived) -> None:
        window: Window | None = None
        for mail in arrived.mails:
            uid = mail.uid
            if window is None or not window.first <= uid <= window.last:
                window = self._window(uid)
                if window is None:
                    continue
            read = self._read_mail(mail)
            if isinstance(read, Reject):
                window.rejects.append(read)
            elif read is not None:
                window.messages[uid] = read[0]
                if read[1]:
                    window.suspects.append(uid)
        for line in arrived.lines:
            if (found := calendar_part(line)) is not None and (window := self._window(found[0])) is not None:
                window.parts[found[0]] = found[1]
            elif (body := part_body(line)) is not None and (window := self._window(body[0])) is not None:
                self._take_body(window, *body)
        for tag, said in arrived.done.items():
            if (asked := self._asked.pop(tag, None)) is not None:
                self._finish(asked, said)

    def _window(self, uid: int) -> Window | None:
        for window in self._open:
            if window.first <= uid <= window.last:
                return window
        return None  # a response that nobody asked for

    def _take_body(self, window: Window, uid: int, raw: bytes) -> None:
        message, part = window.messages.get(uid), window.parts.get(uid)
        if message is None or part is None:
            return
        window.messages[uid] = message = message._replace(marks=with_mark(message.marks, "invitation"))
        window.invitations.append(
            Invitation(self._place, uid, message.message_key, message.received_at, decoded(raw, part))
        )

    def _finish(self, asked: _Asked, said: str) -> None:
        window = asked.window
        window.waiting -= 1
        if not succeeded(said):
            self._refused(asked, said)
        if window.waiting:
            return
        if asked.wanted == "headers":
            for some in uid_sets(sorted(set(window.suspects))):
                self._ask(b"UID FETCH %b (UID BODYSTRUCTURE)" % some, _Asked(window, "structures"))
        elif asked.wanted == "structures":
            self._ask_bodies(window)

    def _ask(self, command: bytes, asked: _Asked) -> None:
        self._asked[self._wire.send(command)] = asked
        asked.window.waiting += 1

    def _ask_headers(self, window: Window, first: int, last: int) -> None:
        self._ask(HEADERS % b"%d:%d" % (first, last), _Asked(window, "headers", first, last))

    def _ask_bodies(self, window: Window) -> None:
        """One command for each part number: an answer must not hold two bodies of one mail."""
        by_path: dict[bytes, list[int]] = {}
        for uid, part in sorted(window.parts.items()):
            if part.size > LARGEST_PART:
                window.rejects.append(Reject(self._place, str(uid), "Its invitation is larger than 2 MB."))
            else:
                by_path.setdefault(part.path, []).append(uid)
        for path, uids in by_path.items():
            for some in uid_sets(uids):
                self._ask(b"UID FETCH %b (UID BODY.PEEK[%b])" % (some, path), _Asked(window, "bodies"))

    def _refused(self, asked: _Asked, said: str) -> None:
        refusal = said[:160].rstrip(".")
        window, first, last = asked.window, asked.first, asked.last
        if asked.wanted != "headers":  # the mails themselves are read: only what their invitations say is lost
            key = f"{window.first}-{window.last}"
            if all(one.key != key for one in window.rejects):  # one for all commands that asked for some of them
                reason = f"The server does not give the invitations among these mails ({refusal})."
                window.rejects.append(Reject(self._place, key, reason))
        elif first == last:
            window.rejects.append(Reject(self._place, str(first), f"The server does not give this mail ({refusal})."))
        else:
            middle = (first + last) // 2
            self._ask_headers(window, first, middle)
            self._ask_headers(window, middle + 1, last)


def with_mark(marks: tuple[str, ...], mark: str) -> tuple[str, ...]:
    """The marks with one more, in the order of MARKS."""
    return marks if mark in marks else tuple(known for known in MARKS if known in marks or known == mark)
