"""The MQM scoring model: its formulas, its verdicts, how sure it is."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.report.mqm import Mqm, score


def scored(
    segments: dict[tuple[float, int], int], *, critical: int = 0, pt: float = 90, app: float = 10
) -> Mqm:
    return score(
        Counter(segments),
        critical=critical,
        unit="words",
        side="source",
        passing_threshold=pt,
        acceptable_penalty=app,
    )


def test_the_check_value_of_the_model() -> None:
    """PT 90, APP 10 and NPT 10 give 90: exactly what is acceptable just passes."""
    result = scored({(1, 100): 10})
    assert (result.apt, result.ewc) == (10, 1000)
    assert result.npt == pytest.approx(10)
    assert result.cqs == pytest.approx(90)
    assert result.oqs == pytest.approx(99)
    assert result.verdict == "pass"


@pytest.mark.parametrize(
    ("segments", "critical", "verdict"),
    [
        ({(0, 100): 10}, 0, "pass"),
        ({(5, 100): 10}, 0, "fail"),
        ({(0, 100): 9, (25, 100): 1}, 1, "fail"),
        ({(0, 2000): 10, (25, 100): 1}, 1, "fail"),  # CQS 98.8, but critical
        ({(0, 499): 1}, 0, "too small to decide"),
        ({(0, 500): 1}, 0, "pass"),
        ({(25, 10): 1}, 1, "too small to decide"),
    ],
)
def test_verdicts(segments: dict[tuple[float, int], int], critical: int, verdict: str) -> None:
    result = scored(segments, critical=critical)
    assert result.verdict == verdict
    assert result.explanation.startswith(verdict)
    assert (result.pass_probability == 0) or not critical


def test_nothing_to_evaluate_has_no_score() -> None:
    for result in (scored({}), scored({(5, 0): 3})):
        assert result.cqs is None
        assert result.oqs is None
        assert result.pass_probability is None
        assert result.verdict == "too small to decide"


def test_policy_scales_the_score() -> None:
    strict = scored({(1, 100): 10}, pt=95, app=5)
    assert strict.cqs == pytest.approx(90)  # SF 1: 100 - 10
    assert strict.verdict == "fail"


def test_probability_follows_the_evidence() -> None:
    borderline = scored({(0, 50): 10, (1, 50): 10})
    clear = scored({(0, 50): 400, (1, 50): 40})
    assert borderline.cqs == pytest.approx(90)
    assert borderline.pass_probability is not None
    assert 0.3 < borderline.pass_probability < 0.8
    assert clear.pass_probability == 1.0
    assert borderline == scored({(0, 50): 10, (1, 50): 10})


@given(
    st.dictionaries(
        st.tuples(st.sampled_from([0.0, 1.0, 5.0, 6.0, 25.0]), st.integers(0, 60)),
        st.integers(1, 50),
        min_size=1,
        max_size=8,
    )
)
def test_scores_agree_with_each_other(segments: dict[tuple[float, int], int]) -> None:
    result = scored(segments)
    assert result.apt == sum(penalty * number for (penalty, _), number in segments.items())
    if result.cqs is None:
        assert result.ewc == 0
        return
    assert result.low is not None
    assert result.high is not None
    assert result.low <= result.high
    assert result.npt == pytest.approx(1000 * result.apt / result.ewc)
    assert result.cqs == pytest.approx(100 - result.npt)
    assert result.oqs == pytest.approx(100 - result.npt / 10)
    assert 0 <= (result.pass_probability or 0) <= 1
