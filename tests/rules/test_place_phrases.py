"""What titles and running text say of where, where the place field is silent or tells of something else."""

import pytest

from pipelines.rules import places

Words = tuple[str, str, str]  # title, place, text

SAID_IN_THE_TITLE: tuple[Words, ...] = (
    ("Parents' evening (online)", "Northfield School", "Log in by the school's page."),
    ("Trustees meeting - VIRTUAL", "Library, 10 Elm St", ""),
    ("Lesson (phone)", "Lincoln School", ""),
    ("Elternabend (digital)", "Grundschule am Park, Parkstr. 3", ""),
    ("Webinar pensioen", "Kantoor, Stationsplein 9", ""),
    ("Virtual open evening", "Hillcrest College, 4 Park Rd", ""),
    ("Réunion d'information en ligne", "Agence, 5 avenue Foch, Metz", ""),
    ("Taller de costura por Zoom", "Centro Cívico Norte", ""),
    ("Szkolenie online z podatków", "Urząd, ul. Długa 5", ""),
    ("Foreldremøte på Teams", "Nordby skole", ""),
    ("Webinář o zahradách", "Knihovna, Dlouhá ulice 12", ""),
    ("家长会（线上）", "实验小学", ""),
    ("オンライン講座：確定申告", "市役所", ""),
)
SAID_IN_THE_TEXT: tuple[Words, ...] = (
    ("Planning", "City Hall, 100 Main St", "This meeting will be conducted by videoconference."),
    ("Info session", "Office of Studies, 77 High Street", "At this online open evening we show the course."),
    ("Chorprobe", "Gemeindesaal", "Diesmal per Zoom statt im Saal!"),
    ("Reunião de pais", "Escola Básica", "A reunião será feita pelo Zoom."),
    ("Colloqui", "Liceo Galilei", "I colloqui si svolgono su Google Meet."),
    ("Zebranie", "Szkoła nr 3", "Zebranie odbędzie się na Teamsach."),
    ("Conseil", "Mairie, 3 place Neuve", "Le conseil se tiendra exceptionnellement en visioconférence."),
    ("自治会総会", "集会所", "今年はZoomで行います。"),
    ("Möte", "Bygdegården", "Mötet hålls digitalt."),
    ("Vanhempainilta", "Lintulan koulu", "Vanhempainilta pidetään etänä."),
)
ON_A_LINE: tuple[Words, ...] = (
    ("Office hours", "Example Discord #office-hours", ""),
    ("Mentoring", "example.org/chat #mentors", ""),
    ("Seminar (Zoom)", "seminars.example.org", ""),
    ("Choir", "everyone at home", ""),
    ("Prove", "ciascuno da casa", ""),
    ("Zebranie", "forma zdalna", ""),
    ("Kurs", "på distans", ""),
    ("Weekly", "Anna's Zoom room", ""),
    ("Show", "Instagram @example", ""),
    ("Talk [Zoom only]", "Room 314", ""),
    ("Club", "", "We'll run this one on Teams."),
)
PEOPLE_COME: tuple[Words, ...] = (
    ("Garden club", "", "We're meeting at the allotment gate, bring gloves."),
    ("Vigil", "", "On the steps of the town hall"),
    ("Wanderung", "", "Treffpunkt: Parkplatz am Waldrand"),
    ("Probe", "", "Die Probe findet im Gemeindesaal statt."),
    ("Conseil", "", "Le bureau se réunira mardi soir au gymnase."),
    ("Riunione", "", "Ci troviamo nell'aula della 2B. Prenotazione online."),
    ("Sprzątanie", "", "Spotykamy się przy leśnym parkingu o 10"),
    ("遠足", "", "駅前の噴水に集合"),
    ("亲子活动", "", "在学校操场集合出发"),
    ("Städdag", "", "Vi ses vid grillplatsen"),
    ("Retki", "", "Kokoontuminen rautatieasemalla klo 9."),
    ("Výlet", "", "Sraz na nádraží v 8 hodin."),
    ("Talk", "H.2.214", "All talks are filmed: https://video.example.org"),
    ("Defence", "MW 01.20.034", ""),
    ("Ausflug", "", "Abfahrt um 8 Uhr am Werkstor"),
    ("Plenary", "Bldg 612/3-014, lecture hall", ""),
    ("Drinks", "The Crown (check on Slack #drinks)", ""),
    ("Reading", "Bookshop (tickets online or at the door)", ""),
    ("Service", "St Mary's Church", "We no longer livestream our services."),
    ("Gottesdienst", "Friedenskirche", "Der Gottesdienst wird nicht mehr übertragen."),
    ("Dentist", "Sun Clinic, tel. 915 550 199", ""),
    ("Remote sensing workshop", "University Library", ""),
    ("Virtual reality meetup", "Makerspace, 14 Canal St", ""),
    ("Working in teams: a course", "Hotel Adler", ""),
    ("Club", "Old Mill, 5 High Street", "Nobody has to miss it: you can find the recordings online a month later."),
    ("Autumn meeting", "Old Mill, 5 High Street", "Register online. Tickets can be bought online, too."),
)
BOTH: tuple[Words, ...] = (
    ("Review", "LON-4-Thames (8) [VC, Phone]", "https://meet.google.com/abc-defg-hij"),
    ("Seminar", "B3, D-117 und Zoom", ""),
    ("Defence", "MW 01.20.034 and https://zoom.us/j/61", ""),
    ("Lecture", "B 52, Teams-Übertragung", ""),
    ("Forum", "Auditorium and live stream", ""),
    ("Möte", "Klubbstugan eller Teams", ""),
    ("Přednáška", "učebna 14 + Zoom", ""),
    ("Schůze", "Klubovna, nebo přes Teams", ""),
    ("Weekly (Zoom)", "Room 3.12", ""),
    ("Board", "Boardroom, 14th floor", "Dial-in: +44 20 5550 0199 PIN 22331#"),
    ("Governors", "Staff room", "Governors unable to travel may join by Teams."),
    ("Versammlung", "Gasthaus Krone", "Wer nicht kommen kann, schaltet sich per Zoom dazu."),
    ("AG", "Maison des associations", "Possibilité de participer en visio."),
    ("Årsmöte", "Bygdegården", "Den som inte kan komma kan delta digitalt."),
    ("Yhtiökokous", "Kerhohuone", "Kokoukseen voi osallistua myös etänä."),
    ("研究会", "文化会館 小ホール", "遠方の方はZoomでも参加できます。"),
    ("Monthly", "", "We meet at Example Hall, 5 High Street. There is a live stream, too."),
    ("Reading group", "", "We meet in the common room; if you're remote, use https://zoom.us/j/123."),
)
LEFT_OPEN = ("See website", "Ort wird noch bekanntgegeben", "sitio por decidir", "場所は未定", "bude upřesněno")


@pytest.mark.parametrize("words", SAID_IN_THE_TITLE)
def test_a_title_that_says_on_a_line_outweighs_the_organizers_address(words: Words) -> None:
    """Who holds a webinar often leaves the own address in the place field."""
    assert places.mode(places.read(*words, ())) == "online"


@pytest.mark.parametrize("words", SAID_IN_THE_TEXT)
def test_a_text_that_says_on_a_line_outweighs_the_usual_place(words: Words) -> None:
    """The place of a series stays in its entry when one meeting is held by conference."""
    assert places.mode(places.read(*words, ())) == "online"


@pytest.mark.parametrize("words", ON_A_LINE)
def test_a_channel_a_page_or_everyones_home_is_no_place(words: Words) -> None:
    """Names of chats and pages have words in them that would be rooms elsewhere."""
    assert places.mode(places.read(*words, ())) == "online"


@pytest.mark.parametrize("words", PEOPLE_COME)
def test_people_come(words: Words) -> None:
    """A text that tells where to gather is a place; tickets, recordings and topics are no line."""
    assert places.mode(places.read(*words, ())) == "in_person"


@pytest.mark.parametrize("words", BOTH)
def test_who_cannot_come_joins(words: Words) -> None:
    """A room, and a way to join for the others, in the place or in the text."""
    assert places.mode(places.read(*words, ())) == "hybrid"


@pytest.mark.parametrize("place", LEFT_OPEN)
def test_a_place_that_is_left_open(place: str) -> None:
    """With or without a word like “place” before it."""
    assert places.mode(places.read("Meeting", place, "", ())) == "unclear"
