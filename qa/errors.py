"""The one exception tree of Relecture.

::

    QAError                    anything a user can be told about in one line
    ├── UsageError             options or arguments that cannot be combined or are unknown
    │   └── UnknownNameError   a name that is in no registry (lists the valid ones)
    ├── InputError             a file or text that cannot be used
    │   ├── FormatError        not the format it claims to be, or a part of it is missing
    │   ├── EncodingError      bytes that are no text in any encoding we trust
    │   └── LimitError         larger than we accept (file, line, archive, text)
    ├── DuplicateNameError     a plug-in claims a name that is taken (a programming error)
    ├── ModelError             weights that are missing, damaged or of another kind
    ├── StoreError             the database cannot be opened, migrated or written
    │   ├── NotFoundError      no such project, document, segment, flag or person
    │   │   └── WithdrawnError a document that is taken out of its project; says by whom and since when
    │   └── ConflictError      somebody else changed the record first; carries both texts
    └── ReviewError            an action the workflow does not allow
        ├── TransitionError    not from this state
        └── PermissionDenied   not in this role, or not by this person

Every message says what is wrong, where, and what to do about it. The command line prints it as one
line and exits with ``exit_code``; the interface shows it as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = [
    "ConflictError",
    "DuplicateNameError",
    "EncodingError",
    "FormatError",
    "InputError",
    "LimitError",
    "ModelError",
    "NotFoundError",
    "PermissionDenied",
    "QAError",
    "ReviewError",
    "StoreError",
    "TransitionError",
    "UnknownNameError",
    "UsageError",
    "WithdrawnError",
]


class QAError(Exception):
    """Base of everything a user can be told about in one line."""

    exit_code = 2


class UsageError(QAError):
    """Options or arguments that cannot be combined or are unknown."""


class UnknownNameError(UsageError):
    """A name that is in no registry.

    >>> str(UnknownNameError("check", "nubmers", ["numbers", "quotes"]))
    "unknown check 'nubmers'; known: numbers, quotes"
    """

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind, self.name, self.known = kind, name, sorted(known)
        super().__init__(f"unknown {kind} {name!r}; known: {', '.join(self.known) or 'none'}")


class InputError(QAError):
    """A file or text that cannot be used."""


class FormatError(InputError):
    """Not the format it claims to be, or a part of it is missing."""


class EncodingError(InputError):
    """Bytes that are no text in any encoding we trust."""


class LimitError(InputError):
    """Larger than we accept."""


class DuplicateNameError(QAError):
    """A plug-in claims a name that is taken."""


class ModelError(QAError):
    """Weights that are missing, damaged or of another kind."""


class StoreError(QAError):
    """The database cannot be opened, migrated or written."""


class NotFoundError(StoreError):
    """No such project, document, segment, flag or person."""


class WithdrawnError(NotFoundError):
    """A document that is taken out of its project, or something of it."""

    def __init__(self, document_id: int, message: str) -> None:
        self.document_id = document_id
        super().__init__(message)


class ConflictError(StoreError):
    """Somebody else changed the record first.

    ``yours`` is the text that could not be saved, ``theirs`` the text that stands, ``version`` the
    version that stands: enough for an interface to show both and let the person choose.
    """

    def __init__(self, message: str, *, yours: str = "", theirs: str = "", version: int = 0) -> None:
        self.yours, self.theirs, self.version = yours, theirs, version
        super().__init__(message)


class ReviewError(QAError):
    """An action the workflow does not allow."""


class TransitionError(ReviewError):
    """Not from this state."""


class PermissionDenied(ReviewError):
    """Not in this role, or not by this person."""
