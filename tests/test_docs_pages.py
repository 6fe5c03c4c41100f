"""The docs name every setting, command, exit code, table and benchmark; the README is what CI runs."""

import re
import shlex
from pathlib import Path

import pytest
import typer.main
from pydantic import BaseModel

from connectors.registry import KINDS
from pipelines import settings
from pipelines.cli import app
from tests.pipelines import homes

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(#[^)\s]*)?\)")
TABLES: dict[str, type[BaseModel]] = {
    "[owner.NAME]": settings._OwnerTable,
    "[owner.NAME.report]": settings.Report,
    "[owner.NAME.report.smtp]": settings.Smtp,
    "[owner.NAME.report.gmail]": settings.Gmail,
    "[owner.NAME.cadence]": settings.Cadence,
}


def page_of(kind: str) -> Path:
    """The page of a kind of source."""
    return DOCS / f"sources-{kind.replace('_', '-')}.md"


def rows(text: str) -> set[str]:
    """What stands in code marks in the first cells of a text's tables."""
    cells = re.findall(r"^\|([^|]+)\|", text, re.MULTILINE)
    return {word for cell in cells for word in re.findall(r"`([^`]+)`", cell)}


@pytest.mark.parametrize("table", TABLES)
def test_every_setting_has_its_line(table: str) -> None:
    """In docs/settings.md, under the heading of its table; and no line is left over from a key that is gone."""
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    section = re.search(rf"^##+ `{re.escape(table)}`\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
    assert section, f"docs/settings.md lacks a heading `{table}`"
    assert rows(section[1]) == set(TABLES[table].model_fields)


def test_every_kind_is_listed_among_the_settings() -> None:
    """With a link to its page."""
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f"[`{kind}`]({page_of(kind).name})" not in text] == []


def test_every_command_has_its_line() -> None:
    """In docs/command.md, with each of its options somewhere on that page; and no line is left over."""
    text = (DOCS / "command.md").read_text(encoding="utf-8")
    group = typer.main.get_command(app)
    commands = getattr(group, "commands")  # noqa: B009 - typer brings its own click
    table = text.partition("## Exit codes")[0]
    assert {row.split()[0] for row in rows(table)} == set(commands)
    options = {
        option
        for command in (group, *commands.values())
        for parameter in command.params
        for option in parameter.opts
        if option.startswith("--") and option != "--help"
    }
    assert sorted(option for option in options if option not in text) == [], "options without a word in docs/command.md"


def test_every_exit_code_has_its_line() -> None:
    """0 to 3."""
    text = (DOCS / "command.md").read_text(encoding="utf-8").partition("## Exit codes")[2]
    assert re.findall(r"^\| (\d) \|", text, re.MULTILINE) == ["0", "1", "2", "3"]


def test_every_page_is_linked() -> None:
    """From the README or from another page."""
    linked = {
        (page.parent / target).resolve()
        for page in (ROOT / "README.md", *PAGES)
        for target, _ in LINK.findall(page.read_text(encoding="utf-8"))
    }
    assert [str(page.relative_to(ROOT)) for page in PAGES if page.resolve() not in linked] == []


def test_the_readmes_commands_are_real() -> None:
    """Those for make are targets that CI runs; those for coldcoffee are its commands."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    words = [
        shlex.split(line, comments=True) for line in re.findall(r"^ {4}((?:make|\.venv/bin/).*)$", text, re.MULTILINE)
    ]
    made = {line[1] for line in words if line[0] == "make"}
    assert made == {"demo", "test"}
    makefile, ci = ((ROOT / name).read_text(encoding="utf-8") for name in ("Makefile", ".ci/run"))
    for target in made:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
        assert f"make {target}" in ci
    commands = getattr(typer.main.get_command(app), "commands")  # noqa: B009 - typer brings its own click
    told = {line[1] for line in words if line[0].endswith("/coldcoffee")}
    assert told
    assert told - set(commands) == set()


def test_every_benchmark_has_its_line() -> None:
    """In docs/benchmarks.md."""
    text = (DOCS / "benchmarks.md").read_text(encoding="utf-8")
    names = [path.stem for path in (ROOT / "benchmarks").glob("*.py") if path.stem != "__init__"]
    assert sorted(name for name in names if f"benchmarks.{name}" not in text and f"{name}.py" not in text) == []


def promised() -> dict[str, set[str]]:
    """The public tables and their columns, as docs/tables.md promises them."""
    text = (DOCS / "tables.md").read_text(encoding="utf-8")
    found = {}
    for table, columns in re.findall(r"^\| `(\w+)` \|[^|]+\| ([^|]+) \|$", text, re.MULTILINE):
        found[table] = set(re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", columns)))
    return found


def test_the_promised_tables_are_there(tmp_path: Path) -> None:
    """In the snapshot of a home that was run once; times are with time zones."""
    import duckdb  # noqa: PLC0415

    home = homes.made(tmp_path)
    assert homes.coldcoffee(home, "run", "--week", homes.WEEK).code == 0
    with duckdb.connect(str(home / "snapshot" / "dana.duckdb"), read_only=True) as db:
        kinds = {
            (str(table), str(column)): str(kind)
            for table, column, kind in db.execute(
                "select table_name, column_name, data_type from duckdb_columns() where not internal"
            ).fetchall()
        }
    wanted = {(table, column) for table, columns in promised().items() for column in columns}
    assert len(promised()) == 12
    assert sorted(wanted - kinds.keys()) == []
    assert {kinds[one] for one in wanted if one[1].endswith("_at")} == {"TIMESTAMP WITH TIME ZONE"}
    assert kinds["meetings", "evidence"] == "STRUCT(reason VARCHAR, weight DOUBLE)[]"
