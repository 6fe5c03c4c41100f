"""Turn the raw bytes of a header's value into readable text."""

import re
from binascii import Error as NotBase64
from binascii import a2b_base64
from quopri import decodestring

LONGEST_VALUE = 65_536  # bytes of one header that are read: some two thousand recipients, and no stall on a hostile one
_PLAIN = re.compile(rb"(?:[!-<>-~][ -<>-~]*)?(?<! )").fullmatch  # what stays as it is
_UNCLEAN = re.compile("[\x00-\x1f\x7f\ud800-\udfff]+")
_ENCODED_WORD = re.compile(r"=\?([^?\s]*)\?([bBqQ])\?(.*?)\?=", re.DOTALL)  # RFC 2047 2, blanks inside forgiven
_MOJIBAKE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_WIDER = {  # what senders call by the name of a subset is read with the whole set
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "iso-8859-1": "cp1252",
    "us-ascii": "utf-8",
    "iso-8859-8-i": "iso-8859-8",
}


def read_text(value: bytes) -> str:
    """Decode a header's text: encoded words (RFC 2047), raw 8-bit, broken charsets, mojibake; white space made single.

    The result holds neither control characters nor lone surrogates, so any store takes it.
    """
    if _PLAIN(value) is not None and b"  " not in value:
        return value.decode("ascii")
    return decode_words(decode_raw(value[:LONGEST_VALUE]))


def decode_raw(value: bytes) -> str:
    """Decode unencoded bytes: ISO-2022-JP by its escapes, ASCII or UTF-8 (RFC 6532), else Windows-1252, in which most
    of the older 8-bit headers were written. Never fails."""
    for charset in ("iso-2022-jp", "utf-8") if b"\x1b" in value else ("utf-8",):
        try:
            return value.decode(charset)
        except UnicodeDecodeError:
            continue
    return value.decode("cp1252", "replace")


def decode_words(text: str) -> str:
    """Decode the encoded words in a text that is no longer bytes, and clean it."""
    if "=?" not in text:
        return clean(_unmojibake(text))
    pieces: list[str] = []
    pending, pending_charset, end = (
        b"",
        "",
        0,
    )  # neighbours of one charset are joined first: some cut a character in two
    for word in _ENCODED_WORD.finditer(text, 0, text.rfind("?=") + 2):  # behind it each search would run to the end
        between, charset = text[end : word.start()], _charset(word[1])
        if pending and (between.strip() or charset != pending_charset):
            pieces.append(_decode(pending, pending_charset))
            pending = b""
        if between.strip() or (not pieces and not pending):
            pieces.append(between)
        pending, pending_charset, end = pending + _unpack(word[2], word[3]), charset, word.end()
    pieces.append(_decode(pending, pending_charset))
    pieces.append(text[end:])
    return clean(_unmojibake("".join(pieces)))


def clean(text: str) -> str:
    """Make white space single and take out what no text should hold."""
    return " ".join((text if text.isprintable() else _UNCLEAN.sub(" ", text)).split())


def _charset(name: str) -> str:
    name = name.partition("*")[0].lower()  # RFC 2231 5: charset*language
    return _WIDER.get(name, name)


def _unpack(encoding: str, encoded: str) -> bytes:
    packed = encoded.encode("utf-8", "replace")
    if encoding in "qQ":
        return decodestring(packed, header=True)
    try:
        return a2b_base64(packed + b"===")  # the padding that many forget; more than enough does no harm
    except NotBase64:
        return packed


def _decode(raw: bytes, charset: str) -> str:
    try:
        return raw.decode(charset)
    except (LookupError, UnicodeError, ValueError):
        return decode_raw(raw)


def _unmojibake(text: str) -> str:
    """Undo one round of UTF-8 read as Windows-1252 ("JosÃ©"), where undoing it gives valid UTF-8."""
    if not _MOJIBAKE.search(text):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
