"""Tell an out-of-office answer by its subject."""

import re

# What programs write in front of the subject that they answer; nobody else begins a subject like this.
_WRITTEN_BY_PROGRAMS = """
    automatic reply | auto reply | auto-reply | autoreply | auto response | auto-response | automatic response | autoresponse |
    out of office reply | out of office autoreply | out of office response | vacation reply | away from my mail |
    automatische antwort | abwesenheitsnotiz | abwesenheitsnachricht | automatische abwesenheit | abwesenheitsmeldung |
    réponse automatique | message d'absence | message d’absence | notification d'absence | avis d'absence |
    respuesta automática | respuesta automatica | mensaje de ausencia | aviso de ausencia | resposta automática |
    resposta automatica | mensagem de ausência | risposta automatica | messaggio di assenza | avviso di assenza |
    automatisch antwoord | automatische beantwoording | afwezigheidsbericht | afwezigheidsmelding | automatyczna odpowiedź |
    odpowiedź automatyczna | autoodpowiedź | automatiskt svar | autosvar | frånvaromeddelande | automatisk svar | fraværsbesked |
    fraværsmelding | fraværsmeddelelse | automaattinen vastaus | poissaoloviesti | automatická odpověď | automatikus válasz |
    автоматический ответ | автоответ | автовідповідь | otomatik yanıt | αυτόματη απάντηση | răspuns automat |
    自動応答 | 自動返信 | 不在通知 | 不在連絡 | 自动回复 | 自動回覆 | 自动答复 | 자동 회신 | 자동 응답 | 부재중
"""
# What people write, too ("Out of office next week, shall we meet before?"): counts only on what is an answer.
_WRITTEN_BY_BOTH = """
    out of office | out of the office | out-of-office | ooo | on vacation | on holiday | on leave | away | abwesend | abwesenheit |
    nicht im büro | im urlaub | außer haus | absence | absent | absente | absent du bureau | en congé | en congés | fuera de la oficina |
    fuera de oficina | ausente | ausencia | de vacaciones | fora do escritório | ausência | de férias | fuori ufficio | fuori sede |
    assente | assenza | in ferie | afwezig | afwezigheid | niet aanwezig | op vakantie | poza biurem | nieobecność |
    nieobecna | nieobecny | na urlopie | frånvaro | frånvarande | fravær | poissa | mimo kancelář | нет на месте | в отпуске | 不在 |
    休暇 | 外出 | 休假 | 不在办公室
"""


def _beginning(phrases: str) -> re.Pattern[str]:
    words = [re.escape(phrase.strip()) for phrase in " ".join(phrases.split()).split("|")]
    # \b holds between letters only; Japanese and Chinese have no spaces to look for
    return re.compile(
        rf"[\[(【<*\s]*(?:{'|'.join(sorted(words, key=len, reverse=True))})(?![a-zà-žа-я])", re.IGNORECASE
    )


_BY_PROGRAMS = _beginning(_WRITTEN_BY_PROGRAMS)
_BY_BOTH = _beginning(_WRITTEN_BY_BOTH)
_ANSWERED = re.compile(r"(?:\b(?:re|aw|antw|sv|vs|odp|rép|ref|res|r|rif)|回复|回覆|答复|返信)\s*[::]", re.IGNORECASE)


def is_away_subject(subject: str, is_answer: bool) -> bool:
    """Whether a subject begins as an out-of-office answer does, in some twenty languages.

    `is_answer` is whether the mail answers another one (In-Reply-To): words that people use as well count only then,
    or where the answered subject follows them ("Out of office until 9 November Re: Interview").
    """
    if _BY_PROGRAMS.match(subject):
        return True
    return bool(_BY_BOTH.match(subject)) and (is_answer or bool(_ANSWERED.search(subject)))
