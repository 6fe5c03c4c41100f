"""What the folder source promises of mailboxes and other files that grow, change, and can't be opened."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.errors import SourceMissing
from connectors.mail_boxes import looks_like_mbox
from connectors.records import Cursor, Page
from tests.connectors.contract import Kept, keep, opened
from tests.connectors.folder_files import CALENDAR, CARDS, connector, mbox, pull

RECEIVED = b"Received: from a.example by b.example; Tue, 3 Nov 2026 12:00:00 +0000\n"
MAIL = b"From: Ann Example <ann@example.org>\nTo: dana@example.org\nDate: Tue, 3 Nov 2026 12:00:00 +0000\n"


def ids(pages: list[Page]) -> list[str]:
    """The Message-IDs that pages brought."""
    return [str(message.message_id) for page in pages for message in page.messages]


def numbered(*numbers: int) -> list[str]:
    """The Message-IDs of numbered mails."""
    return [f"m{number}@example.org" for number in numbers]


def fresh(folder: Path) -> Kept:
    """What there is when nothing was read before."""
    return keep(pull(folder).pages)


def test_a_grown_mailbox_is_read_from_where_it_ended(tmp_path: Path) -> None:
    """Only what was added is read, under its place in the whole file; then nothing more."""
    box = tmp_path / "box"
    box.write_bytes(mbox(3))
    first = pull(tmp_path)
    box.write_bytes(mbox(5))
    second = pull(tmp_path, first.cursor)
    assert (ids(second.pages), second.emptied) == (numbered(3, 4), [])
    assert keep(second.pages, keep(first.pages)) == fresh(tmp_path)
    assert pull(tmp_path, second.cursor).pages == []


def test_a_mail_that_was_not_whole_is_read_again(tmp_path: Path) -> None:
    """The mailbox was read while its last mail was being written: half of it does not stay."""
    box, whole = tmp_path / "box", mbox(4)
    for cut in (whole.rindex(b"To: "), whole.rindex(b"Message-ID"), whole.rindex(b"Hello") + 2):
        box.write_bytes(whole[:cut])
        first = pull(tmp_path)
        box.write_bytes(whole + mbox(1, first=4))
        second = pull(tmp_path, first.cursor)
        assert ids(second.pages) == numbered(3, 4)
        assert keep(second.pages, keep(first.pages)) == fresh(tmp_path)


def test_a_replaced_mailbox_is_read_from_its_beginning(tmp_path: Path) -> None:
    """Whether it is larger, smaller or as large: what only the old one held is gone, and nothing stands twice."""
    box = tmp_path / "box"
    for count in (9, 2, 3):
        box.write_bytes(mbox(3))
        first = pull(tmp_path)
        box.write_bytes(mbox(count, first=7))
        os.utime(box, (count, count))
        second = pull(tmp_path, first.cursor)
        assert keep(second.pages, keep(first.pages)) == fresh(tmp_path)
        assert ids(second.pages) == numbered(*range(7, 7 + count))


def test_a_truncated_mailbox_is_read_anew(tmp_path: Path) -> None:
    """What was cut off is gone; a mailbox that is gone as a whole, or emptied, keeps what was read of it."""
    box = tmp_path / "box"
    box.write_bytes(mbox(5))
    first = pull(tmp_path)
    box.write_bytes(mbox(2))
    second = pull(tmp_path, first.cursor)
    assert keep(second.pages, keep(first.pages)) == fresh(tmp_path)
    box.write_bytes(b"")
    assert pull(tmp_path, second.cursor).pages == []
    box.unlink()
    assert pull(tmp_path, second.cursor).pages == []


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("append"), st.integers(0, 3)),
        st.tuples(st.just("replace"), st.integers(0, 3)),
        st.tuples(st.just("cut off"), st.integers(1, 400)),
        st.tuples(st.just("take out"), st.integers(0, 3)),
        st.tuples(st.just("touch"), st.just(0)),
    ),
    min_size=1,
    max_size=6,
)


@settings(deadline=None, max_examples=60)
@given(STEPS, st.booleans())
def test_whatever_becomes_of_a_mailbox_it_is_as_if_read_once(steps: list[tuple[str, int]], crlf: bool) -> None:
    """Grown, replaced, cut off anywhere, mails taken out of it: from the cursor all comes to what a first pull gives."""
    with tempfile.TemporaryDirectory() as folder:
        box, next_mail = Path(folder) / "box", 3
        mails = [mbox(1, first=number) for number in range(next_mail)]
        mails = [mail.replace(b"\n", b"\r\n") for mail in mails] if crlf else mails
        data, kept, cursor = b"".join(mails), Kept({}, {}), ""
        for moment, (step, size) in enumerate([("append", 0), *steps], 1):
            more = b"".join(mbox(1, first=next_mail + number) for number in range(size))
            more = more.replace(b"\n", b"\r\n") if crlf else more
            next_mail += size
            if step == "append":
                data += more
            elif step == "replace":
                data = more or mbox(1)
            elif step == "cut off":
                data = data[: max(len(data) - size, 60)]
            elif step == "take out":
                begins = [0, *(at + 1 for at in range(len(data)) if data.startswith(b"\nFrom ann", at)), len(data)]
                at = size % (len(begins) - 1)
                rest = data[: begins[at]] + data[begins[at + 1] :]
                data = rest if looks_like_mbox(rest) else data
            box.write_bytes(data)
            os.utime(box, ns=(moment, moment))
            pulled = pull(Path(folder), cursor or None)
            kept, cursor = keep(pulled.pages, kept), pulled.cursor or cursor
            assert kept == fresh(Path(folder))


@pytest.mark.parametrize(
    ("label", "mark"),
    [
        ("Inbox,Important", ()),
        ("Sent,Opened", ("sent",)),
        ("Spam,Category Promotions", ("spam",)),
        ("Unread,Trash", ("trash",)),
        ("Corbeille", ("trash",)),
        ("=?UTF-8?Q?Entw=C3=BCrfe?=", ("draft",)),
        ("Drafts,Inbox", ("draft",)),
        ('"Friends, old",Spam', ("spam",)),
        ("=?UTF-8?Q?Archiviert,Ge=C3=B6ffnet,P?=\r\n =?UTF-8?Q?apierkorb?=", ("trash",)),
        ("Archive/Spam reports", ()),
    ],
)
def test_takeouts_labels_mark_mails(tmp_path: Path, label: str, mark: tuple[str, ...]) -> None:
    """Google Takeout has all mail in one file, spam, trash and drafts too: its labels tell, in any language."""
    header = RECEIVED + MAIL + b"Message-ID: <1@example.org>\nX-Gmail-Labels: " + label.encode() + b"\n"
    (tmp_path / "All mail.mbox").write_bytes(b"From 17@xxx Tue Nov 03 12:00:00 +0000 2026\r\n" + header + b"\nHello\n")
    (message,) = pull(tmp_path).messages
    assert message.marks == mark


def thunderbirds(number: int, status: bytes, received: bytes = b"") -> bytes:
    """A mail as Thunderbird keeps it."""
    return (
        b"From - Tue Nov 03 12:00:00 2026\r\nX-Mozilla-Status: %b\r\nX-Mozilla-Status2: 00000000\r\nX-Mozilla-Keys:        \r\n"
        b"%bMessage-ID: <m%d@example.org>\r\n\r\nHello\r\n\r\n"
        % (status, (received + MAIL).replace(b"\n", b"\r\n"), number)
    )


def test_thunderbird_deletes_in_place(tmp_path: Path) -> None:
    """A mail that was read, answered or flagged counts; one that was deleted or moved away lies in the file until it is
    compacted, and is not there. A deletion is noticed although the file stays as large as it was."""
    box = tmp_path / "Inbox"
    box.write_bytes(
        thunderbirds(0, b"0001") + thunderbirds(1, b"0009") + thunderbirds(2, b"0002") + thunderbirds(3, b"zzzz")
    )
    first = pull(tmp_path)
    assert ids(first.pages) == numbered(0, 2, 3)
    box.write_bytes(
        thunderbirds(0, b"0009") + thunderbirds(1, b"0009") + thunderbirds(2, b"0003") + thunderbirds(3, b"zzzz")
    )
    os.utime(box, (1, 1))
    second = pull(tmp_path, first.cursor)
    kept = keep(second.pages, keep(first.pages))
    assert kept == fresh(tmp_path)
    assert len(kept.records) == 2
    box.write_bytes(thunderbirds(2, b"0003") + thunderbirds(3, b"zzzz"))  # compacted
    third = pull(tmp_path, second.cursor)
    assert keep(third.pages, kept) == fresh(tmp_path)
    assert ids(third.pages) == numbered(2, 3)


def test_thunderbirds_folders_mark_their_mails(tmp_path: Path) -> None:
    """By the names of the files and of those above them; a draft may lie elsewhere and says so itself."""
    for name in ("Inbox", "Inbox.sbd/Old", "Trash", "Trash.sbd/Old", "Drafts", "Junk", "Sent"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        received = b"" if name in ("Drafts", "Sent") else RECEIVED
        (tmp_path / name).write_bytes(thunderbirds(0, b"0001", received))
    draft = thunderbirds(1, b"0001").replace(
        b"\r\nFrom:", b"\r\nX-Mozilla-Draft-Info: internal/draft; vcard=0\r\nFrom:"
    )
    (tmp_path / "Templates").write_bytes(draft)
    assert {message.place: message.marks for message in pull(tmp_path).messages} == {
        "Inbox": (),
        "Inbox.sbd/Old": (),
        "Trash": ("trash",),
        "Trash.sbd/Old": ("trash",),
        "Drafts": ("draft",),
        "Junk": ("spam",),
        "Sent": ("sent",),
        "Templates": ("draft",),
    }


def test_a_maildir_is_read_mail_by_mail(tmp_path: Path) -> None:
    """New mails and read ones, none that is still being delivered; flags mark drafts and deleted ones."""
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
    for number, name in enumerate(("cur/1.a:2,S", "new/2.b", "tmp/3.c", "cur/4.d:2,DS", "cur/5.e:2,ST", "cur/.hidden")):
        received = b"" if "D" in name else RECEIVED  # a draft was never delivered
        (tmp_path / name).write_bytes(received + MAIL + b"Message-ID: <m%d@example.org>\n\nHello\n" % number)
    first = pull(tmp_path)
    assert [(message.key, message.marks) for message in first.messages] == [
        ("1.a", ()),
        ("2.b", ()),
        ("4.d", ("draft",)),
        ("5.e", ("trash",)),
    ]
    assert pull(tmp_path, first.cursor).pages == []


def test_a_mail_that_moves_within_a_maildir_is_the_same(tmp_path: Path) -> None:
    """Read, answered or deleted: the mail keeps its key, and its marks are those of now. Once gone it stays known."""
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
    mail = tmp_path / "new" / "2.b"
    mail.write_bytes(RECEIVED + MAIL + b"Message-ID: <m1@example.org>\n\nHello\n")
    kept, cursor = Kept({}, {}), ""
    for name, marks in (("cur/2.b:2,", ()), ("cur/2.b:2,RS", ()), ("cur/2.b:2,RST", ("trash",)), ("new/2.b", ())):
        mail = mail.rename(tmp_path / name)
        pulled = pull(tmp_path, cursor or None)
        kept, cursor = keep(pulled.pages, kept), pulled.cursor
        assert [message.marks for message in kept.records.values()] == [marks]  # type: ignore[union-attr]
    mail.unlink()
    assert keep(pull(tmp_path, cursor).pages, kept) == kept


def test_what_a_file_is_is_told_by_its_content(tmp_path: Path) -> None:
    """Names and endings say nothing."""
    files = {
        "calendar.mbox": CALENDAR,
        "mail.ics": mbox(1),
        "notes.txt": b"\xef\xbb\xbf" + CARDS,
        "contacts.vcf": MAIL + b"Message-ID: <m1@example.org>\n\nHello\n",
        "letter": b"From here on it is cold.\nTo whom it may concern: hello\n",
        "begin.ics": b"BEGIN:VTODO\n",
        "noise": bytes(range(256)),
        "nothing.mbox": b"",
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    pulled = pull(tmp_path)
    assert sorted((kind, place) for kind, place, _ in keep(pulled.pages).records) == [
        ("Card", "notes.txt"),
        ("Event", "calendar.mbox"),
        ("Message", "contacts.vcf"),
        ("Message", "mail.ics"),
    ]
    assert pulled.rejects == []


def test_a_file_that_becomes_another_kind_leaves_nothing_behind(tmp_path: Path) -> None:
    """A mailbox, a calendar, an address book, a mail, one after the other under one name."""
    kept, cursor = Kept({}, {}), ""
    for data in (mbox(3), CALENDAR, CARDS, MAIL + b"Message-ID: <m1@example.org>\n\nHello\n", mbox(2), CARDS):
        (tmp_path / "file").write_bytes(data)
        pulled = pull(tmp_path, cursor or None)
        kept, cursor = keep(pulled.pages, kept), pulled.cursor
        assert kept == fresh(tmp_path)


@contextmanager
def forbidden(*paths: Path) -> Iterator[None]:
    """Inside, these can't be opened: not even by root, who is nobody in here."""
    nobody, modes = 65_534, [path.stat().st_mode for path in paths]
    root = os.geteuid() == 0
    for path in paths:
        path.chmod(0)
    try:
        if root:
            os.seteuid(nobody)
        yield
    finally:
        if root:
            os.seteuid(0)
        for path, mode in zip(paths, modes, strict=True):
            path.chmod(mode)


@pytest.fixture
def inbox() -> Iterator[Path]:
    """A folder that everybody may read."""
    with tempfile.TemporaryDirectory() as home:
        Path(home).chmod(0o755)
        folder = Path(home) / "inbox"
        for below in ("below", "maildir/cur", "maildir/new"):
            (folder / below).mkdir(parents=True)
        for name, data in (
            ("box", mbox(2)),
            ("calendar", CALENDAR),
            ("mail", MAIL + b"Message-ID: <m7@example.org>\n\nHello\n"),
            ("below/cards", CARDS),
            ("maildir/new/1.a", MAIL + b"Message-ID: <m8@example.org>\n\nHello\n"),
        ):
            (folder / name).write_bytes(data)
        yield folder


needs_permissions = pytest.mark.skipif(os.name != "posix", reason="needs files that can't be opened")


def test_a_path_of_a_user_whom_nobody_knows_is_an_error_of_the_source(tmp_path: Path) -> None:
    """One sentence, so that other sources are read all the same."""
    with pytest.raises(SourceMissing, match="~no-such-user-here/x begins with a user who is not known here"):
        opened("folder", tmp_path, path="~no-such-user-here/x")


@needs_permissions
def test_what_can_not_be_opened_is_a_row_until_it_can(inbox: Path) -> None:
    """Files and folders, read before or never: nothing that was read goes, and once they open again the rows are gone."""
    closed = [inbox / name for name in ("box", "calendar", "mail", "below", "maildir/new/1.a")]
    for before in (True, False):
        first = pull(inbox) if before else None
        cursor: Cursor | None = first.cursor if first else None
        kept = keep(first.pages) if first else Kept({}, {})
        with forbidden(*closed):
            second = pull(inbox, cursor)
        told = keep(second.pages, kept)
        assert told.records == kept.records
        assert len(told.rejects) == len(closed) - before  # the mail of a Maildir is not opened again
        assert set(told.rejects.values()) == {"This can't be read: Permission denied."}
        third = pull(inbox, second.cursor)
        assert keep(third.pages, told) == fresh(inbox)
        assert pull(inbox, third.cursor).pages == []


@needs_permissions
def test_a_folder_that_may_not_be_entered_is_an_error_of_the_source(inbox: Path) -> None:
    """Itself, or one above it: one sentence, so that other sources are read all the same."""
    for folder in (inbox, inbox.parent):
        with forbidden(folder):
            for action in (lambda: list(connector(inbox).pull(None)), connector(inbox).look):
                with pytest.raises(SourceMissing, match=r"can't be read \(Permission denied\): permit it"):
                    action()
