"""A made-up consultant's two years: who she knows, what passed between them, and what the report should make of it."""

import datetime as dt
from dataclasses import dataclass, field

OWNER = "Mara Lindell"
WORK = "mara@lindell.example.org"
HOME = "mara.lindell@post.example.net"
ZONE = "Europe/Dublin"
KEY = "mara"


@dataclass(frozen=True)
class Person:
    """Someone in the story. `mails` are days before the week's end: positive sent by them, negative by the owner."""

    name: str
    address: str
    organization: str = ""
    mails: tuple[int, ...] = ()
    card: bool = True
    phone: str = ""
    connected: int | None = None  # days before the week's end


@dataclass(frozen=True)
class Meeting:
    """An entry of the calendar. `day` counts days before the week's end (negative: after it)."""

    title: str
    day: int
    hour: int
    guests: tuple[str, ...]
    location: str = ""
    description: str = ""
    answers: tuple[str, ...] = ()
    owner_answer: str = "ACCEPTED"
    status: str = "CONFIRMED"
    repeat: str = ""
    except_days: tuple[int, ...] = ()
    private: bool = False
    declined_by_mail: str = ""


@dataclass(frozen=True)
class Life:
    """All of it, for one week."""

    ends: dt.datetime
    people: tuple[Person, ...]
    meetings: tuple[Meeting, ...]
    newsletters: tuple[tuple[str, str], ...] = field(default=())


def exchange(first: int, last: int, every: int) -> tuple[int, ...]:
    """Mails to and fro: from `first` to `last` days before the week's end, one of each side every `every` days."""
    days: list[int] = []
    for day in range(first, last - 1, -every):
        days += [-day, max(day - 1, 1)]
    return tuple(days)


def _at(name: str, domain: str = "example.com") -> str:
    return f"{name}@{domain}"


PEOPLE = (
    Person("Tobias Renner", _at("tobias.renner", "renner-bau.example.com"), "Renner Bau", exchange(700, 4, 14)),
    Person("Aiko Morimoto", _at("aiko", "kumo.example.com"), "Kumo", exchange(650, 9, 21)),
    Person("Fintan Gallagher", _at("fintan", "gallagher.example.com"), "Gallagher & Co", exchange(600, 3, 28)),
    Person("Noor Haidari", _at("noor.haidari", "brightfield.example.com"), "Brightfield", exchange(560, 12, 30)),
    Person("Petra Novotná", _at("petra", "novotna.example.com"), "Novotná", exchange(500, 20, 25)),
    Person("Samuel Adeleke", _at("sam", "adeleke.example.com"), "Adeleke Partners", exchange(640, 95, 10)),
    Person("Bridget Cullen", _at("bridget.cullen", "tidewater.example.com"), "Tidewater", exchange(520, 100, 12)),
    Person("Matteo Ricci-Sala", _at("matteo", "riccisala.example.com"), "Ricci Sala", exchange(480, 70, 9)),
    Person("Henrike Vos", _at("h.vos", "vosdesign.example.com"), "Vos Design", exchange(420, 62, 11)),
    Person("Declan Byrne", _at("declan", "byrne.example.net"), "", exchange(690, 46, 15)),
    Person("Yusuf Demir", _at("yusuf.demir", "anadolu.example.com"), "Anadolu", exchange(610, 210, 18)),
    Person("Clara Weidmann", _at("clara", "weidmann.example.com"), "Weidmann", exchange(400, 240, 20)),
    Person("Oisín Ó Dálaigh", _at("oisin", "odalaigh.example.org"), "", exchange(380, 6, 40)),
    Person("Rosalind Achebe", _at("rosalind", "achebe.example.com"), "Achebe Law", (*exchange(300, 60, 30), 5)),
    Person("Ingrid Solheim", _at("ingrid", "solheim.example.com"), "Solheim", (*exchange(350, 90, 45), 8)),
    Person("Walter Kessel", _at("w.kessel", "kessel.example.com"), "Kessel", (*exchange(1500, 1000, 30),)),
    Person("Marguerite Lavigne", _at("marguerite", "lavigne.example.com"), "Lavigne", exchange(1400, 900, 40)),
    Person(
        "Hugo Brandt", _at("hugo.brandt", "brandt.example.com"), "Brandt", tuple(-day for day in range(300, 20, -28))
    ),
    Person("Edith Farrow", _at("edith", "farrow.example.net"), "", (1066, -1064, 701, -699, 336, -334)),
    Person("Leonie Achterhof", _at("leonie", "achterhof.example.com"), "Achterhof", (18, -16, 10, -9)),
    Person("Gareth Pugh-Morgan", _at("gareth", "pughmorgan.example.com"), "Pugh-Morgan", connected=21),
    Person("Sunniva Dahl", _at("sunniva.dahl", "dahl.example.com"), "Dahl", connected=75),
    Person("Bartosz Wilk", _at("bartosz", "wilk.example.com"), "Wilk", connected=1200),
    Person("Chidi Okafor", _at("chidi", "okafor.example.com"), "Okafor", exchange(330, 15, 35)),
    Person("Anneliese Thoma", _at("anneliese", "thoma.example.com"), "Thoma", exchange(290, 25, 33)),
    Person("Ruairí Keane", _at("ruairi", "keane.example.com"), "Keane", exchange(450, 30, 22)),
    Person("Delphine Garnier", _at("delphine", "garnier.example.com"), "Garnier", exchange(430, 18, 26)),
    Person("Kwame Boateng", _at("kwame", "boateng.example.com"), "Boateng", exchange(260, 2, 19)),
    Person("Lucinda Marsh", _at("lucinda", "marsh.example.com"), "Marsh", exchange(360, 40, 24), card=False),
)

BY_NAME = {person.name: person for person in PEOPLE}

MEETINGS = (
    Meeting("Lunch with Tobias", 5, 12, ("Tobias Renner",), "The Winding Stair, 40 Lower Ormond Quay, Dublin"),
    Meeting("Coffee / Fintan", 3, 9, ("Fintan Gallagher",), "Brother Hubbard, 153 Capel Street"),
    Meeting("Design review", 4, 15, ("Aiko Morimoto",), "https://meet.google.com/abc-defg-hij"),
    Meeting("Noor <> Mara", 6, 11, ("Noor Haidari",), "", "Join Zoom Meeting\nhttps://us02web.zoom.us/j/5550199"),
    Meeting("Catch-up", 2, 16, ("Kwame Boateng",), "", answers=("NEEDS-ACTION",)),
    # wrong-looking, and right: accepted in the calendar, declined by mail only
    Meeting(
        "Coffee with Ruairí", 4, 10, ("Ruairí Keane",), "Two Pups, 74 Francis Street", declined_by_mail="Ruairí Keane"
    ),
    # wrong-looking, and right: a link that the calendar adds by itself, and a lunch in a restaurant
    Meeting(
        "Lunch",
        1 + 5,
        13,
        ("Delphine Garnier",),
        "Chapter One, 18 Parnell Square",
        "Microsoft Teams meeting\nJoin: https://teams.microsoft.com/l/meetup-join/19%3ademo",
    ),
    Meeting("Planning call", 12, 10, ("Chidi Okafor",), "+353 1 555 0134"),
    Meeting("Dinner", 11, 19, ("Tobias Renner",), "Etto, 18 Merrion Row", private=True),
    # a series of which one date was called off
    Meeting(
        "Mara / Petra weekly",
        370,
        14,
        ("Petra Novotná",),
        "https://zoom.us/j/5550142",
        repeat="WEEKLY",
        except_days=(6,),
    ),
    Meeting("Board lunch", -4, 12, ("Fintan Gallagher", "Noor Haidari"), "Delahunt, 39 Camden Street Lower"),
    Meeting("Walk in the park", -9, 10, ("Declan Byrne",), "Phoenix Park, Parkgate Street entrance", private=True),
    Meeting("Pitch", 200, 10, ("Clara Weidmann",), "Room Shannon, 2nd floor", answers=("DECLINED",)),
    Meeting("Site visit", 320, 10, ("Yusuf Demir",), "Dock Road 7, Limerick"),
)

NEWSLETTERS = (
    ("Harbour Weekly", "news@harbourweekly.example.com"),
    ("Founders' Digest", "digest@founders.example.net"),
    ("Tool Shop", "offers@toolshop.example.com"),
)


def life(ends: dt.datetime) -> Life:
    """The story for a week that ends at this aware moment."""
    return Life(ends, PEOPLE, MEETINGS, NEWSLETTERS)
