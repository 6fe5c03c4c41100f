"""Lay a weekly report out as HTML: a short mail, and the full page."""

import base64
import hashlib
import importlib.resources
from collections.abc import Callable

import jinja2
from markupsafe import Markup

from reports import charts, pictures, timeline
from reports.answers import Ask
from reports.dates import Dates
from reports.weekly_report import WeeklyReport
from reports.wording import words

_pages = jinja2.Environment(
    loader=jinja2.PackageLoader("reports", "templates"),
    autoescape=True,  # every value, whatever the template's name
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_pages.globals |= {"sparkline": charts.sparkline, "told": charts.told, "drawn": pictures.sparkline}


def mail(report: WeeklyReport, link: Callable[[Ask], str] | None = None) -> str:
    """The mail: capped lists, at most 100 KB, nothing loaded from anywhere; every value is escaped.

    Its sparklines are data: addresses, so that the page is whole by itself; the delivery makes them parts of the mail.
    `link` makes the address of a button; without it there are none.
    """
    page = _pages.get_template("mail.html")
    return _compact(page.render(report=report, words=words(report.language), link=link))


def html(report: WeeklyReport) -> str:
    """The full page: every list whole and sortable, everybody's timeline, evidence, pictures; every value is escaped.

    Nothing is loaded from anywhere, and the page forbids it (Content Security Policy, level 3): its one script is inline
    and named by its hash.
    """
    spoken = words(report.language)
    dates = Dates(report.zone, report.ends_at, spoken.language)
    page = _pages.get_template("report.html").render(
        report=report,
        words=spoken,
        link=None,
        lines=charts.lines(report.year_weeks, spoken),
        grid=charts.met_grid(report.year_met, dates.month(report.ends_at), spoken, dates),
        people=timeline.everybody(report.ties, report.passed, dates, spoken),
        script=Markup("{script}"),
        policy=Markup("{policy}"),
    )
    script = importlib.resources.files("reports.templates").joinpath("report.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    # after the page is compacted: the hash is of the script as it stands
    return _compact(page).replace("{policy}", policy, 1).replace("{script}", script, 1)


def _compact(page: str) -> str:
    return "\n".join(line for raw in page.splitlines() if (line := raw.strip())) + "\n"
