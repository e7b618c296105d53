"""How alike two names sound when they are written in different scripts or spellings.

Words of Cyrillic, Greek, Devanagari, Arabic, Hebrew, Hangul and katakana are spelt in Latin letters,
then folded to a rough key in which the usual spellings of one sound coincide (Путин, Putin, Poutine).
The key forgives much: a low likeness says that two words are no spellings of one name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["likeness", "romanise"]

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўјљњћђџѓќѕ",
        "a b v g d e o zh z i y k l m n o p r s t u f kh ts ch sh sh  y  e yu ya i i e g u "
        "j l n ch d j g k z".split(" "),
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        "a v g d e z i th i k l m n ks o p r s s t y f kh ps o".split(),
        strict=True,
    )
)
_ARABIC = dict(
    zip(
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئپچژگکی",
        "a b t th j h kh d d r z s sh s d t z  gh f k k l m n h w y a a  a a a w y p ch zh g k y".split(" "),
        strict=True,
    )
)
_HEBREW = dict(
    zip(
        "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
        "a v g d h v z kh t y k k l m m n n s  p f ts ts k r sh t".split(" "),
        strict=True,
    )
)
_DEVANAGARI = dict(
    zip(
        "कखगघङचछजझञटठडढणतथदधनपफबभमयरलवशषसह",
        "k kh g g n ch ch j j n t t d d n t t d d n p f b b m y r l v sh sh s h".split(),
        strict=True,
    )
) | dict(
    zip(
        "अआइईउऊएऐओऔऑऍऋािीुूेैोौॉॅृंँः",
        "a a i i u u e ai o au o e ri a i i u u e ai o au o e ri n n h".split(),
        strict=True,
    )
)
_LATIN = str.maketrans(
    {"ł": "l", "ß": "ss", "ø": "o", "æ": "e", "œ": "e", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ə": "a"}
)
_TABLE = str.maketrans(_CYRILLIC | _GREEK | _ARABIC | _HEBREW | _DEVANAGARI)
_KATAKANA = dict(
    zip(
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
        "ガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴァィゥェォャュョッー",
        "a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he ho ma mi mu me "
        "mo ya yu yo ra ri ru re ro wa o n ga gi gu ge go za ji zu ze zo da ji zu de do ba bi bu be bo "
        "pa pi pu pe po vu a i u e o ya yu yo  ".split(" "),
        strict=True,
    )
)
_SMALL = "ァィゥェォャュョ"
"""Written after another sign, whose vowel they replace: ファ (fa), ジョ (jo)."""
_INITIALS = "k kk n d tt r m b pp s ss  j jj ch k t p h".split(" ")
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_FINALS = " k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split(" ")
_LONGEST = 40

# Applied in this order to a romanised word; the replacements never lengthen it.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("^(?:dzh|dj|dsch|gi(?=[aou]))", "j"),
        ("dzh|dj|dsch|dz", "j"),
        ("tsch|tch|tsh|cz|ch", "s"),
        ("shch|sch|sh|sz|ś|zh|rz", "s"),
        ("ph", "f"),
        ("th", "t"),
        ("^wr", "r"),
        ("ck|q", "k"),
        ("kh|gh", "h"),
        ("x", "ks"),
        ("c(?=[eiy])|ts|tz|z|ç|j", "s"),
        ("c", "k"),
        ("w|v|b(?=$)", "v"),
        ("ou|oo", "u"),
        ("ee|ie|ij|y", "i"),
        ("g", "k"),
        ("d", "t"),
    )
)


@lru_cache(maxsize=20_000)
def romanise(word: str) -> str:
    """``word`` in lower-case Latin letters without diacritics; what no table knows stays as it is.

    Letters only: vowels that Arabic and Hebrew do not write are missing.
    """
    low = word[:_LONGEST].lower()
    if low.isascii():
        return low
    if any("\uac00" <= letter <= "\ud7a3" for letter in low):
        low = "".join(map(_syllable, low))
    if any("\u30a1" <= letter <= "\u30fc" for letter in low):
        low = _katakana(low)
    if any("\u0370" <= letter <= "\u03ff" for letter in low):
        low = _bare(low)
    low = unicodedata.normalize("NFC", low).translate(_TABLE)
    return _bare(low.translate(_LATIN))


def _bare(word: str) -> str:
    """Without diacritics and vowel signs."""
    letters = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in letters if unicodedata.category(letter) not in ("Mn", "Mc"))


def _katakana(word: str) -> str:
    out = ""
    for sign in word:
        sound = _KATAKANA.get(sign, sign)
        if sign in _SMALL and out[-1:] in tuple("aiueo"):
            out = out[:-1]
            if out.endswith(("sh", "ch", "j")):
                sound = sound.removeprefix("y")
        out += sound
    return out


def _syllable(letter: str) -> str:
    at = ord(letter) - 0xAC00
    if not 0 <= at < 11_172:
        return letter
    return _INITIALS[at // 588] + _VOWELS[at % 588 // 28] + _FINALS[at % 28]


@lru_cache(maxsize=20_000)
def _keys(word: str) -> tuple[str, str]:
    """The rough spelling of ``word`` and its consonants alone."""
    key = romanise(word)
    for pattern, sound in _SOUNDS:
        key = pattern.sub(sound, key)
    key = re.sub(r"(.)\1+", r"\1", key)
    bones = key[:1] + re.sub("[aeiouh]", "", key[1:])
    bones = re.sub(r"(.)\1+", r"\1", bones)
    return key, bones if bones[:1] not in "aeiou" else "a" + bones[1:]


def likeness(one: str, other: str) -> float:
    """0 (unlike) to 1 (spellings of one name); endings of inflection count little. Symmetric.

    From about .7 two words are likely the same name; unrelated words of five letters reach .5.
    """
    first, second = romanise(one), romanise(other)
    if first == second:
        return 1.0
    value = _likeness(first, second)
    if ("j" in first) != ("j" in second) and ("y" in first or "y" in second or "i" in first or "i" in second):
        # Netanjahu, Netanyahu: half the languages write so what begins «Joe» in the others.
        value = max(value, _likeness(first.replace("j", "y"), second.replace("j", "y")))
    return value


def _likeness(first: str, second: str) -> float:
    from rapidfuzz.fuzz import ratio

    (key, bones), (rival, marrow) = _keys(first), _keys(second)
    if not key or not rival:
        return 0.0
    shortest = min(len(key), len(rival))
    if max(len(key), len(rival)) > shortest + min(4, shortest - 1):
        return min(0.6, float(ratio(key, rival)) / 100)  # no ending is as long as that
    value = float(ratio(key[: shortest + 1], rival[: shortest + 1])) / 100
    if shortest >= 4:  # a stem, whatever ending the longer word has
        value = max(value, float(ratio(key[:shortest], rival[:shortest])) / 100 - 0.02)
    thin = min(len(bones), len(marrow))
    if thin >= 3:
        value = max(value, 0.95 * float(ratio(bones[: thin + 1], marrow[: thin + 1])) / 100)
    elif bones == marrow and bones[0] != "a" and min(len(first), len(second)) >= 3:
        value = max(value, 0.75 if thin == 2 else 0.65)
    return value
