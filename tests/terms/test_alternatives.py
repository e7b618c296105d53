"""Patterns that are rewritten for speed match what they matched."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.terms.alternatives import alternatives, compiled, lowered
from qa.terms.negation import _patterns, _tables


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        ("a|b", ["a", "b"]),
        (r"\bno\b|n't|\b(?:x|y)z", [r"\bno\b", "n't", r"\b(?:x|y)z"]),
        (r"[|(]a|b\||c", ["[|(]a", r"b\|", "c"]),
        ("[]|]a|b", ["[]|]a", "b"]),
        ("", [""]),
    ],
)
def test_alternatives_are_split_at_the_outermost_level(pattern: str, parts: list[str]) -> None:
    assert alternatives(pattern) == parts


def test_a_common_boundary_is_asked_once() -> None:
    assert compiled(r"\bone|\btwo|n't|\bthree").pattern == r"\b(?:one|two)|n't|\b(?:three)"


@given(st.text(alphabet="not n'eveхы -.", max_size=40))
def test_the_same_matches(text: str) -> None:
    pattern = r"\bnot\b|n ?'t\b|\bne\w*|\bnever\b|e\b|\bno\b"
    assert [m.span() for m in compiled(pattern).finditer(text)] == [
        m.span() for m in re.finditer(pattern, text)
    ]


@given(st.text())
def test_lowered_text_keeps_its_length(text: str) -> None:
    assert len(lowered(text)) == len(text)


def test_tables_of_negations_are_in_lower_case() -> None:
    """They are searched in texts of lower case."""
    for language in _tables():
        for pattern in _patterns(language).values():
            letters = re.sub(r"\\[A-Za-z]|\(\?[a-zA-Z]*", "", pattern.pattern)
            assert letters == letters.lower()
