"""Measure how fast Gmail's headers come into the store, against the bare requests for the same mails on one thread.

`python -m benchmarks.gmail_pull [--messages 10000] [--rounds 1]` makes up a mailbox in `myworld`, which answers as Gmail over
HTTP on loopback, runs both in turns, compares every row of the store with what was made up, and ends with the ratio of
the medians: `ratio 0.6 x bare`. Both share the machine with the server, which does most of the work.
"""

import argparse
import datetime as dt
import http.client
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from connectors.google_parts import WHOLE
from pipelines.store import Store
from tests.google_world import USER, Account, Seed, Server, signed_in, source

NEWEST = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
PATH = "/gw/gmail.googleapis.com/gmail/v1/users/me/messages"


def mails(count: int) -> Iterator[Seed]:
    """A mailbox of three hundred people: two thirds received, one third sent, some copied to others."""
    for number in range(count):
        other = f"Person {number % 300} <p{number % 300}@example.org>"
        sent = number % 3 == 0
        yield {
            "from": USER if sent else other,
            "to": [other if sent else USER],
            "cc": [f"c{number % 50}@example.org"] if number % 4 == 0 else [],
            "subject": f"About thing {number}",
            "body": "words " * 40,
            "date": (NEWEST - dt.timedelta(minutes=17 * number)).isoformat(),
            "labels": ["SENT" if sent else "INBOX"],
        }


def bare(account: Account) -> float:
    """Ask for the list and for every mail by itself, on one connection, and throw the answers away; the seconds."""
    server = http.client.HTTPConnection(account.url.partition("://")[2])
    headers = {"Authorization": f"Bearer {account.token}"}

    def ask(path: str) -> bytes:
        server.request("GET", path, headers=headers)
        return server.getresponse().read()

    began = time.perf_counter()
    token = ""
    while True:
        listed = json.loads(ask(f"{PATH}?includeSpamTrash=true&maxResults=500&fields=messages/id,nextPageToken{token}"))
        for row in listed["messages"]:
            ask(f"{PATH}/{row['id']}?format=full&fields={quote(WHOLE)}")
        if "nextPageToken" not in listed:
            return time.perf_counter() - began
        token = f"&pageToken={listed['nextPageToken']}"


def product(account: Account, path: Path) -> tuple[float, float]:
    """Pull everything into a new store, in a process of its own; the seconds, and megabytes at the peak."""
    words = [sys.executable, "-m", "benchmarks.gmail_pull", "--into", str(path), "--account", *account]
    told = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
    return float(told[0]), float(told[1])


def pull(account: Account, path: Path) -> None:
    """The run itself: print its seconds, and the peak memory of the process in MB."""
    store = Store(path)
    began = time.perf_counter()
    google = source(account.root, signed_in(account.token), calendar=False, contacts=False)
    for page in google.pull(store.cursor("google")):
        store.save("google", page, NEWEST)
    seconds = time.perf_counter() - began
    store.close()
    print(f"{seconds:.3f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f}")


def compare(path: Path, count: int) -> None:
    """Raise AssertionError unless the store holds each mail as it was made up."""
    store = Store(path)
    rows = store.rows("landed_messages")
    store.close()
    found = {row["subject"]: (row["sender"], row["to_addresses"], row["cc_addresses"], row["sent_at"]) for row in rows}
    assert len(rows) == len(found) == count, f"{len(rows)} rows of {count} mails"
    for number, mail in enumerate(mails(count)):
        other = f"p{number % 300}@example.org"
        sender, to = (USER, other) if mail["from"] == USER else (other, USER)
        sent_at = NEWEST - dt.timedelta(minutes=17 * number)
        assert found[mail["subject"]] == (sender, [to], mail["cc"], sent_at), f"{mail['subject']} differs"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--into", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--account", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.into is not None:
        pull(Account(*options.account), options.into)
        return
    with tempfile.TemporaryDirectory(prefix="coldcoffee-") as folder, Server() as server:
        began = time.perf_counter()
        account = server.account(list(mails(options.messages)), [], [])
        print(f"{options.messages:,} mails made in {time.perf_counter() - began:.1f} s")
        bares, products = [], []
        for number in range(options.rounds):
            path = Path(folder) / f"store{number}.duckdb"
            bares.append(bare(account))
            products.append(product(account, path))
            print(f"bare {bares[-1]:.1f} s, product {products[-1][0]:.1f} s, {products[-1][1]:.0f} MB")
            compare(path, options.messages)
        print(
            f"all {options.messages:,} rows are as they were made; peak memory {max(peak for _, peak in products):.0f} MB"
        )
        ratio = statistics.median(seconds for seconds, _ in products) / statistics.median(bares)
        print(f"ratio {ratio:.2f} x bare")


if __name__ == "__main__":
    main()
