"""Made-up facts for the report's tests."""

import datetime as dt
import zoneinfo
from dataclasses import replace

from reports.facts import Beat, Covered, Facts, Held, MonthMet, NewAddress, Owed, Spam, Tie, WeekCount

ZONE = "America/New_York"
END = dt.datetime(2026, 11, 16, 5, 0, tzinfo=dt.UTC)  # Monday's midnight in New York, the end of 2026-W46
NOTHING = Facts(owner="Dana Reyes", week="2026-W46", zone=ZONE, ends_at=END, made_at=END + dt.timedelta(hours=7))
READ = Covered(
    source="work",
    kind="imap",
    read_at=END + dt.timedelta(hours=1),
    error=None,
    oldest_item_at=dt.datetime(2019, 1, 7, 15, tzinfo=dt.UTC),
    newest_item_at=END - dt.timedelta(hours=5),
    items=12_345,
    rejects=0,
    note="",
)


def at(day: int, hour: int = 12, month: int = 11, year: int = 2026) -> dt.datetime:
    """A moment on the owner's clock."""
    return dt.datetime(year, month, day, hour, tzinfo=zoneinfo.ZoneInfo(ZONE)).astimezone(dt.UTC)


def tie(name: str, state: str, *earlier: str, **more: object) -> Tie:
    """A tie in this state; the states before it are `earlier`, newest first, and then the last of them for ever."""
    states = (*earlier, *[(earlier or (state,))[-1]] * 33)[:33]
    plain = Tie(
        contact_id=name.lower().replace(" ", "-"),
        name=name,
        organization="",
        collected_from="work",
        state=state,
        earlier_states=states,
        balance="mutual",
        reason=f"Silent for 74 days; you and {name} are usually in touch every 12 days.",
        silence_days=74,
        cold_probability=0.6,
        last_interaction_at=at(2, month=9),
        last_received_at=at(2, month=9),
        last_subject="Lunch?",
        last_subject_at=at(2, month=9),
        sent=10.0,
        received=10.0,
        together=2.0,
        connected_at=None,
        meets_next_at=None,
        died=False,
        beats=(Beat(12, 2, 1, 0), Beat(30, 1, 1, 1)),
    )
    return replace(plain, **more)  # type: ignore[arg-type]  # fields of Tie


def stranger(name: str, **more: object) -> Tie:
    """Someone with whom nothing ever passed."""
    nothing: dict[str, object] = {
        "last_interaction_at": None,
        "last_received_at": None,
        "last_subject": "",
        "last_subject_at": None,
        "sent": 0.0,
        "received": 0.0,
        "together": 0.0,
        "silence_days": None,
        "cold_probability": None,
        "balance": "none",
        "beats": (),
        "reason": "Nothing has passed between you yet.",
    }
    return tie(name, "never", **(nothing | more))


def held(name: str, verdict: str, starts_at: dt.datetime, title: str = "Lunch", **more: object) -> Held:
    """A meeting of an hour with one person."""
    plain = Held(
        contact_id=name.lower().replace(" ", "-"),
        name=name,
        died=False,
        event_key=f"{title}@example.org/{starts_at:%Y-%m-%dT%H:%M:%SZ}",
        title=title,
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=1),
        verdict=verdict,
        probability=0.9,
        evidence=("Its place is “Café Luna”.", "You both accepted."),
    )
    return replace(plain, **more)  # type: ignore[arg-type]  # fields of Held


def owed(name: str, since: dt.datetime, answered_at: dt.datetime | None = None, subject: str = "A question") -> Owed:
    """A mail to the owner alone."""
    return Owed(name.lower().replace(" ", "-"), name, False, subject, "email", since, answered_at)


FULL = replace(
    NOTHING,
    ties=(
        tie("Ana Weber", "cold", "cooling", "cooling", "warm", organization="Weber & Söhne <GmbH>"),
        tie("Bo Li", "cooling", "warm", sent=40.0, received=30.0),
        tie("Chen Wei", "warm", "dormant", reason="You were last in touch on 12 November, 3 days ago."),
        tie(
            "Dora Quist", "dormant", "dormant", sent=90.0, received=80.0, reason="Silent for 3 years, since 2 May 2023."
        ),
        tie("Eli Roth", "warm", "warm"),
        tie("Finn Dead", "cold", "warm", died=True),
        stranger("Gil Novak", connected_at=at(6), collected_from="linkedin"),
        stranger("Hana Card"),
    ),
    meetings=(
        held("Ana Weber", "met_in_person", at(10)),
        held("Bo Li", "met_in_person", at(10)),
        held("Eli Roth", "met_remotely", at(11, 9), "Call", evidence=("It has a conference link (meet.example.org).",)),
        held("Chen Wei", "did_not_meet", at(12), "Coffee", evidence=("Chen Wei declined on 11 November.",)),
        held("Eli Roth", "unknown", at(13), "Catch-up", evidence=("Nothing says where it was.",)),
        held("Eli Roth", "met_in_person", at(4), "Walk"),
        held("Bo Li", "upcoming", at(19), "Dinner"),
        held("Finn Dead", "upcoming", at(20), "Birthday", died=True),
    ),
    owed=(owed("Eli Roth", at(3)), owed("Bo Li", at(1, month=10), at(20, month=10)), owed("Chen Wei", at(15))),
    spam=(Spam("hana-card", "Hana Card", "Invoice <b>", at(3)),),
    new_addresses=(NewAddress("eli-roth", "Eli Roth", "eli@new.example.org", "eli@old.example.org", at(9)),),
    covered=(
        READ,
        replace(READ, source="calendar", kind="caldav", items=1, rejects=2, note="Private entries are not seen."),
    ),
    year_weeks=tuple(
        WeekCount(f"2026-W{number:02d}", 10 + number % 7, number % 5, 20 - number % 3) for number in range(1, 47)
    ),
    year_met=(MonthMet("eli-roth", "Eli Roth", "2026-11", 1, 1), MonthMet("ana-weber", "Ana Weber", "2025-12", 0, 3)),
)
