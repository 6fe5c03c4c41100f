"""Lay a weekly report out as HTML: a short mail, and the full page."""

from collections.abc import Callable

import jinja2

from reports import charts, pictures
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
_pages.globals |= {"sparkline": charts.sparkline, "told": charts.told, "picture": pictures.sparkline}


def mail(report: WeeklyReport, link: Callable[[Ask], str] | None = None) -> str:
    """The mail: capped lists, at most 100 KB, nothing loaded from anywhere; every value is escaped.

    Its sparklines are data: addresses, so that the page is whole by itself; the delivery makes them parts of the mail.
    `link` makes the address of a button; without it there are none.
    """
    page = _pages.get_template("mail.html")
    return _compact(page.render(report=report, words=words(report.language), link=link))


def html(report: WeeklyReport) -> str:
    """The full page: every list whole, evidence, pictures; nothing loaded from anywhere; every value is escaped."""
    spoken = words(report.language)
    dates = Dates(report.zone, report.ends_at, spoken.language)
    return _compact(
        _pages.get_template("report.html").render(
            report=report,
            link=None,
            words=spoken,
            lines=charts.lines(report.year_weeks, spoken),
            grid=charts.met_grid(report.year_met, dates.month(report.ends_at), spoken, dates),
        )
    )


def _compact(page: str) -> str:
    return "\n".join(line for raw in page.splitlines() if (line := raw.strip())) + "\n"
