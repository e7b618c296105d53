"""Insights: the figures of a project, as the QA lead reads them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from qa.metrics import MetricScore
from qa.report import charts
from qa.report.mqm import Mqm
from qa.report.summary import Summary, summarise
from qa.ui.session import Desk
from qa.ui.text import escape, notice_html


def page(desk: Desk) -> None:
    project = desk.project
    if project is None or not project.documents:
        st.html(notice_html("There are no figures yet: add a document on the Documents page first."))
        return
    st.title("Insights")
    names = desk.document_names(project.id)
    chosen = 0
    if len(names) > 1:
        chosen = st.selectbox(
            "Figures of",
            [0, *names],
            format_func=lambda id: names.get(id, "The whole project"),
            key=f"insights:{project.id}",
            label_visibility="collapsed",
            width=320,
        )
    summary = summarise(project, desk.service.all_segments(project.id, chosen or None))
    _score(summary.mqm)
    _figures(summary)
    left, right = st.container(key="charts").columns(2, gap="large")
    with left:
        _chart("Flags by check", charts.pareto(summary), "No flag counts.")
        _chart("Progress", charts.progress(summary), "")
    with right:
        _chart("Flags by MQM category", charts.severity_by_category(summary), "No flag counts.")
        _chart("Estimated quality", charts.quality_histogram(summary), "Nothing has been estimated.")
    for notice in summary.notices:
        st.html(f'<p class="rl-quiet">{escape(notice)}</p>')


def _score(score: Mqm) -> None:
    kind = score.verdict.split()[0]
    if score.cqs is None:
        st.html(notice_html("There is no text to score."))
        return
    chance = "" if score.pass_probability is None else f" · pass probability {score.pass_probability:.0%}"
    interval = (
        ""
        if score.low is None or score.high is None
        else f" (80% interval {_signed(score.low)} to {_signed(score.high)})"
    )
    st.html(
        f'<p><span class="rl-verdict {kind}">{escape(score.verdict.capitalize())}</span> '
        f"<b>MQM {_signed(score.cqs)}</b>{interval}{chance}</p>"
        f'<p class="rl-quiet">{escape(score.explanation.capitalize())}. '
        f"Threshold {score.passing_threshold:g}, acceptable penalty {score.acceptable_penalty:g} points per "
        f"1,000; {score.apt:g} penalty points on {escape(score.basis)}.</p>"
    )


def _signed(value: float) -> str:
    """A figure with a minus sign that is as wide as a digit, not a hyphen."""
    return f"{value:.1f}".replace("-", "\u2212")


def _figures(summary: Summary) -> None:
    one, two, three, four, five = st.container(key="figures").columns(5)
    one.metric("Approved", f"{summary.approved} / {summary.segments}")
    severities = summary.by_severity()
    two.metric("Flags that count", sum(severities.values()))
    three.metric("Mean quality", "–" if summary.quality is None else f"{summary.quality.mean:.0f}")
    four.metric(
        "HTER of approved",
        "–" if summary.hter is None else f"{summary.hter.value:.3f}",
        help=None
        if summary.hter is None
        else f"Edits per word of the approved text; lower is better. {summary.hter.signature}",
    )
    chrf = _metric(summary, "chrf")
    five.metric(
        "chrF of the MT",
        "–" if chrf is None else f"{chrf.value:.1f}",
        help=None if chrf is None else chrf.signature,
    )


def _metric(summary: Summary, name: str) -> MetricScore | None:
    scores = () if summary.metrics is None else summary.metrics.scores
    return next((score for score in scores if score.name.casefold().startswith(name)), None)


def _chart(title: str, chart: Any, otherwise: str) -> None:
    st.subheader(title)
    if chart is None:
        st.html(f'<p class="rl-quiet">{escape(otherwise)}</p>')
    else:
        # Streamlit fits axes and legend into the height; the chart's own is that of its marks.
        st.altair_chart(chart, width="stretch", height=max(170, int(chart.height) + 90), alt=title)
