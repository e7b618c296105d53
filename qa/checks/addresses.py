"""Web addresses, e-mail addresses, handles, hashtags and file paths."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa.checks.base import Context, SegmentCheck
from qa.checks.markup import unmatched
from qa.lang import NO_ADDRESS
from qa.model import Edit, Flag, Segment, Severity

__all__ = ["AddressesCheck"]

_LETTER = f"[^\\W{NO_ADDRESS}]"
"""A letter, digit or underscore that may be part of an address: a Japanese particle behind one is not."""
_URL = re.compile(rf"(?:https?://|ftp://|www\.)[^\s<>\"«»“”„{NO_ADDRESS}]+", re.IGNORECASE)
_EMAIL = re.compile(
    rf"(?<!{_LETTER})(?<![.+-])[A-Za-z0-9](?:{_LETTER}|[.+-]){{0,63}}"
    r"@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+"
)
_PATH = re.compile(
    rf"(?<![\w/.:<~%&-])~?(?:/(?:{_LETTER}|[.+%-]){{1,80}}){{2,12}}/?(?!{_LETTER}|>)"
    rf"|(?<!\w)[A-Za-z]:\\(?:{_LETTER}|[.$-])+(?:\\(?:{_LETTER}|[.$-])+){{0,12}}"
)
_HANDLE = re.compile(rf"(?<!{_LETTER})(?<![@/.])@[A-Za-z_]{_LETTER}{{2,30}}(?!{_LETTER}|[.@])")

# No number (#1), no colour (#ff00aa), no character reference (&#39;), no heading or anchor.
_HASHTAG = re.compile(
    r"(?<![\w&#/.])#(?![0-9A-Fa-f]{3}(?:[0-9A-Fa-f]{3})?\b)(?=\w*[^\W\d_])\w{2,60}(?![\w;])"
)


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
    if "/" in text or "\\" in text:
        taken = [(start, end) for start, end, _ in found]
        found += [
            (*_trimmed(match), "path")
            for match in _PATH.finditer(text)
            if not any(start <= match.start() < end for start, end in taken)
        ]
    if "@" in text:
        found += [(match.start(), match.end(), "e-mail") for match in _EMAIL.finditer(text)]
        found += [(match.start(), match.end(), "handle") for match in _HANDLE.finditer(text)]
    return sorted(found)


class AddressesCheck(SegmentCheck):
    """Web addresses, e-mail addresses, handles, hashtags and file paths.

    ## What it flags
    An address of the source that the translation lacks or changes, and one it adds. A change of
    language in the address (``/en/`` → ``/fr/``, ``en.wikipedia.org`` → ``fr.wikipedia.org``), of the
    protocol or of a closing slash is accepted. A path has two steps at least (``/etc/hosts``, ``C:\\Temp``).
    Hashtags may be translated: they are counted.

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
        if "#" in source or "#" in text:
            yield from self._hashtags(segment)
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

    def _hashtags(self, segment: Segment) -> Iterable[Flag]:
        wanted, found = (list(_HASHTAG.finditer(side)) for side in (segment.source, segment.target))
        missing, extra = unmatched(wanted, found)
        for match in missing[len(extra) :]:
            yield self.flag(
                segment, match.start(), match.end(), "missing", side="source", severity=Severity.MINOR,
                kind="hashtag", address=match.group(),
            )  # fmt: skip
        for match in extra[len(missing) :]:
            yield self.flag(
                segment, match.start(), match.end(), "extra", severity=Severity.MINOR,
                kind="hashtag", address=match.group(),
            )  # fmt: skip


_LOCALE_PART = re.compile(r"(?<=[/.=])[a-z]{2}(?:[-_][A-Za-z]{2})?(?=[/.?&]|$)")


def _same(one: str, other: str) -> bool:
    return one == other or _canonical(one) == _canonical(other)


def _canonical(address: str) -> str:
    bare = re.sub(r"^(?:https?://)?(?:www\.)?", "//", address, flags=re.IGNORECASE).rstrip("/")
    head, _, tail = bare.partition("?")
    return _LOCALE_PART.sub("*", head.lower()) + ("?" + tail if tail else "")
