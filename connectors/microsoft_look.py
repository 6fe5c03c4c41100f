"""Say how much lies in a Microsoft account's folders, calendars and address books."""

from connectors.microsoft_graph import Graph, number, objects, text
from connectors.microsoft_places import Book, Calendar, MailFolder
from connectors.microsoft_times import instant, moment
from connectors.records import Micros, Seen


def look_at_folder(graph: Graph, folder: MailFolder) -> Seen:
    """A mail folder with the dates of its first and last mail. Raises as Graph.get."""
    oldest, newest = (_received(graph, folder, order) if folder.items else None for order in ("asc", "desc"))
    return Seen(folder.name, folder.items, oldest, newest)


def _received(graph: Graph, folder: MailFolder, order: str) -> Micros | None:
    page = graph.get(
        f"/me/mailFolders/{folder.id}/messages?$top=1&$select=receivedDateTime&$orderby=receivedDateTime%20{order}"
    )
    return next((instant(text(item, "receivedDateTime")) for item in objects(page, "value")), None)


def look_at_calendar(graph: Graph, calendar: Calendar) -> Seen:
    """A calendar with its entries, a series as one, and the dates of the first and the last. Raises as Graph.get."""
    ends: list[Micros | None] = []
    items = 0
    for order in ("asc", "desc"):
        page = graph.get(f"{calendar.path}/events?$top=1&$count=true&$select=start&$orderby=start/dateTime%20{order}")
        items = number(page, "@odata.count") or len(objects(page, "value"))
        ends.append(next((moment(item.get("start"), False, "UTC") for item in objects(page, "value")), None))
    return Seen(calendar.name, items, ends[0], ends[1])


def look_at_book(graph: Graph, book: Book) -> Seen:
    """An address book with its contacts. Raises as Graph.get."""
    page = graph.get(f"{book.path}?$top=1&$count=true&$select=id")
    return Seen(book.name, number(page, "@odata.count") or len(objects(page, "value")), None, None)
