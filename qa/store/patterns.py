"""Regular expressions that people type into a search box, and what keeps them from stopping the server."""

from __future__ import annotations

import re
import time

from qa.errors import UsageError

__all__ = ["MAX_PATTERN", "SECONDS", "Pattern"]

MAX_PATTERN = 1000
"""Characters of a pattern."""
SECONDS = 2.0
"""Processor time that one search may spend on matching, over all of its texts."""

_UNNOTICED = 0.02
"""Seconds for which other threads may be kept waiting."""
_MAX_SIZE = 20_000
"""Largest size of a pattern with its fixed repeats written out, which is how it is compiled: x{99999999}
takes gigabytes."""
_COUNT = re.compile(r"\{\s*(\d+)")
_VERBOSE = re.compile(r"\(\?[a-zA-Z0-9^-]*x")
_RECURSION = re.compile(r"\(\?(?:R|[-+]?\d|&|P>)")
_ABOUT_CASE = re.compile(
    r"\\[pP]\{[^}]*(?:\bl[ult]\b|upper|lower|title)[^}]*\}|\[:\^?(?:upper|lower):\]", re.IGNORECASE
)
_NO_LETTERS = re.compile(
    r"\\(?:[pPN]\{[^}]*\}|[pP]\w|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[gkmM]<[^>]*>|.)"
    r"|\(\?P?<\w+>|\(\?P=\w+|\(\?[a-zA-Z0-9^-]+|\[:\^?\w+:\]",
    re.DOTALL,
)
_SHOWN = 20


class Pattern:
    """A regular expression as it is searched for once, with the time that this may take.

    Case counts only where the pattern has a capital letter, or speaks of case (``\\p{Lu}``); accents always
    do. Texts are searched as they are written. The syntax is that of the package ``regex``, without patterns
    that contain themselves.

    Raises UsageError, saying what is wrong and where, for a pattern that cannot be read, that is longer than
    ``MAX_PATTERN``, or that is too large once it is compiled.
    """

    def __init__(self, text: str, seconds: float = SECONDS) -> None:
        import regex

        if len(text) > MAX_PATTERN:
            raise UsageError(f"the search pattern is longer than {MAX_PATTERN:,} characters; shorten it")
        if inner := _RECURSION.search(text):
            raise _unreadable(text, "a pattern inside itself is not supported", inner.end())
        if _size(text) > _MAX_SIZE:
            raise UsageError("the search pattern repeats too much; use smaller numbers in braces")
        flags = 0 if _has_capitals(text) else regex.IGNORECASE | regex.FULLCASE
        try:
            self._search = regex.compile(text, flags).search
        except regex.error as error:
            raise _unreadable(text, error.msg, error.pos) from None
        except RecursionError:
            raise UsageError("the search pattern is nested too deeply; make it simpler") from None
        except ValueError as error:  # flags that exclude each other
            raise _unreadable(text, str(error), None) from None
        self._left = seconds

    def holds(self, *texts: str) -> bool:
        """Is there a match in one of ``texts``? Raises UsageError once all calls together took too long."""
        began = time.thread_time()
        try:
            found = any(map(self._in, texts))
        except (TimeoutError, MemoryError):
            raise _too_slow() from None
        self._left -= time.thread_time() - began
        if self._left <= 0:
            raise _too_slow()
        return found

    def _in(self, text: str) -> bool:
        try:
            # Letting other threads run costs each text its turn among them, so it is for slow ones.
            return self._search(text, timeout=_UNNOTICED, concurrent=False) is not None
        except TimeoutError:
            return self._search(text, timeout=self._left, concurrent=True) is not None


def _too_slow() -> UsageError:
    return UsageError("the search pattern takes too long; make it simpler, or search fewer segments")


def _unreadable(text: str, why: str, at: int | None) -> UsageError:
    """``at`` is how far the pattern has been read, in code points."""
    where = ""
    if at is not None:
        read = text[:at]
        where = f" at position {at + 1}" + (f", after {'…' * (at > _SHOWN)}{read[-_SHOWN:]}" if read else "")
    return UsageError(f"the search pattern cannot be read: {why}{where}")


def _has_capitals(text: str) -> bool:
    bare = _NO_LETTERS.sub("", text)
    return bare != bare.lower() or _ABOUT_CASE.search(text) is not None


def _size(text: str) -> int:
    """At least the length of ``text`` with its fixed repeats written out: those of groups may stand inside
    each other, those of single characters cannot."""
    verbose = _VERBOSE.search(text) is not None
    length, groups = len(text), 1
    for count in _COUNT.finditer(text):
        times = int(count[1])
        # In verbose patterns a comment may stand between a group and its repeat.
        if verbose or text[: count.start()].rstrip().endswith(")"):
            groups *= max(1, times)
        else:
            length += times
    return length * groups
