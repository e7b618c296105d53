"""A project's report as one HTML file: figures, charts, and the segments that need or had attention."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TextIO, cast

from qa.lang import UNDETERMINED, direction, name
from qa.model import FlagState, SegmentState
from qa.report import svg
from qa.report.exports import Export, Format
from qa.report.page import close_page, facts, flag_line, marked, open_page, score_bar
from qa.report.safe import html_text
from qa.report.summary import BINS, COUNTING, Summariser, Summary
from qa.review import diff
from qa.review.views import DocumentView, SegmentView

__all__ = ["HTML"]

MOST_SEGMENTS = 2000
STATE_TONES = {
    SegmentState.MACHINE: "line",
    SegmentState.IN_REVISION: "minor",
    SegmentState.SENT_BACK: "major",
    SegmentState.REVISED: "neutral",
    SegmentState.APPROVED: "good",
}


def _write_html(export: Export, path: Path) -> None:
    project = export.project
    summariser = Summariser(project)
    shown = left_out = 0
    # Figures stand above the segments they are computed from, so the segments wait in a side file.
    with SpooledTemporaryFile(2**20, "w+", encoding="utf-8") as file:
        listing = cast("TextIO", file)
        for document, segment in export.segments():
            summariser.add(segment)
            if not (_counted(segment) or segment.text != segment.mt):
                continue
            if shown == MOST_SEGMENTS:
                left_out += 1
                continue
            shown += 1
            listing.writelines(_segment(document, segment, export))
        summary = summariser.finish()
        listing.seek(0)
        with path.open("w", encoding="utf-8", errors="replace", newline="\n") as out:
            out.write(open_page(f"{project.name} — quality report"))
            out.writelines(_head(summary, export))
            out.writelines(_figures(summary))
            out.write("<h2>Segments with flags or changes</h2>\n")
            if left_out:
                more = f"{left_out:,} more are in the other exports"
                out.write(f"<p class=note>The first {shown:,}; {more}.</p>\n")
            elif not shown:
                out.write("<p class=note>None.</p>\n")
            for chunk in iter(lambda: listing.read(2**16), ""):
                out.write(chunk)
            out.write(close_page())


def _counted(segment: SegmentView) -> bool:
    return any(view.flag.state is not FlagState.DISMISSED for view in segment.flags)


def _head(summary: Summary, export: Export) -> Iterator[str]:
    project, score = summary.project, summary.mqm
    made = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    source = "no source" if project.source_lang == UNDETERMINED else name(project.source_lang)
    documents = ", ".join(document.name for document in export.documents)
    yield f"<h1>{html_text(project.name)}</h1>\n"
    line = f"{source} to {name(project.target_lang)} · {documents} · {made}"
    yield f"<p class=note>{html_text(line)}</p>\n"
    tone = score.verdict if score.verdict in ("pass", "fail") else ""
    yield f'<p class="verdict {tone}">MQM: {html_text(score.explanation)}</p>\n'
    cells = [("segments", f"{summary.segments:,}"), ("evaluated", score.basis)]
    if score.cqs is not None and score.low is not None and score.high is not None:
        cells.append((f"calibrated score ({score.low:.1f} to {score.high:.1f})", f"{score.cqs:.1f}"))
    if score.pass_probability is not None:
        cells.append(("pass probability", f"{score.pass_probability:.0%}"))
    if summary.quality is not None:
        cells.append(("mean estimated quality", f"{summary.quality.mean:.1f}"))
    if summary.hter is not None:
        cells.append(("HTER, approved segments", f"{summary.hter.value:.3f}"))
    yield facts(cells)
    yield f"<p class=note>{COUNTING} The score is of the machine's text, as imported.</p>\n"


def _figures(summary: Summary) -> Iterator[str]:
    yield "<h2>Progress</h2>\n"
    parts = [(s.state.value, s.segments, STATE_TONES[s.state]) for s in summary.states if s.segments]
    yield svg.stacked(parts, label="Segments by state")
    if summary.quality is not None:
        yield "<h2>Estimated quality</h2>\n"
        tones = ["major" if n < BINS // 2 else "minor" if n < BINS * 3 // 4 else "good" for n in range(BINS)]
        yield svg.histogram(summary.quality.bins, label="Segments by estimated quality", tones=tones)
    if summary.by_check():
        yield "<h2>Flags</h2>\n"
        worst = {flag.check: flag.severity for flag in sorted(summary.flags, key=lambda f: f.severity.rank)}
        yield svg.bars(
            [(check, number, worst[check].value) for check, number in summary.by_check().items()],
            label="Flags that count, by check",
        )
        yield "<h3>By MQM category</h3>\n"
        yield _table(("category", "flags"), [[c, f"{n:,}"] for c, n in summary.by_category().items()])
        yield "<h3>Decisions</h3>\n"
        yield _table(
            ("check", "severity", "open", "accepted", "dismissed", "precision so far"),
            [
                [
                    flag.check,
                    flag.severity.value,
                    f"{flag.open:,}",
                    f"{flag.accepted:,}",
                    f"{flag.dismissed:,}",
                    "" if flag.precision is None else f"{flag.precision:.0%}",
                ]
                for flag in summary.flags
            ],
            figures=(2, 3, 4, 5),
        )
    yield from _scores(summary)


def _scores(summary: Summary) -> Iterator[str]:
    score = summary.mqm
    yield "<h2>Scores</h2>\n"
    rows = [
        ["absolute penalty total (APT)", f"{score.apt:g}", score.basis],
        ["overall quality score, raw (OQS)", _figure(score.oqs), "100 × (1 − APT / evaluation word count)"],
        [
            "calibrated quality score (CQS)",
            _figure(score.cqs),
            f"passing {score.passing_threshold:g}, acceptable penalty {score.acceptable_penalty:g} per 1,000",
        ],
    ]
    if summary.hter is not None:
        rows.append(["HTER", f"{summary.hter.value:.3f}", summary.hter.signature])
    if summary.metrics is not None:
        rows += [
            [m.name, f"{m.value:.1f} ({m.low:.1f}–{m.high:.1f}, 95%)", m.signature]
            for m in summary.metrics.scores
        ]
    yield _table(("score", "value", "signature or basis"), rows)
    if summary.approved:
        yield f"<p class=note>HTER, BLEU, chrF and TER compare {summary.approved:,} approved segments "
        yield "with what the machine had written.</p>\n"
    else:
        yield "<p class=note>HTER, BLEU, chrF and TER follow once segments are approved.</p>\n"
    for notice in summary.notices[1:]:
        yield f"<p class=note>{html_text(notice)}</p>\n"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _table(header: tuple[str, ...], rows: list[list[str]], *, figures: tuple[int, ...] = (1,)) -> str:
    """A table; the columns numbered in ``figures`` are figures, the others text."""

    def line(cells: list[str], tag: str) -> str:
        return "".join(
            f"<{tag}{' class=figure' if number in figures else ''}>{html_text(text)}</{tag}>"
            for number, text in enumerate(cells)
        )

    body = "".join(f"<tr>{line(row, 'td')}</tr>\n" for row in rows)
    return f"<table><thead><tr>{line(list(header), 'th')}</tr></thead><tbody>\n{body}</tbody></table>\n"


def _segment(document: DocumentView, segment: SegmentView, export: Export) -> Iterator[str]:
    project = export.project
    flags = [view.flag for view in segment.flags if view.flag.state is not FlagState.DISMISSED]
    where = f"{segment.position}" if len(export.documents) == 1 else f"{document.name} {segment.position}"
    yield '<section class="segment"><div class="side">'
    yield f'<span class="number">{html_text(where)}</span><br>{segment.state.value}<br>'
    yield score_bar(segment.quality, segment.low, segment.high) + "</div><div>"
    if segment.source:
        yield _paragraph("source", project.source_lang, marked(segment.source, flags, "source"))
    if segment.mt:
        yield _paragraph("target", project.target_lang, marked(segment.mt, flags, "target"))
    else:
        yield '<p class="empty">nothing in the translation</p>'
    if segment.text != segment.mt:
        yield _paragraph("target", project.target_lang, _changes(segment.mt, segment.text))
    if flags:
        yield '<ol class="flags">'
        for flag in flags:
            yield f"<li>{flag_line(flag, segment.mt)} <span class=soft>({flag.state.value})</span></li>"
        yield "</ol>"
    if segment.author or segment.approver:
        by = [f"text by {segment.author}"] if segment.author else []
        by += [f"approved by {segment.approver}"] if segment.approver else []
        yield f"<p class=note>{html_text(', '.join(by))}</p>"
    yield "</div></section>\n"


def _paragraph(side: str, lang: str, content: str) -> str:
    attributes = "" if lang == UNDETERMINED else f' lang="{html_text(lang)}" dir="{direction(lang)}"'
    return f'<p class="text {side}"{attributes}>{content}</p>'


def _changes(old: str, new: str) -> str:
    tags = {"same": "{}", "removed": "<del>{}</del>", "added": "<ins>{}</ins>"}
    return "".join(tags[piece.kind].format(html_text(piece.text)) for piece in diff.words(old, new))


HTML = Format("Report (HTML)", ".html", "text/html", _write_html)
