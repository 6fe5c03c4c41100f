"""Subjects as people jot them down: dialects, missing accents, half sentences; and what only looks like them."""

import pytest

from pipelines.rules import gists, subjects


@pytest.mark.parametrize(
    ("sign", "subject"),
    [
        ("cancel", "tive um contratempo com o carro, não vou conseguir"),
        ("cancel", "nao podemos ir no sabado"),
        ("cancel", "A creche fechou de novo, fico em casa"),
        ("cancel", "vamos pular essa quinta?"),
        ("cancel", "Peguei dengue, acredita?"),
        ("move", "Dá pra ser na quarta?"),
        ("move", "mudança de horário: 11h"),
        ("to_remote", "manda o link que hoje não saio"),
        ("to_place", "tô aqui embaixo"),
        ("to_place", "arranjei mesa na varanda"),
        ("missed", "acabei não indo, me perdoa"),
        ("missed", "dei bolo em vocês"),
        ("waited", "não era hoje o nosso café?"),
        ("cancel", "la petite a la varicelle, je peux pas venir"),
        ("cancel", "Ce sera pour une prochaine !"),
        ("cancel", "Ne m'attendez pas"),
        ("cancel", "Karim me remplace demain"),
        ("cancel", "plus de train ce soir"),
        ("move", "plutôt à 17h ?"),
        ("move", "on remet ça à la semaine pro ?"),
        ("to_remote", "pas besoin de venir, on s'appelle"),
        ("to_place", "j'ai trouvé une table dehors"),
        ("to_place", "suis déjà là"),
        ("missed", "réveil qui n'a pas sonné, je me suis endormi"),
        ("waited", "t'es où ?"),
        ("talked", "comme discuté au tél"),
        ("cancel", "me surgió una reunión a la misma hora, no alcanzo"),
        ("cancel", "Me sustituye Nuria"),
        ("cancel", "sin niñera hoy"),
        ("cancel", "el lunes es feriado!"),
        ("move", "¿lo corremos una hora?"),
        ("move", "jalamos la junta al lunes"),
        ("to_remote", "mejor te marco"),
        ("to_place", "ya agarré mesa adentro"),
        ("to_place", "estoy abajo"),
        ("met", "cuánto te debo del almuerzo?"),
        ("missed", "perdón por dejarte plantada"),
        ("waited", "¿no era hoy?"),
        ("cancel", "mi sostituisce Chiara"),
        ("cancel", "oggi sono ko"),
        ("cancel", "scuola chiusa, resto coi bambini"),
        ("cancel", "Devo tirare pacco"),
        ("move", "Facciamo giovedì?"),
        ("move", "anticipiamo?"),
        ("to_remote", "passiamo su Zoom"),
        ("to_place", "preso un tavolo fuori"),
        ("met", "che cena, buonissima"),
        ("missed", "pensavo fosse la settimana dopo"),
        ("waited", "nessuno in call?"),
        ("see_you", "a tra poco"),
        ("cancel", "保育園から呼び出しがありました"),
        ("cancel", "今日むり、ごめん"),
        ("cancel", "代理で課長が出席します"),
        ("cancel", "今週はスキップで"),
        ("move", "時間を早めてもらえますか"),
        ("move", "火曜はどう?"),
        ("to_remote", "本日のURLお送りします"),
        ("to_place", "窓際の席にいます"),
        ("to_place", "店の前です"),
        ("met", "食べ過ぎました"),
        ("missed", "目覚ましが鳴らず"),
        ("waited", "今どこ?"),
        ("cancel", "孩子學校停課,過不去了"),
        ("cancel", "让小李代我出席"),
        ("cancel", "今晚不行了"),
        ("cancel", "這次算了吧"),
        ("move", "换到下周吧"),
        ("move", "推后半小时"),
        ("to_place", "我在大廳"),
        ("to_place", "坐在窗边"),
        ("met", "昨晚喝多了"),
        ("missed", "我記錯日子了"),
        ("waited", "人呢"),
        ("see_you", "晚上见"),
    ],
)
def test_what_is_jotted_down(sign: str, subject: str) -> None:
    """How people of six languages call off, put off, arrive, thank and apologize when they have ten seconds."""
    assert subjects.sign(sign, subject)


@pytest.mark.parametrize(
    ("sign", "subject"),
    [
        ("cancel", "Hoje passo aí"),
        ("cancel", "Hoy paso por tu casa"),
        ("cancel", "Oggi passo da voi"),
        ("cancel", "Até sexta, à mesma hora"),
        ("cancel", "Nos vemos a la misma hora"),
        ("cancel", "Consulta no Hospital São João"),
        ("cancel", "No creo que haga falta"),
        ("cancel", "Sommersemester: Programm"),
        ("cancel", "Entradas agotadas"),
        ("late", "Esta tarde, lista de precios"),
        ("late", "Boa tarde"),
        ("missed", "O prazo era ontem"),
        ("missed", "El plazo era ayer"),
        ("missed", "それは便利だと思っています"),
        ("to_remote", "Chaves de casa"),
        ("to_remote", "Travaux de la maison"),
        ("to_place", "Transmissão ao vivo"),
        ("to_place", "Factura a nombre de Ruiz"),
        ("to_place", "靠窗座位的票价"),
        ("held", "Preventivo da rifare"),
        ("held", "Informe de productividad"),
        ("see_you", "Merci à toute l'équipe"),
        ("waited", "货到了吗"),
        ("met", "傘のカタログ送付"),
    ],
)
def test_what_only_looks_like_it(sign: str, subject: str) -> None:
    """The same words beside another verb, in another language, or about something else."""
    assert not subjects.sign(sign, subject)


@pytest.mark.parametrize(
    ("subject", "gist"),
    [
        ("valeu pelo churrasco", "met"),
        ("Adorei conhecer vocês", "met"),
        ("contente de t'avoir revue", "met"),
        ("Qué alegría encontrarte", "met"),
        ("il tuo caricatore è rimasto qui", "met"),
        ("Legal review yesterday", ""),
        ("Linda: figures of yesterday", ""),
        ("Bonne revue de presse", ""),
    ],
)
def test_thanks_and_joy_in_a_hurry(subject: str, gist: str) -> None:
    """Slang for thanks, and seeing somebody again; names and other languages' words are none of it."""
    assert gists.after(subject) == gist


@pytest.mark.parametrize(
    "subject", ["esqueci meu guarda-chuva na tua casa", "j'ai oublié mes lunettes", "傘忘れてるよ"]
)
def test_who_forgot_a_thing_was_there(subject: str) -> None:
    """A forgotten umbrella says that they met, a forgotten meeting that they did not."""
    assert subjects.sign("met", subject)
    assert subjects.sign("other_missed", subject) or not subjects.sign("missed", subject)


@pytest.mark.parametrize("subject", ["esqueci nosso almoço", "j'ai oublié notre déjeuner", "約束を忘れてました"])
def test_who_forgot_the_meeting_was_not(subject: str) -> None:
    """The same verb, and the meeting itself."""
    assert subjects.sign("missed", subject)
    assert not subjects.sign("other_missed", subject)
