"""Erase what names a person from files outside of the store: reports, sent mails, and what Dagster keeps."""

import html
import json
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from pipelines.store_erasure import HIDDEN

PATIENCE = 30.0  # seconds to wait for Dagster's daemon, which writes to its records


class Traces:
    """Tells whether a text names somebody: `pattern` has two groups, for what stands before and behind a name."""

    def __init__(self, pattern: str) -> None:
        self._pattern = re.compile(pattern, re.IGNORECASE)

    def named_in(self, text: str) -> bool:
        """Whether a text names them: plain, HTML or JSON, with its lines broken anywhere."""
        return any(
            self._pattern.search(" ".join(form.split())) for form in (text, html.unescape(text), _unescaped(text))
        )

    def hidden(self, text: str) -> str:
        """The text with the names hidden, also where they stand in JSON with other letters than ASCII escaped."""
        if not text.isascii() or "\\u" not in text:
            return self._pattern.sub(rf"\1{HIDDEN}\2", text)
        return self._pattern.sub(rf"\1{HIDDEN}\2", _unescaped(text))


def erase_files(paths: Iterable[Path], traces: Traces) -> int:
    """Delete the files that name them; returns how many."""
    gone = 0
    for path in paths:
        if path.is_file() and traces.named_in(_text_of(path)):
            path.unlink()
            gone += 1
    return gone


def erase_from_records(folder: Path, traces: Traces) -> int:
    """Hide the names in all SQLite files of a folder and below, write these anew without free pages, and delete other
    files that hold names; returns how many texts and files there were."""
    gone = 0
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        if path.suffix in (".db-wal", ".db-shm", ".db-journal"):
            continue
        with path.open("rb") as file:
            is_sqlite = file.read(16) == b"SQLite format 3\0"
        gone += _erase_from_sqlite(path, traces) if is_sqlite else erase_files([path], traces)
    return gone


def _erase_from_sqlite(path: Path, traces: Traces) -> int:
    gone = 0
    with closing(sqlite3.connect(path, timeout=PATIENCE)) as db:
        db.create_function(
            "names_them", 1, lambda text: isinstance(text, str) and traces.named_in(text), deterministic=True
        )
        db.create_function("hidden", 1, traces.hidden, deterministic=True)
        tables = [row[0] for row in db.execute("select name from sqlite_master where type = 'table'")]
        with db:
            for table in tables:
                for _, column, *_ in db.execute(f'pragma table_info("{table}")').fetchall():
                    gone += db.execute(
                        f'update "{table}" set "{column}" = hidden("{column}") where names_them("{column}")'
                    ).rowcount
        if gone:
            db.execute("vacuum")
            db.execute("pragma wal_checkpoint(truncate)")
    return gone


def _text_of(path: Path) -> str:
    """A file as text; of a mail its header and all of its parts, decoded."""
    data = path.read_bytes()
    if path.suffix != ".eml":
        return data.decode("utf-8", "replace")
    mail = message_from_bytes(data, policy=default)
    parts = [str(part.get_content()) for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*(f"{name}: {value}" for name, value in mail.items()), *parts])


def _unescaped(text: str) -> str:
    """A JSON text with its \\u escapes resolved, where it has any."""
    if "\\u" not in text:
        return text
    return re.sub(r"(?:\\u[0-9a-fA-F]{4})+", lambda found: str(json.loads(f'"{found[0]}"')), text)
