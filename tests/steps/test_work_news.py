"""News of people: a new employer or title on a card, and what automatic answers and returned mails say of a job."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from connectors.records import Page
from pipelines.landing import MOMENT as AT
from pipelines.steps import work_news
from tests.steps.community import AS_OF, ME, Community, card, mail

WEEK = dt.timedelta(days=7)


@pytest.fixture
def dana(tmp_path: Path) -> Iterator[Community]:
    """Dana's store, still empty."""
    made = Community(tmp_path / "dana.duckdb")
    yield made
    made.store.close()


def pulled(dana: Community, at: dt.datetime) -> None:
    """Note that the source was read then."""
    texts = {"source": pa.array(["files"]), "error": pa.array([None], pa.string())}
    counts = {name: pa.array([0], pa.int64()) for name in ("new_items", "rejects")}
    dana.store.append(
        "pulls", pa.table({**texts, **counts, "started_at": pa.array([at], AT), "ended_at": pa.array([at], AT)})
    )


def told(dana: Community, as_of: dt.datetime = AS_OF) -> list[tuple[str, str, str]]:
    """Kind, before and after of the news of the week that ends then."""
    dana.store.stand_at(as_of, "America/New_York")
    return [(one.kind, one.before, one.after) for one in work_news.news(dana.store)]


def test_a_new_employer_and_a_new_title_are_news_once(dana: Community) -> None:
    """Between two exports of a network, in the week in which the second was read; the first import is none."""
    pulled(dana, AS_OF - 3 * WEEK)
    first = [
        card("u/ann", "Ann Lee", form="linkedin", organization="Alpha GmbH", title="Head of Sales"),
        card("u/ben", "Ben Quist", form="linkedin", organization="Gamma", title="Engineer"),
        card("u/cy", "Cy Stone", form="linkedin", organization="Delta Inc.", title="Partner"),
    ]
    dana.read(Page("", cards=first))
    assert told(dana) == []
    pulled(dana, AS_OF - dt.timedelta(days=1))
    second = [
        card("u/ann", "Ann Lee", form="linkedin", organization="Beta", title="Head of Sales", place="second"),
        card("u/ben", "Ben Quist", form="linkedin", organization="Gamma", title="Chief Engineer", place="second"),
        card("u/cy", "Cy Stone", form="linkedin", organization="Delta", title="partner", place="second"),
    ]
    dana.read(Page("", cards=second))
    assert told(dana) == [("employer", "Alpha GmbH", "Beta"), ("title", "Engineer", "Chief Engineer")]
    assert dana.column("contacts", "name", "organization") == {
        "Ann Lee": "Beta",
        "Ben Quist": "Gamma",
        "Cy Stone": "Delta",
    }
    dana.read(Page("", cards=second))
    assert (told(dana, AS_OF - WEEK), told(dana, AS_OF + WEEK)) == ([], [])


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        ("Automatic reply: Ann Lee is no longer with Alpha", "left"),
        ("Automatische Antwort: Ich bin nicht mehr bei Alpha tätig", "left"),
        ("Réponse automatique : Ann ne travaille plus chez Alpha", "left"),
        ("Auto: my new e-mail address", "moved"),
        ("Abwesenheit: Neue Adresse", "moved"),
    ],
)
def test_an_automatic_answer_tells_that_somebody_has_left(dana: Community, subject: str, kind: str) -> None:
    """By its subject alone, in several languages."""
    at = int((AS_OF - dt.timedelta(days=2)).timestamp() * 1_000_000)
    letter = mail("a", "ann@alpha.example", ME, "Ann Lee", subject=subject, marks=("away", "auto"), sent_at=at)
    dana.read(Page("", cards=[card("1", "Ann Lee", "ann@alpha.example")], messages=[letter]))
    assert told(dana) == [(kind, "", "")]


def test_a_holiday_is_no_news(dana: Community) -> None:
    """Nor is the new address of somebody's office in an ordinary mail."""
    at = int((AS_OF - dt.timedelta(days=2)).timestamp() * 1_000_000)
    letters = [
        mail("a", "ann@alpha.example", ME, subject="Automatic reply: on holiday", marks=("away", "auto"), sent_at=at),
        mail("b", "ann@alpha.example", ME, subject="Our new address", sent_at=at),
    ]
    dana.read(Page("", cards=[card("1", "Ann Lee", "ann@alpha.example")], messages=letters))
    assert told(dana) == []


def test_a_mail_that_came_back_is_news(dana: Community) -> None:
    """Where it was meant for this person alone."""
    at = int((AS_OF - dt.timedelta(days=2)).timestamp() * 1_000_000)
    letters = [
        mail("a", ME, "ann@alpha.example", sent_at=at),
        mail(
            "b",
            "mailer-daemon@alpha.example",
            ME,
            subject="Undelivered Mail Returned to Sender",
            answers="a",
            marks=("report",),
            sent_at=at,
        ),
    ]
    dana.read(Page("", cards=[card("1", "Ann Lee", "ann@alpha.example")], messages=letters))
    assert told(dana) == [("returned", "", "")]
