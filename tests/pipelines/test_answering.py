"""Which mails count as the owner's answers, and that each counts once."""

import base64
import datetime as dt
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines import answering, pulling, reporting
from pipelines.home import Home
from pipelines.settings import Owner, load
from pipelines.store import Store, opened
from pipelines.store_erasure import Person, pattern
from reports.answers import Ask
from reports.weekly_report import Offered
from tests.pipelines.one_meeting import CARD, EVENT
from tests.reports import mail_program

ME = "dana@example.org"
WEEK = "2026-W46"
MONDAY = dt.datetime(2026, 11, 16, 7, tzinfo=dt.UTC)
ASKS = (Ask("met-yes", "lunch@example.org/1"), Ask("met-no", "lunch@example.org/1"), Ask("snooze", "c1"))
SETTINGS = f"""
[owner.dana]
name = "Dana Reyes"
addresses = ["{ME}", "dana.reyes@example.com"]
timezone = "Europe/Dublin"
[owner.dana.source.files]
kind = "folder"
path = "inbox"
"""


class Desk:
    """Dana's home with a report whose buttons are known, and the mails that she drops into inbox/."""

    def __init__(self, folder: Path, store: Store, owner: Owner) -> None:
        self.place, self.store, self.owner = Home(folder), store, owner
        link = answering.offers(self.place, owner, WEEK, "Just send this.")
        self.links = {ask.action: link(ask) for ask in ASKS}
        self.issue()

    def issue(self) -> None:
        answering.issue(self.store, self.place, self.owner, WEEK, [Offered(ASKS, ("c1",), "Lunch with Ann Abel")])

    def drop(self, name: str, mail: bytes) -> None:
        self.place.inbox.joinpath(name).parent.mkdir(exist_ok=True)
        self.place.inbox.joinpath(name).write_bytes(mail)

    def pull(self) -> list[tuple[object, object, object]]:
        """Pull, and tell all corrections."""
        pulling.pull_all(self.store, self.place, self.owner, lambda: MONDAY + dt.timedelta(days=1))
        return [(row["kind"], row["subject"], row["value"]) for row in self.store.rows("corrections")]

    def outcomes(self) -> list[str]:
        return sorted(str(row["outcome"]) for row in self.store.rows("answers"))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A home whose report has three buttons."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    with opened(tmp_path / "store" / "dana.duckdb", 5.0) as store:
        yield Desk(tmp_path, store, load(tmp_path / "settings.toml").owner["dana"])


MET = ("met", "lunch@example.org/1", "yes")


def test_an_answer_is_recorded_once(desk: Desk) -> None:
    """The same mail in the sent folder, in the inbox and in an export is one answer, however often it is read."""
    mail = mail_program.answer(desk.links["met-yes"], f"Dana <{ME}>", MONDAY)
    desk.drop("sent.eml", mail)
    assert desk.pull() == [MET]
    desk.drop("inbox.eml", b"Received: from here; Mon, 16 Nov 2026 07:00:01 +0000\r\n" + mail)
    assert desk.pull() == [MET]
    assert desk.outcomes() == ["recorded"]


def test_an_answer_can_be_typed_from_the_plain_text(desk: Desk) -> None:
    """Where a mail program shows no buttons: the word and what stands behind the sign, in a mail to oneself."""
    desk.drop("card.vcf", CARD.encode())
    desk.drop("talk.ics", EVENT.encode())
    desk.pull()
    composed = reporting.make(desk.store, desk.place, desk.owner, WEEK, MONDAY)
    said = composed.mail_text.replace("\n", " ")
    [answer] = re.findall(r"[>·] (met-yes \w+)", composed.mail_text)
    assert f"send yourself ({ME}) a mail whose subject is “coldcoffee”" in " ".join(said.split())
    assert max(map(len, composed.mail_text.splitlines())) <= 78
    assert "met-yes" not in composed.text  # on a terminal one can answer by a command
    mail = f"From: {ME}\r\nTo: {ME}\r\nDate: Mon, 16 Nov 2026 08:00:00 +0000\r\nSubject: coldcoffee {answer}\r\n\r\n"
    desk.drop("typed.eml", mail.encode())
    assert desk.pull() == [("met", "talk@example.org/2026-11-12T15:00:00Z", "yes")]


@pytest.mark.parametrize("sender", ["DANA@example.org", "dana.reyes@example.com", "Dana <dana+coffee@example.org>"])
def test_all_of_the_owners_addresses_may_answer(desk: Desk, sender: str) -> None:
    """Whichever account the mail program happens to use."""
    desk.drop("a.eml", mail_program.answer(desk.links["met-yes"], sender, MONDAY))
    assert desk.pull() == [MET]


@pytest.mark.parametrize(
    "form", ["Subject: =?utf-8?B?{base64}?=", "Subject:\r\n {folded}", "SUBJECT: =?us-ascii?Q?{quoted}?="]
)
def test_subjects_may_be_folded_and_encoded(desk: Desk, form: str) -> None:
    """As mail programs and relays do (RFC 2047, RFC 5322 2.2.3)."""
    mail = mail_program.answer(desk.links["met-yes"], ME, MONDAY)
    plain = next(line for line in mail.decode().split("\r\n") if line.startswith("Subject: "))
    subject = plain.removeprefix("Subject: ")
    written = form.format(
        base64=base64.b64encode(subject.encode()).decode(),
        folded=subject.replace(" ", "\r\n "),
        quoted=subject.replace(" ", "_"),
    )
    desk.drop("a.eml", mail.replace(plain.encode(), written.encode()))
    assert desk.pull() == [MET]


def test_a_strangers_mail_does_nothing(desk: Desk) -> None:
    """Whoever was sent the report can't answer in the owner's name, and the owner still can."""
    desk.drop("a.eml", mail_program.answer(desk.links["met-yes"], "eve@example.net", MONDAY))
    assert (desk.pull(), desk.outcomes()) == ([], ["stranger"])
    desk.drop("b.eml", mail_program.answer(desk.links["met-yes"], ME, MONDAY, 2))
    assert (desk.pull(), desk.outcomes()) == ([MET], ["recorded", "stranger"])


RECEIVED = b"Received: from mail.example.net by mail.example.org; Mon, 16 Nov 2026 07:00:01 +0000\r\n"


@pytest.mark.parametrize("place", ["inbox.eml", "Inbox", "2026/a.eml", "Trash"])
def test_a_mail_that_only_came_in_does_nothing(desk: Desk, place: str) -> None:
    """Who was sent the report may write the owner's address into From; into their sent mail nobody else can write. Once
    the copy that was sent is found, the same mail counts."""
    mail = mail_program.answer(desk.links["met-yes"], ME, MONDAY)
    box = b"" if place.endswith(".eml") else b"From dana@example.org Mon Nov 16 07:00:00 2026\n"
    desk.drop(place, box + RECEIVED + mail)
    assert (desk.pull(), desk.outcomes()) == ([], ["unsent"])
    desk.drop("kept/Sent", b"From dana@example.org Mon Nov 16 07:00:00 2026\n" + mail)
    assert (desk.pull(), desk.outcomes()) == ([MET], ["recorded"])


def test_sent_mail_counts_though_a_server_delivered_it(desk: Desk) -> None:
    """A folder of sent mail, and Gmail's label in an export, tell more than the header does."""
    by_label = mail_program.answer(desk.links["snooze"], ME, MONDAY, 2)
    desk.drop("Sent.eml", RECEIVED + mail_program.answer(desk.links["met-yes"], ME, MONDAY))
    desk.drop("all.eml", b"X-Gmail-Labels: Inbox,Sent\r\n" + RECEIVED + by_label)
    assert (desk.pull(), desk.outcomes()) == (
        [MET, ("snooze", "c1", "2026-12-16")],
        ["recorded", "recorded"],
    )


def test_the_id_of_a_mail_that_was_sent_helps_no_forger(desk: Desk) -> None:
    """It is known to whom it was sent; the mail that bears it among the sent ones says something else."""
    forged = mail_program.answer(desk.links["met-yes"], ME, MONDAY)
    sent = forged.replace(b"Subject: coldcoffee", b"Subject: About")
    desk.drop("Sent.eml", sent)
    desk.drop("inbox.eml", RECEIVED + forged)
    assert (desk.pull(), desk.outcomes()) == ([], ["unsent"])


def test_a_wrong_token_does_nothing(desk: Desk) -> None:
    """Neither one that was made up, nor a right one under another action."""
    made_up = desk.links["met-yes"].replace(desk.links["met-yes"].split("%20")[2].split("&")[0], "A" * 16)
    desk.drop("a.eml", mail_program.answer(made_up, ME, MONDAY, 1))
    desk.drop("b.eml", mail_program.answer(desk.links["met-yes"].replace("met-yes", "met-no"), ME, MONDAY, 2))
    assert (desk.pull(), desk.outcomes()) == ([], ["unknown", "unknown"])


def test_a_replayed_token_does_nothing(desk: Desk) -> None:
    """Yes, no, and the first mail's token once more: the last word that counts is no."""
    for number, action in enumerate(("met-yes", "met-no", "met-yes"), 1):
        desk.drop(
            f"{number}.eml", mail_program.answer(desk.links[action], ME, MONDAY + dt.timedelta(hours=number), number)
        )
    assert desk.pull() == [MET, ("met", "lunch@example.org/1", "no")]
    assert desk.outcomes() == ["recorded", "recorded", "repeated"]


def test_a_draft_is_no_answer_yet(desk: Desk) -> None:
    """What was clicked and not sent says nothing."""
    mail = mail_program.answer(desk.links["met-yes"], ME, MONDAY)
    desk.drop("Drafts", b"From dana@example.org Mon Nov 16 07:00:00 2026\n" + mail.replace(b"\r\n", b"\n") + b"\n")
    assert (desk.pull(), desk.outcomes()) == ([], [])
    desk.drop("sent.eml", mail)
    assert desk.pull() == [MET]


def test_an_answer_outlives_its_mail_and_its_report(desk: Desk) -> None:
    """A mail that was deleted, and a report that was made again, take nothing back."""
    desk.drop("a.eml", mail_program.answer(desk.links["snooze"], ME, MONDAY))
    assert desk.pull() == [("snooze", "c1", "2026-12-16")]
    (desk.place.inbox / "a.eml").unlink()
    desk.issue()
    assert desk.pull() == [("snooze", "c1", "2026-12-16")]


def test_a_new_store_understands_old_buttons(desk: Desk) -> None:
    """Tokens follow from the key in the home folder: once the week's report is made again, its answers are recorded."""
    desk.store.remove("issued", "week", WEEK)
    desk.drop("a.eml", mail_program.answer(desk.links["met-yes"], ME, MONDAY))
    assert (desk.pull(), desk.outcomes()) == ([], ["unknown"])
    desk.issue()
    assert (desk.pull(), desk.outcomes()) == ([MET], ["recorded"])


def test_the_key_is_its_owners_alone(desk: Desk) -> None:
    """Who could read it could make tokens."""
    assert stat.S_IMODE(desk.place.answer_key.stat().st_mode) == 0o600


def test_forgetting_a_person_forgets_what_was_asked_of_them(desk: Desk) -> None:
    """The words of the buttons name people."""
    who, names = ("ann@example.org",), ("Ann Abel",)
    desk.store.erase(Person("c1", who, names, pattern(who, names)))
    assert desk.store.rows("issued") == []


def test_what_became_of_answers_is_told(desk: Desk) -> None:
    """In the report of the week in which they were sent: recorded, or why not."""
    desk.drop("card.vcf", CARD.encode())
    desk.drop("a.eml", mail_program.answer(desk.links["snooze"], ME, MONDAY))
    desk.drop("b.eml", mail_program.answer(desk.links["met-yes"], "eve@example.net", MONDAY, 2))
    desk.drop("c.eml", RECEIVED + mail_program.answer(desk.links["met-no"], ME, MONDAY, 3))
    desk.pull()
    composed = reporting.make(desk.store, desk.place, desk.owner, "2026-W47", MONDAY + dt.timedelta(days=7))
    [told] = [section for section in composed.report.sections if section.key == "your_answers"]
    assert [(entry.title, entry.text) for entry in told.entries] == [
        ("Lunch with Ann Abel", "You answered on 16 November: “snooze a month”. It is recorded."),
        (
            "Lunch with Ann Abel",
            "A mail of 16 November answers “yes, we met” and comes from none of your addresses: nothing was changed.",
        ),
        (
            "Lunch with Ann Abel",
            "A mail of 16 November answers “didn't happen” and is not among the mail that you have sent: nothing was changed.",
        ),
    ]
    assert {row["exclusion"] for row in desk.store.rows("messages")} == {"an answer to a report of coldcoffee"}
