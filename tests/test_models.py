"""A model is one SELECT under one comment that says what a row is; it reads only tables of models below it."""

import json
import re
from pathlib import Path

import duckdb
import pytest

from pipelines import store_tables
from pipelines.rules.vocabulary import bare, entries

ROOT = Path(__file__).parent.parent
MODELS = {path.stem: path for path in sorted((ROOT / "pipelines" / "models").glob("*.sql"))}

# The floor of each judged table. What has landed and what is kept lies on the ground, floor 0.
TABLES: dict[str, int] = {
    "mails": 1,
    "coverage": 1,
    "talkers": 1,
    "occurrences": 2,
    "events": 3,
    "notices": 3,
    "contacts": 3,
    "contact_cards": 3,
    "addresses": 3,
    "correspondents": 3,
    "match_questions": 3,
    "messages": 4,
    "interactions": 5,
    "meetings": 6,
    "relationships": 7,
} | dict.fromkeys(store_tables.names(), 0)

# The first pattern that fits a model names its floor: it reads only tables of floors below.
FLOORS: tuple[tuple[str, int], ...] = (
    (r"mails|coverage|talkers|answers|cards|talked|undated|spellings|named_places", 1),
    (r"occurrences|letters|tellings|wrote|notice_mails", 2),
    (r"events|exchanges|sightings|mournings|absences|occasions", 3),
    (r"talks", 4),
    (r"touches|invited", 5),
    (r"letters_around|noted_meetings|unattributed|notice_messages", 6),
    (r"ties|rhythms|appointments", 7),
    (r"standing", 8),
    (r"(report|check|preview|tally)_\w+", 9),
)
SHOUTED = re.compile(r"\b(SELECT|FROM|JOIN|WHERE|GROUP BY|ORDER BY|WITH|UNION|CASE|WHEN|AND|OR|NOT|AS|ON)\b")


def floor_of(model: str) -> int | None:
    """The floor that a model stands on, or None."""
    return next((floor for pattern, floor in FLOORS if re.fullmatch(pattern, model)), None)


def parsed(model: str) -> dict[str, object]:
    """The model as DuckDB reads it: it parses nothing here but SELECT statements."""
    with duckdb.connect() as db:
        row = db.execute("select json_serialize_sql(?)", [MODELS[model].read_text(encoding="utf-8")]).fetchone()
    assert row is not None
    found: dict[str, object] = json.loads(row[0])
    return found


def tables_of(node: object) -> set[str]:
    """All tables that a parsed model reads, but for those that it names itself."""
    read: set[str] = set()
    named: set[str] = set()

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if node.get("type") == "BASE_TABLE":
                read.add(node["table_name"])
            if "cte_map" in node:
                named.update(entry["key"] for entry in node["cte_map"]["map"])
        for below in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            walk(below)

    walk(node)
    return read - named


@pytest.mark.parametrize("model", MODELS)
def test_a_model_is_one_select_under_one_comment(model: str) -> None:
    """The comment says what a row is; SQL is written in lower case."""
    text = MODELS[model].read_text(encoding="utf-8")
    found = parsed(model)
    assert found["error"] is False, found
    assert isinstance(found["statements"], list)
    assert len(found["statements"]) == 1
    head = re.match(r"(?:-- [^\n]*\n)+", text)
    assert head, "it begins with its comment"
    assert re.search(r"\brow\b", head[0]), "the comment says what a row is"
    assert not SHOUTED.search(re.sub(r"--[^\n]*|'[^']*'", "", text)), "SQL is written in lower case"


@pytest.mark.parametrize("model", MODELS)
def test_a_model_reads_only_tables_below_it(model: str) -> None:
    """A new model needs a floor in FLOORS, and a new judged table one in TABLES."""
    floor = floor_of(model)
    assert floor is not None, f"models/{model}.sql stands on no floor: add it to FLOORS"
    read = tables_of(parsed(model))
    assert sorted(read - TABLES.keys()) == [], "tables that nobody makes: add what a step writes to TABLES"
    assert {table: TABLES[table] for table in read if TABLES[table] >= floor} == {}


def test_every_model_is_used() -> None:
    """By its name, or by the beginning that it shares with others: `f"preview_{step}"`."""
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "pipelines").rglob("*.py"))
    families = tuple(re.findall(r'gather\(f"(\w+_)\{', code))
    assert [model for model in MODELS if f'"{model}"' not in code and not model.startswith(families or ("/",))] == []


def test_every_floor_is_somebodys() -> None:
    """No pattern is left over from a model that is gone."""
    names = {name for pattern, _ in FLOORS if "(" not in pattern for name in pattern.split("|")}
    assert sorted(names - MODELS.keys()) == []


def test_mournings_find_every_word_of_a_memorial() -> None:
    """The model's pattern and the rules' list name the same words; a bare "wake" is mostly no memorial."""
    words = entries("title.memorial")
    written = words - {bare(word) for word in words if bare(word) != word}  # with the accents that belong to it
    said = {word.replace("..", "for") for word in written}
    with duckdb.connect() as db:
        db.execute("create table occurrences (title text)")
        db.execute("create table mails (subject text, marks text[])")
        db.executemany("insert into occurrences values (?)", [[word] for word in said])
        found = {word for (word,) in db.execute(MODELS["mournings"].read_text(encoding="utf-8")).fetchall()}
    assert said - found == {"wake"}
