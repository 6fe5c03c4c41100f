"""A unit of the user's own runs Dagster for good."""

from pathlib import Path

import pytest

from pipelines import installing
from pipelines.home import Home
from pipelines.running import Stop


def test_the_unit_names_this_home_and_the_port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written where systemd looks for the user's units; where systemd can't be asked, the commands are told."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("PATH", str(tmp_path))
    home = Home(tmp_path / "100% mine")
    home.folder.mkdir()
    home.settings.write_text("[owner.dana]\n", encoding="utf-8")
    said = installing.install(home, 3111)
    path = tmp_path / "config" / "systemd" / "user" / installing.name_of(home)
    assert said == (
        f"Written: {path}. systemd can't be asked from here; run: "
        f"systemctl --user daemon-reload && systemctl --user enable --now {path.name}"
    )
    started = next(line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("ExecStart="))
    assert started.endswith(f'/coldcoffee" --home "{str(home.folder).replace("%", "%%")}" ui --port 3111')


def test_without_settings_nothing_is_installed(tmp_path: Path) -> None:
    """There is nothing to run yet."""
    with pytest.raises(Stop, match="run “coldcoffee init” first"):
        installing.install(Home(tmp_path), 3000)
