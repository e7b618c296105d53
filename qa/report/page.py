"""A checked document as one HTML file: no script, nothing fetched, fit for printing.

Every text is escaped here and nowhere else; the page's content policy forbids whatever might slip through.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from math import isfinite
from typing import TextIO

from qa.lang import direction, name
from qa.model import CheckedDocument, CheckedSegment, Flag, Severity, Side
from qa.report.counting import count, unit
from qa.report.safe import html_text, visible_space
from qa.report.spans import flags_of, pieces, proposal

__all__ = ["close_page", "facts", "flag_line", "marked", "open_page", "score_bar", "write_html"]


def write_html(checked: CheckedDocument, stream: TextIO) -> None:
    """Write ``checked`` as a page: facts, then every segment with its flags marked and explained."""
    target = checked.target
    title = target.name or "Translation check"
    stream.write(open_page(f"{title} — translation check"))
    stream.write(f"<h1>{html_text(title)}</h1>\n<p class=note>{html_text(_languages(checked))}</p>\n")
    if checked.notices:
        stream.write("<ul class=notices>")
        stream.writelines(f"<li>{html_text(notice)}</li>" for notice in checked.notices)
        stream.write("</ul>\n")
    stream.write(facts(_facts(checked)))
    source_lang = checked.source.lang if checked.source else ""
    for item in checked.segments:
        stream.writelines(_segment(item, source_lang, target.lang))
    stream.write(close_page())


def open_page(title: str) -> str:
    """Everything up to and including ``<main>``, with the style sheet inline."""
    style = files("qa.report").joinpath("style.css").read_text(encoding="utf-8")
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html_text(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
    )


def close_page() -> str:
    """What ``open_page`` left open."""
    return "</main>\n</body>\n</html>\n"


def facts(values: Iterable[tuple[str, str]]) -> str:
    """A strip of figures: (label, value) pairs."""
    cells = "".join(f"<div><b>{html_text(value)}</b>{html_text(label)}</div>" for label, value in values)
    return f'<div class="facts">{cells}</div>\n'


def score_bar(quality: float | None, low: float | None = None, high: float | None = None) -> str:
    """A quality score 0-100 as figure and bar, with its interval where there is one."""
    if quality is None or not isfinite(quality):
        return "<span class=soft>no estimate</span>"
    value = min(100.0, max(0.0, quality))
    tone = "" if value >= 75 else " mid" if value >= 50 else " low"
    interval = f" <span class=soft>({low:.0f}–{high:.0f})</span>" if None not in (low, high) else ""
    bar = f'<span class="bar"><i class="score{tone}" style="width:{value:.0f}%"></i></span>'
    return f"{value:.0f}{interval}{bar}"


def marked(text: str, flags: Sequence[Flag], side: Side) -> str:
    """``text`` as HTML with the flags of ``side`` marked and numbered as in ``flags`` (1-based)."""
    out: list[str] = []
    for piece in pieces(text, flags_of(flags, side, text)):
        shown = html_text(piece.text)
        if not piece.flags:
            out.append(shown)
            continue
        worst = max((flags[number].severity for number in piece.flags), key=lambda s: s.rank)
        shown = shown or "‸"
        if piece.text and not piece.text.strip():
            shown = visible_space(shown)
        notes = "".join(f"<sup>{number + 1}</sup>" for number in piece.ends)
        out.append(f'<mark class="{worst.value}">{shown}{notes}</mark>')
    return "".join(out)


def _segment(item: CheckedSegment, source_lang: str, target_lang: str) -> Iterator[str]:
    segment = item.segment
    quality = item.estimate.quality if item.estimate else None
    bar = score_bar(quality.value, quality.low, quality.high) if quality else score_bar(None)
    number = f'<span class="number">{segment.id}</span>'
    yield f'<section class="segment"><div class="side">{number}<br>{bar}</div><div>'
    if source_lang:
        yield _text(segment.source, item.flags, "source", source_lang)
    yield _text(segment.target, item.flags, "target", target_lang)
    if item.flags:
        yield '<ol class="flags">'
        for flag in item.flags:
            yield f"<li>{flag_line(flag, segment.target)}</li>"
        yield "</ol>"
    yield "</div></section>\n"


def _text(text: str, flags: Sequence[Flag], side: Side, lang: str) -> str:
    if not text:
        return f'<p class="empty">nothing in the {"source" if side == "source" else "translation"}</p>'
    attributes = f'lang="{html_text(lang)}" dir="{direction(lang)}"'
    return f'<p class="text {side}" {attributes}>{marked(text, flags, side)}</p>'


def flag_line(flag: Flag, target: str) -> str:
    """What is wrong, the fix and the message, as HTML."""
    severity = flag.severity.value
    out = f'<span class="tag {severity}">{severity}</span> <b>{html_text(flag.check)}</b> '
    change = proposal(target, flag)
    if change is not None:
        before, after = change
        out += f"<del>{html_text(before)}</del> → <ins>{html_text(after) or '(nothing)'}</ins> "
    return out + html_text(flag.message)


def _languages(checked: CheckedDocument) -> str:
    target = name(checked.target.lang)
    return f"{name(checked.source.lang)} to {target}" if checked.source else f"{target}, without a source"


def _facts(checked: CheckedDocument) -> list[tuple[str, str]]:
    flags = [flag for item in checked.segments for flag in item.flags]
    by_severity = Counter(flag.severity for flag in flags)
    estimates = (item.estimate for item in checked.segments)
    values = [e.quality.value for e in estimates if e is not None and isfinite(e.quality.value)]
    document = checked.source or checked.target
    texts = (item.segment.source if checked.source else item.segment.target for item in checked.segments)
    size = sum(count(text, document.lang) for text in texts)
    side = "source" if checked.source else "target"
    return [
        ("segments", f"{len(checked.segments):,}"),
        (f"{side} {unit(document.lang)}", f"{size:,}"),
        *([("mean quality", f"{sum(values) / len(values):.1f}")] if values else []),
        ("flags", f"{len(flags):,}"),
        *(
            (severity.value, f"{by_severity[severity]:,}")
            for severity in reversed(Severity)
            if by_severity[severity]
        ),
    ]
