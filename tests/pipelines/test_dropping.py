"""Dropped files are read once they lie still, and once for all that came together."""

import os
from pathlib import Path

from pipelines.dropping import Watched, look, settled


def test_a_folder_is_read_when_it_lies_still(tmp_path: Path) -> None:
    """While a file grows nothing happens; then one reading takes all; then nothing until something changes."""
    watched, said = Watched(), []
    for text in ("a", "ab", "abc", "abc", "abc", "abc", "abcd", "abcd"):
        (tmp_path / "mail.mbox").write_text(text, encoding="utf-8")
        (tmp_path / "cards.vcf").write_text("card", encoding="utf-8")
        # the same time for the same text: only what is written anew looks anew
        for path in tmp_path.iterdir():
            os.utime(path, ns=(len(text), len(text)))
        watched, ready = settled(watched, look(tmp_path))
        said.append(ready)
    assert said == [False, False, False, True, False, False, False, True]


def test_an_empty_or_missing_folder_is_never_read(tmp_path: Path) -> None:
    """There is nothing to read."""
    for folder in (tmp_path, tmp_path / "nowhere"):
        watched, ready = settled(Watched(), look(folder))
        assert settled(watched, look(folder)) == (Watched(), False)
        assert not ready


def test_folders_below_are_looked_at(tmp_path: Path) -> None:
    """A file in a folder of the drop folder counts."""
    before = look(tmp_path)
    (tmp_path / "Takeout" / "Mail").mkdir(parents=True)
    (tmp_path / "Takeout" / "Mail" / "All.mbox").write_text("From", encoding="utf-8")
    assert look(tmp_path) != before
