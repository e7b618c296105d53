"""A sense and its renderings, and how one rendering is written down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from qa.errors import FormatError

__all__ = ["Listed", "Rendering", "Sense", "rendering"]

_GENDERS = frozenset({"m", "f", "n", "c", "mf", "v", "a"})


@dataclass(frozen=True, slots=True)
class Rendering:
    """One word (or phrase) that expresses a sense in one language.

    ``gender`` is ``m``, ``f``, ``n``, ``c``, ``v`` for a verb, ``a`` for an adjective, or "" (another word,
    or not told). A ``weak`` rendering is accepted as a translation of the sense, but too general to
    accuse or to acquit anybody: it is never flagged, never decides what a source word means, never
    proposed.
    """

    text: str
    gender: str = ""
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a pivot. ``gloss`` completes "«grève» means …"; ``cues`` are words by language
    that keep this meaning's company. A ``general`` one keeps any company: one word of the sentence is
    not enough to doubt it."""

    pivot: str
    name: str
    gloss: str
    renderings: Mapping[str, tuple[Rendering, ...]]
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    general: bool = False
    alike: bool = False
    """One of two look-alikes of different languages (``friends``): no word has both senses."""
    against: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of look-alikes: words beside which the two may well mean the same. Where ``cues`` are given as
    well, they deceive only beside these."""


def rendering(where: str, notation: str) -> Rendering:
    """The rendering that ``~frappe/f`` stands for; ``where`` opens the message of a FormatError."""
    text, slash, gender = notation.removeprefix("~").partition("/")
    if slash and gender not in _GENDERS:
        raise FormatError(f"{where}: {notation!r}: a gender is one of {', '.join(sorted(_GENDERS))}")
    if not text.strip():
        raise FormatError(f"{where}: {notation!r} names no word")
    return Rendering(text.strip(), gender, weak=notation.startswith("~"))


class Listed(Mapping[str, tuple[Rendering, ...]]):
    """Language → renderings, of which only those of the languages that are asked for are read.

    A run needs two or three of the inventory's languages, and to read all takes longer than to check a page.
    ``notations``: language → ``frappe/f, ~attaque/f``. A look-up raises FormatError, opened by ``where``,
    for a notation that is not allowed.
    """

    __slots__ = ("_notations", "_read", "_where")

    def __init__(self, where: str, notations: Mapping[str, str]) -> None:
        self._where = where
        self._notations = notations
        self._read: dict[str, tuple[Rendering, ...]] = {}

    def __getitem__(self, tag: str) -> tuple[Rendering, ...]:
        found = self._read.get(tag)
        if found is None:
            parts = [part.strip() for part in self._notations[tag].split(",")]
            found = tuple(rendering(self._where, part) for part in parts if part)
            self._read[tag] = found
        return found

    def __contains__(self, tag: object) -> bool:
        return tag in self._notations

    def __iter__(self) -> Iterator[str]:
        return iter(self._notations)

    def __len__(self) -> int:
        return len(self._notations)
