"""Find the mail folders, calendars and address books of a Microsoft account that are to be read."""

from collections.abc import Iterator
from typing import NamedTuple

from connectors.microsoft_graph import Graph, Item, Missing, number, text
from connectors.microsoft_memory import Memory
from connectors.microsoft_settings import Names

_ROLES = ("drafts", "outbox", "syncissues", "conversationhistory", "junkemail", "deleteditems", "sentitems")
_UNREAD = _ROLES[:4]  # holds no mail that was sent or received
_MARKS = {"sentitems": ("sent",), "junkemail": ("spam",), "deleteditems": ("trash",)}
_FOLDERS = "$top=100&$select=id,displayName,childFolderCount,totalItemCount"


class MailFolder(NamedTuple):
    """A mail folder. `name` has those above it in front, `role` is one of Graph's own names for folders, or "";
    `marks` are what its mails get."""

    id: str
    name: str
    items: int
    role: str
    marks: tuple[str, ...]


class Calendar(NamedTuple):
    """A calendar. `path` is where its entries lie, `owner` whose it is, in lower case."""

    id: str
    name: str
    path: str
    owner: str


class Book(NamedTuple):
    """An address book. `path` is where its contacts lie."""

    id: str
    name: str
    path: str


def mail_folders(graph: Graph, memory: Memory, names: Names) -> list[MailFolder]:
    """The folders to read, spam and trash last. Raises as Graph.get."""
    if memory.roles is None:
        memory.roles = dict(_role(graph, role) for role in _ROLES)
    found = _below(graph, "/me/mailFolders", "", "", {found: role for role, found in memory.roles.items()})
    chosen = [one for one in found if one.role not in _UNREAD and names.choose(one.name)]
    return sorted(chosen, key=lambda one: one.role in ("junkemail", "deleteditems"))


def _role(graph: Graph, role: str) -> tuple[str, str]:
    try:
        return role, text(graph.get(f"/me/mailFolders/{role}?$select=id"), "id")
    except Missing:
        return role, ""


def _below(graph: Graph, path: str, above: str, inherited: str, roles: dict[str, str]) -> Iterator[MailFolder]:
    for item in graph.all(f"{path}?{_FOLDERS}"):
        found, name = text(item, "id"), above + text(item, "displayName")
        if text(item, "@odata.type").endswith("mailSearchFolder"):
            continue  # it shows what lies elsewhere
        role = inherited or roles.get(found, "")
        yield MailFolder(found, name, number(item, "totalItemCount"), role, _MARKS.get(role, ()))
        if number(item, "childFolderCount"):
            passed_on = role if role != "sentitems" else ""
            yield from _below(graph, f"/me/mailFolders/{found}/childFolders", f"{name}/", passed_on, roles)


def calendars(graph: Graph, names: Names) -> list[Calendar]:
    """The calendars to read: without a setting, the owner's own and none that others share. Raises as Graph.get."""
    items = list(graph.all("/me/calendars?$top=100&$select=id,name,owner,isDefaultCalendar"))
    own = next((_owner(item) for item in items if item.get("isDefaultCalendar") is True), "")
    found = []
    for item in items:
        name, owner = text(item, "name"), _owner(item)
        if names.choose(name, usual=not (own and owner) or owner == own):
            at = "/me" if item.get("isDefaultCalendar") is True else f"/me/calendars/{text(item, 'id')}"
            found.append(Calendar(text(item, "id"), name, at, owner))
    return found


def _owner(item: Item) -> str:
    return text(item, "owner", "address").lower()


def books(graph: Graph) -> list[Book]:
    """The address books: the one that everybody has, and those beside and below it. Raises as Graph.get."""
    return [Book("", "Contacts", "/me/contacts"), *_books(graph, "/me/contactFolders")]


def _books(graph: Graph, path: str) -> Iterator[Book]:
    for item in graph.all(f"{path}?$top=100&$select=id,displayName"):
        found = text(item, "id")
        yield Book(found, text(item, "displayName"), f"/me/contactFolders/{found}/contacts")
        yield from _books(graph, f"/me/contactFolders/{found}/childFolders")
