"""Erase a person: from the store, the snapshot, the reports, the outbox and Dagster's records."""

import pyarrow as pa

from pipelines import finding, judging, locking, running, store_erasure
from pipelines.forgotten import Forgotten, key
from pipelines.home import Home
from pipelines.rules import addresses
from pipelines.running import PATIENCE
from pipelines.settings import Owner
from pipelines.store import Store, opened
from pipelines.store_erasure import Person
from pipelines.traces import Traces, erase_files, erase_from_records

OUTSIDE = r"[\W_]"  # of words, as Python writes it


def forget(home: Home, owner: str, who: str) -> str:
    """Erase one contact; returns a sentence on what was erased and what lies where coldcoffee can't erase it."""
    settings = running.settings(home).owner[owner]
    with locking.held(home.lock(owner), "coldcoffee forget", PATIENCE), opened(home.store(owner), PATIENCE) as store:
        found = finding.contact(store, who)
        person, compared, digests = _person(store, home, settings, found)
        files = sorted(_files(store, settings, person))
        traces = Traces(store_erasure.pattern((*person.spellings, *compared), person.names, OUTSIDE))
        named = [str(row["week"]) for row in store.rows("reports") if _is_named(row, traces)]
        newest = judging.newest_week(store)
        with store.transaction():
            store.append("forgotten", pa.table({"digest": pa.array(sorted(digests), pa.string())}))
            store.erase(person)
            for week in named:
                store.remove("reports", "week", week)
        if newest is not None:
            moment = judging.moment_of(settings, newest)
            judging.judge(store, settings, moment)
            judging.made(store, moment)
        store.compact()
        store.publish(home.snapshot(owner))
    gone = erase_files(
        [*(home.folder / "reports" / owner).rglob("report.*"), *home.outbox.glob(f"{owner}-*.eml")], traces
    )
    erase_from_records(home.dagster, traces)
    kept = ", ".join(files) or "none that is known"
    return (
        f"{found.name} is forgotten: {len(compared)} address{'' if len(compared) == 1 else 'es'} and {gone} "
        f"file{'' if gone == 1 else 's'} of reports were erased, and a re-sync does not bring them back. "
        f"coldcoffee can't change the sources: what names them lies in {kept}."
    )


def _person(
    store: Store, home: Home, settings: Owner, found: finding.Contact
) -> tuple[Person, list[str], frozenset[str]]:
    """Who is erased, with all spellings that landed; their addresses as they are compared; and what is kept of them:
    digests."""
    (row,) = (row for row in store.rows("contacts") if row["contact_id"] == found.contact_id)
    others = row["other_names"]
    assert isinstance(others, list)
    names = tuple(dict.fromkeys([found.name, *map(str, others)]))
    mine = [row for row in store.rows("addresses") if row["contact_id"] == found.contact_id]
    compared = sorted({str(row["address"]) for row in mine})
    known = Forgotten(key(home), frozenset(), addresses.region(settings.timezone))
    digests = {known.digest(spelling) for row in mine for spelling in (str(row["address"]), str(row["spelling"]))}
    for name in names:
        digests |= set(known.digests_of_name(name))
    known = Forgotten(key(home), frozenset(digests), addresses.region(settings.timezone))
    landed = [str(one) for one in store.gather("spellings")["spelling"].to_pylist()]
    spellings = tuple(one for one in landed if one in known)
    pattern = store_erasure.pattern((*spellings, *compared), names)
    return Person(found.contact_id, spellings, names, pattern), compared, frozenset(digests)


def _files(store: Store, settings: Owner, person: Person) -> set[str]:
    """The places of the sources that name them, as `source: place`."""
    rows = store.gather("named_places", who=list(person.spellings), names=list(person.names)).to_pylist()
    found = {f"{row['source']}: {row['place']}" for row in rows if row["source"] in settings.source}
    return found


def _is_named(report: dict[str, object], traces: Traces) -> bool:
    return any(traces.named_in(str(report[form] or "")) for form in ("text", "html", "json", "mail"))
