"""Networks' notices: what they say of whom, in several languages, and what says nothing."""

import pytest

from pipelines.rules.notices import Notice, read

LINKEDIN, FACEBOOK = "messages-noreply@linkedin.com", "notification@facebookmail.com"
XING, X = "mailrobot@mail.xing.com", "notify@x.com"

SAID = [
    (LINKEDIN, "Ann Example sent you a message", "linkedin", "message"),
    (LINKEDIN, "Ann Example just messaged you", "linkedin", "message"),
    (LINKEDIN, "Ann Example sent you 2 new messages", "linkedin", "message"),
    (LINKEDIN, "Ann Example hat Ihnen eine Nachricht gesendet", "linkedin", "message"),
    (LINKEDIN, "Ann Example vous a envoyé un message", "linkedin", "message"),
    (LINKEDIN, "Ann Example te ha enviado un mensaje", "linkedin", "message"),
    (LINKEDIN, "Ann Example enviou uma mensagem para você", "linkedin", "message"),
    (LINKEDIN, "Ann Example ti ha inviato un messaggio", "linkedin", "message"),
    (LINKEDIN, "Ann Example heeft je een bericht gestuurd", "linkedin", "message"),
    (FACEBOOK, "💬 Ann Example sent you a message on Facebook", "facebook", "message"),
    (XING, "Neue Nachricht von Ann Example", "xing", "message"),
    (X, "Ann Example (@annexample) sent you a Direct Message!", "x", "message"),
    ("invitations@linkedin.com", "Ann Example accepted your invitation", "linkedin", "connected"),
    (
        "invitations@linkedin.com",
        "Ann Example accepted your invitation, explore their network",
        "linkedin",
        "connected",
    ),
    ("invitations@linkedin.com", "Ann Example hat Ihre Einladung angenommen", "linkedin", "connected"),
    ("invitations@linkedin.com", "Ann Example a accepté votre invitation", "linkedin", "connected"),
    (FACEBOOK, "Ann Example accepted your friend request", "facebook", "connected"),
    (XING, "Ann Example hat Ihre Kontaktanfrage bestätigt", "xing", "connected"),
    ("notifications-noreply@linkedin.com", "Congratulate Ann Example on the new job", "linkedin", "job"),
    (
        "notifications-noreply@linkedin.com",
        "Congratulate Ann Example for starting a new position as Cook at Acme",
        "linkedin",
        "job",
    ),
    ("notifications-noreply@linkedin.com", "Gratulieren Sie Ann Example zur neuen Position", "linkedin", "job"),
    ("notifications-noreply@linkedin.com", "Félicitez Ann Example pour son nouveau poste", "linkedin", "job"),
    ("notifications-noreply@linkedin.com", "Congratulate Ann Example for 5 years at Acme", "linkedin", "anniversary"),
    ("notifications-noreply@linkedin.com", "Wish Ann Example a happy birthday (today)", "linkedin", "birthday"),
    (FACEBOOK, "🎂 Heute hat Ann Example Geburtstag", "facebook", "birthday"),
]


@pytest.mark.parametrize(("sender", "subject", "network", "kind"), SAID)
def test_what_a_notice_says(sender: str, subject: str, network: str, kind: str) -> None:
    """Of which network it is, what it tells, and of whom."""
    assert read(sender, "LinkedIn", subject) == Notice(network, kind, ("Ann Example",))


@pytest.mark.parametrize(
    "subject",
    [
        "Ann Example viewed your profile",
        "Ann Example reacted to your post",
        "Ann Example commented on your post",
        "Ann Example mentioned you in a comment",
        "Ann Example posted: I have a new job",
        "Ann Example endorsed you",
        "Ann Example followed you",
        "Ann, Ben and 3 others liked your post",
        "I'd like to add you to my professional network",
        "Ann Example wants to connect",
        "Ann Example möchte Sie zu seinem Netzwerk hinzufügen",
        "You appeared in 5 searches this week",
        "Reminder: Ann Example sent you a message",
        "5 new jobs for cook in Berlin",
    ],
)
def test_what_says_nothing(subject: str) -> None:
    """Looking, liking, posting and asking is nothing that passed between two people."""
    assert read("notifications-noreply@linkedin.com", "LinkedIn", subject) is None


@pytest.mark.parametrize(
    "sender",
    [
        "messages-noreply@linkedin.com.example.org",
        "messages-noreply@notlinkedin.com",
        "linkedin.com@example.org",
        "ann@example.org",
        "",
    ],
)
def test_only_the_networks_own_domains_are_believed(sender: str) -> None:
    """A name in the address or in the author's name proves nothing."""
    assert read(sender, "LinkedIn", "Ann Example sent you a message") is None


def test_domains_below_the_networks_are_its_own() -> None:
    """Notices come from e.linkedin.com and the like."""
    found = read("messages-noreply@e.linkedin.com", "", "Ann Example sent you a message")
    assert found == Notice("linkedin", "message", ("Ann Example",))


def test_the_author_names_the_member_where_the_subject_does_not() -> None:
    """“You have 1 new message”, written in the member's name, or what a member wrote, passed on."""
    said = Notice("linkedin", "message", ("Ann Example via LinkedIn",))
    assert read("messaging-digest-noreply@linkedin.com", "Ann Example via LinkedIn", "You have 1 new message") == said
    assert read("messaging-digest-noreply@linkedin.com", "LinkedIn", "You have 1 new message") is None
    passed_on = read("hit-reply@linkedin.com", "Ann Example", "RE: Dinner?")
    assert passed_on == Notice("linkedin", "message", ("Ann Example",))
    assert read("jobs-noreply@linkedin.com", "Ann Example", "RE: Dinner?") is None


def test_several_in_one_notice() -> None:
    """The whole first, since a name may hold an “and”; then each."""
    found = read(
        "notifications-noreply@linkedin.com",
        "",
        "Congratulate Ann Example, Ben Example and Cleo Example on their new jobs",
    )
    assert found is None
    found = read("notifications-noreply@linkedin.com", "", "Congratulate Ann Example and Ben Example on a new job")
    assert found == Notice("linkedin", "job", ("Ann Example and Ben Example", "Ann Example", "Ben Example"))
