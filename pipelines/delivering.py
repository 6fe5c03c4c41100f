"""Send a report the way that the owner's settings say."""

import datetime as dt
import zoneinfo
from typing import NamedTuple

from connectors import google
from connectors.consent import GoogleConsent
from connectors.errors import SourceError
from pipelines import secrets, token_store
from pipelines.home import Home
from pipelines.private import private_folder
from pipelines.settings import Gmail, Owner
from reports import delivery

SIGN_IN = "report"  # what the sign-in for sending is called, beside those of the sources


class Kept(NamedTuple):
    """What is sent of a report that was made: subject, plain text, and the short page."""

    subject: str
    text: str
    mail: str


def letter(owner: Owner, week: str, recipient: str, kept: Kept, at: dt.datetime) -> delivery.Letter:
    """The report for one recipient, sent at an aware moment, which is dated in the owner's zone."""
    return delivery.Letter(
        owner=owner.key,
        week=week,
        sender=owner.report.sender or _account(owner) or owner.addresses[0],
        sender_name="coldcoffee",
        recipient=recipient,
        subject=kept.subject,
        text=kept.text,
        html=kept.mail,
        date=at.astimezone(zoneinfo.ZoneInfo(owner.timezone)),
    )


def deliver(home: Home, owner: Owner, week: str, recipient: str, kept: Kept, at: dt.datetime) -> str:
    """Deliver to one recipient; returns a receipt: a file's path, or the server's answer. Raises DeliveryError."""
    wanted = owner.report
    made = letter(owner, week, recipient, kept, at)
    if wanted.deliver == "gmail" and wanted.gmail is not None:
        return _by_gmail(home, owner, made, wanted.gmail)
    if wanted.deliver == "outbox" or wanted.smtp is None:
        return str(delivery.to_outbox(made, private_folder(home.outbox)))
    smtp = wanted.smtp
    return delivery.by_smtp(
        made,
        delivery.Server(
            host=smtp.host,
            port=smtp.port,
            security=smtp.security,
            user=smtp.user,
            password=secrets.fetch(smtp.secret) if smtp.secret else None,
        ),
    )


def consent(owner: Owner) -> GoogleConsent | None:
    """What the owner has to allow at Google before reports can be sent; None where they are not sent by Gmail. Raises
    SourceError where the OAuth client can't be had."""
    gmail = owner.report.gmail
    if owner.report.deliver != "gmail" or gmail is None:
        return None
    return google.consent_to_send(gmail.user, gmail.client, SIGN_IN, secrets.fetch, gmail.root)


def _account(owner: Owner) -> str | None:
    gmail = owner.report.gmail
    return gmail.user if owner.report.deliver == "gmail" and gmail is not None else None


def _by_gmail(home: Home, owner: Owner, letter: delivery.Letter, gmail: Gmail) -> str:
    from connectors.google_client import read_client  # noqa: PLC0415 - Google's libraries take half a second to import
    from connectors.google_keys import Keys  # noqa: PLC0415
    from reports.delivery_gmail import by_gmail  # noqa: PLC0415

    try:
        client = read_client(secrets.fetch(gmail.client), gmail.client, gmail.root)
        keys = Keys(client, SIGN_IN, token_store.of(home, owner), gmail.timeout)
        return by_gmail(letter, keys.access_token, gmail.root, patience=gmail.timeout)
    except SourceError as error:
        raise delivery.DeliveryError(str(error)) from None
