"""Make a page of records of a batch of Graph's changes."""

from connectors import microsoft_cards, microsoft_events, microsoft_mail
from connectors.microsoft_events import Lies
from connectors.microsoft_graph import Batch, Graph, Item, Missing, text
from connectors.microsoft_places import MailFolder
from connectors.records import Card, Event, Message, Page, Reject

NO_HEADERS = "Microsoft gave no headers of some mails: newsletters and automatic mail among them can't all be told."


def mail_page(graph: Graph, batch: Batch, folder: MailFolder) -> Page:
    """The mails of a batch. Removed ones are passed over: they were moved, or deleted, and were written all the same."""
    found: dict[str, Message] = {}
    rejects: list[Reject] = []
    headers = folder.role == "sentitems"  # what was sent from here has none
    for told in _present(batch):
        path = f"/me/messages/{text(told, 'id')}?$select={microsoft_mail.SELECT}"
        item = told if microsoft_mail.is_whole(told) else _whole(graph, path) or {}
        headers = headers or "internetMessageHeaders" in item
        read = microsoft_mail.read(item, folder.marks) if item else None
        if isinstance(read, Reject):
            rejects.append(read)
        elif read is not None:
            found[read.key] = read
    return Page("", list(found.values()), rejects=rejects, note="" if headers or not found else NO_HEADERS)


class Series:
    """The series of one calendar, each asked for once: changes tell of its occurrences little more than their times."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._known: dict[str, Item | None] = {}

    def learn(self, items: list[Item]) -> None:
        """Take in the series that came along with a batch."""
        self._known |= {text(item, "id"): item for item in items if microsoft_events.is_whole(item)}

    def of(self, item: Item) -> Item | None:
        """The series of an occurrence; None for what is none, or where the server has it no more."""
        master = microsoft_events.master_of(item)
        if master and master not in self._known:
            self._known[master] = _whole(self._graph, f"/me/events/{master}")
        return self._known.get(master)


def event_page(graph: Graph, batch: Batch, lies: Lies, series: Series) -> Page:
    """The calendar entries of a batch, and which are there no more."""
    found: dict[str, Event] = {}
    rejects: dict[str, Reject] = {}
    present = _present(batch)
    series.learn([item for item in present if microsoft_events.is_series(item)])
    for told in present:
        master = series.of(told)
        known = microsoft_events.is_whole(told) or master is not None
        item = told if known else _whole(graph, f"/me/events/{text(told, 'id')}") or told
        if microsoft_events.is_series(item):
            continue
        read = microsoft_events.read(item, master, lies)
        if isinstance(read, Reject):
            rejects[read.key] = read
        else:
            found[read.key] = read
    return Page(
        "",
        events=list(found.values()),
        rejects=list(rejects.values()),
        emptied=(lies.place,) if batch.anew else (),
        removed=tuple((lies.place, key) for key in _removed(batch)),
    )


def card_page(graph: Graph, batch: Batch, place: str) -> Page:
    """The contacts of a batch, and which are there no more."""
    found: dict[str, Card] = {}
    rejects: dict[str, Reject] = {}
    for told in _present(batch):
        path = f"/me/contacts/{text(told, 'id')}?$select={microsoft_cards.SELECT}"
        item = told if microsoft_cards.is_whole(told) else _whole(graph, path) or told
        read = microsoft_cards.read(item, place)
        if isinstance(read, Reject):
            rejects[read.key] = read
        else:
            found[read.key] = read
    return Page(
        "",
        cards=list(found.values()),
        rejects=list(rejects.values()),
        emptied=(place,) if batch.anew else (),
        removed=tuple((place, key) for key in _removed(batch)),
    )


def _present(batch: Batch) -> list[Item]:
    """The items as they are at the end of the batch, each once: Graph may tell several changes of one."""
    last = {text(item, "id"): item for item in batch.items}
    return [item for found, item in last.items() if found and "@removed" not in item]


def _removed(batch: Batch) -> list[str]:
    last = {text(item, "id"): item for item in batch.items}
    return [found for found, item in last.items() if found and "@removed" in item]


def _whole(graph: Graph, path: str) -> Item | None:
    """One thing by itself; None if it has gone meanwhile."""
    try:
        return graph.get(path)
    except Missing:
        return None
