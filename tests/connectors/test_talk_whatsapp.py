"""WhatsApp's exported chats: times in every order, who is who, and no text."""

import datetime as dt
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from connectors.records import Chat
from connectors.talk_files import talk_kind
from connectors.talk_told import GROUPS, Own, Told
from connectors.talk_whatsapp import read_whatsapp
from tests.connectors.folder_files import pull, zipped

OWN = Own("Dana Reyes", "Europe/Berlin")
TITLE = "WhatsApp Chat with Ann Example.txt"
LRM, NARROW = "\u200e", "\u202f"


def read(text: str, place: str = TITLE, own: Own = OWN) -> Told:
    """All that a chat tells."""
    parts = list(read_whatsapp(BytesIO(text.encode()), place, own))
    return Told(
        chats=tuple(chat for part in parts for chat in part.chats),
        rejects=tuple(reject for part in parts for reject in part.rejects),
        note="".join(part.note for part in parts),
    )


def berlin(day: int, hour: int, minute: int, second: int = 0) -> int:
    """A moment in March 2026 in Berlin."""
    moment = dt.datetime(2026, 3, day, hour, minute, second, tzinfo=ZoneInfo("Europe/Berlin"))
    return int(moment.timestamp()) * 1_000_000


# The same three messages (the 4th at 9:05, the 4th at 21:05, the 25th at 12:30) as telephones write them.
FORMS = {
    "iOS, German": "[04.03.26, 09:05:07] Ann Example: a\n[04.03.26, 21:05:07] Dana: b\n[25.03.26, 12:30:07] Ann Example: c",
    "iOS, American": f"[3/4/26, 9:05:07{NARROW}AM] Ann Example: a\n[3/4/26, 9:05:07{NARROW}PM] Dana: b\n"
    f"{LRM}[3/25/26, 12:30:07{NARROW}PM] Ann Example: {LRM}image omitted",
    "iOS, British": "[04/03/2026, 09:05:07] Ann Example: a\r\n[04/03/2026, 21:05:07] Dana: b\r\n[25/03/2026, 12:30:07] Ann Example: c",
    "iOS, Dutch": "[04-03-2026 09:05:07] Ann Example: a\n[04-03-2026 21:05:07] Dana: b\n[25-03-2026 12:30:07] Ann Example: c",
    "iOS, Korean": "[2026. 3. 4. 오전 9:05:07] Ann Example: a\n[2026. 3. 4. 오후 9:05:07] Dana: b\n[2026. 3. 25. 오후 12:30:07] Ann Example: c",
    "iOS, Swedish": "[2026-03-04, 09:05:07] Ann Example: a\n[2026-03-04, 21:05:07] Dana: b\n[2026-03-25, 12:30:07] Ann Example: c",
    "Android, German": "04.03.26, 09:05 - Ann Example: a\n04.03.26, 21:05 - Dana: b\n25.03.26, 12:30 - Ann Example: c",
    "Android, American": "3/4/26, 9:05 AM - Ann Example: a\n3/4/26, 9:05 PM - Dana: b\n3/25/26, 12:30 PM - Ann Example: c",
    "Android, Indian": f"04/03/26, 9:05{NARROW}am - Ann Example: a\n04/03/26, 9:05{NARROW}pm - Dana: b\n25/03/26, 12:30{NARROW}pm - Ann Example: c",
    "Android, French": "04/03/2026 à 09:05 - Ann Example: a\n04/03/2026 à 21:05 - Dana: b\n25/03/2026 à 12:30 - Ann Example: c",
    "Android, Spanish": "4/3/26, 9:05 a. m. - Ann Example: a\n4/3/26, 9:05 p. m. - Dana: b\n25/3/26, 12:30 p. m. - Ann Example: c",
    "Android, Brazilian": "04/03/2026 09:05 - Ann Example: a\n04/03/2026 21:05 - Dana: b\n25/03/2026 12:30 - Ann Example: c",
    "Android, Chinese": "2026/3/4 上午9:05 - Ann Example: a\n2026/3/4 下午9:05 - Dana: b\n2026/3/25 下午12:30 - Ann Example: c",
    "Android, Italian": "04/03/26, 09:05 - Ann Example: a\n04/03/26, 21:05 - Dana: b\n25/03/26, 12:30 - Ann Example: c",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_telephones_form_is_read(form: str) -> None:
    """Time and direction, whatever the language and the order of day and month."""
    second = 7 if form.startswith("iOS") else 0
    assert talk_kind(FORMS[form].encode()) == "whatsapp"
    assert read(FORMS[form]).chats == (
        Chat(TITLE, "0", berlin(4, 9, 5, second), "in", "", "Ann Example", "whatsapp"),
        Chat(TITLE, "1", berlin(4, 21, 5, second), "out", "", "Ann Example", "whatsapp"),
        Chat(TITLE, "2", berlin(25, 12, 30, second), "in", "", "Ann Example", "whatsapp"),
    )


def test_the_order_is_told_by_the_whole_file() -> None:
    """Where no day is above twelve, the order in which the dates do not run backwards; else what is usual."""
    text = (
        "2/11/26, 10:00 - Ann Example: a\n3/11/26, 10:00 - Dana: b\n1/12/26, 10:00 - Dana: c\n2/1/27, 10:00 - Dana: d"
    )
    days = [dt.datetime.fromtimestamp(chat.at / 1e6, dt.UTC).date().isoformat() for chat in read(text).chats]
    assert days == ["2026-11-02", "2026-11-03", "2026-12-01", "2027-01-02"]
    american = (
        "11/2/26, 10:00 - Ann Example: a\n11/3/26, 10:00 - Dana: b\n12/1/26, 10:00 - Dana: c\n1/2/27, 10:00 - Dana: d"
    )
    told = [dt.datetime.fromtimestamp(chat.at / 1e6, dt.UTC).date().isoformat() for chat in read(american).chats]
    assert told == days


def test_what_the_program_writes_is_nobodys() -> None:
    """Notices on encryption, calls that were missed, and lines that go on with a text count for nothing."""
    text = (
        f"[04.03.26, 09:00:00] Ann Example: {LRM}Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.\n"
        "[04.03.26, 09:05:00] Ann Example: two\nlines: and one more\n\n"
        f"[04.03.26, 09:06:00] Ann Example: {LRM}Verpasster Sprachanruf\n"
        "[04.03.26, 09:07:00] Dana Reyes: 4.3. at 10:30 - fine?\n"
    )
    assert [(chat.key, chat.direction) for chat in read(text).chats] == [("0", "in"), ("1", "out")]
    android = "04.03.26, 09:00 - Messages and calls are end-to-end encrypted. Tap to learn more.\n04.03.26, 09:05 - Ann Example: a\n"
    assert [chat.direction for chat in read(android).chats] == ["in"]


@pytest.mark.parametrize(
    ("names", "place", "own", "other"),
    [
        (("Ann", "D."), "WhatsApp Chat - Ann.zip!/_chat.txt", "Dana Reyes", "Ann"),
        (("Ann", "D."), "WhatsApp-Chat mit Ann.txt", "Dana Reyes", "Ann"),
        (("Ann Example", "Dana"), "_chat.txt", "Dana Reyes", "Ann Example"),
        (("Ann", "D."), "Ann ile WhatsApp Sohbeti.txt", "Dana Reyes", "Ann"),
        (("Ann", "D."), "与Ann的 WhatsApp 对话.txt", "Dana Reyes", "Ann"),
        (("Ann", "D."), "chats/Ann (1).zip!/_chat.txt", "Dana Reyes", "Ann"),
        (("Ann", "Dana"), "dana/_chat.txt", "Dana Reyes", "Ann"),
        (("Dana Example", "Dana"), "WhatsApp Chat with Dana Example.txt", "Dana Reyes", "Dana Example"),
        (("Ann Example", "You"), "chat.txt", "Dana Reyes", "Ann Example"),
        (("+49 170 1234567", "dana"), "_chat.txt", "Dana Reyes", "+49 170 1234567"),
        (("~ Ann Example", "Dana Reyes"), "_chat.txt", "Dana Reyes", "Ann Example"),
        (("Ann", "D."), "_chat.txt", "Dana Reyes", None),
    ],
)
def test_who_of_the_two_is_the_owner(names: tuple[str, str], place: str, own: str, other: str | None) -> None:
    """By the file's name, else by the owner's; where neither tells, nothing is guessed."""
    text = f"04.03.26, 09:05 - {names[0]}: a\n25.03.26, 09:06 - {names[1]}: b\n"
    told = read(text, place, Own(own, "Europe/Berlin"))
    if other is None:
        assert told.chats == ()
        assert [reject.place for reject in told.rejects] == [place]
    else:
        assert [(chat.direction, chat.who or chat.name) for chat in told.chats] == [("in", other), ("out", other)]


def test_a_chat_in_which_only_one_wrote() -> None:
    """The file's name tells the other."""
    assert [chat.direction for chat in read("04.03.26, 09:05 - Ann Example: a").chats] == ["in"]
    assert [(chat.direction, chat.name) for chat in read("04.03.26, 09:05 - D.: a").chats] == [("out", "Ann Example")]


def test_groups_count_for_nobody() -> None:
    """What is said to many is passed over, and the coverage says so."""
    text = "04.03.26, 09:05 - Ann: a\n04.03.26, 09:06 - Ben: b\n04.03.26, 09:07 - Dana: c\n"
    assert read(text) == Told(note=GROUPS)
    founded = "04.03.26, 09:05 - Ann created group “Hiking”\n04.03.26, 09:06 - Ann: b\n04.03.26, 09:07 - Dana: c\n"
    assert read(founded) == Told(note=GROUPS)


def test_no_text_of_a_chat_is_kept(tmp_path: Path) -> None:
    """Neither in a record nor in a reject nor in the cursor."""
    text = "04.03.26, 09:05 - Ann Example: secret words\nmore secret\n99.99.26, 09:05 - Ann Example: secret\n"
    (tmp_path / "chat.zip").write_bytes(zipped({TITLE: text.encode()}))
    pulled = pull(tmp_path)
    assert len(pulled.chats) == 1
    assert "secret" not in repr(pulled.pages)
