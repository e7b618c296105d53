"""Tags, entities, placeholders, addresses: what must come through a translation untouched."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from qa.checks.base import Context, SegmentCheck
from qa.model import Edit, Flag, Segment, Severity

__all__ = ["AddressesCheck", "EntitiesCheck", "MarkdownCheck", "PlaceholdersCheck", "TagsCheck"]

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][\w:.-]*)(?P<rest>(?:\s[^<>]*)?)(?P<empty>/?)>")
_ATTRIBUTE = re.compile(r"([\w:.-]{1,64})\s{0,9}=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
# Attributes that hold text for people and may be translated.
_TEXT_ATTRIBUTES = frozenset(
    {"title", "alt", "label", "placeholder", "aria-label", "lang", "xml:lang", "dir"}
)
_VOID = frozenset(
    "br hr img input meta link wbr col area base source x ph bx ex bpt ept it sc ec p li td tr".split()
)


def _signature(match: re.Match[str]) -> str:
    """A tag without the attribute values that may be translated, and without its white space."""
    rest = match["rest"].rstrip("/")
    pairs = sorted(
        f"{name.lower()}={next(value for value in values if value or value is values[-1])}"
        for name, *values in _ATTRIBUTE.findall(rest)
        if name.lower() not in _TEXT_ATTRIBUTES
    )
    empty = "/" if match["empty"] or rest != match["rest"] else ""
    return " ".join([match["close"] + match["name"], *pairs]) + empty


class TagsCheck(SegmentCheck):
    """XML and HTML tags: missing, extra, changed, badly nested.

    ## What it flags
    A tag of the source that the translation lacks, a tag it adds, a changed attribute (other than
    those that hold text, such as ``title`` and ``alt``), and tags that open and close in the wrong order
    when the source nests them well. Without a source: nesting alone. ``<`` as a sign (``a < b``, ``<3``)
    is no tag.

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
        found = list(_TAG.finditer(text))
        if context.target_only or not source:
            yield from self._nesting(segment, found)
            return
        wanted = list(_TAG.finditer(source))
        missing, extra = _difference(wanted, found)
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
                fix=_edge_fix(source, text, match.start(), match.end()), tag=match.group(),
            )  # fmt: skip
        if not missing and not extra and not _badly_nested(wanted):
            yield from self._nesting(segment, found)

    def _nesting(self, segment: Segment, found: Sequence[re.Match[str]]) -> Iterable[Flag]:
        for match in _badly_nested(found):
            yield self.flag(segment, match.start(), match.end(), "nesting", tag=match.group())


def _difference(
    wanted: Sequence[re.Match[str]], found: Sequence[re.Match[str]]
) -> tuple[list[re.Match[str]], list[re.Match[str]]]:
    """Tags only the source has and tags only the target has, counting repetitions."""
    surplus = Counter(map(_signature, found))
    missing = []
    for match in wanted:
        name = _signature(match)
        if surplus[name]:
            surplus[name] -= 1
        else:
            missing.append(match)
    extra = []
    for match in reversed(found):
        name = _signature(match)
        if surplus[name]:
            surplus[name] -= 1
            extra.append(match)
    return missing, extra[::-1]


def _badly_nested(found: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    stack: list[re.Match[str]] = []
    bad: list[re.Match[str]] = []
    for match in found:
        name = match["name"].lower()
        if match["empty"] or match["rest"].endswith("/") or (name in _VOID and not match["close"]):
            continue
        if not match["close"]:
            stack.append(match)
        elif stack and stack[-1]["name"].lower() == name:
            stack.pop()
        elif name not in _VOID:
            bad.append(match)
    return bad + stack


def _edge_fix(source: str, target: str, start: int, end: int) -> list[Edit]:
    """Put back what stands at the very start or end of the source."""
    if start == 0:
        return [Edit(0, 0, source[start:end])]
    if end == len(source):
        return [Edit(len(target), len(target), source[start:end])]
    return []


_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#x[0-9A-Fa-f]{1,6});")


class EntitiesCheck(SegmentCheck):
    """Escaped characters (``&amp;``, ``&#39;``) in a translation of unescaped text.

    ## What it flags
    A character reference in the translation while the source has none, and a doubly escaped one
    (``&amp;quot;``) in any case.

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
    messages = {"escaped": "“{found}” is an escaped “{wanted}”"}

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        text = segment.target
        if "&" not in text or _ENTITY.search(segment.source):
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


_PLACEHOLDER = re.compile(
    r"""
      (?P<double>\{\{[^{}]{1,80}\}\}|\[\[[^\[\]]{1,80}\]\])
    | (?P<shell>\$\{[^{}]{1,80}\}|\$\([\w.]{1,80}\)|\#\{[^{}]{1,80}\})
    | (?P<erb><%[=-]?.{1,80}?%>)
    | (?P<python>%\([\w.\s-]{1,80}\)[-+0]{0,3}\d{0,4}(?:\.\d{1,4})?[diouxXeEfFgGcrsa])
    | (?P<printf>%(?:\d{1,2}\$)?[-+0\#]{0,4}(?:\d{1,4}|\*)?(?:\.(?:\d{1,4}|\*))?
        (?:hh|h|ll|l|j|z|t|L|q)?[diouxXeEfFgGaAcspn@](?![^\W_]))
    | (?P<windows>%[A-Z][A-Z0-9_]{1,40}%|(?<![\w%])%[1-9](?![\w%.,]))
    | (?P<brace>\{(?:\d{1,3}|[A-Za-z_][\w.\[\]-]{0,60})?(?:![rsa])?(?::[^{}\s]{0,20})?\})
    """,
    re.VERBOSE,
)
_ICU = re.compile(r"\{\s*([\w-]+)\s*,\s*(plural|select|selectordinal|number|date|time|choice)\b")


def _placeholders(text: str) -> list[re.Match[str]]:
    if "%" not in text and "{" not in text and "[[" not in text and "$(" not in text:
        return []
    found = []
    for match in _PLACEHOLDER.finditer(text):
        before = text[match.start() - 1 : match.start()]
        numbered = "$" in match.group()
        if match.lastgroup == "printf" and (before == "%" or (before.isdigit() and not numbered)):
            continue  # «100%d’accord» and «%%s» hold no placeholder
        found.append(match)
    return found


class PlaceholdersCheck(SegmentCheck):
    """Placeholders: printf, Python, braces, ICU, shell, templates.

    ## What it flags
    ``%s``, ``%1$d``, ``%(name)s``, ``{0}``, ``{name}``, ``{{name}}``, ``${name}``, ``%NAME%``, ``<%= x %>``
    and the arguments of ICU messages which the translation lacks, adds or changes. Their order is free
    except for unnumbered printf arguments of different kinds. Without a source nothing is flagged.

    ## Why it matters
    The program crashes, or shows ``{nom}`` to the user.

    ## Example
    ``Hello {name}`` → ``Bonjour {nom}``

    ## Fix
    When one placeholder is missing and one is extra, the one replaces the other.
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
        yield from self._icu(segment)
        wanted, found = _placeholders(source), _placeholders(text)
        if not wanted and not found:
            return
        missing, extra = _unmatched(wanted, found)
        if _ICU.search(source):
            # Plural branches may repeat or drop what they count.
            names = {match.group() for match in found}
            sources = {match.group() for match in wanted}
            missing = [match for match in missing if match.group() not in names]
            extra = [match for match in extra if match.group() not in sources]
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
                fix=_edge_fix(source, text, match.start(), match.end()), name=match.group(),
            )  # fmt: skip
        if not missing and not extra:
            yield from self._order(segment, wanted, found)

    def _order(
        self, segment: Segment, wanted: Sequence[re.Match[str]], found: Sequence[re.Match[str]]
    ) -> Iterable[Flag]:
        before = [
            match.group() for match in wanted if match.lastgroup == "printf" and "$" not in match.group()
        ]
        unnumbered = [match for match in found if match.lastgroup == "printf" and "$" not in match.group()]
        after = [match.group() for match in unnumbered]
        if before != after:
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


def _unmatched(
    wanted: Sequence[re.Match[str]], found: Sequence[re.Match[str]]
) -> tuple[list[re.Match[str]], list[re.Match[str]]]:
    surplus = Counter(match.group() for match in found)
    missing = []
    for match in wanted:
        if surplus[match.group()]:
            surplus[match.group()] -= 1
        else:
            missing.append(match)
    extra = []
    for match in reversed(found):
        if surplus[match.group()]:
            surplus[match.group()] -= 1
            extra.append(match)
    return missing, extra[::-1]


_URL = re.compile(r"(?:https?://|ftp://|www\.)[^\s<>\"«»“”„]+", re.IGNORECASE)
_EMAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
_HANDLE = re.compile(r"(?<![\w@/.])@[A-Za-z_]\w{2,30}(?![\w.@])")


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """The range of an address without the punctuation of the sentence around it."""
    text = match.group().rstrip(".,;:!?…'’)]}，。、；：！？）】」』》")
    if text.count("(") > text.count(")") and match.group()[len(text) :].startswith(")"):
        text += ")"
    return match.start(), match.start() + len(text)


def _addresses(text: str) -> list[tuple[int, int, str]]:
    found = []
    if "://" in text or "www." in text or "WWW." in text:
        found += [(*_trimmed(match), "url") for match in _URL.finditer(text)]
    if "@" in text:
        found += [(match.start(), match.end(), "e-mail") for match in _EMAIL.finditer(text)]
        found += [(match.start(), match.end(), "handle") for match in _HANDLE.finditer(text)]
    return sorted(found)


class AddressesCheck(SegmentCheck):
    """Web addresses, e-mail addresses and handles.

    ## What it flags
    An address of the source that the translation lacks or changes, and one it adds. A change of
    language in the address (``/en/`` → ``/fr/``, ``en.wikipedia.org`` → ``fr.wikipedia.org``), of the
    protocol or of a closing slash is accepted.

    ## Why it matters
    A changed address leads nowhere, or to somebody else.

    ## Example
    ``mail to info@example.org`` → ``écrivez à info@exemple.org``

    ## Fix
    The address of the source, when one is missing and one is extra.
    """

    id = "addresses"
    category = "design-and-markup/link"
    severity = Severity.MAJOR
    precision = 0.9
    messages = {
        "missing": "{kind} {address} of the source is missing",
        "changed": "{kind} {address} is not the one of the source ({wanted})",
        "extra": "{kind} {address} is not in the source",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source, text = segment.source, segment.target
        wanted, found = _addresses(source), _addresses(text)
        if not wanted and not found:
            return
        spare = [(start, end, kind) for start, end, kind in found]
        missing = []
        for start, end, kind in wanted:
            twin = next((spot for spot in spare if _same(source[start:end], text[spot[0] : spot[1]])), None)
            if twin:
                spare.remove(twin)
            else:
                missing.append((start, end, kind))
        if len(missing) == 1 and len(spare) == 1:
            (start, end, kind), (first, last, _) = missing[0], spare[0]
            address = source[start:end]
            yield self.flag(
                segment, first, last, "changed", fix=[Edit(first, last, address)],
                kind=kind, address=text[first:last], wanted=address,
            )  # fmt: skip
            return
        for start, end, kind in missing:
            severity = Severity.MINOR if kind == "handle" else None
            yield self.flag(
                segment, start, end, "missing", side="source", severity=severity,
                kind=kind, address=source[start:end],
            )  # fmt: skip
        for start, end, kind in spare:
            severity = Severity.MINOR if kind == "handle" or not missing else None
            yield self.flag(
                segment, start, end, "extra", severity=severity, kind=kind, address=text[start:end]
            )


_LOCALE_PART = re.compile(r"(?<=[/.=])[a-z]{2}(?:[-_][A-Za-z]{2})?(?=[/.?&]|$)")


def _same(one: str, other: str) -> bool:
    return one == other or _canonical(one) == _canonical(other)


def _canonical(address: str) -> str:
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "//", address, flags=re.IGNORECASE).rstrip("/")
    head, _, tail = bare.partition("?")
    return _LOCALE_PART.sub("*", head.lower()) + ("?" + tail if tail else "")


_MARKDOWN = {
    "link": re.compile(r"!?\[[^\[\]\n]{1,300}\]\([^()\s]{1,500}\)"),
    "bold": re.compile(r"\*\*(?=\S)[^*\n]+?(?<=\S)\*\*|__(?=\S)[^_\n]+?(?<=\S)__"),
    "code": re.compile(r"`[^`\n]{1,300}`"),
}


class MarkdownCheck(SegmentCheck):
    """Light Markdown: links, bold, code.

    ## What it flags
    A different number of ``[links](…)``, ``**bold**`` runs or ```code``` spans on the two sides; a code span
    whose content changed; a link target that changed.

    ## Why it matters
    Lost marks change the layout; translated code does not run.

    ## Example
    ``Run `make test` `` → ``Lancez `faire test` ``

    ## Fix
    The code of the source, when a single span differs.
    """

    id = "markdown"
    category = "design-and-markup/markup-tag"
    severity = Severity.MINOR
    precision = 0.85
    messages = {
        "count": "the source has {wanted} Markdown {kind} mark(s), the translation {found}",
        "code": "the code span {found} is {wanted} in the source",
    }

    def check(self, segment: Segment, context: Context) -> Iterable[Flag]:
        source, text = segment.source, segment.target
        for kind, pattern in _MARKDOWN.items():
            if {"link": "](", "bold": "__", "code": "`"}[kind] not in source and "**" not in source:
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
                yield from self._code(segment, wanted, found)

    def _code(
        self, segment: Segment, wanted: Sequence[re.Match[str]], found: Sequence[re.Match[str]]
    ) -> Iterable[Flag]:
        missing, extra = _unmatched(wanted, found)
        fixable = len(missing) == len(extra) == 1
        for one, other in zip(missing, extra, strict=True):
            edit = Edit(other.start(), other.end(), one.group())
            yield self.flag(
                segment, other.start(), other.end(), "code", fix=[edit] if fixable else (),
                found=other.group(), wanted=one.group(),
            )  # fmt: skip
