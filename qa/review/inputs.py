"""What people may type into the record: names, texts, notes, cleaned and within limits."""

from __future__ import annotations

from qa.errors import LimitError, UsageError
from qa.store.text import clean

__all__ = ["MAX_NOTE", "MAX_TEXT", "address", "name", "note", "required", "text", "token_name"]

MAX_TEXT = 100_000
"""Longest text of a segment a person may save, in code points."""
MAX_NOTE = 10_000
"""Longest comment or reason, in code points."""
_MAX_NAME = 200
_MAX_ADDRESS = 150
"""Shorter than mail allows, so that a name with the address behind it is still a name."""


def name(given: str, kind: str) -> str:
    """The name of a ``kind`` of thing on one line; raises UsageError or LimitError."""
    out = " ".join(clean(given).split())
    if not out:
        raise UsageError(f"the {kind} needs a name")
    if len(out) > _MAX_NAME:
        raise LimitError(f"the name of the {kind} is longer than {_MAX_NAME} characters")
    return out


def address(given: str) -> str:
    """An e-mail address; raises UsageError or LimitError."""
    out = given.strip()
    if len(out) > _MAX_ADDRESS:
        raise LimitError(f"the e-mail address is longer than {_MAX_ADDRESS} characters")
    local, at, domain = out.partition("@")
    # Invisible characters would make two addresses look like one.
    if not (local and at and domain and "@" not in domain and out.isprintable()) or " " in out:
        raise UsageError(f"{out!r} is no e-mail address; give one like ana@example.org")
    return out


def token_name(given: str, address: str) -> tuple[str, ...]:
    """What somebody who signs in may be called, the best first: a provider does not know which names are
    taken here."""
    shown = " ".join(clean(given).split())[: _MAX_NAME - _MAX_ADDRESS - 3].strip()
    return (shown, f"{shown} ({address})", address) if shown else (address,)


def text(given: str) -> str:
    """The text of a segment; raises LimitError."""
    if len(given) > MAX_TEXT:
        raise LimitError(f"the text has {len(given):,} characters; a segment holds at most {MAX_TEXT:,}")
    return clean(given)


def note(given: str) -> str:
    """A comment or reason without outer white space, perhaps empty; raises LimitError."""
    if len(given) > MAX_NOTE:
        raise LimitError(f"the note has {len(given):,} characters; at most {MAX_NOTE:,} are kept")
    return clean(given).strip()


def required(given: str, message: str) -> str:
    """A note that must say something; raises UsageError with ``message`` when it does not."""
    out = note(given)
    if not out:
        raise UsageError(message)
    return out
