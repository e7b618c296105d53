"""A checked document on a terminal: what is wrong, where, how bad, and what to write instead.

Segment text is never given to Rich as markup, and controls are drawn instead of sent to the terminal.
Where there are no colours (a pipe, ``NO_COLOR``) flagged spans stand in square brackets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import isfinite

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from qa.model import CheckedDocument, CheckedSegment, Flag, Severity, Side
from qa.report.counting import count, unit
from qa.report.safe import shortened, visible, visible_space
from qa.report.spans import flags_of, pieces, proposal
from qa.report.tables import COLOURS, render_metrics, render_summary

__all__ = ["COLOURS", "render", "render_metrics", "render_summary", "summary_line"]

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BAR = 10
_LONGEST_PIECE = 600
_MOST_FLAGS = 40
_NARROW = 64


def render(checked: CheckedDocument, console: Console, *, all_segments: bool = False) -> None:
    """Print the segments of ``checked`` that have flags (``all_segments``: every one), then a summary.
    Runs of segments without flags are one line each otherwise. Notices are the caller's to print."""
    plain = console.no_color or console.color_system is None
    clean: list[CheckedSegment] = []
    for segment in checked.segments:
        if segment.flags or all_segments:
            _print_clean(clean, console)
            clean = []
            _print_segment(segment, console, plain=plain, two_sided=checked.source is not None)
        else:
            clean.append(segment)
    _print_clean(clean, console)
    console.print(Rule(style="dim", characters="─"))
    console.print(summary_line(checked))


def _print_clean(segments: Sequence[CheckedSegment], console: Console) -> None:
    if not segments:
        return
    first, last = segments[0].segment.id, segments[-1].segment.id
    numbers = f"{first}" if first == last else f"{first}–{last}"
    mean = _mean_quality(segments)
    scored = "" if mean is None else f", mean quality {mean:.0f}"
    console.print()
    noun = "segment" if len(segments) == 1 else "segments"
    console.print(Text(f"{numbers:>5}  {len(segments):,} {noun} without flags{scored}", style="dim"))


def _print_segment(item: CheckedSegment, console: Console, *, plain: bool, two_sided: bool) -> None:
    segment = item.segment
    shown = item.flags[:_MOST_FLAGS]
    numbered = len(shown) > 1
    body: list[Text] = []
    if segment.source:
        body.append(_marked(segment.source, shown, "source", plain, numbered, base="dim"))
    elif two_sided:
        body.append(Text("(nothing in the source)", style="dim italic"))
    body.append(
        _marked(segment.target, shown, "target", plain, numbered)
        if segment.target
        else Text("(nothing in the translation)", style="dim italic")
    )
    body += [
        _message(flag, segment.target, number + 1 if numbered else None) for number, flag in enumerate(shown)
    ]
    if len(item.flags) > len(shown):
        body.append(Text(f"… and {len(item.flags) - len(shown)} more flags", style="dim"))
    score = _score(item, plain) if two_sided else Text()
    console.print()
    if console.width < _NARROW:
        console.print(Text.assemble((f"{segment.id:>5}  ", "bold"), score))
        for line in body:
            console.print(Padding(line, (0, 0, 0, 2)))
        return
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(width=5, justify="right", style="bold", no_wrap=True)
    table.add_column(width=_BAR + 4, no_wrap=True)
    table.add_column(ratio=1)
    for number, line in enumerate(body):
        left = (Text(str(segment.id)), score) if number == 0 else (Text(), _interval(item, number))
        table.add_row(*left, line)
    console.print(table)


def _score(item: CheckedSegment, plain: bool) -> Text:
    if item.estimate is None or not isfinite(item.estimate.quality.value):
        return Text("no estimate", style="dim")
    value = min(100.0, max(0.0, item.estimate.quality.value))
    colour = "green" if value >= 75 else "yellow" if value >= 50 else "red"
    full = round(value / 100 * _BAR)
    filled, rest = ("#", "·") if plain else ("█", "░")
    return Text.assemble((f"{value:3.0f} ", colour), (filled * full, colour), (rest * (_BAR - full), "dim"))


def _interval(item: CheckedSegment, line: int) -> Text:
    quality = item.estimate.quality if item.estimate else None
    if line != 1 or quality is None or quality.low is None or quality.high is None:
        return Text()
    return Text(f"    {quality.low:.0f}–{quality.high:.0f}", style="dim")


def _marked(
    text: str, flags: Sequence[Flag], side: Side, plain: bool, numbered: bool, *, base: str = ""
) -> Text:
    """``text`` with the flags of ``side`` marked: underlined in colour, or in brackets when ``plain``."""
    out = Text(style=base)
    for piece in pieces(text, flags_of(flags, side, text)):
        if not piece.flags:
            out.append(visible(shortened(piece.text, _LONGEST_PIECE)))
            continue
        worst = max((flags[number].severity for number in piece.flags), key=lambda s: s.rank)
        shown = visible(shortened(piece.text, _LONGEST_PIECE)) or "‸"
        if not piece.text.strip():
            shown = visible_space(shown)
        style = f"not dim underline {COLOURS[worst]}"
        out.append(f"[{shown}]" if plain else shown, style)
        if numbered and piece.ends:
            marks = " ".join(str(number + 1) for number in piece.ends).translate(_SUPERSCRIPTS)
            out.append(marks, f"not dim {COLOURS[worst]}")
    return out


def _message(flag: Flag, target: str, number: int | None) -> Text:
    colour = COLOURS[flag.severity]
    mark = "●" if number is None else str(number).translate(_SUPERSCRIPTS)
    out = Text.assemble((f"{mark} {flag.severity.value} ", colour), (flag.check, "bold"), "  ")
    change = proposal(target, flag)
    if change is not None:
        old, new = (visible(shortened(text.strip(), 80)) for text in change)
        # Guillemets around guillemets would be unreadable; there the colours and the arrow must do.
        quote = str if set("«»") & set(old + new) else "«{}»".format
        out.append(quote(old) if old else "(nothing)", "strike red" if old else "dim")
        out.append(" → ")
        out.append(quote(new) if new else "(nothing)", "green" if new else "dim")
        out.append("  ")
    out.append(visible(shortened(flag.message, 2 * _LONGEST_PIECE)), "default")
    return out


def summary_line(checked: CheckedDocument) -> Text:
    """Segments, flags by severity, mean quality, words and flags per 1,000 words, on one line.

    Words are those of the source, or of the translation where there is no source.
    """
    flags = [flag for item in checked.segments for flag in item.flags]
    by_severity = Counter(flag.severity for flag in flags)
    side = checked.source or checked.target
    texts = (
        item.segment.source if checked.source is not None else item.segment.target
        for item in checked.segments
    )
    size = sum(count(text, side.lang) for text in texts)
    out = Text.assemble(*_counted(len(checked.segments), "segment"), " · ", *_counted(len(flags), "flag"))
    if flags:
        shown = [s for s in reversed(Severity) if by_severity[s]]
        out.append(" (")
        for number, severity in enumerate(shown):
            out.append(", " if number else "")
            out.append(f"{by_severity[severity]:,} {severity.value}", COLOURS[severity])
        out.append(")")
    mean = _mean_quality(checked.segments)
    if mean is not None:
        out.append(f" · mean quality {mean:.1f}")
    out.append(f" · {size:,} {unit(side.lang)}")
    if size:
        out.append(f" · {1000 * len(flags) / size:.1f} per 1,000 {unit(side.lang)}")
    return out


def _counted(number: int, noun: str) -> tuple[tuple[str, str], str]:
    return (f"{number:,}", "bold"), f" {noun}" if number == 1 else f" {noun}s"


def _mean_quality(segments: Iterable[CheckedSegment]) -> float | None:
    estimates = (item.estimate for item in segments)
    values = [e.quality.value for e in estimates if e is not None and isfinite(e.quality.value)]
    return sum(values) / len(values) if values else None
