"""No damage to a file, whatever it is, ends a pull: something is read, or a row says why not."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.connectors.contract import keep
from tests.connectors.folder_files import CALENDAR, CARDS, CONNECTIONS, mbox, pull, tarred, zipped

INVITED = b'From: a@example.org\nDate: x\nMessage-ID: <1@x>\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n'
FILES = [
    mbox(3),
    CALENDAR,
    CARDS,
    CONNECTIONS,
    INVITED + b"Content-Type: text/calendar; method=REQUEST; charset=utf-16\n\n" + CALENDAR + b"\n--b--\n",
    zipped({"a.mbox": mbox(2), "b.vcf": CARDS}),
    tarred({"a.ics": CALENDAR, "b.mbox": mbox(1)}),
    b'<?xml version="1.0"?><smses><sms address="+1" date="1772636400000" type="1"/></smses>',
    b'{"participants": [{"name": "Ann"}], "messages": [{"sender_name": "Ann", "timestamp_ms": 1772636400000}]}',
    b"04.03.26, 09:05 - Ann: hi\n04.03.26, 09:06 - Dana Reyes: ho\n",
    b"date,direction,number,duration\n2026-03-04 16:00,in,030123456,5\n",
]
WORDS = [
    b"",
    b"\x00",
    b"\xff\xfe",
    b"\r",
    b"\n\n",
    b'"',
    b";",
    b":",
    b"9" * 30,
    b"=?x?b?",
    b"\xed\xa0\x80",
    b"TZID=",
    b"\n ",
]
BLOWS = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.integers(0, 30),
        st.one_of(st.sampled_from(WORDS), st.sampled_from(FILES), st.binary(max_size=4)),
    ),
    min_size=1,
    max_size=4,
)


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(FILES), BLOWS)
def test_no_damage_ends_a_pull(data: bytes, blows: list[tuple[float, int, bytes]]) -> None:
    """Bytes that were cut out, overwritten or mixed with another file's; and what was read can be stored."""
    for at, length, put in blows:
        start = int(at * len(data))
        data = data[:start] + put[:60] + data[start + length :]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "damaged").write_bytes(data)
        pulled = pull(Path(folder))
        for record in keep(pulled.pages).records.values():
            for value in record if isinstance(record, tuple) else ():
                assert not isinstance(value, str) or value == value.encode("utf-8").decode("utf-8")
        assert pull(Path(folder), pulled.cursor).pages == []
