"""What stands in the owner's two calendars, and what each meeting of the last weeks should come out as."""

from pipelines.demo.life import FRI, MON, SAT, SUN, THU, TUE, WED, Entry, Guest, When

IN_PERSON, REMOTE, OFF, UNKNOWN, AHEAD = "met_in_person", "met_remotely", "did_not_meet", "unknown", "upcoming"

TEAMS = (
    "________________\nMicrosoft Teams meeting\nJoin on your computer or mobile app\n"
    "https://teams.microsoft.com/l/meetup-join/19%3ameeting_ZGVtbw%40thread.v2/0"
)
ZOOM = "Noor Haidari is inviting you to a scheduled Zoom meeting.\nJoin Zoom Meeting\nhttps://us02web.zoom.us/j/81555019900"
HALL = tuple(
    (f"{given} {family}", f"{given}.{family}@harbourproject.example.org".lower())
    for given in ("Ada", "Brendan", "Colm", "Dervla", "Eoin", "Fiadh", "Gerard")
    for family in ("Ashe", "Breen", "Coyle")
)

THIS_WEEK = (
    Entry("Coffee with Fintan", When(0, MON, "09:00"), (Guest("Fintan Gallagher", IN_PERSON),),
          place="The Copper Kettle, 12 Capel Street, Dublin"),
    # looks remote, and is not: the link was added to a lunch in a restaurant by the calendar program
    Entry("Lunch: Delphine", When(0, TUE, "12:30"), (Guest("Delphine Garnier", IN_PERSON),), minutes=90,
          place="Restaurant Lavoir, 18 Parnell Square, Dublin", notes=TEAMS),
    Entry("Design review", When(0, TUE, "15:00"), (Guest("Aiko Morimoto", REMOTE),),
          meet="https://meet.google.com/dem-oabc-xyz", organizer="Aiko Morimoto"),
    # looks held, and was not: accepted in the calendar, declined by mail alone
    Entry("Coffee with Ruairí", When(0, WED, "10:00"), (Guest("Ruairí Keane", OFF),),
          place="Two Herons Café, 74 Francis Street, Dublin", declined_by="Ruairí Keane"),
    Entry("Noor <> Mara", When(0, WED, "16:30"), (Guest("Noor Haidari", REMOTE),), notes=ZOOM,
          organizer="Noor Haidari"),
    Entry("Rig walk-through", When(0, THU, "10:00"),
          (Guest("Kwame Boateng", IN_PERSON), Guest("Saoirse Quill", UNKNOWN, "TENTATIVE")),
          place="Workshop 2, Northlight Theatre, 5 Mill Lane, Dublin", room="Workshop 2", organizer="Kwame Boateng"),
    Entry("Catch-up", When(0, THU, "17:00"), (Guest("Emeka Obi", UNKNOWN, "NEEDS-ACTION"),)),
    Entry("Harbour project: all hands", When(0, FRI, "09:00"), (Guest("Viktor Szabó", UNKNOWN),), extra=HALL,
          place="Hall 1, Harbour Museum", organizer="Fintan Gallagher"),
    Entry("Window frames", When(0, FRI, "11:00"), (Guest("Piotr Zając", OFF, "DECLINED"),),
          place="24 Foundry Row, Dublin"),
    Entry("Dinner at Sorcha’s", When(0, FRI, "19:30"), (Guest("Sorcha Lindell", IN_PERSON),), minutes=150,
          place="12 Ashgrove Terrace, Dublin", calendar="private"),
    Entry("Focus time", When(0, MON, "14:00"), minutes=180),
    Entry("Oisín’s birthday", When(0, SAT), days=1, calendar="private", free=True),
)  # fmt: skip

SERIES = (
    # this week's was cancelled; the others were held
    Entry("Mara / Petra weekly", When(0, WED, "14:00"), (Guest("Petra Novotná", OFF),), minutes=30,
          notes="https://zoom.us/j/95550142000", rule="FREQ=WEEKLY", since=52, off=(0, 21), dropped=(47, 46)),
    # the occurrence before last was moved from Tuesday to Thursday
    Entry("Conservation round", When(1, TUE, "11:00"), (Guest("Eleni Kostaki", IN_PERSON),),
          place="Conservation lab, 3 Quay Street, Dublin", rule="FREQ=WEEKLY;INTERVAL=4", since=48,
          moved=((5, When(5, THU, "11:00")),)),
    Entry("Gallery lights: Ciara", When(3, THU, "10:30"), (Guest("Ciara Nolan (curator)", IN_PERSON),),
          place="Lighthouse Gallery, 9 Pier Road, Howth", rule="FREQ=WEEKLY;INTERVAL=6", since=60),
    Entry("Aiko monthly", When(3, TUE, "08:30"), (Guest("Aiko Morimoto", REMOTE),),
          meet="https://meet.google.com/aik-omon-thl", rule="FREQ=WEEKLY;INTERVAL=4", since=80),
    Entry("Choir", When(0, TUE, "19:00"), calendar="private", rule="FREQ=WEEKLY", since=100,
          place="St Brannoc’s Hall"),
)  # fmt: skip

EARLIER = (
    Entry("Call with Chidi", When(1, THU, "10:00"), (Guest("Chidi Okafor", REMOTE),), minutes=30,
          place="+353 1 555 0134"),
    # called off by a CANCEL mail that the calendar never heard of
    Entry("Steel details", When(1, FRI, "15:00"), (Guest("Piotr Zając", OFF),), place="24 Foundry Row, Dublin",
          organizer="Piotr Zając", called_off_by="Piotr Zając"),
    Entry("Frankfurt", When(5, MON), days=3, calendar="private", free=True, place="Frankfurt am Main"),
    Entry("Flight to Frankfurt (DB 4471)", When(5, MON, "07:10"), minutes=130, place="Dublin Airport"),
    Entry("Stand visit: Renner Leuchten", When(5, TUE, "10:00"), (Guest("Tobias Renner", IN_PERSON),), minutes=90,
          place="Messe Frankfurt, Halle 3.1, Stand B40"),
    Entry("Glass at the fair", When(5, TUE, "14:00"), (Guest("Viktor Szabó", IN_PERSON),),
          place="Messe Frankfurt, Halle 4.2, Stand C12"),
    Entry("Annual leave", When(13, MON), days=14, away=True),
    Entry("Tea with Oisín", When(4, SUN, "15:00"), (Guest("Oisín Ó Dálaigh", IN_PERSON),),
          place="Tea Rooms, Marlay Park", calendar="private"),
    Entry("Contract talk", When(8, MON, "11:00"), (Guest("Chidi Okafor", IN_PERSON),),
          place="Okafor Legal, 2nd floor, 30 Mount Street, Dublin"),
    Entry("Lunch with Bridget", When(30, WED, "13:00"), (Guest("Bridget Cullen", IN_PERSON),),
          place="The Winter Garden, 7 Fishamble Lane, Dublin"),
    Entry("Pitch", When(28, THU, "10:00"), (Guest("Clara Weidmann", OFF, "DECLINED"),),
          place="Room Shannon, 2nd floor"),
    Entry("Site visit", When(45, WED, "10:00"), (Guest("Yusuf Demir", IN_PERSON),), place="7 Dock Road, Limerick"),
    Entry("Cancelled: lamp test", When(9, THU, "14:00"), (Guest("Samuel Adeleke", OFF),), status="CANCELLED",
          place="22 Chancery Lane, Dublin"),
    Entry("Gallery night", When(10, FRI, "18:00"), (Guest("Judit Halmos", OFF),), mine="DECLINED",
          organizer="Judit Halmos", place="Galéria Híd, 4 Bridge Street, Dublin"),
    Entry("Opening dinner", When(140, SAT, "19:30"), (Guest("Marguerite Lavigne", IN_PERSON),), calendar="private",
          place="Chez Lavigne, 3 rue du Four, Lyon"),
    Entry("Workshop with Walter", When(160, WED, "09:30"), (Guest("Walter Kessel", IN_PERSON),), minutes=240,
          place="Kessel Licht, Industriestraße 8, Köln"),
)  # fmt: skip

COMING = (
    Entry("Board lunch", When(-1, TUE, "12:30"), (Guest("Fintan Gallagher", AHEAD), Guest("Noor Haidari", AHEAD)),
          place="Harbour Museum, 1 Custom Quay, Dublin", organizer="Fintan Gallagher"),
    Entry("Walk with Declan", When(-2, SUN, "10:00"), (Guest("Declan Byrne", AHEAD),), calendar="private", made=25,
          place="Phoenix Park, Parkgate Street entrance, Dublin"),
    # written down after the week: the week's report can't know of it
    Entry("Clara: new office", When(-3, THU, "11:00"), (Guest("Clara Weidmann", ""),), made=15,
          place="15 Weavers Court, Dublin"),
)  # fmt: skip

ENTRIES: tuple[Entry, ...] = (*THIS_WEEK, *SERIES, *EARLIER, *COMING)
