"""What counts as contact between two people, and what does not."""

import pytest

from pipelines.rules.exclusions import Letter, exclusion, machine_sender, unanswered, weight, weightless


def letter(
    sender: str = "ann@example.org",
    subject: str = "Dinner?",
    marks: tuple[str, ...] = (),
    *,
    name: str = "Ann Example",
    others: int = 0,
    to_owner: bool = True,
) -> Letter:
    """A mail that Ann wrote to the owner alone, unless said otherwise."""
    return Letter(sender, name, subject, marks, False, to_owner, others, 0)


def sent(others: int = 1, bcc: int = 0, marks: tuple[str, ...] = (), *, to_owner: bool = False) -> Letter:
    """A mail that the owner wrote."""
    return Letter("me@example.org", "Me", "Dinner?", marks, True, to_owner, others, bcc)


def test_a_mail_to_the_owner_counts() -> None:
    """What a person writes to the owner is contact."""
    assert exclusion(letter()) is None


def test_a_free_mail_domain_is_no_reason() -> None:
    """People write from free-mail addresses."""
    assert exclusion(letter("ann77@gmail.com")) is None


@pytest.mark.parametrize(
    "local", ["info", "sales", "marketing.maria", "office", "post", "noor", "nora.reply", "bouncer"]
)
def test_a_role_or_an_odd_name_is_no_reason(local: str) -> None:
    """A role address may be somebody's own, and no word list blocks a real person."""
    assert exclusion(letter(f"{local}@example.org")) is None


@pytest.mark.parametrize(
    "address",
    [
        "noreply@example.org",
        "no-reply@example.org",
        "do_not_reply@example.org",
        "messages-noreply@example.org",
        "nicht-antworten@example.org",
        "ne-pas-repondre@example.org",
        "no-responder@example.org",
        "non-rispondere@example.org",
        "bounces+12@example.org",
        "mailer-daemon@example.org",
        "notifications@example.org",
    ],
)
def test_nobody_sits_behind_a_no_reply_sender(address: str) -> None:
    """A sender that refuses answers is a machine, in any language."""
    assert exclusion(letter(address)) == "a no-reply sender"


def test_a_notice_in_somebodys_name_is_not_theirs() -> None:
    """“Ann sent you a message” was sent by the network, not by Ann."""
    told = machine_sender("messages-noreply@example.org", "Ann Example via ProNet")
    assert told == "a notice sent in somebody's name"
    assert machine_sender("notification@facebookmail.com", "Ann Example") == "a notice of a social network"


@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        ("draft", "a draft that was never sent"),
        ("spam", "it lies in spam"),
        ("report", "a delivery report or read receipt"),
        ("away", "an out-of-office answer"),
        ("auto", "automatic mail"),
        ("invitation", "an invitation or an answer to one: it belongs to its meeting"),
    ],
)
def test_each_exclusion_says_why(mark: str, reason: str) -> None:
    """Drafts, spam, automatic mail, reports and invitations count for nothing, each with its reason."""
    assert exclusion(letter(marks=(mark,))) == reason


def test_mail_in_the_trash_counts() -> None:
    """What was written was written, wherever it lies."""
    assert exclusion(letter(marks=("trash",))) is None


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Dinner",
        "Abwesenheitsnotiz: Essen",
        "Réponse automatique : dîner",
        "自動返信: 夕食",
        "Ausência temporária: proposta",
        "Absente jusqu'au 24 août",
        "Nieobecność: oferta",
        "Autoodpowiedź: oferta",
        "Away from the office Re: Dinner",
        "Jestem poza biurem Re: Dinner",
        "I am out of the office: Re: Dinner",
        "Estoy de vacaciones: Re: cena",
    ],
)
def test_an_out_of_office_answer_is_no_answer(subject: str) -> None:
    """It is told by its subject, too, where no header does."""
    assert exclusion(letter(subject=subject)) == "an out-of-office answer"


def test_whoever_writes_of_being_away_writes() -> None:
    """A sentence about a holiday is a person's own, unless the subject that it answers follows."""
    written = ("I'm away from Friday, can we meet before?", "Ich bin im Urlaub, danach gern", "Sono in ferie da lunedì")
    assert [exclusion(letter(subject=subject)) for subject in written] == [None, None, None]


def test_an_answer_to_an_invitation_is_told_by_the_events_title() -> None:
    """“Accepted: Lunch” belongs to the lunch in the calendar; “Accepted: my novel” is a person's news."""
    lunch = letter(subject="Accepted: Lunch")._replace(names_event=True)
    assert exclusion(lunch) == "an answer to an invitation: it belongs to its meeting"
    assert exclusion(letter(subject="Accepted: my novel")) is None


def test_a_mail_through_a_list_is_to_the_list() -> None:
    """A post of a contact's to a mailing list is no mail to the owner."""
    post = letter(marks=("list", "bulk"), to_owner=False, others=1)
    assert exclusion(post) == "it came through a mailing list"


def test_a_newsletter_of_a_contacts_is_no_contact() -> None:
    """It is addressed to the owner alone, as every copy of it is to its reader."""
    issue = letter(marks=("bulk",))._replace(bulk_mails=30, plain_mails=8, written=8)
    assert exclusion(issue) == "a newsletter or other bulk mail"


def test_the_same_persons_own_mail_is_personal() -> None:
    """Who sends a newsletter also writes letters."""
    assert exclusion(letter()._replace(bulk_mails=30, plain_mails=8, written=8)) is None


def test_a_list_header_on_a_personal_mail_is_overlooked() -> None:
    """A group's or a gateway's header does not make a mail to the owner alone a list mail."""
    assert exclusion(letter(marks=("list",))) is None
    assert exclusion(letter(marks=("bulk",))._replace(bulk_mails=30, answers_owner=True)) is None
    assert exclusion(letter(marks=("bulk",))._replace(bulk_mails=30, answered=True)) is None
    assert exclusion(letter(marks=("bulk",))._replace(bulk_mails=9, bulk_answers=4)) is None


def test_mail_that_names_nobody_is_not_to_the_owner() -> None:
    """A mail to undisclosed recipients went to many."""
    told = exclusion(letter(marks=("undisclosed",), to_owner=False))
    assert told == "it was sent to undisclosed recipients"


def test_past_fifteen_a_mail_is_an_announcement() -> None:
    """One of fifteen still counts a little, one of sixteen does not, in either direction."""
    assert exclusion(letter(others=14)) is None
    assert exclusion(letter(others=15)) == "it went to 16 people at once"
    assert exclusion(sent(others=15)) is None
    assert exclusion(sent(others=45)) == "you sent it to 45 people at once"


def test_mail_to_oneself_is_none() -> None:
    """Nor is it contact with those in its Bcc."""
    assert exclusion(sent(others=0, to_owner=True)) == "you wrote to yourself"
    assert exclusion(sent(others=0, bcc=40, to_owner=True)) == "you wrote to yourself, with others in Bcc"
    assert exclusion(sent(others=0, bcc=3)) == "it went out in Bcc only"


def test_the_weight_falls_with_the_number_of_recipients() -> None:
    """One to one counts whole, each doubling takes a quarter, past fifteen nothing is left."""
    assert [weight("to", people) for people in (1, 2, 4, 8, 16)] == [1.0, 0.75, 0.5, 0.25, 0.0]
    assert weight("author", 15) > 0
    assert weightless("to", 16) == "one of 16 recipients"


def test_copies_weigh_less_and_blind_copies_nothing() -> None:
    """Cc is half of To; Bcc is none."""
    assert (weight("cc", 1), weight("author_cc", 2), weight("bcc", 1)) == (0.5, 0.375, 0.0)
    assert weightless("bcc", 1) == "they were in Bcc"


def test_a_call_that_nobody_took_is_none() -> None:
    """Missed and unanswered calls stay with their reason."""
    assert unanswered("call", "missed", 0) == "a missed call"
    assert unanswered("call", "out", 0) == "nobody answered"
    assert unanswered("call", "in", 40) is None
    assert unanswered("message", "out", 0) is None
