"""What is broken in real files and at real servers costs only itself: the rest is read, and the report says what is missing."""

from pathlib import Path

import duckdb

from benchmarks.dovecot import Dovecot
from tests.pipelines import homes
from tests.pipelines.homes import WEEK, coldcoffee, made
from tests.servers import certificates, needs_dovecot

ENTRY = (
    "BEGIN:VEVENT\nUID:{0}@example.org\n{1}\nDTEND:20261112T180000Z\nSUMMARY:{0}\nORGANIZER:mailto:dana@example.org\n"
    "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ann@example.org\n"
)
CALENDAR = (
    "BEGIN:VCALENDAR\nVERSION:2.0\n"
    + (ENTRY + "END:VEVENT\n").format("first", "DTSTART:20261112T170000Z")
    + (ENTRY + "END:VEVENT\n").format("startless", "CLASS:PUBLIC")
    + (ENTRY + "END:VEVENT\n").format("undated", "DTSTART:next Tuesday")
    + (ENTRY + "END:VEVENT\n").format("unruly", "DTSTART:20261111T170000Z\nRRULE:FREQ=SOMETIMES")
    + ENTRY.format("endless", "DTSTART:20261110T170000Z")
    + (ENTRY + "END:VEVENT\n").format("last", "DTSTART:20261109T170000Z")
    + "END:VCALENDAR\n"
)
CARDS = homes.ANN_AND_BEN.replace("N:Bright;Ben;;;\n", "N:Bright;Ben;;;\nthis line is no property\n")
NOBODY = "From postmaster Tue Jan 6 09:00:00 2026\nSubject: written by nobody\n\nHello\n\n"
CUT_OFF = homes.letter(6)[:-20]
FILES: dict[str, str | bytes] = {
    "mail.mbox": "".join(map(homes.letter, range(3))) + NOBODY + homes.letter(5) + CUT_OFF,
    "calendar.ics": CALENDAR,
    "cut.ics": "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:cut@exam",
    "cards.vcf": CARDS + "BEGIN:VCARD\nVERSION:3.0\nNOTE:nobody\nEND:VCARD\n",
    "unreadable.eml": b"Received: from nowhere\nDate: yesterday\nFrom:\n\n\x00\xff",
    "archive.zip": b"PK\x03\x04 that breaks off",
    "noise.bin": bytes(range(256)),
}


def test_what_is_broken_in_a_file_costs_only_itself(tmp_path: Path) -> None:
    """Each item that can't be read is a row with its source, its place and why, and is counted in the report's coverage; all
    the good ones around it arrive, and the run is a good run, the next one too."""
    home = made(tmp_path, files=FILES)
    said = coldcoffee(home, "run", "--week", WEEK)
    assert (said.code, said.err) == (0, "")
    assert "10 items could not be understood." in " ".join(said.out.split())
    with duckdb.connect(str(home / "snapshot" / "dana.duckdb"), read_only=True) as db:
        rejects = db.execute("select source, place, reason from rejects order by place, key").fetchall()
        subjects = db.execute("select subject from landed_messages order by sent_at").fetchall()
        titles = db.execute("select title from landed_events order by starts_at").fetchall()
        names = db.execute("select name from landed_cards order by name").fetchall()
        pulls = db.execute("select source, error, new_items, rejects from pulls").fetchall()
    assert rejects == [
        ("files", "archive.zip", "The archive is damaged (File is not a zip file): what stands before was read."),
        ("files", "calendar.ics", "the entry breaks off: it has no END:VEVENT"),
        ("files", "calendar.ics", "an entry is left out: it has no start (DTSTART)"),
        ("files", "calendar.ics", "an entry is left out: 'next Tuesday' is no date or time"),
        ("files", "calendar.ics", "an entry is left out: its rule repeats by 'SOMETIMES', which is no known frequency"),
        ("files", "cards.vcf", "line 4 of this card is no property; the rest of it was read"),
        ("files", "cards.vcf", "the card names nobody: it has no name, address, number or profile"),
        ("files", "cut.ics", "the file breaks off within this entry"),
        ("files", "mail.mbox", "This is no mail: it has neither From nor To nor Message-ID."),
        ("files", "unreadable.eml", "This is no mail: it has neither From nor To nor Message-ID."),
    ]
    assert [subject for (subject,) in subjects] == [f"letter {number}" for number in (0, 1, 2, 5, 6)]
    assert [title for (title,) in titles] == ["last", "first"]
    assert [name for (name,) in names] == ["Ann Abel", "Ben Bright"]
    assert pulls == [("files", None, 9, 10)]


@needs_dovecot
def test_servers_that_refuse_cost_only_themselves(tmp_path: Path) -> None:
    """A refused login, a certificate of another host, a secret that is not set: one sentence each and exit code 3; the files
    are read, nothing is half-written, and the report tells which sources are missing in its first lines."""
    trust = certificates(tmp_path / "certificates", "imap.example.org")
    with Dovecot(tmp_path / "server", certificate=trust.certificate, key=trust.key) as server:
        refused = (
            f'kind = "imap"\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\nuser = "dana"\n'
            'secret = "env:MAIL_PASSWORD"\n'
        )
        foreign = refused.replace(f"{server.port}", f"{server.tls_port}").replace('"none"', '"tls"')
        unset = refused.replace("MAIL_PASSWORD", "NO_SUCH_PASSWORD")
        settings = homes.OWNER + homes.FILES
        for name, table in (("refused", refused), ("foreign", foreign), ("unset", unset)):
            settings += f"[owner.dana.source.{name}]\n{table}"
        home = made(tmp_path / "home", settings.replace('"tls"\n', f'"tls"\nca_file = "{trust.authority}"\n'))
        said = coldcoffee(home, "run", "--week", WEEK, MAIL_PASSWORD="wrong")
    assert said.code == 3
    lines = said.err.splitlines()
    assert [line.partition(": ")[0] for line in lines] == [
        f"The source “{name}” could not be read" for name in ("foreign", "refused", "unset")
    ]
    for line, words in zip(
        lines, ("is not valid for this host", "refused the user dana", "NO_SUCH_PASSWORD is not set"), strict=True
    ):
        assert words in line
    assert "wrong" not in said.out + said.err
    head = " ".join(said.out.partition("\n  0 turned cold")[0].split())
    assert all(f"{name} mail has never been read" in head for name in ("Foreign", "Refused", "Unset"))
    with duckdb.connect(str(home / "snapshot" / "dana.duckdb"), read_only=True) as db:
        assert db.execute("select distinct source from landed_messages").fetchall() == [("files",)]
        assert db.execute("select source, error is null from pulls order by source").fetchall() == [
            ("files", True),
            ("foreign", False),
            ("refused", False),
            ("unset", False),
        ]


def test_an_owner_whose_run_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    """A broken store in the middle: both others have their reports, the sentence names the owner, the exit code is that of the
    worst, and what is broken is left as it is."""
    settings = homes.OWNER + homes.FILES
    for key in ("eve", "fay"):
        settings += (homes.OWNER + homes.FILES).replace("owner.dana", f"owner.{key}").replace("dana@", f"{key}@")
    settings = settings.replace(
        '[owner.fay.source.files]\nkind = "folder"\npath = "inbox"',
        ('[owner.fay.source.files]\nkind = "folder"\npath = "nowhere"'),
    )
    home = made(tmp_path, settings)
    broken = home / "store" / "eve.duckdb"
    broken.parent.mkdir()
    broken.write_bytes(b"this is no database" * 5000)
    said = coldcoffee(home, "run", "--week", WEEK)
    assert said.code == 1
    first, second = said.err.splitlines()
    assert first.startswith(f"eve: The store {broken} can't be read")
    assert second.startswith(f"fay: The source “files” could not be read: There is no folder {home}/nowhere")
    assert sorted(path.name for path in (home / "reports").iterdir()) == ["dana", "fay"]
    assert sorted(path.name for path in (home / "snapshot").iterdir()) == ["dana.duckdb", "fay.duckdb"]
    assert broken.read_bytes() == b"this is no database" * 5000
    assert said.out.count("coldcoffee · ") == 2
