"""A report goes out by SMTP, a button in it is answered, IMAP brings the answer back, and the next report shows it."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.dovecot import Dovecot
from pipelines import pulling, reporting
from pipelines.home import Home
from pipelines.settings import Owner, load
from pipelines.store import Store, opened
from tests.pipelines.one_meeting import CARD, EVENT
from tests.reports import mail_program, mail_server
from tests.servers import certificates, logged_in, needs_dovecot

pytestmark = needs_dovecot
ME = "dana@example.org"
KEY = "talk@example.org/2026-11-12T15:00:00Z"
MAIL = b"""\
Date: Tue, 10 Nov 2026 09:00:00 +0000\r
From: Ann Abel <ann@example.org>\r
To: dana@example.org\r
Subject: The offer\r
Message-ID: <1@example.org>\r
\r
Hello\r
"""
MONDAY = dt.datetime(2026, 11, 16, 7, tzinfo=dt.UTC)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Dovecot]:
    """Dana's mail server, with one mail in the inbox and a folder of sent mail."""
    with Dovecot(tmp_path / "imap") as running:
        with logged_in(running) as client:
            client.append("INBOX", MAIL)
            client.create_folder("Sent")
        yield running


def home(folder: Path, imap: Dovecot, smtp_port: int) -> tuple[Home, Owner]:
    """Dana's home: mail by IMAP, a card and a calendar in inbox/, reports by SMTP."""
    (folder / "inbox").mkdir(parents=True)
    (folder / "inbox" / "ann.vcf").write_text(CARD, encoding="utf-8")
    (folder / "inbox" / "talk.ics").write_text(EVENT, encoding="utf-8")
    (folder / "password").write_text("secret", encoding="utf-8")
    (folder / "password").chmod(0o600)
    (folder / "settings.toml").write_text(
        f"""
[owner.dana]
name = "Dana Reyes"
addresses = ["{ME}"]
timezone = "Europe/Dublin"
[owner.dana.source.work]
kind = "imap"
host = "127.0.0.1"
port = {imap.port}
security = "none"
user = "dana"
secret = "file:{folder / "password"}"
[owner.dana.source.files]
kind = "folder"
path = "inbox"
[owner.dana.report]
to = ["{ME}"]
deliver = "smtp"
[owner.dana.report.smtp]
host = "127.0.0.1"
port = {smtp_port}
security = "none"
""",
        encoding="utf-8",
    )
    place = Home(folder)
    return place, load(place.settings).owner["dana"]


def verdicts(store: Store) -> list[object]:
    """The meetings' verdicts."""
    return [row["verdict"] for row in store.rows("meetings")]


def test_an_answer_comes_back_by_imap(server: Dovecot, tmp_path: Path) -> None:
    """Sent, read back bit for bit, answered, pulled twice: one correction, told in the next report, and no interaction. A
    forged answer that only came in changes nothing, and is told, too."""
    with mail_server.serving(certificates(tmp_path / "trust", "127.0.0.1"), "none", login=False) as inbox:
        place, owner = home(tmp_path / "home", server, inbox.port)
        with opened(place.store("dana"), 5.0) as store:
            pulling.pull_all(store, place, owner, lambda: MONDAY)
            reporting.make(store, place, owner, "2026-W46", MONDAY)
            assert verdicts(store) == ["unknown"]
            assert reporting.send(store, place, owner, "2026-W46", MONDAY) == [ME]
            [(_, sent)] = inbox.taken
            with logged_in(server) as client:
                client.append("INBOX", sent)
                client.select_folder("INBOX", readonly=True)
                [found] = client.search(["HEADER", "List-Id", "coldcoffee"])
                assert client.fetch([found], ["BODY.PEEK[]"])[found][b"BODY[]"] == sent
            [link] = mail_program.buttons(mail_program.body(mail_program.opened(sent), "html"), "met-yes")
            with logged_in(server) as client:
                client.append("INBOX", mail_program.answer(link, f"Dana Reyes <{ME}>", MONDAY, 9))  # forged by Ann
            pulling.pull_all(store, place, owner, lambda: MONDAY)
            assert store.rows("corrections") == []
            assert [row["outcome"] for row in store.rows("answers")] == ["unsent"]
            with logged_in(server) as client:
                client.append("Sent", mail_program.answer(link, f"Dana Reyes <{ME}>", MONDAY, before="AW: "))
            later = MONDAY + dt.timedelta(days=7)
            pulling.pull_all(store, place, owner, lambda: later)
            pulling.pull_all(store, place, owner, lambda: later)
            [correction] = store.rows("corrections")
            assert (correction["kind"], correction["subject"], correction["value"]) == ("met", KEY, "yes")
            assert (correction["origin"], correction["made_at"]) == ("mail", MONDAY)
            before = reporting.kept(store, "2026-W46")
            composed = reporting.make(store, place, owner, "2026-W47", later)
            assert verdicts(store) == ["met_in_person"]
            assert reporting.kept(store, "2026-W46") == before
            assert {one.key: one.before for one in composed.report.numbers}["met_in_person"] == 1
            assert "You answered on 16 November: “yes, we met”. It is recorded." in " ".join(composed.text.split())
            assert "and is not among the mail that you have sent" in " ".join(composed.text.split())
            excluded = {str(row["subject"]): row["exclusion"] for row in store.rows("messages")}
            assert [row["reference"] for row in store.rows("interactions")] == ["1@example.org", KEY]
    assert {reason for subject, reason in excluded.items() if subject != "The offer"} == {
        "automatic mail",
        "an answer to a report of coldcoffee",
    }
