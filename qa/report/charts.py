"""Charts of a summary for the interface, as Altair objects.

Colours are Okabe and Ito's, told apart with every kind of colour vision, and severity is also told by
position or label; every mark has a tooltip with its figures.
"""

from __future__ import annotations

from typing import Any

from qa.model import SegmentState, Severity
from qa.report.summary import BINS, Summary

__all__ = [
    "SEVERITY_COLOURS",
    "STATE_COLOURS",
    "pareto",
    "progress",
    "quality_histogram",
    "severity_by_category",
]

SEVERITY_COLOURS = {
    Severity.CRITICAL: "#AA3377",
    Severity.MAJOR: "#D55E00",
    Severity.MINOR: "#E69F00",
    Severity.NEUTRAL: "#56B4E9",
}
STATE_COLOURS = {
    SegmentState.MACHINE: "#BBBBBB",
    SegmentState.IN_REVISION: "#F0E442",
    SegmentState.SENT_BACK: "#D55E00",
    SegmentState.REVISED: "#56B4E9",
    SegmentState.APPROVED: "#009E73",
}
_BAR = "#0072B2"
_ROW = 24
# Heights hold axes and legend too: Streamlit fits the whole drawing into the height given.
_AXIS = 70
_LEGEND = 100


def quality_histogram(summary: Summary) -> Any:
    """Segments by estimated quality, in steps of five points; None where nothing is estimated."""
    import altair as alt

    if summary.quality is None:
        return None
    step = 100 / BINS
    rows = [
        {"from": number * step, "to": (number + 1) * step, "segments": count}
        for number, count in enumerate(summary.quality.bins)
    ]
    return (
        alt.Chart(_data(rows))
        .mark_bar(color=_BAR)
        .encode(
            x=alt.X("from:Q", bin="binned", title="Estimated quality (0 to 100, higher is better)").scale(
                domain=[0, 100]
            ),
            x2="to:Q",
            y=_count("segments", "Segments", max(summary.quality.bins), alt.Y),
            tooltip=["from:Q", "to:Q", "segments:Q"],
        )
        .properties(height=220)
    )


def pareto(summary: Summary) -> Any:
    """Flags that count by check, most first, with their running share; None where there are none."""
    import altair as alt

    totals = summary.by_check()
    if not totals:
        return None
    everything, running = sum(totals.values()), 0
    rows, shares = [], []
    for check, number in totals.items():
        running += number
        shares.append({"check": check, "share": running / everything})
    for flag in summary.flags:
        if flag.counted:
            rows.append({"check": flag.check, "severity": flag.severity.value, "flags": flag.counted})
    order = list(totals)
    by_check = alt.Y("check:N", sort=order, title=None).axis(labelLimit=220, labelOverlap=False)
    bars = (
        alt.Chart(_data(_joined(rows, "check")))
        .mark_bar()
        .encode(
            y=by_check,
            x=_count("flags", "Flags that count", max(totals.values())),
            color=_severity_colour(),
            order=alt.Order("rank:Q", sort="descending"),
            tooltip=["check:N", "severity:N", "flags:Q"],
        )
    )
    line = (
        alt.Chart(_data(shares))
        .mark_line(point=True, color="#666666")
        .encode(
            y=by_check,
            x=alt.X("share:Q", title="Running share").axis(format="%", orient="top").scale(domain=[0, 1]),
            tooltip=["check:N", alt.Tooltip("share:Q", format=".0%")],
        )
    )
    chart = alt.layer(bars, line).resolve_scale(x="independent")
    return chart.properties(height=_ROW * len(order) + 2 * _AXIS + _LEGEND)


def severity_by_category(summary: Summary) -> Any:
    """Flags that count by MQM category and severity; None where there are none."""
    import altair as alt

    rows = [
        {"category": flag.category, "severity": flag.severity.value, "flags": flag.counted}
        for flag in summary.flags
        if flag.counted
    ]
    if not rows:
        return None
    totals = summary.by_category()
    order = list(totals)
    return (
        alt.Chart(_data(_joined(rows, "category")))
        .mark_bar()
        .encode(
            y=alt.Y("category:N", sort=order, title=None).axis(labelLimit=260, labelOverlap=False),
            x=_count("flags", "Flags that count", max(totals.values())),
            color=_severity_colour(),
            order=alt.Order("rank:Q", sort="descending"),
            tooltip=["category:N", "severity:N", "flags:Q"],
        )
        .properties(height=_ROW * len(order) + _AXIS + _LEGEND)
    )


def progress(summary: Summary) -> Any:
    """Segments by state, as shares of one bar."""
    import altair as alt

    states = list(STATE_COLOURS)
    rows = [
        {"state": _words(s.state), "segments": s.segments, "rank": states.index(s.state)}
        for s in summary.states
    ]
    colour = alt.Color("state:N", title="State").scale(
        domain=[_words(state) for state in states], range=list(STATE_COLOURS.values())
    )
    return (
        alt.Chart(_data(rows))
        .mark_bar(stroke="#555555", strokeWidth=0.5)
        .encode(
            x=alt.X("segments:Q", stack="normalize", title=None).axis(format="%"),
            color=colour.legend(orient="bottom", columns=3),
            order=alt.Order("rank:Q", sort="descending"),
            tooltip=["state:N", "segments:Q"],
        )
        .properties(height=2 * _ROW + _AXIS // 2 + _LEGEND)
    )


def _words(state: SegmentState) -> str:
    return state.value.replace("-", " ")


def _count(field: str, title: str, most: int, channel: Any = None) -> Any:
    """A channel for counts up to ``most``. Streamlit draws before it hands over the data: without a domain of
    its own, the axis would first be laid out for no data, of which Vega warns on the console."""
    import altair as alt

    shown = (channel or alt.X)(f"{field}:Q", title=title)
    return shown.axis(tickMinStep=1).scale(domain=[0, most], nice=True)


def _severity_colour() -> Any:
    import altair as alt

    return (
        alt.Color("severity:N", title="Severity")
        .scale(
            domain=[severity.value for severity in SEVERITY_COLOURS], range=list(SEVERITY_COLOURS.values())
        )
        .legend(orient="bottom", columns=2)
    )


def _joined(rows: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """One row a (key, severity), worst severity ranked last so that it stands next to the axis."""
    totals: dict[tuple[str, str], int] = {}
    for row in rows:
        pair = (row[key], row["severity"])
        totals[pair] = totals.get(pair, 0) + row["flags"]
    return [
        {key: name, "severity": severity, "flags": flags, "rank": Severity(severity).rank}
        for (name, severity), flags in totals.items()
    ]


def _data(rows: list[dict[str, Any]]) -> Any:
    import altair as alt

    data: Any = alt.Data
    return data(values=rows)
