"""Dagster: definitions load with and without settings, and every asset is launched through a real webserver and daemon."""

import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

TOOLS = Path(sys.executable).parent
WEEK = "2026-W46"

MAIL = """\
From ann@example.org Tue Nov 10 09:00:00 2026
From: Ann Abel <ann@example.org>
To: Dana Reyes <dana@example.org>
Subject: The offer
Date: Tue, 10 Nov 2026 09:00:00 +0000
Message-ID: <1@example.org>

Hello

"""
CARD = "BEGIN:VCARD\nVERSION:3.0\nFN:Ann Abel\nN:Abel;Ann;;;\nEMAIL:ann@example.org\nEND:VCARD\n"
EVENT = """\
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:lunch@example.org
DTSTART:20261112T120000Z
DTEND:20261112T130000Z
SUMMARY:Lunch with Ann
LOCATION:Blue Door, 12 Main Street
ORGANIZER:mailto:dana@example.org
ATTENDEE;PARTSTAT=ACCEPTED:mailto:dana@example.org
ATTENDEE;PARTSTAT=ACCEPTED:mailto:ann@example.org
END:VEVENT
END:VCALENDAR
"""
SETTINGS = """\
[owner.dana]
name = "Dana Reyes"
addresses = ["dana@example.org"]
timezone = "America/New_York"
[owner.dana.source.files]
kind = "folder"
path = "inbox"
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with settings and three files."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "inbox" / "mail").write_text(MAIL, encoding="utf-8")
    (tmp_path / "inbox" / "card.vcf").write_text(CARD, encoding="utf-8")
    (tmp_path / "inbox" / "lunch.ics").write_text(EVENT, encoding="utf-8")
    return tmp_path


def environment(home: Path) -> dict[str, str]:
    """What the programs are told."""
    (home / "dagster").mkdir(exist_ok=True)
    return {
        **os.environ,
        "COLDCOFFEE_HOME": str(home),
        "DAGSTER_HOME": str(home / "dagster"),
        "DAGSTER_DISABLE_TELEMETRY": "yes",
        "NO_COLOR": "1",
    }


def validated(home: Path) -> subprocess.CompletedProcess[str]:
    """`dagster definitions validate` for this home."""
    words = [str(TOOLS / "dagster"), "definitions", "validate", "-m", "pipelines.definitions"]
    return subprocess.run(words, env=environment(home), capture_output=True, text=True, check=False)


def test_definitions_are_valid(home: Path) -> None:
    """The graph loads and Dagster finds no fault in it."""
    done = validated(home)
    assert done.returncode == 0, done.stderr


def test_definitions_load_without_settings(tmp_path: Path) -> None:
    """Without settings there is a graph that says so, not a broken code location."""
    done = validated(tmp_path)
    assert done.returncode == 0, done.stderr


@contextmanager
def dagster(home: Path) -> Iterator[str]:
    """A running webserver and daemon for a home; gives the address of GraphQL."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [str(TOOLS / "coldcoffee"), "ui", "--port", str(port)]
    with subprocess.Popen(
        words, env=environment(home), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
    ) as running:
        try:
            until(running, f"Serving dagster-webserver on http://127.0.0.1:{port}")
            reached(running, port)
            yield f"http://127.0.0.1:{port}/graphql"
        finally:
            os.killpg(running.pid, signal.SIGTERM)
            running.communicate()


def until(running: subprocess.Popen[bytes], words: str) -> None:
    """Read what a program prints until it has said these words; fail if it ends or says nothing for two minutes."""
    assert running.stdout is not None
    said = b""
    with selectors.DefaultSelector() as waiting:
        waiting.register(running.stdout, selectors.EVENT_READ)
        while words.encode() not in said:
            assert waiting.select(120), f"it never said “{words}”: {said.decode()}"
            more = os.read(running.stdout.fileno(), 65536)
            assert more, f"it ended before it said “{words}”: {said.decode()}"
            said += more


def reached(running: subprocess.Popen[bytes], port: int) -> None:
    """Return once the port takes connections: the webserver announces itself a moment before it does."""
    while running.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    pytest.fail("the webserver ended before it took a connection")


def ask(address: str, query: str, **variables: object) -> dict[str, object]:
    """The answer of GraphQL to a query."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        found = json.load(answer)
    assert "errors" not in found, found
    data: dict[str, object] = found["data"]
    return data


LAUNCH = """
mutation Launch($what: ExecutionParams!) {
  launchPipelineExecution(executionParams: $what) {
    __typename
    ... on LaunchRunSuccess { run { runId } }
    ... on PythonError { message }
    ... on RunConfigValidationInvalid { errors { message } }
  }
}
"""
STATUS = "query Status($id: ID!) { runOrError(runId: $id) { ... on Run { status } } }"
ENDED = ("SUCCESS", "FAILURE", "CANCELED")


def launch(address: str, job: str, partition: str, assets: list[str]) -> str:
    """Launch assets as the page does, wait for the run's end, and return its status."""
    what = {
        "selector": {
            "repositoryLocationName": "pipelines.definitions",
            "repositoryName": "__repository__",
            "pipelineName": job,
            "assetSelection": [{"path": [name]} for name in assets],
        },
        "mode": "default",
        "runConfigData": {"resources": {"workshop": {"config": {"week": WEEK}}}},
        "executionMetadata": {"tags": [{"key": "dagster/partition", "value": partition}]},
    }
    answer = ask(address, LAUNCH, what=what)["launchPipelineExecution"]
    assert isinstance(answer, dict)
    assert answer["__typename"] == "LaunchRunSuccess", answer
    while True:
        found = ask(address, STATUS, id=answer["run"]["runId"])["runOrError"]
        assert isinstance(found, dict)
        if found["status"] in ENDED:
            return str(found["status"])


def test_every_asset_succeeds_through_the_webserver(home: Path) -> None:
    """Launched by GraphQL, run by the daemon's machinery: pull, judge, report, deliver."""
    with dagster(home) as address:
        for name in ("sources", "contacts", "interactions", "meetings", "relationships"):
            assert launch(address, "pull", "dana", [name]) == "SUCCESS", name
        assert launch(address, "weekly_report", f"dana|{WEEK}-1", ["report"]) == "SUCCESS"
        assert not list((home / "outbox").glob("*")), "making a report must not mail it"
        assert launch(address, "weekly_report", f"dana|{WEEK}-1", ["delivery"]) == "SUCCESS"
    with duckdb.connect(str(home / "snapshot" / "dana.duckdb"), read_only=True) as reader:
        met = reader.execute("select name, verdict from meetings join contacts using (contact_id)").fetchall()
    assert met == [("Ann Abel", "met_in_person")]
    assert [path.suffix for path in (home / "outbox").iterdir()] == [".eml"]
