"""Ask Microsoft Graph, page by page, and tell its errors apart."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from time import sleep
from typing import NamedTuple, TypeAlias

from connectors.errors import ServerFault, SignInNeeded, SourceError
from connectors.web import Limits, Web
from connectors.web_access import Access
from connectors.web_answers import Answer, read_json
from connectors.web_faults import there

Item: TypeAlias = Mapping[str, object]  # one JSON object of Graph's

_DEAD = frozenset({  # what Graph and Exchange call a link to changes that they know no more
    "syncstatenotfound", "syncstateinvalid", "resyncrequired", "resyncchangesapplydifferences",
    "resyncchangesuploaddifferences", "errorinvalidsyncstatedata", "errorsyncfoldernotfound", "invaliddeltatoken",
})  # fmt: skip


class Gone(Exception):
    """The server knows the link to changes no more: all must be asked for anew."""


class Withheld(Exception):
    """The server does not show this to this sign-in; `str()` is a sentence for the owner."""


class Missing(Exception):
    """There is nothing of that name."""


class Batch(NamedTuple):
    """One page of changes. `link` leads on from behind it, `anew` says that it is the first of all there is although
    changes were asked for."""

    items: list[Item]
    link: str
    anew: bool


class Graph:
    """A connection for one sign-in. `access_token(refused)` gives its tokens; `host` is the service's address."""

    def __init__(
        self,
        host: str,
        source: str,
        access_token: Callable[[bool], str],
        *,
        limits: Limits,
        ca_file: Path | None = None,
        sleep: Callable[[float], None] = sleep,
    ) -> None:
        self._base = f"{host}/v1.0"
        self._source = source
        access = Access(lambda refused: f"Bearer {access_token(refused)}", self._refused)
        self._web = Web(access=access, trusted=(host,), limits=limits, ca_file=ca_file, sleep=sleep)

    def get(self, path: str, prefer: str = "") -> Item:
        """What lies at a path below the service's root, or at a whole address that the service gave.

        Raises Gone, Withheld, Missing; SignInNeeded and other SourceErrors.
        """
        url = path if "://" in path else self._base + path
        if not self._web.trusts(url):
            raise ServerFault(f"The server {there(self._base)} sends us on to another host, which gets no token.")
        answer = self._web.ask("GET", url, headers=self.headers(prefer))
        if answer.status == 200:
            found = read_json(answer, "data")
            if not isinstance(found, dict):
                raise ServerFault(
                    f"The server {there(url)} answered with something else than data; the next pull tries again."
                )
            return found
        raise self._explained(answer)

    def post(self, path: str, body: bytes) -> Item:
        """The answer to a question that is too long for an address; {} where the server does not take it. Raises
        SourceError."""
        headers = {**self.headers(), "Content-Type": "application/json"}
        answer = self._web.ask("POST", self._base + path, headers=headers, body=body)
        found = read_json(answer, "data") if answer.status == 200 else {}
        return found if isinstance(found, dict) else {}

    def headers(self, prefer: str = "") -> dict[str, str]:
        """What every request wishes for: ids that stay when an item is moved, and what else is preferred."""
        return {"Prefer": ", ".join(filter(None, ('IdType="ImmutableId"', prefer))), "Accept": "application/json"}

    def path_of(self, link: str) -> str:
        """The path of a whole address below the service's root; "" for one that is not there."""
        return link.removeprefix(self._base) if link.startswith(f"{self._base}/") else ""

    def all(self, path: str, prefer: str = "") -> Iterator[Item]:
        """The items of a collection, on however many pages they are. Raises as `get`."""
        seen: set[str] = set()
        while path:
            page = self.get(path, prefer)
            yield from objects(page, "value")
            path = self._unseen(text(page, "@odata.nextLink"), seen)

    def changes(self, start: str, link: str, prefer: str) -> Iterator[Batch]:
        """The changes since `link`; all there is from `start` where there is no link or it is dead. Raises as `get`.

        The last batch's link is for the next time; that of the others goes on within this round, and may be kept, too.
        """
        anew, seen = False, set[str]()
        if link and not self._web.trusts(link):  # of another host, before the setting was changed
            link, anew = "", True
        while True:
            try:
                page = self.get(link or start, prefer)
            except Gone:
                if not link or anew:
                    raise ServerFault(
                        f"The server {there(self._base)} gives no changes; the next pull tries again."
                    ) from None
                link, anew, seen = "", True, set()
                continue
            further = self._unseen(text(page, "@odata.nextLink"), seen)
            link = further or text(page, "@odata.deltaLink")
            yield Batch(objects(page, "value"), link, anew)
            anew = False
            if not further:
                return

    def close(self) -> None:
        """End the connection."""
        self._web.__exit__(None, None, None)

    def _unseen(self, link: str, seen: set[str]) -> str:
        if link in seen:
            raise ServerFault(f"The server {there(self._base)} sends us in a circle; the next pull tries again.")
        if link:
            seen.add(link)
        return link

    def _refused(self, server: str) -> SourceError:
        return SignInNeeded.to(self._source, f"The server {server} refused the sign-in of this source")

    def _explained(self, answer: Answer) -> Exception:
        """The error in an answer, by its status and Graph's code for it; the words beside it may name people."""
        try:
            code = text(_object(read_json(answer, "data"), "error"), "code")
        except ServerFault:
            code = ""
        named = f" ({code[:60]})" if code.isascii() and code.replace("_", "").replace(".", "").isalnum() else ""
        if answer.status == 410 or code.lower().replace("_", "") in _DEAD:
            return Gone()
        if answer.status == 404:
            return Missing()
        if answer.status == 403:
            return Withheld(f"Microsoft does not show this to the sign-in of this source{named}.")
        return ServerFault(
            f"The server {there(answer.url)} failed (HTTP {answer.status}{named.replace(' (', ', ').rstrip(')')}); the next pull tries again."
        )


def text(item: object, *path: str) -> str:
    """The text at a path of keys, "" where there is none."""
    for key in path:
        item = item.get(key) if isinstance(item, dict) else None
    return _sound(item) if isinstance(item, str) else ""


def _sound(told: str) -> str:
    """The text without what no store takes: halves of characters, which JSON can hold, and NUL."""
    return told if told.isprintable() else told.encode("utf-8", "replace").decode().replace("\0", "")


def number(item: Item, key: str) -> int:
    """The number under a key, 0 where there is none."""
    found = item.get(key)
    return found if isinstance(found, int) else 0


def texts(item: Item, key: str) -> tuple[str, ...]:
    """The texts in the list under a key."""
    found = item.get(key)
    return tuple(_sound(one) for one in found if isinstance(one, str) and one) if isinstance(found, list) else ()


def objects(item: Item, key: str) -> list[Item]:
    """The objects in the list under a key."""
    found = item.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _object(item: object, key: str) -> object:
    return item.get(key) if isinstance(item, dict) else None
