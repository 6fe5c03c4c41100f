"""Send a report: into the outbox as a file, or by SMTP."""

import base64
import contextlib
import datetime as dt
import hashlib
import os
import re
import smtplib
import socket
import ssl
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Literal

from reports.render import encoded

PATIENCE = 60.0  # seconds for each answer of the server
PICTURE = re.compile(r'src="data:image/png;base64,([A-Za-z0-9+/=]+)"')
PORTS = {"tls": 465, "starttls": 587, "none": 25}


class DeliveryError(Exception):
    """The report was not delivered; `str()` is one sentence that says why and what to do."""


@dataclass(frozen=True)
class Letter:
    """One report for one recipient. `date` is aware; `week` an ISO week."""

    owner: str
    week: str
    sender: str
    sender_name: str
    recipient: str
    subject: str
    text: str
    html: str
    date: dt.datetime


@dataclass(frozen=True)
class Server:
    """The SMTP server. `port` None means the usual one of `security`."""

    host: str
    port: int | None
    security: Literal["tls", "starttls", "none"]
    user: str | None
    password: str | None


def message(letter: Letter) -> EmailMessage:
    """The mail: text, and HTML with its pictures (RFC 2046 5.1.4, RFC 2387); pictures given as data: addresses become
    parts that are named by Content-ID (RFC 2392).

    The Message-ID is that of owner, week and recipient: a resend is the same mail, which threads where the first is still
    there and takes its place where it is not. References names the week, for relays that give every mail an id of
    their own. Raises DeliveryError for an address that no header can hold.
    """
    sender = _address(letter.sender, letter.sender_name)
    domain = sender.domain
    made = EmailMessage(policy=SMTP)
    made["Subject"] = letter.subject
    made["From"] = sender
    made["To"] = _address(letter.recipient)
    made["Date"] = letter.date
    made["Message-ID"] = f"<coldcoffee.{letter.owner}.{letter.week}.{_slug(letter.recipient)}@{domain}>"
    made["References"] = f"<coldcoffee.{letter.owner}.{letter.week}@{domain}>"
    made["List-Id"] = f"coldcoffee <coldcoffee.{letter.owner}.{domain}>"
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's holiday notice answers it
    made["X-Auto-Response-Suppress"] = "All"  # the same for Exchange
    pictures: dict[str, bytes] = {}

    def named(found: re.Match[str]) -> str:
        blob = base64.b64decode(found[1])
        name = f"{hashlib.sha256(blob).hexdigest()[:20]}@coldcoffee"
        pictures[name] = blob
        return f'src="cid:{name}"'

    html = PICTURE.sub(named, letter.html)
    made.set_content(letter.text, cte=encoded(letter.text)[0])
    made.add_alternative(html, subtype="html", cte=encoded(html)[0])
    # the boundaries are made from what they part, so that a resend is the same mail to the last byte
    made.set_boundary(f"=_coldcoffee_{letter.owner}_{letter.week}")
    if pictures:
        page = made.get_body(("html",))
        assert isinstance(page, EmailMessage)  # it has just been added
        for name, blob in pictures.items():
            page.add_related(blob, "image", "png", cid=f"<{name}>", disposition="inline")
        page.set_boundary(f"=_coldcoffee_{letter.owner}_{letter.week}_html")
    return made


def _address(spec: str, name: str = "") -> Address:
    local, _, domain = spec.rpartition("@")
    try:
        return Address(name, addr_spec=f"{local}@{domain.encode('idna').decode('ascii')}")
    except (MessageError, ValueError, IndexError) as error:
        raise DeliveryError(f"“{spec}” is no address to mail to or from: correct it in settings.toml.") from error


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", ".", text.lower()).strip(".")


def to_outbox(letter: Letter, folder: Path) -> Path:
    """Write the mail as a file that only its owner may read; returns its path. Raises DeliveryError."""
    path = folder / f"{letter.owner}-{letter.week}-{_slug(letter.recipient)}.eml"
    fresh = path.with_suffix(".new")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(message(letter).as_bytes())
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise DeliveryError(f"The report can't be written to {folder}: {error.strerror}.") from error
    return path


def by_smtp(letter: Letter, server: Server) -> str:
    """Send the mail; returns the server's name as receipt. Raises DeliveryError.

    Once the server has taken the mail it counts as sent, however the server takes leave: to report a failure then would
    send it twice.
    """
    mail = message(letter)
    port = server.port or PORTS[server.security]
    where = f"The mail server {server.host}:{port}"
    try:
        session = _connected(server, port)
        try:
            if server.user is not None:
                _login(session, server.user, server.password or "")
            session.send_message(mail, letter.sender, [letter.recipient])
            with contextlib.suppress(smtplib.SMTPException, OSError):
                session.quit()
        finally:
            session.close()
    except smtplib.SMTPAuthenticationError as error:
        raise DeliveryError(f"{where} refused the user or password: check [report.smtp] in settings.toml.") from error
    except smtplib.SMTPRecipientsRefused as error:
        raise DeliveryError(
            f"{where} refused the recipient {letter.recipient}: check “to” in settings.toml."
        ) from error
    except smtplib.SMTPSenderRefused as error:
        raise DeliveryError(
            f"{where} refused the sender {letter.sender} ({_answer(error)}): check “sender” and “user” in settings.toml."
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        raise DeliveryError(
            f"{where} does not offer what settings.toml asks for ({_short(error)}): check “security” and “user”."
        ) from error
    except smtplib.SMTPResponseException as error:
        raise DeliveryError(
            f"{where} did not take the report ({_answer(error)}): try “coldcoffee send” again."
        ) from error
    except smtplib.SMTPException as error:
        raise DeliveryError(
            f"{where} did not take the report ({_short(error)}): try “coldcoffee send” again."
        ) from error
    except socket.gaierror as error:
        raise DeliveryError(f"{where} is not known: check its name in settings.toml and the network.") from error
    except ssl.SSLCertVerificationError as error:
        raise DeliveryError(f"{where} has a certificate that is not valid for it: {error.verify_message}.") from error
    except ssl.SSLError as error:
        raise DeliveryError(
            f"{where} does not speak TLS here: check “security” and “port” in settings.toml."
        ) from error
    except OSError as error:
        raise DeliveryError(
            f"{where} can't be reached ({_short(error)}): check host and port, then try again."
        ) from error
    return f"{server.host}:{port}"


def _connected(server: Server, port: int) -> smtplib.SMTP:
    secure = ssl.create_default_context()
    if server.security == "tls":
        return smtplib.SMTP_SSL(server.host, port, timeout=PATIENCE, context=secure)
    session = smtplib.SMTP(server.host, port, timeout=PATIENCE)
    if server.security == "starttls":
        try:
            session.starttls(context=secure)
        except BaseException:
            session.close()
            raise
    return session


def _login(session: smtplib.SMTP, user: str, password: str) -> None:
    if (user + password).isascii():
        session.login(user, password)
        return
    session.ehlo_or_helo_if_needed()
    if "PLAIN" not in session.esmtp_features.get("auth", "").split():
        raise smtplib.SMTPNotSupportedError("a login with letters beyond ASCII")
    # smtplib knows ASCII only; PLAIN is UTF-8 (RFC 4616)
    told = base64.b64encode(f"\0{user}\0{password}".encode()).decode("ascii")
    code, answer = session.docmd("AUTH", f"PLAIN {told}")
    if code != 235:  # RFC 4954 6
        raise smtplib.SMTPAuthenticationError(code, answer)


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120].rstrip(".")


def _answer(error: smtplib.SMTPResponseException) -> str:
    said = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else str(error.smtp_error)
    return f"{error.smtp_code} {' '.join(said.split())[:120].rstrip('.')}"
