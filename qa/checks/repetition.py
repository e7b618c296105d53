"""Words said twice and phrases said over and over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from qa import lang
from qa.checks.base import Context, SegmentCheck
from qa.model import Edit, Flag, Segment, Severity

__all__ = ["DoubledWordCheck", "RepetitionCheck"]

_DOUBLE = re.compile(r"(?<![\w'’.,·-])([^\W_]++)[^\S\r\n]+\1(?![\w'’-]|[.,]\d)", re.IGNORECASE)
_QUOTED_DOUBLE = re.compile(r"(«[^«»\n]{2,60}»|“[^“”\n]{2,60}”|„[^„“\n]{2,60}“|\"[^\"\n]{2,60}\")\s+\1")
_HAN_DOUBLE = re.compile(r"([\u3400-\u9fff]{2,6}|[\u3040-\u30ff\u3400-\u9fff]{4,10})\1")

# Words that may stand twice in a row.
_LEGITIMATE: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "that had is was do very so many bye ha no yes really far night who what it her in on up again "
        "now well blah knock tut boo bora",
        "fr": "nous vous très si non oui bien faire en y loin vite petit beau trop allez la tout long "
        "jamais toujours encore peu",
        "de": "die der das sie sich den dem ihr ihnen nein ja sehr was es in so an auf zu aus ein eine einen "
        "war ist nach und",
        "es": "muy no sí más que casi bien luego ya nos",
        "it": "molto no sì piano poco quasi appena passo via man così ciao bel sotto vi ci pian",
        "pt": "muito não sim mais quase nos se que",
        "nl": "dat die zijn het heel zeer ja nee was is er in toe op aan hun en",
        "ru": "очень да нет чуть еле едва долго давно много далеко крест вот что то так",
        "uk": "дуже так ні ледь довго давно багато далеко ось що ледве",
        "pl": "bardzo nie tak ledwo się co daleko dawno",
        "cs": "velmi ne ano se si sotva dlouho",
        "sv": "att det är var mycket nej ja som den",
        "tr": "yavaş teker zaman sık ara adım çok güle ayrı uzun bol birer gide yer",
    }.items()
}
# Words that are never said twice in a row, even where the source doubles a word.
_FUNCTION: Mapping[str, frozenset[str]] = {
    "en": frozenset("the a an of to and or for with from by as be are were at this".split()),
    "fr": frozenset(
        "le les de du des un une et à au aux par pour avec dans sur que qui ce cette a est".split()
    ),
    "de": frozenset("und mit von für im am zum zur bei als auch".split()),
}
_SAID_TWICE = re.compile(r"(?<!\w)(\w{3,})\W+\1(?!\w)", re.IGNORECASE)
_NAMES = frozenset("pago bora duran baden new york walla wagga sing ylang tartar".split())
_REDUPLICATING = frozenset(
    "id ms jv su tl fil mi haw hi bn ur ta te ml kn mr ne si vi th km lo st nso tn".split()
)


class DoubledWordCheck(SegmentCheck):
    """The same word twice in a row.

    ## What it flags
    ``le le``, ``the the``, ``immediately immediately``, and words in quotation marks said twice. Doubles that
    a language has (French ``nous nous``, English ``that that`` and ``had had``, German ``die die``, Russian
    «очень очень»), names (``Pago Pago``), languages that reduplicate (Indonesian, Hindi, Sotho) and doubles
    that the source has too are left alone; where the source repeats another number of words or more often,
    that is a neutral remark.

    ## Why it matters
    A slip every reader stumbles over, and the start of a repetition loop in machine translation.

    ## Example
    ``la Russie et et l'Ukraine``

    ## Fix
    One of the two words.
    """

    id = "doubled-word"
    category = "linguistic-conventions/grammar"
    severity = Severity.MINOR
    needs_source = False
    precision = 0.95
    messages = {
        "doubled": "“{word}” stands twice in a row",
        "uneven": "words repeated in a row: {wanted} in the source, {times} here",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        language, text = lang.base(context.target_lang), segment.target
        if language in ("zh", "ja", "yue"):
            return
        quoted = list(_QUOTED_DOUBLE.finditer(text))
        if quoted and not _QUOTED_DOUBLE.search(segment.source):
            yield from (self._doubled(segment, match) for match in quoted)
        found = list(_DOUBLE.finditer(text))
        if not found:
            return
        allowed = _LEGITIMATE.get(language, frozenset())
        function = _FUNCTION.get(language, frozenset())
        for match in found:
            word = match.group(1)
            folded = word.casefold()
            sure = folded in function
            if folded in allowed or (len(word) == 1 and not sure):
                continue
            named = not word[0].islower() and not text[match.end() - len(word)].islower()
            if named and (not segment.source or folded in _NAMES or _DOUBLE.search(segment.source)):
                continue  # Duran Duran, 22 22
            if word.isdigit() and (
                word == "000" or text[max(0, match.start() - 4) : match.start()].rstrip()[-1:].isdigit()
            ):
                continue  # 4 000 000, a telephone number
            if not sure and (language in _REDUPLICATING or _DOUBLE.search(segment.source)):
                continue
            if "\n" in match.group() or _is_counted(text, match):
                continue
            yield self._doubled(segment, match)
        if segment.source:  # without one, its language is not known either
            yield from self._uneven(segment, context)

    def _doubled(self, segment: Segment, match: re.Match[str]) -> Flag:
        first = match.group(1)
        fix = Edit(match.start() + len(first), match.end(), "")
        return self.flag(segment, match.start(), match.end(), "doubled", fix=[fix], word=first)

    def _uneven(self, segment: Segment, context: Context) -> Iterable[Flag]:
        """Cries and laughter that both sides repeat, but not as often: ha ha ha and ha ha."""
        before, after = (
            _cries(segment.source, context.source_lang),
            _cries(segment.target, context.target_lang),
        )
        times, wanted = ([len(match.group().split()) for match in side] for side in (after, before))
        if times and wanted and times != wanted:
            yield self.flag(
                segment, after[0].start(), after[-1].end(), "uneven", severity=Severity.NEUTRAL,
                confidence=0.6, times=str(sum(times)), wanted=str(sum(wanted)),
            )  # fmt: skip


_RUN = re.compile(r"(?<![\w'’-])([^\W\d_]{2,12})(?:[^\S\r\n]+\1)+(?![\w'’-])", re.IGNORECASE)


def _cries(text: str, language: str) -> list[re.Match[str]]:
    """Words repeated in a row, but for doubles that grammar makes, as in «nous nous» or «that that»."""
    tag = lang.base(language)
    if tag in _REDUPLICATING:
        return []
    doubles = _LEGITIMATE.get(tag, frozenset()) | _NAMES
    return [match for match in _RUN.finditer(text) if match.group(1).casefold() not in doubles]


def _is_counted(text: str, match: re.Match[str]) -> bool:
    """Three times and more is another check's business: a loop, or an exclamation (ha ha ha)."""
    word, rest = match.group(1).casefold(), text[match.end() : match.end() + 60].strip().casefold()
    return rest.startswith(word + " ") or rest.rstrip(".!?") == word


_LOOP_WORDS = 12  # longest phrase of a loop
_TOKEN = re.compile(r"\w+(?:[’'-]\w+)*")


class RepetitionCheck(SegmentCheck):
    """A phrase repeated over and over.

    ## What it flags
    A phrase of one word three times in a row or more, or of two words and more (up to twelve) twice in
    a row, or the same run of Chinese or Japanese characters, where the source repeats nothing.
    Digits alone do not count.

    ## Why it matters
    Neural translation gets caught in loops; the real content is then usually missing.

    ## Example
    ``sur le terrain sur le terrain sur le terrain``

    ## Fix
    The phrase once.
    """

    id = "repetition"
    category = "accuracy/addition"
    severity = Severity.MAJOR
    needs_source = False
    precision = 0.95
    messages = {"loop": "“{phrase}” is repeated {times} times in a row"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target
        if lang.is_unspaced(context.target_lang):
            yield from self._unspaced(segment)
            return
        tokens = [(match.start(), match.end(), match.group().casefold()) for match in _TOKEN.finditer(text)]
        found = _loops([word for _, _, word in tokens])
        if not found or (segment.source and _repeats(segment.source)):
            return
        for first, size, times in found:
            start, end = tokens[first][0], tokens[first + size * times - 1][1]
            once = tokens[first + size - 1][1]
            if times < 3 and text[once : tokens[first + size][0]].strip():
                continue  # «agriculture — agriculture whose aim …»: a definition, a list
            phrase = text[start:once]
            yield self.flag(
                segment, start, end, "loop", fix=[Edit(once, end, "")], phrase=phrase, times=str(times)
            )

    def _unspaced(self, segment: Segment) -> Iterable[Flag]:
        text = segment.target
        for match in _HAN_DOUBLE.finditer(text):
            phrase = match.group(1)
            if match.group() in segment.source or _HAN_DOUBLE.search(segment.source):
                continue
            end, times = match.end(), 2
            while text.startswith(phrase, end):
                end += len(phrase)
                times += 1
            if times == 2 and (len(phrase) < 3 or _SAID_TWICE.search(segment.source)):
                continue  # 研究研究, いろいろ: reduplication is grammar
            yield self.flag(
                segment, match.start(), end, "loop",
                fix=[Edit(match.start() + len(phrase), end, "")], phrase=phrase, times=str(times),
            )  # fmt: skip


def _repeats(source: str) -> bool:
    words = [match.group().casefold() for match in _TOKEN.finditer(source)]
    return bool(_loops(words, letters=1)) or _HAN_DOUBLE.search(source) is not None


def _loops(words: list[str], *, letters: int = 4) -> list[tuple[int, int, int]]:
    """(first word, phrase length, times) of every phrase repeated in a row, leftmost and shortest first."""
    found = []
    at = 0
    where: dict[str, int] = {}
    while at < len(words):
        word = words[at]
        earlier = where.get(word, -1)
        size = at - earlier
        where[word] = at
        if earlier < 0 or size > _LOOP_WORDS or (at + size > len(words) and size > 1):
            at += 1
            continue
        phrase = words[earlier : earlier + size]
        times = 1
        while words[earlier + times * size : earlier + (times + 1) * size] == phrase:
            times += 1
        enough = times >= 3 if size == 1 else times >= 2
        if enough and any(not part.isdigit() for part in phrase) and sum(map(len, phrase)) >= letters:
            found.append((earlier, size, times))
        if times > 1:
            at = earlier + times * size
            where.clear()
        else:
            at += 1
    return found
