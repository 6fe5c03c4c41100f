"""A mailbox file is cut where its mails begin, and gives the same mails however it is read."""

import io
import itertools
from pathlib import Path

from connectors import folder_halves
from connectors.folder_halves import read_in_two
from connectors.mail_boxes import beginning_from, cut
from connectors.mail_files import Reading, read_mbox

READING = Reading("box", (0, 4_000_000_000_000_000), "Europe/Berlin", ())


def box(count: int, filling: int) -> bytes:
    """A mbox of some mails, each with so many lines in its body, among them such as look like a From_ line."""
    return b"".join(
        b"From dana@example.org Wed Mar  4 09:%02d:00 2026\n"
        b"From: Dana Reyes <dana@example.org>\nTo: lisa@example.org\nSubject: Number %d\n"
        b"Message-ID: <%d@example.org>\nDate: Wed, 4 Mar 2026 09:%02d:00 +0000\n\n"
        b"%b>From the beginning on.\nFrom here we go.\n\n"
        % (number % 60, number, number, number % 60, b"A line that says little.\n" * filling)
        for number in range(count)
    )


def test_a_mailbox_is_cut_at_its_mails_alone() -> None:
    """Lines of bodies that begin with From cut nothing; each mail ends where the next begins."""
    pieces = list(cut(io.BytesIO(box(5, 3)), 0))
    assert [piece.header.split(b"\n")[2] for piece in pieces] == [b"Subject: Number %d" % n for n in range(5)]
    assert all(one.end == two.offset for one, two in itertools.pairwise(pieces))


def test_a_span_of_a_mailbox_holds_the_mails_that_begin_in_it() -> None:
    """Wherever a mailbox is divided, the two parts together are the whole."""
    data = box(6, 2)
    whole = [(piece.offset, piece.end) for piece in cut(io.BytesIO(data), 0)]
    for offset in range(1, len(data), 37):
        middle = beginning_from(io.BytesIO(data), offset)
        assert middle == next((at for at, _ in whole if at >= offset), len(data))
        before = [(piece.offset, piece.end) for piece in cut(io.BytesIO(data), 0, middle)]
        behind = [(piece.offset, piece.end) for piece in cut(io.BytesIO(data), middle)]
        assert before + behind == whole


def test_two_processes_read_what_one_reads(tmp_path: Path) -> None:
    """A large mailbox gives the same mails in the same order, from its beginning and from where it had ended before."""
    path = tmp_path / "large.mbox"
    path.write_bytes(box(60_000, 40))
    size = path.stat().st_size
    assert size > 3 * folder_halves.SPAN
    with path.open("rb") as file:
        alone = list(read_mbox(file, 0, READING))
    assert list(read_in_two(path, 0, size, READING)) == alone
    late = alone[41_000]
    assert list(read_in_two(path, late.offset, size, READING)) == alone[41_000:]
