"""Small static charts as inline SVG, for pages that must stand alone. Text is escaped here.

Colours are CSS variables of the page (``style.css``), so that dark mode and print work.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.report.safe import html_text

__all__ = ["bars", "histogram", "stacked"]

_WIDTH = 640


def bars(rows: Sequence[tuple[str, float, str]], *, label: str) -> str:
    """Horizontal bars: (name, value, CSS colour variable), longest name and figure shown in full."""
    if not rows:
        return ""
    top = max(value for _, value, _ in rows) or 1
    left, step = 230, 22
    out = [_open(step * len(rows), label)]
    for number, (name, value, tone) in enumerate(rows):
        y = number * step
        width = (_WIDTH - left - 60) * value / top
        out.append(
            f'<text x="{left - 8}" y="{y + 15}" text-anchor="end">{html_text(_clip(name, 34))}</text>'
            f'<rect x="{left}" y="{y + 4}" width="{width:.1f}" height="14" rx="2" fill="var(--{tone})"/>'
            f'<text x="{left + width + 6:.1f}" y="{y + 15}">{value:,g}</text>'
        )
    return "".join([*out, "</svg>\n"])


def histogram(counts: Sequence[int], *, label: str, tones: Sequence[str]) -> str:
    """Upright bars over the scale 0 to 100 in equal steps; ``tones`` are colour variables, one a bar."""
    height, base = 150, 130
    top = max(counts, default=0) or 1
    step = (_WIDTH - 40) / max(1, len(counts))
    out = [_open(height + 10, label)]
    for number, (count, tone) in enumerate(zip(counts, tones, strict=True)):
        tall = (base - 18) * count / top
        x = 20 + number * step
        out.append(
            f'<rect x="{x + 1:.1f}" y="{base - tall:.1f}" width="{step - 2:.1f}" height="{tall:.1f}" '
            f'fill="var(--{tone})"/>'
        )
        if count:
            middle, above = x + step / 2, base - tall - 4
            out.append(f'<text x="{middle:.1f}" y="{above:.1f}" text-anchor="middle">{count:,}</text>')
    out.append(f'<line class="axis" x1="20" x2="{_WIDTH - 20}" y1="{base}" y2="{base}"/>')
    for mark in range(0, 101, 20):
        x = 20 + (_WIDTH - 40) * mark / 100
        out.append(f'<text x="{x:.1f}" y="{base + 16}" text-anchor="middle">{mark}</text>')
    return "".join([*out, "</svg>\n"])


def stacked(parts: Sequence[tuple[str, int, str]], *, label: str) -> str:
    """One bar cut into shares, with a legend: (name, number, colour variable)."""
    total = sum(number for _, number, _ in parts) or 1
    legend = [(f"{name} {number:,} ({number / total:.0%})", tone) for name, number, tone in parts]
    places: list[tuple[int, int]] = []
    left, y = 0, 32
    for text, _ in legend:
        wide = 30 + 7 * len(text)
        if left and left + wide > _WIDTH:
            left, y = 0, y + 18
        places.append((left, y))
        left += wide
    out = [_open(y + 20, label)]
    x = 0.0
    for _, number, tone in parts:
        width = _WIDTH * number / total
        out.append(f'<rect x="{x:.1f}" y="0" width="{width:.1f}" height="20" fill="var(--{tone})"/>')
        x += width
    for (text, tone), (left, y) in zip(legend, places, strict=True):
        out.append(
            f'<rect x="{left}" y="{y}" width="10" height="10" fill="var(--{tone})"/>'
            f'<text x="{left + 15}" y="{y + 10}">{html_text(text)}</text>'
        )
    return "".join([*out, "</svg>\n"])


def _open(height: float, label: str) -> str:
    name = html_text(label)
    return f'<svg viewBox="0 0 {_WIDTH} {height:g}" width="{_WIDTH}" role="img" aria-label="{name}">'


def _clip(text: str, limit: int) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
