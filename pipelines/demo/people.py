"""The people of the made-up life, and what passes by mail between each of them and the owner."""

from pipelines.demo.life import FRI, MON, SUN, THU, TUE, WED, Note, Outcome, Person, Talk, When

WARM = Outcome(("warm",))
COLD = Outcome(("cold",))
FADING = Outcome(("warm", "cooling", "cold"))  # a ladder of silences: some rung is always about to go cold
NEVER = Outcome(("never",), "none")
DORMANT = Outcome(("dormant",))

CLOSE = (
    Person("Fintan Gallagher", "fintan.gallagher@harbourmuseum.example.com", "Harbour Museum", "Director",
           phone="+353 1 555 0101", talks=(Talk(104, 0.7, 1.6),), expect=Outcome(("warm",), "mutual")),
    Person("Tobias Renner", "t.renner@renner-leuchten.example.com", "Renner Leuchten GmbH", "Geschäftsführer",
           phone="+49 69 5550 102", talks=(Talk(103, 1, 2),), expect=WARM),
    Person("Aiko Morimoto", "aiko@studio-kumo.example.com", "Studio Kumo", "Architect", books=("fastmail",),
           talks=(Talk(98, 1.2, 3),), expect=WARM),
    Person("Noor Haidari", "noor.haidari@brightfield.example.org", "Brightfield Foundation", "Programme lead",
           talks=(Talk(80, 1, 3),), expect=WARM),
    Person("Petra Novotná", "petra.novotna@lumen-cz.example.com", "Lumen s.r.o.", "Optical engineer",
           talks=(Talk(60, 2, 4),), expect=WARM),
    Person("Kwame Boateng", "kwame@northlight.example.com", "Northlight Theatre", "Head of lighting",
           talks=(Talk(90, 0.8, 2.4),), expect=WARM),
    Person("Ruairí Keane", "ruairi.keane@keanebuild.example.com", "Keane Build", "Site manager",
           talks=(Talk(96, 1.5, 2.5),), expect=WARM),
    Person("Delphine Garnier", "delphine@atelier-garnier.example.com", "Atelier Garnier", "Scenographer",
           talks=(Talk(88, 1.4, 3),), expect=WARM),
    Person("Chidi Okafor", "chidi.okafor@okaforlegal.example.com", "Okafor Legal", "Solicitor",
           phone="+353 1 555 0134", talks=(Talk(75, 1.8, 4),), expect=WARM),
    Person("Emeka Obi", "emeka.obi@civicrooms.example.com", "Civic Rooms", "Project manager",
           second_address="emeka@obi-projects.example.net", talks=(Talk(85, 1, 3),), expect=WARM),
    # one person, two surnames and two addresses, both on her card
    Person("Anneliese Thoma", "anneliese.thoma@galerie-thoma.example.com", "Galerie Thoma", "Owner",
           second_address="anneliese.reiss@galerie-thoma.example.com", talks=(Talk(70, 2, 3),), expect=WARM),
    # on no card: an exchange made her a contact
    Person("Lucinda Marsh", "lucinda.marsh@dockyardarts.example.org", "Dockyard Arts", books=(),
           talks=(Talk(40, 1.5, 3),), expect=WARM),
    Person("Zofia Maj", "zofia.maj@szklo.example.com", "Szkło Studio", "Glass maker", books=("network",),
           connected=640, talks=(Talk(66, 2, 3.5),), expect=WARM),
    Person("Oisín Ó Dálaigh", "oisin@odalaigh.example.net", account="private", books=("fastmail",),
           talks=(Talk(100, 1.2, 3),), expect=WARM),
    Person("Sorcha Lindell", "sorcha.lindell@post.example.net", account="private", books=("fastmail", "phone"),
           phone="+353 87 555 0117", talks=(Talk(104, 0.6, 1.3),), expect=WARM),
    Person("Pádraig Mac Giolla", "padraig@macgiolla.example.net", account="private", books=("phone",),
           phone="+353 86 555 0119", talks=(Talk(82, 2, 5),), expect=WARM),
)  # fmt: skip

# One friend a year: a letter before Christmas, and its answer. Eleven months of silence are on time.
YEARLY = (
    Person("Edith Farrow", "edith.farrow@post.example.net", account="private", books=("fastmail",),
           notes=tuple(note for weeks in (152, 100, 48) for note in (
               Note(When(weeks, THU, "20:15"), "in", "Our Christmas letter"),
               Note(When(weeks - 1, SUN, "17:40"), "out", "Re: Our Christmas letter"))),
           expect=WARM),
)  # fmt: skip

# Silences of growing length: in any week somebody turns cold, and others are about to.
LADDER = tuple(
    Person(name, address, organization, title, talks=(Talk(90, last, every),), expect=FADING)
    for name, address, organization, title, every, last in (
        ("Matteo Ricci-Sala", "matteo@riccisala.example.com", "Ricci-Sala Allestimenti", "Exhibit builder", 3, 5),
        ("Henrike Vos", "h.vos@vosdesign.example.com", "Vos Design", "Designer", 3, 7),
        ("Bridget Cullen", "bridget.cullen@tidewater.example.com", "Tidewater Events", "Producer", 3, 9),
        ("Samuel Adeleke", "sam.adeleke@adeleke.example.com", "Adeleke Partners", "Partner", 3, 11),
        ("Judit Halmos", "judit.halmos@halmos.example.com", "Halmos Fény", "Importer", 3, 14),
        ("Rory Tannahill", "rory@tannahill.example.com", "Tannahill Joinery", "Joiner", 3, 15.2),
        ("Marit Østby", "marit.ostby@fjordscene.example.com", "Fjordscene", "Technical director", 3, 16.1),
        ("Leopold Amsel", "leopold.amsel@amsel.example.com", "Amsel Audio", "Sound designer", 1.5, 17.4),
        ("Ottilie Frank", "ottilie.frank@frank-vitrinen.example.com", "Frank Vitrinen", "Cabinet maker", 1.2, 17.6),
        ("Gwendal Le Roux", "gwendal@leroux.example.com", "Atelier Le Roux", "Metalworker", 3, 17.5),
        ("Ivar Lund", "ivar.lund@lundtak.example.com", "Lund Tak", "Ceiling builder", 2, 18.1),
        ("Nadia Belkacem", "nadia.belkacem@belkacem.example.com", "Belkacem Conseil", "Consultant", 3, 18.5),
        ("Conal McGarry", "conal.mcgarry@mcgarry.example.com", "McGarry Exhibits", "Owner", 3, 19.1),
        ("Tuuli Aaltonen", "tuuli@aaltonen.example.com", "Aaltonen Valo", "Wholesaler", 3, 19.5),
        ("Bastien Corvo", "bastien.corvo@corvo.example.com", "Corvo Films", "Gaffer", 3, 20.5),
        ("Nell Ashgrove", "nell@ashgrove.example.com", "Ashgrove Prints", "Printer", 3, 23),
    )
)

GONE = (
    Person("Yusuf Demir", "yusuf.demir@anadolulight.example.com", "Anadolu Light", "Sales",
           talks=(Talk(100, 34, 2.5),), expect=COLD),
    # wrote two weeks ago, but the mail lies in the spam folder, and three days after the week, which is too late for it
    Person("Clara Weidmann", "clara.weidmann@weidmann.example.com", "Weidmann Museumsbau", "Planner",
           talks=(Talk(90, 36, 2.5),),
           notes=(Note(When(2, FRI, "08:12"), "in", "We are moving: our new address", label="Spam"),
                  Note(When(-1, WED, "11:30"), "in", "Did you get my mail?")),
           expect=COLD),
    # ten mails of the owner's and never an answer
    Person("Hugo Brandt", "hugo.brandt@brandt-invest.example.com", "Brandt Invest", "Partner", books=("network",),
           connected=330, talks=(Talk(40, 1.6, 4.2, "me"),), expect=Outcome(("cold",), "i_write")),
    # only the absence notice of the machine came back
    Person("Wei Tan", "wei.tan@lanternworks.example.com", "Lantern Works", "Curator",
           notes=(Note(When(30, TUE, "10:05"), "out", "Light for the lantern room"),
                  Note(When(30, TUE, "10:06"), "in", "Automatic reply: Light for the lantern room", away=True),
                  Note(When(22, WED, "09:40"), "out", "Once more: the lantern room"),
                  Note(When(22, WED, "09:41"), "in", "Automatic reply: Once more: the lantern room", away=True)),
           expect=Outcome(("cold",), "i_write")),
    # the newsletter comes every week; she herself has not written for seven months
    Person("Orla Newsham", "orla@lightnotes.example.com", "Light Notes", "Editor",
           talks=(Talk(94, 31, 3),), expect=COLD),
)  # fmt: skip

OWED = (
    Person("Rosalind Achebe", "rosalind@achebelaw.example.com", "Achebe Law", "Partner",
           talks=(Talk(60, 5, 4),),
           notes=(Note(When(1, WED, "16:20"), "in", "Could you look at clause 4?"),), expect=WARM),
    Person("Ingrid Solheim", "ingrid.solheim@solheim.example.com", "Solheim Arkitekter", "Architect",
           talks=(Talk(72, 6, 5),),
           notes=(Note(When(1, FRI, "10:45"), "in", "Can you come to Bergen in January?"),), expect=WARM),
    # keeps writing, and the owner does not answer: not cold
    Person("Imogen Tully", "imogen.tully@tully.example.net", "", "",
           talks=(Talk(50, 1.4, 4, "them"),),
           notes=(Note(When(51, MON, "12:00"), "out", "Thank you for the tour"),),
           expect=Outcome((), "they_write")),
)  # fmt: skip

FRESH = (
    Person("Leonie Achterhof", "leonie@achterhof.example.com", "Achterhof Glas", "Founder", books=("network",),
           connected=18,
           notes=(Note(When(2, WED, "11:15"), "in", "We met at the fair"),
                  Note(When(2, THU, "09:30"), "out", "Re: We met at the fair"),
                  Note(When(1, TUE, "14:00"), "in", "Samples"),
                  Note(When(1, WED, "10:20"), "out", "Re: Samples")),
           expect=Outcome(("new",))),
    Person("Gareth Pugh-Morgan", "", "Pugh-Morgan Consulting", "Consultant", books=("network",), connected=21,
           expect=Outcome(("new", "never"), "none")),
)  # fmt: skip

# A connection is not a relationship, nor is a card, nor being copied.
NEVER_MET = (
    *(
        Person(name, "", organization, title, books=("network",), connected=days, expect=NEVER)
        for name, organization, title, days in (
            ("Sunniva Dahl", "Dahl Rådgivning", "Adviser", 75),
            ("Bartosz Wilk", "Wilk Studio", "Photographer", 1200),
            ("Thandeka Mabuza", "Kestrel Stage", "Producer", 160),
            ("Lorcan Feeney", "Feeney Signs", "Sign maker", 420),
            ("Mirela Ionescu", "Casa Luminii", "Buyer", 95),
            ("Quentin Aldous", "Aldous Trust", "Trustee", 290),
        )
    ),
    Person("Cormac Duggan", "cormac.duggan@harbourmuseum.example.com", "Harbour Museum", "Caretaker",
           books=("phone",), phone="+353 1 555 0177", expect=NEVER),
)  # fmt: skip

# Old gold is not rust.
OLD = tuple(
    Person(name, address, organization, books=("google",), talks=(Talk(first, last, every),), expect=DORMANT)
    for name, address, organization, first, last, every in (
        ("Walter Kessel", "w.kessel@kessel-licht.example.com", "Kessel Licht", 330, 150, 4),
        ("Marguerite Lavigne", "marguerite@lavigne.example.com", "Lavigne & Fille", 300, 135, 5),
        ("Ebba Norrström", "ebba@norrstrom.example.com", "Norrström Museum", 290, 128, 6),
        ("Gilbert Asante", "gilbert.asante@asante.example.com", "Asante Galleries", 320, 170, 6),
        ("Mairéad Hession", "mairead.hession@oldmill.example.org", "Old Mill Arts", 280, 140, 7),
        ("Ulrich Pfaff", "ulrich@pfaff.example.com", "Pfaff Vitrinen", 310, 120, 5),
    )
)

OTHERS = (
    # two people, one name: never merged
    Person("Ciara Nolan (curator)", "ciara.nolan@lighthouse.example.org", "Lighthouse Gallery", "Curator",
           shown="Ciara Nolan", talks=(Talk(78, 1.7, 3),), expect=WARM),
    Person("Ciara Nolan (accountant)", "cnolan@nolan-books.example.net", "Nolan Bookkeeping", "Accountant",
           shown="Ciara Nolan", talks=(Talk(98, 40, 4),), expect=COLD),
    Person("Declan Byrne", "declan.byrne@post.example.com", account="private", books=("fastmail", "phone"),
           phone="+353 87 555 0122", talks=(Talk(96, 7, 2.5),), expect=Outcome(("warm", "cooling"))),
    Person("Saoirse Quill", "saoirse.quill@northlight.example.com", "Northlight Theatre", "Production manager",
           talks=(Talk(52, 2, 5),), expect=WARM),
    Person("Piotr Zając", "piotr.zajac@zajac.example.com", "Zając Konstrukcje", "Engineer",
           talks=(Talk(68, 1.5, 3),), expect=WARM),
    Person("Eleni Kostaki", "eleni@kostaki.example.com", "Kostaki Associates", "Conservator",
           talks=(Talk(58, 1.3, 3),), expect=WARM),
    Person("Viktor Szabó", "viktor.szabo@szabo.example.com", "Szabó Fény", "Wholesaler",
           talks=(Talk(64, 2, 4),), expect=WARM),
    # her card tells that she has died: she is never suggested
    Person("Bríd Hanratty", "brid.hanratty@post.example.com", account="private", books=("fastmail",), died="20260214",
           talks=(Talk(100, 42, 3),)),
)  # fmt: skip

PEOPLE: tuple[Person, ...] = (*CLOSE, *YEARLY, *LADDER, *GONE, *OWED, *FRESH, *NEVER_MET, *OLD, *OTHERS)
