"""What the words of an invitation say of where: one room, a line, both, or neither."""

import pytest

from pipelines.rules import places

Words = tuple[str, str, str, tuple[str, ...]]  # title, place, text, links

IN_PERSON: tuple[Words, ...] = (
    ("Treffen", "Rathausplatz 3, 89073 Ulm", "", ()),
    ("Besprechung", "Bespr. 4.OG", "", ()),
    ("Lunch", "bei mir", "", ()),
    ("会議", "東京都千代田区丸の内1-9-1", "", ()),
    ("会议", "3号会议室", "", ()),
    ("见面", "浦东新区世纪大道100号", "", ()),
    ("Réunion", "Salle B12", "", ()),
    ("Réunion", "12 bis rue de la Paix, 75002 Paris", "", ()),
    ("Reunión", "Sala 3, planta 2", "", ()),
    ("Comida", "C/ Mayor 12, 3º B, Madrid", "", ()),
    ("Riunione", "Via Roma 12, 20121 Milano", "", ()),
    ("Reunião", "Av. Paulista 1578, São Paulo", "", ()),
    ("Overleg", "Vergaderkamer 2.1", "", ()),
    ("Overleg", "Keizersgracht 12, 1015 CX Amsterdam", "", ()),
    ("Spotkanie", "ul. Marszałkowska 10/12, 00-590 Warszawa", "", ()),
    ("1:1", "https://maps.app.goo.gl/xyz", "", ()),
    ("Mittag", "Kantine", "", ()),
    ("Termin", "Praxis Dr. Müller", "", ()),
    ("Coffee", "Starbucks", "", ()),
    ("Weekly", "Building 7 / Room Everest", "", ()),
    ("ランチ", "", "", ()),
    ("Almuerzo con Ana", "", "", ()),
    ("飲み会", "新宿 鳥貴族", "", ()),
    ("회의", "카페", "", ()),
    ("Visit", "Office of the CFO, 3rd floor", "", ()),
    ("Besuch", "Werk 2, Tor 3", "", ()),
    ("Hausbesuch", "Lindenstr. 4", "", ()),
    ("Meet", "Gate B22", "", ()),
    ("Termin", "Bahnhof Ulm, Gleis 3", "", ()),
    ("Termin", "Messe Halle 5 Stand B12", "", ()),
    ("Wykład", "Collegium Novum, Gołębia 24, Kraków", "", ()),
    ("Charla", "", "Te esperamos en la biblioteca, Calle 11 # 4-14, Bogotá", ()),
    ("Lezing", "", "We treffen elkaar op de Keizersgracht 12", ()),
    ("勉強会", "", "東京都渋谷区渋谷2-21-1に集まります", ()),
    ("Games", "3 Zoom Close, Newtown", "", ()),
    ("Games", "Call Lane Hall, 46 Call Lane, Newtown NT1 6DT", "", ()),
    ("Visit", "Skype House, Akadeemia Street 15, Newtown", "", ()),
    ("Week of founders", "Tel Aviv, Israel", "", ()),
    ("Talks", "Digital Garage, Newtown", "", ()),
    ("The future of online reading: panel", "Level 3, The Tower, Newtown", "", ()),
    ("Talks", "Old Mill, 5 High Street", "Recording of the last one: https://zoom.us/rec/share/abc", ()),
    ("Talks", "Old Mill, 5 High Street", "The talks will not be streamed.", ()),
    ("Vortrag", "Alte Mühle", "Es gibt keinen Livestream.", ()),
    ("ExampleConf 2014", "Newtown", "https://conference.example.org/example2014/", ()),
    ("Hack day", "", "What: hacking\nWhere: Old Mill, 5 High Street", ()),
    ("Treffen", "", "Ort: Gaststätte Zur Linde", ()),
    ("勉強会", "", "会場：中央図書館 3階会議室", ()),
    ("Save the date", "", "The summit takes place in Newtown this May.", ()),
    ("Congreso", "", "El encuentro tendrá lugar en Villanueva.", ()),
    ("Forum", "", "New Tower\n15 Broad, Albany, NY 12207", ()),
    ("Forum", "", "Join us on 3 May 2024 at The Old Mill.", ()),
    ("Rencontre", "", "Nous vous attendons à Villeneuve.", ()),
    ("Hack day", "4 Old Mill Riverside, Newtown", "", ()),
    ("Symposium", "Old Mill, 5 High Street", "Last year's talks: https://www.youtube.com/watch?v=old", ()),
    ("Evening", "", "Canapés from six.", ()),
)
ONLINE: tuple[Words, ...] = (
    ("Sync", "Teams", "", ()),
    ("Sync", "MS Teams Besprechung", "", ()),
    ("Call", "wird telefonisch durchgeführt", "", ()),
    ("打合せ", "Web会議", "", ()),
    ("打合せ", "Zoom", "", ()),
    ("会议", "腾讯会议 123-456-789", "", ()),
    ("Point", "Visio", "", ()),
    ("Point", "par téléphone", "", ()),
    ("Llamada", "+34 600 123 456", "", ()),
    ("Riunione", "Google Meet", "", ()),
    ("Reunião", "Sala virtual", "", ()),
    ("Spotkanie", "online", "", ()),
    ("1:1", "Jabber", "", ()),
    ("1:1", "Skype-Besprechung", "", ()),
    ("1:1", "https://example.zoom.us/j/99", "", ()),
    ("Call with Ann", "", "", ()),
    ("Videokonferenz", "", "", ()),
    ("電話会議", "", "", ()),
    ("电话会议", "", "", ()),
    ("Meeting", "Whereby: https://whereby.com/abc", "", ()),
    ("Meeting", "https://nextcloud.firma.de/call/abcd1234", "", ()),
    ("Meeting", "https://cloud.example.org/index.php/call/xyz987", "", ()),
    ("Meeting", "Webex", "", ()),
    ("Meeting", "", "Dial: +49 69 1234 5678, PIN 1234#", ()),
    ("面談", "LINE通話", "", ()),
    ("开会", "飞书", "", ()),
    ("开会", "钉钉会议", "", ()),
    ("通话", "微信", "", ()),
    ("Réunion", "https://visio.mairie.example/salle", "", ()),
    ("Jitsi", "https://jitsi.uni-x.de/raum", "", ()),
    ("Catch up", "Signal", "", ()),
    ("Standup", "Gather", "https://app.gather.town/app/abc/office", ()),
    ("Kurs", "Edudip", "https://firma.edudip.com/de/webinar/x/1", ()),
    ("Sync", "+1 650-555-0101,,123456#", "", ()),
    ("Mentoring", "My personal Webex room", "", ()),
    ("Réunion", "Chez vous, derrière votre écran", "https://meet.google.com/abc-defg-hij", ()),
    ("Triage", "#triage on our server", "", ()),
    ("Q&A", "Twitch: twitch.tv/example", "", ()),
    ("Course", "", "This course will be delivered remotely.", ()),
    ("Taller", "", "Se impartirá de forma virtual", ()),
    ("Weekly", "Pexip VMR 12345", "", ()),
    ("Mentoria", "Meet (link no convite)", "", ()),
    ("Hackathon", "Discord + Devpost", "", ()),
    ("Check-in", "by phone - I'll ring you", "", ()),
    ("Check-in", "Ann will ring", "", ()),
    ("Termin", "Er ruft mich an", "", ()),
    ("Conversa", "Ana liga-me", "", ()),
    ("Cursus", "achter je eigen laptop", "", ()),
    ("Review", "", "Where: Zoom", ()),
    ("Review", "our usual Slack huddle", "", ()),
    ("Besprechung", "Homeoffice", "", ()),
    ("Get-together (virtual)", "London", "https://zoom.us/j/1", ()),
    ("Autumn meeting", "The Old Mill, 5 High Street", "This year's meeting was moved online.", ()),
    ("Tagung", "Neustadt", "Die Tagung findet online statt.", ()),
    ("Talk", "Register at https://tickets.example.org/e/spring-webinar-tickets-1", "", ()),
    ("Show", "", "Streaming on our page.", ()),
    ("Sitzung", "digital", "", ()),
    ("Recording", "StreamYard studio", "", ()),
    ("Maintainers", "", "The meeting link is in the issue. Zoom passcode 1234", ()),
    ("Working group", "https://example.org/info", "Teleconference, see the list", ()),
    ("Réunion", "", "Le lien de connexion suivra.", ()),
    ("Chat", "Twitter", "", ()),
    ("Reunión", "Enlace en el correo", "", ()),
    ("Sitzung", "Link per Mail", "", ()),
    ("Charla", "Transmisión por YouTube", "https://youtube.com/live/1", ()),
    ("Telefoninterview", "", "", ()),
    ("Group", "Bridge: 1-888-555-0140 code 7765", "", ()),
    ("Workshop", "", "As before we use Zoom.", ()),
    ("Atelier", "", "Nous parlerons via Jitsi.", ()),
    ("Daily", "Sala do Meet", "https://meet.google.com/abc-defg-hij", ()),
)
HYBRID: tuple[Words, ...] = (
    ("定例", "第2会議室(Web会議併用)", "", ()),
    ("Weekly", "EDG-3.17 Turing; Microsoft Teams Meeting", "", ()),
    ("Workshop", "Raum Donau / Teams", "", ()),
    (
        "Vorstellungsgespräch",
        "Besprechungsraum Isar",
        "Teilnahme auch per Teams möglich: https://teams.microsoft.com/l/meetup-join/1",
        (),
    ),
    ("Kaffee", "Café Central", "", ("https://meet.google.com/abc-defg-hij",)),
    ("Ledenvergadering", "Dorpshuis De Schakel of online via Zoom", "", ()),
    ("Zebranie", "Świetlica lub zdalnie przez Zoom", "", ()),
    ("Community", "Startup Loft Tokyo ＋ YouTube配信", "", ()),
    ("Asamblea", "Ateneo, calle del Prado 21", "También se podrá seguir por streaming", ()),
    ("Lecture", "Hall A", "The talk will be streamed live.", ()),
    ("Kolloquium", "SR 1.05 / Zoom", "", ()),
    ("Mesa redonda", "Casa Encendida y streaming en nuestra página", "", ()),
    ("技術交流会", "会議室A / Teams", "", ()),
    ("Forum (in person + virtual)", "5 High Street, Newtown", "", ()),
    ("Treffen (Präsenz + online)", "Alte Mühle, Neustadt", "", ()),
    ("Jornada virtual y presencial", "Casa de Cultura, sala 2", "", ()),
    ("Working group", "Newtown (Old Mill) & online", "", ()),
    ("Ratssitzung", "Rathaus, Sitzungssaal", "Die Sitzung wird live im Internet übertragen.", ()),
    ("Board", "Hotel Example, Newtown", "Who cannot travel may dial in: +353 1 555 0199, PIN 4432#", ()),
    ("Lectio", "Aula Magna / YouTube", "", ()),
)
UNCLEAR: tuple[Words, ...] = (
    ("Termin", "offen", "", ()),
    ("Termin", "", "", ()),
    ("Meeting", "N/A", "", ()),
)


@pytest.mark.parametrize("words", IN_PERSON)
def test_a_place_on_the_ground(words: Words) -> None:
    """Streets, rooms, cafés, homes and stations, in the shapes of many countries."""
    assert places.mode(places.read(*words)) == "in_person"


@pytest.mark.parametrize("words", ONLINE)
def test_a_line(words: Words) -> None:
    """Links and names of conferences, telephones, and words for both."""
    assert places.mode(places.read(*words)) == "online"


@pytest.mark.parametrize("words", HYBRID)
def test_both(words: Words) -> None:
    """A room for some, a link for the others."""
    assert places.mode(places.read(*words)) == "hybrid"


@pytest.mark.parametrize("words", UNCLEAR)
def test_neither(words: Words) -> None:
    """Nothing, or the word that it is still open."""
    assert places.mode(places.read(*words)) == "unclear"


def test_a_place_tells_of_what_kind_it_is() -> None:
    """A link beside a restaurant says less than one beside a room, so the kinds are told apart."""
    kinds = {
        text: places.read("", text, "", ()).kind
        for text in ("Café Nero", "Raum 3.12", "12 High Street", "my place", "wie immer", "Zoom")
    }
    assert kinds == {
        "Café Nero": "venue",
        "Raum 3.12": "room",
        "12 High Street": "address",
        "my place": "private",
        "wie immer": "usual",
        "Zoom": "",
    }


def test_a_place_field_of_a_thousand_programs_is_read() -> None:
    """Who fills a place with one word over and over ends no run."""
    assert places.mode(places.read("", "Zoom " * 2_000 + "12 High Street", "", ())) != "unclear"


@pytest.mark.parametrize(
    ("location", "kind", "line"),
    [
        ("Room 4; Microsoft Teams Meeting", "room", True),
        ("Alpha Works, Shed 2, Basel; Microsoft Teams-Besprechung", "address", True),
        ("Strandbad (kiosk); Réunion Microsoft Teams", "venue", True),
        ("+44 20 7946 0000; Microsoft Teams Meeting", "", True),
        ("Café on the 2nd floor", "venue", False),
        ("Phone booth 2", "", True),
    ],
)
def test_a_list_of_places_has_each_of_them(location: str, kind: str, line: bool) -> None:
    """Outlook writes a room and its own line one after the other; a floor is where a café may be, too."""
    found = places.read("Review", location, "", ())
    assert (found.kind, bool(found.line)) == (kind, line)
