"""Spaces: doubled, at the edges, before and after punctuation, and the French ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from qa import lang
from qa.checks.base import Context, DocumentCheck, SegmentCheck
from qa.model import Edit, Flag, Segment, Severity

__all__ = [
    "DoubledSpaceCheck",
    "EdgeSpaceCheck",
    "FrenchSpacingCheck",
    "MissingSpaceCheck",
    "SpaceBeforePunctuationCheck",
]

_BLANKS = r"[^\S\r\n\t\v\f]"
_SPACES = re.compile(rf"(?<=\S){_BLANKS}{{2,}}(?=\S)")
_OTHER_BLANKS = frozenset(char for char in map(chr, range(0x80, 0x3001)) if re.fullmatch(_BLANKS, char))


def _doubled(text: str) -> list[re.Match[str]]:
    """Runs of spaces between two characters that are none."""
    if "  " not in text and _OTHER_BLANKS.isdisjoint(text):
        return []  # nearly all texts, told faster than by a pattern
    return list(_SPACES.finditer(text))


class DoubledSpaceCheck(SegmentCheck):
    """Two or more spaces in a row.

    ## What it flags
    Runs of two or more spaces (plain or no-break) inside the text. A source with such runs of its
    own (aligned columns, two spaces after a stop) excuses the translation; tabs and line breaks are layout.

    ## Why it matters
    It shows in print and breaks translation-memory matches.

    ## Example
    ``le traité  signé``

    ## Fix
    One space; the no-break one where the run had one.
    """

    id = "doubled-space"
    category = "linguistic-conventions/spacing"
    severity = Severity.MINOR
    needs_source = False
    precision = 0.95
    messages = {"doubled": "{count} spaces in a row"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target
        found = _doubled(text)
        if not found or _doubled(segment.source):
            return
        for match in found:
            kept = next((char for char in "\u202f\u00a0" if char in match.group()), " ")
            yield self.flag(
                segment, match.start(), match.end(), "doubled",
                fix=[Edit(match.start(), match.end(), kept)], count=str(len(match.group())),
            )  # fmt: skip


class EdgeSpaceCheck(SegmentCheck):
    """White space at the start or end that the source does not have, or has and the translation lost.

    ## What it flags
    Pairs of a bilingual file whose two sides begin or end with different white space. Only where the
    pair is given as such: the splitter's sentences have no outer space.

    ## Why it matters
    Software strings are glued together: a lost space joins two words, an added one shifts the layout.

    ## Example
    ``"Name: "`` → ``"Nom :"``

    ## Fix
    The white space of the source.
    """

    id = "edge-space"
    category = "linguistic-conventions/spacing"
    severity = Severity.MINOR
    precision = 0.9
    messages = {
        "start": "the translation does not start with the white space of the source",
        "end": "the translation does not end with the white space of the source",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source, text = segment.source, segment.target
        if not (source[0].isspace() or source[-1].isspace() or text[0].isspace() or text[-1].isspace()):
            return
        unspaced = lang.is_unspaced(context.target_lang)
        lead, source_lead = _lead(text), _lead(source)
        if text[:lead] != source[:source_lead] and not (unspaced and not lead):
            yield self.flag(segment, 0, lead, "start", fix=[Edit(0, lead, source[:source_lead])])
        tail, source_tail = len(text.rstrip()), len(source.rstrip())
        if text[tail:] != source[source_tail:] and not (unspaced and tail == len(text)):
            yield self.flag(
                segment, tail, len(text), "end", fix=[Edit(tail, len(text), source[source_tail:])]
            )


def _lead(text: str) -> int:
    return len(text) - len(text.lstrip())


# A space before one of these is wrong in every language; before ; : ! ? only outside French.
_BEFORE = re.compile(
    r"(?:(?<=\w)|(?<=[»”)\]])(?=[^\S\r\n]+,))[^\S\r\n]+(?P<mark>,(?!\d)|\.(?=\s|$|[\"'”»)])|[)\]](?!\w)|[，。、；：！？])"
)
_BEFORE_HIGH = re.compile(r"(?<=\w)[^\S\r\n]+(?P<mark>[;:!?])(?=\s|$)")
_SPACED_HIGH = frozenset({"fr", "br", "oc", "hy"})


class SpaceBeforePunctuationCheck(SegmentCheck):
    """A space before a mark that takes none.

    ## What it flags
    A space before a comma, full stop or closing bracket in any language, and before ``; : ! ?``
    except in French and its like. A source written that way (tokenised text) excuses it.

    ## Why it matters
    The mark may wrap to the next line; the text looks like the raw output of a machine.

    ## Example
    ``Le traité , signé en 1987``

    ## Fix
    Removes the space.
    """

    id = "space-before-punctuation"
    category = "linguistic-conventions/spacing"
    severity = Severity.MINOR
    needs_source = False
    precision = 0.95
    messages = {"before": "space before “{mark}”"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target
        patterns = [_BEFORE]
        if lang.base(context.target_lang) not in _SPACED_HIGH:
            patterns.append(_BEFORE_HIGH)
        found = [match for pattern in patterns for match in pattern.finditer(text)]
        if not found:
            return
        if segment.source and any(
            match["mark"] in ",.;:!?" for pattern in patterns for match in pattern.finditer(segment.source)
        ):
            return
        for match in found:
            if match["mark"] in ")]" and "(" not in text and "[" not in text:
                continue
            yield self.flag(
                segment, match.start(), match.end(), "before",
                fix=[Edit(match.start(), match.start("mark"), "")], mark=match["mark"],
            )  # fmt: skip


_WORD = re.compile(r"(?:(?!\]\()\S)+")  # the text of a Markdown link is no part of its address
_CODE_LIKE = re.compile(r"://|www\.|[@\\_#]|\w\.\w+/|:[\w.+-]+:`|&#?\w+;")
_AFTER = re.compile(
    r"(?<=[^\W\d_]{2})(?P<mark>,)(?=[^\W\d_]{2})|(?<=[^\W\d_]{2})(?P<high>[;:!?])(?=[^\W\d_]{2})"
    r"|(?<=[^\W\d_A-ZÀ-ÖØ-ÞА-Я]{3})(?P<stop>\.)(?=[A-ZÀ-ÖØ-ÞА-Я][^\W\d_A-ZÀ-ÖØ-ÞА-Я]+)"
)


# A dash with a space on one side only; Spanish and its neighbours write an aside so: «—dijo él—».
_DASH = re.compile(
    r"(?<=[^\W\d_]|[»”\"“)!?…,])(?P<tight>[—–])(?= [^\W\d_]{2})"
    r"|(?<=[\w»”\"“),] )(?P<late>[—–])(?=[^\W\d_]{2})"
)
_RAYA = frozenset({"an", "ast", "ca", "es", "eu", "gl"})


class MissingSpaceCheck(SegmentCheck):
    """No space after a comma, stop or colon, or on one side of a dash.

    ## What it flags
    ``word,word``, ``word;word`` and ``end.Start`` between letters; a dash with a space on one side only
    (``«…»— сказал``), except in Spanish and its neighbours, whose asides are written so. Addresses, file
    names, languages without spaces, and a source that does the same are left alone.

    ## Why it matters
    Two words run together; spelling checkers and search miss both.

    ## Example
    ``le traité,signé en 1987``

    ## Fix
    Adds the space.
    """

    id = "missing-space"
    category = "linguistic-conventions/spacing"
    severity = Severity.MINOR
    needs_source = False
    precision = 0.9
    messages = {"after": "no space after “{mark}”", "before": "no space before “{mark}”"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target
        language = lang.base(context.target_lang)
        if lang.is_unspaced(context.target_lang):
            return
        yield from self._dashes(segment, language)
        found = list(_AFTER.finditer(text))
        if not found:
            return
        sources = {match.group() for match in _AFTER.finditer(segment.source)}
        protected = _code_like(text)
        for match in found:
            mark, at = match.group(), match.start()
            if mark in sources or any(start <= at < end for start, end in protected):
                continue
            if mark == ":" and language in {"fi", "sv", "he"}:
                continue  # case endings and abbreviations are joined by a colon: «EU:n», «S:t»
            if mark == "." and _domain(text, match.end()):
                continue
            if not (text[at - 1].isascii() and text[at + 1].isascii()) and _unspaced_script(text, at):
                continue
            yield self.flag(segment, at, at + 1, "after", fix=[Edit(at + 1, at + 1, " ")], mark=mark)

    def _dashes(self, segment: Segment, language: str) -> Iterable[Flag]:
        text = segment.target
        if language in _RAYA or ("—" not in text and "–" not in text) or _DASH.search(segment.source):
            return
        for match in _DASH.finditer(text):
            at = match.start()
            place, key = (at, "before") if match["tight"] else (match.end(), "after")
            yield self.flag(segment, at, at + 1, key, fix=[Edit(place, place, " ")], mark=match.group())


def _code_like(text: str) -> list[tuple[int, int]]:
    """Ranges of addresses, paths, handles and identifiers, whose punctuation is their own."""
    if not _CODE_LIKE.search(text):
        return []
    return [match.span() for match in _WORD.finditer(text) if _CODE_LIKE.search(match.group())]


_EXTENSIONS = frozenset("com org net js py ai io ru fr de uk info gov edu".split())


def _domain(text: str, start: int) -> bool:
    """What follows the stop is the rest of a name such as Node.JS, Booking.Com or System.Out."""
    rest = re.match(r"\w+", text[start:])
    return rest is not None and rest.group().lower() in _EXTENSIONS


def _unspaced_script(text: str, at: int) -> bool:
    around = text[at - 1] + text[at + 1]
    return any("\u2e80" <= char <= "\u9fff" or "\u0e00" <= char <= "\u0eff" for char in around)


_HIGH = re.compile(
    r"(?P<left>[^\W_]|[)\]»”\"’…%€$])(?P<space>[ \u00a0\u202f\u2009]?)(?P<mark>[;:!?»%])(?![\w/\\)»])"
)
_OPENING = re.compile(r"(?P<mark>«)(?P<space>[ \u00a0\u202f\u2009]?)(?P<right>[^\W_]|[(\[“\"])")


class FrenchSpacingCheck(DocumentCheck):
    """French spaces before ``; : ! ? » %`` and after ``«``.

    ## What it flags
    A missing space, or a plain one where the document otherwise uses no-break spaces. The document's
    own habit decides: when it uses plain spaces throughout, or none at all, that is said once, at the
    first place, and not at every mark. Both U+00A0 and the narrow U+202F are accepted. Canadian
    French puts no space before ``; ! ?`` and Swiss French narrow ones; times, addresses and
    placeholders are left alone.

    ## Why it matters
    With a plain space the mark can wrap alone to the next line; without any the text looks foreign.

    ## Example
    ``Pourquoi? « Parce que»``

    ## Fix
    The no-break space the document uses.
    """

    id = "french-spacing"
    category = "locale-conventions/other"
    severity = Severity.NEUTRAL
    needs_source = False
    languages = frozenset({"fr"})
    precision = 0.9
    messages = {
        "none": "no space {where} “{mark}”; French sets a no-break space there",
        "plain": "plain space {where} “{mark}”; the rest of this text uses no-break spaces",
        "plain-once": "plain space {where} “{mark}”; a no-break one keeps the two together",
        "habit-none": "no space {where} “{mark}” throughout this text; French sets a no-break space there",
        "habit-plain": "plain spaces {where} “{mark}” throughout this text; no-break ones keep them together",
    }  # fmt: skip

    def check_document(self, context: Context) -> Iterable[tuple[int, Flag]]:
        canadian = context.target_lang.endswith("-CA")
        places = [
            (segment, *place)
            for segment in context.segments
            for place in _french_places(segment.target, canadian=canadian)
        ]
        habits = Counter(kind for _, _, _, _, kind in places)
        if not habits:
            return
        narrow = any("\u202f" in segment.target for segment in context.segments)
        space = "\u202f" if narrow and habits["narrow"] >= habits["wide"] else "\u00a0"
        good = habits["narrow"] + habits["wide"]
        for key in ("none", "plain"):
            # A deviation is worth a flag of its own only where the text clearly has the other habit.
            deviating = [place for place in places if place[4] == key]
            if not deviating:
                continue
            known = good if key == "plain" else good + habits["plain"]
            if 3 * len(deviating) > known:
                segment, start, end, mark, _ = deviating[0]
                once = "plain-once" if key == "plain" else key
                name = f"habit-{key}" if len(deviating) > 1 else once
                yield segment.id, self._flagged(segment, start, end, mark, name, space)
                continue
            for segment, start, end, mark, _ in deviating:
                yield segment.id, self._flagged(segment, start, end, mark, key, space)

    def _flagged(self, segment: Segment, start: int, end: int, mark: str, key: str, space: str) -> Flag:
        opening = mark == "«"
        edit = Edit(start + 1, end, space) if opening else Edit(start, end - 1, space)
        severity = Severity.MINOR if key == "none" else None
        where = "after" if opening else "before"
        return self.flag(segment, start, end, key, severity=severity, fix=[edit], mark=mark, where=where)


def _french_places(text: str, *, canadian: bool) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, mark, kind) of every place where French wants a space; kind is none, plain, wide, narrow.

    The range holds the mark and the space as they stand.
    """
    if not any(mark in text for mark in ";:!?»%«"):
        return
    protected = _code_like(text)
    for match in _HIGH.finditer(text):
        mark, at = match["mark"], match.start("mark")
        if any(start <= at < end for start, end in protected) or (canadian and mark in ";!?"):
            continue
        if mark == "%" and not match["left"].isdigit():
            continue
        if mark == "»" and _lone_closing(text, at):
            continue
        yield match.start("space"), match.end("mark"), mark, _space_kind(match["space"])
    for match in _OPENING.finditer(text):
        if match.start() and text[match.start() - 1].isalnum():
            continue  # a closing mark that points the wrong way; another check's business
        yield match.start("mark"), match.end("space"), "«", _space_kind(match["space"])


def _lone_closing(text: str, at: int) -> bool:
    first = text.rfind("«", 0, at) < 0 and text.rfind("»", 0, at) < 0
    return first and text[at + 1 : at + 2].isalnum()


def _space_kind(space: str) -> str:
    if not space:
        return "none"
    if space == " ":
        return "plain"
    return "wide" if space == "\u00a0" else "narrow"
