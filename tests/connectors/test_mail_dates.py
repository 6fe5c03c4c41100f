"""When a mail was sent is read as it stands, however odd the program that wrote it."""

import datetime as dt
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.mail_dates import read_date, read_odd_date


def micros(iso: str) -> int:
    """A moment as records have it."""
    return round(dt.datetime.fromisoformat(iso).timestamp()) * 1_000_000


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Wed, 4 Mar 2026 09:30:00 +0100", "2026-03-04T09:30:00+01:00"),
        ("Wed, 14 Oct 2026 09:30:00 -0730 (XYZ)", "2026-10-14T09:30:00-07:30"),
        ("Wed, 04 Mar 2026 09:30:00 GMT", "2026-03-04T09:30:00+00:00"),
        ("Wed, 04 Mar 2026 09:30:00 UT", "2026-03-04T09:30:00+00:00"),
        ("Wed, 04 Mar 2026 09:30:00 EST", "2026-03-04T09:30:00-05:00"),
        ("Wed, 04 Mar 2026 09:30:00 CEST", "2026-03-04T09:30:00+02:00"),
        ("Wed, 04 Mar 2026 09:30:00 JST", "2026-03-04T09:30:00+09:00"),
        ("Wed, 04 Mar 2026 09:30:00 +0545", "2026-03-04T09:30:00+05:45"),
        ("Wed, 04 Mar 2026 09:30:00 +1400", "2026-03-04T09:30:00+14:00"),
        ("Wed, 04 Mar 2026 09:30:00 -0000", "2026-03-04T09:30:00+00:00"),
        ("Wed, 04 Mar 2026 09:30:00 Moon", "2026-03-04T09:30:00+00:00"),
        ("Wed, 04 Mar 2026 09:30:00", "2026-03-04T09:30:00+00:00"),
        ("Wed, 04 Mar 2026 09:30 +0100", "2026-03-04T09:30:00+01:00"),
        ("4 Mar 2026 09:30:00 +0100", "2026-03-04T09:30:00+01:00"),
        ("Wed, 4 mar 26 9:30:00 +0100", "2026-03-04T09:30:00+01:00"),
        ("Mon, 4 Mar 96 09:30:00 +0100", "1996-03-04T09:30:00+01:00"),
        ("Wed,  4  Mar  2026  09:30:00  +0100", "2026-03-04T09:30:00+01:00"),
        ("Wed, 4-Mar-2026 09:30:00 +0100", "2026-03-04T09:30:00+01:00"),
        ("Wed Mar  4 09:30:00 2026", "2026-03-04T09:30:00+00:00"),
        ("2026-03-04T09:30:00+01:00", "2026-03-04T09:30:00+01:00"),
        ("2026-03-04 09:30:00Z", "2026-03-04T09:30:00+00:00"),
        ("Tue, 30 Jun 2015 23:59:60 +0000", "2015-07-01T00:00:00+00:00"),
        ("Thu, 29 Feb 2024 00:00:00 +0000", "2024-02-29T00:00:00+00:00"),
    ],
)
def test_a_date_is_read_as_it_is_written(written: str, read: str) -> None:
    """With any zone, in figures or by name, in the forms of old and careless programs; without a zone it is UTC."""
    assert read_date(written.encode()) == micros(read)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "Wed, 30 Feb 2026 09:30:00 +0000",
        "Wed, 4 Mar 2026 24:30:00 +0000",
        "Wed, 4 Mar 2026 09:61:00 +0000",
        "Wed, 4 Mar 2026 09:30:00 +9900",
        "Wed, 4 Foo 2026 09:30:00 +0000",
        "Wed, 4 Mar 20269999999999999999 09:30:00 +0000",
        "Wed, 99999999999999999999 Mar 2026 09:30:00 +0000",
        "Wed, 4 Mar 2026 99999999999999999999:30:00 +0000",
        "Wed, 0 Mar 2026 09:30:00 +0000",
        "\x00\xff" * 20,
        "9" * 5_000,
    ],
)
def test_what_is_no_date_is_none(written: str) -> None:
    """Nothing is made up, and nothing raises."""
    assert read_date(written.encode("latin-1")) is None


@given(st.integers(86_400, 4_102_000_000), st.integers(-14 * 60, 14 * 60))
def test_what_the_stdlib_writes_is_read_back(seconds: int, offset: int) -> None:
    """Any moment in any zone."""
    moment = dt.datetime.fromtimestamp(seconds, dt.timezone(dt.timedelta(minutes=offset)))
    assert read_date(format_datetime(moment).encode()) == seconds * 1_000_000


ORDINARY = st.tuples(
    st.sampled_from(["Mon, ", "Wed, ", "Foo, ", "", "wed, ", "Wed,"]),
    st.sampled_from(["4", "04", " 4", "14", "31", "32", "0", "4th"]),
    st.sampled_from([" Mar ", " Feb ", " mar ", " Mär ", " Sept ", "-Mar-"]),
    st.sampled_from(["2026", "1999", "1969", "26", "99", "3026", "+2026"]),
    st.sampled_from(
        [" 09:30:00", " 9:30:00", " 09:30", " 23:59:60", " 24:00:00", " 09:30:61", " 09.30.00", " 09:30:0"]
    ),
    st.sampled_from(
        [
            "",
            " +0100",
            " -0000",
            " -0730",
            " +1500",
            " +1530",
            " +0199",
            " GMT",
            " UTC",
            " EST",
            " MESZ",
            " gmt",
            " +01:00",
        ]
        + [
            " +0100 (CET)",
            " GMT (UTC)",
            " +0000 (EST)",
            " +0000 CET",
            " (CET)",
            " +100",
            " + 0100",
            " 0100",
            " +0100 x",
        ]
    ),
).map("".join)


@given(ORDINARY)
def test_the_fast_way_reads_what_the_slow_way_reads(written: str) -> None:
    """Nearly all dates are read by tables of known days, minutes and zones: never otherwise than by the stdlib's parser."""
    assert read_date(written.encode()) == read_odd_date(written.encode())
