"""Figures on a terminal: a project's summary, and the scores of ``qa metrics``."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from qa.metrics import MetricScore, Report
from qa.model import Severity
from qa.report.safe import visible
from qa.report.summary import Summary

__all__ = ["COLOURS", "render_metrics", "render_summary"]

COLOURS = {
    Severity.CRITICAL: "bold bright_red",
    Severity.MAJOR: "red",
    Severity.MINOR: "yellow",
    Severity.NEUTRAL: "cyan",
}
_VERDICTS = {"pass": "bold green", "fail": "bold red", "too small to decide": "bold yellow"}
_BLOCKS = " ▁▂▃▄▅▆▇█"


def render_summary(summary: Summary, console: Console) -> None:
    """Print the MQM verdict, progress, flags by check, quality, HTER and reference-based metrics."""
    project, score = summary.project, summary.mqm
    console.print(
        Text.assemble(
            (visible(project.name), "bold"),
            f"  {project.source_lang} → {project.target_lang}, {summary.segments:,} segments, {score.basis}",
        )
    )
    line = Text.assemble("MQM  ", (score.explanation, _VERDICTS[score.verdict]))
    console.print(line)
    if score.cqs is not None and score.low is not None and score.pass_probability is not None:
        console.print(
            f"     calibrated {score.cqs:.1f} (80% interval {score.low:.1f} to {score.high:.1f}), "
            f"raw {score.oqs:.1f}, {score.npt:.1f} penalty points per 1,000 {score.unit}, "
            f"pass probability {score.pass_probability:.0%}",
            style="dim",
            highlight=False,
        )
    states = [f"{s.state.value} {s.segments:,}" for s in summary.states if s.segments]
    console.print(f"\nProgress  {', '.join(states) or 'no segments'}", highlight=False)
    if summary.quality is not None:
        console.print(
            f"Quality   {sparkline(summary.quality.bins)}  mean {summary.quality.mean:.1f}, "
            f"median {summary.quality.median:.1f} (0 to 100, estimated)",
            highlight=False,
        )
    if summary.hter is not None:
        low, high = summary.hter.low or 0.0, summary.hter.high or 0.0
        console.print(
            f"HTER      {summary.hter.value:.3f} ({low:.3f} to {high:.3f}) on {summary.approved:,} approved",
            highlight=False,
        )
    if summary.flags:
        console.print()
        console.print(_flags(summary))
    if summary.metrics is not None:
        console.print("\nThe machine's text against the approved text", highlight=False)
        render_metrics(summary.metrics, console)
    for notice in summary.notices:
        console.print(Text(notice, style="dim"))


def _flags(summary: Summary) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("check", overflow="fold")
    table.add_column("category", overflow="fold", style="dim")
    table.add_column("severity")
    for column in ("open", "accepted", "dismissed"):
        table.add_column(column, justify="right")
    for flag in summary.flags:
        table.add_row(
            Text(visible(flag.check)),
            Text(visible(flag.category)),
            Text(flag.severity.value, style=COLOURS[flag.severity]),
            *(f"{number:,}" for number in (flag.open, flag.accepted, flag.dismissed)),
        )
    return table


def sparkline(counts: tuple[int, ...]) -> str:
    """A histogram in one line of block characters; every count above zero is visible."""
    top = max(counts, default=0) or 1
    return "".join(_BLOCKS[-(-count * (len(_BLOCKS) - 1) // top)] for count in counts)


def render_metrics(report: Report, console: Console) -> None:
    """Print scores with 95% intervals, the comparison with a baseline, and the signatures."""
    compared = any(score.baseline is not None for score in report.scores)
    floored = any(score.floor is not None for score in report.scores)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("metric")
    table.add_column("score", justify="right")
    table.add_column("95% interval", style="dim")
    if compared:
        table.add_column("baseline", justify="right")
        table.add_column("p", justify="right")
        table.add_column("")
    if floored:
        table.add_column("untranslated", justify="right", style="dim")
    for score in report.scores:
        arrow = "↑" if score.higher_is_better else "↓"
        cells: list[Text | str] = [
            f"{score.name} {arrow}",
            Text(f"{score.value:.1f}", style="bold"),
            f"{score.low:.1f} to {score.high:.1f}",
        ]
        if compared:
            cells += _comparison(score)
        if floored:
            cells.append("" if score.floor is None else f"{score.floor:.1f}")
        table.add_row(*cells)
    console.print(table)
    for score in report.scores:
        console.print(Text(score.signature, style="dim"))
    for notice in report.notices:
        console.print(Text(visible(notice), style="yellow"))


def _comparison(score: MetricScore) -> list[Text | str]:
    if score.baseline is None or score.p_value is None:
        return ["", "", ""]
    words = {
        True: Text("better", style="green"),
        False: Text("worse", style="red"),
        None: Text("no significant difference", style="dim"),
    }
    p = "<0.001" if score.p_value < 0.001 else f"{score.p_value:.3f}"
    return [f"{score.baseline:.1f}", p, words[score.better]]
