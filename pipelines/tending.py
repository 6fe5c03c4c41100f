"""Record how often the owner wants to be in touch with somebody, or to be left alone about them for a while."""

from pipelines import finding, locking, pulling
from pipelines.correcting import Recorded, record
from pipelines.home import Home
from pipelines.rules.cadence import WORDS, is_snooze, snoozed_until
from pipelines.running import PATIENCE, Stop
from pipelines.store import opened

OFF = "off"  # ends a snooze


def cadence(home: Home, owner: str, who: str, word: str) -> Recorded:
    """Record how often to be in touch with a contact: it beats the model, and what is set for groups."""
    said = word.strip().lower()
    if said not in WORDS:
        raise Stop(f"“{word}” is no cadence: choose {', '.join(WORDS[:-1])} or {WORDS[-1]}.", 2)
    with locking.held(home.lock(owner), "coldcoffee cadence", PATIENCE), opened(home.store(owner), PATIENCE) as store:
        contact = finding.contact(store, who)
        row = record(store, "cadence", contact.contact_id, said)
        store.publish(home.snapshot(owner))
    meaning = {"auto": "what is usual for you two decides", "never": "no silence is too long"}.get(said, said)
    return Recorded(f"Recorded: {contact.name}: {meaning}. The next “coldcoffee run” judges by it.", row)


def snooze(home: Home, owner: str, who: str, word: str) -> Recorded:
    """Record that the owner wants to hear nothing of a contact's silence for a while: 10d, 3w, 2m, 1y, or until a date."""
    said = word.strip().lower()
    at = pulling.now()
    if said != OFF and (not is_snooze(said) or snoozed_until(said, at) <= at):
        raise Stop(
            f"“{word}” is no time to come: say how long (10d, 3w, 2m, 1y), a date such as {at:%Y}-12-31, or off.", 2
        )
    with locking.held(home.lock(owner), "coldcoffee snooze", PATIENCE), opened(home.store(owner), PATIENCE) as store:
        contact = finding.contact(store, who)
        row = record(store, "snooze", contact.contact_id, said)
        store.publish(home.snapshot(owner))
    if said == OFF:
        return Recorded(f"Recorded: {contact.name} is not snoozed any more.", row)
    until = snoozed_until(said, at)
    return Recorded(f"Recorded: nothing of {contact.name}'s silence until {until.day} {until:%B %Y}.", row)
