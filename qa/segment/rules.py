"""Where sentences begin inside a paragraph.

Every mark that may end a sentence is a *candidate*. Our rules decide the clear ones in either
direction; what they leave open (short unknown words before a full stop, scripts without capitals) is
asked of the engine underneath. A candidate lies behind the closing quotation marks and brackets that
belong to the sentence, so these never begin the next one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from qa.segment import abbreviations as words
from qa.segment.engines import boundaries

__all__ = ["starts"]

_DOTS = ".．｡"
_UNSPACED_ENDS = "。！？｡．‼⁇⁈⁉"
_DANDAS = "।॥۔؟։፧።᙮᠃។៕။"
_ENDS = ".!?…‥" + _UNSPACED_ENDS + _DANDAS
_CLOSERS = "\"'”’»«“‘)\\]}」』）】》〉›‹＂＇］｝〕〗"
_WIDE_CLOSERS = "”’」』）】》〉］｝〕〗＂＇"
_CANDIDATE = re.compile(
    rf"""(?P<ends>[{_ENDS}]+(?:[ \u00a0\u202f]?[!?])*)
    (?P<closers>(?:[{_CLOSERS}]|[ \u00a0\u202f\u2009](?:»|›)(?=\s|[,.;:!?…)\]])|(?<=[{_CLOSERS}])[{_ENDS}])*)
    (?P<gap>\s+)(?=\S)
    |(?P<wide>[{_UNSPACED_ENDS}{_DANDAS}…]*[{_UNSPACED_ENDS}{_DANDAS}])(?P<wide_closers>[{_WIDE_CLOSERS}]*)(?=\S)""",
    re.VERBOSE,
)
_ADDRESS = re.compile(
    r"(?:(?:https?|ftp)://|www\.|mailto:)[^\s<>«»“”„\"]{1,2000}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,6}",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_](?:[\w.\-’'°º№]*\w)?$|№$")
_LEFT_WINDOW = 80
_BRACKETS = {"(": ")", "[": "]", "（": "）", "［": "］", "【": "】"}
_BRACKET_SPAN = 400
_OPENING = re.compile(r"[\s«»„“”\"'‘’‚‹›(\[{¿¡—–―\-*_#@•「『（【《〈\u200b-\u200f\u2066-\u2069\ufeff]*")
_INITIALS = re.compile(r"(?:(?<=\s)|(?<=[«„“\"'(—–-])|^)((?:[^\W\d_]{1,2}\.[\s\-‐]?)*)([^\W\d_]{1,2})$")
_SPELLED = re.compile(r"(?:(?<![\w.])[^\W\d_]{1,3}\.\s?){1,3}[^\W\d_]{1,4}$")
_MARKER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[^\W\d_]|[IVXLC]{1,6})\)?$")
_ROMAN = re.compile(r"[IVXLCDM]+$")
_YEAR_PHRASE = re.compile(
    r"\D{0,16}\d{1,4}(?:\s?[-–—]\s?\d{1,4})?\s*г{1,2}$|\D{0,16}\d{1,4}(?:\s?[-–—]\s?\d{1,4})?\s*р{1,2}$"
)
_RIGHT_WORD = re.compile(r"[^\W\d_]+(?:[’'](?=[^\W\d_]))?")
_HOUR = re.compile(r"\d\s?(?:h|min|ч|год|Uhr)$", re.IGNORECASE)
_SAID_JA = ("と", "って", "という", "など", "なん")
_SAID_ZH = re.compile(
    r"[^\s，。！？；：“”「」]{0,6}?[说說道問问喊叫答曰稱称嚷]|[^\s，。！？；：“”「」]{0,5}(?:表示|写道|寫道|指出|强调|強調)"
)


@dataclass(frozen=True, slots=True)
class _Place:
    """A candidate with what lies around it; ``left`` begins at the sentence's start at the earliest."""

    left: str
    ends: str
    closers: str
    right: str
    spaced: bool
    at_start: bool
    """``left`` reaches back to the start of the sentence."""


def starts(paragraph: str, lang: str) -> list[int]:
    """Offsets at which the sentences of ``paragraph`` begin, the first of them 0."""
    text = _masked(paragraph)
    if lang == "el":
        text = text.replace(";", "?").replace("\u037e", "?")
    candidates = list(_CANDIDATE.finditer(text))
    found = [0]
    if lang in _BY_ENGINE:
        return found + [
            at for at in (_skip(text, end) for end in boundaries(text, lang)) if 0 < at < len(text)
        ]
    if not candidates:
        return found
    open_until = _open_brackets(text)
    engine: list[int] | None = None
    for match in candidates:
        at = match.end()
        ends_at = match.start()
        if at >= len(text) or open_until.get(ends_at, 0) > at:
            continue
        spaced = match["ends"] is not None
        low = max(found[-1], ends_at - _LEFT_WINDOW)
        place = _Place(
            text[low:ends_at],
            match["ends"] or match["wide"],
            match["closers"] or match["wide_closers"] or "",
            text[at : at + _LEFT_WINDOW],
            spaced,
            low == found[-1],
        )
        verdict = _decide(place, lang)
        if verdict is None:
            if engine is None:
                engine = boundaries(text, lang)
            i = bisect_right(engine, ends_at)
            verdict = i < len(engine) and engine[i] <= at
        if verdict:
            found.append(at)
    return found


_BY_ENGINE = frozenset({"th", "lo", "my", "km"})
"""Languages that put no mark at the end of a sentence: the engine alone decides."""


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _masked(paragraph: str) -> str:
    """The paragraph, same length, in which nothing is left that only looks like punctuation.

    Addresses become letters (but for the punctuation at their end), wrapped lines are joined, and
    characters no engine expects (NUL, lone surrogates) become U+FFFC.
    """
    text = _ODD.sub("\ufffc", paragraph)
    text = _BREAK.sub(" ", text)
    if "//" in text or "@" in text or "www." in text.lower():
        text = _ADDRESS.sub(_mask_address, text)
    return text


_ODD = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")
_BREAK = re.compile("[\n\r\v\x1c-\x1e\x85\u2028]")


def _mask_address(match: re.Match[str]) -> str:
    address = match[0]
    kept = address.rstrip(".,;:!?…)]'’")
    return "\ufffc" * len(kept) + address[len(kept) :]


def _open_brackets(text: str) -> dict[int, int]:
    """For each mark inside a bracket that opens in mid-sentence: where that bracket closes.

    Only brackets short enough to be an aside count; an unclosed one does not.
    """
    inside: dict[int, int] = {}
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
            before = text[:opened].rstrip() if opened < 3 else text[opened - 3 : opened].rstrip()
            if before and before[-1] not in _ENDS and at - opened <= _BRACKET_SPAN:
                # The mark right before the bracket closes is still inside: nothing ends within it.
                inside.update(dict.fromkeys(marks, len(text) + 1))
            if stack:
                stack[-1][2].extend(marks)
    return inside


_BRACKET_OR_END = re.compile(rf"[()\[\]（）［］【】{_ENDS}]")


def _decide(place: _Place, lang: str) -> bool | None:
    """True: a new sentence begins; False: it does not; None: ask the engine."""
    first = place.right[0]
    if first in ",;:.!?…)]}»”%、，；：。！？」』）】》" and not (first == "»" and lang in ("de", "da")):
        return False
    if not place.spaced:
        return _unspaced(place, lang)
    body = place.left.strip("\"'«»„“”‘’([{—–- \u00a0\u202f")
    if not body and place.at_start:
        return False
    inner = place.right[_OPENING.match(place.right).end() :]  # type: ignore[union-attr]
    head = inner[:1]
    if head.islower() and not "ა" <= head <= "ჿ" and not inner[1:2].isupper():
        return False
    quoted = any(mark in place.closers for mark in "\"'”’»«“‘")
    if quoted and first in "—–―-":
        return False
    if lang == "ja" and place.closers and place.right.startswith(_SAID_JA):
        return False
    if set(place.ends) & set("!?！？؟…‥。।॥") or place.ends.strip() in ("..", "...", "....") or place.closers:
        return True
    return _after_stop(place, inner, lang)


def _unspaced(place: _Place, lang: str) -> bool:
    """After 。！？ and their kin no blank is needed; quoted speech goes on with who said it."""
    if place.closers:
        if lang == "ja" and place.right.startswith(_SAID_JA):
            return False
        if lang in ("zh", "yue", "wuu") and _SAID_ZH.match(place.right):
            return False
    if place.ends == "．" or (place.ends[-1] in "‼⁇⁈⁉" and place.right[0].isascii()):
        return not (place.left[-1:].isdigit() or place.right[0].isdigit())
    return True


def _after_stop(place: _Place, inner: str, lang: str) -> bool | None:
    """The hard case, a full stop: abbreviation, initial, number, or the end?"""
    left = place.left
    head = inner[:1]
    word_match = _WORD.search(left)
    if word_match is None:
        return True
    word = word_match[0]
    folded = word.casefold()
    right_word = _RIGHT_WORD.match(inner)
    starter = right_word is not None and words.starts_sentence(right_word[0], lang)
    if place.at_start and _MARKER.fullmatch(left.strip(" *_#•—–-")):
        return False
    spelled = _SPELLED.search(left)
    if spelled is not None:
        folded = "".join(spelled[0].casefold().split())
    if words.is_leader(folded, lang) and not (len(folded) == 1 and word.isupper()):
        return False
    if head.isdigit() and (words.is_numeric(folded, lang) or _HOUR.search(left)):
        return False
    if words.is_trailer(folded, lang):
        return _after_trailer(place, folded, head, starter, lang)
    if word[-1].isdigit() or (_ROMAN.match(word) and lang in words.ORDINAL_DOT):
        return _after_number(word, head, starter, lang)
    initials = _INITIALS.search(left)
    if initials is not None and (initials[2].istitle() or initials[2].isupper()):
        return _after_initial(initials, left, inner, starter, lang)
    if len(word) == 1 and not word.isascii() and not word.isupper() and not word.islower():
        return False  # "د. أحمد": a single letter of a script without capitals
    if not head.isupper():
        return None
    if len(word) >= 4 and word.isalpha() and (word[1:].islower()) and not word[0].isupper():
        return True
    if starter:
        return True
    return None


def _after_trailer(place: _Place, folded: str, head: str, starter: bool, lang: str) -> bool | None:
    if not head.isupper():
        return None if head.isdigit() else True
    if starter:
        return True
    if lang in ("ru", "uk", "be") and place.at_start and _YEAR_PHRASE.fullmatch(place.left):
        return False
    if lang == "ru" and folded == "г" and not re.search(r"\d[\s\u00a0]*$", place.left[:-1]):
        return False
    if "." in folded and place.left[-1:].isupper():
        return False
    if folded in ("inc", "ltd", "co", "corp", "bros", "jr", "sr", "ave", "blvd", "dept", "univ"):
        return False
    return True


def _after_number(word: str, head: str, starter: bool, lang: str) -> bool | None:
    if lang in words.ORDINAL_DOT and head.isupper():
        return starter or (len(word) > 2 and word.isdigit())
    if head.isdigit():
        return None
    return True


def _after_initial(initials: re.Match[str], left: str, inner: str, starter: bool, lang: str) -> bool | None:
    """ "J.-P. Martin", "В. Путин", but "plan B. Then it": the word behind and the one before decide."""
    if len(initials[2]) == 2 and not initials[1]:
        return None
    if not inner[:1].isupper():
        return None
    if not starter:
        return False
    following = inner.split(None, 2)
    if (
        len(following) > 1
        and following[1][:1].isupper()
        and not (len(following[0]) == 1 and following[0] != "I")
    ):
        return False
    return True
