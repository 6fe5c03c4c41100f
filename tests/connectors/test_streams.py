"""What streams, tars, tables and JSON are cut into, whatever the pieces in which they arrive."""

import csv
import io
import json
import tarfile

from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.folder_tar import tar_files
from connectors.streams import Forward, lines
from connectors.talk_json import items
from connectors.talk_tables import fields, rows
from tests.connectors.folder_files import tarred

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


class Dribble:
    """Gives at most some bytes at a time."""

    def __init__(self, data: bytes, most: int) -> None:
        self._file = io.BytesIO(data)
        self._most = most

    def read(self, size: int) -> bytes:
        return self._file.read(min(size, self._most))


@given(st.binary(max_size=300), st.integers(1, 50), st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=8))
def test_a_stream_gives_what_a_file_would(data: bytes, most: int, steps: list[tuple[int, bool]]) -> None:
    """Reading, looking ahead and passing over, in any order."""
    stream, file = Forward(Dribble(data, most).read), io.BytesIO(data)
    for size, looks in steps:
        if looks:
            assert stream.peek(size) == data[file.tell() : file.tell() + size]
        else:
            assert stream.read(size) == file.read(size)
        assert stream.tell() == file.tell()
    ahead = min(file.tell() + 7, len(data))
    stream.seek(file.tell() + 7)
    assert (stream.tell(), stream.read()) == (ahead, data[ahead:])


@given(
    st.lists(
        st.text(st.characters(exclude_characters="\r\n\ufeff", exclude_categories=["Cs"]), max_size=40), max_size=8
    )
)
def test_lines_are_those_of_the_text(told: list[str]) -> None:
    """In UTF-8 and UTF-16, with either line end."""
    told = ["x", *told, "y"]
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        for ending in ("\n", "\r\n"):
            assert list(lines(io.BytesIO(ending.join(told).encode(encoding)), 1_000)) == told


@given(st.dictionaries(st.text("abcäß/._ -", min_size=1, max_size=150), st.binary(max_size=1_500), max_size=4))
@settings(deadline=None)
def test_tars_are_read_as_the_stdlib_reads_them(files: dict[str, bytes]) -> None:
    """Names and contents, in each form."""
    for form in (tarfile.PAX_FORMAT, tarfile.GNU_FORMAT):
        data = tarred(files, "w", form)
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            theirs = [(entry.name, archive.extractfile(entry).read()) for entry in archive]  # type: ignore[union-attr]
        stream = Forward(Dribble(data, 700).read)
        assert [(name.rstrip("/"), content.read()) for name, content in tar_files(stream)] == [
            (name.rstrip("/"), content) for name, content in theirs
        ]


@given(st.dictionaries(TEXT, JSON, max_size=5), st.booleans(), st.integers(1, 9))
def test_json_items_are_those_of_the_whole(value: dict[str, object], ascii_only: bool, indent: int) -> None:
    """Each value of an object, each element of a list that is entered."""
    value = {**value, "list": [*value.values()]}
    data = json.dumps(value, ensure_ascii=ascii_only, indent=indent).encode()
    found: dict[str, object] = {"list": []}
    for path, item in items(io.BytesIO(b"window.x = " + data), frozenset({(), ("list",)})):
        if path == ("list", "*"):
            part = found["list"]
            assert isinstance(part, list)
            part.append(item)
        else:
            found[path[0]] = item
    assert found == value


@given(st.lists(st.tuples(TEXT, TEXT), max_size=6))
def test_rows_are_those_of_csv(told: list[tuple[str, str]]) -> None:
    """Whatever the cells hold, line breaks and quotes, too."""
    told = [tuple(cell.replace("\r", " ").replace("\0", " ") for cell in row) for row in told]  # type: ignore[misc]
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerows([("One", "Two"), *told])
    known = fields({"one": "one", "two": "two"})
    read = rows(io.BytesIO(out.getvalue().encode()), known, lambda found: len(found) == 2)
    assert [row.cells for _, row in read] == [list(row) for row in told]
