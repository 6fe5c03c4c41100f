"""The history of every tie: a row for each contact and week, each as of its own end."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from pipelines.landing import ATTENDEES, MOMENT
from pipelines.steps import relationships
from pipelines.steps.moment import Moment, week_end
from pipelines.store import Store

ZONE = "America/New_York"
WEEK = "2026-W46"
END = week_end(WEEK, ZONE)
ME = "dana@example.org"
NOTHING: list[dict[str, object]] = []
TIES = pa.schema(
    [
        ("contact_id", pa.string()),
        ("name", pa.string()),
        ("organization", pa.string()),
        ("tags", pa.list_(pa.string())),
        ("connected_at", MOMENT),
        ("died", pa.bool_()),
    ]
)
LEDGER = pa.schema(
    [
        ("contact_id", pa.string()),
        ("occurred_at", MOMENT),
        ("channel", pa.string()),
        ("direction", pa.string()),
        ("weight", pa.float64()),
        ("reference", pa.string()),
    ]
)
MEETINGS = pa.schema(
    [
        ("contact_id", pa.string()),
        ("event_key", pa.string()),
        ("starts_at", MOMENT),
        ("ends_at", MOMENT),
        ("verdict", pa.string()),
    ]
)
OCCURRENCES = pa.schema(
    [
        ("event_key", pa.string()),
        ("organizer", pa.string()),
        ("attendees", ATTENDEES),
        ("created_at", MOMENT),
        ("kind", pa.string()),
        ("status", pa.string()),
        ("starts_at", MOMENT),
        ("ends_at", MOMENT),
    ]
)
MAILS = pa.schema(
    [
        ("sent_at", MOMENT),
        ("from_owner", pa.bool_()),
        ("others", pa.list_(pa.string())),
        ("marks", pa.list_(pa.string())),
    ]
)
ADDRESSES = pa.schema([("contact_id", pa.string()), ("kind", pa.string()), ("address", pa.string())])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with Ann in it, and an owner who writes every day."""
    opened = Store(tmp_path / "dana.duckdb")
    ann = {"contact_id": "ann", "name": "Ann Example", "organization": "Acme", "tags": ["friends"], "died": False}
    opened.write("contacts", pa.Table.from_pylist([ann], TIES))
    opened.write(
        "addresses",
        pa.Table.from_pylist([{"contact_id": "ann", "kind": "email", "address": "ann@x.example.org"}], ADDRESSES),
    )
    opened.write("own_addresses", pa.table({"address": [ME]}))
    opened.write("meetings", pa.Table.from_pylist(NOTHING, MEETINGS))
    opened.write("occurrences", pa.Table.from_pylist(NOTHING, OCCURRENCES))
    days = [ago(day) for day in range(1, 1200)]
    written = [{"sent_at": at, "from_owner": True, "others": ["x@example.org"], "marks": []} for at in days]
    opened.write("mails", pa.Table.from_pylist(written, MAILS))
    yield opened
    opened.close()


def ago(days: float) -> dt.datetime:
    """So many days before the week's end."""
    return END - dt.timedelta(days=days)


def passed(store: Store, *events: tuple[float, str]) -> None:
    """Write Ann's ledger: days before the week's end, and direction."""
    rows = [
        {
            "contact_id": "ann",
            "occurred_at": ago(days),
            "channel": "email",
            "direction": direction,
            "weight": 1.0,
            "reference": f"m{number}",
        }
        for number, (days, direction) in enumerate(events)
    ]
    store.write("interactions", pa.Table.from_pylist(rows, LEDGER))


def meets(store: Store, key: str, starts: dt.datetime, hours: float, verdict: str, organizer: str = ME) -> None:
    """Put one meeting with Ann into the store."""
    ends = starts + dt.timedelta(hours=hours)
    meeting = {"contact_id": "ann", "event_key": key, "starts_at": starts, "ends_at": ends, "verdict": verdict}
    guests = [
        {"address": address, "name": "", "status": "needs-action", "kind": "individual", "optional": False}
        for address in (ME, "ann@x.example.org", "many@example.org")
    ]
    event = {
        "event_key": key,
        "organizer": organizer,
        "attendees": guests,
        "created_at": ago(400),
        "kind": "default",
        "status": "confirmed",
        "starts_at": starts,
        "ends_at": ends,
    }
    store.append("meetings", pa.Table.from_pylist([meeting], MEETINGS))
    store.append("occurrences", pa.Table.from_pylist([event], OCCURRENCES))


def weeks(store: Store) -> list[dict[str, object]]:
    """Ann's rows after judging the week, oldest first."""
    relationships.rebuild(store, Moment(END, ZONE, "Dana Reyes", WEEK))
    rows: list[dict[str, object]] = store.read("relationships").sort_by("week").to_pylist()
    return rows


def test_there_is_a_row_for_each_week_of_two_years(store: Store) -> None:
    """The history goes back two years at least, in whole weeks of the owner's zone, without a gap."""
    passed(store, (20, "out"), (19, "in"))
    names = [str(row["week"]) for row in weeks(store)]
    assert (len(names), names[0], names[-1]) == (105, "2024-W46", "2026-W46")
    assert len(set(names)) == 105


def test_the_history_goes_back_to_the_first_interaction(store: Store) -> None:
    """Ten years at most."""
    passed(store, (1500, "out"), (1499, "in"))
    assert len(weeks(store)) == 215
    passed(store, (6000, "out"), (5999, "in"))
    assert len(weeks(store)) == 520


def test_a_row_tells_the_last_of_each(store: Store) -> None:
    """What was sent, what came back, and since when nothing has passed."""
    passed(store, (200, "out"), (199, "in"), (90, "out"), (80, "in"), (70, "out"))
    last = weeks(store)[-1]
    told = ("last_interaction_at", "last_sent_at", "last_received_at", "silence_days", "balance")
    assert [last[name] for name in told] == [ago(70), ago(70), ago(80), 70, "mutual"]


def test_in_the_middle_of_a_week_silence_lasts_until_then(store: Store) -> None:
    """What `explain` tells on a Wednesday is told of Wednesday: the days to Sunday are still to come. The weeks before it are
    those of any other report."""
    passed(store, (40, "out"), (39, "in"), (10, "out"), (9, "in"))
    whole = weeks(store)
    wednesday = END + dt.timedelta(days=2, hours=9)
    relationships.rebuild(store, Moment(wednesday, ZONE, "Dana Reyes", "2026-W47"))
    rows: list[dict[str, object]] = store.read("relationships").sort_by("week").to_pylist()
    assert (rows[-1]["week"], rows[-1]["silence_days"]) == ("2026-W47", 11)
    assert "11 days" in str(rows[-1]["reason"])
    shown = ("week", "silence_days", "state", "last_interaction_at", "cold_probability")
    assert [[row[name] for name in shown] for row in rows[-105:-1]] == [
        [row[name] for name in shown] for row in whole[-104:]
    ]


def test_a_change_of_state_is_a_fact_of_two_weeks(store: Store) -> None:
    """Each row knows the state before it and the week in which its own began; a change has its sentence."""
    passed(store, *[(float(day) - part, who) for day in range(700, 250, -7) for part, who in ((0, "out"), (0.5, "in"))])
    rows = weeks(store)
    turned = [row for row in rows if row["state"] == "cold" and row["previous_state"] == "cooling"]
    assert len(turned) == 1
    assert turned[0]["state_since_week"] == turned[0]["week"] == rows[-1]["state_since_week"]
    assert str(turned[0]["reason"]).startswith("Silent for ")
    unchanged = [row for row in rows[1:-1] if row["state"] == row["previous_state"]]
    assert {row["reason"] for row in unchanged} == {None}


def test_the_sentence_has_the_dates_that_it_rests_on(store: Store) -> None:
    """How long, what is usual, and whose turn it is."""
    passed(
        store,
        *[(float(day) - part, who) for day in range(434, 74, -12) for part, who in ((0, "out"), (0.2, "in"))],
        (60, "out"),
        (40, "out"),
    )
    assert weeks(store)[-1]["reason"] == (
        "Ann Example has been silent for 85 days; you two are usually in touch every 12 days, "
        "and your last two mails are not answered."
    )


def test_a_lunch_ahead_that_the_owner_set_up_is_not_cold(store: Store) -> None:
    """Ann is not cold before it, and would be without it."""
    passed(store, *[(float(day), who) for day in range(900, 270, -30) for who in ("out", "in")])
    assert weeks(store)[-1]["state"] == "cold"
    meets(store, "lunch", END + dt.timedelta(days=4), 1, "upcoming")
    last = weeks(store)[-1]
    assert last["state"] == "cooling"
    assert str(last["reason"]).endswith("but you are to meet on 20 November.")


def test_a_strangers_unanswered_invitation_keeps_nobody_warm(store: Store) -> None:
    """Neither of the two has set it up or said yes."""
    passed(store, *[(float(day), who) for day in range(900, 270, -30) for who in ("out", "in")])
    meets(store, "webinar", END + dt.timedelta(days=4), 1, "upcoming", organizer="stranger@example.org")
    assert weeks(store)[-1]["state"] == "cold"


def test_the_last_meeting_in_person_is_told_once_it_has_ended(store: Store) -> None:
    """A visit of three days is dated by its last; a call is none; what has not ended is none yet."""
    passed(store, (20, "out"), (19, "in"))
    meets(store, "visit", ago(30), 72, "met_in_person")
    meets(store, "call", ago(5), 1, "met_remotely")
    rows = weeks(store)
    assert rows[-1]["last_met_in_person_at"] == ago(27) - dt.timedelta(seconds=1)
    assert rows[-6]["last_met_in_person_at"] is None


PULLS = pa.schema([("source", pa.string()), ("ended_at", MOMENT), ("error", pa.string())])
LANDED = pa.schema([("source", pa.string()), ("place", pa.string()), ("key", pa.string())])


def read(store: Store, *pulls: tuple[str, float, str | None]) -> None:
    """Note pulls of sources (how long ago, and their error); the mail is of “work”, the calendar of “agenda”."""
    rows = [{"source": source, "ended_at": ago(days), "error": error} for source, days, error in pulls]
    store.append("pulls", pa.Table.from_pylist(rows, PULLS))
    store.append("landed_messages", pa.Table.from_pylist([{"source": "work", "place": "INBOX", "key": "1"}], LANDED))


@pytest.mark.parametrize(
    ("pulls", "state"),
    [
        ([("work", 80.0, None), ("work", 1.0, "The server is silent."), ("agenda", 0.1, None)], "warm"),
        ([("work", 80.0, None), ("work", -0.1, None)], "cooling"),
        ([("agenda", 80.0, None)], "cooling"),
    ],
    ids=["mail was not read for months", "it was read after the week", "only a calendar was not read"],
)
def test_what_was_not_read_is_nobodys_silence(
    store: Store, pulls: list[tuple[str, float, str | None]], state: str
) -> None:
    """Once the mail is read again, the same week is judged by what was in it."""
    passed(store, *((82.0 + 4 * number, who) for number in range(60) for who in ("in", "out")))
    read(store, *pulls)
    assert weeks(store)[-1]["state"] == state


def test_a_cadence_by_tag_or_person(store: Store) -> None:
    """What is said of the person beats what is set for a tag or an organization, and both beat the model."""
    passed(store, *[(float(day) - part, who) for day in range(400, 60, -14) for part, who in ((0, "out"), (1, "in"))])
    assert weeks(store)[-1]["state"] == "cooling"
    for scope, name, word, state in (
        ("tag", "Friends", "weekly", "cold"),
        ("tag", "friends", "yearly", "warm"),
        ("tag", "foes", "weekly", "cooling"),
        ("organization", "ACME", "weekly", "cold"),
    ):
        store.write("set_cadences", pa.table({"scope": [scope], "name": [name], "cadence": [word]}))
        assert (word, weeks(store)[-1]["state"]) == (word, state)
    for number, (value, state) in enumerate([("yearly", "warm"), ("auto", "cooling")]):
        row = {"correction_id": f"k{number}", "kind": "cadence", "subject": "ann", "value": value, "origin": "command"}
        store.append("corrections", pa.Table.from_pylist([{**row, "made_at": ago(3 - number)}]))
        assert weeks(store)[-1]["state"] == state


def test_without_any_interaction_nothing_is_made_up(store: Store) -> None:
    """No dates, no probability, no balance: `never`."""
    passed(store)
    last = weeks(store)[-1]
    told = ("state", "balance", "last_interaction_at", "silence_days", "cold_probability", "reason")
    assert [last[name] for name in told] == [
        "never",
        "none",
        None,
        None,
        None,
        "Nothing has passed between you and Ann Example yet.",
    ]


def test_without_contacts_there_are_no_rows(store: Store) -> None:
    """An empty address book is no error."""
    passed(store)
    store.write("contacts", TIES.empty_table())
    assert weeks(store) == []


LIVELY = tuple(
    (float(day) - part, who) for day in range(900, 20, -9) for part, who in ((0.0, "out"), (1.0, "in")) if day % 5
)


def judged(store: Store, *names: str) -> list[dict[str, object]]:
    """All rows after judging these weeks one after the other, without those before the last one's two years."""
    for name in names:
        relationships.rebuild(store, Moment(week_end(name, ZONE), ZONE, "Dana Reyes", name))
    rows: list[dict[str, object]] = store.read("relationships").to_pylist()
    kept = [row for row in rows if str(row["week"]) >= "2024-W25"]
    return sorted(kept, key=lambda row: (str(row["contact_id"]), str(row["week"])))


def alike(row: dict[str, object]) -> dict[str, object]:
    """A row without its sentence: sentences are kept for weeks that were once the newest."""
    return {name: value for name, value in row.items() if name != "reason"}


def anew(store: Store) -> None:
    """Make the next judgement start from nothing."""
    store.write("judged_past", pa.table({"week": ["2020-W01"], "before": [""], "upto": [""]}))


def test_week_by_week_or_at_once_is_the_same(store: Store) -> None:
    """A new week is judged alone where the past stands, to the same rows as everything anew."""
    passed(store, *LIVELY)
    weekly = judged(store, "2026-W43", "2026-W44", "2026-W45", "2026-W46")
    anew(store)
    at_once = judged(store, "2026-W46")
    assert [alike(row) for row in weekly] == [alike(row) for row in at_once]
    assert weekly[-1]["reason"] == at_once[-1]["reason"]


def test_the_same_week_again_is_the_same(store: Store) -> None:
    """Repeating a week doubles nothing."""
    passed(store, *LIVELY)
    assert judged(store, "2026-W45", "2026-W46") == judged(store, "2026-W46", "2026-W46")


def test_a_mail_that_is_found_late_changes_all_of_its_past(store: Store) -> None:
    """The history is what is known of it now, not what was known when it was first told."""
    passed(store, *LIVELY)
    judged(store, "2026-W45")
    passed(store, *LIVELY, (17, "in"), (400.5, "in"))
    late = judged(store, "2026-W46")
    anew(store)
    assert [alike(row) for row in late] == [alike(row) for row in judged(store, "2026-W46")]


def test_a_contact_who_is_new_this_week_has_a_history(store: Store) -> None:
    """Whoever comes in later is told of for all weeks, and nobody else is told of twice."""
    passed(store, *LIVELY)
    judged(store, "2026-W45")
    ben = {"contact_id": "ben", "name": "Ben Example", "organization": "", "tags": [], "died": False}
    store.append("contacts", pa.Table.from_pylist([ben], TIES))
    rows = judged(store, "2026-W46")
    told = [(row["contact_id"], row["week"]) for row in rows]
    assert len(set(told)) == len(told)
    assert [row["state"] for row in rows if row["contact_id"] == "ben"] == ["never"] * 126


def test_a_replay_leaves_the_table_alone(store: Store) -> None:
    """What is judged for another week inside a replay is gone after it."""
    passed(store, *LIVELY)
    before = judged(store, "2026-W45")
    with store.replay():
        relationships.rebuild(store, Moment(END, ZONE, "Dana Reyes", WEEK))
        assert store.read("relationships").sort_by("week")["week"].to_pylist()[-1] == WEEK
    after = sorted(store.read("relationships").to_pylist(), key=lambda row: (row["contact_id"], row["week"]))
    assert [row for row in after if row["week"] >= "2024-W25"] == before


def test_a_meeting_that_the_owner_noted_was_in_person(store: Store) -> None:
    """“I met Ann” needs no calendar."""
    passed(store, (20, "out"), (19, "in"))
    met = {
        "contact_id": "ann",
        "occurred_at": ago(9),
        "channel": "meeting",
        "direction": "both",
        "weight": 1.0,
        "reference": "k1",
    }
    store.append("interactions", pa.Table.from_pylist([met], LEDGER))
    said = {
        "correction_id": "k1",
        "made_at": ago(1),
        "kind": "log",
        "subject": "ann",
        "value": "{}",
        "origin": "command",
    }
    store.append("corrections", pa.Table.from_pylist([said]))
    assert weeks(store)[-1]["last_met_in_person_at"] == ago(9)
