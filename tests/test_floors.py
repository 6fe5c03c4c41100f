"""Every file stands on a floor and imports only from floors below it; SQL reads only tables of models below it."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent

# The first pattern that fits a module names its floor. A new file that fits none fails the test.
FLOORS: tuple[tuple[str, int], ...] = (
    (r"(connectors|pipelines|reports)(\.(rules|models|steps|assets|templates|rules\.words))?", 0),
    (r"connectors\.(records|errors|context|cycles|streams|tokens|consent|google_json)", 0),
    (r"connectors\.(ahead|apart|web|sign_in)(_\w+)?", 1),
    (r"connectors\.(mail|calendar|contact|talk)_\w+", 1),
    (r"connectors\.(folder|google|imap|dav|caldav|carddav|ical_url|microsoft)(_\w+)?", 2),
    (r"connectors\.registry", 3),
    (r"pipelines\.rules\.\w+", 1),
    (r"reports\.(facts|languages|answers)", 0),
    (r"reports\.(weekly|weekly_\w+|speech|wording|wording_\w+|dates|phrases|evidence|troubles)", 1),
    (r"reports\.(charts|pictures|timeline|render|render_\w+)", 2),
    (r"reports\.delivery(_gmail)?", 3),
    (r"pipelines\.(landing|home|keys|keyrings|secrets|settings|private|store|store_\w+|token_store|locking)", 4),
    (r"pipelines\.steps\.\w+", 5),
    (
        r"pipelines\.(dropping|telling|looking|showing|judging|pulling|forgotten|traces|delivering|reporting|answering|resources)",
        5,
    ),
    (r"pipelines\.assets\.\w+", 6),
    (r"pipelines\.(definitions|schedules|sensors)", 7),
    (r"pipelines\.demo(\.\w+)?", 7),
    (r"pipelines\.\w+", 8),
)
SIDES = {  # what a folder may import of the project at all
    "connectors": ("connectors",),
    "reports": ("reports",),
    "pipelines": ("connectors", "pipelines", "reports"),
}
FORBIDDEN = {
    "connectors": ("dagster", "duckdb"),
    "reports": ("dagster", "duckdb"),
    "pipelines.rules": ("dagster", "duckdb", "pathlib.Path.open", "requests", "socket"),
}


def modules() -> dict[str, Path]:
    """Every module of the product and its file."""
    found = {}
    for folder in ("connectors", "pipelines", "reports"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def floor_of(module: str) -> int | None:
    """The floor that a module stands on, or None."""
    return next((floor for pattern, floor in FLOORS if re.fullmatch(pattern, module)), None)


def imports_of(path: Path) -> set[str]:
    """All modules that a file imports, at its top and inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_every_file_has_a_floor() -> None:
    """A new file must say where it stands."""
    assert [name for name in modules() if floor_of(name) is None] == []


def test_imports_go_down_only() -> None:
    """No file imports from a floor above its own, nor from a side that it must not know."""
    known = modules()
    wrong = []
    for name, path in known.items():
        side = name.split(".")[0]
        for other in imports_of(path) & known.keys():
            here, there = floor_of(name), floor_of(other)
            if other.split(".")[0] not in SIDES[side] or (here is not None and there is not None and there > here):
                wrong.append(f"{name} (floor {here}) imports {other} (floor {there})")
    assert wrong == []


def test_only_the_store_knows_duckdb_and_only_pipelines_know_dagster() -> None:
    """Connectors, reports and rules know neither; in pipelines, DuckDB is the store's alone."""
    wrong = []
    for name, path in modules().items():
        tops = {other.split(".")[0] for other in imports_of(path)}
        if "duckdb" in tops and name != "pipelines.store":
            wrong.append(f"{name} imports duckdb")
        if "dagster" in tops and name.startswith(("connectors", "reports", "pipelines.rules", "pipelines.steps")):
            wrong.append(f"{name} imports dagster")
    assert wrong == []
