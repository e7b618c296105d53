"""What a LanguageTool server of the user's own finds."""

from __future__ import annotations

import http.client
import json
import logging
import os
import time
import urllib.error
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from qa import lang, web
from qa.checks.base import Context, DocumentCheck
from qa.model import Edit, Flag, Segment, Severity

__all__ = ["LanguageToolCheck"]

log = logging.getLogger(__name__)

TIMEOUT = 30.0
"""Seconds that one request may take in all."""
MAX_REPLY = 8 * 2**20
"""Bytes of one answer."""
MAX_TEXT = 20_000
"""Code points of one request; also what the project's public server takes."""
_REST = 60.0
"""Seconds for which a server that failed is left alone: not every save shall wait for it."""
_MAX_MESSAGE, _MAX_REPLACEMENT = 300, 200
_BETWEEN = "\n\n"
_DISABLED = (
    "WHITESPACE_RULE", "CONSECUTIVE_SPACES", "SENTENCE_WHITESPACE", "COMMA_PARENTHESIS_WHITESPACE",
    "WHITESPACE_PARAGRAPH", "WHITESPACE_PARAGRAPH_BEGIN", "WHITESPACE_PUNCTUATION", "EMPTY_LINE",
    "FRENCH_WHITESPACE", "FRENCH_WHITESPACE_STRICT", "WORD_REPEAT_BEGINNING_RULE",
    "PARAGRAPH_REPEAT_BEGINNING_RULE",
)  # fmt: skip
"""White space is the business of other checks, and segments are no paragraphs."""
_REGIONS = {"en": "US GB AU CA NZ ZA", "de": "DE AT CH", "pt": "PT BR AO MZ"}
"""Languages whose spelling the server checks only when it knows the region."""
_KINDS = {
    "misspelling": "linguistic-conventions/spelling",
    "grammar": "linguistic-conventions/grammar",
    "typographical": "linguistic-conventions/punctuation",
    "style": "style/awkward",
    "register": "style/awkward",
    "TYPOS": "linguistic-conventions/spelling",
    "PUNCTUATION": "linguistic-conventions/punctuation",
    "TYPOGRAPHY": "linguistic-conventions/punctuation",
    "STYLE": "style/awkward",
    "REDUNDANCY": "style/awkward",
}
"""MQM categories of the types of issues, and of the categories of rules that have no type."""
_SPELLING, _GRAMMAR, _STYLE = _KINDS["misspelling"], _KINDS["grammar"], _KINDS["style"]

_resting: dict[str, float] = {}
"""Server → the time until which it is left alone."""


class _Refused(Exception):
    """Why a server gave nothing; the text completes a warning."""


class _Match(NamedTuple):
    """One finding; ``start`` and ``length`` in UTF-16 units of the text that was sent."""

    start: int
    length: int
    message: str
    replacements: tuple[str, ...]
    category: str


class LanguageToolCheck(DocumentCheck):
    """What a LanguageTool server of your own finds.

    ## What it flags
    Whatever the rules of the LanguageTool server find in the translation: grammar, spelling, punctuation,
    style. It runs only when ``RELECTURE_LANGUAGETOOL`` holds the address of a server, such as
    ``http://localhost:8081``. The translations are then sent to that server, past any proxy, and nowhere
    else; without the setting nothing is sent. White space is left to other checks; capitalised words and
    words of the source are not taken for misspellings, segments of more than 20,000 characters are left
    out. A server that cannot be reached is one warning.

    ## Why it matters
    LanguageTool knows thousands of rules of grammar for some thirty languages.

    ## Example
    ``Les enfant jouent`` (meant: *Les enfants jouent*)

    ## Fix
    The server's first suggestion, where it has one alone or the matter is spelling or grammar.
    """

    id = "languagetool"
    category = "linguistic-conventions/grammar"
    severity = Severity.MINOR
    needs_source = False
    precision = 0.7
    messages = {"found": "LanguageTool: {text}"}

    def check_document(self, context: Context) -> Iterable[tuple[int, Flag]]:
        server = os.environ.get("RELECTURE_LANGUAGETOOL", "").strip().rstrip("/")
        if not server or _resting.get(server, 0.0) > time.monotonic():
            return
        language = _code(context.target_lang)
        try:
            for batch in _batches(context.segments):
                text = _BETWEEN.join(segment.target for segment in batch)
                yield from self._flags(batch, text, _asked(server, text, language))
        except _Refused as refused:
            _resting[server] = time.monotonic() + _REST
            log.warning("LanguageTool: %s", refused)

    def _flags(
        self, batch: Sequence[Segment], text: str, matches: Iterable[_Match]
    ) -> Iterator[tuple[int, Flag]]:
        units = [0, *accumulate(2 if character > "\uffff" else 1 for character in text)]
        starts = [0, *accumulate(len(segment.target) + len(_BETWEEN) for segment in batch)]
        for match in matches:
            start, end = (bisect_left(units, at) for at in (match.start, match.start + match.length))
            if end >= len(units) or start >= end:
                continue
            at = bisect_right(starts, start) - 1
            segment, begin = batch[at], starts[at]
            if end - begin > len(segment.target):
                continue  # the server saw two segments as one text
            found = text[start:end]
            spelling = match.category == _SPELLING
            if spelling and (found[:1].isupper() or found.casefold() in segment.source.casefold()):
                continue  # names
            fixable = len(match.replacements) == 1 or (
                match.replacements and match.category in (_SPELLING, _GRAMMAR)
            )
            fix = [Edit(start - begin, end - begin, match.replacements[0])] if fixable else []
            severity = Severity.NEUTRAL if match.category == _STYLE else None
            yield segment.id, self.flag(
                segment, start - begin, end - begin, "found", fix=fix,
                category=match.category, severity=severity, text=match.message,
            )  # fmt: skip


def _code(tag: str) -> str:
    """The server's name for the language ``tag``."""
    base = lang.base(tag)
    if base not in _REGIONS:
        return base
    import langcodes

    region = langcodes.get(lang.normalise(tag)).territory or ""
    return f"{base}-{region if region in _REGIONS[base].split() else _REGIONS[base][:2]}"


def _batches(segments: Iterable[Segment]) -> Iterator[list[Segment]]:
    """Segments that fit into one request together; one that is too long by itself is left out."""
    batch: list[Segment] = []
    size = 0
    for segment in segments:
        length = len(segment.target) + len(_BETWEEN)
        if not segment.target.strip() or length > MAX_TEXT:
            continue
        if size + length > MAX_TEXT:
            yield batch
            batch, size = [], 0
        batch.append(segment)
        size += length
    if batch:
        yield batch


def _asked(server: str, text: str, language: str) -> list[_Match]:
    """The findings of ``server`` in ``text``. Raises _Refused."""
    try:
        parts = urlsplit(server)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.username is None
        where = parts.hostname if parts.port is None else f"{parts.hostname}:{parts.port}"
    except ValueError:
        usable = where = None
    if not usable:
        raise _Refused(
            "RELECTURE_LANGUAGETOOL is no http or https address; set it to one such as http://localhost:8081"
        )
    form = {"language": language, "text": text, "disabledRules": ",".join(_DISABLED)}
    try:
        reply = web.post(
            f"{server}/v2/check", urlencode(form, errors="replace").encode("ascii"),
            {"Accept": "application/json"}, timeout=TIMEOUT, most=MAX_REPLY, proxies=False,
        )  # fmt: skip
    except urllib.error.HTTPError as error:
        with error:
            if error.code == 400:
                raise _Refused(
                    f"the server at {where} refuses texts in {language!r} (status 400); it may not have this "
                    "language: install it there, or unset RELECTURE_LANGUAGETOOL"
                ) from None
            raise _Refused(
                f"the server at {where} answers with status {error.code}; look at its log"
            ) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = _line(str(getattr(error, "reason", None) or error))
        raise _Refused(
            f"cannot use the server at {where} ({reason or type(error).__name__}); start it, correct "
            "RELECTURE_LANGUAGETOOL or unset it"
        ) from None
    try:
        matches = json.loads(reply)["matches"]
        if not isinstance(matches, list):
            raise TypeError
    except (ValueError, LookupError, TypeError, RecursionError):
        raise _Refused(
            f"the server at {where} sent no list of matches; is RELECTURE_LANGUAGETOOL a LanguageTool server?"
        ) from None
    return [match for item in matches if (match := _match(item)) is not None]


def _line(text: str) -> str:
    """``text``, which a server wrote, as one short line that prints."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[:_MAX_MESSAGE]


def _match(item: object) -> _Match | None:
    """``item`` of the answer, where it is what the interface promises; None where not."""
    if not isinstance(item, dict):
        return None
    start, length, message = (item.get(key) for key in ("offset", "length", "message"))
    if type(start) is not int or type(length) is not int or start < 0 or length < 1:
        return None
    if not isinstance(message, str) or not _line(message):
        return None
    rule = item.get("rule")
    rule = rule if isinstance(rule, dict) else {}
    group = rule.get("category")
    kinds = (rule.get("issueType"), group.get("id") if isinstance(group, dict) else None)
    category = next((_KINDS[kind] for kind in kinds if isinstance(kind, str) and kind in _KINDS), _GRAMMAR)
    offered = item.get("replacements")
    values = (
        [one.get("value") for one in offered if isinstance(one, dict)] if isinstance(offered, list) else []
    )
    return _Match(
        start,
        length,
        _line(message),
        tuple(
            value
            for value in values[:20]
            if isinstance(value, str) and len(value) <= _MAX_REPLACEMENT and value.isprintable()
        ),
        category,
    )
