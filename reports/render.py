"""Lay a weekly report out as text, as a mail, as a page of HTML, and as JSON."""

from reports.render_html import html, mail
from reports.render_json import as_json
from reports.render_text import text

__all__ = ["as_json", "html", "mail", "text"]
