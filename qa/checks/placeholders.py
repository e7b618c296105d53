"""Placeholders: what a program puts into the text later."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html.entities import html5

from qa.checks.base import Context, SegmentCheck
from qa.checks.markup import edge_fix, unmatched
from qa.model import Edit, Flag, Segment, Severity

__all__ = ["PlaceholdersCheck"]

_PLACEHOLDER = re.compile(
    r"""
    (?=[%{$\[#@&<])  # most places are passed over at once
    (?: (?P<escaped>%%)
    | (?P<double>\{\{[^{}]{1,80}\}\}|\[\[[^\[\]]{1,80}\]\])
    | (?P<shell>\$\{[^{}]{1,80}\}|\$\(\^?[\w.]{1,80}\)|\$t\([^()\n]{1,80}\)
        |\$\[\w[\w.]{0,80}\]|\#\{[^{}]{1,80}\})
    | (?P<erb><%[=-]?.{1,80}?%>)
    | (?P<python>%\([\w.\s-]{1,80}\)[-+0]{0,3}\d{0,4}(?:\.\d{1,4})?[diouxXeEfFgGcrsa])
    | (?P<printf>%(?:\d{1,2}\$)?[-+0\#']{0,4}(?:\d{1,4}|\*)?(?:\.(?:\d{1,4}|\*))?
        (?:hh|h|ll|l|j|z|t|L|q)?[diouxXeEfFgGaAcCsSpn@](?![^\W_]))
    | (?P<spaced>(?<=\s)(?<!\d\s)%\ [diouxXeEfFgGcs](?=\w))
    | (?P<ruby>%[-+0\#]{0,4}\d{0,4}(?:\.\d{1,4})?<\w{1,60}>[diouxXeEfFgGcsa]?)
    | (?P<percent>(?<![\w%])%(?:[A-Za-z][\w.]{1,40}|\d{1,2})%(?![\w%])|(?<![\w%])%[1-9](?![\w%.,]))
    | (?P<dollar>(?<![\w$])\$(?:[A-Za-z_]\w{1,40}\$(?!\w)|(?=\w*[a-z_])_?[A-Za-z]\w{2,40}))
    | (?P<fenced>(?<![\w\#&])\#[A-Za-z]\w{1,40}\#(?!\w)|(?<![\w@.])@[A-Za-z_]\w{1,40}@(?!\w))
    | (?P<word>(?<![\w%])(?<!\d[ \u00a0\u202f])%[A-Za-z_]\w{2,40}(?![\w%]))
    | (?P<linked>(?<![\w@])@(?:\.\w{1,20})?:(?:\([\w.]{1,80}\)|[A-Za-z_][\w.]{0,80}\w))
    | (?P<entity>(?<!\w)&[A-Za-z][\w.-]{1,60};)
    | (?P<brace>\{(?:\d{1,3}|[A-Za-z_][\w.\[\]-]{0,60})?(?:![rsa])?(?::[^{}\s]{0,20})?\})
    )""",
    re.VERBOSE,
)
_ICU = re.compile(r"\{\s*([\w-]+)\s*,\s*(plural|select|selectordinal|number|date|time|choice)\b")


def _may_hold(text: str) -> bool:
    """Whether a character stands in ``text`` with which a placeholder begins; most texts have none."""
    return (
        "%" in text or "{" in text or "$" in text or "&" in text or "[" in text or "#" in text or "@" in text
    )


def _placeholders(text: str) -> list[re.Match[str]]:
    found = []
    for match in _PLACEHOLDER.finditer(text):
        numbered = "$" in match.group()
        if match.lastgroup == "printf" and text[match.start() - 1 : match.start()].isdigit() and not numbered:
            continue  # «100%d’accord» holds no placeholder
        if match.lastgroup == "entity" and match.group()[1:] in html5:
            continue  # a character, not a name
        found.append(match)
    # «% s» is a percent sign and a word, unless the text is surely one for printf.
    sure = any(match.lastgroup in ("printf", "python") for match in found)
    return found if sure else [match for match in found if match.lastgroup != "spaced"]


class PlaceholdersCheck(SegmentCheck):
    """Placeholders: printf, Python, braces, ICU, shell, templates.

    ## What it flags
    ``%s``, ``%1$d``, ``%(name)s``, ``{0}``, ``{name}``, ``{{name}}``, ``${name}``, ``$name``, ``%NAME%``,
    ``%NAME``, ``%<name>s``, ``@NAME@``, ``@:name``, ``$t(name)``, ``&name;``, ``<%= x %>`` and the arguments
    of ICU messages which the translation lacks, adds or changes, and an escaped ``%%`` that has become a
    plain percent sign (or the reverse). Their order is free except for unnumbered printf arguments of
    different kinds; a translation may number what the source does not. Without a source nothing is flagged.

    ## Why it matters
    The program crashes, or shows ``{nom}`` to the user.

    ## Example
    ``Hello {name}`` → ``Bonjour {nom}``

    ## Fix
    When one placeholder is missing and one is extra, the one replaces the other. ``{имя}`` is taken for one.
    """

    id = "placeholders"
    category = "design-and-markup/markup-tag"
    severity = Severity.MAJOR
    precision = 0.95
    messages = {
        "missing": "placeholder {name} of the source is missing",
        "extra": "placeholder {name} is not in the source",
        "order": "unnumbered placeholders {name} stand in another order than in the source ({wanted})",
        "argument": "ICU argument {name} of the source is missing or of another type",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source, text = segment.source, segment.target
        if not (_may_hold(source) or _may_hold(text)):
            return
        yield from self._icu(segment)
        wanted, found = _placeholders(source), _placeholders(text)
        if not wanted and not found:
            return
        missing, extra = _unmatched(source, wanted, text, found)
        if _ICU.search(source):
            # Plural branches may repeat or drop what they count.
            names = {match.group() for match in found}
            sources = {match.group() for match in wanted}
            missing = [match for match in missing if match.group() not in names]
            extra = [match for match in extra if match.group() not in sources]
        if len(missing) == 1 and not extra and not _ICU.search(source):
            extra = _renamed(missing[0], source, wanted, text, found)
        if len(missing) == 1 and len(extra) == 1:
            edit = Edit(extra[0].start(), extra[0].end(), missing[0].group())
            yield self.flag(
                segment, extra[0].start(), extra[0].end(), "extra", fix=[edit], name=extra[0].group()
            )
            return
        for match in extra:
            yield self.flag(segment, match.start(), match.end(), "extra", name=match.group())
        for match in missing:
            yield self.flag(
                segment, match.start(), match.end(), "missing", side="source",
                fix=edge_fix(source, text, match.start(), match.end()), name=match.group(),
            )  # fmt: skip
        if not missing and not extra and not (_numbered(wanted) or _numbered(found)):
            yield from self._order(segment, wanted, found)

    def _order(
        self, segment: Segment, wanted: Sequence[re.Match[str]], found: Sequence[re.Match[str]]
    ) -> Iterable[Flag]:
        before = [match.group() for match in _printf(wanted)]
        unnumbered = _printf(found)
        after = [match.group() for match in unnumbered]
        if before != after and sorted(before) == sorted(after):
            yield self.flag(
                segment, unnumbered[0].start(), unnumbered[-1].end(), "order",
                name=" ".join(after), wanted=" ".join(before),
            )  # fmt: skip

    def _icu(self, segment: Segment) -> Iterable[Flag]:
        if "{" not in segment.source:
            return
        present = set(_ICU.findall(segment.target))
        for match in _ICU.finditer(segment.source):
            if match.groups() not in present:
                yield self.flag(
                    segment, match.start(), match.end(), "argument", side="source", name=match.group(1)
                )


def _printf(found: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    return [match for match in found if match.lastgroup == "printf"]


def _numbered(found: Sequence[re.Match[str]]) -> bool:
    """Whether printf arguments are given by their number: ``%2$s``."""
    return any("$" in match.group() for match in _printf(found))


def _keys(found: Sequence[re.Match[str]], numbered: bool) -> list[str]:
    """What has to be equal on both sides; ``numbered``: printf arguments get the numbers they stand for."""
    place = 0
    keys = []
    for match in found:
        key = match.group()
        if match.lastgroup == "printf":
            key = key.replace("'", "")  # how the locale groups digits
            if numbered and "$" not in key:
                place += 1
                key = f"%{place}${key[1:]}"
        elif match.lastgroup in ("double", "shell"):
            key = "".join(key.split())
        keys.append(key)
    return keys


def _unmatched(
    source: str, wanted: Sequence[re.Match[str]], text: str, found: Sequence[re.Match[str]]
) -> tuple[list[re.Match[str]], list[re.Match[str]]]:
    """Placeholders only the source has and placeholders only the target has, counting repetitions."""
    numbered = _numbered(wanted) != _numbered(found)
    missing, extra = unmatched(wanted, found, _keys(wanted, numbered), _keys(found, numbered))
    for match in [match for match in extra if match.group() in _SILENT]:
        argument = next((other for other in missing if other.lastgroup == "printf"), None)
        if argument:
            missing.remove(argument)
            extra.remove(match)
    before, after = _signs(source, wanted), _signs(text, found)
    return (
        [match for match in missing if not _hidden(match, source, text, unescaped=after > before)],
        [match for match in extra if not _hidden(match, text, source, unescaped=before > after)],
    )


_LIKE = {
    "brace": re.compile(r"\{[^{}\n]{1,60}\}"),
    "percent": re.compile(r"(?<![\w%])%\w[\w.]{1,40}%(?![\w%])"),
}
"""Kinds of placeholder whose name a translator may have put into another alphabet: «{имя}»."""


def _renamed(
    missing: re.Match[str],
    source: str,
    wanted: Sequence[re.Match[str]],
    text: str,
    found: Sequence[re.Match[str]],
) -> list[re.Match[str]]:
    """What stands in ``text`` for ``missing`` under a name no program has: the only such group."""
    like = _LIKE.get(missing.lastgroup or "")
    if like is None or _outside(like, source, wanted):
        return []
    groups = _outside(like, text, found)
    return groups if len(groups) == 1 else []


def _outside(pattern: re.Pattern[str], text: str, found: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """The groups of ``text`` that overlap none of the placeholders ``found``."""
    return [
        match
        for match in pattern.finditer(text)
        if not any(one.start() < match.end() and match.start() < one.end() for one in found)
    ]


_SILENT = frozenset({"%.0s", "%.0d", "%.0f"})
"""How a plural form takes an argument without printing it: «%.0s»."""


def _signs(text: str, found: Sequence[re.Match[str]]) -> int:
    """Percent signs of ``text`` outside its placeholders."""
    return text.count("%") - sum(match.group().count("%") for match in found)


_CONVERSIONS = "diouxXeEfFgGaAcCsSp"


def _hidden(match: re.Match[str], text: str, other: str, *, unescaped: bool) -> bool:
    """What the other side only writes in another way.

    An escaped percent sign may become a word, not a plain sign (``unescaped``). A printf argument may be
    glued to a word on one side: %dMB.
    """
    if match.lastgroup == "escaped":
        return not unescaped
    key = match.group()
    if match.lastgroup == "word" and key[1] in _CONVERSIONS:
        key = key[:2]
    elif match.lastgroup != "printf":
        return False
    return other.count(key) >= text.count(key)
