"""Measure how fast a mailbox file is read: `python -m benchmarks.mbox_read [--mails 100000] [--megabytes 2000]`.

It makes a mbox with bodies and attachments in a temporary folder, reads it through the folder connector as the product
does, and with the stdlib's `mailbox.mbox` and `email` (headers only, addresses and dates parsed); each in a process of its
own, in turns. It compares what both read, and ends with the ratio of their times and our peak memory.
"""

import argparse
import mailbox
import random
import tempfile
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path

from benchmarks.fresh_process import measure
from benchmarks.mailbox import mails
from connectors.folder import FolderConnector, window_at

NOW = 1_795_000_000_000_000  # November 2026
LINE = b"VGhpcyBpcyBhIGxpbmUgb2YgYW4gYXR0YWNobWVudCwgZW5jb2RlZCBhcyBtYWlsIHByb2dyYW1zIGRvLg==\n"


def write(path: Path, count: int, megabytes: int) -> None:
    """A mbox of `count` mails; one in five has an attachment, so that all of it has the size asked for."""
    choice = random.Random(7)
    mean = megabytes * 1_000_000 / count - 1_300  # what the mails themselves take
    with path.open("wb") as out:
        for made in mails(count):
            out.write(f"From x@example.org {made.known.received_at:%a %b %d %H:%M:%S %Y}\n".encode())
            out.write(made.raw.replace(b"\r\n", b"\n") + b"\n")
            if choice.random() < 0.2 and mean > 0:
                out.write(LINE * int(choice.expovariate(1) * 5 * mean / len(LINE)))
            out.write(b"\n")


def ours(path: Path) -> int:
    """Read it as the product does; returns the sum of all times in seconds, for comparison."""
    pages = FolderConnector(path.parent, window_at(NOW), "Europe/Berlin").pull(None)
    return sum((message.sent_at or 0) // 1_000_000 for page in pages for message in page.messages)


def theirs(path: Path) -> int:
    """Read it with the stdlib: the headers alone, and of those only what we read, too."""
    box, parser, total = mailbox.mbox(path, create=False), BytesHeaderParser(), 0
    for key in box.iterkeys():
        header = parser.parse(box.get_file(key))  # type: ignore[arg-type]  # it only reads; the stubs ask for more
        for name in ("From", "To", "Cc", "Reply-To"):
            getaddresses(header.get_all(name, []))
        str(make_header(decode_header(str(header["Subject"]))))
        total += int(parsedate_to_datetime(str(header["Date"])).timestamp())
    return total


def main() -> None:
    """Make the file, read it in turns, and print the figures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--mails", type=int, default=100_000)
    asked.add_argument("--megabytes", type=int, default=2_000)
    asked.add_argument("--rounds", type=int, default=2)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "inbox" / "All mail.mbox"
        path.parent.mkdir()
        write(path, given.mails, given.megabytes)
        print(f"{given.mails:,} mails, {path.stat().st_size / 1e6:,.0f} MB")
        best: dict[str, float] = {}
        memory = 0.0
        for _ in range(given.rounds):
            for name, read in (("mailbox.mbox", theirs), ("coldcoffee", ours)):
                seconds, peak, total = measure(read, path)
                print(
                    f"{name:>14}: {seconds:6.2f} s, {given.mails / seconds:9,.0f} mails/s, {peak:4.0f} MB, sum {total}"
                )
                best[name] = min(best.get(name, seconds), seconds)
                memory = max(memory, peak) if name == "coldcoffee" else memory
        ratio = best["mailbox.mbox"] / best["coldcoffee"]
        print(f"ratio {ratio:.1f} x mailbox.mbox, peak memory {memory:.0f} MB")


if __name__ == "__main__":
    main()
