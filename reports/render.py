"""Lay a weekly report out as text, HTML and JSON."""

import json
import textwrap

import jinja2

from reports.weekly import Entry, WeeklyReport

WIDTH = 78  # columns of the text
QUIET = "A quiet week: nobody turned cold, nobody waits for an answer, and no meeting is on record."

_pages = jinja2.Environment(
    loader=jinja2.PackageLoader("reports", "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
)


def text(report: WeeklyReport) -> str:
    """Plain text that reads well by itself, at most 78 columns wide."""
    lines = [f"coldcoffee · {report.week} · {report.owner}", report.span, ""]
    for warning in report.warnings:
        lines += [*textwrap.wrap(f"! {warning}", WIDTH, subsequent_indent="  "), ""]
    lines += ["   ".join(f"{one.now} {one.label} (week before: {one.before})" for one in report.numbers), ""]
    if report.quiet:
        lines += [QUIET, ""]
    for section in report.sections:
        lines += [section.title, "-" * len(section.title)]
        for entry in section.entries:
            lines += _entry(entry)
        if section.more:
            lines.append(f"  and {section.more} more")
        lines.append("")
    lines += ["What the sources cover", "----------------------"]
    for entry in report.coverage:
        lines += _entry(entry)
    return "\n".join(lines) + "\n"


def _entry(entry: Entry) -> list[str]:
    return textwrap.wrap(f"{entry.name}: {entry.text}", WIDTH, initial_indent="  ", subsequent_indent="      ")


def html(report: WeeklyReport) -> str:
    """One page that loads nothing from outside; every value is escaped."""
    return _pages.get_template("report.html").render(report=report, quiet=QUIET)


def as_json(report: WeeklyReport) -> str:
    """The report as data: week, span, warnings, numbers, spotlight, sections by key, coverage; times in ISO 8601."""

    def entries(found: tuple[Entry, ...]) -> list[dict[str, object]]:
        return [{"name": one.name, "text": one.text, "details": list(one.details)} for one in found]

    return json.dumps(
        {
            "owner": report.owner,
            "week": report.week,
            "span": report.span,
            "made_at": report.made_at.isoformat(),
            "warnings": list(report.warnings),
            "numbers": {one.label.replace(" ", "_"): {"now": one.now, "before": one.before} for one in report.numbers},
            "spotlight": entries(report.spotlight),
            "sections": {one.key: entries(one.entries) for one in report.sections},
            "more": {one.key: one.more for one in report.sections if one.more},
            "coverage": entries(report.coverage),
        },
        ensure_ascii=False,
        indent=1,
    )
