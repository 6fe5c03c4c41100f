"""Collect the texts that the code gives to the catalogues."""

import io
from pathlib import Path

import jinja2
from babel.messages.extract import extract
from jinja2 import nodes

JUDGES = Path(__file__).parent.parent.parent / "pipelines"
REPORTS = Path(__file__).parent.parent.parent / "reports"
TOLD = {"say": None, "later": None, "many": (2, 3)}  # the functions that take texts, and which arguments those are

Text = str | tuple[str, ...]  # a tuple has a form for one and a form for more


def in_code() -> set[Text]:
    """Every text of the modules and templates of reports/, and of the rules that word judgements."""
    found: set[Text] = set()
    for path in (*REPORTS.glob("*.py"), *JUDGES.glob("rules/*.py"), *JUDGES.glob("steps/*.py")):
        for _, text, _, _ in extract("python", io.BytesIO(path.read_bytes()), keywords=TOLD):
            found.add(text if isinstance(text, str) else tuple(text))
    for path in (REPORTS / "templates").glob("*.html"):
        for call in jinja2.Environment().parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Getattr) and call.node.attr in ("say", "many"):
                texts = [one.value for one in call.args if isinstance(one, nodes.Const)]
                found.add(texts[0] if call.node.attr == "say" else tuple(texts[-2:]))
    return found
