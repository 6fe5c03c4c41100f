"""Read the rows of a table (RFC 4180) one after the other, in bounded memory whatever it holds."""

import csv
import re
import unicodedata
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from io import BytesIO
from typing import NamedTuple

from connectors.streams import Stream, lines

PREAMBLE = 50  # lines before the header
_LONGEST_LINE = 100_000  # characters
_MOST_LINES = 1_000  # lines that one row may run over: a chat message is text with line breaks
_LONGEST_ROW = 120_000  # characters; `csv` refuses fields of more than 131,072
_SECOND_LOOKS = (
    20  # rows with an open quote behind which each line is looked at again: a file of nothing else takes no hours
)


class Table(NamedTuple):
    """A table's columns by field, what parts its cells, and the number of its header's line."""

    columns: dict[str, int]
    delimiter: str
    line: int


class Row(NamedTuple):
    """A row's line number and its cells, or why it can't be read."""

    line: int
    cells: list[str]
    problem: str = ""


def plain(words: str) -> str:
    """A column's name in lower case, without accents and marks."""
    letters = unicodedata.normalize("NFKD", words.strip().lower())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^\w\s]|_", " ", bare).split())


def fields(columns: Mapping[str, str]) -> dict[str, str]:
    """The field of each column's name, from names in one text for each field, with bars between."""
    return {word: field for field, names in columns.items() for word in names.split("|")}


def header(line: str, known: Mapping[str, str], fits: Callable[[set[str]], bool]) -> tuple[dict[str, int], str] | None:
    """The columns and the delimiter of a line whose cells name the fields that are needed; None if it is no header."""
    if len(line) < 2_000:
        for delimiter in ",;\t|":
            if delimiter in line:
                found: dict[str, int] = {}
                for at, name in enumerate(_cells(line, delimiter)):
                    if field := known.get(plain(name)):
                        found.setdefault(field, at)
                if fits(set(found)):
                    return found, delimiter
    return None


def looks_like(head: bytes, known: Mapping[str, str], fits: Callable[[set[str]], bool]) -> bool:
    """Whether a file that begins with these bytes is such a table, notes before it or not."""
    each = zip(range(PREAMBLE), lines(BytesIO(head), _LONGEST_LINE), strict=False)
    return any(header(line, known, fits) for _, line in each)


def rows(stream: Stream, known: Mapping[str, str], fits: Callable[[set[str]], bool]) -> Iterator[tuple[Table, Row]]:
    """Yield the rows behind the header, each with the table that it is in. Nothing comes of a file without a header."""
    source = lines(stream, _LONGEST_LINE)
    table = None
    for number, line in zip(range(1, PREAMBLE + 1), source, strict=False):
        if found := header(line, known, fits):
            table = Table(*found, number)
            break
    if table is None:
        return
    waiting: deque[str] = deque()
    at, looks = table.line, _SECOND_LOOKS
    while taken := _taken(waiting, source, table.delimiter):
        text = "\n".join(taken)
        if text.count('"') % 2 and _opens(taken[0], table.delimiter):
            problem = "The row has a quotation mark that is not closed: it is left out."
            if looks:  # only its first line is lost
                looks -= 1
                waiting.extendleft(reversed(taken[1:]))
                taken = taken[:1]
            yield table, Row(at + 1, [], problem)
        elif len(text) > _LONGEST_ROW:
            yield table, Row(at + 1, [], f"The row is longer than {_LONGEST_ROW:,} characters: it is left out.")
        elif text.strip():
            cells: list[str] = []
            problem = "The row can't be read as a table's: it is left out."
            with suppress(csv.Error):
                cells, problem = _cells(text, table.delimiter), ""
            yield table, Row(at + 1, cells, problem)
        at += len(taken)


def _taken(waiting: deque[str], source: Iterator[str], delimiter: str) -> list[str]:
    """The lines of the next row; none at the end."""
    taken: list[str] = []
    quotes, size = 0, 0
    while len(taken) < _MOST_LINES and size <= _LONGEST_ROW:
        line = waiting.popleft() if waiting else next(source, None)
        if line is None:
            break
        taken.append(line)
        quotes += line.count('"')
        size += len(line) + 1
        if quotes % 2 == 0 or (len(taken) == 1 and not _opens(line, delimiter)):
            break
    return taken


def _opens(line: str, delimiter: str) -> bool:
    """Whether a cell begins with a quotation mark; elsewhere it is a mark like any other."""
    return line.startswith('"') or f'{delimiter}"' in line


def _cells(row: str, delimiter: str) -> list[str]:
    return next(csv.reader([row.replace("\r", " ")], delimiter=delimiter), [])
