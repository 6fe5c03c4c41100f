"""Measure how fast a mailbox comes from IMAP into the store, against a raw socket that only drains the same bytes.

`python -m benchmarks.imap_pull [--messages 100000] [--rounds 3]` makes up a mailbox, serves it by a real Dovecot on
loopback, runs both in turns, compares every row of the store with what was made up, and ends with the ratio of the
medians: `ratio 2.9 x raw`. It needs Dovecot (apt-get install dovecot-imapd).
"""

import argparse
import datetime as dt
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.dovecot import Dovecot, found
from benchmarks.mailbox import Known, mails, write_mbox
from benchmarks.memory import helpers, own_peak
from connectors import imap
from connectors.context import Context
from connectors.imap_pages import HEADERS, uid_sets
from pipelines.store import Store

NOW = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
USER, SECRET = "dana", "secret"


class Ran(NamedTuple):
    """One run: seconds, and megabytes at the peak of the process and of its helper."""

    seconds: float
    own: float
    helper: float


def raw(port: int, commands: list[bytes]) -> tuple[float, int]:
    """Send all commands at once and throw away the answers; the seconds from login on, and the bytes."""
    with socket.create_connection(("127.0.0.1", port)) as server:
        server.recv(4096)
        began = time.perf_counter()
        sent = [b"LOGIN %b %b" % (USER.encode(), SECRET.encode()), b"EXAMINE INBOX"]
        total = sum(_drain(server, [command]) for command in sent) + _drain(server, commands)
        return time.perf_counter() - began, total


def _drain(server: socket.socket, commands: list[bytes]) -> int:
    mark = b"\r\nraw-command-"
    server.sendall(b"".join(b"%b%d %b\r\n" % (mark[2:], number, command) for number, command in enumerate(commands)))
    buffer = bytearray(1 << 20)
    view = memoryview(buffer)
    total, done, tail = 0, 0, b"\r\n"
    while done < len(commands):
        size = server.recv_into(buffer)
        if not size:
            raise RuntimeError("Dovecot closed the connection.")
        total += size
        done += buffer.count(mark, 0, size) + (tail + bytes(view[: len(mark) - 1])).count(mark)
        tail = (tail + bytes(view[max(0, size - len(mark)) : size]))[-len(mark) + 1 :]
    return total


def asked(known: list[Known]) -> list[bytes]:
    """What the product asks for: all headers, the structures of multipart mails, the invitations' calendar parts."""
    multipart = [uid for uid, mail in enumerate(known, 1) if mail.multipart]
    invitations = [uid for uid, mail in enumerate(known, 1) if "invitation" in mail.marks]
    return [
        HEADERS % b"1:*",
        *(b"UID FETCH %b (UID BODYSTRUCTURE)" % some for some in uid_sets(multipart)),
        *(b"UID FETCH %b (UID BODY.PEEK[2])" % some for some in uid_sets(invitations)),
    ]


def connector(port: int) -> imap.ImapConnector:
    """The product's own connector, as settings.toml opens it."""
    table = {"host": "127.0.0.1", "port": port, "security": "none", "user": USER, "secret": "env:WORD"}
    context = Context((f"{USER}@example.org",), Path.cwd(), lambda _: SECRET, int(NOW.timestamp() * 1e6), "UTC")
    return imap.open(imap.Settings.model_validate(table), context)


def product(port: int, path: Path) -> Ran:
    """Pull everything into a new store, through connector, cursors and Store.save; in a process of its own, so that
    nothing is remembered from the run before."""
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.imap_pull", "--into", str(path), "--port", str(port)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    return Ran(float(told[0]), float(told[1]), float(told[2]))


def pull(port: int, path: Path) -> None:
    """The run itself: print its seconds, and the peak memory of the process and of its helper in MB."""
    store = Store(path)
    began = time.perf_counter()
    with helpers() as started:
        for page in connector(port).pull(store.cursor("mail")):
            store.save("mail", page, NOW)
    seconds = time.perf_counter() - began
    store.close()
    print(f"{seconds:.3f} {own_peak():.0f} {started.peak:.0f}")


def compare(path: Path, port: int, known: list[Known]) -> None:
    """Raise AssertionError at the first row that is not as it was made up, or if a second pull brings anything."""
    store = Store(path)
    rows = store.read("landed_messages").sort_by("received_at").to_pylist()
    rows.sort(key=lambda row: int(row["key"]))
    assert len(rows) == len(known), f"{len(rows)} rows of {len(known)} mails"
    for uid, (row, mail) in enumerate(zip(rows, known, strict=True), 1):
        got = Known(
            row["message_id"],
            row["sent_at"],
            row["received_at"],
            row["subject"],
            row["sender"],
            row["sender_name"],
            tuple(row["to_addresses"]),
            tuple(row["to_names"]),
            tuple(row["cc_addresses"]),
            row["in_reply_to"],
            tuple(row["marks"]),
            mail.multipart,
        )
        assert (row["key"], got) == (str(uid), mail), f"UID {uid}: {got} is not {mail}"
        assert (row["place"], row["time_note"], row["reply_to"], row["bcc_addresses"]) == ("INBOX", None, "", [])
    events = sorted(str(event["message_key"]) for event in store.rows("landed_events"))
    assert events == sorted(mail.message_id for mail in known if "invitation" in mail.marks), "events differ"
    assert store.count("rejects") == 0, store.rows("rejects")[:3]
    again = [page for page in connector(port).pull(store.cursor("mail")) if page.messages or page.emptied]
    assert not again, "a second pull brought mails"
    store.close()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.into is not None:
        pull(options.port, options.into)
        return
    if not found():
        raise SystemExit("Dovecot is not installed: apt-get install dovecot-imapd")
    with tempfile.TemporaryDirectory(prefix="coldcoffee-") as folder:
        home = Path(folder)
        with Dovecot(home / "server", layout="mbox:~/mail:INBOX=~/mail/inbox") as server:
            measure(server, home, options.messages, options.rounds)


def measure(server: Dovecot, home: Path, messages: int, rounds: int) -> None:
    """Fill the server, run, compare, and print the figures."""
    began = time.perf_counter()
    known = write_mbox(server.mail(USER) / "inbox", mails(messages))
    server.own(server.mail(USER))
    commands = asked(known)
    print(f"{messages:,} mails made in {time.perf_counter() - began:.1f} s")
    seconds, size = raw(server.port, commands)
    print(f"first raw run, Dovecot builds its index: {seconds:.2f} s, {size / 1e6:.0f} MB")
    headers, raws, products = [], [], []
    for number in range(rounds):
        headers.append(raw(server.port, commands[:1])[0])
        raws.append(raw(server.port, commands)[0])
        products.append(product(server.port, home / f"store{number}.duckdb"))
        print(
            f"raw {raws[-1]:.2f} s, product {products[-1].seconds:.2f} s, {products[-1].own:.0f} + {products[-1].helper:.0f} MB"
        )
    compare(home / "store0.duckdb", server.port, known)
    print(f"all {messages:,} rows are as they were made")
    took = statistics.median(run.seconds for run in products)
    print(f"{messages / took:,.0f} mails/s; peak memory {max(run.own + run.helper for run in products):.0f} MB")
    print(f"{took / statistics.median(headers):.2f} x a raw socket that drains the headers alone")
    print(f"ratio {took / statistics.median(raws):.2f} x raw")


if __name__ == "__main__":
    main()
