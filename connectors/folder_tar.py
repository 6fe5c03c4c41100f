"""Walk the files of a tar archive as it arrives (POSIX ustar and pax, GNU), holding one header at a time.

The stdlib's `tarfile` takes an extended header into memory whatever length it claims; this reader bounds all of it.
"""

from collections.abc import Iterator

from connectors.streams import Forward

BLOCK = 512
LONGEST_NAME = 1 << 16  # bytes of an extended header that are looked into
_FILES = b"0\x007"
_NO_DATA = b"123456"  # links, devices, folders, pipes: their headers may claim a size, but nothing follows


class Broken(Exception):
    """The archive can't be read further; `str()` is a sentence."""


def looks_like_tar(head: bytes) -> bool:
    """Whether these bytes begin a tar archive: its first header has the checksum that it says."""
    return len(head) >= BLOCK and any(head[:BLOCK]) and _checks(head[:BLOCK])


def tar_files(archive: Forward) -> Iterator[tuple[str, Forward]]:
    """Yield the name and content of each regular file; links and special files are passed over, and sparse files, too.
    A content can be read until the next one is asked for. Raises Broken."""
    name, told_size = "", -1
    while any(header := archive.read(BLOCK)):
        if len(header) < BLOCK or not _checks(header):
            raise Broken("The archive breaks off or is damaged: what stands before was read.")
        kind = header[156:157]
        size = told_size if told_size >= 0 and kind in _FILES else _number(header[124:136])
        if size < 0:
            raise Broken("The archive is damaged (a file of an impossible size): what stands before was read.")
        end = archive.tell() + (0 if kind in _NO_DATA else -(-size // BLOCK) * BLOCK)
        if kind == b"L":
            name = archive.read(min(size, LONGEST_NAME)).split(b"\0")[0].decode("utf-8", "replace")
        elif kind == b"x":
            name, told_size = _pax(archive.read(min(size, LONGEST_NAME)))
        elif kind != b"g":
            if kind in _FILES:
                yield name or _own_name(header), _Within(archive, size)
            name, told_size = "", -1
        if archive.seek(end) < end:
            raise Broken("The archive breaks off: what stands before was read.")


class _Within(Forward):
    """The bytes of one file in an archive."""

    def __init__(self, archive: Forward, size: int) -> None:
        super().__init__(self._next)
        self._archive = archive
        self._left = size

    def _next(self, size: int) -> bytes:
        piece = self._archive.read(min(size, self._left))
        if not piece and self._left and size:
            raise Broken("The archive breaks off in the middle of a file.")
        self._left -= len(piece)
        return piece


def _checks(header: bytes) -> bool:
    try:
        told = int(header[148:156].strip(b" \0") or b"-1", 8)
    except ValueError:
        return False
    return told == sum(header[:148]) + 8 * 32 + sum(header[156:])


def _number(field: bytes) -> int:
    """An octal number, or a binary one where its first bit is set (GNU, for files of 8 GB and more)."""
    if field[0] & 0x80:
        return int.from_bytes(field[1:], "big") if field[0] == 0x80 else -1
    try:
        return int(field.strip(b" \0") or b"0", 8)
    except ValueError:
        return -1


def _own_name(header: bytes) -> str:
    name, prefix = header[:100].split(b"\0")[0], header[345:500].split(b"\0")[0]
    joined = prefix + b"/" + name if prefix and header[257:262] == b"ustar" and header[262:263] == b"\0" else name
    return joined.decode("utf-8", "replace")


def _pax(told: bytes) -> tuple[str, int]:
    """The path and the size in a pax header's records (`27 path=Takeout/Mail/…\\n`); "" and -1 where it has none."""
    path, size, at = "", -1, 0
    while at < len(told):
        length, space, _ = told[at : at + 12].partition(b" ")
        if not space or not length.isdigit() or not int(length):
            break
        record = told[at + len(length) + 1 : at + int(length)].rstrip(b"\n")
        key, _, value = record.partition(b"=")
        if key == b"path":
            path = value.decode("utf-8", "replace")
        elif key == b"size" and value.isdigit():
            size = int(value)
        at += int(length)
    return path, size
