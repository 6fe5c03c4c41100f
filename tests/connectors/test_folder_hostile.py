"""Files that are made to harm, or that went wrong: bounded memory, and one row that says why."""

import gzip
import io
import multiprocessing
import re
import resource
import struct
import tarfile
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.connectors.folder_files import CALENDAR, CARDS, connector, mbox, pull, tarred, zipped

MEGABYTE = 1 << 20
MOST = 300  # MB of a whole process


class Outcome(NamedTuple):
    """What a pull in a process of its own brought, and the memory that it took at most, in MB."""

    records: int
    rejects: list[tuple[str, str]]
    peak: int


def _pulled(folder: Path, told: Connection) -> None:
    records, rejects = 0, []
    for page in connector(folder).pull(None):
        records += len(page.messages) + len(page.events) + len(page.cards) + len(page.calls) + len(page.chats)
        rejects += [(reject.place, reject.reason) for reject in page.rejects[:5]]
    told.send(Outcome(records, rejects[:20], _peak()))


def _peak() -> int:
    """This process's own peak in MB. What getrusage tells begins with the memory of the process that started it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEGABYTE  # bytes on macOS
    told = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
    return int(told[1]) // 1024 if told else 0


def outcome(folder: Path) -> Outcome:
    """Pull a folder in a process of its own."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_pulled, args=(folder, there))
    process.start()
    there.close()
    found: Outcome = here.recv()
    process.join()
    return found


def repeated(path: Path, *parts: bytes | tuple[bytes, int]) -> None:
    """Write a file of parts, some of them many times."""
    with path.open("wb") as file:
        for part in parts:
            piece, times = part if isinstance(part, tuple) else (part, 1)
            for _ in range(times):
                file.write(piece)


def zip_bomb(folder: Path) -> None:
    """A mailbox of two mails and 200 MB of nothing, in 200 KB."""
    (folder / "bomb.zip").write_bytes(zipped({"all.mbox": mbox(2) + bytes(200 * MEGABYTE), "b.vcf": CARDS}))


def gzip_bomb(folder: Path) -> None:
    """Gigabytes of nothing behind a tar's first header."""
    entry = tarfile.TarInfo("all.mbox")
    entry.size = 1 << 34
    packed = gzip.compress(bytes(16 * MEGABYTE))
    repeated(folder / "bomb.tgz", gzip.compress(entry.tobuf() + mbox(2)), (packed, 40))


def endless_header(folder: Path) -> None:
    """A header that claims a name of 200 MB."""
    entry = tarfile.TarInfo("x")
    entry.type, entry.size = tarfile.XHDTYPE, 200 * MEGABYTE
    repeated(folder / "name.tar", entry.tobuf(), (bytes(MEGABYTE), 200), tarred({"a.vcf": CARDS}, "w"))


def endless_directory(folder: Path) -> None:
    """A zip whose table of contents is claimed to be of 3 GB."""
    data = bytearray(zipped({"a.vcf": CARDS}))
    struct.pack_into("<L", data, data.rfind(b"PK\x05\x06") + 12, 3 << 30)
    (folder / "contents.zip").write_bytes(data)


def entities(folder: Path) -> None:
    """A billion laughs."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    text = f'<?xml version="1.0"?><!DOCTYPE smses [{laughs}]><smses><sms address="&l9;" date="1" type="1"/></smses>'
    (folder / "sms.xml").write_text(text, encoding="utf-8")


def endless_attribute(folder: Path) -> None:
    """A picture of 400 MB in a message, and then one more message."""
    call = b'<call number="030123456" duration="5" date="1772636400000" type="1" />'
    repeated(folder / "sms.xml", b'<smses><mms><part data="', (b"QUJD" * 262_144, 400), b'"/></mms>', call, b"</smses>")


def endless_element(folder: Path) -> None:
    """An attribute that is no picture, of 100 MB."""
    repeated(folder / "sms.xml", b'<calls><call name="', (b"a&amp;" * 100_000, 200), b'"/></calls>')


def deep_xml(folder: Path) -> None:
    repeated(folder / "sms.xml", b"<smses>", (b"<mms>" * 100_000, 50))


def deep_json(folder: Path) -> None:
    repeated(folder / "message_1.json", b'{"participants": [{"name": ', (b"[" * 100_000, 20))


def endless_json(folder: Path) -> None:
    repeated(
        folder / "message_1.json", b'{"participants": [{"name": "Ann"}], "messages": [{"a": "', (b"x" * MEGABYTE, 200)
    )


def wide_json(folder: Path) -> None:
    repeated(folder / "x.js", b"window.YTD.direct_messages.part0 = [0", (b",0" * 500_000, 1), b"]")


def endless_chat_line(folder: Path) -> None:
    line = b"04.03.26, 09:05 - Ann: "
    repeated(folder / "WhatsApp Chat with Ann.txt", line, (b"x" * MEGABYTE, 200), b"\n04.03.26, 09:06 - Ann: b\n")


def endless_row(folder: Path) -> None:
    row = b"\n2026-03-04 16:00,in,030123456,5\n"
    repeated(folder / "calls.csv", b"date,direction,number,duration\n", (b"x" * MEGABYTE, 200), row)


def open_quotes(folder: Path) -> None:
    repeated(folder / "calls.csv", b"date,direction,number,duration\n", (b'"' + b"x" * 9 + b",1,2,3\n", 300_000))


def many_calls(folder: Path) -> None:
    rows = b"".join(b"2026-03-04 16:00,in,+4930%07d,5\n" % number for number in range(100_000))
    repeated(folder / "calls.csv", b"date,direction,number,duration\n", rows)


def many_connections(folder: Path) -> None:
    rows = b"".join(b"Ann,Example,https://www.linkedin.com/in/ann-%d,,,,03 Nov 2026\n" % n for n in range(100_000))
    header = b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    repeated(folder / "Connections.csv", header, rows)


def zip_of_nothing(folder: Path) -> None:
    """A file of no known kind that claims to be of 100 MB."""
    (folder / "bomb.zip").write_bytes(zipped({"a.bin": bytes(100 * MEGABYTE), "b.vcf": CARDS}))


def picture(folder: Path) -> None:
    """A card with a photo of 50 MB."""
    begin = b"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:ann\r\nFN:Ann\r\nPHOTO;ENCODING=b:"
    repeated(folder / "ann.vcf", begin, (b"QUJD" * 262_144, 50), b"\r\nEND:VCARD\r\n")


CASES: dict[str, tuple[Callable[[Path], None], int, tuple[str, ...]]] = {
    "zip bomb": (zip_bomb, 1, ("made to harm",)),
    "zip of nothing": (zip_of_nothing, 1, ("made to harm",)),
    "gzip bomb": (gzip_bomb, 1, ("made to harm",)),
    "endless header": (endless_header, 1, ()),
    "endless directory": (endless_directory, 0, ("table of contents",)),
    "entities": (entities, 0, ("entities",)),
    "endless attribute": (endless_attribute, 1, ()),
    "endless element": (endless_element, 0, ("larger than 1 MB",)),
    "deep XML": (deep_xml, 0, ("nested too deeply",)),
    "deep JSON": (deep_json, 0, ("nested too deeply",)),
    "endless JSON": (endless_json, 0, ("larger than",)),
    "wide JSON": (wide_json, 0, ()),
    "endless line of a chat": (endless_chat_line, 2, ()),
    "endless row": (endless_row, 1, ("left out",)),
    "open quotes": (open_quotes, 0, ("left out",)),
    "many calls": (many_calls, 100_000, ()),
    "many connections": (many_connections, 100_000, ()),
    "a picture of 50 MB": (picture, 1, ()),
}


@pytest.mark.parametrize("case", CASES)
def test_memory_is_bounded_and_a_row_says_why(case: str, tmp_path: Path) -> None:
    """Whatever a file claims or repeats, a pull takes at most 300 MB, and what could be read is kept."""
    make, records, reasons = CASES[case]
    make(tmp_path)
    found = outcome(tmp_path)
    assert found.peak < MOST
    assert found.records == records
    assert all(any(part in reason for _, reason in found.rejects) for part in reasons)
    assert bool(found.rejects) == bool(reasons)


def climbing() -> Iterator[tuple[str, bytes]]:
    """Archives with paths that lead out of any folder."""
    files = {
        "../../outside.vcf": CARDS,
        "/etc/outside.ics": CALENDAR,
        "C:\\outside.mbox": mbox(1),
        "outside.vcf": CARDS,
    }
    yield "zip", zipped(files)
    yield "tar", tarred(files)


@pytest.mark.parametrize(("form", "data"), list(climbing()))
def test_a_path_that_climbs_out_leads_nowhere(form: str, data: bytes, tmp_path: Path) -> None:
    """Nothing is written, and a place's name stays below its archive's; two files never share one."""
    inbox = tmp_path / "deep" / "inbox"
    inbox.mkdir(parents=True)
    (inbox / "a").write_bytes(data)
    pulled = pull(inbox)
    places = {card.place for card in pulled.cards} | {event.place for event in pulled.events}
    places |= {message.place for message in pulled.messages}
    assert places == {"a!/outside.vcf", "a!/outside.vcf#2", "a!/etc/outside.ics", "a!/C:/outside.mbox"}
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [inbox / "a"]


def test_links_in_an_archive_are_passed_over(tmp_path: Path) -> None:
    """They are no files, wherever they lead."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE):
            entry = tarfile.TarInfo("link.vcf")
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
        entry = tarfile.TarInfo("ann.vcf")
        entry.size = len(CARDS)
        archive.addfile(entry, io.BytesIO(CARDS))
    (tmp_path / "a.tar").write_bytes(out.getvalue())
    pulled = pull(tmp_path)
    assert ([card.place for card in pulled.cards], pulled.rejects) == (["a.tar!/ann.vcf"], [])


def test_archives_in_archives_are_named_and_not_read(tmp_path: Path) -> None:
    """So that none can hold itself."""
    (tmp_path / "a.zip").write_bytes(zipped({"inner.zip": zipped({"ann.vcf": CARDS}), "ann.vcf": CARDS}))
    pulled = pull(tmp_path)
    assert [card.place for card in pulled.cards] == ["a.zip!/ann.vcf"]
    assert [reject.place for reject in pulled.rejects] == ["a.zip!/inner.zip"]


def test_an_archive_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """And is not read again until it changes."""
    whole = tarred({"a.vcf": CARDS, "b.mbox": bytes(3) + mbox(300)}, "w")
    (tmp_path / "a.tar").write_bytes(whole[:2000])
    pulled = pull(tmp_path)
    assert ([card.place for card in pulled.cards], len(pulled.rejects)) == (["a.tar!/a.vcf"], 1)
    assert pull(tmp_path, pulled.cursor).pages == []


def test_one_damaged_file_costs_only_itself(tmp_path: Path) -> None:
    """In a zip, what stands behind it is read."""
    data = bytearray(zipped({"a.mbox": mbox(50), "b.vcf": CARDS}))
    data[60:90] = b"x" * 30
    (tmp_path / "a.zip").write_bytes(data)
    pulled = pull(tmp_path)
    assert [card.place for card in pulled.cards] == ["a.zip!/b.vcf"]
    assert [reject.place for reject in pulled.rejects] == ["a.zip!/a.mbox"]


def test_a_name_that_is_no_text_costs_only_its_archive(tmp_path: Path) -> None:
    """A zip whose table of contents is damaged in a name is told; what lies beside it is read."""
    data = zipped({"büro.vcf": CARDS}).replace("ü".encode(), b"\xff\xff")
    (tmp_path / "a.zip").write_bytes(data)
    (tmp_path / "b.vcf").write_bytes(CARDS)
    pulled = pull(tmp_path)
    assert [card.place for card in pulled.cards] == ["b.vcf"]
    assert [(reject.place, reject.reason[:22]) for reject in pulled.rejects] == [("a.zip", "The archive is damaged")]


def test_a_charset_that_is_none_costs_nothing(tmp_path: Path) -> None:
    """Of an invitation in an unknown charset, or one with a NUL in its name, the bytes are read as they are."""
    for number, charset in enumerate((b"no-such-charset", b"utf\x00-16", b"hex", b"idna")):
        (tmp_path / f"{number}.eml").write_bytes(
            b"From: ann@example.org\nDate: Tue, 3 Nov 2026 12:00:00 +0000\nMessage-ID: <%d@example.org>\n"
            b'Content-Type: text/calendar; method=REQUEST; charset="%b"\n\n%b'
            % (number, charset, CALENDAR.replace(b"VERSION:2.0", b"VERSION:2.0\r\nMETHOD:REQUEST"))
        )
    pulled = pull(tmp_path)
    assert (len(pulled.messages), len(pulled.events), pulled.rejects) == (4, 4, [])


def test_a_locked_file_is_named(tmp_path: Path) -> None:
    """A password is asked for by nobody."""
    data = bytearray(zipped({"a.vcf": CARDS}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + offset] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    (reject,) = pull(tmp_path).rejects
    assert (reject.place, "password" in reject.reason) == ("a.zip!/a.vcf", True)
