"""Start a real Radicale on loopback, in a folder of its own, for benchmarks and tests."""

import json
import re
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from benchmarks.dovecot import free_port

_ASKED = re.compile(r" (?:PROPFIND|REPORT|GET|PUT|DELETE|OPTIONS|MKCALENDAR|MKCOL|PROPPATCH|HEAD|POST) request for ")


@dataclass
class Radicale:
    """One server with the users of `users` (name to password). `collection` and `put` fill its storage: much faster
    before it starts than by HTTP, which takes about six entries a second."""

    home: Path
    users: dict[str, str] = field(default_factory=lambda: {"dana": "secret"})
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The server's address, with a slash at its end."""
        return f"http://127.0.0.1:{self.port}/"

    def collection(self, path: str, tag: str = "VCALENDAR", **properties: str) -> Path:
        """Make a calendar (or with tag VADDRESSBOOK an address book) `USER/NAME`; `properties` are named D_displayname for
        D:displayname. Returns its folder: each file in it is an entry."""
        folder = self.home / "storage" / "collection-root" / path
        folder.mkdir(parents=True, exist_ok=True)
        told = {"tag": tag, **{name.replace("_", ":", 1): value for name, value in properties.items()}}
        (folder / ".Radicale.props").write_text(json.dumps(told))
        return folder

    def start(self) -> None:
        """Write the configuration and wait until the server listens. Raises RuntimeError with its log if it ends."""
        self.home.mkdir(parents=True, exist_ok=True)
        (self.home / "storage").mkdir(exist_ok=True)
        self.port = self.port or free_port()
        (self.home / "users").write_text("".join(f"{user}:{word}\n" for user, word in self.users.items()))
        configuration = self.home / "radicale.conf"
        configuration.write_text(
            f"[server]\nhosts = 127.0.0.1:{self.port}\nmax_connections = 20\n"
            f"[auth]\ntype = htpasswd\nhtpasswd_filename = {self.home}/users\nhtpasswd_encryption = plain\ndelay = 0\n"
            f"[storage]\nfilesystem_folder = {self.home}/storage\n"
            "[logging]\nlevel = info\n"
        )
        with (self.home / "out.log").open("ab") as log:
            command = [sys.executable, "-m", "radicale", "--config", str(configuration)]
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=5):
                    return
            except OSError as error:
                if self.process.poll() is not None:
                    raise RuntimeError(f"Radicale ended: {self.log()}") from error

    def stop(self) -> None:
        """End the server that this object started, by its process id, and wait for it."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=20)
            self.process = None

    def requests(self) -> int:
        """How many requests it has got."""
        return len(_ASKED.findall(self.log()))

    def log(self) -> str:
        """What the server wrote."""
        return (self.home / "out.log").read_text(errors="replace")
