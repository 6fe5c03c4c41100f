"""Dagster's page as a user sees it: the graph, a report with its numbers, and a backfill that mails nothing."""

import json
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

from selenium.webdriver.common.by import By

from tests.browser import browsing, needs_chromium
from tests.pipelines.test_graph import ENDED, MAIL, TOOLS, WEEK, ask, dagster, environment, home

__all__ = ["home"]

BACKFILL = """
mutation Backfill($what: LaunchBackfillParams!) {
  launchPartitionBackfill(backfillParams: $what) {
    __typename
    ... on LaunchBackfillSuccess { backfillId }
    ... on PythonError { message }
  }
}
"""
RUNS = """
query Runs($id: String!) {
  partitionBackfillOrError(backfillId: $id) { ... on PartitionBackfill { status runs(limit: 10) { status } } }
}
"""
OVER = ("COMPLETED", "COMPLETED_SUCCESS", "COMPLETED_FAILED", "FAILED", "CANCELED")
WEEKS = ("2026-W43", "2026-W44", "2026-W45")


def run(home: Path, *words: str) -> None:
    """A command of the product's."""
    subprocess.run([TOOLS / "coldcoffee", *words], env=environment(home), check=True, capture_output=True)


def reports(home: Path) -> dict[str, object]:
    """What the reports say by week, but for when they were made."""
    found = {}
    for week in WEEKS:
        told = json.loads((home / "reports" / "dana" / week / "report.json").read_text(encoding="utf-8"))
        del told["made_at"]
        found[week] = told
    return found


def backfill(address: str) -> list[str]:
    """Make reports and deliveries of all WEEKS in one backfill, and return how its runs ended."""
    partitions = [f"dana|{week}-1" for week in WEEKS]
    what = {"assetSelection": [{"path": ["report"]}, {"path": ["delivery"]}], "partitionNames": partitions}
    answer = ask(address, BACKFILL, what=what)["launchPartitionBackfill"]
    assert isinstance(answer, dict)
    assert answer["__typename"] == "LaunchBackfillSuccess", answer
    while True:
        found = ask(address, RUNS, id=answer["backfillId"])["partitionBackfillOrError"]
        assert isinstance(found, dict)
        ended = [str(one["status"]) for one in found["runs"]]
        if found["status"] in OVER and all(status in ENDED for status in ended):
            return ended


@needs_chromium
def test_the_page_shows_the_graph_and_a_report_and_backfills_weeks(home: Path) -> None:
    """Weeks that are made again from the page come out as they were made at the time, and nobody gets a mail."""
    (home / "inbox" / "mail").write_text(
        MAIL + MAIL.replace("10 Nov", "20 Oct").replace("<1@", "<0@"), encoding="utf-8"
    )
    for week in (*WEEKS, WEEK):
        run(home, "run", "--week", week)
    before = reports(home)
    with dagster(home) as address:
        assert backfill(address) == ["SUCCESS"]
        base = "{0.scheme}://{0.netloc}".format(urlsplit(address))
        with browsing() as browser:
            graph = browser.visit(f"{base}/asset-groups/", "judge[^]*report")
            report = browser.visit(f"{base}/assets/report?view=events&partition=dana%7C{WEEK}-1", "/coldcoffee/dana/")
            links = browser.driver.find_elements(By.CSS_SELECTOR, f"a[href$='/coldcoffee/dana/{WEEK}']")
            page = browser.visit(str(links[0].get_attribute("href")), "What the sources cover")
    assert not (home / "outbox").exists()
    assert reports(home) == before
    assert [word for word in ("pull", "judge", "report", "settings") if word not in graph] == []
    assert [word for word in ("met in person", "page", f"dana|{WEEK}-1") if word not in report] == []
    assert "9 – 15 November 2026" in page
