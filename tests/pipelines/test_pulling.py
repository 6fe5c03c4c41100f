"""One pull of several sources: what helps is tried again, and one that fails stops no other."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines import pulling
from pipelines.home import Home
from pipelines.settings import load
from pipelines.store import Store, opened
from tests.connectors.contracts.ical_url import calendar, once
from tests.pipelines.homes import FILES, OWNER, made
from tests.web_server import Asked, Reply, Site

CALENDAR = Reply(body=calendar(once("a", "20260304")))
ODD, GONE = Reply(body=b"Back soon"), Reply(404)
LISTED = """\
[owner.dana.source.published]
kind = "ical_url"
url = "file:{address}"
"""


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses between tries, which are not waited for."""
    found: list[float] = []
    monkeypatch.setattr("pipelines.pulling.time.sleep", found.append)
    return found


def home(folder: Path, url: str) -> Home:
    """A home with a calendar at this address, read first, and files."""
    kept = folder / "address"
    kept.write_text(url, encoding="utf-8")
    kept.chmod(0o600)
    return Home(made(folder / "home", OWNER + LISTED.format(address=kept) + FILES))


def replies(*given: Reply) -> Iterator[Reply]:
    """These answers one after the other, and the last again and again."""
    yield from given
    while True:
        yield given[-1]


def pulled(place: Home) -> tuple[list[str | None], int]:
    """The errors of both sources, and how many mails landed."""
    owner = load(place.settings).owner["dana"]
    with opened(place.store("dana"), 5.0) as store:
        errors = [one.error for one in pulling.pull_all(store, place, owner)]
        return errors, _mails(store)


def _mails(store: Store) -> int:
    return store.count("landed_messages")


@pytest.mark.parametrize(
    ("answers", "tries", "fails"),
    [([CALENDAR], 1, False), ([ODD, ODD, CALENDAR], 3, False), ([ODD], 3, True), ([GONE], 1, True)],
    ids=["it answers", "it answers at last", "it never answers", "asking again would not help"],
)
def test_what_may_help_is_tried_again(
    tmp_path: Path, pauses: list[float], answers: list[Reply], tries: int, fails: bool
) -> None:
    """Each pause is about twice the one before; the other source is read whatever becomes of this one."""
    coming = replies(*answers)

    def reply(asked: Asked) -> Reply:
        return next(coming)

    with Site(reply) as site:
        errors, mails = pulled(home(tmp_path, site.url))
    assert ([error is not None for error in errors], mails) == ([fails, False], 5)
    assert len([pause for pause in pauses if pause > 1]) == tries - 1
    assert pauses == sorted(pauses)
