"""Subjects read by the kinds of their words."""

import pytest

from pipelines.rules import gists


@pytest.mark.parametrize(
    ("subject", "gist"),
    [
        ("Today I really can't make it work", "off"),
        ("Schaffe unseren Kaffee heute wirklich nicht", "off"),
        ("Je ne peux vraiment pas aujourd'hui", "off"),
        ("Hoy de verdad que no puedo", "off"),
        ("No lunch today", "off"),
        ("Kundentermin - sorry für heute", "doubt"),
        ("Sorry for the late answer", ""),
        ("Can't open the file", ""),
        ("Tut mir leid, hatte viel um die Ohren", ""),
        ("Wir sind alle krank", "off"),
        ("Migraine, so sorry", "off"),
        ("Hospital contract", ""),
        ("Hoje almoço no restaurante", ""),
        ("Heute keine Runde", "doubt"),
        ("Documents for today", ""),
        ("Can't wait for tonight", ""),
        ("Już nie mogę się doczekać dzisiejszego", ""),
        ("Heute passt es leider nicht, kann nicht", "off"),
        ("Our lunch - so sorry", "doubt"),
        ("Sorry, lunch or dinner?", ""),
    ],
)
def test_shortly_before_a_meeting(subject: str, gist: str) -> None:
    """Not being able to, today or with regret, calls off; regret and today alone are a doubt; neither alone is anything."""
    assert gists.before(subject) == gist


@pytest.mark.parametrize(
    ("subject", "gist"),
    [
        ("Schön, dich nach so langer Zeit wiedergesehen zu haben", "met"),
        ("What a pleasure running into you after all these years", "met"),
        ("Danke, dass du dir die Zeit zum Kaffee genommen hast", "met"),
        ("War gut, mit dir zu telefonieren", "talked"),
        ("Zoom yesterday: my notes", "talked"),
        ("Great session yesterday", "held"),
        ("Thank you for such an evening", "met"),
        ("Deine Handschuhe lagen noch auf der Bank", "met"),
        ("Danke für die gute Stunde", "held"),
        ("As tuas luvas ficaram no banco", "met"),
        ("Is this umbrella yours?", "met"),
        ("Hast du deinen Rucksack gesucht?", "met"),
        ("Dein Buch", ""),
        ("I'll ring your office", ""),
        ("Handy tips for your garden", ""),
        ("Dankeschön für die leckere Suppe", "met"),
        ("Thank you for your candour", "held"),
        ("Dzień dobry, w sprawie spotkania", ""),
        ("Mega Workshop gestern", "held"),
        ("Very helpful session today", "held"),
        ("Buona serata", ""),
        ("Bonne soirée", ""),
        ("Thanks for the documents", ""),
        ("Great article", ""),
        ("Lunch next week?", ""),
        ("Sorry we could not have lunch yesterday", "missed"),
        ("Navrée de ne pas avoir pu te rejoindre", "missed"),
        ("Sorry, I could not open the attachment", ""),
        ("Suite à notre coup de fil", "talked"),
        ("Dopo la nostra telefonata", "talked"),
    ],
)
def test_after_a_meeting(subject: str, gist: str) -> None:
    """Joy or thanks for seeing, eating, talking, or a day; thanks for anything else is none of it, nor is a question."""
    assert gists.after(subject) == gist


@pytest.mark.parametrize(
    ("subject", "rather_there"),
    [
        ("Kom liever naar kantoor", True),
        ("Come to the office instead?", True),
        ("Nos vemos en mi despacho mejor", True),
        ("The office is closed on Friday", False),
        ("Call instead?", False),
    ],
)
def test_an_invitation_to_come_instead(subject: str, rather_there: bool) -> None:
    """A place beside a word like “instead”: whoever was to be on the screen is to come."""
    assert gists.invites(subject) == rather_there
