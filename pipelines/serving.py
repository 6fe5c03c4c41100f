"""Start Dagster's webserver and daemon for one home, on this machine's loopback only."""

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

from pipelines import graph, running
from pipelines.home import Home
from pipelines.running import Stop


def commands(port: int) -> list[list[str]]:
    """The two programs and their arguments."""
    tools = Path(sys.executable).parent
    graph_of = ["-m", "pipelines.definitions"]
    return [
        [sys.executable, "-m", "pipelines.web_pages", "-h", "127.0.0.1", "-p", str(port), *graph_of],
        [str(tools / "dagster-daemon"), "run", *graph_of],
    ]


def environment(home: Home) -> dict[str, str]:
    """What both are told: where the home and Dagster's records are, and to send nothing anywhere."""
    return {
        **os.environ,
        "COLDCOFFEE_HOME": str(home.folder),
        "DAGSTER_HOME": str(home.dagster),
        "DAGSTER_DISABLE_TELEMETRY": "yes",
    }


def serve(home: Home, port: int) -> int:
    """Run both until one ends or the user stops them; returns the exit code."""
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise Stop(f"Port {port} on 127.0.0.1 is in use: choose another with --port.", 1)
    if home.settings.exists():
        running.settings(home)
    with graph.instance(home):
        pass  # both would make Dagster's databases at once, and one of them would find half of one
    started = [subprocess.Popen(words, env=environment(home), start_new_session=True) for words in commands(port)]
    sys.stderr.write(f"Dagster's page: http://127.0.0.1:{port} (stop with Ctrl-C)\n")
    ended = threading.Event()
    for one in started:
        threading.Thread(target=_watch, args=(one, ended), daemon=True).start()
    signal.signal(signal.SIGTERM, lambda *_: ended.set())
    try:
        ended.wait()
    finally:
        for one in started:
            one.terminate()
        codes = [one.wait() for one in started]
    return 0 if all(code in (0, -signal.SIGTERM) for code in codes) else 1


def _watch(one: subprocess.Popen[bytes], ended: threading.Event) -> None:
    one.wait()
    ended.set()
