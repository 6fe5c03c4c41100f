"""Send a report the way that the owner's settings say."""

import datetime as dt
from typing import NamedTuple

from pipelines import secrets
from pipelines.home import Home
from pipelines.private import private_folder
from pipelines.settings import Owner
from reports import delivery


class Kept(NamedTuple):
    """What is sent of a report that was made: subject, plain text, and the short page."""

    subject: str
    text: str
    mail: str


def deliver(home: Home, owner: Owner, week: str, recipient: str, kept: Kept, at: dt.datetime) -> str:
    """Deliver to one recipient; returns a receipt: a file's path, or the server's answer. Raises DeliveryError."""
    wanted = owner.report
    letter = delivery.Letter(
        owner=owner.key,
        week=week,
        sender=wanted.sender or owner.addresses[0],
        sender_name="coldcoffee",
        recipient=recipient,
        subject=kept.subject,
        text=kept.text,
        html=kept.mail,
        date=at,
    )
    if wanted.deliver == "outbox" or wanted.smtp is None:
        return str(delivery.to_outbox(letter, private_folder(home.outbox)))
    smtp = wanted.smtp
    return delivery.by_smtp(
        letter,
        delivery.Server(
            host=smtp.host,
            port=smtp.port,
            security=smtp.security,
            user=smtp.user,
            password=secrets.fetch(smtp.secret) if smtp.secret else None,
        ),
    )
