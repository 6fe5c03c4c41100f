"""Erase a person: from the store, the snapshot, the reports and the outbox."""

from pathlib import Path

import pyarrow as pa

from pipelines import finding, locking, running
from pipelines.forgotten import Forgotten, key
from pipelines.home import Home
from pipelines.store import opened

PATIENCE = 30.0  # seconds to wait for a run that works on the store


def forget(home: Home, owner: str, who: str) -> str:
    """Erase one contact; returns a sentence on what was erased and what lies where coldcoffee can't erase it."""
    settings = running.settings(home).owner[owner]
    with locking.held(home.lock(owner), "coldcoffee forget", PATIENCE), opened(home.store(owner), PATIENCE) as store:
        found = finding.contact(store, who)
        mine = [row for row in store.rows("addresses") if row["contact_id"] == found.contact_id]
        addresses = sorted({str(row["address"]).lower() for row in mine})
        known = Forgotten(key(home), frozenset())
        digests = [known.digest(address) for address in addresses]
        with store.transaction():
            store.erase(found.contact_id, addresses, found.name)
            store.append("forgotten", pa.table({"digest": pa.array(digests, pa.string())}))
        store.compact()
        store.publish(home.snapshot(owner))
    words = [found.name, *addresses]
    gone = _erase_files(
        [*(home.folder / "reports" / owner).rglob("report.*"), *home.outbox.glob(f"{owner}-*.eml")], words
    )
    kept = ", ".join(f"{name} ({source.kind})" for name, source in settings.source.items())
    return (
        f"{found.name} is forgotten: {len(addresses)} addresses and {gone} files of reports were erased. "
        f"What the sources themselves hold stays there: {kept}. Run “coldcoffee run” to judge without them."
    )


def _erase_files(paths: list[Path], words: list[str]) -> int:
    gone = 0
    for path in paths:
        text = path.read_text(encoding="utf-8", errors="replace").replace("=\n", "").replace("=\r\n", "")
        if any(word.lower() in text.lower() for word in words):
            path.unlink()
            gone += 1
    return gone
