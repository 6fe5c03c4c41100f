"""Measure how a Takeout in a .tgz is read: `python -m benchmarks.takeout_read [--megabytes 2000] [--mails 40000]`.

It makes an archive with a mailbox of that size (attachments of random bytes, as photographs are), a calendar, an address
book and pictures beside it, in a temporary folder, and reads it through the folder connector as the product does, in a
process of its own. It checks that every mail came, and prints the time, beside that of unpacking alone, and the peak memory.
"""

import argparse
import gzip
import io
import random
import tarfile
import tempfile
from base64 import encodebytes
from collections.abc import Iterator
from pathlib import Path

from benchmarks.fresh_process import measure
from benchmarks.mailbox import mails
from connectors.folder import FolderConnector, window_at

NOW = 1_795_000_000_000_000  # November 2026
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{0}\r\nFN:Person {0}\r\nEMAIL:person{0}@example.org\r\nEND:VCARD\r\n"
ENTRY = "BEGIN:VEVENT\r\nUID:{0}@example.org\r\nDTSTART:20260304T150000Z\r\nDTEND:20260304T160000Z\r\nSUMMARY:Tea\r\nEND:VEVENT\r\n"


def mailbox(count: int, megabytes: int) -> Iterator[bytes]:
    """The mails of a mbox of that size, one by one; one in five has an attachment."""
    choice = random.Random(7)
    noise = encodebytes(choice.randbytes(8 << 20))
    mean = max(megabytes * 1_000_000 / count - 1_300, 0)  # what the mails themselves take
    for made in mails(count):
        attached = b""
        if choice.random() < 0.2:
            start, size = choice.randrange(len(noise) // 2), int(choice.expovariate(1) * 5 * mean)
            attached = (noise[start:] + noise * (size // len(noise)))[:size]
        line = f"From x@example.org {made.known.received_at:%a %b %d %H:%M:%S %Y}\n".encode()
        yield line + made.raw.replace(b"\r\n", b"\n") + b"\n" + attached + b"\n\n"


class _Pieces(io.RawIOBase):
    """The pieces as a file, for tarfile."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held = b""

    def read(self, size: int = -1) -> bytes:
        while len(self._held) < size and (piece := next(self._pieces, b"")):
            self._held += piece
        found, self._held = self._held[:size], self._held[size:]
        return found


def write(path: Path, count: int, megabytes: int) -> None:
    """The archive, with the names that Google gives."""
    size = sum(map(len, mailbox(count, megabytes)))
    cards = "".join(CARD.format(number) for number in range(2_000)).encode()
    entries = "".join(ENTRY.format(number) for number in range(2_000))
    calendar = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{entries}END:VCALENDAR\r\n".encode()
    with (
        gzip.open(path, "wb", compresslevel=1) as packed,
        tarfile.open(fileobj=packed, mode="w|") as archive,
    ):
        for name, content, length in (
            ("Takeout/Calendar/Dana.ics", io.BytesIO(calendar), len(calendar)),
            ("Takeout/Contacts/All Contacts/All Contacts.vcf", io.BytesIO(cards), len(cards)),
            ("Takeout/Mail/All mail Including Spam and Trash.mbox", _Pieces(mailbox(count, megabytes)), size),
            ("Takeout/Google Photos/picture.jpg", io.BytesIO(b"\xff\xd8\xff" * 100_000), 300_000),
        ):
            entry = tarfile.TarInfo(name)
            entry.size = length
            archive.addfile(entry, content)


def ours(path: Path) -> int:
    """Read it as the product does; returns how many mails and cards came."""
    pages = FolderConnector(path.parent, window_at(NOW), "Europe/Berlin").pull(None)
    return sum(len(page.messages) + len(page.cards) for page in pages)


def unpacked(path: Path) -> int:
    """Unpack it and look at nothing; returns its size."""
    size = 0
    with gzip.open(path, "rb") as packed:
        while piece := packed.read(1 << 20):
            size += len(piece)
    return size


def main() -> None:
    """Make the archive, read it, and print the figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--mails", type=int, default=40_000)
    asked.add_argument("--megabytes", type=int, default=2_000)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "inbox" / "takeout-20261125T100000Z-001.tgz"
        path.parent.mkdir()
        write(path, given.mails, given.megabytes)
        bare, _, size = measure(unpacked, path)
        seconds, memory, count = measure(ours, path)
        print(f"{path.stat().st_size / 1e6:,.0f} MB packed, {size / 1e6:,.0f} MB unpacked, {given.mails:,} mails")
        if count != given.mails + 2_000:
            raise SystemExit(f"{count} records came of {given.mails + 2_000}")
        print(f"unpacking alone {bare:.1f} s, coldcoffee {seconds:.1f} s ({seconds / bare:.2f} x), {memory:.0f} MB")


if __name__ == "__main__":
    main()
