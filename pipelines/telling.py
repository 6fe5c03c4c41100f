"""Mail an owner one line on a run that failed, at most once a day."""

import datetime as dt
import html
import zoneinfo

from pipelines import delivering
from pipelines.delivering import Kept
from pipelines.home import Home
from pipelines.private import private_folder, write_private
from pipelines.settings import Owner
from reports import troubles
from reports.delivery import DeliveryError
from reports.wording import words

LONGEST = 400  # characters of what a step said


def failure(home: Home, owner: Owner, job: str, said: str, at: dt.datetime) -> str:
    """Tell the owner of a failed run, unless they were told of one today; returns a sentence on what was done."""
    day = at.astimezone(zoneinfo.ZoneInfo(owner.timezone)).date().isoformat()
    noted = private_folder(home.dagster) / f"told-{owner.key}"
    if noted.exists() and noted.read_text(encoding="utf-8") == day:
        return f"{owner.key} was told of a failed run today."
    spoken = words(owner.report.language)
    line = spoken.failed_at(job, troubles.said(" ".join(said.split())[:LONGEST], spoken.language))
    letter = Kept(spoken.failed(), f"{line}\n\n{spoken.failed_once()}\n", f"<p>{html.escape(line)}</p>")
    recipient = (owner.report.to or owner.addresses)[0]
    try:
        delivering.deliver(home, owner, f"failure-{day}", recipient, letter, at)
    except DeliveryError as error:
        return f"{owner.key} could not be told of the failed run: {error}"
    write_private(noted, day)
    return f"{owner.key} was told of the failed run."
