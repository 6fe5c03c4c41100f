"""Put several calls into one, and take its answer apart, as Google's APIs offer it (multipart/mixed of application/http)."""

from collections.abc import Sequence
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from typing import NamedTuple
from urllib.parse import urlsplit

MARK = "coldcoffee_batch"
CONTENT_TYPE = f"multipart/mixed; boundary={MARK}"


class Answer(NamedTuple):
    """The answer to one call of a batch."""

    status: int
    retry_after: str
    content: bytes


def written(addresses: Sequence[str]) -> str:
    """The body that asks for these addresses, each by GET."""
    parts = []
    for number, address in enumerate(addresses):
        parted = urlsplit(address)
        asked = f"{parted.path}?{parted.query}" if parted.query else parted.path
        parts.append(
            f"--{MARK}\r\nContent-Type: application/http\r\nContent-ID: <item:{number}>\r\n\r\n"
            f"GET {asked} HTTP/1.1\r\nAccept: application/json\r\n\r\n"
        )
    return "".join(parts) + f"--{MARK}--\r\n"


def read(content_type: str, content: bytes) -> dict[int, Answer]:
    """The answers by the number of their call; those that can't be read are missing. Never fails."""
    whole = BytesParser(policy=compat32).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + content)
    found: dict[int, Answer] = {}
    parts = whole.get_payload() if whole.is_multipart() else []
    for part in parts if isinstance(parts, list) else []:
        if not isinstance(part, Message):
            continue
        number = str(part.get("Content-ID", "")).strip("<> ").rpartition(":")[2]  # <response-item:7>
        answer = _answer(part.get_payload(decode=True))
        if number.isdecimal() and answer is not None:
            found[int(number)] = answer
    return found


def _answer(data: object) -> Answer | None:
    if not isinstance(data, bytes):
        return None
    line, _, rest = data.lstrip().partition(b"\n")
    words = line.split()
    if len(words) < 2 or not words[1].isdigit():
        return None
    inside = BytesParser(policy=compat32).parsebytes(rest)
    content = inside.get_payload(decode=True)
    return Answer(int(words[1]), str(inside.get("Retry-After", "")), content if isinstance(content, bytes) else b"")
