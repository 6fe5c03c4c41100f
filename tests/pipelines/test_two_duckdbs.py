"""DuckDB 1.5 and the newest one read each other's stores and snapshots, and judge alike."""

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.pipelines import two_duckdbs

ROOT = Path(__file__).parent.parent.parent
OLDER = ROOT / "build" / "duckdb15"

pytestmark = pytest.mark.skipif(
    not (OLDER / "duckdb").is_dir(), reason="needs DuckDB 1.5 in build/duckdb15: “make test” puts it there"
)


def with_duckdb(path: Path | None, what: str, folder: Path) -> dict[str, object]:
    """What the program found with the DuckDB that lies in `path`, or with the installed one."""
    told = os.pathsep.join(str(part) for part in (path, ROOT) if part is not None)
    words = [sys.executable, two_duckdbs.__file__, what, str(folder)]
    done = subprocess.run(words, env={**os.environ, "PYTHONPATH": told}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("order", [(OLDER, None), (None, OLDER)], ids=["older-writes-first", "newer-writes-first"])
def test_each_goes_on_with_what_the_other_wrote(tmp_path: Path, order: tuple[Path | None, Path | None]) -> None:
    """Both write one store in turns; each reads the other's snapshot and judges it to the same tables."""
    wrote = [with_duckdb(one, "write", tmp_path) for one in order]
    read = [with_duckdb(one, "read", tmp_path) for one in order]
    versions = [one["version"] for one in wrote]
    assert versions == [one["version"] for one in read]
    assert set(versions) == {"1.5.5", duckdb.__version__}
    wanted = {
        "storage": ["v1.5.0+", "v1.5.0+"],
        "subjects": sorted(f"From {version}" for version in versions),
        "correspondents": ["ann@example.org"],
    }
    for found in read:
        assert {name: found[name] for name in wanted} == wanted
