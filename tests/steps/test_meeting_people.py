"""Who was there: by any address, by a guest's name, by a title; and rather nobody than the wrong one."""

from pathlib import Path

from tests.steps.lives import HELD, LINE, OFF, UNKNOWN, Life


def test_names_in_titles(tmp_path: Path) -> None:
    """Given names, short forms, initials, family names with a courtesy; not whom it is about, nor who introduced."""
    life = Life()
    for name in (
        "Priya Raman",
        "Michael Stone",
        "Rachel Gold",
        "Peter Winter",
        "Kevin Odu",
        "Lucía Ferrer",
        "Frank Dean",
        "Margaret Hill",
        "Katarzyna Lipa",
        "Nora Field",
        "Hugh Field",
    ):
        life.friend(name)
    life.note(HELD, "Priya Raman", "Coffee w/ Priya", "2026-11-02 10:00", "Café Nero, 12 High Street")
    life.note(LINE, "Michael Stone", "Call Mike Stone", "2026-11-02 15:00")
    life.note(UNKNOWN, "Rachel Gold", "Rachel G.", "2026-11-03 10:00")
    life.note(HELD, "Peter Winter", "Mittagessen Herr Winter", "2026-11-03 12:00", "Gasthaus Krone")
    life.note(HELD, "Lucía Ferrer", "Ran into Lucia at the market", "2026-11-07 10:00", "Copley Square")
    life.note(HELD, "Frank Dean", "Oysters at Frank's", "2026-11-08 18:00")
    life.note(HELD, "Margaret Hill", "Sunday lunch w Mags", "2026-11-08 13:00", "Barn Café")
    life.note(HELD, "Katarzyna Lipa", "Lunch w/ Kasia", "2026-11-06 12:00", "Bistro Paul")
    life.note(HELD, "Nora Field", "Dinner at Nora and Hugh's", "2026-11-07 19:00")
    life.note(HELD, "Hugh Field", "Dinner at Nora and Hugh's", "2026-11-07 19:00")
    life.event("Intro: Dana (via Kevin)", "2026-11-04 10:00")
    life.note(HELD, "Rachel Gold", "Birthday dinner Rachel", "2026-11-12 18:00")
    life.event("Birthday drinks in winter", "2026-11-05 18:00")
    life.event("Gift for Rachel", "2026-11-05 12:00")
    life.event("Email Priya", "2026-11-06 09:00")
    life.event("Frank's birthday", "2026-11-06", days=1)
    life.event("Memorial service for Michael Stone", "2026-11-09 11:00", place="Trinity Church")
    life.event("Dinner for Kevin's team", "2026-11-10 19:00")
    assert life.misjudged(tmp_path) == {}


def test_two_of_one_name_are_told_apart_or_left(tmp_path: Path) -> None:
    """By a mail of the day before that names the place, by a telephone; otherwise neither was met."""
    life = Life()
    life.friend("Priya Raman", organization="Lumen Health")
    life.friend("Priya Desai")
    life.friend("Michael Chen", phone="+49 170 5550133")
    life.friend("Michael Chen", "mchen@law.example", organization="Chen Law")
    life.note(HELD, "Priya Desai", "Coffee w/ Priya", "2026-11-03 10:00", "Render Coffee")
    life.mail("Priya Desai", "See you at Render tomorrow", "2026-11-02 17:00", out=True)
    life.note(HELD, "Priya Raman", "Lunch Priya, Lumen", "2026-11-04 12:00", "Bistro Paul")
    life.event("Coffee with Priya", "2026-11-17 10:00")
    assert life.misjudged(tmp_path) == {}
    phone = Life(friends=life.friends)
    phone.event("Mike Chen", "2026-11-05 17:00", place="0170 5550133")
    (tmp_path / "phone").mkdir()
    (row,) = phone.rows(tmp_path / "phone")
    assert row["verdict"] == LINE


def test_a_firm_under_its_owner_s_name_tells_no_namesakes_apart(tmp_path: Path) -> None:
    """“Ann Lee Photography” has the name of both in it: which Ann Lee is meant, nobody can tell."""
    life = Life()
    life.friend("Ann Lee", organization="Gridnet")
    life.friend("Ann Lee", "ann@lee.example", organization="Ann Lee Photography")
    life.event("Lunch with Ann Lee", "2026-11-03 12:00", place="Bistro Paul")
    assert life.rows(tmp_path) == []


def test_whom_one_never_writes_to_is_not_met_by_a_given_name(tmp_path: Path) -> None:
    """A name on a card alone is not enough to be “Dana”; the whole name is."""
    life = Life(name="Jo Kessler", address="jo@example.org")
    life.friend("Dana Bright", silent=True)
    life.event("Lunch with Dana", "2026-11-03 12:00", place="Bistro Paul")
    life.note(HELD, "Dana Bright", "Lunch with Dana Bright", "2026-11-04 12:00", "Bistro Paul")
    assert life.misjudged(tmp_path) == {}


def test_a_guest_of_an_unknown_address_is_known_by_name(tmp_path: Path) -> None:
    """Invited under an address that no card has, but under a name that one contact alone bears."""
    life = Life()
    life.friend("Nathaniel Brooks")
    life.event("Lunch", "2026-11-04 12:00", {"Nathaniel Brooks <nate.b.77@private.example>": "accepted"}, "Bistro Paul")
    life.truth["Nathaniel Brooks", "Lunch"] = HELD
    assert life.misjudged(tmp_path) == {}


def test_guests_without_addresses_are_known_by_their_names(tmp_path: Path) -> None:
    """Calendars that hide addresses, or never had them, give names alone: each is somebody for himself."""
    life = Life()
    life.friend("Nathaniel Brooks")
    life.friend("Priya Raman")
    life.event(
        "Lunch", "2026-11-04 12:00", {"Nathaniel Brooks <>": "accepted", "Priya Raman <>": "declined"}, "Bistro Paul"
    )
    life.truth["Nathaniel Brooks", "Lunch"] = HELD
    life.truth["Priya Raman", "Lunch"] = OFF
    assert life.misjudged(tmp_path) == {}


def test_a_household_is_met_together(tmp_path: Path) -> None:
    """“The Novaks” are both of them."""
    life = Life()
    life.friend("Dave Novak")
    life.friend("Linda Novak")
    title = "Ball game w/ the Novaks"
    life.event(title, "2026-11-07 15:00", place="Fenway Park, 4 Jersey Street")
    life.truth |= {("Dave Novak", title): HELD, ("Linda Novak", title): HELD}
    assert life.misjudged(tmp_path) == {}


def test_a_couple_is_known_by_its_two_names(tmp_path: Path) -> None:
    """Two given names beside each other, of two who share an address, need no mail; one of them alone does."""
    life = Life()
    for name in ("Julie Garnier", "Paul Garnier", "香織 中村", "拓也 中村"):
        life.friend(name, f"home@{name.split()[-1].encode().hex()[:8]}.example", silent=True)
    life.event("Julie et Paul à la maison", "2026-11-07 19:00")
    life.event("香織さん・拓也さん夕食", "2026-11-08 19:00")
    life.event("Dîner avec Julie", "2026-11-09 19:00")
    for name in ("Julie Garnier", "Paul Garnier"):
        life.truth[name, "Julie et Paul à la maison"] = HELD
    for name in ("香織 中村", "拓也 中村"):
        life.truth[name, "香織さん・拓也さん夕食"] = HELD
    assert life.misjudged(tmp_path) == {}


def test_a_family_name_that_strangers_share_is_no_household(tmp_path: Path) -> None:
    """“Call Sato” is one of two Satos; the mail of that day tells which, and without one it is neither."""
    life = Life()
    for name, address in (("佐藤 健一", "ken@aozora.example"), ("佐藤 美咲", "misaki@hoshi.example")):
        life.friend(name, address)
    life.note(HELD, "佐藤 美咲", "佐藤様 打ち合わせ", "2026-11-05 15:00", "会議室3")
    life.mail("佐藤 美咲", "明日15時にお待ちしております", "2026-11-04 17:00")
    life.event("佐藤さん電話", "2026-11-17 15:00")
    assert life.misjudged(tmp_path) == {}


def test_a_family_is_those_who_share_a_home(tmp_path: Path) -> None:
    """“The Nakamuras” are the couple, and not a supplier of that name."""
    life = Life()
    life.friend("中村 亮", "ryo@nakamura-kk.example")
    title = "中村家とBBQ"
    for name in ("中村 香織", "中村 拓也"):
        life.friend(name, "home@nakamura.example", silent=True)
        life.truth[name, title] = HELD
    life.event(title, "2026-11-07 12:00", place="多摩川")
    assert life.misjudged(tmp_path) == {}


def test_mail_that_begins_later_than_the_calendar_still_tells_who_is_meant(tmp_path: Path) -> None:
    """Mails are often kept since a later day than entries: who writes soon after is who was met."""
    life = Life()
    life.friend("Benoît Charpentier", silent=True)
    life.mail("Benoît Charpentier", "L'article dont je te parlais", "2026-11-10 11:00")
    life.note(HELD, "Benoît Charpentier", "Café Benoît", "2026-08-05 08:30", "Café de la Cloche, 4 rue de la Charité")
    assert life.misjudged(tmp_path) == {}


def test_what_friends_call_each_other_in_their_own_language(tmp_path: Path) -> None:
    """Pepa is Josefa, Beppe Giuseppe, Kasia Katarzyna, Wim Willem."""
    life = Life()
    for day, (name, called) in enumerate(
        (("Josefa Lozano", "Pepa"), ("Giuseppe Conti", "Beppe"), ("Wojciech Zieba", "Wojtek"), ("Willem Smits", "Wim")),
        2,
    ):
        life.friend(name)
        life.note(HELD, name, f"Lunch {called}", f"2026-11-0{day} 12:00", "Bistro Paul, 3 Hill Road")
    assert life.misjudged(tmp_path) == {}


def test_an_assistant_who_invites_for_the_boss_is_not_there(tmp_path: Path) -> None:
    """She set it up and is no guest of it, and its title names her boss."""
    life = Life()
    boss = life.friend("Gérard Thibault", "g.thibault@thibault.example")
    assistant = life.friend("Nathalie Perrin", "n.perrin@thibault.example")
    title = "RDV M. Thibault"
    life.event(title, "2026-11-05 17:00", {boss: "accepted"}, "3 quai Perrache, 69002 Lyon", host=assistant)
    life.truth |= {("Gérard Thibault", title): HELD, ("Nathalie Perrin", title): OFF}
    assert life.misjudged(tmp_path) == {}


def test_only_arranged_for_others(tmp_path: Path) -> None:
    """Shown as free, the owner no guest of it: the two others met, the owner met neither."""
    life = Life()
    ann, ben = life.friend("Ann Archer"), life.friend("Ben Baker")
    title = "Interview: Ann Archer / Ben Baker"
    life.event(title, "2026-11-04 10:00", {ann: "accepted", ben: "accepted"}, "Room 4", listed=False, transparent=True)
    life.truth |= {("Ann Archer", title): OFF, ("Ben Baker", title): OFF}
    assert life.misjudged(tmp_path) == {}


def test_the_owners_word_wins(tmp_path: Path) -> None:
    """Whatever calendars say."""
    life = Life()
    ann = life.friend("Ann Archer")
    event = life.event("Call Ann", "2026-11-04 10:00", {ann: "declined"}, "https://zoom.us/j/5")
    (row,) = life.judged(tmp_path, {event.event_key: "yes"}).values()
    assert (row.verdict, row.probability, row.reasons) == (HELD, 1.0, ("You said so.",))


def test_the_owners_word_teaches_a_little(tmp_path: Path) -> None:
    """Said three times that meetings with a link were in person, such links say less, and the reason tells so."""
    life = Life()
    said = {}
    for day, name in enumerate(("Ann Archer", "Ben Baker", "Cleo Carter", "Dan Dorsey"), 2):
        one = life.friend(name)
        event = life.event(
            f"Sync {day}", f"2026-11-0{day} 10:00", {one: "accepted"}, text="https://meet.google.com/abc-defg-hij"
        )
        said[event.event_key] = "yes"
    said.popitem()
    found = life.judged(tmp_path, said)
    taught = found["Dan Dorsey", "Sync 5"]
    assert (taught.verdict, taught.reasons[-1]) == (LINE, "You corrected 3 meetings with a conference link.")
    assert 0.04 < taught.probability < 0.3


def test_what_matters_and_nobody_can_tell_is_asked(tmp_path: Path) -> None:
    """A meeting of two after a long silence becomes a question; one among many mails does not."""
    life = Life()
    ann, ben = life.friend("Ann Archer"), life.friend("Ben Baker")
    life.event("Ann / Dana", "2026-11-24 10:00", {ann: "accepted"})
    life.event("Ben / Dana", "2026-11-25 10:00", {ben: "accepted"})
    life.mail(ben, "Numbers", "2026-11-20 10:00")
    found = life.judged(tmp_path)
    assert {key[0]: (one.verdict, one.asks) for key, one in found.items()} == {
        "Ann Archer": (UNKNOWN, True),
        "Ben Baker": (UNKNOWN, False),
    }
