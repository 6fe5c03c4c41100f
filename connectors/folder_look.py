"""Say how much is in a file, for `coldcoffee check`."""

from connectors.folder_files import Lying, mails_of_maildir
from connectors.mail_files import look_at_box
from connectors.records import Reject, Seen

_COUNTED = {"calendar": b"BEGIN:VEVENT", "cards": b"BEGIN:VCARD", "connections": b"\n"}


def look_at(item: Lying | Reject) -> Seen:
    """How many mails, entries, cards or rows a file holds; a mailbox is leafed through for its oldest and newest mail.

    A file of no known kind, or that can't be opened, is named as such with no items.
    """
    if isinstance(item, Reject):
        return Seen(f"{item.place} ({item.reason})", 0, None, None)
    try:
        return _counted(item)
    except OSError as error:
        return Seen(f"{item.place} (can't be read: {error.strerror or error})", 0, None, None)


def _counted(item: Lying) -> Seen:
    if item.kind == "mbox":
        with item.path.open("rb") as file:
            return Seen(item.place, *look_at_box(file))
    if item.kind == "maildir":
        return Seen(item.place, len(mails_of_maildir(item.path)), None, None)
    if item.kind == "unknown":
        return Seen(f"{item.place} (of no known kind: not read)", 0, None, None)
    if item.kind == "mail":
        return Seen(item.place, 1, None, None)
    return Seen(item.place, item.path.read_bytes().upper().count(_COUNTED[item.kind]), None, None)
