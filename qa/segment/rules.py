"""Where sentences begin inside a paragraph.

Every mark that may end a sentence is a *candidate*. Our rules decide the clear ones in either
direction; what they leave open (short unknown words before a full stop, scripts without capitals) is
asked of the engine underneath. A candidate lies behind the closing quotation marks and brackets that
belong to the sentence, so these never begin the next one. Quoted speech of several sentences is split
like any other text, so that both sides of a translation are split alike.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from qa.lang import NO_ADDRESS
from qa.segment import abbreviations as words
from qa.segment.engines import Engine

__all__ = ["starts"]

_WIDE_ENDS = "。！？｡．‼⁇⁈⁉"
_DANDAS = "।॥۔؟։፧።᙮᠃។៕"
_ENDS = ".!?…‥" + _WIDE_ENDS + _DANDAS
_QUOTES = "\"'”’»«“‘›‹"
_CLOSERS = _QUOTES + ")\\]}」』）】》〉＂＇］｝〕〗"
_WIDE_CLOSERS = "”’」』）】》〉＂＇］｝〕〗"
_NO_BEGINNING = frozenset(",;:.!?…)]}»”%、，；：。！？」』）】》")
# Possessive and bounded throughout: a run of marks is scanned once, however it ends.
# No lookbehind inside a possessive group: Python 3.11.2, Debian 12's, takes such a group wrongly.
_CANDIDATE = re.compile(
    rf"""(?<![{_ENDS}])(?P<ends>[{_ENDS}]++(?:[ \u00a0\u202f]?[!?]){{0,12}}+)
    (?P<closers>(?:(?:
        [{_CLOSERS}]
        |[ \u00a0\u202f\u2009][»›](?=\s|[,.;:!?…)\]])
    )[{_ENDS}]?){{0,12}}+)
    (?P<gap>\s++)(?=\S)
    |(?<![{_ENDS}])(?P<wide>[{_WIDE_ENDS}{_DANDAS}…]++(?<!…))(?P<wide_closers>[{_WIDE_CLOSERS}]{{0,12}}+)(?=\S)
    |(?P<smile>[:;]-?[)(]++|[\U0001f300-\U0001faff][\ufe0f\U0001f3fb-\U0001f3ff]?)\s++(?=\S)""",
    re.VERBOSE,
)
_ADDRESS = re.compile(
    rf"(?:(?:https?|ftp)://|www\.|mailto:)[^\s<>«»“”„\"{NO_ADDRESS}]{{1,2000}}"
    rf"|(?:[^\W{NO_ADDRESS}]|[.+-]){{1,64}}@(?:[^\W{NO_ADDRESS}]|-){{1,64}}(?:\.(?:[^\W{NO_ADDRESS}]|-){{1,64}}){{1,6}}",
    re.IGNORECASE,
)
_ODD = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")
_BREAK = re.compile("[\n\r\v\x1c-\x1e\x85\u2028]")
_LEFT_WINDOW = 80

_BRACKETS = {"(": ")", "[": "]", "（": "）", "［": "］", "【": "】"}
_BRACKET_OR_END = re.compile(rf"[()\[\]（）［］【】{_ENDS}]")
_BRACKET_SPAN = 400

_OPENING = re.compile(
    r"[\s«»„“”\"'‘’‚‹›(\[{¿¡—–―\-*_#@•「『（【《〈\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]*"
)
_WORD = re.compile(r"[^\W_](?:[\w.\-’'°º№]*\w)?$|№$")
_RIGHT_WORD = re.compile(r"[^\W\d_]+(?:[’'](?=[^\W\d_]))?")
_INITIALS = re.compile(r"(?:(?<=\s)|(?<=[«„“\"'(—–-])|^)((?:[^\W\d_]{1,2}\.[\s\-‐]?)*)([^\W\d_]{1,2})$")
_SPELLED = re.compile(r"(?:(?<![\w.])[^\W\d_]{1,3}\.\s?){1,3}[^\W\d_]{1,4}$")
_MARKER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[^\W\d_]|[IVXLC]{1,6})\)?$")
_ROMAN = re.compile(r"[IVXLCDM]+$")
_COUNTED_ROMAN = re.compile(r"([^\W\d_]+) [IVXLCDM]+$")
_DEGREES = re.compile(r"[°º]\s?[CFKС]$")
_HOUR = re.compile(r"\d\s?(?:h|min|ч|год|Uhr)$", re.IGNORECASE)
_COUNTED = re.compile(r"[\dIVXLC]\s*\w$")
_COUNTS = re.compile(r"([^\W\d_]+)\.?\s+\d+$")
_COUNTABLE = frozenset({"Seite", "Artikel", "Absatz", "Nummer", "Kapitel", "Punkt", "Platz", "Teil", "um"})
_BEFORE_NAMES = frozenset(
    {"inc", "ltd", "co", "corp", "bros", "jr", "sr", "ave", "blvd", "dept", "univ", "mio", "mrd"}
)
_YEAR_PHRASE = re.compile(
    r"\W*(?:[вксуоз]о?|до|на|по|из|от|для|після|від|после|около|близько)\s(?:[^\W\d]+\s){0,2}"
    r"(?:\d{1,4}|[IVX]+)(?:\s?[-–—]\s?(?:\d{1,4}|[IVX]+))?\s?(?:г{1,2}|р{1,2}|в{1,2}|ст)$",
    re.IGNORECASE,
)
_SAID = {
    "ja": re.compile("と|って|という|など|なん"),
    "zh": re.compile(
        r"(?![没不无無])[^\s，。！？；：“”「」]{0,5}?(?:[说說道問问喊叫答曰稱称嚷]|表示|写道|寫道|指出|强调|強調)"
    ),
    "ar": re.compile(r"(?:ف|و)?(?:قال|سأل|أجاب|أضاف|صرح|صاح|هتف|رد)ت?\b"),
    "fa": re.compile(r"(?:گفت|پرسید|افزود)\b"),
    "he": re.compile(r"(?:אמר|שאל|השיב|ענ|צעק|הוסיפ?)[הו]?\b"),
}
"""How a sentence goes on behind quoted speech where no small letter shows that it does."""
_BY_ENGINE = frozenset({"th", "lo", "my", "km"})
"""Languages that put no mark at the end of a sentence: the engine alone decides."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A candidate with what lies around it, at most 80 characters either way."""

    left: str
    """What stands before the mark, from the start of the sentence if that is near (``whole``)."""
    whole: bool
    ends: str
    closers: str
    right: str
    lang: str


def starts(paragraph: str, lang: str) -> list[int]:
    """Offsets at which the sentences of ``paragraph`` begin, the first of them 0.

    ``paragraph`` has no outer white space; ``lang`` is a base tag.
    """
    text = _masked(paragraph, lang)
    engine = Engine(text, lang)
    found = [0]
    if lang in _BY_ENGINE:
        after = (_skip(text, end) for end in engine.ends())
        return sorted({*found, *(at for at in after if at < len(text))})
    inside = _inside_brackets(text)
    for match in _CANDIDATE.finditer(text):
        at = match.end()
        if at >= len(text):
            break
        if inside and _last_end(match) in inside:
            continue
        verdict = _verdict(match, text, found[-1], lang)
        if verdict is None:
            verdict = engine.ends_within(match.start(), at)
        if verdict:
            found.append(at)
    return found


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _masked(paragraph: str, lang: str) -> str:
    """The paragraph, same length, in which nothing is left that only looks like punctuation.

    Addresses lose their punctuation (but for what stands at their end), wrapped lines are joined, and
    characters no engine expects (NUL, lone surrogates) become U+FFFC.
    """
    text = _BREAK.sub(" ", _ODD.sub("\ufffc", paragraph))
    if "//" in text or "@" in text or "www." in text.lower():
        text = _ADDRESS.sub(_mask_address, text)
    if lang == "el":
        text = text.replace(";", "?").replace("\u037e", "?")
    return text


def _mask_address(match: re.Match[str]) -> str:
    address = match[0]
    kept = address.rstrip(".,;:!?…)]'’")
    return "\ufffc" * len(kept) + address[len(kept) :]


def _inside_brackets(text: str) -> set[int]:
    """The marks inside brackets that open in mid-sentence: nothing ends there.

    Only brackets short enough to be an aside count, and only closed ones.
    """
    inside: set[int] = set()
    stack: list[tuple[str, int, list[int]]] = []
    for match in _BRACKET_OR_END.finditer(text):
        mark, at = match[0], match.start()
        if mark in _BRACKETS:
            stack.append((_BRACKETS[mark], at, []))
        elif mark in _ENDS:
            if stack:
                stack[-1][2].append(at)
        elif stack and stack[-1][0] == mark:
            _, opened, marks = stack.pop()
            before = text[max(0, opened - 3) : opened].rstrip()
            if at - opened > _BRACKET_SPAN:
                continue
            if before and before[-1] not in _ENDS:
                inside.update(marks)
            elif stack:
                stack[-1][2].extend(marks)
    return inside


def _last_end(match: re.Match[str]) -> int:
    """Offset of the last mark in a candidate: in "(really!)." the one behind the bracket."""
    end = match.end("closers") if match["ends"] else match.end("wide") if match["wide"] else match.start() + 1
    text = match.string
    while end > match.start() + 1 and text[end - 1] not in _ENDS:
        end -= 1
    return end - 1


def _verdict(match: re.Match[str], text: str, begin: int, lang: str) -> bool | None:
    """True: a new sentence begins behind the candidate; False: it does not; None: ask the engine."""
    low = max(begin, match.start() - _LEFT_WINDOW)
    place = _Place(
        text[low : match.start()],
        low == begin,
        match["ends"] or match["wide"] or "",
        match["closers"] or match["wide_closers"] or "",
        text[match.end() : match.end() + _LEFT_WINDOW],
        lang,
    )
    first = place.right[0]
    if first in _NO_BEGINNING and not (first == "»" and lang in ("de", "da")):
        return False
    if place.whole and not place.left.strip("\"'«»„“”‘’([{—–-.…! \u00a0\u202f"):
        return False
    if match["wide"]:
        return _after_wide_mark(place)
    opening = _OPENING.match(place.right)
    inner = place.right[opening.end() if opening else 0 :]
    if match["smile"]:
        return inner[:1].isupper()
    if inner[:1].islower() and not "ა" <= inner[0] <= "ჿ" and not inner[1:2].isupper():
        return False
    if first in "—–―-" and any(mark in _QUOTES for mark in place.closers):
        return False  # "…!" — said somebody
    if _said(place):
        return False
    if place.ends.strip() in ("…", "..", "...", "....") and not place.closers and inner[:1].isdigit():
        return None
    if place.ends != "." or place.closers:
        return True
    return _after_stop(place, inner)


def _after_wide_mark(place: _Place) -> bool:
    """After 。！？ and their kin no blank is needed; quoted speech goes on with who said it."""
    if _said(place):
        return False
    if place.ends == "．":
        return not (place.left[-1:].isdigit() and place.right[0].isdigit())
    return True


def _said(place: _Place) -> bool:
    """True when the candidate closes quoted speech and what follows says whose it was."""
    said = _SAID.get("zh" if place.lang in ("yue", "wuu") else place.lang)
    return said is not None and bool(place.closers) and said.match(place.right) is not None


def _after_stop(place: _Place, inner: str) -> bool | None:
    """The hard case, a full stop and a blank: abbreviation, initial, number, or the end?"""
    left, lang = place.left, place.lang
    word_match = _WORD.search(left)
    if word_match is None:
        # Vowel signs are no word characters: there the engine knows better.
        return None if unicodedata.category(left[-1:] or " ").startswith("M") else True
    word = word_match[0]
    if place.whole and _MARKER.fullmatch(left.strip(" *_#•—–-")):
        return False
    head = inner[:1]
    right_match = _RIGHT_WORD.match(inner)
    right = right_match[0] if right_match else ""
    starter = words.starts_sentence(right, lang)
    spelled = _SPELLED.search(left)
    folded = "".join((spelled[0] if spelled else word).casefold().split())
    capital = len(word) == 1 and word.isupper()
    acronym = len(word) > 1 and word.isupper() and folded != "mm"
    if words.is_leader(folded, lang) and not capital and not (acronym and starter):
        return False
    if head.isdigit() and (words.is_numeric(folded, lang) or _HOUR.search(left)):
        return False
    if right and inner.startswith(right + ".") and words.is_trailer(f"{folded}.{right.casefold()}", lang):
        return False  # the first half of "n. Chr.", "a. C."
    if words.is_trailer(folded, lang) and not capital:
        return _after_trailer(place, folded, head, right, starter)
    if word.isdigit() or (_ROMAN.match(word) and lang in words.ORDINAL_DOT):
        return _after_number(place, word, head, starter)
    if _DEGREES.search(left):
        return True
    if head.isupper() and _after_counted(place):
        return True
    initials = _INITIALS.search(left)
    if initials is not None and (initials[2].istitle() or initials[2].isupper()):
        return _after_initials(initials, inner, starter)
    if len(word) == 1 and not word.isascii() and not word.isupper() and not word.islower():
        return False  # "د. أحمد": a single letter of a script without capitals
    if not head.isupper():
        return None
    if starter or any(character.isdigit() for character in word):
        return True
    if len(word) >= 4 and word.isalpha() and word.islower():
        return True
    return True if acronym and not spelled else None


def _after_trailer(place: _Place, folded: str, head: str, right: str, starter: bool) -> bool | None:
    if len(folded) == 1 and not _COUNTED.search(place.left):
        return False  # "г. Москва", "м. Львів": of a town, not of a year or a length
    if not head.isupper():
        return None if head.isdigit() else True
    if starter:
        return True
    if place.whole and _YEAR_PHRASE.fullmatch(place.left):
        return False
    if folded in ("долл", "дол") and right.isupper():
        return False  # "долл. США"
    if "." in folded and place.left[-1:].isupper():
        return False  # "U.S. President"
    return folded not in _BEFORE_NAMES


def _after_number(place: _Place, word: str, head: str, starter: bool) -> bool | None:
    if head.isdigit():
        return None
    if place.lang not in words.ORDINAL_DOT or not head.isupper() or starter:
        return True
    # "am 3. Mai" goes on; "Nr. 4." and "2010." end.
    counted = _COUNTS.search(place.left)
    return (len(word) > 2 and word.isdigit()) or (
        counted is not None
        and (counted[1] in _COUNTABLE or words.is_numeric(counted[1].casefold(), place.lang))
    )


def _after_counted(place: _Place) -> bool:
    """ "siglo X. Desde", but not the heading "Chapter I. The Beginning" at the start of a line."""
    counted = _COUNTED_ROMAN.search(place.left)
    if counted is None or not words.is_counted(counted[1].casefold(), place.lang):
        return False
    return not place.whole or bool(place.left[: counted.start()].strip())


def _after_initials(initials: re.Match[str], inner: str, starter: bool) -> bool | None:
    """ "J.-P. Martin", "В. Путин", but "plan B. Then it": what follows decides."""
    if (len(initials[2]) == 2 and not initials[1]) or not inner[:1].isupper():
        return None
    if not starter:
        return False
    # "B. Le Maire", "A. The Times": what begins with a capital and goes on with one is a name.
    following = inner.split(None, 2)
    return len(following) < 2 or not following[1][:1].isupper() or following[0] == "I"
