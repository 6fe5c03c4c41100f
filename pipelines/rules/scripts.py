"""Write a word of any script in plain Latin letters, so that two spellings of one name can be compared."""

import re
import unicodedata
from functools import lru_cache

_LATIN = str.maketrans(
    {
        "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h", "ŋ": "n",
        "ĸ": "k", "ŧ": "t", "ſ": "s", "ə": "a", "ʻ": "", "ʼ": "", "’": "", "'": "", "`": "", "´": "", "‘": "",
    }
)  # fmt: skip
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "ye", "ж": "zh", "з": "z", "и": "i",
    "і": "i", "ї": "yi", "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ў": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e",
    "ю": "yu", "я": "ya", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz",
}  # fmt: skip
_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l", "μ": "m",
    "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps",
    "ω": "o",
}  # fmt: skip
_GREEK_PAIRS = (("ου", "u"), ("ευ", "ef"), ("αυ", "af"), ("μπ", "b"), ("ντ", "nt"), ("γγ", "ng"), ("γκ", "gk"))
_TABLE = str.maketrans(_CYRILLIC | _GREEK)
_EAST = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_FOREIGN = re.compile(r"[^\u0000-\u024f\u1e00-\u1eff\u0300-\u036f]")
# What transliterations of one letter differ in. Only for comparing a name with one that was written in other letters.
_LOOSE = (
    ("shch", "sch"), ("cz", "ch"), ("sz", "sh"), ("tch", "ch"), ("tsch", "ch"), ("kh", "h"), ("ch", "h"), ("ks", "x"), ("ts", "c"), ("tz", "c"), ("ck", "k"),
    ("ph", "f"), ("th", "t"), ("w", "v"), ("b", "v"), ("ou", "u"), ("y", "i"), ("j", "i"), ("ie", "e"), ("ia", "a"), ("iu", "u"), ("io", "o"),
    ("gk", "g"), ("nt", "d"), ("mp", "v"), ("g", "h"),
)  # fmt: skip
_UMLAUT = (("ae", "a"), ("oe", "o"), ("ue", "u"))
_BROKEN = re.compile(
    r"[ÃÂÅÄÐÑ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]|â€"
)


def repaired(text: str) -> str:
    """Undo UTF-8 that was read as Windows-1252 or Latin-1 ("JosÃ©" -> "José"), where the result is sound."""
    if not _BROKEN.search(text):
        return text
    return " ".join(_repaired_word(word) for word in text.split(" "))


def _repaired_word(word: str) -> str:
    if not _BROKEN.search(word):
        return word
    for encoding in ("cp1252", "latin-1"):
        try:
            return word.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return word


def eastern(text: str) -> bool:
    """Whether it has Chinese, Japanese or Korean letters, which are not written in Latin here."""
    return bool(_EAST.search(text))


def foreign(text: str) -> bool:
    """Whether it has letters that are not Latin."""
    return bool(_FOREIGN.search(text)) and any(letter.isalpha() for letter in _FOREIGN.findall(text))


def latin(text: str) -> str:
    """Lower case, without diacritics, Cyrillic and Greek in Latin letters; other scripts stay."""
    if text.isascii():
        return text.lower().replace("'", "").replace("`", "")
    lowered = unicodedata.normalize("NFKC", text).casefold().translate(_LATIN)
    bare = "".join(letter for letter in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(letter))
    for pair, letters in _GREEK_PAIRS:
        bare = bare.replace(pair, letters)
    # и with a breve is another letter than и; for comparing they may fall together
    return unicodedata.normalize("NFC", bare.translate(_TABLE))


@lru_cache(maxsize=200_000)
def umlautless(word: str) -> str:
    """One form for "mueller" and "muller", of a word that `latin` made."""
    for pair, letter in _UMLAUT:
        word = word.replace(pair, letter)
    return word


@lru_cache(maxsize=200_000)
def loose(word: str) -> str:
    """One form for the usual transliterations of one foreign name ("sergei", "sergey", "sergej")."""
    for pair, letters in _LOOSE:
        word = word.replace(pair, letters)
    return re.sub(r"(.)\1+", r"\1", word)
