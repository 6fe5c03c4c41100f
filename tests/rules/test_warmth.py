"""When a tie is warm, cooling, cold or asleep, and who keeps it up."""

import datetime as dt

import numpy as np
import pyarrow as pa

from pipelines.rules import absence, balance, cadence, history, warmth
from pipelines.rules.cold_features import Floats
from pipelines.rules.cold_model import cold_probability

TODAY = 20_000.0  # days since 1970
NOBODY_AWAY = absence.Clock([])


def ledger(*events: tuple[float, str], ties: int = 1, tie: int = 0) -> history.Ledger:
    """What passed with one tie: how many days ago, and who acted (out, in, both)."""
    ordered = sorted(events, key=lambda event: -event[0])
    return history.Ledger(
        tie=np.array([tie] * len(ordered), np.int64),
        at=np.array([TODAY - ago for ago, _ in ordered], float),
        outward=np.array([who != "in" for _, who in ordered], bool),
        inward=np.array([who != "out" for _, who in ordered], bool),
        weight=np.ones(len(ordered)),
        ties=ties,
    )


def said(**words: float) -> history.Tie:
    """What is said of the one tie; nothing unless given."""
    return history.Tie(
        connected_at=np.array([words.get("connected_at", warmth.FAR)]),
        died=np.array([bool(words.get("died", 0))]),
        cadence=np.array([words.get("cadence", 0.0)]),
        snoozed=np.array([words.get("snoozed", warmth.FAR)]),
        snoozed_until=np.array([words.get("snoozed_until", -warmth.FAR)]),
    )


def ahead(*starts: float) -> history.Ahead:
    """Meetings that the two agreed to, so many days from today, known for long."""
    count = len(starts)
    return history.Ahead(np.zeros(count, np.int64), np.full(count, TODAY - 500), np.array(starts, float) + TODAY)


def stood(
    *events: tuple[float, str],
    tie: history.Tie | None = None,
    meetings: history.Ahead | None = None,
    clock: absence.Clock = NOBODY_AWAY,
    weeks: Floats | None = None,
) -> tuple[list[str], str]:
    """The states at the ends of the weeks (of today alone, unless given), and today's balance."""
    ends = np.array([TODAY]) if weeks is None else weeks
    seen = history.past(ledger(*events), clock)
    weights = history.coefficients(seen.of, clock, np.zeros(0), ends)
    found = history.view(seen, tie or said(), meetings or ahead(), clock, ends, weights, np.arange(1))
    return [warmth.STATES[state] for state in found.state[0]], balance.BALANCES[found.balance[0, -1]]


def exchange(first: float, last: float, every: float) -> list[tuple[float, str]]:
    """Mails back and forth from `first` days ago until `last` days ago, one each way every so many days."""
    days = np.arange(first, last - 0.01, -every)
    return [(float(day) + part, who) for day in days for part, who in ((0.0, "out"), (-0.2, "in"))]


def test_known_and_never_in_touch() -> None:
    """Who has no interaction either way is `never`, with no balance."""
    assert stood() == (["never"], "none")


def test_a_new_connection_is_new_for_thirty_days() -> None:
    """A connection is never a contact, but it is new."""
    assert stood(tie=said(connected_at=TODAY - 20))[0] == ["new"]
    assert stood(tie=said(connected_at=TODAY - 40))[0] == ["never"]


def test_a_first_mail_makes_a_tie_new() -> None:
    """For thirty days nothing can be told of it but that."""
    assert stood((13, "in"), (5, "out")) == (["new"], "mutual")


def test_a_weekly_exchange_goes_warm_cooling_cold() -> None:
    """A week is nothing unusual, two months are, half a year is an end."""
    states = [stood(*exchange(300 + ago, ago, 7))[0][0] for ago in (5, 60, 190)]
    assert states == ["warm", "cooling", "cold"]


def test_unanswered_mails_are_no_life() -> None:
    """Who writes again and again without an answer has a cold tie, and keeps it up alone."""
    since = [(float(day), "out") for day in range(10, 300, 40)]
    assert stood(*exchange(800, 420, 20), *since) == (["cold"], "i_write")


def test_only_unanswered_mails_are_cold() -> None:
    """Three mails that nobody ever answered make no tie."""
    assert stood((200, "out"), (100, "out"), (45, "out")) == (["cold"], "i_write")


def test_who_keeps_writing_is_not_cold() -> None:
    """A contact who writes every month and gets no answer keeps the tie up, and it is not cold."""
    assert stood(*[(float(day), "in") for day in range(15, 400, 30)]) == (["warm"], "they_write")


def test_a_yearly_letter_is_on_time() -> None:
    """Two letters a year apart are a rhythm; eleven months later it is on time, after two years it is not."""
    letters = [(1070.0, "in"), (1068.0, "out"), (705.0, "in"), (703.0, "out")]
    recent = [(ago - 365.0, who) for ago, who in letters]
    assert stood(*recent)[0] == ["warm"]
    assert stood(*letters)[0] == ["cold"]


def test_the_owners_leave_is_nobodys_silence() -> None:
    """Six weeks in which the owner wrote to nobody are not the contact's silence, however long they look."""
    wrote = np.array([day for day in np.arange(TODAY - 400, TODAY + 1) if not TODAY - 80 < day < TODAY - 5])
    clock = absence.clock(wrote, [], TODAY)
    exchanged = exchange(300, 82, 12)
    assert stood(*exchanged)[0] == ["cooling"]
    assert stood(*exchanged, clock=clock)[0] == ["warm"]


def test_a_leave_is_no_usual_pause() -> None:
    """Every third day until three months of leave and after it: half a year of silence is an end, not two such pauses."""
    often = [*exchange(360, 320, 3), *exchange(228, 172, 3)]
    leave = absence.Clock([(TODAY - 315, TODAY - 230)])
    assert stood(*often)[0] == ["cooling"]
    assert stood(*often, clock=leave)[0] == ["cold"]


def test_an_out_of_office_entry_stops_the_clock() -> None:
    """The calendar tells of an absence in which a few mails were written all the same."""
    clock = absence.clock(np.arange(TODAY - 300, TODAY), [(TODAY - 50, TODAY - 10)], TODAY)
    assert clock.away_between(TODAY - 60, TODAY) == 40


def test_an_owner_who_seldom_writes_is_not_away() -> None:
    """Where pauses are the rule they mean nothing."""
    clock = absence.clock(np.arange(TODAY - 600, TODAY, 45), [], TODAY)
    assert clock.away_between(TODAY - 600, TODAY) == 0


def test_a_meeting_ahead_is_not_cold() -> None:
    """Who will meet next week is not lost, and who will meet next year is not found."""
    silent = exchange(900, 270, 30)
    assert stood(*silent)[0] == ["cold"]
    assert stood(*silent, meetings=ahead(4))[0] == ["cooling"]
    assert stood(*silent, meetings=ahead(300))[0] == ["cold"]


def test_old_gold_is_dormant() -> None:
    """A mutual tie is dormant after two years, one that never was mutual is cold."""
    assert stood(*exchange(2000, 800, 30)) == (["dormant"], "mutual")
    assert stood((1000, "in"), (900, "in"))[0] == ["cold"]


def test_the_dead_are_kept_as_dormant() -> None:
    """Nobody who has died is called cold."""
    assert stood(*exchange(900, 200, 30), tie=said(died=1))[0] == ["dormant"]


def test_the_owners_cadence_beats_the_model() -> None:
    """With a cadence of a month fifty days are overdue; with a yearly one 200 are on time; “never” never nags."""
    assert stood(*exchange(300, 50, 30), tie=said(cadence=cadence.days("monthly")))[0] == ["cold"]
    assert stood(*exchange(310, 40, 30), tie=said(cadence=cadence.days("monthly")))[0] == ["cooling"]
    assert stood(*exchange(600, 200, 7), tie=said(cadence=cadence.days("yearly")))[0] == ["warm"]
    assert stood(*exchange(900, 300, 7), tie=said(cadence=cadence.days("never")))[0] == ["warm"]


def test_a_snooze_keeps_from_cold_until_it_ends() -> None:
    """While the owner wants to hear nothing, nobody is called cold for it."""
    silent = exchange(900, 270, 30)
    assert stood(*silent, tie=said(snoozed=TODAY - 2, snoozed_until=TODAY + 19))[0] == ["cooling"]
    assert stood(*silent, tie=said(snoozed=TODAY - 30, snoozed_until=TODAY - 9))[0] == ["cold"]


def test_a_snooze_is_read_as_it_is_said() -> None:
    """Three weeks, or a date."""
    made = dt.datetime(2026, 11, 2, tzinfo=dt.UTC)
    assert cadence.snoozed_until("3w", made) == dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    assert cadence.snoozed_until("2026-12-01", made) == dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    assert cadence.snoozed_until("soon", made) == made


def test_what_is_usual_for_two_is_neither_cooling_nor_cold() -> None:
    """As long as their usual pause it is warm, up to two and a half of them not cold; unusual, and half a year, it is an end."""
    days = np.array([[30.0], [55.0], [70.0], [110.0], [130.0], [185.0], [185.0]])  # seven ties, one week
    sight = warmth.Sight(
        events=np.full(days.shape, 9),
        age=np.full(days.shape, 900.0),
        silence=days,
        life=days,
        mutual=np.full(days.shape, True),
        connected=np.full(days.shape, warmth.FAR),
        probability=np.array([[0.55], [0.55], [0.55], [0.55], [0.55], [0.30], [0.30]]),
        rhythm=np.zeros(days.shape),
        pause=np.array([[50.0], [50.0], [50.0], [50.0], [50.0], [60.0], [80.0]]),
        cadence=np.zeros(days.shape),
        upcoming=np.full(days.shape, False),
        snoozed=np.full(days.shape, False),
        dead=np.full(days.shape, False),
    )
    said = [warmth.STATES[state] for state in warmth.states(sight)[:, 0]]
    assert said == ["warm", "warm", "cooling", "cooling", "cold", "cold", "warm"]


def test_nobody_flips_every_week() -> None:
    """A probability that wavers about a boundary does not waver the state."""
    wavering = np.array([[0.4, 0.51, 0.49, 0.51, 0.48, 0.44]])
    shape = wavering.shape
    sight = warmth.Sight(
        events=np.full(shape, 9),
        age=np.full(shape, 900.0),
        silence=np.full(shape, 110.0),
        life=np.full(shape, 110.0),
        mutual=np.full(shape, True),
        connected=np.full(shape, warmth.FAR),
        probability=wavering,
        rhythm=np.zeros(shape),
        pause=np.full(shape, 40.0),
        cadence=np.zeros(shape),
        upcoming=np.full(shape, False),
        snoozed=np.full(shape, False),
        dead=np.full(shape, False),
    )
    assert [warmth.STATES[state] for state in warmth.states(sight)[0]] == ["cooling", *["cold"] * 4, "cooling"]


def test_whom_one_has_just_met_is_not_cold() -> None:
    """Two mails and a first lunch three weeks ago: a model that expects no more can't make this an end."""
    lately = {days: stood((days + 2.0, "out"), (days + 1.0, "in"), (float(days), "both"))[0][-1] for days in (35, 44)}
    assert lately[35] != "cold"
    assert "cold" not in lately.values()
    assert stood((90.0, "out"), (21.0, "in"), (20.0, "both"))[0][-1] == "warm"


def test_balance_is_by_quarters() -> None:
    """A side with less than a quarter of the other's does not keep the tie up."""
    mine, theirs = np.array([4.0, 5.0, 1.0, 0.0]), np.array([1.0, 1.0, 5.0, 0.0])
    assert [balance.BALANCES[each] for each in balance.balances(mine, theirs)] == [
        "mutual",
        "i_write",
        "they_write",
        "none",
    ]


def test_a_meeting_counts_for_both_sides() -> None:
    """One lunch outweighs three mails that were not answered."""
    assert stood((200, "out"), (150, "out"), (100, "out"), (50, "both"))[1] == "mutual"


def test_balance_is_of_the_ties_last_year() -> None:
    """What was mutual long before the last twelve months of a tie does not make it mutual."""
    assert stood(*exchange(2000, 900, 20), *[(float(day), "out") for day in range(40, 400, 60)])[1] == "i_write"


def test_no_week_knows_what_came_later() -> None:
    """The state of a past week is the same whether or not what came after it is in the ledger."""
    past = exchange(700, 300, 9)
    weeks = np.array([TODAY - 7.0 * back for back in range(80, 0, -1)])
    before = stood(*past, weeks=weeks)[0]
    after = stood(*past, (100, "in"), (99, "out"), weeks=weeks)[0]
    upto = int(np.searchsorted(weeks, TODAY - 100))
    assert before[:upto] == after[:upto]
    assert before[-1] == "cold" and after[upto] == "warm"


def _mails(*days_ago: float) -> pa.Table:
    now = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
    return pa.table(
        {
            "owner": ["me"] * len(days_ago),
            "contact": ["ann"] * len(days_ago),
            "occurred_at": pa.array([now - dt.timedelta(days=ago) for ago in days_ago], pa.timestamp("us", tz="UTC")),
            "direction": ["in", "out"] * (len(days_ago) // 2) + ["in"] * (len(days_ago) % 2),
            "recipients": pa.array([1] * len(days_ago), pa.int32()),
        }
    )


def test_the_probability_rises_with_silence_and_falls_with_habit() -> None:
    """What the model says can be read aloud."""
    now = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)

    def probability(*days_ago: float) -> float:
        return float(cold_probability(_mails(*days_ago), now, 90.0)["probability"][0].as_py())

    few, silent, many = (300.0, 200.0, 20.0), (300.0, 200.0, 120.0), tuple(float(day) for day in range(300, 19, -14))
    assert probability(*many) < probability(*few) < probability(*silent)


def test_a_longer_horizon_leaves_less_silence() -> None:
    """In a year more can pass than in a week, so silence through it is less probable."""
    now = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
    mails = _mails(*(float(day) for day in range(400, 60, -20)))
    short, long = (cold_probability(mails, now, days)["probability"][0].as_py() for days in (7.0, 360.0))
    assert long < short
