"""What is met, called off, moved and written about in German."""

from pathlib import Path

from tests.steps.lives import HELD, LINE, OFF, UNKNOWN, Life


def life() -> Life:
    """A consultant in Berlin."""
    life = Life(
        name="Dr. Katrin Vogel",
        address="k.vogel@vogel-beratung.example",
        private="katrin@gmx.example",
        zone="Europe/Berlin",
        end="2026-11-30",
    )
    life.friend("Jonas Brandt", "jonas.brandt@brandt.example")
    life.friend("Petra Lindemann", "p.lindemann@stadtwerke.example", organization="Stadtwerke Ulm")
    life.friend("Petra Sommer", "petra.sommer@post.example")
    life.friend("Michael Graf", "m.graf@firma.example", phone="+49 170 5550134")
    life.friend("Anna-Lena Hofer", "al.hofer@hofer.example")
    life.friend("Hans-Peter Maier", "hp.maier@maier.example")
    life.friend("Sabine Wolf", "sabine.wolf@wolf.example")
    life.friend("Thomas Berger", "berger@kanzlei.example")
    life.friend("Jürgen Groß", "juergen.gross@gross.example")
    life.friend("Ulrike Schäfer", "u.schaefer@verein.example")
    life.friend("Claudia Weiß", "c.weiss@agentur.example")
    life.friend("Lukas Frank", "lukas.frank@tech.example")
    life.friend("Elif Yılmaz", "elif@yilmaz.example")
    life.note(HELD, "Jonas Brandt", "Mittagessen mit Jonas", "2026-11-02 12:00")
    life.note(HELD, "Petra Sommer", "Kaffee mit Petra", "2026-11-03 15:00", "Café Einstein, Kurfürstenstr. 58")
    life.mail("Petra Sommer", "Morgen um 3 im Einstein?", "2026-11-02 18:00")
    life.note(LINE, "Michael Graf", "Telefonat Michael Graf", "2026-11-03 10:00", "0170 5550134")
    life.meet(OFF, "Sabine Wolf", "Abstimmung Projekt Aurora", "2026-11-04 09:00", "Besprechungsraum 2.14")
    life.mail("Sabine Wolf", "Muss für heute leider absagen", "2026-11-04 07:40")
    life.meet(
        LINE, "Thomas Berger", "Besprechung Vertrag", "2026-11-04 14:00", "Kanzlei Berger, Marktstr. 5, 70173 Stuttgart"
    )
    life.mail("Thomas Berger", "Heute lieber per Zoom?", "2026-11-04 09:00")
    life.mail("Thomas Berger", "AW: Heute lieber per Zoom? Link folgt", "2026-11-04 09:20", out=True)
    life.meet(HELD, "Jürgen Groß", "Jour fixe", "2026-11-05 10:00", "Microsoft Teams-Besprechung")
    life.mail("Jürgen Groß", "Treffen wir uns doch persönlich bei Ihnen im Büro?", "2026-11-04 16:00")
    life.mail("Jürgen Groß", "Danke für den Kaffee gestern", "2026-11-06 08:30")
    life.meet(OFF, "Ulrike Schäfer", "Frühstück Ulrike", "2026-11-06 08:30", "Bäckerei Kamps, Hauptstr. 1")
    life.mail("Ulrike Schäfer", "Entschuldigung wegen heute Morgen, total verschlafen", "2026-11-06 11:00")
    life.meet(OFF, "Claudia Weiß", "Kick-off Webseite", "2026-11-10 10:00", "Agentur Weiß, Torstr. 99, Berlin")
    life.mail(
        "Claudia Weiß", "Termin Dienstag: können wir auf nächste Woche verschieben?", "2026-11-09 15:00", out=True
    )
    life.event("Krank", "2026-11-11", days=1)
    life.meet(OFF, "Lukas Frank", "Lunch Lukas Frank", "2026-11-11 12:30", "Vapiano, Mittelstr. 51")
    life.event("Urlaub Mallorca", "2026-11-16", days=5)
    life.meet(
        OFF,
        "Sabine Wolf",
        "Projekt Aurora Regeltermin",
        "2026-11-17 10:00",
        "https://teams.microsoft.com/l/meetup-join/19%3aabc",
        recurring=True,
    )
    life.meet(
        OFF,
        "Hans-Peter Maier",
        "Quartalsgespräch",
        "2026-11-18 11:00",
        "Raum Isar",
        created_at=life.micros("2026-08-01 10:00"),
    )
    life.event("Homeoffice", "2026-11-23", days=1)
    life.meet(
        LINE,
        "Hans-Peter Maier",
        "Abstimmung Budget",
        "2026-11-23 11:00",
        "Raum Isar",
        text="Microsoft Teams-Besprechung https://teams.microsoft.com/l/meetup-join/19%3axyz",
    )
    life.meet(UNKNOWN, "Claudia Weiß", "Austausch", "2026-11-24 10:00")
    life.meet(UNKNOWN, "Elif Yılmaz", "Abendessen Elif", "2026-11-24 19:30", "Restaurant Hasir", answer="needs-action")
    life.meet(HELD, "Elif Yılmaz", "Essen mit Elif", "2026-11-13 19:30", "Restaurant Hasir", answer="needs-action")
    life.mail("Elif Yılmaz", "Schön, dich wiederzusehen!", "2026-11-14 10:00")
    life.note(
        HELD, "Anna-Lena Hofer", "Spaziergang mit Anna-Lena", "2026-11-07 15:00", "Englischer Garten", calendar="Privat"
    )
    life.note(None, "Jonas Brandt", "Geburtstag Jonas", "2026-11-08", days=1)
    life.note(None, "Jonas Brandt", "Geschenk für Jonas besorgen", "2026-11-06 17:00")
    life.note(None, "Thomas Berger", "E-Mail an Thomas Berger", "2026-11-06 17:30")
    life.note(None, "Hans-Peter Maier", "Trauerfeier Hans-Peter Maier", "2026-11-27 14:00", "Waldfriedhof")
    life.event("Flug nach Wien (OS 230)", "2026-11-25 07:00", minutes=80)
    life.event("Hotel Sacher Wien", "2026-11-25", place="Philharmonikerstr. 4, Wien", days=2)
    life.event("Rückflug", "2026-11-26 20:00", minutes=80)
    life.meet(OFF, "Jürgen Groß", "Stammtisch", "2026-11-25 12:30", "Gasthaus Krone, Ulm", recurring=True)
    life.meet(
        HELD,
        "Lukas Frank",
        "Kaffee in Wien",
        "2026-11-26 10:00",
        "Café Central, Herrengasse 14, Wien",
        created_at=life.micros("2026-11-20 10:00"),
    )
    life.meet(
        OFF, "Michael Graf", "Treffen Michael", "2026-11-12 17:00", "Biergarten Chinesischer Turm", answer="declined"
    )
    life.meet(OFF, "Petra Lindemann", "Werksbesichtigung", "2026-11-12 09:00", "Stadtwerke Ulm, Karlstr. 1")
    life.mail("Petra Lindemann", "Abgelehnt: Werksbesichtigung", "2026-11-10 09:00", marks=("invitation",))
    life.meet(
        LINE,
        "Petra Lindemann",
        "Videokonferenz Netzausbau",
        "2026-11-05 14:00",
        "https://bbb.stadtwerke.example/b/abc-123-def",
    )
    life.meet(HELD, "Sabine Wolf", "Weihnachtsmarkt", "2026-11-27 17:00", "Striezelmarkt Dresden")
    life.mail("Sabine Wolf", "Verspäte mich 10 Minuten, Stau", "2026-11-27 16:50")
    life.meet(
        OFF, "Thomas Berger", "Mandantengespräch", "2026-11-19 08:00", "Kanzlei Berger, Marktstr. 5, 70173 Stuttgart"
    )
    life.mail("Thomas Berger", "Abwesenheitsnotiz: Unterlagen", "2026-11-18 20:00", marks=("auto", "away"))
    return life


def test_each_is_what_it_was(tmp_path: Path) -> None:
    """Each entry comes out as what it was, with nobody met who was not."""
    assert life().misjudged(tmp_path) == {}


def test_what_people_are_called(tmp_path: Path) -> None:
    """Short forms, double names and a couple of whom one was invited; who is named with a place needs no recent mail."""
    life = Life(name="Katrin Vogel")
    for name in (
        "Monika Achatz",
        "Stefan Achatz",
        "Johannes Brandl",
        "Hans-Jürgen Müller",
        "Veronika Huber",
        "Georg Lang",
    ):
        life.friend(name)
    life.note(HELD, "Veronika Huber", "Vroni Keramik", "2026-11-05 17:00", "Werkstatt")
    life.note(HELD, "Johannes Brandl", "Bergtour Hannes", "2026-11-07 10:00", "Herzogstand")
    life.note(HELD, "Hans-Jürgen Müller", "Mittagessen mit Hajü", "2026-11-09 12:00")
    life.note(LINE, "Georg Lang", "Videocall Schorsch + Team", "2026-11-10 12:00")
    life.note(HELD, "Georg Lang", "Jour fixe Lang", "2026-11-11 12:00", "Raum 3.12")
    life.note(HELD, "Veronika Huber", "bei Vroni", "2026-11-12 19:00")
    life.note(None, "Veronika Huber", "Geschenk Veronika Huber", "2026-11-13 12:00")
    life.note(HELD, "Monika Achatz", "Grillen mit Stefan und Moni", "2026-11-14 18:00", "bei uns im Garten")
    life.event("Grillen mit Stefan und Moni", "2026-11-14 18:00", {life.called("Stefan Achatz"): "accepted"}, "bei uns")
    life.truth["Stefan Achatz", "Grillen mit Stefan und Moni"] = HELD
    assert life.misjudged(tmp_path) == {}


def test_all_are_told_that_it_is_virtual(tmp_path: Path) -> None:
    """A mail to everybody that tomorrow is virtual only holds for each guest; so does thanks that names the fair."""
    life = Life(name="Katrin Vogel")
    ann, ben = life.friend("Anna Huber"), life.friend("Ben Maier")
    place = "Raum Isar; Microsoft Teams-Besprechung"
    life.event("Lenkungskreis", "2026-11-05 10:00", {ann: "accepted", ben: "accepted"}, place, host=ann)
    life.mail(ann, "Lenkungskreis morgen rein virtuell", "2026-11-04 15:00", also=(ben,))
    life.truth |= {("Anna Huber", "Lenkungskreis"): LINE, ("Ben Maier", "Lenkungskreis"): LINE}
    life.event("Messe", "2026-11-10", {ben: "needs-action"}, "Messe München, Halle B4", days=3, listed=False)
    life.mail(ben, "Schön, Sie auf der Messe getroffen zu haben", "2026-11-12 20:00")
    life.truth["Ben Maier", "Messe"] = HELD
    assert life.misjudged(tmp_path) == {}
