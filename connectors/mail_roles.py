"""Tell what a mail folder is for by its name, in the languages that mail programs and servers speak."""

import unicodedata
from typing import Literal

Role = Literal["drafts", "spam", "trash", "sent", "archive", "inbox"]

_NAMES: dict[Role, str] = {
    "drafts": (
        "drafts, draft, draft messages, entwürfe, entwurf, brouillons, brouillon, borradores, borrador, bozze, bozza, "
        "rascunhos, rascunho, concepten, concept, utkast, kladder, kladde, luonnokset, drög, szkice, wersje robocze, "
        "koncepty, rozepsané, rozpracované, piszkozatok, ciorne, чернетки, черновики, чернови, нацрти, πρόχειρα, "
        "taslaklar, esborranys, esborrany, skice, osnutki, mustandid, melnraksti, juodraščiai, טיוטות, المسودات, مسودات, "
        "drafty, 草稿, 草稿箱, 草稿匣, 下書き, 임시보관함, 임시 보관함, แบบร่าง, bản nháp, thư nháp, draf"
    ),
    "spam": (
        "spam, junk, junk mail, junk e-mail, junk email, bulk mail, bulk, unerwünscht, werbung, spamverdacht, "
        "junk-e-mail, courrier indésirable, indésirables, pourriel, correo no deseado, no deseado, posta indesiderata, "
        "indesiderata, lixo eletrônico, lixo eletrónico, lixo, correio eletrónico não solicitado, ongewenste e-mail, "
        "ongewenst, ongewenste reclame, skräppost, søppelpost, søppel-e-post, uønsket mail, uønsket post, uønsket e-mail, "
        "roskaposti, ruslpóstur, niechciane, wiadomości-śmieci, spamy, nevyžádaná pošta, nevyžádané, nevyžiadaná pošta, "
        "levélszemét, спам, нежелательная почта, небажана пошта, нежелана пошта, ανεπιθύμητα, ανεπιθύμητη αλληλογραφία, "
        "gereksiz, gereksiz e-posta, istenmeyen, correu brossa, brossa, neželena pošta, rämpspost, nevēlams, šlamštas, "
        "דואר זבל, זבל, البريد العشوائي, رسائل غير مرغوب فيها, 垃圾邮件, 垃圾郵件, 垃圾邮件箱, 迷惑メール, 스팸, 스팸함, 스팸메일함, "
        "정크 메일, อีเมลขยะ, thư rác, mesum"
    ),
    "trash": (
        "trash, bin, deleted, deleted items, deleted messages, deleted mail, wastebasket, papierkorb, gelöscht, "
        "gelöschte elemente, gelöschte objekte, gelöschte nachrichten, corbeille, éléments supprimés, messages supprimés, "
        "papelera, elementos eliminados, eliminados, cestino, posta eliminata, elementi eliminati, lixeira, "
        "itens excluídos, itens eliminados, reciclagem, prullenbak, verwijderde items, verwijderd, papperskorg, "
        "papperskorgen, borttagna objekt, borttaget, papirkurv, papirkurven, slettet post, slettede elementer, "
        "slettede objekter, roskakori, poistetut, poistetut viestit, rusl, kosz, elementy usunięte, usunięte, koš, "
        "odstraněná pošta, odstranené položky, kôš, kuka, lomtár, törölt elemek, coș de gunoi, elemente șterse, "
        "корзина, удалённые, удаленные, удалённые элементы, удаленные элементы, кошик, видалені, канта, отпад, "
        "απορρίμματα, κάδος απορριμμάτων, διαγραμμένα, çöp kutusu, çöp, silinmiş öğeler, paperera, smeće, smetnjak, koš za "
        "smeti, prügikast, atkritne, miskaste, šiukšliadėžė, אשפה, פריטים שנמחקו, سلة المهملات, المهملات, العناصر المحذوفة, "
        "已删除邮件, 已删除, 已刪除的郵件, 垃圾桶, 垃圾箱, 废件箱, 已删除邮件箱, ゴミ箱, ごみ箱, 削除済みアイテム, 휴지통, 지운 편지함, "
        "ถังขยะ, thùng rác, sampah"
    ),
    "sent": (
        "sent, sent mail, sent items, sent messages, sent-mail, outbox sent, gesendet, gesendete elemente, "
        "gesendete objekte, gesendete nachrichten, envoyés, éléments envoyés, messages envoyés, courrier envoyé, enviados, "
        "elementos enviados, correo enviado, posta inviata, inviati, inviata, elementi inviati, itens enviados, "
        "e-mails enviados, verzonden, verzonden items, verzonden berichten, skickat, skickade, skickade objekt, sendt, "
        "sendt post, sendte elementer, lähetetyt, lähetetyt viestit, send atriði, wysłane, elementy wysłane, odeslané, "
        "odeslaná pošta, odoslané, elküldött, elküldött elemek, trimise, elemente trimise, отправленные, надіслані, "
        "изпратени, послато, απεσταλμένα, gönderilmiş öğeler, gönderilenler, gönderilmiş, enviats, poslano, poslane, "
        "saadetud, nosūtīts, išsiųsta, דואר יוצא, פריטים שנשלחו, البريد المرسل, العناصر المرسلة, 已发送, 已发送邮件, 已傳送郵件, "
        "寄件備份, 寄件備份匣, 送信済み, 送信済みメール, 送信済みアイテム, 보낸편지함, 보낸 편지함, 보낸메일함, จดหมายที่ส่ง, thư đã gửi, "
        "terkirim"
    ),
    "archive": (
        "archive, archives, archiv, archivo, archivio, arquivo, archief, arkiv, arkisto, archiwum, archív, архив, архів, "
        "αρχείο, arşiv, arxiu, ארכיון, الأرشيف, 归档, 封存, アーカイブ, 보관함"
    ),
    "inbox": "inbox, posteingang, boîte de réception, bandeja de entrada, posta in arrivo, caixa de entrada",
}


MARK_OF = {"drafts": "draft", "spam": "spam", "trash": "trash", "sent": "sent"}  # the mark of records.MARKS, by role


def _spelling(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().replace("_", " ").split())


_ROLES: dict[str, Role] = {_spelling(name): role for role, names in _NAMES.items() for name in names.split(",")}


def role_of(name: str) -> Role | None:
    """What a folder with this name is for; `name` is the folder's own, without those above it. None for most."""
    return _ROLES.get(_spelling(name))
