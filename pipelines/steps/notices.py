"""Keep what networks' notices tell of contacts: messages, connections, news, each with the mail that says so."""

import datetime as dt
from collections.abc import Mapping

import pyarrow as pa

from pipelines.rules import notices
from pipelines.rules.talkers import Talkers
from pipelines.store import Store

MOMENT = pa.timestamp("us", tz="UTC")
TABLE = pa.schema(
    [
        ("contact_id", pa.string()),
        ("occurred_at", MOMENT),
        ("network", pa.string()),
        ("kind", pa.string()),
        ("subject", pa.string()),
        ("message_key", pa.string()),
        ("message_id", pa.string()),
    ]
)


def rebuild(store: Store, people: Talkers) -> Mapping[str, dt.datetime]:
    """Make `notices` anew, a row for each contact that a notice tells of; returns since when each is connected.

    A notice makes nobody a contact: it tells of whoever bears exactly the name that it gives, if only one contact does.
    """
    rows = []
    connected: dict[str, dt.datetime] = {}
    for mail in store.gather("notice_mails", networks=notices.domains()).to_pylist():
        found = notices.read(mail["sender"], mail["sender_name"], mail["subject"])
        if found is None:
            continue
        whole, *each = found.people
        named = [people.only(whole)] if people.only(whole) or not each else [people.only(one) for one in each]
        for contact in dict.fromkeys(one for one in named if one is not None):
            rows.append(
                {
                    "contact_id": contact,
                    "occurred_at": mail["sent_at"],
                    "network": found.network,
                    "kind": found.kind,
                    "subject": mail["subject"],
                    "message_key": mail["message_key"],
                    "message_id": mail["message_id"],
                }
            )
            if found.kind == "connected":
                connected[contact] = min(connected.get(contact, mail["sent_at"]), mail["sent_at"])
    store.write("notices", pa.Table.from_pylist(rows, schema=TABLE))
    return connected
