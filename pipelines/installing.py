"""Have systemd run Dagster's webserver and daemon for good: a unit of the user's own (systemd.service(5))."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from pipelines.home import Home
from pipelines.private import write_private
from pipelines.running import Stop

UNIT = """\
# Written by “coldcoffee ui --install”. To take it away: systemctl --user disable --now {name}, then delete this file.
[Unit]
Description=coldcoffee: who has gone cold, and whom you really met ({home})
After=network-online.target

[Service]
ExecStart={command} --home {home} ui --port {port}
Restart=on-failure
RestartSec=30
Nice=10
UMask=0077
NoNewPrivileges=true

[Install]
WantedBy=default.target
"""


def install(home: Home, port: int) -> str:
    """Write the unit, and start it where systemd listens; returns what was done and what is left to do."""
    if not home.settings.exists():
        raise Stop(f"There are no settings yet at {home.settings}: run “coldcoffee init” first.", 2)
    if not sys.platform.startswith("linux"):
        raise Stop("--install is for systemd on Linux: docs/running.md tells how on macOS and Windows.", 2)
    path = units() / name_of(home)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_private(path, unit(home, port))
    told = f"Written: {path}."
    systemctl = shutil.which("systemctl")
    commands = [["daemon-reload"], ["enable", "--now", path.name]]
    if systemctl and all(_ran([systemctl, "--user", *words]) for words in commands):
        return (
            f"{told} It runs now, and whenever you log in; “loginctl enable-linger” keeps it running after you log out."
        )
    left = " && ".join(" ".join(["systemctl", "--user", *words]) for words in commands)
    return f"{told} systemd can't be asked from here; run: {left}"


def units() -> Path:
    """Where a user's own units lie."""
    base = os.environ.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "systemd" / "user"


def name_of(home: Home) -> str:
    """The unit's name: one for each home."""
    return f"coldcoffee-{hashlib.sha256(str(home.folder).encode()).hexdigest()[:8]}.service"


def unit(home: Home, port: int) -> str:
    """The unit's text."""
    command = _quoted(str(Path(sys.executable).parent / "coldcoffee"))
    return UNIT.format(name=name_of(home), home=_quoted(str(home.folder)), command=command, port=port)


def _quoted(text: str) -> str:
    """A word of a command line as systemd reads it (systemd.syntax(7)): its own signs doubled."""
    plain = text.replace("%", "%%").replace("$", "$$")
    return '"' + plain.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _ran(words: list[str]) -> bool:
    return subprocess.run(words, capture_output=True, check=False).returncode == 0
