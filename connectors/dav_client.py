"""Ask a WebDAV server for properties, reports and bodies."""

from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from connectors import dav_xml
from connectors.dav_xml import Answered
from connectors.errors import ServerFault, SourceError
from connectors.web import SentOn, Web
from connectors.web_answers import Answer, refuse_page, safe_again
from connectors.web_faults import there

_XML = {"Content-Type": "application/xml; charset=utf-8"}


class Refused(Exception):
    """The server understood and does not answer: the HTTP status, and the conditions that it names as a reason."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"HTTP {answer.status}")
        self.status = answer.status
        self.conditions = dav_xml.conditions(answer.body)
        self.url = answer.url


class Dav:
    """Questions to the server of `web`. `wanted` says what is read, `calendars` for example."""

    def __init__(self, web: Web, wanted: str) -> None:
        self.wanted = wanted
        self._web = web

    def propfind(self, url: str, depth: int, names: Iterable[str]) -> tuple[Answered, str]:
        """The properties of a resource (depth 0) or of it and its members (1), and the address after redirects. Raises
        Refused, SourceError."""
        answer = self._asked("PROPFIND", url, dav_xml.propfind(names), depth)
        return self._read(answer), answer.url

    def report(self, url: str, question: bytes, depth: int, most: int | None = None) -> Answered:
        """What a report says. Raises Refused, TooLarge for an answer of more than `most` bytes, SourceError."""
        return self._read(self._asked("REPORT", url, question, depth, most))

    def body(self, url: str) -> tuple[bytes, str]:
        """One resource's body and its ETag. Raises Refused, SourceError."""
        answer = self._ask("GET", url, b"", {})
        if answer.status != 200:
            raise Refused(answer)
        refuse_page(answer, f"an entry of the {self.wanted}")
        return answer.body, answer.headers.get("ETag", "")

    def at(self, base: str, href: str) -> str:
        """The address that an answer of the server at `base` names. Raises SourceError where it leads to a host that is
        not to get the password."""
        url = safe_again(base, urljoin(base, href))
        if not self._web.trusts(url):
            if not akin(base, url):
                raise SentOn(
                    f"The server {there(base)} says that the {self.wanted} lie on {there(url)}, which is not given your "
                    f"password unasked; if that is right, set `url` to https://{there(url)}/ in settings.toml.",
                    url,
                )
            self._web.trust(url)
        return url

    def explained(self, refusal: Refused, what: str) -> SourceError:
        """The error for a refusal that nothing else can be done about; `what` was asked for."""
        name = there(refusal.url)
        if refusal.status == 403:
            return SourceError(f"The server {name} does not let this user read {what}; check `user` and `url`.")
        if refusal.status in (404, 405, 410):
            return SourceError(f"The server {name} has nothing where {what} should be; check `url` in settings.toml.")
        return ServerFault(f"The server {name} does not give {what} (HTTP {refusal.status}).")

    def _asked(self, method: str, url: str, question: bytes, depth: int, most: int | None = None) -> Answer:
        answer = self._ask(method, url, question, {**_XML, "Depth": str(depth)}, most)
        if answer.status not in (200, 207):
            raise Refused(answer)
        return answer

    def _ask(self, method: str, url: str, question: bytes, headers: dict[str, str], most: int | None = None) -> Answer:
        for _ in range(3):  # through a provider's hosts: its name, its service, the user's machine
            try:
                return self._web.ask(method, url, headers=headers, body=question, most=most)
            except SentOn as sent:
                if not akin(url, sent.to):
                    raise
                self._web.trust(sent.to)
                url = sent.to
        return self._web.ask(method, url, headers=headers, body=question, most=most)

    def _read(self, answer: Answer) -> Answered:
        refuse_page(answer, self.wanted)
        try:
            return dav_xml.read(answer.body)
        except dav_xml.NotXml as error:
            raise ServerFault(
                f"The server {there(answer.url)} gave an answer that can't be read; check `url`."
            ) from error


def akin(ours: str, other: str) -> bool:
    """Whether two hosts are one provider's, so that the password for the one is meant for the other: both by https, and
    the other below the same domain (caldav.example.org and p42-caldav.example.org)."""
    one, two = urlsplit(ours), urlsplit(other)
    if (one.scheme, two.scheme) != ("https", "https") or not one.hostname or not two.hostname:
        return False
    labels = one.hostname.split(".")
    if labels[-1].isdecimal() or ":" in one.hostname:
        return False  # an IP address is below nothing
    domain = labels[1:] if len(labels) > 2 else labels
    if len(domain) == 2 and len(domain[0]) <= 3 and len(domain[1]) == 2:
        domain = labels  # co.uk, com.au: anybody's
    return two.hostname == ".".join(domain) or two.hostname.endswith("." + ".".join(domain))
