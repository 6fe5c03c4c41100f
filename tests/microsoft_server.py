"""An account at Microsoft for tests: answers with Graph's documented JSON, pages, changes and errors."""

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import msal

from connectors.context import Context
from connectors.microsoft_settings import Settings, consent
from connectors.sign_in_microsoft import application
from connectors.sign_in_web import SignInWeb
from connectors.tokens import Remembered
from tests.servers import Certificates, certificates
from tests.sign_in_server import CLIENT, Provider, as_json
from tests.web_server import Asked, Reply, Site

Item = dict[str, object]
Fault = Callable[[Asked], Reply | None]


@dataclass
class Collection:
    """Items by id, and when each was changed; `epoch` grows when the server forgets what it knew of changes."""

    items: dict[str, Item] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    version: int = 0
    epoch: int = 0

    def put(self, *items: Item) -> None:
        """Add or change."""
        for item in items:
            self.version += 1
            self.items[str(item["id"])] = item
            self.changed[str(item["id"])] = self.version

    def remove(self, *ids: str) -> None:
        """Delete."""
        for found in ids:
            self.version += 1
            del self.items[found]
            self.changed[found] = self.version

    def since(self, version: int, until: int) -> list[Item]:
        """What changed in between, in the order of the changes."""
        found = sorted((at, one) for one, at in self.changed.items() if version < at <= until)
        told = []
        for _, one in found:
            if one in self.items:
                told.append(self.items[one])
            elif version:
                told.append({"id": one, "@removed": {"reason": "deleted"}})
        return told


@dataclass
class Folder:
    """A mail folder."""

    id: str
    name: str
    role: str = ""
    above: str = ""
    mails: Collection = field(default_factory=Collection)
    search: bool = False


@dataclass
class Calendar:
    """A calendar and its entries."""

    id: str
    name: str
    owner: str = "dana@example.org"
    entries: Collection = field(default_factory=Collection)


class Microsoft:
    """The account. `fault(asked)` may answer in its place; `page` is how many items it gives at most at once."""

    def __init__(self, folder: Path, page: int = 3) -> None:
        self.folder = folder
        self.page = page
        self.fault: Fault = lambda asked: None  # noqa: ARG005 - all is well
        self.provider = Provider()
        self.folders = [
            Folder("inbox-id", "Posteingang"),
            Folder("sent-id", "Gesendete Elemente", "sentitems"),
            Folder("drafts-id", "Entwürfe", "drafts"),
            Folder("junk-id", "Junk-E-Mail", "junkemail"),
            Folder("trash-id", "Gelöschte Elemente", "deleteditems"),
        ]
        self.calendars = [Calendar("calendar-id", "Kalender")]
        self.books = {"": Collection()}
        self.book_names = {"": "Contacts"}
        self.certificates: Certificates = certificates(folder / "certificates", "127.0.0.1")
        self.site = Site(self._reply, self.certificates)
        self.provider.url = self.site.url
        self.tokens = Remembered()

    def mails(self, folder: str) -> Collection:
        """The mails of the folder with this id."""
        return next(one.mails for one in self.folders if one.id == folder)

    def sign_in(self) -> None:
        """Keep a sign-in, as `coldcoffee check --sign-in work` would."""
        cache = msal.SerializableTokenCache()
        asked = consent(Settings.model_validate(self.settings()), Context((), self.folder, str, 0, "UTC"))
        app = application(asked, cache, SignInWeb(asked.ca_file))
        app.acquire_token_by_refresh_token(self.provider.sign_in(), list(asked.scopes))
        self.tokens.save("microsoft/work", cache.serialize())

    def settings(self, **more: object) -> dict[str, object]:
        """The source's table in settings.toml."""
        url = self.site.url
        return {"client_id": CLIENT, "host": url, "authority": url, "ca_file": str(self.certificates.authority), **more}

    def context(self, made: Context) -> Context:
        """The context of a pull of the source `work` of this account's owner."""
        return replace(made, source="work", tokens=self.tokens)

    def _reply(self, asked: Asked) -> Reply:
        answer = self.fault(asked) or self.provider.reply(asked)
        if answer is not None:
            return answer
        at = urlsplit(asked.path)
        if not at.path.startswith(("/v1.0/me/", "/v1.0/$batch")):
            return error(404, "ResourceNotFound")
        if asked.headers.get("authorization", "").removeprefix("Bearer ") not in self.provider.access:
            return error(401, "InvalidAuthenticationToken")
        if at.path == "/v1.0/$batch":
            return self._batch(asked)
        query = {key: values[-1] for key, values in parse_qs(at.query).items()}
        parts = [unquote(part) for part in at.path.split("/")[3:]]
        return self._lies(parts, query, asked)

    def _batch(self, asked: Asked) -> Reply:
        """The answers to at most twenty questions in one."""
        wanted = json.loads(asked.body)["requests"]
        if len(wanted) > 20 or any(one["method"] != "GET" for one in wanted):
            return error(400, "BadRequest")
        responses: list[Item] = []
        for one in wanted:
            headers = {**asked.headers, **{name.lower(): value for name, value in one["headers"].items()}}
            answer = self._reply(Asked("GET", f"/v1.0{one['url']}", headers, b""))
            responses.insert(0, {"id": one["id"], "status": answer.status, "body": json.loads(answer.body)})
        return as_json({"responses": responses})

    def _lies(self, parts: list[str], query: Mapping[str, str], asked: Asked) -> Reply:
        """The answer for what lies below `/me`."""
        match parts:
            case ["mailFolders", *rest]:
                return self._mail(rest, query, asked)
            case ["messages" | "events" | "contacts" as kind, found] if found != "delta":
                return self._one(kind, found, query)
            case ["calendars"]:
                return self._listed([self._calendar(one) for one in self.calendars], query, asked)
            case ["calendars", found, kind, *rest]:
                held = next(one.entries for one in self.calendars if one.id == found)
                return self._collection(_view(held, query) if kind == "calendarView" else held, rest, query, asked)
            case ["calendarView" | "events" as kind, *rest]:
                held = self.calendars[0].entries
                return self._collection(_view(held, query) if kind == "calendarView" else held, rest, query, asked)
            case ["contactFolders"]:
                shown: list[Item] = [{"id": one, "displayName": name} for one, name in self.book_names.items() if one]
                return self._listed(shown, query, asked)
            case ["contactFolders", _, "childFolders"]:
                return as_json({"value": []})
            case ["contacts", *rest]:
                return self._collection(self.books[""], rest, query, asked)
            case ["contactFolders", found, "contacts", *rest]:
                return self._collection(self.books[found], rest, query, asked)
        return error(404, "ErrorItemNotFound")

    def _mail(self, parts: list[str], query: Mapping[str, str], asked: Asked) -> Reply:
        match parts:
            case []:
                return self._folders("")
            case [above, "childFolders"]:
                return self._folders(above)
            case [role] if any(role == one.role for one in self.folders):
                return as_json({"id": next(one.id for one in self.folders if one.role == role)})
            case [found, "messages", *rest] if any(found == one.id for one in self.folders):
                return self._collection(self.mails(found), rest, query, asked)
        return error(404, "ErrorItemNotFound")

    def _calendar(self, one: Calendar) -> Item:
        default = one is self.calendars[0]
        return {"id": one.id, "name": one.name, "isDefaultCalendar": default, "owner": {"address": one.owner}}

    def _folders(self, above: str) -> Reply:
        shown = []
        for one in self.folders:
            if one.above == above:
                below = sum(other.above == one.id for other in self.folders)
                item: Item = {"id": one.id, "displayName": one.name, "childFolderCount": below}
                item["totalItemCount"] = len(one.mails.items)
                if one.search:
                    item["@odata.type"] = "#microsoft.graph.mailSearchFolder"
                shown.append(item)
        return as_json({"value": shown})

    def _one(self, kind: str, found: str, query: Mapping[str, str]) -> Reply:
        kinds = {
            "messages": [folder.mails for folder in self.folders],
            "events": [calendar.entries for calendar in self.calendars],
            "contacts": list(self.books.values()),
        }
        for collection in kinds[kind]:
            if found in collection.items:
                return as_json(_selected(collection.items[found], query.get("$select", "")))
        return error(404, "ErrorItemNotFound")

    def _listed(self, items: list[Item], query: Mapping[str, str], asked: Asked) -> Reply:
        skip, top = int(query.get("$skip", 0)), min(self.page, int(query.get("$top", 10)))
        told: Item = {"value": items[skip : skip + top]}
        if len(items) > skip + top:
            told["@odata.nextLink"] = self._link(asked, {**query, "$skip": str(skip + top)})
        return as_json(told)

    def _collection(self, held: Collection, rest: list[str], query: Mapping[str, str], asked: Asked) -> Reply:
        if rest == ["delta"]:
            return self._delta(held, query, asked)
        key = "start" if "start" in query.get("$orderby", "") else "receivedDateTime"
        items = sorted(held.items.values(), key=lambda item: json.dumps(item.get(key, "")))
        if query.get("$orderby", "").endswith("desc"):
            items.reverse()
        told: Item = {
            "value": [_selected(item, query.get("$select", "")) for item in items[: int(query.get("$top", 10))]]
        }
        if query.get("$count") == "true":
            told["@odata.count"] = len(items)
        return as_json(told)

    def _delta(self, held: Collection, query: Mapping[str, str], asked: Asked) -> Reply:
        """A page of changes. Tokens say: the epoch, changes after which version until which, and how many were given."""
        token = query.get("$deltatoken") or query.get("$skiptoken") or f"{held.epoch}.0.{held.version}.0"
        epoch, since, until, given = map(int, token.split("."))
        if epoch != held.epoch:
            return error(410, "SyncStateNotFound")
        if "$deltatoken" in query:
            until, given = held.version, 0
        changes = held.since(since, until)
        size = min(self.page, _wished(asked))
        told: Item = {"value": [_selected(item, query.get("$select", "")) for item in changes[given : given + size]]}
        kept = {key: value for key, value in query.items() if key not in ("$deltatoken", "$skiptoken")}
        if len(changes) > given + size:
            kept["$skiptoken"] = f"{epoch}.{since}.{until}.{given + size}"
            told["@odata.nextLink"] = self._link(asked, kept)
        else:
            kept["$deltatoken"] = f"{epoch}.{until}.0.0"
            told["@odata.deltaLink"] = self._link(asked, kept)
        return as_json(told)

    def _link(self, asked: Asked, query: Mapping[str, str]) -> str:
        return f"{self.site.url}{urlsplit(asked.path).path}?{urlencode(query)}"


def error(status: int, code: str, headers: Mapping[str, str] | None = None) -> Reply:
    """An error as Graph tells one."""
    return as_json({"error": {"code": code, "message": "Dana's private words."}}, status, headers)


@contextmanager
def microsoft(folder: Path, page: int = 3) -> Iterator[Microsoft]:
    """An account whose owner has signed in, and whose server runs."""
    account = Microsoft(folder, page)
    with account.site:
        account.sign_in()
        yield account


def _wished(asked: Asked) -> int:
    prefer = asked.headers.get("prefer", "")
    return int(prefer.partition("maxpagesize=")[2].partition(",")[0] or 10)


def _selected(item: Item, select: str) -> Item:
    if not select or "@removed" in item:
        return item
    return {key: value for key, value in item.items() if key in ("id", *select.split(",")) or key.startswith("@")}


def _view(entries: Collection, query: Mapping[str, str]) -> Collection:
    """The entries as a calendar view shows them: what lies outside of it was removed, for all that it says."""
    shown = {}
    for found, item in entries.items.items():
        at = item.get("start")
        if isinstance(at, dict) and query["startDateTime"] <= at["dateTime"] < query["endDateTime"]:
            shown[found] = item
    return Collection(shown, entries.changed, entries.version, entries.epoch)


def mail(number: int, **more: object) -> Item:
    """A mail as Graph tells one, with a body that nobody may ask for."""
    anna: Item = {"emailAddress": {"name": "Anna Abel", "address": "anna@example.org"}}
    return {
        "@odata.type": "#microsoft.graph.message",
        "@odata.etag": f'W/"{number}"',
        "id": f"mail-{number}",
        "subject": f"mail {number}",
        "bodyPreview": "Never read.",
        "body": {"contentType": "text", "content": "Never read."},
        "from": anna,
        "sender": anna,
        "toRecipients": [{"emailAddress": {"name": "Reyes, Dana", "address": "dana@example.org"}}],
        "ccRecipients": [],
        "bccRecipients": [],
        "replyTo": [],
        "internetMessageId": f"<{number}@example.org>",
        "sentDateTime": "2026-03-04T09:00:00Z",
        "receivedDateTime": "2026-03-04T09:00:30Z",
        "isDraft": False,
        "internetMessageHeaders": [{"name": "Received", "value": "from nowhere"}],
        **more,
    }


def event(found: str, start: str, minutes: int = 30, **more: object) -> Item:
    """A calendar entry as Graph tells one; `start` is UTC, `2026-03-04T15:00`."""
    end = (dt.datetime.fromisoformat(start) + dt.timedelta(minutes=minutes)).isoformat()
    return {
        "@odata.type": "#microsoft.graph.event",
        "id": found,
        "iCalUId": f"{found}@example.org",
        "type": "singleInstance",
        "subject": f"entry {found}",
        "body": {"contentType": "text", "content": ""},
        "start": {"dateTime": f"{start}:00.0000000", "timeZone": "UTC"},
        "end": {"dateTime": f"{end}.0000000", "timeZone": "UTC"},
        "originalStartTimeZone": "W. Europe Standard Time",
        "location": {"displayName": ""},
        "locations": [],
        "isAllDay": False,
        "isCancelled": False,
        "isOrganizer": True,
        "showAs": "busy",
        "sensitivity": "normal",
        "categories": [],
        "responseStatus": {"response": "organizer", "time": "0001-01-01T00:00:00Z"},
        "organizer": {"emailAddress": {"name": "Dana Reyes", "address": "dana@example.org"}},
        "attendees": [],
        "createdDateTime": "2026-01-02T03:04:05.1234567Z",
        "lastModifiedDateTime": "2026-01-02T03:04:05Z",
        **more,
    }


def guest(name: str, response: str, kind: str = "required") -> Item:
    """A guest of an entry."""
    address = {"name": name.title(), "address": f"{name}@example.org"}
    return {"type": kind, "status": {"response": response, "time": "0001-01-01T00:00:00Z"}, "emailAddress": address}


def person(number: int, **more: object) -> Item:
    """A contact as Graph tells one."""
    return {
        "id": f"person-{number}",
        "displayName": f"Person {number}",
        "givenName": "Person",
        "surname": str(number),
        "emailAddresses": [{"name": f"Person {number}", "address": f"p{number}@example.org"}],
        "businessPhones": [],
        "homePhones": [],
        "mobilePhone": None,
        "personalNotes": "Never read.",
        **more,
    }
