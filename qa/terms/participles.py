"""Verb forms that the lemma dictionaries list as words of their own («baissé», "won", «perso»)."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["infinitives"]

_IRREGULAR = {"en": {"rose": "rise", "won": "win", "left": "leave", "gone": "go", "broke": "break"}}
_PARTICIPLES: dict[str, tuple[tuple[str, str], ...]] = {
    "fr": (
        ("é", "er"),
        ("ci", "cir"),
        ("bli", "blir"),
        ("gi", "gir"),
        ("ni", "nir"),
        ("andi", "andir"),
        ("ert", "rir"),
        ("uit", "uire"),
        ("eint", "eindre"),
        ("mis", "mettre"),
        ("clu", "clure"),
        ("clus", "clure"),
        ("cru", "croître"),
        ("aru", "araître"),
        ("quis", "quérir"),
    ),
    "es": (("ado", "ar"), ("ido", "er"), ("ido", "ir"), ("ído", "er"), ("ierto", "rir")),
    "it": (
        ("erso", "erdere"),
        ("erto", "rire"),
        ("dotto", "durre"),
        ("messo", "mettere"),
        ("iuso", "iudere"),
    ),
    "pt": (
        ("ado", "ar"),
        ("ido", "er"),
        ("ido", "ir"),
        ("ído", "ir"),
        ("erto", "rir"),
        ("anho", "anhar"),
        ("eito", "eitar"),
    ),
}
"""(Ending of the participle, masculine singular; what replaces it in the infinitive). Not «-ti»: «parti»
is a party."""
_AGREEMENT = {
    "fr": (("es", ""), ("e", ""), ("s", "")),
    "es": (("os", "o"), ("as", "o"), ("a", "o")),
    "pt": (("os", "o"), ("as", "o"), ("a", "o")),
    "it": (("a", "o"), ("i", "o"), ("e", "o")),
}


@lru_cache(maxsize=100_000)
def infinitives(word: str, lang: str) -> frozenset[str]:
    """The verbs that ``word`` may be a past form of, by its ending; empty for most words.

    Possible verbs, not all of them real: meant for looking up a word in a list. ``lang`` is a base tag.

    >>> sorted(infinitives("baissées", "fr")), sorted(infinitives("won", "en"))
    (['baisser'], ['win'])
    """
    low = word.lower()
    irregular = _IRREGULAR.get(lang, {}).get(low)
    found = {irregular} if irregular else set()
    if endings := _PARTICIPLES.get(lang):
        forms = {low} | {
            low.removesuffix(ending) + instead for ending, instead in _AGREEMENT[lang] if low.endswith(ending)
        }
        found |= {
            form.removesuffix(ending) + instead
            for form in forms
            for ending, instead in endings
            if form.endswith(ending) and form != ending
        }
    return frozenset(found)
