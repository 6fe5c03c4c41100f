"""A Google account that does not exist: `myworld` answers for Gmail, Calendar, People and OAuth over real HTTP."""

import atexit
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import requests

from benchmarks.dovecot import free_port
from connectors import google
from connectors.context import Context
from connectors.google_account import GoogleConnector
from connectors.google_client import AUTHORIZE_URL, Client, token_name
from connectors.tokens import Remembered

NOW = 1_795_000_000_000_000  # November 2026
USER = "dana@example.org"
Seed = Mapping[str, object]


class Server:
    """One running `myworld`, in which many accounts can be made."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="coldcoffee-world-")
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    def __enter__(self) -> Self:
        port = free_port()
        words = ["serve", "--host", "127.0.0.1", "--port", str(port), "--max-instances", "5000", "--max-hang", "30"]
        program = [sys.executable, "-c", "import sys; from myworld.cli import main; sys.exit(main())"]
        self._process = subprocess.Popen(
            [*program, *words, "--log-level", "info"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env={"HOME": self._folder.name, "PATH": "/usr/bin:/bin"},
            cwd=self._folder.name,
        )
        assert self._process.stderr is not None
        for line in self._process.stderr:
            if "Uvicorn running" in line:
                break
        else:
            raise RuntimeError("myworld ended before it answered")
        self.url = f"http://127.0.0.1:{port}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.communicate(timeout=20)
        self._folder.cleanup()

    def account(self, mails: Sequence[Seed], events: Sequence[Seed], contacts: Sequence[Seed]) -> "Account":
        """A new account of USER with these mails, events and contacts."""
        person = {"email": USER, "name": "Dana Reyes"}
        gmail = {"user": person, "emails": list(mails), "contacts": list(contacts)}
        calendar = {"user": person, "timeZone": "Europe/Berlin", "events": list(events)}
        spec = {
            "name": "dana",
            "now": "2026-11-20T09:00:00Z",
            "servers": {"gmail": {"seed": gmail}, "calendar": {"seed": calendar}},
        }
        told = requests.post(f"{self.url}/envs", json={"spec": spec}, timeout=60)
        told.raise_for_status()
        name = told.json()["id"]
        seen = requests.get(f"{self.url}/envs/{name}", timeout=60).json()
        return Account(self.url, name, str(next(iter(seen["credentials"].values()))["google_access_token"]))


@cache
def server() -> Server:
    """One `myworld` for all tests of this process: each makes accounts of its own in it."""
    running = Server().__enter__()
    atexit.register(running.__exit__, None, None, None)
    return running


class Account(NamedTuple):
    """An account in a running `myworld`."""

    url: str
    name: str
    token: str

    @property
    def root(self) -> str:
        """What stands before Google's hosts."""
        return f"{self.url}/gw"

    def calls(self) -> int:
        """How often a service of the account has been called."""
        return int(requests.get(f"{self.url}/envs/{self.name}", timeout=60).json()["calls"])

    def fault(self, service: str, *faults: Seed) -> None:
        """Make a service (gmail, calendar) fail as myworld knows to."""
        instance = requests.get(f"{self.url}/envs/{self.name}", timeout=60).json()["servers"][service]["instance"]
        requests.put(f"{self.url}/instances/{instance}/faults", json=list(faults), timeout=60).raise_for_status()

    def ask(self, method: str, host: str, path: str, body: object = None) -> dict[str, object]:
        """Call one of Google's APIs as the owner's browser would."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        data = json.dumps(body) if body is not None else None
        told = requests.request(method, f"{self.root}/{host}{path}", headers=headers, data=data, timeout=60)
        told.raise_for_status()
        found: dict[str, object] = told.json() if told.content else {}
        return found

    def gmail(self, method: str, path: str, body: object = None) -> dict[str, object]:
        """Call Gmail."""
        return self.ask(method, "gmail.googleapis.com", f"/gmail/v1/users/me{path}", body)

    def calendar(self, method: str, path: str, body: object = None) -> dict[str, object]:
        """Call Google Calendar."""
        return self.ask(method, "www.googleapis.com", f"/calendar/v3{path}", body)

    def people(self, method: str, path: str, body: object = None) -> dict[str, object]:
        """Call Google Contacts."""
        return self.ask(method, "people.googleapis.com", f"/v1{path}", body)


def signed_in(token: str, **more: object) -> Remembered:
    """The tokens of a source called google, as a consent left them."""
    tokens = Remembered()
    tokens.save(token_name("google"), json.dumps({"token": token, "refresh_token": token, **more}))
    return tokens


def source(root: str, tokens: Remembered, waited: list[float] | None = None, /, **settings: object) -> GoogleConnector:
    """The connector as settings.toml opens it, but that it only notes how long it would wait."""
    table = {"user": USER, "client": "env:CLIENT", "root": root, "timeout": 10.0, **settings}
    context = Context((USER,), Path.cwd(), lambda _: "", NOW, "Europe/Berlin", "google", tokens)
    client = Client("client", "word", AUTHORIZE_URL, f"{root}/oauth2.googleapis.com/token")
    pauses = waited if waited is not None else []
    return GoogleConnector(google.Settings.model_validate(table), client, context, pauses.append)
