"""A checked document with every kind of thing a writer must cope with."""

from __future__ import annotations

import pytest

from qa.model import (
    CheckedDocument,
    CheckedSegment,
    Document,
    Edit,
    Estimate,
    Flag,
    Score,
    Segment,
    Severity,
    Span,
    WordScore,
)

SOURCE = "Удары прекратились.\n\nВ городе тихо.\n\nМэр сказал: «Мы готовы».\n\nПоезда ходят."
TARGET = "Les grèves ont cessé.\n\nLa ville est calme.\n\nLe maire a dit : «\u00a0Nous prêts\u00a0«."


def estimate(value: float, *words: tuple[int, int, float]) -> Estimate:
    return Estimate(
        Score(value, "demo|v1", value - 8, min(100.0, value + 7.123)),
        tuple(WordScore(*word) for word in words),
    )


def checked_document() -> CheckedDocument:
    source = Document(SOURCE, "ru", name="novosti.ru.txt")
    target = Document(TARGET, "fr", name="nouvelles.fr.txt")
    third = TARGET.split("\n\n")[2]
    at = len(TARGET) - len(third)
    grèves = Flag(
        "wrong-sense",
        "accuracy/mistranslation",
        Severity.MAJOR,
        "target",
        4,
        10,
        "grèves",
        "«удары» are strikes of war; «grèves» are strikes of workers.",
        0.9,
        (Edit(4, 10, "frappes"),),
    )
    guillemet = Flag(
        "quotes",
        "linguistic-conventions/punctuation",
        Severity.MINOR,
        "target",
        len(third) - 2,
        len(third) - 1,
        "«",
        "This quotation is closed by an opening mark.",
        0.97,
        (Edit(len(third) - 2, len(third) - 1, "»"),),
    )
    verb = Flag(
        "missing-auxiliary",
        "linguistic-conventions/grammar",
        Severity.MAJOR,
        "target",
        third.index("Nous"),
        third.index("prêts") + 5,
        "Nous prêts",
        "A verb is missing.",
        0.7,
        (Edit(third.index("prêts"), third.index("prêts"), "sommes "),),
    )
    omitted = Flag(
        "omission",
        "accuracy/omission",
        Severity.CRITICAL,
        "source",
        0,
        13,
        "Поезда ходят.",
        "Not translated.",
        0.8,
    )
    return CheckedDocument(
        source,
        target,
        (
            CheckedSegment(
                Segment(1, SOURCE[:19], TARGET[:21], (0,), (0,), 0.9, Span(0, 19), Span(0, 21)),
                estimate(41.27, (0, 3, 0.02), (4, 10, 0.91234567)),
                (grèves,),
            ),
            CheckedSegment(
                Segment(2, SOURCE[21:35], TARGET[23:42], (1,), (1,), 0.9, Span(21, 35), Span(23, 42)),
                estimate(93.5),
            ),
            CheckedSegment(
                Segment(3, SOURCE[37:61], third, (2,), (2,), 0.9, Span(37, 61), Span(at, len(TARGET))),
                estimate(66.0),
                (verb, guillemet),
            ),
            CheckedSegment(
                Segment(4, SOURCE[63:], "", (3,), (), 0.5, Span(63, len(SOURCE)), None), None, (omitted,)
            ),
        ),
        ("The last sentence of the source has no translation.",),
    )


def hostile_document() -> CheckedDocument:
    """NUL, a lone surrogate, bidi controls, markup of three kinds, a formula, a span of nothing, figures
    that are none."""
    text = "=cmd|' /C calc'!A1 [bold red]x[/] <img src=x onerror=alert(1)> \x00\ud800\u202eabc\u2028\x1b[31m"
    flag = Flag("c<b>", "x/y", Severity.MINOR, "target", 0, 0, "", "[red]</li><script>\ud800\x00", 0.5)
    clipped = Flag(
        "far", "x/y", Severity.MAJOR, "target", 5, 10**6, "", "", float("nan"), (Edit(0, 10**6, ""),)
    )
    segment = Segment(1, "<i>\x07", text, (0,), (0,), 1.0, Span(0, 4), Span(0, len(text)))
    nothing = Estimate(
        Score(float("nan"), "<s>", float("nan"), float("inf")), (WordScore(0, 3, float("nan")),)
    )
    return CheckedDocument(
        Document("<i>\x07", "ru"),
        Document(text, "fr", name="a b\ud800<i>.txt"),
        (CheckedSegment(segment, nothing, (flag, clipped)),),
        ("[link=file:///etc]notice[/link] \x1b]0;x\x07",),
    )


@pytest.fixture
def checked() -> CheckedDocument:
    return checked_document()


@pytest.fixture
def hostile() -> CheckedDocument:
    return hostile_document()
