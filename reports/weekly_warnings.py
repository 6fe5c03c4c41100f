"""Tell which sources are staler than the week, and say so in the report's first lines."""

import datetime as dt
from collections.abc import Iterable

from reports import troubles
from reports.dates import Dates
from reports.facts import Covered, Facts
from reports.wording import Wording

SILENT_SOURCE = dt.timedelta(days=21)  # nothing newer in a whole mailbox: an old export, or a source that broke
ACCOUNTS = ("imap", "google", "microsoft")  # somebody's mailbox, which is hardly ever empty
MAIL_KINDS = ("folder", *ACCOUNTS)


def stale(covered: Iterable[Covered], ends_at: dt.datetime) -> tuple[str, ...]:
    """The sources that have not been read since the week's end (an aware moment), by their names in settings.toml.

    A report that rests on one of them may call silent what was only not read: it is marked, and a schedule may wait.
    """
    return tuple(one.source for one in covered if one.read_at is None or one.read_at < ends_at)


def warnings(facts: Facts, dates: Dates, words: Wording) -> tuple[str, ...]:
    """What the first lines must say: silence that may be ours."""
    if not facts.covered:
        return (words.no_source(),)
    late = stale(facts.covered, facts.ends_at)
    lines = []
    for one in facts.covered:
        name = words.source_name(one.source, one.kind)
        if one.read_at is None:
            lines.append(words.never_read(name, troubles.said(one.error or "", words.language)))
        elif one.source in late:
            error = troubles.said(one.error or "", words.language)
            lines.append(words.stale(name, dates.day(one.read_at), error))
        elif one.kind in ACCOUNTS and one.newest_item_at is None:
            lines.append(words.nothing_in_it(name))
        elif (
            one.kind in MAIL_KINDS
            and one.newest_item_at is not None
            and one.newest_item_at < facts.ends_at - SILENT_SOURCE
        ):
            lines.append(words.old_export(name, dates.day(one.newest_item_at)))
    return tuple(lines)
