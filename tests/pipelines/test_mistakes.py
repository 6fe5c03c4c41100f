"""The mistakes that others make, each as a promise: files and servers in, ordinary pull and judgement, and what is held then."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.dovecot import Dovecot
from pipelines import judging, pulling, reporting
from pipelines.home import Home
from pipelines.settings import load
from pipelines.store import opened
from tests.pipelines import homes
from tests.servers import logged_in, needs_dovecot

WEEK, AFTER = "2026-W46", dt.datetime(2026, 11, 16, 7, tzinfo=dt.UTC)
ME, ANN, BEN = "dana@example.org", "ann@example.org", "ben@example.org"


def mail(key: str, sender: str, to: str, day: str, name: str = "", cc: str = "") -> str:
    """A mail as a file by itself, of noon on a day such as `10 Nov 2026`."""
    author = f"{name} <{sender}>" if name else sender
    copied = f"Cc: {cc}\n" if cc else ""
    return f"From: {author}\nTo: {to}\n{copied}Subject: Hello\nDate: {day} 12:00:00 +0000\nMessage-ID: <{key}@example.org>\n\nHi\n"


def entry(uid: str, day: str, mine: str = "ACCEPTED", hers: str = "ACCEPTED", more: str = "") -> str:
    """A lunch with Ann at a café on a day such as 20261112, with both answers."""
    return (
        f"BEGIN:VEVENT\nUID:{uid}@example.org\nDTSTART:{day}T170000Z\nDTEND:{day}T180000Z\nSUMMARY:Lunch\n"
        f"LOCATION:Blue Door, 12 Main Street\nORGANIZER:mailto:{ME}\nATTENDEE;PARTSTAT={mine}:mailto:{ME}\n"
        f"ATTENDEE;PARTSTAT={hers}:mailto:{ANN}\n{more}END:VEVENT\n"
    )


def calendar(*entries: str) -> str:
    """A calendar of these."""
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{''.join(entries)}END:VCALENDAR\n"


class Desk:
    """Dana's home. Whatever is laid into its inbox is pulled and judged for the week."""

    def __init__(self, folder: Path, more: str = "") -> None:
        self.home = Home(homes.made(folder, homes.OWNER + homes.FILES + more, {"cards.vcf": homes.ANN_AND_BEN}))
        self.owner = load(self.home.settings).owner["dana"]
        self.tables: dict[str, list[dict[str, object]]] = {}
        self.report: dict[str, object] = {}
        self.text = ""

    def lay(self, **files: str) -> "Desk":
        """Lay files down (or others in their place), pull, judge, report."""
        for name, text in files.items():
            (self.home.inbox / name).write_text(text, encoding="utf-8")
        with opened(self.home.store("dana"), 5.0) as store:
            pulling.pull_all(store, self.home, self.owner, lambda: AFTER)
            moment = judging.moment_of(self.owner, WEEK)
            judging.judge(store, self.owner, moment)
            judging.made(store, moment)
            composed = reporting.make(store, self.home, self.owner, WEEK, AFTER)
            self.tables = {
                name: store.rows(name)
                for name in ("contacts", "relationships", "interactions", "meetings", "messages", "correspondents")
            }
        self.report, self.text = json.loads(composed.json), " ".join(composed.text.split())
        return self

    def id_of(self, name: str) -> str:
        """A contact's number."""
        (found,) = [str(row["contact_id"]) for row in self.tables["contacts"] if row["name"] == name]
        return found

    def standing(self, name: str) -> dict[str, object]:
        """A contact's row at the end of the week."""
        return next(
            row for row in self.tables["relationships"] if (row["contact_id"], row["week"]) == (self.id_of(name), WEEK)
        )

    def day(self, name: str, what: str) -> str | None:
        """The day of one of a contact's lasts: last_sent_at and so on."""
        at = self.standing(name)[what]
        return f"{at:%d %b}" if isinstance(at, dt.datetime) else None

    def verdicts(self) -> list[object]:
        """Of all meetings with Ann, in order."""
        rows = [row for row in self.tables["meetings"] if row["contact_id"] == self.id_of("Ann Abel")]
        return [row["verdict"] for row in sorted(rows, key=lambda row: str(row["starts_at"]))]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_older_mail_that_is_read_later_moves_no_last_contact_back(desk: Desk) -> None:
    """Whatever is imported afterwards, the last mail stays the last."""
    desk.lay(new=mail("1", ANN, ME, "10 Nov 2026"), mine=mail("2", ME, ANN, "9 Nov 2026"))
    before = desk.standing("Ann Abel")
    desk.lay(old=mail("3", ANN, ME, "3 Mar 2026"), older=mail("4", ME, ANN, "2 Mar 2026"))
    lasts = ("last_interaction_at", "last_sent_at", "last_received_at", "silence_days")
    assert [desk.standing("Ann Abel")[name] for name in lasts] == [before[name] for name in lasts]
    assert desk.day("Ann Abel", "last_interaction_at") == "10 Nov"
    assert len(desk.tables["interactions"]) == 4


def test_a_cancellation_moves_the_last_contact_back(desk: Desk) -> None:
    """A lunch that is cancelled afterwards never was, and the mail before it is the last contact again."""
    desk.lay(old=mail("1", ANN, ME, "3 Mar 2026"), calendar=calendar(entry("a", "20261112")))
    assert desk.day("Ann Abel", "last_met_in_person_at") == desk.day("Ann Abel", "last_interaction_at") == "12 Nov"
    desk.lay(calendar=calendar(entry("a", "20261112", more="STATUS:CANCELLED\n")))
    assert desk.verdicts() == ["did_not_meet"]
    assert desk.day("Ann Abel", "last_met_in_person_at") is None
    assert desk.day("Ann Abel", "last_interaction_at") == "03 Mar"


def test_what_is_to_come_or_was_declined_by_either_is_no_contact(desk: Desk) -> None:
    """A lunch next week, one that the owner declined, one that the guest declined: the guest's answer counts as well."""
    desk.lay(
        calendar=calendar(
            entry("a", "20261110", mine="DECLINED"), entry("b", "20261111", hers="DECLINED"), entry("c", "20261118")
        )
    )
    assert desk.verdicts() == ["did_not_meet", "did_not_meet", "upcoming"]
    assert desk.day("Ann Abel", "last_interaction_at") is None
    assert [row for row in desk.tables["interactions"] if row["weight"]] == []


def test_being_copied_is_no_sign_of_life_and_every_recipient_is_credited(desk: Desk) -> None:
    """What Ben writes with Ann in copy is Ben's alone; what Dana writes to both goes to both."""
    desk.lay(copied=mail("1", BEN, ME, "10 Nov 2026", cc=ANN))
    assert (desk.day("Ben Bright", "last_received_at"), desk.day("Ann Abel", "last_received_at")) == ("10 Nov", None)
    assert desk.standing("Ann Abel")["state"] == "never"
    desk.lay(both=mail("2", ME, f"x@example.org, {ANN}, {BEN}", "11 Nov 2026"))
    assert desk.day("Ben Bright", "last_sent_at") == desk.day("Ann Abel", "last_sent_at") == "11 Nov"


def test_a_series_counts_for_each_of_its_occurrences(desk: Desk) -> None:
    """Every week for ten weeks, but for one that was taken out and one that was cancelled by itself."""
    series = entry("a", "20260903", more="RRULE:FREQ=WEEKLY;COUNT=10\nEXDATE:20260910T170000Z\n")
    off = entry("a", "20260917", more="RECURRENCE-ID:20260917T170000Z\nSTATUS:CANCELLED\n")
    desk.lay(calendar=calendar(series, off))
    held = ["met_in_person", "did_not_meet", "did_not_meet", *["met_in_person"] * 7]
    assert desk.verdicts() == held
    counted = [row for row in desk.tables["interactions"] if row["channel"] == "meeting" and row["weight"]]
    assert len(counted) == held.count("met_in_person")


def test_what_had_many_guests_is_told_and_not_dropped(desk: Desk) -> None:
    """Thirty at one table: each has a row that says that nobody can tell, and the mail to forty stays with its reason."""
    crowd = "".join(f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:p{number}@example.org\n" for number in range(30))
    many = ", ".join([ANN, *(f"p{number}@example.org" for number in range(39))])
    desk.lay(calendar=calendar(entry("a", "20261112", more=crowd)), card=mail("1", ME, many, "10 Nov 2026"))
    assert desk.verdicts() == ["unknown"]
    (row,) = [row for row in desk.tables["interactions"] if row["channel"] == "email"]
    assert (row["weight"], bool(row["exclusion"])) == (0.0, True)


def test_people_never_written_to_are_not_hidden(desk: Desk) -> None:
    """They have no date to sort by, and stand in the table and in the report."""
    desk.lay(new=mail("1", ANN, ME, "10 Nov 2026"))
    assert desk.standing("Ben Bright")["state"] == "never"
    assert "Ben Bright — In your address book; nothing has passed between you." in desk.text


def test_an_import_from_linkedin_is_no_contact(desk: Desk) -> None:
    """The day of the connection is the day of the connection: for a while the tie is new, with no last contact."""
    head = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    rows = "Carla,Cole,https://www.linkedin.com/in/carla-cole,carla@example.org,Acme,Cook,{0}\n"
    desk.lay(connections=head + rows.format("10 Nov 2026"))
    carla = desk.standing("Carla Cole")
    assert (carla["state"], carla["last_interaction_at"], carla["silence_days"]) == ("new", None, None)
    desk.lay(connections=head + rows.format("10 Nov 2020"))
    carla = desk.standing("Carla Cole")
    assert (carla["state"], carla["last_interaction_at"], carla["balance"]) == ("never", None, "none")
    assert desk.tables["interactions"] == []


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Marketing Maria", "marketing.maria@example.org"),
        ("Bo Li", "bo@qq.com"),
        ("Newsom Bulk", "bulk.newsom@gmail.com"),
        ("Alertina Notify-Reyes", "alertina@example.org"),
        ("Joy", "j@example.org"),
    ],
)
def test_no_list_of_words_blocks_a_real_person(desk: Desk, name: str, address: str) -> None:
    """Whoever is written to and answers is a contact, whatever the name holds, and however free the mail is."""
    answer = mail("2", address, ME, "11 Nov 2026", name).replace("\nSubject", "\nIn-Reply-To: <1@example.org>\nSubject")
    desk.lay(asked=mail("1", ME, f"{name} <{address}>", "10 Nov 2026"), answer=answer)
    assert desk.day(name, "last_received_at") == "11 Nov"
    assert desk.standing(name)["balance"] == "mutual"


def test_twenty_who_wait_are_one_mail_with_a_few_names_first(desk: Desk) -> None:
    """Not one mail for each, nor all at once; sent a second time it goes to nobody; a button snoozes."""
    names = [
        f"{first} {last}" for first in ("Ada", "Bea", "Cleo", "Dot", "Eve") for last in ("Oak", "Elm", "Ash", "Yew")
    ]
    cards, box = "", ""
    for number, name in enumerate(names):
        address = f"{name.replace(' ', '.').lower()}@example.org"
        cards += f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nEMAIL:{address}\nEND:VCARD\n"
        for month in ("Jun", "Jul", "Aug", "Sep"):
            for key, people in (("a", (ME, address)), ("b", (address, ME))):
                box += f"From x Tue Nov  3 12:00:00 2026\n{mail(f'{number}{month}{key}', *people, f'1 {month} 2026')}\n"
    desk.lay(people=cards, box=box)
    with opened(desk.home.store("dana"), 5.0) as store:
        for _ in range(2):
            reporting.send(store, desk.home, desk.owner, WEEK, AFTER)
        (made,) = store.rows("reports")
    assert len(list(desk.home.outbox.iterdir())) == 1
    assert "20 replies owed" in desk.text
    named = [name for name in names if name in desk.text]
    first = [name for name in names if name in desk.text.partition("Replies you owe")[0]]
    assert 0 < len(first) <= 7 < len(named) < 20
    assert "snooze" in str(made["mail"])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Dovecot]:
    with Dovecot(tmp_path / "server") as running:
        yield running


@needs_dovecot
def test_mail_that_is_numbered_afresh_is_neither_lost_nor_counted_twice(server: Dovecot, tmp_path: Path) -> None:
    """The server forgets its UIDVALIDITY: the same ledger as before, with what came meanwhile, in the store itself. And
    before there was any, the report did not take an empty mailbox for silence."""
    letters = [
        mail(f"{number}", ANN, ME, f"{number} Nov 2026").replace("\n", "\r\n").encode() for number in range(1, 9)
    ]
    (tmp_path / "password").write_text("secret", encoding="utf-8")
    (tmp_path / "password").chmod(0o600)
    source = (
        f'[owner.dana.source.mail]\nkind = "imap"\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\n'
        f'user = "dana"\nsecret = "file:{tmp_path}/password"\n'
    )
    desk = Desk(tmp_path / "home", source)
    desk.lay()
    assert "! Mail was read, and nothing was found in it: what looks like silence may be ours." in desk.text
    with logged_in(server) as client:
        client.create_folder("Kept")
        for letter in letters[:6]:
            client.append("Kept", letter)
        desk.lay()
        before = desk.tables["interactions"]
        assert len(before) == 6
        client.delete_folder("Kept")
        client.create_folder("Kept")
        for letter in letters[:7]:
            client.append("Kept", letter)
    desk.lay()
    after = desk.tables["interactions"]
    assert [row for row in after if row["reference"] != "7@example.org"] == before
    assert len(after) == 7
    with opened(desk.home.store("dana"), 5.0) as store:
        assert store.count("landed_messages") == 7
