"""What Dagster's page says of each asset, and which checks stop a run."""

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg
import pyarrow as pa
import pytest

from pipelines import judging, looking, pulling, sensors, showing, telling
from pipelines.home import Home
from pipelines.landing import MOMENT
from pipelines.settings import Owner, load
from pipelines.steps.report import Composed
from pipelines.store import Store, opened
from reports import render
from reports.weekly import weekly
from tests.pipelines.homes import FILES, OWNER, WEEK, environment, made
from tests.reports import mail_program
from tests.reports.people import FULL

MONDAY = dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC)
SPECS = """
import json
from pipelines.definitions import defs
print(json.dumps({
    spec.key.to_user_string(): {
        "group": spec.group_name, "kinds": sorted(spec.kinds), "owners": list(spec.owners), "says": spec.description,
        "columns": "dagster/column_schema" in spec.metadata, "tags": {k: v for k, v in spec.tags.items() if "kind" not in k},
        "fresh": spec.freshness_policy is not None, "deps": [dep.asset_key.to_user_string() for dep in spec.deps],
    }
    for spec in defs.resolve_all_asset_specs()
}))
"""


def test_every_asset_says_what_it_is(tmp_path: Path) -> None:
    """Whose it is, of which kind, in which group, what it says, its columns and what it is made of."""
    home = made(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", SPECS],
        env=environment(COLDCOFFEE_HOME=str(home)),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    line = ("sources", "contacts", "interactions", "meetings", "relationships", "report")
    assert [name for name in (*line, "delivery") if not (found[name]["kinds"] and found[name]["says"])] == []
    assert {found[name]["group"] for name in line} == {"pull", "judge", "report"}
    assert {tuple(found[name]["owners"]) for name in (*line, "delivery")} == {("team:dana",)}
    assert [name for name in line if not found[name]["columns"]] == []
    assert [found[name]["deps"] for name in line[1:]] == [[name] for name in line[:-1]]
    assert [name for name in found if found[name]["fresh"]] == ["sources"]
    assert found["sources"]["tags"] == {"source/files": "folder"}


@pytest.fixture
def judged(tmp_path: Path) -> Iterator[tuple[Store, Owner]]:
    """A store that is pulled and judged, with faults in nothing."""
    place = Home(made(tmp_path))
    owner = load(place.settings).owner["dana"]
    with opened(place.store("dana"), 5.0) as store:
        pulling.pull_all(store, place, owner, lambda: MONDAY)
        judging.judge(store, owner, judging.moment_of(owner, WEEK))
        yield store, owner


def lost(store: Store) -> None:
    """A mail that has landed and was never judged."""
    row = {
        "source": "files",
        "place": "late",
        "key": "1",
        "message_key": "lost@example.org",
        "sent_at": MONDAY - dt.timedelta(days=9),
    }
    store.append(
        "landed_messages",
        pa.Table.from_pylist([row], pa.schema([*((name, pa.string()) for name in list(row)[:4]), ("sent_at", MOMENT)])),
    )


def doubled(store: Store) -> None:
    """A mail that is excluded and counts all the same."""
    rows = store.read("messages").to_pylist()
    store.write(
        "messages",
        store.read("messages").set_column(
            store.read("messages").column_names.index("exclusion"), "exclusion", pa.array(["a draft"] * len(rows))
        ),
    )


def ahead(store: Store) -> None:
    """An interaction of next year."""
    rows = store.read("interactions")
    late = pa.array([MONDAY + dt.timedelta(days=365)] * len(rows), MOMENT)
    store.write("interactions", rows.set_column(rows.column_names.index("occurred_at"), "occurred_at", late))


def unreachable(store: Store) -> None:
    """Contacts of whom no address is left."""
    store.write("addresses", store.read("addresses").slice(0, 0))


@pytest.mark.parametrize(
    ("fault", "step", "check", "stops"),
    [
        (lost, "interactions", "nothing_lost", True),
        (doubled, "interactions", "nothing_lost", True),
        (ahead, "interactions", "no_interaction_in_the_future", True),
        (ahead, "meetings", "no_meeting_in_the_future", True),
        (unreachable, "contacts", "contacts_can_be_reached", False),
    ],
)
def test_a_check_sees_its_fault_and_stops_what_must_be_stopped(
    judged: tuple[Store, Owner], fault: Callable[[Store], None], step: str, check: str, stops: bool
) -> None:
    """What is wrong blocks whatever is made of it; what is only incomplete warns."""
    store, _ = judged

    def result() -> dg.AssetCheckResult:
        seen = looking.look(store, step, named=True)
        made_of = showing.materialized(step, {step: 1}, [seen], 0.1, alone=True)
        return next(one for one in made_of.check_results or () if one.check_name == check)

    assert result().passed
    fault(store)
    found = result()
    severity = dg.AssetCheckSeverity.ERROR if stops else dg.AssetCheckSeverity.WARN
    [spec] = [one for one in showing.specs(step, dg.StaticPartitionsDefinition(["dana"])) if one.name == check]
    assert (found.passed, found.severity, spec.blocking) == (False, severity, stops)


def test_wrong_sums_stop_the_report() -> None:
    """Its numbers are those of the tables, or it is not delivered."""
    report = weekly(FULL)
    composed = Composed(
        report, render.text(report), render.html(report), render.as_json(report), "", "", ("met is 3 and 4",)
    )
    found = showing.reported([composed], [Path("/home/reports/dana/2026-W46/report.html")], 0.1, alone=True)
    [check] = found.check_results or ()
    assert (check.passed, check.severity) == (False, dg.AssetCheckSeverity.ERROR)
    assert str(found.metadata["page"].value) == "/coldcoffee/dana/2026-W46"  # type: ignore[index, union-attr]


def test_names_are_shown_where_there_is_one_owner_only(judged: tuple[Store, Owner]) -> None:
    """Previews, faults' keys and the report's Markdown name people; counts don't."""
    store, _ = judged
    report = weekly(FULL)
    composed = Composed(report, "", "", "{}", "", "", ())
    for alone in (True, False):
        step = showing.materialized(
            "contacts", {"contacts": 2}, [looking.look(store, "contacts", named=alone)], 0.1, alone=alone
        )
        page = showing.reported([composed], [Path("/home/reports/dana/2026-W46/report.html")], 0.1, alone=alone)
        told = f"{step.metadata} {page.metadata}"
        assert ("Ann Abel" in told, "Ana Weber" in told) == (alone, alone)
        assert page.metadata is not None
        assert page.metadata["turned cold"] == 1


def test_a_failure_is_told_once_a_day(tmp_path: Path) -> None:
    """Twenty failed runs are one mail; tomorrow's is another."""
    place = Home(made(tmp_path))
    owner = load(place.settings).owner["dana"]
    for minutes in range(0, 200, 10):
        telling.failure(place, owner, "pull", "The disk is full.", MONDAY + dt.timedelta(minutes=minutes))
    [mail] = place.outbox.glob("*.eml")
    assert "The disk is full." in mail.read_text(encoding="utf-8")
    telling.failure(place, owner, "pull", "The disk is full.", MONDAY + dt.timedelta(days=1))
    assert len(list(place.outbox.glob("*.eml"))) == 2


def test_a_failure_is_told_in_the_owners_language(tmp_path: Path) -> None:
    """As their report is, whatever failed."""
    place = Home(made(tmp_path, OWNER + FILES + '[owner.dana.report]\nlanguage = "de"\n'))
    said = "There is no folder /home/dana/inbox: create it, or correct its path in settings.toml."
    telling.failure(place, load(place.settings).owner["dana"], "pull", said, MONDAY)
    [blob] = place.outbox.glob("*.eml")
    mail = mail_program.opened(blob.read_bytes())
    assert mail["Subject"] == "coldcoffee konnte seine Arbeit nicht tun"
    assert mail_program.body(mail, "plain").startswith(
        "coldcoffee konnte seine Arbeit nicht tun (pull): Es gibt keinen Ordner /home/dana/inbox: "
        "lege ihn an oder berichtige seinen Pfad in settings.toml."
    )


def test_files_that_lie_still_start_one_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three files dropped together are one batch; nothing new starts nothing."""
    home = made(tmp_path, settings=OWNER + FILES)
    monkeypatch.setenv("COLDCOFFEE_HOME", str(home))
    sensor, cursor, runs = sensors.drop_folders(), None, []
    for _ in range(4):
        done = sensor(dg.build_sensor_context(cursor=cursor))
        assert isinstance(done, dg.SensorResult)
        cursor = done.cursor
        runs.append([(run.partition_key, run.tags["owner"]) for run in done.run_requests or ()])
    assert runs == [[], [("dana", "dana")], [], []]
