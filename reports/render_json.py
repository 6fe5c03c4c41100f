"""Lay a weekly report out as JSON; docs/report.md names its keys, which are a promise."""

import datetime as dt
import json

from reports.weekly_report import Entry, WeeklyReport

FORMAT = 1  # grows when a key goes or changes its meaning; new keys may come without


def as_json(report: WeeklyReport) -> str:
    """The whole report: every section with all its entries. Times are ISO 8601 with offset, in UTC."""
    return json.dumps(
        {
            "format": FORMAT,
            "owner": report.owner,
            "week": report.week,
            "zone": report.zone,
            "starts_at": _time(report.starts_at),
            "ends_at": _time(report.ends_at),
            "made_at": _time(report.made_at),
            "quiet": report.quiet,
            "subject": report.subject,
            "language": report.language,
            "stale": list(report.stale),
            "warnings": list(report.warnings),
            "numbers": {one.key: {"now": one.now, "before": one.before} for one in report.numbers},
            "spotlight": [_entry(one) for one in report.spotlight],
            "sections": {section.key: [_entry(one) for one in section.entries] for section in report.sections},
            "coverage": [_entry(one) for one in report.coverage.entries],
            "returns": {
                "weeks": report.returns.weeks,
                "named": report.returns.named,
                "back": report.returns.back,
                "by_week": [one._asdict() for one in report.returns.by_week],
            },
            "year": {
                "weeks": [
                    {"week": one.week, "warm": one.warm, "cooling": one.cooling, "cold": one.cold}
                    for one in report.year_weeks
                ],
                "met": [
                    {
                        "contact_id": one.contact_id,
                        "name": one.name,
                        "month": one.month,
                        "in_person": one.in_person,
                        "remotely": one.remotely,
                    }
                    for one in report.year_met
                ],
            },
        },
        ensure_ascii=False,
        indent=1,
    )


def _time(moment: dt.datetime | None) -> str | None:
    return moment.astimezone(dt.UTC).isoformat() if moment else None


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "title": entry.title,
        "people": [{"contact_id": one.contact_id, "name": one.name} for one in entry.people],
        "text": entry.text,
        "details": list(entry.details),
        "evidence": list(entry.evidence),
        "at": _time(entry.at),
        "event_key": entry.event_key,
    }
