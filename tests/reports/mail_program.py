"""What an owner's mail program does with a report: read it, and send the answer behind a button."""

import datetime as dt
import email
import email.policy
import html
import re
import urllib.parse
from email.message import EmailMessage
from email.utils import format_datetime


def opened(blob: bytes) -> EmailMessage:
    """A mail as a mail program reads it."""
    found = email.message_from_bytes(blob, policy=email.policy.default)
    assert isinstance(found, EmailMessage)
    return found


def body(mail: EmailMessage, kind: str) -> str:
    """The text of a part, plain or html."""
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")  # lines end so on their way (RFC 2046 4.1.1)


def buttons(page: str, action: str) -> list[str]:
    """The addresses behind a page's buttons of one action."""
    found = [html.unescape(link) for link in re.findall(r'href="(mailto:[^"]+)"', page)]
    return [link for link in found if f"coldcoffee {action} " in urllib.parse.unquote(link)]


def answer(link: str, sender: str, at: dt.datetime, number: int = 1, before: str = "") -> bytes:
    """The mail that a click and “send” make of a link (RFC 6068). `before` is put before its subject."""
    parts = urllib.parse.urlsplit(link)
    fields = {name: values[0] for name, values in urllib.parse.parse_qs(parts.query, strict_parsing=True).items()}
    mail = EmailMessage(policy=email.policy.SMTP)
    mail["Date"] = format_datetime(at)
    mail["From"] = sender
    mail["To"] = urllib.parse.unquote(parts.path)
    mail["Subject"] = before + fields["subject"]
    mail["Message-ID"] = f"<answer-{number}@mail.example.org>"
    mail.set_content(fields["body"])
    return mail.as_bytes()
