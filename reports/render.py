"""Lay a weekly report out as text, as a mail, as a page of HTML, and as JSON."""

import binascii
from collections.abc import Callable
from typing import NamedTuple

from reports.answers import Ask
from reports.render_html import html, mail
from reports.render_json import as_json
from reports.render_text import text
from reports.weekly_report import WeeklyReport

__all__ = ["Mailed", "as_json", "encoded", "html", "mail", "mailed", "text"]

LARGEST = 98_000  # bytes of a mail's text and page on their way: Gmail clips what is longer than 102 KB
CAPS = (6, 4, 2, 1, 0)  # entries of a section that the mail shows: fewer, where names or subjects are endless


class Mailed(NamedTuple):
    """What a mail is made of: the report as it was capped for it, its plain text, and its page."""

    report: WeeklyReport
    text: str
    page: str


def mailed(report: WeeklyReport, link: Callable[[Ask], str] | None = None) -> Mailed:
    """The mail's parts, together no larger than LARGEST when they are encoded."""
    for most in CAPS:
        capped = report.capped(most)
        made = Mailed(capped, text(capped, link), mail(capped, link))
        if sum(len(encoded(part)[1]) for part in (made.text, made.page)) <= LARGEST:
            break
    return made


def encoded(part: str) -> tuple[str, bytes]:
    """A part's content-transfer-encoding and bytes (RFC 2045 6): whichever is shorter."""
    blob = part.encode()
    quoted = binascii.b2a_qp(blob, istext=True)
    lines = (len(blob) + 56) // 57
    if len(quoted) <= (len(blob) + 2) // 3 * 4 + lines:
        return "quoted-printable", quoted
    return "base64", b"".join(binascii.b2a_base64(blob[57 * at : 57 * at + 57]) for at in range(lines))
