"""Turn what a step left into what Dagster's page shows: numbers that it plots, a few rows, and the checks' results."""

import re
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import dagster as dg

from pipelines.looking import CHECKS, Seen
from pipelines.steps.moment import Counts
from pipelines.steps.report import Composed
from reports.weekly_report import WeeklyReport

WARNING = frozenset({"contacts_can_be_reached"})  # checks that say something, and stop nothing
SUMS = "sums_equal_the_tables"
Shown = dict[
    str,
    dg.TableMetadataValue | dg.MarkdownMetadataValue | dg.UrlMetadataValue | dg.PathMetadataValue | int | float | str,
]


def specs(step: str, partitions: dg.PartitionsDefinition[str]) -> list[dg.AssetCheckSpec]:
    """A step's checks; each owner's result stands for itself."""
    said = {
        "contacts_can_be_reached": "Of each contact an address, a number or a profile is known.",
        "nothing_lost": "Each mail is in the ledger, or excluded with a reason, or a correspondent's; none is excluded and weighted.",
        "no_interaction_in_the_future": "Nothing counts before it has happened.",
        "no_meeting_in_the_future": "No meeting counts before it has ended.",
    }
    return [spec(name, step, said[name], partitions, blocking=name not in WARNING) for name in CHECKS.get(step, {})]


def spec(
    name: str, asset: str, said: str, partitions: dg.PartitionsDefinition[str], *, blocking: bool = True
) -> dg.AssetCheckSpec:
    """A check of an asset, of which each partition has a result of its own; else owners would overwrite each other's."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dg.PreviewWarning)  # what Dagster says of partitioned checks
        return dg.AssetCheckSpec(name, asset=asset, description=said, blocking=blocking, partitions_def=partitions)


def materialized(
    step: str, counts: Counts, seen: Sequence[Seen], seconds: float, *, alone: bool
) -> dg.MaterializeResult[None]:
    """The result of a step over some owners. Rows are shown only where there is one owner at all: else names of one
    owner's contacts would be seen by another."""
    total: Counter[str] = Counter()
    for one in seen:
        total.update(one.counts)
    shown: Shown = {"dagster/row_count": counts[step], "seconds": round(seconds, 3), **total, **_named(counts)}
    if alone and len(seen) == 1 and seen[0].rows:
        shown["preview"] = table(seen[0].rows)
    return dg.MaterializeResult(metadata=shown, check_results=_checked(step, seen, alone=alone))


def table(rows: Sequence[Mapping[str, str | float]]) -> dg.TableMetadataValue:
    """Rows as a table."""
    columns = [
        dg.TableColumn(name, type="number" if isinstance(value, int | float) else "text")
        for name, value in rows[0].items()
    ]
    return dg.MetadataValue.table([dg.TableRecord(dict(row)) for row in rows], dg.TableSchema(columns))


def _named(counts: Counts) -> dict[str, int]:
    return {f"rows of {name}": count for name, count in counts.items()}


def _checked(step: str, seen: Sequence[Seen], *, alone: bool) -> list[dg.AssetCheckResult]:
    results = []
    for check in CHECKS.get(step, {}):
        found = sum(one.faults[check][0] for one in seen)
        keys = [key for one in seen for key in one.faults[check][1]]
        metadata: Shown = {"faults": found}
        if keys and alone:
            metadata["first"] = ", ".join(keys)
        severity = dg.AssetCheckSeverity.WARN if check in WARNING else dg.AssetCheckSeverity.ERROR
        results.append(dg.AssetCheckResult(passed=not found, check_name=check, severity=severity, metadata=metadata))
    return results


def reported(
    made: Sequence[Composed], pages: Sequence[Path], seconds: float, *, alone: bool
) -> dg.MaterializeResult[None]:
    """The result of making reports: how many people each section names, and of a single one its text and its page."""
    sections: Counter[str] = Counter()
    for one in made:
        sections.update({section.key.replace("_", " "): len(section.entries) for section in one.report.sections})
    shown: Shown = {"reports": len(made), "seconds": round(seconds, 3), **sections}
    if len(made) == 1:
        shown["page"] = dg.MetadataValue.path(str(pages[0]))
        shown["week"] = made[0].report.week
        shown |= {number.key.replace("_", " "): number.now for number in made[0].report.numbers}
        if alone:  # under web_pages' route, for whichever port the webserver has
            shown["page"] = dg.MetadataValue.url(f"/coldcoffee/{'/'.join(pages[0].parts[-3:-1])}")
            shown["report"] = dg.MetadataValue.md(as_markdown(made[0].report))
    wrong = [fault for one in made for fault in one.faults]
    check = dg.AssetCheckResult(
        passed=not wrong,
        check_name=SUMS,
        severity=dg.AssetCheckSeverity.ERROR,
        metadata={"faults": len(wrong), "first": "; ".join(wrong[:3])},
    )
    return dg.MaterializeResult(metadata=shown, check_results=[check])


def as_markdown(report: WeeklyReport) -> str:
    """The report as Markdown: its numbers, a year in a line of bars, and its sections."""
    lines = [f"# {report.span}", ""]
    lines += [f"> {_plain(warning)}\n" for warning in report.warnings]
    lines += ["| | this week | the week before |", "|---|---|---|"]
    lines += [f"| {number.label} | **{number.now}** | {number.before} |" for number in report.numbers]
    if report.year_weeks:
        lines += ["", "A year, week by week:", ""]
        for name in ("warm", "cooling", "cold"):
            counts = [int(getattr(week, name)) for week in report.year_weeks]
            lines.append(f"- {name} `{bars(counts)}` {counts[-1]}")
    for section in report.sections:
        lines += ["", f"## {section.title}", ""]
        lines += [f"- **{_plain(entry.title)}** {_plain(entry.text)}" for entry in section.entries]
    return "\n".join(lines)


def bars(counts: Sequence[int]) -> str:
    """Numbers as a line of bars, the highest for the largest."""
    most = max(counts, default=0)
    return "".join("▁▂▃▄▅▆▇█"[round(7 * count / most)] if most else "▁" for count in counts)


def _plain(text: str) -> str:
    """Text without what Markdown would read as more: titles come from strangers."""
    return re.sub(r"([\\`*_\[\]<>#|!])", r"\\\1", " ".join(text.split()))
