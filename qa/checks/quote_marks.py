"""The double quotation marks of a text: where each stands, and whether it opens or closes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from qa.lang import is_unspaced

__all__ = ["NBSP", "NNBSP", "Mark", "marks"]

NBSP, NNBSP = "\u00a0", "\u202f"

_MARK = re.compile('[«»“”„‟"＂]')
_FAMILY = {"«": "guillemets", "»": "guillemets", '"': "straight", "＂": "straight"}

# Languages whose guillemets point outwards. Others point inwards (Danish), both ways (German,
# Hungarian, Polish, Slovene …) or the same way twice (Finnish, Swedish): no direction is wrong there.
_OUTWARD = frozenset(
    "fr it es pt ca gl eu oc br ru uk be bg el no nb nn ar fa hy ka az tr kk ky uz tt tg lv lt sq ro".split()
)
# Languages where “ opens and ” closes. In German, Czech and their like “ closes.
_CURLY = frozenset("en fr es pt it ca gl eu nl tr ga cy mt vi id ms th hi zh ko af sw tl fil".split())


@dataclass(frozen=True, slots=True)
class Mark:
    """One double quotation mark: where it stands, what it does, and whether it is the wrong glyph."""

    at: int
    char: str
    family: str
    role: Literal["open", "close"]
    wrong: bool = False


def _attached_left(text: str, at: int) -> bool:
    """The mark follows a word or its punctuation without a space, as a closing mark does."""
    return at > 0 and (text[at - 1].isalnum() or text[at - 1] in ".!?…)]%,;:")


def _before_stop(text: str, at: int) -> bool:
    """After the mark (and spaces) comes closing punctuation or nothing: only a closing mark does so."""
    rest = text[at + 1 : at + 4].lstrip(" " + NBSP + NNBSP)
    return (not rest and at + 4 >= len(text)) or (
        rest[:1] in ",.;)…" and rest[:1] != "" and rest[:3] != "..."
    )


def _attached_right(text: str, at: int) -> bool:
    return at + 1 < len(text) and (text[at + 1].isalnum() or text[at + 1] in "([¿¡…")


def _free_left(text: str, at: int) -> bool:
    return at == 0 or text[at - 1].isspace() or text[at - 1] in "([{—–-’'/:"


def marks(text: str, language: str) -> tuple[Mark, ...]:
    """The double quotation marks of ``text`` in order, each with its role.

    A role comes from where the mark stands; the glyph decides where the place does not. ``wrong``
    says that the glyph contradicts the place in a language where the glyph has one direction.
    """
    if not _MARK.search(text):
        return ()
    return _marks(text, language)


@lru_cache(maxsize=256)
def _marks(text: str, language: str) -> tuple[Mark, ...]:
    found: list[Mark] = []
    open_guillemets = 0
    open_straight = False
    for match in _MARK.finditer(text):
        at, char = match.start(), match.group()
        family = _FAMILY.get(char, "curly")
        left, right = _attached_left(text, at), _attached_right(text, at)
        role: Literal["open", "close"]
        wrong = False
        if family == "guillemets":
            role = "open" if char == "«" else "close"
            if language in _OUTWARD:
                stop = char == "«" and not right and _before_stop(text, at)
                # The quotation may have begun in an earlier sentence; then both sides must speak for it.
                if char == "«" and not right and ((left or stop) if open_guillemets else (left and stop)):
                    role, wrong = "close", True
                elif char == "»" and right and _free_left(text, at) and not open_guillemets:
                    role, wrong = "open", True
            elif left != right:
                role = "close" if left else "open"
            open_guillemets += 1 if role == "open" else -1 if open_guillemets else 0
        elif family == "straight":
            if at and text[at - 1].isdigit() and not open_straight:
                continue  # an inch or second mark
            role = "close" if open_straight else "open"
            open_straight = not open_straight
        else:
            role = "close" if char == "”" or (char == "“" and language not in _CURLY) else "open"
            if left != right and char != "„":
                placed: Literal["open", "close"] = "close" if left else "open"
                misplaced = (
                    placed != role and (not left or _closing_place(text, at)) and not is_unspaced(language)
                )
                wrong = misplaced and language in _CURLY and (left or _free_left(text, at))
                if not is_unspaced(language):
                    role = placed
        found.append(Mark(at, char, family, role, wrong))
    return tuple(found)


def _closing_place(text: str, at: int) -> bool:
    return at + 1 >= len(text) or text[at + 1].isspace() or text[at + 1] in ",.;:!?)…"
