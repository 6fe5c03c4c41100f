"""What a mailbox is full of beside people: newsletters, lists, machines, strangers, drafts, and copies of one mail."""

import datetime as dt
import random
from collections.abc import Iterator

from pipelines.demo.letters import Letter, Party, me
from pipelines.demo.life import Life

WEEKS = 104
NEWSLETTERS = (
    (
        Party("Light Notes", "orla@lightnotes.example.com"),
        1,
        "Light Notes",
    ),  # the address of somebody who also writes herself
    (Party("Museum Monday", "news@museum-monday.example.org"), 1, "Museum Monday"),
    (Party("Toolhaus", "angebote@toolhaus.example.com"), 1, "Angebote der Woche"),
    (Party("Stage & Beam", "hello@stageandbeam.example.net"), 2, "Stage & Beam"),
)
MACHINES = (
    (Party("Parcel tracking", "no-reply@parcels.example.com"), 5, "Your parcel is on its way"),
    (Party("Bluebank", "noreply@bluebank.example.com"), 14, "Your statement is ready"),
    (Party("Cloud backup", "notifications@backup.example.net"), 3, "Backup finished"),
    (Party("Guild of Linkers", "notifications@network.example.com"), 4, "You appeared in 3 searches this week"),
)
LISTERS = (
    Party("Kwame Boateng", "kwame@northlight.example.com"),
    Party("Grainne Tierney", "grainne@tierney.example.net"),
    Party("Ossian Fell", "ossian.fell@fell.example.com"),
    Party("Yusuf Demir", "yusuf.demir@anadolulight.example.com"),  # posts to the list, and has not written to her
    Party("Philippa Stroud", "pippa@stroud.example.net"),
)
LIST = Party("", "theatre-techs@lists.example.org")
LIST_TOPICS = (
    "DMX over two floors",
    "Wanted: fresnel lenses",
    "Gel numbers",
    "LED flicker on camera",
    "Selling a desk",
)
CARETAKER = Party("Cormac Duggan", "cormac.duggan@harbourmuseum.example.com")
FINTAN = Party("Fintan Gallagher", "fintan.gallagher@harbourmuseum.example.com")
SELLER = Party("Brad Hustings", "brad@leadrocket.example.com")


def noise(life: Life) -> Iterator[Letter]:
    """All mails that no relationship rests on."""
    dice = random.Random("noise")
    yield from _newsletters(life)
    yield from _machines(life, dice)
    yield from _list(life, dice)
    yield from _strangers(life)
    yield from _copied(life)


def _ago(life: Life, days: float) -> dt.datetime:
    return life.ends - dt.timedelta(days=days)


def _newsletters(life: Life) -> Iterator[Letter]:
    for sender, every, title in NEWSLETTERS:
        domain = sender.address.partition("@")[2]
        headers = (
            ("List-Id", f"<weekly.{domain}>"),
            ("List-Unsubscribe", f"<mailto:leave@{domain}>"),
            ("Precedence", "bulk"),
        )
        for number, weeks in enumerate(range(WEEKS, 0, -every), start=1):
            at = _ago(life, 7 * weeks - 1) + dt.timedelta(hours=6, minutes=len(title))
            labels = ("Inbox", "Category Promotions", "Unread")
            yield Letter(at, "work", sender, (me("work"),), f"{title} #{number}", labels, headers=headers)


def _machines(life: Life, dice: random.Random) -> Iterator[Letter]:
    for sender, every, subject in MACHINES:
        for day in range(7 * WEEKS, 0, -every):
            at = _ago(life, day) + dt.timedelta(hours=dice.randint(1, 22), minutes=dice.randint(0, 59))
            headers = (("Auto-Submitted", "auto-generated"),)
            yield Letter(at, "work", sender, (me("work"),), subject, ("Inbox", "Category Updates"), headers=headers)


def _list(life: Life, dice: random.Random) -> Iterator[Letter]:
    headers = (("List-Id", "Theatre technicians <theatre-techs.lists.example.org>"), ("Precedence", "list"))
    for day in range(7 * WEEKS, 0, -3):
        topic = dice.choice(LIST_TOPICS)
        at = _ago(life, day) + dt.timedelta(hours=dice.randint(7, 22), minutes=dice.randint(0, 59))
        for author in dice.sample(LISTERS, dice.randint(1, 3)):
            subject = f"[theatre-techs] {topic}"
            yield Letter(at, "work", author, (LIST,), subject, ("Theatre Techs", "Unread"), headers=headers)
            at += dt.timedelta(minutes=dice.randint(20, 500))


def _strangers(life: Life) -> Iterator[Letter]:
    for number, day in enumerate(range(200, 20, -9)):
        at = _ago(life, day) + dt.timedelta(hours=13, minutes=number)
        subject = "Quick question" if number == 0 else "Re: Quick question, bumping this up"
        yield Letter(at, "work", SELLER, (me("work"),), subject, ("Inbox", "Unread"))
    for day in range(700, 3, -11):
        sender = Party("Prize office", f"winner{day}@prizes.example.net")
        at = _ago(life, day) + dt.timedelta(hours=3)
        yield Letter(at, "work", sender, (me("work"),), "You have been chosen", ("Spam", "Unread"))
    draft = Party("Yusuf Demir", "yusuf.demir@anadolulight.example.com")
    yield Letter(_ago(life, 12), "work", me("work"), (draft,), "Long time no see", ("Drafts",))
    yield Letter(_ago(life, 40), "work", me("work"), (me("private"),), "Note to self: passport", ("Sent",))


def _copied(life: Life) -> Iterator[Letter]:
    """Mails to Fintan of which the caretaker gets a copy, never a word; and mails to a whole hall."""
    for day in range(690, 10, -34):
        at = _ago(life, day) + dt.timedelta(hours=16)
        yield Letter(at, "work", FINTAN, (me("work"),), "Keys for the evening", ("Inbox",), cc=(CARETAKER,))
    crowd = tuple(Party("", f"guest{number}@openings.example.org") for number in range(40))
    for day in range(680, 30, -90):
        at = _ago(life, day) + dt.timedelta(hours=17)
        everybody = (*crowd, Party("Yusuf Demir", "yusuf.demir@anadolulight.example.com"))
        yield Letter(at, "work", me("work"), everybody, "Come to the opening", ("Sent",))
