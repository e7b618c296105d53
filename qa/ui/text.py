"""The one place where text from documents and people becomes HTML or a payload for the browser.

Nothing here trusts its input: text may hold markup, control characters, lone surrogates and
bidirectional overrides. Whatever leaves as HTML is escaped; whatever would act on its surroundings
without being seen (controls, overrides) is replaced by something visible.
"""

from __future__ import annotations

import html
import re
import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from qa import lang
from qa.errors import UsageError
from qa.model import SegmentState, Severity, WordScore

__all__ = [
    "Mark",
    "Run",
    "about",
    "bar_html",
    "clean",
    "counted",
    "diff_html",
    "direction",
    "escape",
    "marked_html",
    "notice_html",
    "plain",
    "runs",
    "text_html",
    "visible_spaces",
]

RunKind = Literal["text", "control", "space", "point"]

# Bidirectional embeddings, overrides and isolates by the names Unicode gives them; the marks LRM, RLM
# and ALM are part of honest right-to-left text and only shown where a reader asks for them.
_BIDI = {
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}
_SPECIAL = re.compile(
    "(?P<control>[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029\ufeff\u200b])"
    "|(?P<space>[\u00a0\u202f\u2007\u2009\u200a]+)"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_PUNCTUATION = re.compile(f"[{re.escape(string.punctuation)}]")
_BACKSLASHED = r"\\\g<0>"  # in Markdown, punctuation behind a backslash is nothing but itself
_HEAT = (0.2, 0.35, 0.55)


@dataclass(frozen=True, slots=True)
class Mark:
    """A flagged half-open range of code points; ``number`` is the flag's number in its segment."""

    start: int
    end: int
    number: int
    severity: Severity


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text that looks the same throughout.

    ``kind`` is ``text``, ``control`` (an invisible character made visible), ``space`` (no-break or
    thin spaces) or ``point`` (nothing: the place of an empty mark). ``heat`` is 0 (no suspicion) to 3.
    """

    text: str
    kind: RunKind = "text"
    numbers: tuple[int, ...] = ()
    severity: Severity | None = None
    heat: int = 0


def clean(text: str) -> str:
    """``text`` as something that can be encoded: lone surrogates become U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def _control_name(character: str) -> str:
    if character in _BIDI:
        return _BIDI[character]
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return {0x7F: "\u2421", 0x200B: "ZWSP", 0xFEFF: "BOM"}.get(code, f"U+{code:04X}")


def plain(text: str) -> str:
    """``text`` with control characters and overrides replaced by their names, for places that show text
    as it stands (table cells, option lists)."""
    return _SPECIAL.sub(
        lambda m: m.group() if m.group("space") else f"\u27e8{_control_name(m.group())}\u27e9", clean(text)
    )


def visible_spaces(text: str) -> str:
    """A short text with its spaces made visible, for "replace this by that"."""
    names = {
        " ": "\u2423",
        "\u00a0": "\u237d",
        "\u202f": "\u237d",
        "\u2009": "\u237d",
        "\n": "\u21b5",
        "\t": "\u21e5",
    }
    shown = plain(text)
    if shown.strip() and shown == shown.strip():
        return shown
    head, body, tail = re.match(r"(\s*)(.*?)(\s*)\Z", shown, re.DOTALL).groups()  # type: ignore[union-attr]
    return "".join(names.get(c, c) for c in head) + body + "".join(names.get(c, c) for c in tail)


def escape(text: str) -> str:
    """``text`` for HTML content or a quoted attribute: escaped, without invisible characters that act."""
    return html.escape(plain(text), quote=True)


def about(label: str, name: str) -> str:
    """A button's ``label`` and, for screen readers alone, what it is about: in a list, all buttons of one
    kind would have the same name. The style sheet hides what is emphasised in a button."""
    said = " ".join(plain(name).split())
    return f"{label} *{_PUNCTUATION.sub(_BACKSLASHED, said)}*" if said else label


def counted(number: int, one: str, many: str) -> str:
    """``1 segment``, ``1,200 segments``."""
    return f"{number:,} {one if number == 1 else many}"


def bar_html(states: Mapping[SegmentState, int], total: int, label: str) -> str:
    """How far segments are, as a bar; ``label`` says it in words."""
    order = (SegmentState.APPROVED, SegmentState.REVISED, SegmentState.IN_REVISION, SegmentState.SENT_BACK)
    parts = "".join(
        f'<span class="{state}" style="width:{100 * states.get(state, 0) / max(1, total):.1f}%"></span>'
        for state in order
    )
    return f'<div class="rl-bar" role="img" aria-label="{escape(label)}">{parts}</div>'


def direction(tag: str) -> str:
    """``ltr``, ``rtl``, or ``auto`` where the language is unknown."""
    try:
        return lang.direction(tag)
    except UsageError:
        return "auto"


def runs(text: str, marks: Iterable[Mark] = (), words: Sequence[WordScore] = ()) -> tuple[Run, ...]:
    """``text`` cut where its look changes; the runs of kind ``text`` and ``space`` and the characters behind
    ``control`` join to the whole text. Marks and words that leave the text are cut to it."""
    text = clean(text)
    size = len(text)
    spans = [m for m in marks if 0 <= m.start <= m.end and m.start <= size]
    hot = [(max(0, w.start), min(size, w.end), _level(w.bad)) for w in words if _level(w.bad)]
    cuts = {0, size}
    for start, end in [(m.start, min(m.end, size)) for m in spans] + [(a, b) for a, b, _ in hot]:
        cuts.update((start, end))
    specials = {m.start(): m for m in _SPECIAL.finditer(text)}
    for found in specials.values():
        cuts.update((found.start(), found.end()))
    points: dict[int, list[Mark]] = {}
    for mark in spans:
        if mark.start == min(mark.end, size):
            points.setdefault(mark.start, []).append(mark)
    out: list[Run] = []
    edges = sorted(cuts)
    space_until = -1
    for at, until in zip(edges, [*edges[1:], size], strict=True):
        if at in points:
            out.append(Run("", "point", tuple(m.number for m in points[at]), _worst(points[at])))
        if at == until:
            continue
        piece = text[at:until]
        special = specials.get(at)
        kind: RunKind = "text"
        if special is not None and special.group("control"):
            kind, piece = "control", _control_name(piece)
        elif special is not None or at < space_until:
            kind = "space"
            if special is not None:
                space_until = special.end()
        over = [m for m in spans if m.start <= at < min(m.end, size)]
        heat = max((level for start, end, level in hot if start <= at < end), default=0)
        out.append(Run(piece, kind, tuple(m.number for m in over), _worst(over), heat))
    return tuple(out)


def _worst(marks: Sequence[Mark]) -> Severity | None:
    return max((m.severity for m in marks), key=lambda s: s.rank, default=None)


def _level(bad: float) -> int:
    return sum(bad >= bound for bound in _HEAT)


def marked_html(text: str, tag: str, marks: Iterable[Mark] = ()) -> str:
    """``text`` as one ``<p>`` with its marks underlined and numbered."""
    parts: list[str] = []
    cut = runs(text, marks)
    for run, later in zip(cut, [*cut[1:], Run("")], strict=False):
        body = html.escape(run.text, quote=True)
        if run.kind == "control":
            body = f'<span class="rl-control">{body}</span>'
        if run.numbers:
            # A mark may be cut by a space that is shown: its number stands where it ends.
            ending = ",".join(str(number) for number in run.numbers if number not in later.numbers)
            number = f"<sup>{ending}</sup>" if ending else ""
            body = f'<mark class="rl-mark rl-{run.severity}">{body}{number}</mark>'
        parts.append(body)
    return _paragraph("".join(parts), tag)


def text_html(text: str, tag: str) -> str:
    """``text`` as one ``<p>`` in its language and direction."""
    return marked_html(text, tag)


def _paragraph(body: str, tag: str) -> str:
    return f'<p class="rl-text" lang="{escape(tag)}" dir="{direction(tag)}">{body}</p>'


def diff_html(old: str, new: str, tag: str) -> str:
    """The change from ``old`` to ``new`` as one ``<p>`` with ``<del>`` and ``<ins>``."""
    from qa.review.diff import words

    tags = {"removed": "del", "added": "ins"}
    body = "".join(
        escape(piece.text)
        if piece.kind == "same"
        else f"<{tags[piece.kind]}>{escape(piece.text)}</{tags[piece.kind]}>"
        for piece in words(clean(old), clean(new))
    )
    return _paragraph(body, tag)


def notice_html(message: str, kind: Literal["info", "good", "warning", "error"] = "info") -> str:
    """A message that may quote document text; native alerts would read it as Markdown."""
    role = "alert" if kind in ("warning", "error") else "status"
    return f'<div class="rl-notice rl-notice-{kind}" role="{role}">{escape(message)}</div>'
