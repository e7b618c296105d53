"""Source words left standing, and translations into another language than the one asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.checks.source_words import QUOTED, WORD, glossed, in_address, source_words
from qa.model import Flag, Segment, Severity
from qa.terms.frequency import common

__all__ = ["UntranslatedCheck", "WrongLanguageCheck"]

_HAN = "\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, with the marks that stand for one (々, 〆, 〇), as the inside of a regex class."""
_SCRIPTS: dict[str, re.Pattern[str]] = {
    "Cyrl": re.compile("[Ѐ-ԯ]{2,}(?:[-’'ʼ][Ѐ-ԯ]+)*"),
    "Grek": re.compile("[Ͱ-Ͽἀ-῿]{3,}"),
    "Arab": re.compile("[\u0620-\u06ff\u0750-\u077f]{2,}"),
    "Hebr": re.compile("[\u05d0-\u05ea]{2,}"),
    "Deva": re.compile("[\u0900-\u0963\u0970-\u097f]{2,}"),
    "Hans": re.compile(f"[{_HAN}]+"),
    "Hant": re.compile(f"[{_HAN}]+"),
    "Jpan": re.compile(f"[\u3040-\u30ff{_HAN}]+"),
    "Kore": re.compile("[\uac00-\ud7af]+"),
    "Thai": re.compile("[\u0e00-\u0e7f]{2,}"),
    "Geor": re.compile("[\u10a0-\u10ff]{2,}"),
    "Armn": re.compile("[\u0530-\u058f]{2,}"),
}


class UntranslatedCheck(SegmentCheck):
    """Words of the source that were left untranslated.

    ## What it flags
    A word in the script of the source inside a text of another script («удары» in a French text), a
    lower-case Latin word of the source inside another script («плотный peat»), and a common word of the
    source language that the target language hardly knows and that stands in the source sentence itself, or
    another form of it does; a suffix behind an apostrophe hides it not. Two such neighbours need to be less
    foreign each. Minor where it belongs to a quotation or title that stands word for word in the
    source. A word the translation gives in brackets or quotation marks after its own
    rendering, names, code, and words both languages share are left alone.

    ## Why it matters
    The reader meets a word they cannot read.

    ## Example
    ``Le Kremlin insiste sur la прекращение de l'aide``

    ## Fix
    None.
    """

    id = "untranslated"
    category = "accuracy/untranslated"
    severity = Severity.MAJOR
    precision = 0.9
    messages = {
        "word": "“{word}” was left untranslated",
        "segment": "most of this translation is in the language of the source",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source_lang, target_lang = lang.base(context.source_lang), lang.base(context.target_lang)
        if source_lang == target_lang:
            return
        text = segment.target
        if lang.script(source_lang) != lang.script(target_lang) and lang.script(source_lang) != "Latn":
            found = _foreign_script(text, segment.source, lang.script(source_lang), lang.script(target_lang))
        else:
            found = source_words(text, segment.source, source_lang, target_lang)
        if not found:
            return
        left = sum(end - start for start, end in found)
        if len(found) >= 4 and 2 * left >= sum(map(str.isalpha, text)):
            yield self.flag(segment, 0, len(text), "segment", severity=Severity.CRITICAL, confidence=0.95)
            return
        titles = [
            match.span() for match in QUOTED.finditer(text) if match["inside"].strip() in segment.source
        ]
        for start, end in found:
            titled = any(first < start and end < last for first, last in titles)
            yield self.flag(
                segment, start, end, "word", severity=Severity.MINOR if titled else None,
                confidence=0.5 if titled else None, word=text[start:end],
            )  # fmt: skip


def _foreign_script(text: str, source: str, script: str, target_script: str) -> list[tuple[int, int]]:
    pattern = _SCRIPTS.get(script)
    if pattern is None or text.isascii() or {script, target_script} <= {"Hans", "Hant", "Jpan"}:
        return []
    runs: list[tuple[int, int]] = []
    for match in pattern.finditer(text):
        if match.group() not in source:
            continue
        if runs and not text[runs[-1][1] : match.start()].strip():
            runs[-1] = (runs[-1][0], match.end())
        else:
            runs.append(match.span())
    return [run for run in runs if not glossed(text, *run) and not in_address(text, *run)]


_HAN_USERS = frozenset({"Hans", "Hant", "Jpan", "Kore"})
_MANY_SCRIPTS = frozenset("az bs ckb kk ks ku ky mn ms pa sd sr tg tk tt ug uz".split())
"""Languages that are written in more than one script."""


def _in_foreign_script(text: str, source: str, target_lang: str) -> bool:
    """Most letters of ``text`` are of a script that the language is not written in, and do not stand in the
    source, in quotation marks or in brackets. Latin letters prove nothing: names stand in them everywhere."""
    wanted = lang.script(target_lang)
    known_script = wanted == "Latn" or wanted in _SCRIPTS
    if text.isascii() or not known_script or lang.base(target_lang) in _MANY_SCRIPTS:
        return False
    foreign = sum(
        end - start
        for script, pattern in _SCRIPTS.items()
        if script not in ("Hans", "Hant")  # Japanese has their characters too
        and script != wanted
        and not {script, wanted} <= _HAN_USERS
        for start, end in (match.span() for match in pattern.finditer(text))
        if text[start:end] not in source and not glossed(text, start, end)
    )
    return foreign >= 2 and 2 * foreign > sum(map(str.isalpha, text))


class WrongLanguageCheck(SegmentCheck):
    """A translation in another language than the one asked for.

    ## What it flags
    A target most letters of which are of another script than the language asked for, however short, unless
    they stand in the source, in quotation marks or in brackets. And a target of sixty letters or more that
    language identification takes for another language, close relatives (Russian and Ukrainian, Danish and
    Norwegian …) excepted, when half of its words are far commoner in that language and hardly any in the
    language asked for.

    ## Why it matters
    The engine picked the wrong language or returned the source.

    ## Example
    An English sentence in a French translation

    ## Fix
    None.
    """

    id = "wrong-language"
    category = "accuracy/untranslated"
    severity = Severity.CRITICAL
    needs_source = False
    precision = 0.95
    messages = {
        "language": "this is {found}, not {wanted}",
        "script": "this is in another script than {wanted}",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target
        if _in_foreign_script(text, segment.source, context.target_lang):
            yield self.flag(segment, 0, len(text), "script", wanted=lang.name(lang.base(context.target_lang)))
            return
        if len(text) < 60 or sum(map(str.isalpha, text)) < 60:
            return
        wanted = lang.base(context.target_lang)
        found = lang.detect(text[:1000])
        if found is None or lang.confusable(found, wanted):
            return
        words = [word.casefold() for word in WORD.findall(text[:1000])]
        ours, theirs = common(wanted), common(found)
        if not ours or not theirs or len(words) < 6:
            return
        # Every list holds foreign words too, but ten times rarer than the list they are at home in.
        own = sum(ours.get(word, 0.0) > 10 * theirs.get(word, 0.0) for word in words)
        other = sum(theirs.get(word, 0.0) > 10 * ours.get(word, 0.0) for word in words)
        if other >= 0.5 * len(words) and own <= 0.1 * len(words):
            yield self.flag(
                segment, 0, len(text), "language", found=lang.name(found), wanted=lang.name(wanted)
            )
