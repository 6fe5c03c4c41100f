"""A report arrives as it was made, once and the same, or one sentence says why it did not."""

import datetime as dt
import email
import email.policy
import socket
import stat
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from reports.delivery import DeliveryError, Letter, Server, by_smtp, message, to_outbox
from tests.reports.mail_server import NOBODY, PASSWORD, REFUSED_SENDER, USER, serving
from tests.servers import Certificates, certificates

TEXT = "Zoë turned cold.\n.a line that begins with a dot\n" + "long " * 300 + "\nمحمد 山田太郎\n"
HTML = '<p dir="auto">Zoë &amp; 山田太郎</p>\n.\n' + "x" * 2000 + "\n"
LETTER = Letter(
    owner="dana",
    week="2026-W46",
    sender=USER,
    sender_name="coldcoffee",
    recipient="dana.reyes@example.org",
    subject="Your week 2026-W46: wer ist kalt geworden – und wen hast Du getroffen?",
    text=TEXT,
    html=HTML,
    date=dt.datetime(2026, 11, 16, 7, 0, tzinfo=dt.timezone(dt.timedelta(hours=-5))),
)


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """A certificate for 127.0.0.1, and its authority."""
    return certificates(tmp_path_factory.mktemp("trust"), "127.0.0.1")


@pytest.fixture(autouse=True)
def _trust(trusted: Certificates, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted.authority))
    yield


def read(blob: bytes) -> EmailMessage:
    """A mail as a mail program reads it."""
    found = email.message_from_bytes(blob, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def part(mail: EmailMessage, kind: str) -> str:
    """A part's text."""
    body = mail.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")  # lines end so on their way (RFC 2046 4.1.1)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_report_arrives_bit_for_bit(trusted: Certificates, security: str) -> None:
    """Over an encrypted connection, with a login, the server gets the very mail that was made."""
    with serving(trusted, security, login=security == "starttls") as inbox:
        user, password = (USER, PASSWORD) if security == "starttls" else (None, None)
        receipt = by_smtp(LETTER, Server("127.0.0.1", inbox.port, security, user, password))  # type: ignore[arg-type]  # one of the two
    [(recipients, blob)] = inbox.taken
    assert recipients == [LETTER.recipient]
    assert blob == message(LETTER).as_bytes()
    assert receipt == f"127.0.0.1:{inbox.port}"


def test_both_parts_read_back_as_they_were() -> None:
    """Text and HTML survive long lines, leading dots and every script."""
    mail = read(message(LETTER).as_bytes())
    assert (part(mail, "plain"), part(mail, "html")) == (TEXT, HTML)
    assert mail.get_content_type() == "multipart/alternative"
    assert all(len(line) <= 998 for line in message(LETTER).as_bytes().split(b"\r\n"))  # RFC 5322 2.1.1


def test_a_resend_is_the_same_mail() -> None:
    """The Message-ID is that of the week, owner and recipient, so a resend is not taken for a second report."""
    first, again = message(LETTER), message(LETTER)
    assert first.as_bytes() == again.as_bytes()
    others = [replace(LETTER, week="2026-W47"), replace(LETTER, recipient="d@example.org"), replace(LETTER, owner="bo")]
    ids = {str(message(one)["Message-ID"]) for one in [LETTER, *others]}
    assert len(ids) == 4
    assert str(first["List-Id"]) == "coldcoffee <coldcoffee.dana.example.org>"
    assert str(first["Date"]) == "Mon, 16 Nov 2026 07:00:00 -0500"


def test_the_outbox_holds_the_mail_for_its_owner_alone(tmp_path: Path) -> None:
    """The .eml is the mail, readable by nobody else, and written once."""
    path = to_outbox(LETTER, tmp_path)
    to_outbox(LETTER, tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["dana-2026-W46-dana.reyes.example.org.eml"]
    assert path.read_bytes() == message(LETTER).as_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_outbox_that_is_gone_is_one_sentence(tmp_path: Path) -> None:
    """Nothing is half-written, and the sentence names the folder."""
    with pytest.raises(DeliveryError) as error:
        to_outbox(LETTER, tmp_path / "gone")
    assert str(error.value) == f"The report can't be written to {tmp_path / 'gone'}: No such file or directory."


def refused(letter: Letter, server: Server) -> str:
    """The sentence with which a delivery fails; the port, which differs each time, is left out."""
    with pytest.raises(DeliveryError) as error:
        by_smtp(letter, server)
    return str(error.value).replace(f":{server.port}", "")


def test_a_refused_login(trusted: Certificates) -> None:
    """A wrong password ends at once and names the table of the settings."""
    with serving(trusted, "starttls") as inbox:
        said = refused(LETTER, Server("127.0.0.1", inbox.port, "starttls", USER, "wrong"))
    assert said == "The mail server 127.0.0.1 refused the user or password: check [report.smtp] in settings.toml."
    assert inbox.taken == []


def test_a_refused_recipient(trusted: Certificates) -> None:
    """The sentence names the recipient."""
    with serving(trusted, "starttls") as inbox:
        said = refused(replace(LETTER, recipient=NOBODY), Server("127.0.0.1", inbox.port, "starttls", USER, PASSWORD))
    assert said == "The mail server 127.0.0.1 refused the recipient nobody@example.org: check “to” in settings.toml."


def test_a_refused_sender(trusted: Certificates) -> None:
    """The sentence names the sender and the server's answer."""
    with serving(trusted, "starttls") as inbox:
        wrong = replace(LETTER, sender=REFUSED_SENDER)
        said = refused(wrong, Server("127.0.0.1", inbox.port, "starttls", USER, PASSWORD))
    assert said == (
        "The mail server 127.0.0.1 refused the sender forged@example.org (553 5.7.1 that is not you): "
        "check “sender” and “user” in settings.toml."
    )


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_for_another_host(tmp_path: Path, security: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The password is not given to a server that is not the one that was asked for."""
    other = certificates(tmp_path / "other", "mail.example.org")
    monkeypatch.setenv("SSL_CERT_FILE", str(other.authority))
    with serving(other, security, login=security == "starttls") as inbox:
        said = refused(LETTER, Server("127.0.0.1", inbox.port, security, USER, PASSWORD))  # type: ignore[arg-type]  # one of the two
    assert said.startswith("The mail server 127.0.0.1 has a certificate that is not valid for it: IP address mismatch")
    assert inbox.taken == []


def test_a_server_without_starttls_is_told_nothing(trusted: Certificates) -> None:
    """Where STARTTLS is asked for and not offered, neither password nor report leaves in the clear."""
    with serving(trusted, "none", login=False) as inbox:
        said = refused(LETTER, Server("127.0.0.1", inbox.port, "starttls", USER, PASSWORD))
    assert said == (
        "The mail server 127.0.0.1 does not offer what settings.toml asks for "
        "(STARTTLS extension not supported by server): check “security” and “user”."
    )
    assert inbox.taken == []


def test_a_server_without_tls_on_its_port(trusted: Certificates) -> None:
    """A wrong “security” is told apart from a wrong host."""
    with serving(trusted, "none", login=False) as inbox:
        said = refused(LETTER, Server("127.0.0.1", inbox.port, "tls", None, None))
    assert said == "The mail server 127.0.0.1 does not speak TLS here: check “security” and “port” in settings.toml."


def test_a_plain_server_on_the_own_machine(trusted: Certificates) -> None:
    """Without encryption and login, as a local relay takes mail."""
    with serving(trusted, "none", login=False) as inbox:
        by_smtp(LETTER, Server("127.0.0.1", inbox.port, "none", None, None))
    assert [blob for _, blob in inbox.taken] == [message(LETTER).as_bytes()]


def test_an_unknown_host() -> None:
    """A name that leads nowhere is named."""
    said = refused(LETTER, Server("mail.invalid", 587, "starttls", None, None))
    assert said == "The mail server mail.invalid is not known: check its name in settings.toml and the network."


def test_a_port_where_nobody_listens() -> None:
    """A refused connection is one sentence, too."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        said = refused(LETTER, Server("127.0.0.1", taken.getsockname()[1], "none", None, None))
    assert said.startswith("The mail server 127.0.0.1 can't be reached (")


def test_an_address_that_no_header_can_hold() -> None:
    """A mistyped recipient is the user's mistake, and no traceback."""
    said = refused(replace(LETTER, recipient="dana@@example.org"), Server("127.0.0.1", 9, "none", None, None))
    assert "example.org" in said


def test_an_international_domain_goes_out_as_a_labels() -> None:
    """Any mail server knows the recipient's domain (RFC 5890)."""
    assert str(message(replace(LETTER, recipient="dana@bücher.example.org"))["To"]) == "dana@xn--bcher-kva.example.org"
