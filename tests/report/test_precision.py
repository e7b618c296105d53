from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.report.precision import COLUMNS, precisions, wilson, write_precisions
from qa.review.muting import CheckTally


@pytest.mark.parametrize(
    ("successes", "number", "low", "high"),
    [
        # R: binom::binom.confint(method = "wilson")
        (0, 10, 0.0, 0.2775328),
        (10, 10, 0.7224672, 1.0),
        (15, 148, 0.0624, 0.1605),  # Newcombe, Statistics in Medicine 17 (1998), table I
        (81, 263, 0.2553, 0.3662),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_published_intervals(successes: int, number: int, low: float, high: float) -> None:
    assert wilson(successes, number) == pytest.approx((low, high), abs=1e-4)


@given(st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_share_is_inside_and_mirrored(counts: tuple[int, int]) -> None:
    successes, number = counts
    low, high = wilson(successes, number)
    assert 0 <= low <= successes / number <= high <= 1
    assert wilson(number - successes, number) == pytest.approx((1 - high, 1 - low))


def tally(check: str, open: int = 0, accepted: int = 0, dismissed: int = 0, **reasons: int) -> CheckTally:
    return CheckTally(check, open, accepted, 0, dismissed, reasons, False)


def test_what_is_imprecise_for_sure_comes_first() -> None:
    found = precisions(
        [
            tally("silent"),
            tally("waiting", open=9),
            tally("one-wrong", dismissed=1),
            tally("mostly-wrong", accepted=5, dismissed=95),
            tally("right", accepted=20),
        ]
    )
    assert [each.tally.check for each in found] == ["mostly-wrong", "one-wrong", "right", "waiting", "silent"]
    assert [each.value for each in found] == [0.05, 0.0, 1.0, None, None]
    assert (found[-1].low, found[-1].high) == (None, None)


def test_the_table_is_safe_in_a_spreadsheet() -> None:
    stream = StringIO(newline="")
    reasons = {"=HYPERLINK(1)": 2, 'a "quoted", one': 1}
    write_precisions(precisions([CheckTally("@SUM(1)", 1, 2, 1, 3, reasons, True), tally("b")]), stream)
    header, row, empty = csv.reader(StringIO(stream.getvalue(), newline=""))
    assert tuple(header) == COLUMNS
    assert row == [
        "'@SUM(1)", "yes", "0.4", "0.1176", "0.7693", "5", "2", "1", "3", "1",
        "'=HYPERLINK(1) (2); a \"quoted\", one (1)",
    ]  # fmt: skip
    assert empty == ["b", "no", "", "", "", "0", "0", "0", "0", "0", ""]
