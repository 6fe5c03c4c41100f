"""The docs keep up with the product: every kind of source and every setting has its line, and every link leads somewhere."""

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from connectors.registry import KINDS

DOCS = Path(__file__).parent.parent / "docs"


def page(kind: str) -> str:
    """The page of a kind of source."""
    return (DOCS / f"sources-{kind.replace('_', '-')}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_setting_of_every_kind_has_its_line(kind: str) -> None:
    """What can be set is in the tables of the kind's page: a table in settings.toml with its keys, or as one line."""
    named = set(re.findall(r"`([\w.]+)`", "".join(re.findall(r"^\| (`.*?) \|", page(kind), re.MULTILINE))))
    missing = []
    for name, field in KINDS[kind].settings.model_fields.items():
        inner = field.annotation
        is_table = isinstance(inner, type) and issubclass(inner, BaseModel)
        parts = {f"{name}.{key}" for key in inner.model_fields} if is_table and inner is not None else {name}
        if name not in named and not parts <= named:
            missing.append(name)
    assert missing == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_examples_of_every_kind_are_ones_that_work(kind: str) -> None:
    """What the page shows as a source can be copied as it stands."""
    shown = 0
    for example in re.findall(r"^```toml\n(.*?)^```", page(kind), re.MULTILINE | re.DOTALL):
        for table in tomllib.loads(example).get("owner", {}).get("dana", {}).get("source", {}).values():
            KINDS[table.pop("kind")].settings.model_validate(table)
            shown += 1
    assert shown > 0


def test_links_in_the_docs_lead_somewhere() -> None:
    """A link to another page, or to a heading on it, has that page and that heading."""
    lost = []
    for path in (DOCS.parent / "README.md", *sorted(DOCS.rglob("*.md"))):
        for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
            file, _, anchor = target.partition("#")
            if "://" in target or target.startswith("mailto:"):
                continue
            there = path.parent / file if file else path
            if not there.exists() or (anchor and anchor not in anchors(there)):
                lost.append(f"{path.name}: {target}")
    assert lost == []


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, as its readers make them."""
    headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
