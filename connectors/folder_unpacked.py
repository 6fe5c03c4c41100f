"""Give the files inside of an archive one after the other, within bounds, without unpacking them to disk."""

import errno
import gzip
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple, TypeAlias

from connectors.folder_tar import Broken, looks_like_tar, tar_files
from connectors.streams import Forward

ArchiveKind: TypeAlias = str  # zip, tar, gzip

MOST_TIMES = (
    200  # times its own size that an archive may unpack to: mail packs to a third, logs and tables to a fiftieth
)
FREE = 64 << 20  # bytes that any archive may unpack to, however small
MOST_DIRECTORY = 16 << 20  # bytes of a zip's table of contents, which is held as a whole: some 200,000 files
LONGEST_NAME = 400  # characters of a path inside of an archive

_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGES = (zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, EOFError, struct.error, NotImplementedError, UnicodeError)
_END_OF_DIRECTORY = b"PK\x05\x06"


class Inner(NamedTuple):
    """A file inside of an archive: its number there, its sanitized path, and its bytes, or why they can't be read."""

    number: int
    path: str
    content: Forward
    problem: str = ""


def archive_kind(head: bytes) -> ArchiveKind | None:
    """Whether a file that begins with these bytes is an archive, and which."""
    if head[:4] in (b"PK\x03\x04", _END_OF_DIRECTORY):
        return "zip"
    if head[:3] == b"\x1f\x8b\x08":
        return "gzip"
    return "tar" if looks_like_tar(head) else None


def inner_files(path: Path, kind: ArchiveKind) -> Iterator[Inner]:
    """Yield the files of an archive in a steady order. A content can be read until the next file is asked for.

    Raises Broken, with a sentence, where the archive can't be read further or unpacks to much more than it should:
    what was given before stays good. Raises OSError.
    """
    taken: set[str] = set()
    with path.open("rb") as file:
        meter = _Meter(file, streamed=kind == "gzip")
        try:
            for number, (name, content, problem) in enumerate(_files(file, kind, path.name, meter)):
                yield Inner(number, _free(clean(name), taken), content, problem)
        except _DAMAGES as error:
            raise Broken(f"The archive is damaged ({error}): what stands before was read.") from error
        except OSError as error:
            if error.errno != errno.EINVAL:  # which zipfile gets for seeking in front of the file
                raise
            raise Broken("The archive is damaged (it breaks off): what stands before was read.") from error


def clean(name: str) -> str:
    """A path inside of an archive as part of a place's name: it can't climb out, nor hold what no screen shows."""
    steps = [step for step in name.replace("\\", "/").split("/") if step not in ("", ".", "..")]
    shown = "".join(letter if letter.isprintable() else "_" for letter in "/".join(steps))
    shown = shown.encode("utf-8", "replace").decode()
    return shown if len(shown) <= LONGEST_NAME else f"{shown[: LONGEST_NAME // 2]}…{shown[-LONGEST_NAME // 2 :]}"


class Damaged(Exception):
    """One file in an archive can't be read further; `str()` is a sentence. Those behind it can."""


class _Meter:
    """Counts what an archive unpacks to, and stops at more than archives of its size hold.

    `streamed`: the archive is unpacked from its beginning on, so that what was read of it tells how much may come.
    """

    def __init__(self, packed: BinaryIO, *, streamed: bool) -> None:
        self._packed = packed
        self._unpacked = 0
        self._size = packed.seek(0, 2)
        self._streamed = streamed
        packed.seek(0)

    def counted(self, read: Callable[[int], bytes], failure: type[Exception]) -> Callable[[int], bytes]:
        """The same reading, measured; where the bytes are damaged it raises `failure`."""

        def measured(size: int) -> bytes:
            try:
                piece = read(size)
            except _DAMAGES as error:
                raise failure(f"It breaks off or is damaged ({error}): what stands before was read.") from error
            self._unpacked += len(piece)
            if self._unpacked > FREE + MOST_TIMES * (self._packed.tell() if self._streamed else self._size):
                raise Broken(
                    f"This archive of {self._size >> 10:,} KB unpacks to more than {self._unpacked >> 20:,} MB, as only "
                    "archives do that are made to harm: it is not read further."
                )
            return piece

        return measured


def _free(path: str, taken: set[str]) -> str:
    """The path, or with a number behind it where an earlier file has it."""
    found, number = path, 1
    while found in taken:
        number += 1
        found = f"{path}#{number}"
    taken.add(found)
    return found


def _files(file: BinaryIO, kind: ArchiveKind, name: str, meter: _Meter) -> Iterator[tuple[str, Forward, str]]:
    if kind == "zip":
        yield from _zip_files(file, meter)
        return
    if kind == "tar":
        archive = Forward(meter.counted(file.read, Broken))
    else:
        unpacked = gzip.GzipFile(fileobj=file, mode="rb")
        archive = Forward(meter.counted(unpacked.read, Broken))
        if not looks_like_tar(archive.peek(512)):
            yield PurePosixPath(name).stem, archive, ""
            return
    for path, content in tar_files(archive):
        yield path, content, ""


def _zip_files(file: BinaryIO, meter: _Meter) -> Iterator[tuple[str, Forward, str]]:
    if _directory_size(file) > MOST_DIRECTORY:
        raise Broken("The archive's table of contents is larger than 16 MB: pack fewer files into one archive.")
    with zipfile.ZipFile(file) as archive:
        for entry in sorted(archive.infolist(), key=lambda entry: entry.filename):
            if entry.is_dir() or (entry.external_attr >> 16) & 0o170000 not in (0, 0o100000):
                continue  # folders, links and special files
            nothing = Forward(lambda _: b"")
            if entry.flag_bits & 0x1:
                yield entry.filename, nothing, "This file is locked with a password: pack it anew without one."
            elif entry.compress_type not in _PLAIN_METHODS:
                yield entry.filename, nothing, "This file is packed in a rare way: pack it anew as an ordinary zip."
            elif entry.file_size > FREE + MOST_TIMES * entry.compress_size:
                size = f"{entry.file_size >> 20:,} MB in {entry.compress_size >> 10:,} KB"
                yield entry.filename, nothing, f"This file unpacks to {size}, as only files do that are made to harm."
            else:
                yield from _zip_file(archive, entry, meter)


def _zip_file(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, meter: _Meter) -> Iterator[tuple[str, Forward, str]]:
    try:
        content = archive.open(entry)
    except (*_DAMAGES, RuntimeError) as error:
        yield entry.filename, Forward(lambda _: b""), f"This file can't be unpacked ({error}): the others are read."
        return
    with content:
        yield entry.filename, Forward(meter.counted(content.read, Damaged)), ""


def _directory_size(file: BinaryIO) -> int:
    """The size that a zip's end says of its table of contents (APPNOTE 4.3.14, 4.3.16)."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(max(0, size - (1 << 16) - 42))
    tail = file.read()
    at = tail.rfind(_END_OF_DIRECTORY)
    if at < 0 or at + 20 > len(tail):
        return 0
    told = int(struct.unpack_from("<L", tail, at + 12)[0])
    if told == 0xFFFFFFFF:
        wide = tail.rfind(b"PK\x06\x06", 0, at)
        told = int(struct.unpack_from("<Q", tail, wide + 40)[0]) if wide >= 0 else told
    file.seek(0)
    return told
