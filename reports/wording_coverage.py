"""Word what the sources cover, and what they can't tell."""

import re

from reports.languages import later
from reports.speech import Speech

SOURCES = {
    "imap": later("mail"),
    "caldav": later("calendar"),
    "ical_url": later("calendar"),
    "carddav": later("contacts"),
}


class CoverageWording(Speech):
    """Sentences on sources."""

    def never_read(self, source: str, error: str) -> str:
        """The first lines of a report on a source that has never been read."""
        told = self.say("{source} has never been read: what looks like silence may be ours.", source=source)
        return told + _told(error)

    def stale(self, source: str, day: str, error: str) -> str:
        """The first lines of a report on a source that was last read before the week's end."""
        told = self.say("{source} was last read on {day}: silence since then may be ours.", source=source, day=day)
        return told + _told(error)

    def old_export(self, source: str, day: str) -> str:
        """The first lines of a report on a source that was read and holds nothing new."""
        return self.say(
            "{source}: the newest item is of {day}; silence since then may be ours.", source=source, day=day
        )

    def nothing_in_it(self, source: str) -> str:
        """The first lines of a report on a mailbox that was read without finding anything."""
        return self.say(
            "{source} was read, and nothing was found in it: what looks like silence may be ours.", source=source
        )

    def no_source(self) -> str:
        """The first line of a report on nothing."""
        return self.say("No source is set up: nothing is known of this week. Add one to settings.toml.")

    def source_name(self, key: str, kind: str) -> str:
        """`Work mail`, `Calendar`, `Files`: a source's key as a sentence begins with it."""
        plain = re.sub(r"[_-]+", " ", key).strip()
        what = SOURCES.get(kind, "")
        told = {what, self.say(what).lower()} if what else set()
        named = plain if any(word in plain.lower() for word in told) or not what else f"{plain} {self.say(what)}"
        return named[:1].upper() + named[1:]

    def coverage(self, kind: str, read: str, items: int, span: tuple[str, str] | None, rejects: int) -> str:
        """What one source covers; `span` are the days of its oldest and newest items."""
        told = self.many(items, "{kind}, {read}; {n} item", "{kind}, {read}; {n} items", kind=kind, read=read)
        if span and span[0] != span[1]:
            told = self.say("{items} from {first} to {last}", items=told, first=span[0], last=span[1])
        elif span:
            told = self.say("{items} of {day}", items=told, day=span[0])
        if not rejects:
            return f"{told}."
        lost = self.many(rejects, "{n} item could not be understood.", "{n} items could not be understood.")
        return f"{told}. {lost}"

    def read_on(self, day: str, *, complete: bool) -> str:
        """When a source was read for this week; `day` is empty for never."""
        if not day:
            return self.say("never read")
        return (
            self.say("read on {day}, after the week's end", day=day)
            if complete
            else self.say("last read on {day}", day=day)
        )


def _told(error: str) -> str:
    return f" ({error.rstrip('.')}.)" if error else ""
