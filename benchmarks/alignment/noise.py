"""What stands in real texts without a counterpart: captions, page numbers, addresses, mottoes, scanning junk.

The phrases are written for this benchmark; the rest is made by rule from a random generator.
"""

from __future__ import annotations

import random

MOTTOES = {
    "de": ("Lesen Sie auch unsere Wochenendausgabe.", "Jetzt Newsletter abonnieren!"),
    "en": ("Sign up for our weekly letter.", "Read on in our app for free!"),
    "fr": ("Abonnez-vous à notre lettre du matin.", "À lire aussi dans notre édition du soir."),
    "ru": ("Подпишитесь на нашу рассылку.", "Читайте также в нашем приложении."),
    "uk": ("Підпишіться на нашу розсилку.", "Читайте також у нашому застосунку."),
    "zh": ("欢迎订阅我们的每周通讯。", "更多内容请下载客户端。"),
}
CAPTIONS = {
    "de": "Bild {n}: Blick von Norden. Foto: {name}",
    "en": "Figure {n}. View from the north. Photo: {name}",
    "fr": "Fig. {n} – Vue du nord. Photo : {name}",
    "ru": "Рис. {n}. Вид с севера. Фото: {name}",
    "uk": "Рис. {n}. Вид з півночі. Фото: {name}",
    "zh": "图{n}：从北侧看。摄影：{name}",
}
NAMES = ("A. Keller", "M. Oyelaran", "J. Sato", "L. Brandt", "C. Ferrari")
SITES = ("www.example.org/archive", "https://news.example.com/p", "example.net/library/item")
_JUNK = "~|_^.,:;'`»«•■=*\\/()[]{}0O1lI5S8B"


def noise(rng: random.Random, lang: str, some_text: str) -> str:
    """One line of noise in ``lang``; ``some_text`` is what scanning junk is made from."""
    kind = rng.randrange(5)
    if kind == 0:
        return CAPTIONS[lang].format(n=rng.randrange(1, 90), name=rng.choice(NAMES))
    if kind == 1:
        number = rng.randrange(2, 400)
        return rng.choice((f"{number}", f"— {number} —", f"[{number}]", f"{number} / 412"))
    if kind == 2:
        return f"{rng.choice(SITES)}/{rng.randrange(10**4, 10**6)}"
    if kind == 3:
        return rng.choice(MOTTOES[lang])
    return _scanned(rng, some_text)


def _scanned(rng: random.Random, text: str) -> str:
    """A piece of ``text`` as a bad scan reads it: three characters in ten are something else."""
    start = rng.randrange(max(1, len(text) - 30))
    piece = text[start : start + rng.randrange(6, 30)]
    return "".join(rng.choice(_JUNK) if rng.random() < 0.3 else c for c in piece).strip() or "~ ."
