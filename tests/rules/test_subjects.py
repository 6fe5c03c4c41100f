"""What a subject says of a meeting: which day, and what a calendar program put before a title."""

import pytest

from pipelines.rules import subjects


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("Re: Today 12:30: can we push to Thursday?", (True, False, {3})),
        ("AW: Termin morgen um 9", (False, True, set())),
        ("Heute Morgen leider krank", (True, False, set())),
        ("Qué gusto verte esta mañana", (True, False, set())),
        ("明日の打ち合わせ", (False, True, set())),
        ("Jeudi ou vendredi ?", (False, False, {3, 4})),
        ("Numbers", (False, False, set())),
    ],
)
def test_days(subject: str, said: tuple[bool, bool, set[int]]) -> None:
    """Today, tomorrow, and days of the week; “heute Morgen” is today, not tomorrow."""
    found = subjects.dates(subject)
    assert (found.today, found.tomorrow, set(found.weekdays)) == said


@pytest.mark.parametrize(
    ("subject", "date"),
    [
        ("Away until November 9", (11, 9)),
        ("Sept 22 at the office", (9, 22)),
        ("Termin am 3.11. verschieben", (11, 3)),
        ("11月9日の件", (11, 9)),
        ("le 14 juillet", (7, 14)),
        ("See you on the 5th", (0, 5)),
    ],
)
def test_dates(subject: str, date: tuple[int, int]) -> None:
    """Dates as several languages write them; month 0 where none is named."""
    assert date in subjects.dates(subject).dates


@pytest.mark.parametrize(
    "subject",
    [
        "Übermorgen um 9",
        "Après-demain midi ?",
        "¿Pasado mañana?",
        "Dopodomani",
        "Depois de amanhã",
        "明後日のランチ",
        "后天见",
    ],
)
def test_the_day_after_tomorrow_is_not_tomorrow(subject: str) -> None:
    """Though in some languages its name has the word for tomorrow in it."""
    found = subjects.dates(subject)
    assert (found.overmorrow, found.tomorrow) == (True, False)


@pytest.mark.parametrize(
    ("subject", "other"),
    [
        ("Demain : possible à 16h plutôt que 10h ?", True),
        ("Tomorrow: 4 pm instead of 10 am?", True),
        ("Morgen 15 Uhr statt 11 Uhr?", True),
        ("明日14時ではなく16時に", True),
        ("Um 9 statt um 8?", True),
        ("3 instead of 2?", True),
        ("10 uur in plaats van 11 uur?", True),
        ("17 zamiast 16?", True),
        ("5 instead of 3 copies", False),
        ("12 Stühle statt 10 Stühlen", False),
        ("Lunch at 12:30 instead of coffee", False),
        ("10:00 to 11:30, room 4", False),
    ],
)
def test_another_time_of_day(subject: str, other: bool) -> None:
    """Two times of day, one in the other's place."""
    assert subjects.another_hour(subject) == other


def test_a_month_alone_and_a_verb_like_it() -> None:
    """“Missed you in May” names a month, “may we meet” does not."""
    assert [set(subjects.dates(text).months) for text in ("Missed you in May", "May we meet?", "5月はありがとう")] == [
        {5},
        set(),
        {5},
    ]


@pytest.mark.parametrize(
    ("subject", "answer"),
    [
        ("Declined: Lunch @ Tue", ("no", "lunch @ tue")),
        ("Abgelehnt: Werksbesichtigung", ("no", "werksbesichtigung")),
        ("Refusé : Point", ("no", "point")),
        ("辞退: 定例会", ("no", "定例会")),
        ("Tentatively Accepted: Lunch", ("perhaps", "lunch")),
        ("Re: Lunch: who comes?", ("", "")),
    ],
)
def test_answers_of_calendar_programs(subject: str, answer: tuple[str, str]) -> None:
    """The word before the colon, and the title behind it."""
    assert subjects.answer(subject) == answer


def test_the_word_that_comes_first_is_what_is_wanted() -> None:
    """“Coffee instead of Zoom” wants coffee, “Zoom instead of coffee” wants Zoom."""
    found = [
        subjects.begins("to_place", text) <= subjects.begins("to_remote", text)
        for text in ("Coffee instead of Zoom?", "Zoom instead of coffee in person?")
    ]
    assert found == [True, False]


@pytest.mark.parametrize(
    ("subject", "yesterday"),
    [
        ("Merci pour le déjeuner d'hier", True),
        ("Merci pour hier soir", True),
        ("Votre présentation d'hier", True),
        ("Hier die Unterlagen", False),
        ("Ich komme hier nicht weg", False),
        ("Hier de link", False),
    ],
)
def test_what_is_here_in_german_is_yesterday_in_french(subject: str, *, yesterday: bool) -> None:
    """A word that names a day in one language and none in another is believed beside words of its language."""
    assert subjects.dates(subject).yesterday is yesterday


@pytest.mark.parametrize(
    ("sign", "subject"),
    [
        ("cancel", "It's lashing - will we leave it for today?"),
        ("cancel", "On leave today, kindly excuse me from the call"),
        ("cancel", "Apologies for today's board meeting"),
        ("cancel", "Lassen wir es für heute"),
        ("cancel", "Je vous prie de m'excuser pour la réunion"),
        ("cancel", "¿Lo dejamos por hoy?"),
        ("cancel", "Per oggi lasciamo perdere"),
        ("cancel", "Hoje estou de férias"),
        ("cancel", "Ik meld me af voor vandaag"),
        ("cancel", "Może dziś odpuścimy?"),
        ("cancel", "今日はやめておきましょう"),
        ("cancel", "今天就算了吧"),
        ("cancel", "Have to cry off tonight"),
        ("cancel", "Can we give today a skip?"),
        ("cancel", "Moet vandaag helaas verstek laten gaan"),
        ("cancel", "Devo dare forfait"),
        ("met", "Cheers for last night"),
        ("met", "Foi ótimo te encontrar ontem"),
        ("missed", "Where did you get to this morning?"),
        ("missed", "Mi sono scordata, perdonami"),
        ("talked", "Sorry, the line dropped"),
        ("talked", "È caduta la linea"),
        ("to_remote", "I'll give you a bell instead"),
        ("met", "Good to have you in the building yesterday"),
        ("met", "Schön, dass du gestern da warst"),
        ("met", "Ravi de vous avoir reçus hier"),
        ("met", "Un placer tenerte aquí ayer"),
        ("met", "Bello averti avuto qui ieri"),
        ("met", "Foi bom ter-te cá ontem"),
        ("met", "Fijn dat je er gisteren was"),
        ("met", "Miło było gościć Was wczoraj"),
        ("met", "昨天谢谢您过来"),
        ("missed", "Terribly sorry, it completely slipped my mind"),
        ("missed", "Tut mir leid, ist mir völlig durchgerutscht"),
        ("missed", "Przepraszam, wypadło mi z głowy"),
    ],
)
def test_ways_to_call_off_to_have_had_and_to_forget(sign: str, subject: str) -> None:
    """What hosts and guests say in ten languages where nobody says “cancel”, “meet” or “missed”."""
    assert subjects.sign(sign, subject)


@pytest.mark.parametrize(
    ("sign", "subject"),
    [
        ("cancel", "Let's leave it at that price"),
        ("cancel", "Ich möchte mich für die Verspätung entschuldigen"),
        ("cancel", "Bist du heute frei?"),
        ("met", "Cheers for the file"),
        ("talked", "The order was cut off by mistake"),
        ("cancel", "Ben je vandaag vrij?"),
        ("met", "Jammer dat je er gisteren niet was"),
        ("met", "Schade, dass du gestern nicht da warst"),
        ("met", "Me encantaría tenerte aquí"),
        ("met", "Would love to have you here in May"),
    ],
)
def test_what_only_sounds_like_it(sign: str, subject: str) -> None:
    """Terms that are settled, an apology for something else, a question, a wish, or somebody who was not there."""
    assert not subjects.sign(sign, subject)


@pytest.mark.parametrize(
    ("sign", "subject"),
    [
        ("cancel", "Herr Kunz vertritt mich am Mittwoch"),
        ("cancel", "Haben vergessen, dass ein Feiertag ist"),
        ("cancel", "Do gaht's hüt nöd, sorry"),
        ("cancel", "Mir ist seit heute früh nicht gut"),
        ("move", "Lieber um halb sechs?"),
        ("move", "Wie wär's mit Dienstag?"),
        ("to_remote", "Machen wir einen Call draus"),
        ("to_place", "Klingel bei Moser, 3. Stock"),
        ("to_place", "Wo sitzt ihr?"),
        ("late", "Tram verpasst, komme nach"),
        ("see_you", "Steht Samstag noch?"),
        ("met", "Was für ein gemütlicher Abend"),
        ("missed", "Hab mich im Datum vertan"),
        ("waited", "War das heute?"),
        ("cancel", "Meera is filling in for me"),
        ("cancel", "Forgot it's a bank holiday over there"),
        ("cancel", "Basement flooded overnight"),
        ("cancel", "Something's come up at home"),
        ("move", "Shall we prepone to noon?"),
        ("move", "How about Wednesday?"),
        ("to_remote", "Let's make a FaceTime call out of it - zoom link follows"),
        ("to_place", "Grabbed us a bench outside your office"),
        ("late", "omw, two stops away"),
        ("see_you", "Can't wait for Saturday!"),
        ("met", "Such a lovely long evening"),
        ("missed", "Left you hanging, no excuse for it"),
        ("waited", "Didn't we say eleven?"),
        ("cancel", "Joost neemt het morgen van mij over"),
        ("cancel", "Kelder onder water hier"),
        ("move", "Liever om half drie?"),
        ("to_remote", "Kan het online?"),
        ("to_place", "Aanbellen bij De Boer"),
        ("to_place", "Zullen we naar de markt?"),
        ("late", "Nog 3 haltes"),
        ("see_you", "Staat zaterdag nog?"),
        ("met", "Wat een leuke lange avond"),
        ("talked", "Sorry, slechte verbinding vanmorgen"),
        ("missed", "Onze lunch is me ontgaan"),
        ("waited", "Hadden we niet kwart over gezegd?"),
        ("cancel", "Basia mnie zastąpi"),
        ("cancel", "Zalało nam kuchnię"),
        ("cancel", "Dzisiaj niestety nie mogę"),
        ("move", "Raczej o 17?"),
        ("to_remote", "Może być zoom?"),
        ("to_place", "Siedzimy w ogródku, drugi stolik"),
        ("to_place", "Gdzie mogę zaparkować?"),
        ("late", "Jeszcze trzy przystanki"),
        ("see_you", "Nie mogę się doczekać soboty"),
        ("met", "Ale było wesoło"),
        ("missed", "Umknęła mi nasza kawa"),
        ("waited", "Zły dzień?"),
    ],
)
def test_what_is_written_in_a_hurry(sign: str, subject: str) -> None:
    """Who stands in, holidays, floods, other hours, where somebody sits already, what was lost or forgotten."""
    assert subjects.sign(sign, subject)


@pytest.mark.parametrize(
    ("sign", "subject"),
    [
        ("met", "Forgot your PIN?"),
        ("met", "Have a great weekend"),
        ("waited", "Wie nett war das heute bei euch"),
        ("missed", "Thought it was wonderful last night"),
        ("missed", "Geht mir nicht aus dem Kopf"),
        ("cancel", "Nie mogę otworzyć zdjęcia"),
        ("cancel", "Nie mogę się doczekać soboty"),
        ("move", "Could you do this for me?"),
        ("to_remote", "Bitte Rückruf"),
        ("to_place", "Gate B23, flight delayed"),
        ("waited", "Czekam na przelew"),
        ("waited", "Wacht nog op de factuur"),
        ("held", "Dzień dobry"),
        ("to_place", "The button on the left"),
        ("held", "Agenda for the afternoon"),
    ],
)
def test_what_is_near_to_it(sign: str, subject: str) -> None:
    """Forgotten passwords, wishes, joy that is put like an apology, requests, and greetings."""
    assert not subjects.sign(sign, subject)
