"""Decide whether a mail counts as contact between two people, and how much."""

import math
import re
from typing import NamedTuple

from pipelines.rules import answers

MANY = 15  # people: past it a mail is an announcement, to whomever it is addressed
COPIED = 0.5  # being copied is half of being addressed
SERIES = 3  # marked mails of one author: one or two may be a gateway's habit, three are a newsletter

# Words that make a local part a machine's, in the languages in which senders refuse answers. Only whole words between
# separators count, so that nobody's name is one; a role (info@, sales@) is not here: it may be somebody's own address.
_NO_REPLY = re.compile(
    r"(?:^|[._+-])(?:no[._-]?repl(?:y|ies)|do[._-]?not[._-]?reply|don[._-]?t[._-]?reply|not[._-]?reply|"
    r"keine?[._-]?antwort(?:en)?|nicht[._-]?antworten|noantwort|ne[._-]?pas[._-]?repondre|sans[._-]?reponse|"
    r"no[._-]?responder|no[._-]?responda|nao[._-]?responda|nao[._-]?responder|non[._-]?rispondere|"
    r"niet[._-]?beantwoorden|geen[._-]?antwoord|svara[._-]?ej|svar[._-]?ikke|ikke[._-]?svar|nie[._-]?odpowiadaj|"
    r"ei[._-]?vastausta|"
    r"mailer[._-]?daemon|bounces?|mail[._-]?delivery|autoreply|auto[._-]?responder|"
    r"notifications?|notify|notices?)(?=$|[._+=-])|^(?:noreply|donotreply)|(?:noreply|donotreply)$",
)
_ROOM = re.compile(r"@(?:resource|group|import)\.calendar\.google\.com$|@group\.v\.calendar\.google\.com$")
# Networks that write in their members' names ("Ann sent you a message").
_NETWORK = re.compile(
    r"@(?:[a-z0-9-]+\.)*(?:facebookmail\.com|(?:notifications|e)\.linkedin\.com|mail\.xing\.com|mail\.instagram\.com|"
    r"noreply\.github\.com|reply\.github\.com)$"
    r"|^(?:invitations?|inmail-hit-reply|hit-reply|member|connections|updates|groups|jobs)(?:[._+-].*)?@linkedin\.com$"
)
_VIA = re.compile(r"\s(?:via|über|durch|attraverso|através de|przez)\s+\S", re.IGNORECASE)
_AWAY = re.compile(
    r"^\W*(?:automatic reply|auto(?:matic)?[- ]?re(?:ply|sponse)|autoreply|out of (?:the )?office|on vacation|"
    r"automatische antwort|abwesenheits(?:notiz|meldung|nachricht)|abwesend|nicht im b[üu]ro|"
    r"r[ée]ponse automatique|absence du bureau|absent du bureau|message d'absence|"
    r"respuesta autom[áa]tica|fuera de (?:la )?oficina|ausente|resposta autom[áa]tica|fora do escrit[óo]rio|"
    r"risposta automatica|fuori (?:sede|ufficio)|assenza dall'ufficio|automatisch antwoord|afwezig(?:heid(?:sbericht)?)?|"
    r"absente? jusqu|ausencia temporal|aus[êe]ncia (?:tempor[áa]ria|do escrit[óo]rio)|nieobecno[śs][ćc]|"
    r"away from (?:the |my )?office|autoodpowied[źz]|poza biurem|niet op kantoor|"
    r"autosvar|automatisk svar|automaattinen vastaus|automatyczna odpowied[źz]|automatick[áa] odpov[ěe][ďd]|"
    r"автоматический ответ|自动答复|自动回复|自動回覆|自動応答|自動返信|不在通知|자동 회신|부재중)",
    re.IGNORECASE,
)
# In a sentence it is an answer only before the subject that it answers: "I am out of the office: Re: Minutes".
_I_AM_AWAY = re.compile(
    r"^\W*(?:i am|i'm|ich bin|je suis|estoy|estou|sono|mi trovo|jestem|ik ben)\s(?:\w+\s){0,2}?"
    r"(?:out of (?:the )?office|away from|on (?:annual )?leave|im urlaub|in urlaub|nicht im b[üu]ro|abwesend|en cong[ée]s?|absente?|"
    r"fuera de|de vacaciones|fora do|de f[ée]rias|in ferie|fuori|poza biurem|na urlopie|afwezig|niet op kantoor|"
    r"(?:op|met) vakantie)\b[^:]*:\s*\S",
    re.IGNORECASE,
)
# How Outlook, Google, Apple and others begin the subject of an answer to an invitation.
_ITIP = re.compile(
    r"^\s*(?:accepted|declined|tentative(?:ly accepted)?|cancell?ed|invitation|updated invitation|new time proposed|"
    r"zugesagt|angenommen|abgesagt|abgelehnt|mit vorbehalt|vorläufig(?: angenommen)?|einladung|"
    r"accepté|refusé|décliné|provisoire|annulé|invitation|aceptad[ao]|rechazad[ao]|cancelad[ao]|provisional|invitación|"
    r"acceptée|refusée|déclinée|annulée|peut-être|quiz[áa]s?|talvez|forse|misschien|wstępnie|anulowano|odwołano|"
    r"キャンセル済み|仮承諾|已取消|暂定|暫定|"
    r"aceito|aceite|recusado|convite|accettat[ao]|rifiutat[ao]|annullat[ao]|invito|geaccepteerd|geweigerd|afgewezen|"
    r"geannuleerd|uitnodiging|accepterat|avböjt|accepteret|afvist|zaakceptowano|odrzucono|承諾|已接受|已拒绝|辞退)\s*[:：]",
    re.IGNORECASE,
)


class Letter(NamedTuple):
    """What is known of one distinct mail when it is judged.

    `others` counts the distinct people in To and Cc that are not the owner, `bcc` those in Bcc. `answers_owner`: it
    answers a mail of the owner's; `answered`: the owner answered it. `bulk_mails`, `plain_mails` and `bulk_answers`
    count its author's mails that carry list headers, that carry none, and that carry them and answer the owner;
    `written` counts the owner's mails to the author. `names_event`: after its first colon the subject is the title of
    an event in the calendar.
    """

    sender: str
    sender_name: str
    subject: str
    marks: tuple[str, ...]
    from_owner: bool
    to_owner: bool
    others: int
    bcc: int
    answers_owner: bool = False
    answered: bool = False
    bulk_mails: int = 0
    plain_mails: int = 0
    bulk_answers: int = 0
    written: int = 0
    names_event: bool = False


def exclusion(letter: Letter) -> str | None:
    """Why this mail counts for nothing, as a short phrase for the owner; None if it counts."""
    if answers.said(letter.subject):
        return answers.REASON
    if letter.marks:
        reason = _by_kind(letter.marks)
        if reason:
            return reason
    if _AWAY.match(letter.subject) or _I_AM_AWAY.match(letter.subject):
        return "an out-of-office answer"
    if letter.names_event and _ITIP.match(letter.subject):
        return "an answer to an invitation: it belongs to its meeting"
    return _sent(letter) if letter.from_owner else _received(letter)


def _by_kind(marks: tuple[str, ...]) -> str | None:
    if "draft" in marks:
        return "a draft that was never sent"
    if "report" in marks:
        return "a delivery report or read receipt"
    if "away" in marks:
        return "an out-of-office answer"
    if "invitation" in marks:
        return "an invitation or an answer to one: it belongs to its meeting"
    if "spam" in marks:
        return "it lies in spam"
    if "auto" in marks:
        return "automatic mail"
    return None


def _sent(letter: Letter) -> str | None:
    if letter.others == 0:
        if letter.bcc:
            return "you wrote to yourself, with others in Bcc" if letter.to_owner else "it went out in Bcc only"
        return "you wrote to yourself" if letter.to_owner else "it names no recipient"
    if letter.others > MANY:
        return f"you sent it to {letter.others} people at once"
    return None


def _received(letter: Letter) -> str | None:
    if not letter.sender:
        return "it names no author"
    machine = machine_sender(letter.sender, letter.sender_name)
    if machine:
        return machine
    if not letter.to_owner:
        if "list" in letter.marks or "bulk" in letter.marks:
            return "it came through a mailing list"
        if letter.others == 0:
            return "it was sent to undisclosed recipients"
        return "it does not name you as a recipient"
    if letter.others + 1 > MANY:
        return f"it went to {letter.others + 1} people at once"
    if ("list" in letter.marks or "bulk" in letter.marks) and not _personal(letter):
        return "a newsletter or other bulk mail" if "bulk" in letter.marks else "it came through a mailing list"
    return None


def _personal(letter: Letter) -> bool:
    """Whether a mail with list headers is a person's own mail to the owner all the same.

    It must be addressed to the owner alone. List-Id by itself is then the trace of a group or a gateway. A bulk header
    is believed unless the mail stands in an exchange, or its author's system marks answers to the owner, too, or the
    author otherwise writes plain mails, gets some, and has never sent a series.
    """
    if letter.others:
        return False
    if "bulk" not in letter.marks or letter.answers_owner or letter.answered:
        return True
    if letter.plain_mails == 0:
        return 4 * letter.bulk_answers >= letter.bulk_mails > 0
    return letter.bulk_mails < SERIES and letter.plain_mails >= SERIES and letter.written >= SERIES


def machine_sender(address: str, name: str = "") -> str | None:
    """Why nobody sits behind a sender's address (lower case), such as a no-reply sender; None for a person."""
    local = address.partition("@")[0]
    if _NETWORK.search(address):
        return "a notice of a social network"
    if _NO_REPLY.search(local):
        return "a notice sent in somebody's name" if _VIA.search(name) else "a no-reply sender"
    if _ROOM.search(address):
        return "a room, a resource or a calendar"
    return None


def weight(role: str, recipients: int) -> float:
    """How much a mail counts between two people: 1 for one to one, a quarter less with each doubling, 0 past 15.

    `role` is author (the contact wrote; the owner is in To), author_cc (the owner is in Cc), to, cc or bcc (the owner
    wrote). `recipients` counts everyone addressed in To and Cc, the owner's addresses as one.
    """
    if role == "bcc" or recipients > MANY:
        return 0.0
    share = COPIED if role in ("cc", "author_cc") else 1.0
    return round(share * (1 - math.log2(max(recipients, 1)) / 4), 4)


def weightless(role: str, recipients: int) -> str | None:
    """Why a mail that is not excluded still counts for nothing between the two; None if it counts."""
    if role == "bcc":
        return "they were in Bcc"
    if recipients > MANY:
        return f"one of {recipients} recipients"
    return None


def unanswered(channel: str, direction: str, seconds: int) -> str | None:
    """Why a call is no interaction; None if the two spoke. `direction` is in, out or missed."""
    if channel != "call":
        return None
    if direction == "missed":
        return "a missed call"
    if seconds <= 0:
        return "nobody answered"
    return None
