"""Write a few days of somebody's calendar and mail into a real store, and judge the meetings."""

import datetime as dt
import zoneinfo
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypedDict, Unpack

import pyarrow as pa

from connectors.records import Attendee, Card, Event, Message, Page
from pipelines import judging
from pipelines.landing import MOMENT
from pipelines.settings import Owner
from pipelines.steps.moment import Moment, week_of
from pipelines.store import Store

HELD, LINE, OFF, UNKNOWN = "met_in_person", "met_remotely", "did_not_meet", "unknown"


class Details(TypedDict, total=False):
    """What an entry may have besides the usual."""

    event_key: str
    original_start: int
    recurring: bool
    created_at: int | None
    modified_at: int | None
    method: str | None
    message_key: str | None
    status: str
    transparent: bool
    kind: str
    links: tuple[str, ...]
    private: bool
    note: str


class Friend(NamedTuple):
    """A contact of the life: on a card, and written to and fro a month before its last day."""

    name: str
    address: str
    organization: str = ""
    phone: str = ""
    silent: bool = False


class Judgement(NamedTuple):
    """What was concluded of one meeting."""

    name: str
    verdict: str
    probability: float
    reasons: tuple[str, ...]
    asks: bool


@dataclass
class Life:
    """An owner with a zone; `end` is the moment that is judged as of, on the owner's wall clock (2026-11-20)."""

    name: str = "Dana Reyes"
    address: str = "dana@example.org"
    private: str = "dana@home.example"
    zone: str = "Europe/Berlin"
    end: str = "2026-11-30"
    friends: list[Friend] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    mails: list[Message] = field(default_factory=list)
    truth: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def micros(self, at: str) -> int:
        """A moment of the owner's wall clock, as records have it."""
        moment = dt.datetime.fromisoformat(at).replace(tzinfo=zoneinfo.ZoneInfo(self.zone))
        return int(moment.timestamp()) * 1_000_000

    def friend(
        self, name: str, address: str = "", organization: str = "", phone: str = "", *, silent: bool = False
    ) -> Friend:
        """A new contact."""
        address = address or f"{len(self.friends)}@friends.example"
        self.friends.append(Friend(name, address, organization, phone, silent))
        return self.friends[-1]

    def event(
        self,
        title: str,
        at: str,
        guests: "dict[Friend | str, str] | None" = None,
        place: str = "",
        minutes: int = 60,
        *,
        text: str = "",
        mine: str = "accepted",
        host: "Friend | None" = None,
        calendar: str = "Work",
        days: int = 0,
        listed: bool = True,
        uid: str = "",
        **more: Unpack[Details],
    ) -> Event:
        """An entry at a wall clock's time (`2026-11-12 09:00`). `guests` are contacts, or addresses, with their answers;
        `days` makes it one of whole days."""
        starts = self.micros(at)
        ends = (
            self.micros(f"{dt.date.fromisoformat(at) + dt.timedelta(days=days)}")
            if days
            else starts + minutes * 60_000_000
        )
        people = [self._guest(who, status) for who, status in (guests or {}).items()]
        if people and listed:
            people.append(Attendee(self.address, self.name, mine, "individual", False))
        number = uid or f"{len(self.events)}@calendar.example"
        key = f"{number}/{dt.datetime.fromtimestamp(starts / 1e6, dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
        organizer = host.address if host else self.address if people else ""
        entry = Event(
            place=calendar,
            key=f"{key} {more.get('method', '')}{more.get('message_key', '')}",
            event_key=key,
            uid=number,
            original_start=starts,
            starts_at=starts,
            ends_at=ends,
            all_day=bool(days),
            timezone=self.zone,
            title=title,
            description=text,
            location=place,
            status="confirmed",
            transparent=False,
            private=False,
            organizer=organizer,
            organizer_name="",
            attendees=tuple(people),
            links=(),
            categories=(),
            kind="default",
            recurring=False,
            created_at=starts - 9 * 86_400_000_000,
            modified_at=starts - 9 * 86_400_000_000,
            calendar=calendar,
            method=None,
            message_key=None,
            note="",
        )
        self.events.append(entry._replace(**more))
        return self.events[-1]

    def _guest(self, who: "Friend | str", status: str) -> Attendee:
        if isinstance(who, Friend):
            return Attendee(who.address, who.name, status, "individual", False)
        name, _, address = who.rpartition(" ")
        return Attendee(address.strip("<>"), name, status, "room" if name.startswith("Room") else "individual", False)

    def mail(
        self,
        who: "Friend | str",
        subject: str,
        at: str,
        *,
        out: bool = False,
        also: tuple[Friend, ...] = (),
        marks: tuple[str, ...] = (),
    ) -> str:
        """A mail from a contact to the owner, or `out`; returns its key."""
        who = self.called(who) if isinstance(who, str) else who
        key = f"{len(self.mails)}@mail.example"
        sender, name, to = (self.address, self.name, [who.address]) if out else (who.address, who.name, [self.address])
        to += [one.address for one in also]
        at_micros = self.micros(at)
        self.mails.append(
            Message(
                place="All",
                key=key,
                message_key=key,
                message_id=key,
                sent_at=at_micros,
                received_at=at_micros,
                time_note=None,
                subject=subject,
                sender=sender,
                sender_name=name,
                reply_to="",
                to_addresses=tuple(to),
                to_names=("",) * len(to),
                cc_addresses=(),
                cc_names=(),
                bcc_addresses=(),
                in_reply_to=None,
                marks=marks,
            )
        )
        return key

    def meet(
        self,
        verdict: str | None,
        who: str,
        title: str,
        at: str,
        place: str = "",
        answer: str = "accepted",
        text: str = "",
        **more: Unpack[Details],
    ) -> Event:
        """A meeting of two with what is true of it."""
        self.truth[who, title] = verdict
        return self.event(title, at, {self.called(who): answer}, place, text=text, **more)

    def note(
        self, verdict: str | None, who: str, title: str, at: str, place: str = "", calendar: str = "Work", days: int = 0
    ) -> Event:
        """An entry without guests with what is true of it; None: it is no meeting with them."""
        self.truth[who, title] = verdict
        return self.event(title, at, None, place, calendar=calendar, days=days)

    def called(self, name: str) -> Friend:
        """The contact of this name."""
        return next(one for one in self.friends if one.name == name)

    def misjudged(self, folder: Path) -> dict[tuple[str, str], object]:
        """What was concluded otherwise than it is true, with its reasons."""
        found = self.judged(folder)
        wrong: dict[tuple[str, str], object] = {}
        for key in found.keys() | self.truth.keys():
            verdict = found[key].verdict if key in found else None
            if verdict != self.truth.get(key):
                wrong[key] = found.get(key)
        return wrong

    def judged(self, folder: Path, said: dict[str, str] | None = None) -> dict[tuple[str, str], Judgement]:
        """Everything judged: by (name, title). `said` are the owner's words by event_key."""
        rows = self.rows(folder, said)
        return {(str(row["name"]), str(row["title"])): _judgement(row) for row in rows}

    def rows(self, folder: Path, said: dict[str, str] | None = None) -> list[dict[str, object]]:
        """The rows of `meetings`, each with its contact's name."""
        store = Store(folder / "life.duckdb")
        try:
            store.save(
                "files",
                Page("1", messages=[*self.mails, *self._greetings()], events=self.events, cards=self._cards()),
                dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
            )
            _say(store, said or {})
            as_of = dt.datetime.fromisoformat(self.end).replace(tzinfo=zoneinfo.ZoneInfo(self.zone)).astimezone(dt.UTC)
            owner = Owner(
                key="dana", name=self.name, addresses=(self.address, self.private), timezone=self.zone, source={}
            )
            moment = Moment(as_of, self.zone, self.name, week_of(as_of - dt.timedelta(hours=1), self.zone))
            judging.stand(store, owner, moment)
            for step in ("contacts", "interactions", "meetings"):
                judging.step(store, step, moment)
            names = {row["contact_id"]: row["name"] for row in store.rows("contacts")}
            return [row | {"name": names[row["contact_id"]]} for row in store.rows("meetings")]
        finally:
            store.close()

    def _greetings(self) -> list[Message]:
        kept = list(self.mails)
        self.mails = []
        day = dt.date.fromisoformat(self.end[:10]) - dt.timedelta(days=60)
        for one in self.friends:
            if not one.silent:
                self.mail(one, "Hello", f"{day} 10:00", out=True)
                self.mail(one, "Re: Hello", f"{day} 11:00")
        found = [
            one._replace(key=f"greeting {one.key}", message_key=f"greeting {one.key}", message_id=f"greeting {one.key}")
            for one in self.mails
        ]
        self.mails = kept
        return found

    def _cards(self) -> list[Card]:
        return [
            Card(
                place="cards",
                key=str(number),
                name=one.name,
                given="",
                family="",
                nicknames=(),
                organization=one.organization,
                title="",
                emails=(one.address,),
                phones=(one.phone,) if one.phone else (),
                profiles=(),
                kind="individual",
                members=(),
                tags=(),
                connected_at=None,
                died_on=None,
                form="vcard",
            )
            for number, one in enumerate(self.friends)
        ]


def _say(store: Store, said: dict[str, str]) -> None:
    count = len(said)
    columns = {
        "correction_id": list(said),
        "kind": ["met"] * count,
        "subject": list(said),
        "value": list(said.values()),
        "origin": ["command"] * count,
    }
    made = pa.array([dt.datetime(2026, 1, 1, tzinfo=dt.UTC)] * count, MOMENT)
    store.append(
        "corrections",
        pa.table({**{name: pa.array(column, pa.string()) for name, column in columns.items()}, "made_at": made}),
    )


def _judgement(row: dict[str, object]) -> Judgement:
    evidence = row["evidence"]
    assert isinstance(evidence, list)
    return Judgement(
        str(row["name"]),
        str(row["verdict"]),
        float(str(row["probability"])),
        tuple(one["reason"] for one in evidence),
        bool(row["asks"]),
    )
