"""What a web server answered, and whether it is what was asked for."""

import json
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from connectors.errors import ServerFault
from connectors.web_faults import there

_PAGE = ("<!doctype html", "<html")


class Answer(NamedTuple):
    """What a server answered in the end; `url` is where, after redirects."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


def refuse_page(answer: Answer, wanted: str) -> None:
    """Raise ServerFault if the answer is a web page, such as a network's or a provider's page to sign in.

    `wanted` says what was asked for, `a calendar` for example.
    """
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    begins = answer.body[:200].decode("latin-1").removeprefix("ï»¿").lstrip().lower()
    if kind in ("text/html", "application/xhtml+xml") or begins.startswith(_PAGE):
        raise ServerFault(
            f"The server {there(answer.url)} answered with a web page instead of {wanted}; "
            "check the address in settings.toml, or sign in to this network first."
        )


def read_json(answer: Answer, wanted: str) -> object:
    """The JSON of an answer: dicts, lists, texts, numbers. Raises ServerFault for anything else."""
    refuse_page(answer, wanted)
    try:
        found: object = json.loads(answer.body)
    except (ValueError, RecursionError):
        found = None
    if found is None:
        raise ServerFault(
            f"The server {there(answer.url)} answered with something else than {wanted}; the next pull tries again."
        )
    return found


def safe_again(ours: str, to: str) -> str:
    """An address that a server at `ours` tells, by https if we came so and it is the same host: behind a proxy that does
    the encryption, servers believe that they are asked by http. Raises ValueError for no address."""
    here, other = urlsplit(ours), urlsplit(to)
    same = (here.scheme, other.scheme) == ("https", "http") and here.hostname == other.hostname
    if same and other.port in (None, 80, here.port):
        return other._replace(scheme="https", netloc=here.netloc).geturl()
    return to
