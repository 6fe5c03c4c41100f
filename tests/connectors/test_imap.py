"""What the IMAP connector promises, against a real Dovecot."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from imapclient import IMAPClient

from benchmarks.dovecot import FOLDERS, Dovecot
from benchmarks.mailbox import mails, write_mbox
from connectors import imap
from connectors.context import Context
from connectors.errors import CertificateWrong, HostSilent, HostUnknown, LoginRefused, SourceError
from connectors.records import Cursor, Event, Message, Page, Seen
from tests.servers import certificates, logged_in, needs_dovecot

pytestmark = needs_dovecot
NOW = 1_795_000_000_000_000  # November 2026


def source(server: Dovecot, **settings: object) -> imap.ImapConnector:
    """The connector for this server as settings.toml would open it."""
    table = {
        "host": "127.0.0.1",
        "port": server.port,
        "security": "none",
        "user": "dana",
        "secret": "secret",
        **settings,
    }
    context = Context(("dana@example.org",), server.home, lambda reference: reference, NOW, "Europe/Berlin")
    return imap.open(imap.Settings.model_validate(table), context)


def mail(number: int, more: str = "", body: str = "Hello") -> bytes:
    """A small mail whose Message-ID tells its number."""
    return (
        f"Date: Wed, 4 Mar 2026 09:00:0{number % 10} +0000\r\nFrom: Anna Abel <anna@example.org>\r\nTo: dana@example.org\r\n"
        f"Subject: mail {number}\r\nMessage-ID: <{number}@example.org>\r\n{more}\r\n{body}\r\n"
    ).encode()


def numbers(pages: Iterable[Page]) -> dict[str, list[str]]:
    """The mails' Message-IDs by place."""
    found: dict[str, list[str]] = {}
    for page in pages:
        for message in page.messages:
            found.setdefault(message.place, []).append(message.message_key.removesuffix("@example.org"))
    return found


def last_cursor(pages: list[Page]) -> Cursor:
    return pages[-1].cursor


def fill(client: IMAPClient, folders: dict[str, list[int]]) -> None:
    for folder, held in folders.items():
        if not client.folder_exists(folder):
            client.create_folder(folder)
        for number in held:
            client.append(folder, mail(number))


@pytest.fixture
def server(tmp_path: Path) -> Iterable[Dovecot]:
    with Dovecot(tmp_path / "server") as running:
        yield running


def test_a_mail_is_read_whole(server: Dovecot) -> None:
    """Who wrote to whom, what about, when it was sent and when the server got it: all of it is in the record."""
    with logged_in(server) as client:
        client.append(
            "INBOX",
            (
                "Date: Wed, 4 Mar 2026 10:00:00 +0100\r\nFrom: =?utf-8?q?J=C3=BCrgen?= <j@EXAMPLE.org>\r\n"
                'To: "Reyes, Dana" <dana@example.org>,\r\n\tAnna <anna@example.org>\r\nCc: ben@example.org\r\n'
                "Subject: Grüße aus Köln\r\nMessage-ID: <one@example.org>\r\nIn-Reply-To: <zero@example.org>\r\n"
                "Received: from nowhere\r\nPrecedence: bulk\r\n\r\nHello\r\n"
            ).encode(),
            msg_time=__import__("datetime").datetime.fromtimestamp(1_772_614_830, tz=__import__("datetime").UTC),
        )
    pages = list(source(server).pull(None))
    assert [message for page in pages for message in page.messages] == [
        Message(
            place="INBOX",
            key="1",
            message_key="one@example.org",
            message_id="one@example.org",
            sent_at=1_772_614_800_000_000,
            received_at=1_772_614_830_000_000,
            time_note=None,
            subject="Grüße aus Köln",
            sender="j@example.org",
            sender_name="Jürgen",
            reply_to="",
            to_addresses=("dana@example.org", "anna@example.org"),
            to_names=("Reyes, Dana", "Anna"),
            cc_addresses=("ben@example.org",),
            cc_names=("",),
            bcc_addresses=(),
            in_reply_to="zero@example.org",
            marks=("bulk",),
        )
    ]


def test_every_folder_that_holds_mail_is_read_but_drafts(server: Dovecot) -> None:
    """Mail that was filed away counts, drafts don't; spam and trash are marked."""
    with logged_in(server) as client:
        fill(client, {"INBOX": [1], "Archive/2025": [2], "Drafts": [3], "Junk": [4], "Trash": [5], "Trash/Old": [6]})
        fill(client, {"Sent": [7], "Entwürfe": [8], "Entwürfe/Alt": [9], "Empty": []})
        client.append("INBOX", mail(10), flags=[b"\\Draft"])
    pages = list(source(server).pull(None))
    assert numbers(pages) == {
        "INBOX": ["1"], "Archive/2025": ["2"], "Junk": ["4"], "Trash": ["5"], "Trash/Old": ["6"], "Sent": ["7"]
    }  # fmt: skip
    marked = {message.place: message.marks for page in pages for message in page.messages if message.marks}
    assert marked == {"Sent": ("sent",), "Junk": ("spam",), "Trash": ("trash",), "Trash/Old": ("trash",)}


def test_a_folder_of_all_mail_stands_for_the_others(tmp_path: Path) -> None:
    """Where the server has all mail in one folder, that one is read once, with spam and trash beside it."""
    folders = FOLDERS + "mailbox Everything {\n auto = create\n special_use = \\All\n}\n"
    with Dovecot(tmp_path / "server", folders=folders) as server:
        with logged_in(server) as client:
            fill(client, {"INBOX": [1], "Everything": [1, 2], "Junk": [3], "Trash": [4], "Drafts": [5]})
            client.append("Everything", mail(5), flags=[b"\\Draft"])
        assert numbers(source(server).pull(None)) == {"Everything": ["1", "2"], "Junk": ["3"], "Trash": ["4"]}
        chosen = source(server, folders={"exclude": ["everything"]})
        assert numbers(chosen.pull(None)) == {"INBOX": ["1"], "Junk": ["3"], "Trash": ["4"]}


def test_beside_all_mail_the_sent_folder_tells_which_answers_were_sent(tmp_path: Path) -> None:
    """What only came in may be forged; of the rest of the sent folder nothing is read twice, nor counted or shown."""
    folders = FOLDERS + "mailbox Everything {\n auto = create\n special_use = \\All\n}\n"
    answer = b"From: dana@example.org\r\nTo: dana@example.org\r\nSubject: %bcoldcoffee met-yes ABCDEFGHABCDEFGH\r\n\r\n"
    with Dovecot(tmp_path / "server", folders=folders) as server:
        with logged_in(server) as client:
            client.create_folder("Sent")
            fill(client, {"Everything": [1, 2], "Sent": [2]})
            for folder in ("Everything", "Sent"):
                client.append(folder, answer % b"")
                client.append(folder, answer % b"Re: ")
        pages = list(source(server).pull(None))
        found = [
            (m.place, m.subject.startswith("Re: "), m.marks)
            for page in pages
            for m in page.messages
            if not m.message_id
        ]
        assert sorted(found) == [
            ("Everything", False, ()),
            ("Everything", True, ()),
            ("Sent", False, ("sent",)),
            ("Sent", True, ("sent",)),
        ]
        assert {page.total for page in pages} == {4}
        assert [seen.place for seen in source(server).look()] == ["Everything"]
        assert [page.messages for page in source(server).pull(pages[-1].cursor)] == [[]]


def test_include_and_exclude_choose_folders(server: Dovecot) -> None:
    """Patterns choose folders in any case, sub-folders with them; drafts stay out whatever they say."""
    with logged_in(server) as client:
        fill(client, {"INBOX": [1], "Work/Old": [2], "Work/News": [3], "Drafts": [4], "Junk": [5]})
    assert numbers(source(server, folders={"include": ["work*", "drafts"]}).pull(None)) == {
        "Work/Old": ["2"],
        "Work/News": ["3"],
    }
    assert numbers(source(server, folders={"exclude": ["*/news", "Junk"]}).pull(None)) == {
        "INBOX": ["1"],
        "Work/Old": ["2"],
    }


def test_nothing_is_changed_on_the_server(server: Dovecot) -> None:
    """No flag is set, no mail stops being recent: the files of the mailbox are the same before and after."""
    with logged_in(server) as client:
        fill(client, {"INBOX": [1, 2], "Filed": [3]})
        client.append("INBOX", INVITATION)
        client.append("INBOX", mail(5), flags=[b"\\Seen", b"\\Flagged", b"kept"])
    deliver(server, mail(6))
    assert state(server) == state(server)
    before = state(server)
    assert sum(len(page.messages) for page in source(server).pull(None)) == 6
    source(server).look()
    assert state(server) == before


def deliver(server: Dovecot, raw: bytes) -> None:
    """Lay a mail into INBOX as a delivery agent does: it is recent."""
    new = server.mail() / "new"
    (new / "1772614800.M1P1.test").write_bytes(raw)
    server.own(new)


def state(server: Dovecot) -> tuple[list[str], object]:
    """The names of the mails' files, which hold their flags and whether they are recent, and what STATUS says."""
    files = sorted(
        str(path.relative_to(server.mail())) for path in server.mail().rglob("*") if path.parent.name in ("cur", "new")
    )
    with logged_in(server) as client:
        return files, client.folder_status("INBOX", ["MESSAGES", "RECENT", "UNSEEN", "HIGHESTMODSEQ"])


def test_only_new_mail_is_read_the_next_time(server: Dovecot) -> None:
    """What has been read is not read again, also not after a flag was changed; mail deleted meanwhile stays read."""
    with logged_in(server) as client:
        fill(client, {"INBOX": [1, 2], "Filed": [3]})
        first = list(source(server).pull(None))
        again = list(source(server).pull(last_cursor(first)))
        assert (numbers(again), last_cursor(again)) == ({}, last_cursor(first))
        client.select_folder("INBOX")
        client.add_flags([1], [b"\\Seen"])
        client.delete_messages([2])
        client.expunge()
        fill(client, {"INBOX": [4], "Later": [5]})
    pages = list(source(server).pull(last_cursor(again)))
    assert numbers(pages) == {"INBOX": ["4"], "Later": ["5"]}
    assert [(page.emptied, page.removed) for page in pages if page.emptied or page.removed] == []
    assert pages[0].total == 2


def test_a_changed_uidvalidity_reads_the_folder_anew(server: Dovecot) -> None:
    """When the server numbers a folder afresh, what was read of it is replaced; other folders stay as they are."""
    with logged_in(server) as client:
        fill(client, {"INBOX": [1], "Filed": [2, 3]})
        first = list(source(server).pull(None))
        client.delete_folder("Filed")
        fill(client, {"Filed": [3]})
    pages = list(source(server).pull(last_cursor(first)))
    assert numbers(pages) == {"Filed": ["3"]}
    assert [page.emptied for page in pages if page.emptied] == [("Filed",)]
    assert numbers(source(server).pull(last_cursor(pages))) == {}


def test_a_folder_emptied_and_numbered_afresh_is_emptied_here(server: Dovecot) -> None:
    """A folder that was made anew and holds nothing holds nothing in the store either."""
    with logged_in(server) as client:
        fill(client, {"Filed": [2]})
        first = list(source(server).pull(None))
        client.delete_folder("Filed")
        client.create_folder("Filed")
    pages = list(source(server).pull(last_cursor(first)))
    assert (numbers(pages), [page.emptied for page in pages if page.emptied]) == ({}, [("Filed",)])


def test_a_pull_that_ends_in_the_middle_is_taken_up_there(tmp_path: Path) -> None:
    """After any page the next pull goes on behind it: nothing is lost and nothing is read twice."""
    with Dovecot(tmp_path / "server", layout="mbox:~/mail:INBOX=~/mail/inbox") as server:
        known = write_mbox(server.mail() / "inbox", mails(9_000))
        server.own(server.mail())
        undisturbed = [m for page in source(server).pull(None) for m in page.messages]
        assert [m.message_key for m in undisturbed] == [one.message_id for one in known]
        pieces: list[Message] = []
        cursor: Cursor | None = None
        for _ in range(4):
            pull = source(server).pull(cursor)
            page = next(pull)
            pull.close()  # type: ignore[attr-defined]  # it is a generator
            pieces += page.messages
            cursor = page.cursor
        assert pieces == undisturbed


def test_folder_names_are_read_as_people_write_them(tmp_path: Path) -> None:
    """Names in other scripts, with quotes and stars, below a prefix, beside a parent that holds no mail itself."""
    names = ["INBOX.Grüße", "INBOX.日本", 'INBOX.a "quoted" & starred*', "INBOX.Above.Below", "INBOX.NIL", "INBOX.0123"]
    with Dovecot(tmp_path / "server", prefix="INBOX.", separator=".") as server:
        with logged_in(server) as client:
            fill(client, {name: [number] for number, name in enumerate(names)})
            fill(client, {"INBOX.Drafts": [8], "INBOX.Entwürfe": [9]})
        assert numbers(source(server).pull(None)) == {name: [str(number)] for number, name in enumerate(names)}


INVITATION = mail(
    4,
    'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="o"\r\n',
    '--o\r\nContent-Type: multipart/alternative; boundary="i"\r\n\r\n'
    "--i\r\nContent-Type: text/plain\r\n\r\nPlease come.\r\n"
    '--i\r\nContent-Type: TEXT/Calendar; method=REQUEST; charset="iso-8859-1"\r\n'
    "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:meeting@example.org\r\n"
    "DTSTAMP:20260301T120000Z\r\nDTSTART:20260304T150000Z\r\nDTEND:20260304T153000Z\r\nSUMMARY:Caf=E9 mit Anna\r\n"
    "ORGANIZER;CN=Anna:mailto:anna@example.org\r\nATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:dana@example.org\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n--i--\r\n--o--",
)


def events(pages: Iterable[Page]) -> list[Event]:
    return [event for page in pages for event in page.events]


def test_the_calendar_part_of_an_invitation_is_read(server: Dovecot) -> None:
    """An invitation is marked and gives its event, with the mail that it came by; other mails' bodies are not read."""
    with logged_in(server) as client:
        client.append("INBOX", INVITATION)
        client.append("INBOX", INVITATION)  # the same mail twice in one folder
        client.append(
            "INBOX", mail(2, "Content-Type: multipart/alternative; boundary=x\r\n", "--x\r\n\r\nHello\r\n--x--")
        )
    pages = list(source(server).pull(None))
    assert [(m.key, m.marks) for page in pages for m in page.messages] == [
        ("1", ("invitation",)), ("2", ("invitation",)), ("3", ())
    ]  # fmt: skip
    (event,) = events(pages)
    assert (event.place, event.event_key, event.title, event.method, event.message_key, event.organizer) == (
        "INBOX", "meeting@example.org/2026-03-04T15:00:00Z", "Café mit Anna", "REQUEST", "4@example.org", "anna@example.org"
    )  # fmt: skip


def test_a_mail_that_is_nothing_but_an_answer_is_read(server: Dovecot) -> None:
    """An answer whose only part is the calendar's, in base64, tells who accepted."""
    part = (
        "QkVHSU46VkNBTEVOREFSDQpNRVRIT0Q6UkVQTFkNCkJFR0lOOlZFVkVOVA0KVUlEOm1AZXhhbXBsZS5vcmcNCkRUU1RBTVA6MjAyNjAz\r\n"
        "MDFUMTIwMDAwWg0KRFRTVEFSVDoyMDI2MDMwNFQxNTAwMDBaDQpBVFRFTkRFRTtQQVJUU1RBVD1BQ0NFUFRFRDptYWlsdG86YW5uYUBl\r\n"
        "eGFtcGxlLm9yZw0KRU5EOlZFVkVOVA0KRU5EOlZDQUxFTkRBUg0K"
    )
    with logged_in(server) as client:
        client.append(
            "INBOX", mail(1, "Content-Type: text/calendar; method=REPLY\r\nContent-Transfer-Encoding: base64\r\n", part)
        )
    (event,) = events(source(server).pull(None))
    assert event.method == "REPLY"
    assert [(guest.address, guest.status) for guest in event.attendees] == [("anna@example.org", "accepted")]


def test_an_unreadable_invitation_loses_only_itself(server: Dovecot) -> None:
    """A broken calendar part is a reject that names the mail; the mail itself is read."""
    with logged_in(server) as client:
        client.append("INBOX", mail(1, "Content-Type: text/calendar; method=REQUEST\r\n", "nothing of the kind"))
    pages = list(source(server).pull(None))
    assert numbers(pages) == {"INBOX": ["1"]}
    assert [(reject.place, reject.key.split("/")[0]) for page in pages for reject in page.rejects] == [("INBOX", "1")]


def test_check_tells_folders_and_dates(server: Dovecot) -> None:
    """`coldcoffee check` sees the folders, how many mails they hold, and the oldest and newest of them."""
    with logged_in(server) as client:
        for day in (3, 5):
            client.append(
                "INBOX",
                mail(day),
                msg_time=__import__("datetime").datetime(2026, 3, day, tzinfo=__import__("datetime").UTC),
            )
        fill(client, {"Drafts": [1], "Empty": []})
    assert source(server).look() == [
        Seen("Empty", 0, None, None),
        Seen("INBOX", 2, 1_772_496_000_000_000, 1_772_668_800_000_000),
    ]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_encrypted_connections(tmp_path: Path, security: str) -> None:
    """TLS from the start or by STARTTLS, with the certificate of the user's own authority."""
    made = certificates(tmp_path / "certificates", "127.0.0.1")
    with Dovecot(tmp_path / "server", certificate=made.certificate, key=made.key) as server:
        with logged_in(server) as client:
            fill(client, {"INBOX": [1]})
        port = server.tls_port if security == "tls" else server.port
        reader = source(server, security=security, port=port, ca_file=str(made.authority))
        assert numbers(reader.pull(None)) == {"INBOX": ["1"]}


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_for_another_host_is_refused(tmp_path: Path, security: str) -> None:
    """A certificate that is not this host's ends the pull before the password is sent, and the error says so."""
    made = certificates(tmp_path / "certificates", "mail.example.org")
    with Dovecot(tmp_path / "server", certificate=made.certificate, key=made.key) as server:
        port = server.tls_port if security == "tls" else server.port
        reader = source(server, security=security, port=port, ca_file=str(made.authority))
        with pytest.raises(CertificateWrong, match=r"The certificate of 127\.0\.0\.1:\d+ is not valid for this host"):
            list(reader.pull(None))
        assert "Login" not in server.log()


def test_errors_are_sentences_that_say_what_to_do(server: Dovecot) -> None:
    """A refused login, an unknown host, a closed port, a server without STARTTLS or TLS: each is told apart."""
    cases: list[tuple[dict[str, object], type[SourceError], str]] = [
        ({"secret": "wrong"}, LoginRefused, "refused the user dana or the password"),
        ({"host": "imap.invalid"}, HostUnknown, "The host imap.invalid is not known"),
        ({"host": "x" * 80 + ".example.org"}, HostUnknown, "is not known"),
        ({"port": 1}, HostSilent, "The server 127.0.0.1:1 refused the connection"),
        ({"security": "starttls"}, SourceError, "offers no STARTTLS"),
        ({"security": "tls"}, SourceError, "does not speak TLS"),
        ({"security": "tls", "ca_file": "users"}, SourceError, "holds no certificates"),
    ]
    for settings, kind, words in cases:
        for read in (lambda one: list(one.pull(None)), lambda one: one.look()):
            with pytest.raises(kind, match=words) as caught:
                read(source(server, **settings))
            assert str(caught.value).endswith(".")
            assert "\n" not in str(caught.value)
