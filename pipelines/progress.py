"""Show how a pull goes: one bar a source, on a terminal only."""

import contextlib
import os
import sys
from collections.abc import Iterator

from pipelines.pulling import LISTENER


@contextlib.contextmanager
def watched() -> Iterator[None]:
    """Inside, pulls are shown as progress bars if standard error is a terminal."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    from rich.console import Console  # noqa: PLC0415 - only a terminal needs it
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bars: dict[str, TaskID] = {}
    with Progress(*columns, console=Console(stderr=True)) as progress:

        def show(source: str, done: int, total: int) -> None:
            if source not in bars:
                bars[source] = progress.add_task(source, total=None)
            progress.update(bars[source], completed=done, total=max(total, done) if total else None)

        token = LISTENER.set(show)
        try:
            yield
        finally:
            LISTENER.reset(token)
