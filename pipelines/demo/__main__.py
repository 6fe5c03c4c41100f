"""Write the made-up life into a home folder: `python -m pipelines.demo FOLDER [--week 2026-W46]`."""

import argparse
import os
import sys
from pathlib import Path

import tomli_w

from pipelines.demo import calendar_out, cards_out, mail_out
from pipelines.demo.agenda import ENTRIES
from pipelines.demo.letters import Letter, correspondence
from pipelines.demo.life import HOME, KEY, OWNER, WORK, ZONE, Life
from pipelines.demo.noise import noise
from pipelines.demo.people import PEOPLE
from pipelines.steps.moment import week_end

WEEK = "2026-W46"
ARCHIVED = 104  # weeks ago; what is older lies in an old export of its own


def main() -> int:
    """Write settings.toml and inbox/ below the folder; returns the exit code."""
    wanted = argparse.ArgumentParser(prog="python -m pipelines.demo", description=__doc__)
    wanted.add_argument("home", type=Path, help="the home folder to fill; what is there of the demo's is written anew")
    wanted.add_argument("--week", default=WEEK, help=f"the ISO week that the story ends with; default: {WEEK}")
    given = wanted.parse_args()
    try:
        life = Life(week_end(given.week, ZONE), PEOPLE, ENTRIES)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    os.umask(0o077)  # as everything in a home folder, for its owner alone
    write(life, given.home)
    return 0


def write(life: Life, home: Path) -> None:
    """Write the story's files into a home folder. A repeat writes the same bytes."""
    inbox = home / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    _write_mail(life, inbox)
    for name, text in (
        ("Lindell Light.ics", calendar_out.calendar(life, "work")),
        ("Home.ics", calendar_out.calendar(life, "private")),
        ("contacts.vcf", cards_out.google(life)),
        ("friends.vcf", cards_out.fastmail(life)),
        ("old-phone.vcf", cards_out.phone(life)),
    ):
        (inbox / name).write_text(text, encoding="utf-8", newline="")
    (inbox / "Connections.csv").write_text(cards_out.network(life), encoding="utf-8-sig", newline="")
    source = {"files": {"kind": "folder", "path": "inbox"}}
    report = {"to": [WORK], "deliver": "outbox"}
    owner = {"name": OWNER, "addresses": [WORK, HOME], "timezone": ZONE, "source": source, "report": report}
    (home / "settings.toml").write_text(tomli_w.dumps({"owner": {KEY: owner}}), encoding="utf-8")


def _write_mail(life: Life, inbox: Path) -> None:
    letters = [*correspondence(life), *noise(life), *calendar_out.answers(life)]
    old = [one for one in letters if (life.ends - one.at).days > 7 * ARCHIVED]
    recent = [one for one in letters if (life.ends - one.at).days <= 7 * ARCHIVED]
    private = [one for one in recent if one.account == "private"]
    work = [one for one in recent if one.account == "work"]
    mail_out.write(inbox / "Takeout" / "All mail Including Spam and Trash.mbox", work, mail_out.takeout)
    mail_out.write(inbox / "Thunderbird" / "Inbox", _without(private, "Sent"), mail_out.thunderbird)
    mail_out.write(inbox / "Thunderbird" / "Sent", _with(private, "Sent"), mail_out.thunderbird)
    overlap = [one for one in work if (life.ends - one.at).days > 7 * (ARCHIVED - 10)]  # the same mails, in two exports
    mail_out.write(inbox / "archive.mbox", [*old, *overlap], mail_out.classic)


def _with(letters: list[Letter], label: str) -> list[Letter]:
    return [one for one in letters if label in one.labels]


def _without(letters: list[Letter], label: str) -> list[Letter]:
    return [one for one in letters if label not in one.labels]


if __name__ == "__main__":
    sys.exit(main())
