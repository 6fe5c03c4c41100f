"""The page of a report beside Dagster's own: for the one owner on this machine, and nobody else."""

from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import FileResponse

from pipelines.web_pages import page
from tests.pipelines.homes import OWNER, made

ANOTHER = '[owner.erin]\nname = "Erin"\naddresses = ["erin@example.org"]\ntimezone = "UTC"\n'
WEEK = "2026-W46"


def asked(owner: str = "dana", week: str = WEEK, host: str = "127.0.0.1:3000") -> Request:
    """A browser's request."""
    return Request(
        {
            "type": "http",
            "method": "GET",
            "scheme": "http",
            "server": ("127.0.0.1", 3000),
            "path": f"/coldcoffee/{owner}/{week}",
            "query_string": b"",
            "headers": [(b"host", host.encode())],
            "path_params": {"owner": owner, "week": week},
        }
    )


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with one report."""
    monkeypatch.setenv("COLDCOFFEE_HOME", str(tmp_path))
    made(tmp_path, files={})
    written = tmp_path / "reports" / "dana" / WEEK / "report.html"
    written.parent.mkdir(parents=True)
    written.write_text("<p>Report", encoding="utf-8")
    return tmp_path


def test_the_page_is_shown(home: Path) -> None:
    """As it lies in the home folder, kept by no browser and framed by no page."""
    answer = page(asked())
    assert isinstance(answer, FileResponse)
    assert str(answer.path) == str(home / "reports" / "dana" / WEEK / "report.html")
    assert (answer.headers["cache-control"], answer.headers["x-frame-options"]) == ("no-store", "DENY")


@pytest.mark.parametrize(
    "request_of",
    [
        asked(host="evil.example.com:3000"),
        asked(week="2026-W45"),
        asked(week="../../dana"),
        asked(owner="erin"),
        asked(owner=".."),
        asked(owner="..", week="2026-W46"),
    ],
    ids=["another name for this machine", "no such week", "no week", "no owner", "above", "above, with a week"],
)
def test_nothing_else_is_shown(home: Path, request_of: Request) -> None:
    """Not to a web page that leads its own name here (DNS rebinding), and no other file."""
    assert (home.exists(), page(request_of).status_code) == (True, 404)


def test_owners_read_no_others_report(home: Path) -> None:
    """Where there are several, names stand in no page that all can open."""
    (home / "settings.toml").write_text(OWNER + ANOTHER, encoding="utf-8")
    assert page(asked()).status_code == 403


def test_broken_settings_are_a_sentence(home: Path) -> None:
    """Not a traceback."""
    (home / "settings.toml").write_text("owner = 3", encoding="utf-8")
    answer = page(asked())
    assert (answer.status_code, b"Traceback" in answer.body) == (404, False)
