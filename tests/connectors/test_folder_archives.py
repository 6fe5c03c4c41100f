"""Archives in the folder: read as they stream by, remembered, replaced, resumed."""

import gzip
import tarfile
from pathlib import Path

import pytest

from connectors.folder import FolderConnector, window_at
from connectors.records import Seen
from tests.connectors.folder_files import (
    CALENDAR,
    CARDS,
    CONNECTIONS,
    NOW,
    OWNER,
    ZONE,
    Pulled,
    connector,
    mbox,
    pull,
    tarred,
    zipped,
)

BOX = "Takeout/Mail/All mail Including Spam and Trash.mbox"
TAKEOUT = {
    "Takeout/archive_browser.html": b"<html></html>",
    BOX: mbox(3),
    "Takeout/Calendar/Dana.ics": CALENDAR,
    "Takeout/Contacts/All Contacts/All Contacts.vcf": CARDS,
    "Connections.csv": CONNECTIONS,
    "Saved/dinner.eml": b"From: ann@example.org\nTo: dana@example.org\nSubject: Dinner\nMessage-ID: <d@example.org>\n\nHi\n",
}
PACKED = {
    "zip": zipped(TAKEOUT),
    "tgz": tarred(TAKEOUT),
    "tar": tarred(TAKEOUT, "w"),
    "gnu tar": tarred(TAKEOUT, "w", tarfile.GNU_FORMAT),
    "ustar": tarred(TAKEOUT, "w", tarfile.USTAR_FORMAT),
}


def found(pulled: Pulled) -> set[tuple[str, str]]:
    """Place and key of all records."""
    return {
        *((one.place, one.key) for one in pulled.messages),
        *((one.place, one.key) for one in pulled.events),
        *((one.place, one.key) for one in pulled.cards),
    }


@pytest.mark.parametrize("form", PACKED)
def test_every_known_file_in_an_archive_is_read(form: str, tmp_path: Path) -> None:
    """Whatever the archive's form and name: it is told by what it holds, and its files by what they hold."""
    (tmp_path / "takeout").write_bytes(PACKED[form])
    pulled = pull(tmp_path)
    length = len(mbox(1))
    assert found(pulled) == {
        *((f"takeout!/{BOX}", str(number * length)) for number in range(3)),
        ("takeout!/Saved", "dinner.eml"),
        ("takeout!/Takeout/Calendar/Dana.ics", "tea@example.org/2026-11-04T15:00:00Z"),
        ("takeout!/Takeout/Contacts/All Contacts/All Contacts.vcf", "ann"),
        ("takeout!/Connections.csv", "https://www.linkedin.com/in/ben-example"),
    }
    assert pulled.rejects == []
    assert sorted(tmp_path.iterdir()) == [tmp_path / "takeout"]  # nothing was unpacked


def test_an_unchanged_archive_is_not_read_again(tmp_path: Path) -> None:
    """A second pull brings nothing."""
    (tmp_path / "takeout.tgz").write_bytes(PACKED["tgz"])
    assert pull(tmp_path, pull(tmp_path).cursor).pages == []


def test_a_replaced_archive_is_read_from_its_beginning(tmp_path: Path) -> None:
    """And what only its earlier version held is taken out."""
    path = tmp_path / "takeout.tgz"
    path.write_bytes(tarred({"old.mbox": mbox(2), "both.mbox": mbox(1)}))
    before = pull(tmp_path)
    path.write_bytes(tarred({"both.mbox": mbox(1, 7), "new.vcf": CARDS}))
    after = pull(tmp_path, before.cursor)
    assert set(after.emptied) == {
        "takeout.tgz",
        "takeout.tgz!/old.mbox",
        "takeout.tgz!/both.mbox",
        "takeout.tgz!/new.vcf",
    }
    assert found(after) == {("takeout.tgz!/both.mbox", "0"), ("takeout.tgz!/new.vcf", "ann")}


@pytest.mark.parametrize("form", ["zip", "tgz"])
def test_reading_goes_on_where_it_was_stopped(form: str, tmp_path: Path) -> None:
    """After each page a crash costs nothing but what came behind it, in the middle of a mailbox, too."""
    files = {"a.vcf": CARDS, "b.mbox": mbox(9_000), "c.mbox": mbox(10, 9_000)}
    (tmp_path / "archive").write_bytes(zipped(files) if form == "zip" else tarred(files))
    whole = pull(tmp_path)
    assert len(whole.pages) == 3
    assert len(found(whole)) == 9_011
    for stopped in range(1, len(whole.pages)):
        first = Pulled(whole.pages[:stopped])
        rest = pull(tmp_path, first.cursor)
        assert found(first) | found(rest) == found(whole)
        assert found(first) & found(rest) == set()
        assert set(rest.emptied) & {place for place, _ in found(first)} == set()


def test_series_are_expanded_anew_when_the_window_moves(tmp_path: Path) -> None:
    """Then an archive's calendars alone are read again."""
    (tmp_path / "takeout.zip").write_bytes(PACKED["zip"])
    before = pull(tmp_path)
    later = FolderConnector(tmp_path, window_at(NOW + 100 * 86_400_000_000), ZONE, OWNER)
    after = Pulled(later.pull(before.cursor))
    assert found(after) == {("takeout.zip!/Takeout/Calendar/Dana.ics", "tea@example.org/2026-11-04T15:00:00Z")}
    assert after.emptied == ["takeout.zip!/Takeout/Calendar/Dana.ics"]
    assert Pulled(later.pull(after.cursor)).pages == []


def test_a_single_packed_file_is_read(tmp_path: Path) -> None:
    """A mailbox that gzip has packed is an archive of one file."""
    (tmp_path / "old.mbox.gz").write_bytes(gzip.compress(mbox(2)))
    assert {place for place, _ in found(pull(tmp_path))} == {"old.mbox.gz!/old.mbox"}


def test_a_folders_name_in_an_archive_marks_its_mails(tmp_path: Path) -> None:
    """Drafts are drafts in an archive, too."""
    (tmp_path / "mail.zip").write_bytes(zipped({"Mail/Drafts.mbox": mbox(1), "Mail/Inbox.mbox": mbox(1, 5)}))
    assert {message.place: message.marks for message in pull(tmp_path).messages} == {
        "mail.zip!/Mail/Drafts.mbox": ("draft",),
        "mail.zip!/Mail/Inbox.mbox": ("sent",),  # nobody has delivered them
    }


def test_a_maildir_in_an_archive_is_read_with_its_flags(tmp_path: Path) -> None:
    """A draft is one there, too, and flags are no part of a mail's key."""
    mail = b"From: dana@example.org\nTo: ann@example.org\nSubject: Hi\nMessage-ID: <%d@example.org>\n\nHi\n"
    files = {"Mail/cur/1.host:2,S": mail % 1, "Mail/cur/2.host:2,DS": mail % 2, "Mail/new/3.host": mail % 3}
    (tmp_path / "mail.tar").write_bytes(tarred(files, "w"))
    assert [(mail.place, mail.key, mail.marks) for mail in pull(tmp_path).messages] == [
        ("mail.tar!/Mail/cur", "1.host", ("sent",)),
        ("mail.tar!/Mail/cur", "2.host", ("draft",)),
        ("mail.tar!/Mail/new", "3.host", ("sent",)),
    ]


def test_check_tells_what_an_archive_holds(tmp_path: Path) -> None:
    """Each known file in it with its count."""
    (tmp_path / "mail.tgz").write_bytes(tarred({"a.mbox": mbox(2), "photo.jpg": b"\xff\xd8\xff", "b.vcf": CARDS}))
    (tmp_path / "photos.zip").write_bytes(zipped({"photo.jpg": b"\xff\xd8\xff"}))
    first = 1_793_707_200_000_000
    assert connector(tmp_path).look() == [
        Seen("mail.tgz!/a.mbox", 2, first, first + 1_000_000),
        Seen("mail.tgz!/b.vcf", 1, None, None),
        Seen("photos.zip (an archive with no file of a known kind: not read)", 0, None, None),
    ]


def test_long_names_are_read_in_every_form_of_tar(tmp_path: Path) -> None:
    """A path of more than 100 letters stands in a header of its own."""
    name = "Takeout/" + "Ärger/" * 30 + "all.mbox"
    for number, form in enumerate((tarfile.PAX_FORMAT, tarfile.GNU_FORMAT)):
        (tmp_path / f"{number}.tar").write_bytes(tarred({name: mbox(1)}, "w", form))
    assert {message.place for message in pull(tmp_path).messages} == {f"0.tar!/{name}", f"1.tar!/{name}"}
