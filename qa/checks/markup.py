"""Tags, entities and light Markdown: what must come through a translation untouched."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from qa.checks.base import Context, SegmentCheck
from qa.model import Edit, Flag, Segment, Severity

__all__ = [
    "VOID",
    "EntitiesCheck",
    "MarkdownCheck",
    "TagsCheck",
    "edge_fix",
    "signature",
    "tags_of",
    "unmatched",
    "without_tags",
]

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w:.-]*)(?P<rest>(?:\s[^<>]*)?)(?P<empty>/?)>")
_ATTRIBUTE = re.compile(r"([\w:.-]{1,64})\s{0,9}=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
# Attributes that hold text for people and may be translated.
_TEXT_ATTRIBUTES = frozenset(
    {"title", "alt", "label", "placeholder", "aria-label", "lang", "xml:lang", "xml-lang", "dir"}
)
VOID = frozenset(
    "br hr img input meta link wbr col area base source x ph bx ex bpt ept it sc ec p li td tr".split()
)
"""Elements that hold nothing, and those whose end may be left out."""


def signature(match: re.Match[str]) -> str:
    """A tag without the attribute values that may be translated, and without its white space."""
    rest = match["rest"].rstrip("/ ")
    pairs = sorted(
        f"{name.lower()}={next(value for value in values if value or value is values[-1])}"
        for name, *values in _ATTRIBUTE.findall(rest)
        if name.lower() not in _TEXT_ATTRIBUTES
    )
    empty = "/" if match["empty"] or match["rest"].rstrip().endswith("/") else ""
    return " ".join([match["close"] + match["name"], *pairs]) + empty


# A name in angle brackets that is one of these is a tag even where it is the whole text.
_ELEMENTS = frozenset(
    "div span html body head title table tbody thead code pre sub sup strong small mark form label select"
    " option button script style video audio object section article header footer nav main aside ins del var"
    " kbd font".split()
)


def tags_of(text: str) -> list[re.Match[str]]:
    """The tags of ``text``; «<<word>>» is none."""
    return [
        match
        for match in _TAG.finditer(text)
        if not (text[match.start() - 1 : match.start()] == "<" and text[match.end() : match.end() + 1] == ">")
    ]


def without_tags(text: str) -> str:
    """``text`` with a space for each tag."""
    return _TAG.sub(" ", text) if "<" in text else text


def _is_word(text: str, found: Sequence[re.Match[str]]) -> bool:
    """The text is one word in angle brackets, such as «<None>», that a translator translates."""
    if len(found) != 1 or found[0].group() != text.strip() or found[0]["rest"] or found[0]["close"]:
        return False
    name = found[0]["name"].lower()
    return len(name) > 2 and name.isalpha() and name not in VOID and name not in _ELEMENTS


class TagsCheck(SegmentCheck):
    """XML and HTML tags: missing, extra, changed, badly nested.

    ## What it flags
    A tag of the source that the translation lacks, a tag it adds, a changed attribute (other than
    those that hold text, such as ``title`` and ``alt``), and tags that open and close in the wrong order
    when the source nests them well. Without a source: nesting alone. ``<`` as a sign (``a < b``, ``<3``),
    ``<<word>>`` and a text that is one word in angle brackets (``<None>``) are no tags.

    ## Why it matters
    One lost tag breaks the page, or the whole file's import.

    ## Example
    ``Click <b>here</b>`` → ``Cliquez <b>ici<b>``

    ## Fix
    When one tag is missing and one is extra, the one replaces the other; a missing tag at the very
    start or end of the source is put back there.
    """

    id = "tags"
    category = "design-and-markup/markup-tag"
    severity = Severity.MAJOR
    needs_source = False
    precision = 0.95
    messages = {
        "missing": "tag {tag} of the source is missing",
        "extra": "tag {tag} is not in the source",
        "nesting": "tag {tag} is not properly nested",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source, text = segment.source, segment.target
        if "<" not in text and "<" not in source:
            return
        found = tags_of(text)
        if context.target_only or not source:
            yield from self._nesting(segment, found)
            return
        wanted = tags_of(source)
        if _is_word(source, wanted) and _is_word(text, found):
            return
        missing, extra = unmatched(wanted, found, list(map(signature, wanted)), list(map(signature, found)))
        if len(missing) == 1 and len(extra) == 1:
            one, other = missing[0], extra[0]
            edit = Edit(other.start(), other.end(), one.group())
            yield self.flag(segment, other.start(), other.end(), "extra", fix=[edit], tag=other.group())
            return
        for match in extra:
            edit = Edit(match.start(), match.end(), "")
            yield self.flag(segment, match.start(), match.end(), "extra", fix=[edit], tag=match.group())
        for match in missing:
            yield self.flag(
                segment, match.start(), match.end(), "missing", side="source",
                fix=edge_fix(source, text, match.start(), match.end()), tag=match.group(),
            )  # fmt: skip
        if not missing and not extra and not _badly_nested(wanted):
            yield from self._nesting(segment, found)

    def _nesting(self, segment: Segment, found: Sequence[re.Match[str]]) -> Iterable[Flag]:
        for match in _badly_nested(found):
            yield self.flag(segment, match.start(), match.end(), "nesting", tag=match.group())


def _badly_nested(found: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    stack: list[re.Match[str]] = []
    bad: list[re.Match[str]] = []
    for match in found:
        name = match["name"].lower()
        if match["empty"] or match["rest"].endswith("/") or (name in VOID and not match["close"]):
            continue
        if not match["close"]:
            stack.append(match)
        elif stack and stack[-1]["name"].lower() == name:
            stack.pop()
        elif name not in VOID:
            bad.append(match)
    return bad + stack


def edge_fix(source: str, target: str, start: int, end: int) -> list[Edit]:
    """Edits that put what stands at the very start or end of the source back into the target."""
    if start == 0:
        space = " " if source[end : end + 1] == " " and not target[:1].isspace() else ""
        return [Edit(0, 0, source[:end] + space)]
    if end == len(source):
        space = " " if source[start - 1] == " " and not target[-1:].isspace() else ""
        return [Edit(len(target), len(target), space + source[start:])]
    return []


_BROKEN = re.compile(r"(?<![&\w#])(?:amp|lt|gt|quot|apos|nbsp);")
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#x[0-9A-Fa-f]{1,6});")


class EntitiesCheck(SegmentCheck):
    """Escaped characters (``&amp;``, ``&#39;``) in a translation of unescaped text.

    ## What it flags
    A character reference in the translation while the source has none, and one that lost its ``&`` while the
    source has some.

    ## Why it matters
    The reader sees the code instead of the character.

    ## Example
    ``l&#39;accord`` for ``the agreement``

    ## Fix
    The character itself.
    """

    id = "entities"
    category = "design-and-markup/markup-tag"
    severity = Severity.MINOR
    needs_source = False
    precision = 0.9
    messages = {
        "escaped": "“{found}” is an escaped “{wanted}”",
        "broken": "“{found}” should be “{wanted}”",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target
        if _ENTITY.search(segment.source):
            for match in _BROKEN.finditer(text):
                at = match.start()
                yield self.flag(
                    segment, at, match.end(), "broken",
                    fix=[Edit(at, at, "&")], found=match.group(), wanted="&" + match.group(),
                )  # fmt: skip
            return
        if "&" not in text:
            return
        if context.target_only and _TAG.search(text):
            return
        for match in _ENTITY.finditer(text):
            wanted = html.unescape(match.group())
            if wanted == match.group() or not (wanted.isprintable() or wanted == "\u00a0"):
                continue
            yield self.flag(
                segment, match.start(), match.end(), "escaped",
                fix=[Edit(match.start(), match.end(), wanted)], found=match.group(), wanted=wanted,
            )  # fmt: skip


def unmatched(
    wanted: Sequence[re.Match[str]],
    found: Sequence[re.Match[str]],
    wanted_keys: Sequence[str] | None = None,
    found_keys: Sequence[str] | None = None,
) -> tuple[list[re.Match[str]], list[re.Match[str]]]:
    """Matches only the source has and matches only the target has, counting repetitions; of a match that the
    target has too often, the last ones. The keys say what is compared (default: the texts of the matches)."""
    wanted_keys = wanted_keys if wanted_keys is not None else [match.group() for match in wanted]
    found_keys = found_keys if found_keys is not None else [match.group() for match in found]
    surplus = Counter(found_keys)
    missing = []
    for match, key in zip(wanted, wanted_keys, strict=True):
        if surplus[key]:
            surplus[key] -= 1
        else:
            missing.append(match)
    extra = []
    for match, key in zip(reversed(found), reversed(found_keys), strict=True):
        if surplus[key]:
            surplus[key] -= 1
            extra.append(match)
    return missing, extra[::-1]


_MARKDOWN = {
    "link": re.compile(r"!?\[[^\[\]\n]{1,300}\]\([^()\s]{1,500}\)"),
    "bold": re.compile(r"\*\*(?=\S)[^*\n]+?(?<=\S)\*\*|__(?=\S)[^_\n]+?(?<=\S)__"),
    "strike": re.compile(r"~~(?=\S)[^~\n]+?(?<=\S)~~"),
    "code": re.compile(r"`[^`\n]{1,300}`"),
}
_MARKS = {"link": ("](",), "bold": ("**", "__"), "strike": ("~~",), "code": ("`",)}
_GOAL = re.compile(r"(?<=\]\()[^()\s]+")
_REFERENCE = re.compile(r"(?<=\w\]\[)[^\[\]\n]{1,100}(?=\])")


class MarkdownCheck(SegmentCheck):
    """Light Markdown: links, bold, code.

    ## What it flags
    A different number of ``[links](…)``, ``**bold**`` or ``~~struck~~`` runs or ```code``` spans on the two
    sides; a code span whose content changed; a link or reference (``[text][plan]``) that leads elsewhere (a
    web address is the business of ``addresses``).

    ## Why it matters
    Lost marks change the layout; translated code does not run.

    ## Example
    ``Run `make test` `` → ``Lancez `faire test` ``

    ## Fix
    The code or the goal of the source, when a single one differs.
    """

    id = "markdown"
    category = "design-and-markup/markup-tag"
    severity = Severity.MINOR
    precision = 0.85
    messages = {
        "count": "the source has {wanted} Markdown {kind} mark(s), the translation {found}",
        "code": "the code span {found} is {wanted} in the source",
        "link": "the link leads to {found}, in the source to {wanted}",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source, text = segment.source, segment.target
        for kind, pattern in _MARKDOWN.items():
            if not any(mark in source for mark in _MARKS[kind]):
                continue
            wanted, found = list(pattern.finditer(source)), list(pattern.finditer(text))
            if not wanted:
                continue
            if len(wanted) != len(found):
                spot = found[-1] if len(found) > len(wanted) else None
                first = spot or wanted[0]
                yield self.flag(
                    segment, first.start(), first.end(), "count", side="target" if spot else "source",
                    kind=kind, wanted=str(len(wanted)), found=str(len(found)),
                )  # fmt: skip
            elif kind == "code":
                yield from self._changed("code", segment, wanted, found)
            elif kind == "link":
                goals = (
                    [goal for goal in _GOAL.finditer(side) if "://" not in goal.group()]
                    for side in (source, text)
                )
                yield from self._changed("link", segment, *goals)
        if "][" in source:
            references = [list(_REFERENCE.finditer(side)) for side in (source, text)]
            if len(references[0]) == len(references[1]):
                yield from self._changed("link", segment, *references)

    def _changed(
        self, key: str, segment: Segment, wanted: Sequence[re.Match[str]], found: Sequence[re.Match[str]]
    ) -> Iterable[Flag]:
        missing, extra = unmatched(wanted, found)
        fixable = len(missing) == len(extra) == 1
        for one, other in zip(missing, extra, strict=False):
            edit = Edit(other.start(), other.end(), one.group())
            yield self.flag(
                segment, other.start(), other.end(), key, fix=[edit] if fixable else (),
                found=other.group(), wanted=one.group(),
            )  # fmt: skip
